//! A small plant, and a post in it: a terminal whose every action goes through the clerk to the gate.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use traveller::app::effect::{Effect, Submission};
use traveller::app::model::{Model, Settings};
use traveller::app::msg::{Key, Millis, Msg, News, Source as InputSource, Status};
use traveller::app::port::Fault;
use traveller::app::settlement::Settlement;
use traveller::app::update;
use traveller::domain::ambient::Place;
use traveller::domain::command::Command;
use traveller::domain::id::{Badge, Boot, StationId};
use traveller::domain::number::Number;
use traveller::domain::role::Role;
use traveller::domain::time::{At, Clock, SECOND};
use traveller::ledger::{Birth, Options, Writer, open_writer};
use traveller::station::clerk::{Clerk, With};
use traveller::station::clock::{Reading, Source, StationClock};
use traveller::station::pin::Pin;
use traveller::station::pins::PinFile;

/// Everybody's PIN.
pub(super) const PIN: &str = "271828";
/// 2026-11-23, 06:00 UTC.
const BEGIN: i64 = 1_795_413_600 * SECOND;

/// A clock that moves a tenth of a second with each look.
struct Counted {
    boot: Boot,
    micros: Arc<AtomicI64>,
}

impl Source for Counted {
    fn boot(&self) -> &Boot {
        &self.boot
    }

    fn read(&self) -> Reading {
        let micros = self.micros.fetch_add(SECOND / 10, Ordering::SeqCst);
        let at = At(BEGIN + micros);
        Reading { at, mono: u64::try_from(micros).unwrap() + 3_600_000_000, synced: Some(at) }
    }
}

/// A plant on a ledger of its own.
pub(super) struct Plant {
    dir: Arc<tempfile::TempDir>,
    clock: StationClock,
    pub(super) micros: Arc<AtomicI64>,
}

/// The plant as it is before the first shift; each test copies it.
static FOUNDED: LazyLock<(Plant, i64)> = LazyLock::new(|| {
    let plant = Plant::empty();
    let mut shell = plant.shell();
    plant.people(&mut shell);
    for route in ["routes/pc200.toml", "routes/gearbox.toml"] {
        release(&mut shell, route);
    }
    let lots = [("SCR-1", "SCR-M4x12", 1_000), ("GSK-1", "GSK-4410", 50), ("OIL-1", "OIL-220", 100)];
    for (lot, part, quantity) in lots {
        let receive = Command::ReceiveLot {
            lot: lot.parse().unwrap(),
            part: part.parse().unwrap(),
            quantity: Number::whole(quantity),
            supplier: None,
            expires: None,
            by: "LEAD".parse().unwrap(),
        };
        signed(&mut shell, &receive).answer.unwrap();
    }
    drop(shell);
    let micros = plant.micros.load(Ordering::SeqCst);
    (plant, micros)
});

fn signed(shell: &mut Clerk<Writer>, command: &Command) -> Settlement {
    shell.give(command, &With { pin: Some(Pin::given(PIN)), ..With::default() }).unwrap()
}

fn release(shell: &mut Clerk<Writer>, file: &str) {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let route = traveller::route_file::released(&text).unwrap();
    let release = Command::ReleaseRoute {
        route: route.id.clone(),
        revision: route.revision.clone(),
        sha256: traveller::route_file::sha256(&text),
        text: text.into(),
        by: "LEAD".parse().unwrap(),
    };
    signed(shell, &release).answer.unwrap();
}

impl Plant {
    fn empty() -> Self {
        let micros = Arc::new(AtomicI64::new(0));
        let clock = StationClock::with(Counted { boot: "00c0ffee".parse().unwrap(), micros: micros.clone() });
        Self { dir: Arc::new(tempfile::tempdir().unwrap()), clock, micros }
    }

    /// A plant with people, routes and lots.
    pub(super) fn new() -> Self {
        let (founded, micros) = &*FOUNDED;
        let plant = Self::empty();
        plant.micros.store(*micros, Ordering::SeqCst);
        for file in std::fs::read_dir(founded.dir.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), plant.dir.path().join(file.file_name())).unwrap();
        }
        plant
    }

    fn path(&self) -> PathBuf {
        self.dir.path().join("ledger.db")
    }

    fn writer(&self) -> Writer {
        let reading = self.clock.read();
        let birth = Birth {
            at: reading.at,
            clock: Clock::Synced,
            boot: "00c0ffee".parse().unwrap(),
            mono: reading.mono,
            demo: false,
            after: None,
        };
        let options = Options { create: Some(birth), ..Options::new(traveller::route_file::released) };
        open_writer(&self.path(), &options).unwrap()
    }

    fn shell(&self) -> Clerk<Writer> {
        Clerk::of_shell(self.writer(), PinFile::at(&self.path()), self.clock.clone())
    }

    /// A command from a shell, by whoever it names.
    pub(super) fn give(&self, command: &Command) -> Settlement {
        signed(&mut self.shell(), command)
    }

    fn people(&self, shell: &mut Clerk<Writer>) {
        let pins = PinFile::at(&self.path());
        for (badge, name, roles) in [
            ("LEAD", "Lena Lead", vec![Role::Lead]),
            ("QA-1", "Quinn Quality", vec![Role::Quality]),
            ("IN-1", "Ines Inspector", vec![Role::Inspector]),
            ("OP-1", "Otto Operator", vec![Role::Operator]),
        ] {
            let badge: Badge = badge.parse().unwrap();
            let pin_id = pins.add(&Pin::given(PIN).chosen().unwrap()).unwrap();
            let by = (badge.as_str() != "LEAD").then(|| "LEAD".parse().unwrap());
            let name = name.to_owned();
            let enrol = Command::Enrol { badge, name, roles, qualifications: Vec::new(), pin_id, by };
            signed(shell, &enrol).answer.unwrap();
        }
    }

    /// A post at a station, with nobody signed on. `pin` tells whether signing on takes one.
    pub(super) fn post(&self, class: &str, pin: bool) -> Post {
        let station: StationId = format!("{}-1", class.to_uppercase()).parse().unwrap();
        let place = Place { station, class: class.parse().unwrap() };
        let session = "00000000000000aa".parse().unwrap();
        let pins = PinFile::at(&self.path());
        let mut clerk =
            Clerk::at_station(self.writer(), pins, self.clock.clone(), place.clone(), session, pin).unwrap();
        let settings = Settings { place, idle_ms: Some(600_000), may_quit: true, card: Vec::new() };
        let model = Model::new(settings, clerk.desk().unwrap(), status(), Millis(0));
        let dir = self.dir.clone();
        Post { dir, clerk, model, now: 0, out: Vec::new(), settled: Vec::new(), fault: None }
    }

    /// A post with the operator signed on.
    pub(super) fn manned(&self, class: &str) -> Post {
        let mut post = self.post(class, false);
        post.enter("OP-1");
        assert_eq!(post.screen(), "ready");
        post
    }

    /// A post at which a unit is open.
    pub(super) fn working(&self, class: &str, unit: &str) -> Post {
        let mut post = self.manned(class);
        post.enter(unit);
        if post.screen() == "ready" {
            post.enter(unit);
        }
        assert_eq!(post.screen(), "step", "{:?}", post.last().answer);
        post
    }

    /// Does good work on a pump controller up to the test, which is left to do.
    pub(super) fn pump_at_test(&self, unit: &str) -> Post {
        self.working("receiving", unit).all(&["1", "1"]);
        let board = format!("B{}0", &unit[6..]);
        self.working("assembly", unit)
            .all(&[&board, "SCR-1", "1", "GSK-1", "SCR-1", "2.20", "2.21", "2.22", "2.23", "1"]);
        self.working("test", unit)
    }
}

/// A calm terminal.
pub(super) fn status() -> Status {
    Status {
        time: "14:07".to_owned(),
        utc_offset: 3_600,
        clock: Clock::Synced,
        replica_minutes: None,
        unsent: 12_480,
        input: InputSource::Keyboard,
    }
}

/// A terminal at a station.
pub(super) struct Post {
    #[expect(dead_code, reason = "keeps the ledger where it is while the post works")]
    dir: Arc<tempfile::TempDir>,
    clerk: Clerk<Writer>,
    pub(super) model: Model,
    pub(super) now: u64,
    pub(super) out: Vec<Effect>,
    pub(super) settled: Vec<Settlement>,
    /// What the machine answers instead, once.
    pub(super) fault: Option<Fault>,
}

impl Post {
    /// Something arrives. What is submitted waits in `out`.
    pub(super) fn hear(&mut self, news: News) {
        let effects = update(&mut self.model, Msg { at: Millis(self.now), news });
        self.out.extend(effects);
    }

    /// Answers what was submitted, until nothing is in flight.
    pub(super) fn settle(&mut self) {
        while let Some(at) = self.out.iter().position(|e| matches!(e, Effect::Submit(_))) {
            let Effect::Submit(submission) = self.out.remove(at) else { unreachable!() };
            let Submission { request, command, pin, device, screen_ms } = *submission;
            let with = With { pin: pin.map(|p| Pin::given(p.reveal())), device, screen_ms: Some(screen_ms) };
            let outcome = match self.fault.take() {
                Some(fault) => Err(fault),
                None => Ok(Box::new(self.clerk.give(&command, &with).unwrap())),
            };
            self.settled.extend(outcome.iter().map(|s| (**s).clone()));
            self.hear(News::Settled { request, outcome });
        }
    }

    pub(super) fn key(&mut self, key: Key) {
        self.hear(News::Key(key));
    }

    /// Types a text, without ending it.
    pub(super) fn typed(&mut self, text: &str) {
        for c in text.chars() {
            self.key(Key::Char(c));
        }
    }

    /// A second later somebody types, or scans with a scanner that types; and it is answered.
    pub(super) fn enter(&mut self, text: &str) {
        self.now += 1_000;
        self.typed(text);
        self.key(Key::Enter);
        self.settle();
    }

    /// A second later a scanner of its own reads a label; and it is answered.
    pub(super) fn scan(&mut self, label: &[u8]) {
        self.now += 1_000;
        self.hear(News::Scan { bytes: label.to_vec(), device: "DS2208".parse().unwrap() });
        self.settle();
    }

    /// A second later a function key is pressed; and what it does is answered.
    pub(super) fn f(&mut self, number: u8) {
        self.now += 1_000;
        self.key(Key::F(number));
        self.settle();
    }

    pub(super) fn esc(&mut self) {
        self.now += 1_000;
        self.key(Key::Esc);
    }

    /// Enters several lines, one after the other.
    pub(super) fn all(&mut self, lines: &[&str]) {
        for line in lines {
            self.enter(line);
            assert_ne!(self.screen(), "stopped", "{line}: {:?}", self.last().answer);
        }
    }

    /// The name of the screen beneath an overlay.
    pub(super) fn screen(&self) -> &'static str {
        self.model.screen().name()
    }

    /// The name of the question over it.
    pub(super) fn question(&self) -> Option<&'static str> {
        self.model.question().map(traveller::app::question::Question::name)
    }

    pub(super) fn last(&self) -> &Settlement {
        self.settled.last().expect("something was settled")
    }

    /// The last answer as the contract's word.
    pub(super) fn answer(&self) -> &'static str {
        match &self.last().answer {
            Ok(did) => did.word(),
            Err(refusal) => refusal.code.word(),
        }
    }
}

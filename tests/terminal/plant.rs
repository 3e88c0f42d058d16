//! A small plant, and a post in it: a terminal whose every action goes through the clerk to the gate.

use std::sync::atomic::Ordering;
use std::sync::{Arc, LazyLock};

use traveller::app::effect::{Effect, Submission};
use traveller::app::model::{Model, Settings};
use traveller::app::msg::{Key, Millis, Msg, News, Status};
use traveller::app::port::Fault;
use traveller::app::seat::Seat;
use traveller::app::settlement::Settlement;
use traveller::app::shelf::{Look, Seen};
use traveller::app::shifts::calendar::Calendar;
use traveller::app::update;
use traveller::domain::ambient::Place;
use traveller::domain::command::Command;
use traveller::domain::id::{Badge, StationId};
use traveller::domain::label::Label;
use traveller::domain::load::LoadAct;
use traveller::domain::refusal::Code;
use traveller::domain::role::Role;
use traveller::domain::time::{At, Clock};
use traveller::ledger::Writer;
use traveller::station::clerk::{Clerk, With};
use traveller::station::override_file::OverrideRule;
use traveller::station::pin::Pin;
use traveller::station::pins::PinFile;

use crate::support;
use crate::support::forked;

pub(super) use crate::support::plant::PIN;

/// A plant with people, routes and lots.
pub(crate) struct Plant(support::plant::Plant);

/// The plant as it is before the first shift; each test copies it.
static FOUNDED: LazyLock<(support::plant::Plant, i64)> = LazyLock::new(|| {
    let plant = support::plant::Plant::empty();
    let mut shell = plant.shell();
    shell.enrol_everybody();
    for route in ["tests/terminal/routes/pc200.toml", "tests/terminal/routes/gearbox.toml"] {
        shell.release(route);
    }
    for (lot, part, quantity) in [("SCR-1", "SCR-M4x12", 1_000), ("GSK-1", "GSK-4410", 50), ("OIL-1", "OIL-220", 100)] {
        shell.receive(lot, part, quantity, None);
    }
    drop(shell);
    let micros = plant.micros.load(Ordering::SeqCst);
    (plant, micros)
});

impl Plant {
    /// A plant with people, routes and lots.
    pub(crate) fn new() -> Self {
        let (founded, micros) = &*FOUNDED;
        Self(founded.copy(*micros))
    }

    /// A box in which a unit has two histories: it was held by a box that died then, and passed a step in the place of
    /// that.
    pub(super) fn forked(unit: &str) -> Self {
        let first = Self::new();
        first.working("receiving", unit).f(12);
        let second = Self(forked::replaced(&first.0));
        first.hold(unit, "scratched");
        second.working("receiving", unit).all(&["1", "1"]);
        Self(forked::in_place_of(&[&first.0, &second.0], |_| true))
    }

    /// A box that was restored, in which a lead got a PIN without one, and a second lead is there.
    pub(super) fn recovered() -> Self {
        let plant = Self(forked::replaced(&Self::new().0));
        let pins = PinFile::at(&plant.0.ledger());
        let pin_id = pins.add(&Pin::given(PIN).chosen().unwrap()).unwrap();
        let lead: Badge = "LEAD".parse().unwrap();
        plant.done(&Command::ChangePin {
            badge: lead.clone(),
            pin_id,
            by: lead,
            recover: Some("the user root".to_owned()),
        });
        plant.0.shell().enrol(&"LEAD-2".parse().unwrap(), &[Role::Lead], &[]).answer.unwrap();
        plant
    }

    /// A box in which a piece of the history of a unit is missing: its first step passed on a box whose last segment
    /// was lost.
    pub(super) fn with_a_hole(unit: &str) -> Self {
        let first = Self::new();
        first.working("receiving", unit).f(12);
        let before = first.head().seq;
        first.manned("receiving").all(&[unit, "1", "1"]);
        let second = Self(forked::replaced(&first.0));
        let board = format!("B{}0", &unit[6..]);
        let good = [board.as_str(), "SCR-1", "1", "GSK-1", "SCR-1", "2.20", "2.21", "2.22", "2.23", "1"];
        second.working("assembly", unit).all(&good);
        let epoch = second.head().epoch;
        Self(forked::in_place_of(&[&first.0, &second.0], |event| {
            event.stamp.epoch == epoch || event.stamp.seq <= before
        }))
    }

    /// A command from a shell, by whoever it names.
    pub(super) fn give(&self, command: &Command) -> Settlement {
        self.0.shell().give(command)
    }

    /// Quality holds a unit from a shell.
    pub(crate) fn hold(&self, unit: &str, reason: &str) {
        let (unit, by) = (unit.parse().unwrap(), "QA-1".parse().unwrap());
        self.done(&Command::HoldUnit { unit, reason: reason.to_owned(), by });
    }

    /// Where its record stands.
    fn head(&self) -> traveller::app::port::Head {
        traveller::ledger::open_reader(&self.0.ledger()).unwrap().head().unwrap().unwrap()
    }

    /// A command from a shell that is done.
    pub(crate) fn done(&self, command: &Command) {
        self.give(command).answer.unwrap();
    }

    /// Releases a route file of the repository.
    pub(crate) fn release(&self, file: &str) {
        self.0.shell().release(file);
    }

    /// A lot comes in.
    pub(super) fn receive(&self, lot: &str, part: &str, quantity: u32, expires: Option<&str>) {
        self.0.shell().receive(lot, part, quantity, expires.map(|day| day.parse().unwrap()));
    }

    /// Time passes for everybody.
    pub(crate) fn later(&self, minutes: i64) {
        self.0.micros.fetch_add(minutes * 60_000_000, Ordering::SeqCst);
    }

    /// What time it is.
    pub(super) fn now(&self) -> At {
        At(support::plant::BEGIN + self.0.micros.load(Ordering::SeqCst))
    }

    /// A post at a station, with nobody signed on. `pin` tells whether signing on takes one.
    pub(super) fn post(&self, class: &str, pin: bool) -> Post {
        let (clerk, model) = self.seat(class, pin);
        Post { dir: self.dir(), clerk, model, now: 0, out: Vec::new(), settled: Vec::new(), fault: None }
    }

    /// Its ledger.
    pub(crate) fn ledger(&self) -> std::path::PathBuf {
        self.0.ledger()
    }

    /// Where its files are; gone with the last who holds it.
    pub(super) fn dir(&self) -> Arc<tempfile::TempDir> {
        self.0.dir.clone()
    }

    /// What a seat of a terminal is made of.
    pub(super) fn seat(&self, class: &str, pin: bool) -> (Clerk<Writer>, Model) {
        let station: StationId = format!("{}-1", class.to_uppercase()).parse().unwrap();
        let place = Place { station, class: class.parse().unwrap() };
        let allowed = OverrideRule { rules: vec![Code::TooLate], roles: vec![Role::Lead], budget: 2, minutes: 15 };
        let mut clerk = self.0.clerk(&place.station, &place.class, pin).allowing(Some(allowed));
        let settings = Settings {
            place,
            idle_ms: Some(600_000),
            may_quit: true,
            overrides: vec![Code::TooLate],
            cartons: None,
            card: Vec::new(),
            downtime: downtime(),
            calendar: Calendar::default(),
        };
        let model = Model::new(settings, clerk.desk().unwrap(), status(), Millis(0));
        (clerk, model)
    }

    /// A post with the operator signed on.
    pub(crate) fn manned(&self, class: &str) -> Post {
        let mut post = self.post(class, false);
        post.enter("OP-1");
        assert_eq!(post.screen(), "ready");
        post
    }

    /// A post at which a unit is open.
    pub(crate) fn working(&self, class: &str, unit: &str) -> Post {
        let mut post = self.manned(class);
        post.enter(unit);
        if post.screen() == "ready" {
            post.enter(unit);
        }
        assert_eq!(post.screen(), "step", "{:?}", post.last().answer);
        post
    }

    /// Does good work on a pump controller up to the test, which is left to do.
    pub(crate) fn pump_at_test(&self, unit: &str) -> Post {
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
        now: None,
        time: "14:07".to_owned(),
        utc_offset: 3_600,
        clock: Clock::Synced,
        replica: None,
        unsent: 12_480,
    }
}

/// A terminal at a station.
pub(crate) struct Post {
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
        while let Some(at) = self.out.iter().position(|e| matches!(e, Effect::Submit(_) | Effect::Look(..))) {
            let submission = match self.out.remove(at) {
                Effect::Submit(submission) => submission,
                Effect::Look(request, look) => {
                    let outcome = match self.fault.take() {
                        Some(fault) => Err(fault),
                        None => Ok(self.clerk.look(*look).unwrap().unwrap()),
                    };
                    self.hear(News::Seen { request, outcome });
                    continue;
                }
                Effect::Bell(_) | Effect::Quit => unreachable!(),
            };
            let Submission { request, command, pin, device, screen_ms } = *submission;
            let with = With { pin: pin.map(|p| Pin::given(p.reveal())), device, screen_ms: Some(screen_ms) };
            let outcome = match self.fault.take() {
                Some(fault) => Err(fault),
                None => Ok(Box::new(self.clerk.give(&command, &with).unwrap())),
            };
            self.settled.extend(outcome.iter().map(|s| (**s).clone()));
            self.hear(News::Settled { request, outcome });
            let order = self.settled.iter().rev().find_map(|s| s.work.as_ref()?.traveller.order.clone());
            let stock = self.clerk.stock(order.as_ref()).unwrap();
            self.hear(News::Stock(Seat::First, Box::new(stock)));
        }
    }

    /// A unit comes out of the load again.
    pub(crate) fn take_out(&mut self, unit: &str) {
        let command = Command::Load(LoadAct::TakeOut { unit: unit.parse().unwrap() });
        self.clerk.give(&command, &With::default()).unwrap().answer.unwrap();
    }

    /// Looks at something between two actions.
    pub(super) fn look(&mut self, look: Look) -> Seen {
        self.clerk.look(look).unwrap().unwrap()
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
    pub(crate) fn enter(&mut self, text: &str) {
        self.now += 1_000;
        self.typed(text);
        self.key(Key::Enter);
        self.settle();
    }

    /// Ends what was typed, a second later; and it is answered.
    pub(super) fn press_enter(&mut self) {
        self.now += 1_000;
        self.key(Key::Enter);
        self.settle();
    }

    /// A second later a scanner of its own reads a label; and it is answered.
    pub(super) fn scan(&mut self, label: &[u8]) {
        self.now += 1_000;
        self.hear(News::Scan { label: Label::read(label), device: "DS2208".parse().unwrap(), begun: Millis(self.now) });
        self.settle();
    }

    /// A second later a function key is pressed; and what it does is answered.
    pub(crate) fn f(&mut self, number: u8) {
        self.now += 1_000;
        self.key(Key::F(number));
        self.settle();
    }

    pub(super) fn esc(&mut self) {
        self.now += 1_000;
        self.key(Key::Esc);
    }

    /// Enters several lines, one after the other.
    pub(crate) fn all(&mut self, lines: &[&str]) {
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
    pub(crate) fn answer(&self) -> &'static str {
        match &self.last().answer {
            Ok(did) => did.word(),
            Err(refusal) => refusal.code.word(),
        }
    }
}

/// Why a station of the plant may be down.
fn downtime() -> Vec<(String, String)> {
    [("MACHINE", "Machine broken"), ("MATERIAL", "No material")].map(|(a, b)| (a.to_owned(), b.to_owned())).into()
}

//! A plant on a ledger of its own: a clock that the test moves, people, routes and lots. Everything goes through the
//! gate.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use traveller::app::settlement::Settlement;
use traveller::domain::ambient::Place;
use traveller::domain::command::Command;
use traveller::domain::event::EventRef;
use traveller::domain::id::{Badge, Boot, StationId};
use traveller::domain::number::Number;
use traveller::domain::role::Role;
use traveller::domain::time::{At, Clock, Day, SECOND};
use traveller::domain::what::Qualification;
use traveller::ledger::{Birth, Options, Writer, open_writer};
use traveller::station::clerk::{Clerk, With};
use traveller::station::clock::{Reading, Source, StationClock};
use traveller::station::pin::Pin;
use traveller::station::pins::PinFile;
use traveller::station::random;

/// Everybody's PIN.
pub(crate) const PIN: &str = "271828";
/// 2026-11-23, 06:00 UTC.
pub(crate) const BEGIN: i64 = 1_795_413_600 * SECOND;
const HOUR: i64 = 3_600 * SECOND;

/// A clock that moves a tenth of a second with each look.
struct Counted {
    boot: Boot,
    /// Microseconds from the beginning of the plant to the boot; before it, where the machine ran already.
    booted: i64,
    micros: Arc<AtomicI64>,
    wall: Arc<Wall>,
}

/// What people and time services do to the wall clock.
#[derive(Default)]
pub(crate) struct Wall {
    /// Microseconds that it is set forward, or back.
    pub(crate) set: AtomicI64,
    /// Whether no time service vouches for it.
    pub(crate) in_doubt: AtomicBool,
}

impl Source for Counted {
    fn boot(&self) -> &Boot {
        &self.boot
    }

    fn read(&self) -> Reading {
        let micros = self.micros.fetch_add(SECOND / 10, Ordering::SeqCst);
        let at = At(BEGIN + micros + self.wall.set.load(Ordering::SeqCst));
        let mono = u64::try_from(micros - self.booted).unwrap();
        Reading { at, mono, synced: (!self.wall.in_doubt.load(Ordering::SeqCst)).then_some(at) }
    }
}

/// A plant on a ledger of its own.
pub(crate) struct Plant {
    /// Where its files are; gone with the last who holds it.
    pub(crate) dir: Arc<tempfile::TempDir>,
    pub(crate) clock: StationClock,
    /// Microseconds since the plant began.
    pub(crate) micros: Arc<AtomicI64>,
    pub(crate) wall: Arc<Wall>,
}

impl Plant {
    /// A plant with an empty ledger.
    pub(crate) fn empty() -> Self {
        let micros = Arc::new(AtomicI64::new(0));
        let wall = Arc::new(Wall::default());
        let boot = "00c0ffee".parse().unwrap();
        let clock = StationClock::with(Counted { boot, booted: -HOUR, micros: micros.clone(), wall: wall.clone() });
        Self { dir: Arc::new(tempfile::tempdir().unwrap()), clock, micros, wall }
    }

    /// The machine starts anew: the boot clock begins again. Whoever has a clerk takes a new one.
    pub(crate) fn reboot(&mut self) {
        let booted = self.micros.load(Ordering::SeqCst);
        let boot = format!("{:08x}", booted / SECOND + 1).parse().unwrap();
        let (micros, wall) = (self.micros.clone(), self.wall.clone());
        self.clock = StationClock::with(Counted { boot, booted, micros, wall });
    }

    /// The same plant, as it is now, in a place of its own.
    pub(crate) fn copy(&self, micros: i64) -> Self {
        let plant = Self::empty();
        plant.micros.store(micros, Ordering::SeqCst);
        for file in std::fs::read_dir(self.dir.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), plant.dir.path().join(file.file_name())).unwrap();
        }
        plant
    }

    pub(crate) fn ledger(&self) -> PathBuf {
        self.dir.path().join("ledger.db")
    }

    /// How a ledger begins here and now.
    pub(crate) fn birth(&self, after: Option<EventRef>) -> Birth {
        let reading = self.clock.read();
        let boot = "00c0ffee".parse().unwrap();
        Birth { at: reading.at, clock: Clock::Synced, boot, mono: reading.mono, demo: false, after }
    }

    pub(crate) fn writer(&self) -> Writer {
        let birth = self.birth(None);
        let options = Options { create: Some(birth), ..Options::new(traveller::route_file::released) };
        open_writer(&self.ledger(), &options).unwrap()
    }

    pub(crate) fn shell(&self) -> Shell {
        let pins = PinFile::at(&self.ledger());
        Shell { clerk: Clerk::of_shell(self.writer(), PinFile::at(&self.ledger()), self.clock.clone()), pins }
    }

    /// A clerk at a station. `pin` tells whether signing on takes one.
    pub(crate) fn clerk(&self, station: &StationId, class: &StationId, pin: bool) -> Clerk<Writer> {
        let place = Place { station: station.clone(), class: class.clone() };
        let session = random::session().unwrap();
        Clerk::at_station(self.writer(), PinFile::at(&self.ledger()), self.clock.clone(), place, session, pin).unwrap()
    }
}

/// Commands from outside the line.
pub(crate) struct Shell {
    pub(crate) clerk: Clerk<Writer>,
    pins: PinFile,
}

impl Shell {
    /// A command by whoever it names, with that person's PIN.
    pub(crate) fn give(&mut self, command: &Command) -> Settlement {
        self.give_with(command, PIN)
    }

    pub(crate) fn give_with(&mut self, command: &Command, pin: &str) -> Settlement {
        self.clerk.give(command, &With { pin: Some(Pin::given(pin)), ..With::default() }).unwrap()
    }

    /// A lead, quality, an inspector and two operators.
    pub(crate) fn enrol_everybody(&mut self) {
        for (badge, name, role) in [
            ("LEAD", "Lena Lead", Role::Lead),
            ("QA-1", "Quinn Quality", Role::Quality),
            ("IN-1", "Ines Inspector", Role::Inspector),
            ("OP-1", "Otto Operator", Role::Operator),
            ("OP-2", "Olga Operator", Role::Operator),
        ] {
            let badge: Badge = badge.parse().unwrap();
            let pin_id = self.pins.add(&Pin::given(PIN).chosen().unwrap()).unwrap();
            let by = (badge.as_str() != "LEAD").then(|| "LEAD".parse().unwrap());
            let (name, roles) = (name.to_owned(), vec![role]);
            let enrol = Command::Enrol { badge, name, roles, qualifications: Vec::new(), pin_id, by };
            self.give(&enrol).answer.unwrap();
        }
    }

    /// One more person, who is called by the badge.
    pub(crate) fn enrol(&mut self, badge: &Badge, roles: &[Role], qualifications: &[Qualification]) -> Settlement {
        let pin_id = self.pins.add(&Pin::given(PIN).chosen().unwrap()).unwrap();
        self.give(&Command::Enrol {
            badge: badge.clone(),
            name: badge.to_string(),
            roles: roles.to_vec(),
            qualifications: qualifications.to_vec(),
            pin_id,
            by: "LEAD".parse().ok(),
        })
    }

    /// A person gets a PIN without one, by a user of the system.
    pub(crate) fn recover(&mut self, badge: &Badge) -> Settlement {
        let pin_id = self.pins.add(&Pin::given(PIN).chosen().unwrap()).unwrap();
        let recover = Some("the user root".to_owned());
        self.give(&Command::ChangePin { badge: badge.clone(), pin_id, by: badge.clone(), recover })
    }

    /// Releases a route file of the repository.
    pub(crate) fn release(&mut self, file: &str) {
        self.give_release(file, false).answer.unwrap();
    }

    /// Releases a route file of the repository, or that file as somebody changed it.
    pub(crate) fn give_release(&mut self, file: &str, changed: bool) -> Settlement {
        let mut text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        text.push_str(if changed { "# changed\n" } else { "" });
        let route = traveller::route_file::released(&text).expect("the route is sound");
        let release = Command::ReleaseRoute {
            route: route.id.clone(),
            revision: route.revision.clone(),
            sha256: traveller::route_file::sha256(&text),
            text: text.into(),
            by: "LEAD".parse().unwrap(),
        };
        self.give(&release)
    }

    pub(crate) fn receive(&mut self, lot: &str, part: &str, quantity: u32, expires: Option<Day>) {
        let receive = Command::ReceiveLot {
            lot: lot.parse().unwrap(),
            part: part.parse().unwrap(),
            quantity: Number::whole(quantity),
            supplier: None,
            expires,
            quarantine: false,
            label: None,
            by: "LEAD".parse().unwrap(),
        };
        self.give(&receive).answer.unwrap();
    }
}

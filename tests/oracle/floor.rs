//! A shop floor for one random case: a ledger in memory, the oracle beside it, and people who give commands.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::app::port::Ledger;
use traveller::app::replay;
use traveller::app::settlement::Settlement;
use traveller::app::submit::{Vouch, desk, submit, vouch};
use traveller::domain::ambient::{Ambient, Given, Place};
use traveller::domain::command::Command;
use traveller::domain::event::Event;
use traveller::domain::gate::decision::Did;
use traveller::domain::id::{Badge, Boot, DeviceId, LotId, PartId, PinId, Session, StationId, UnitId};
use traveller::domain::need::needs;
use traveller::domain::number::Number;
use traveller::domain::refusal::Code;
use traveller::domain::role::PinCheck;
use traveller::domain::route::Route;
use traveller::domain::station::Station;
use traveller::domain::time::{At, Clock, SECOND};
use traveller::domain::traveller::{Standing, Traveller};
use traveller::domain::what::{Leaving, What};

use super::acts::{LOTS, PEOPLE};
use super::memory::Memory;
use super::model::{Heard, Oracle, must};
use super::routes::STATIONS;
use super::twin::Twin;

/// What comes with a command.
#[derive(Clone, Copy, Default)]
pub(crate) struct With {
    /// Whether a PIN comes with it, and whether it is the right one.
    pub(crate) pin: Option<bool>,
    /// Milliseconds since the screen changed.
    pub(crate) screen_ms: Option<u32>,
    /// Whether a label is typed, not scanned.
    pub(crate) typed: bool,
}

/// A shop floor.
pub(crate) struct Floor {
    pub(crate) ledger: Memory,
    pub(crate) oracle: Oracle,
    pub(crate) routes: Vec<Arc<Route>>,
    sessions: [u64; 4],
    now: At,
    mono: u64,
    pub(crate) pin_at_sign_on: bool,
    /// The same floor on disk, where a case is played twice.
    twin: Option<Twin>,
    /// What was said and answered, for people to read when something is wrong.
    pub(crate) story: Vec<String>,
}

impl Floor {
    /// A floor with its people, lots and released routes.
    pub(crate) fn new(routes: Vec<Arc<Route>>, pin_at_sign_on: bool) -> Heard<Self> {
        Self::with(routes, pin_at_sign_on, None)
    }

    /// A floor that does everything a second time, on a ledger on disk.
    pub(crate) fn with_twin(routes: Vec<Arc<Route>>, pin_at_sign_on: bool) -> Heard<Self> {
        let twin = Twin::new(&routes);
        Self::with(routes, pin_at_sign_on, Some(twin))
    }

    fn with(routes: Vec<Arc<Route>>, pin_at_sign_on: bool, twin: Option<Twin>) -> Heard<Self> {
        let sha256 = |i: usize| format!("{i:064x}");
        let texts: BTreeMap<_, _> = routes.iter().enumerate().map(|(i, r)| (sha256(i), Arc::clone(r))).collect();
        let mut ledger = Memory::default();
        for (sha256, route) in &texts {
            ledger.know(sha256, Arc::clone(route));
        }
        let mut floor = Self {
            ledger,
            oracle: Oracle::new(&STATIONS, texts),
            routes,
            sessions: [1, 2, 3, 4],
            now: "2026-11-23T06:00:00Z".parse().unwrap(),
            mono: 60_000_000,
            pin_at_sign_on,
            twin,
            story: Vec::new(),
        };
        if let Some(twin) = &floor.twin {
            let began = twin.events();
            floor.ledger.append(&began).unwrap();
            floor.oracle.hear(&began)?;
        }
        floor.settle_in()?;
        Ok(floor)
    }

    fn settle_in(&mut self) -> Heard {
        let signed = With { pin: Some(true), ..With::default() };
        for (i, (name, roles)) in PEOPLE.iter().enumerate() {
            let by = (i > 0).then(|| badge(0));
            let roles = roles.split(' ').map(|r| r.parse().unwrap()).collect();
            let pin_id = PinId::parse(&format!("{i:016x}")).unwrap();
            let name = format!("Person {name}");
            let enrol = Command::Enrol { badge: badge(i), name, roles, qualifications: Vec::new(), pin_id, by };
            self.give(None, &enrol, signed)?;
        }
        for (lot, part, quantity, expires) in LOTS {
            let receive = Command::ReceiveLot {
                lot: LotId::parse(lot).unwrap(),
                part: PartId::parse(part).unwrap(),
                quantity: Number::whole(quantity),
                supplier: None,
                expires: expires.map(|day| day.parse().unwrap()),
                quarantine: false,
                label: None,
                by: badge(1),
            };
            self.give(None, &receive, signed)?;
        }
        let register = Command::RegisterGauge {
            gauge: DeviceId::parse("G-7").unwrap(),
            kind: "length".to_owned(),
            due: "2026-12-31".parse().unwrap(),
            by: badge(0),
        };
        self.give(None, &register, signed)?;
        for i in 0..self.routes.len() {
            let release = self.release(i, 0);
            self.give(None, &release, signed)?;
        }
        self.story.clear();
        Ok(())
    }

    /// The command that releases a route.
    pub(crate) fn release(&self, route: usize, by: usize) -> Command {
        let (id, revision) = (self.routes[route].id.clone(), self.routes[route].revision.clone());
        Command::ReleaseRoute {
            route: id,
            revision,
            sha256: format!("{route:064x}"),
            text: route.to_string().into(),
            by: badge(by),
        }
    }

    /// The program at a station ends and begins anew: what was left open there is put down.
    pub(crate) fn restart(&mut self, at: usize) -> Heard {
        self.sessions[at] += 4;
        if let Some(twin) = &mut self.twin {
            twin.reopen();
        }
        let somebody = self.ledger.station(&station(at)).unwrap().operator.is_some();
        if somebody {
            self.give(Some(at), &Command::SignOff { why: Leaving::Restart }, With::default())
        } else {
            Ok(())
        }
    }

    /// The run of the program at a station.
    pub(crate) fn session(&self, at: usize) -> Session {
        Session::parse(&format!("{:016x}", self.sessions[at])).unwrap()
    }

    /// Time passes, or the wall clock is set back.
    pub(crate) fn wait(&mut self, hours: i64) {
        self.now = self.now.plus(hours * 3_600 * SECOND);
        self.mono += u64::try_from(hours.max(0)).unwrap() * 3_600_000_000;
    }

    /// Gives a command, and holds the answer and the record against each other and against the oracle.
    pub(crate) fn give(&mut self, at: Option<usize>, command: &Command, with: With) -> Heard {
        self.now = self.now.plus(SECOND);
        self.mono += 1_000_000;
        let mut now = self.ambient(at, with);
        if matches!(command, Command::Scan { .. }) && !with.typed {
            now.given.device = DeviceId::parse("SCAN-1").ok();
        }
        if let (Some(signer), Some(right)) = (command.signer(), with.pin) {
            now.given.pin = match vouch(&mut self.ledger, signer, &now).unwrap() {
                Vouch::Unknown => PinCheck::NotAsked,
                Vouch::Locked => PinCheck::Locked,
                Vouch::Check(_) if right => PinCheck::Right,
                Vouch::Check(_) => PinCheck::Wrong,
            };
        }
        let place = at.map_or("shell", |at| STATIONS[at].0);
        let length = self.ledger.events.len();
        let before = self.ledger.travellers().clone();
        let settled = submit(&mut self.ledger, command, &now).map_err(|fault| format!("a fault: {fault}"))?;
        let action = self.ledger.events[length..].to_vec();
        let kinds: Vec<_> = action.iter().map(|e| e.what.kind()).collect();
        let answer = settled.answer.as_ref().map_or_else(|no| no.code.word(), |did| did.word());
        let said = serde_json::to_string(command).unwrap();
        self.story.push(format!("{place}: {said} -> {answer} [{}]", kinds.join(" ")));
        if let Some(twin) = &mut self.twin {
            twin.does_the_same(command, &now, &settled, &action)?;
        }
        let recorded = u64::try_from(length + action.len()).unwrap();
        must(settled.receipt.as_ref().is_none_or(|r| r.head().seq == recorded), "the receipt is of another head")?;
        must(settled.receipt.is_some() != action.is_empty(), "a receipt where nothing is recorded, or none")?;
        if action.is_empty() {
            is_documented(command, &settled)?;
        } else {
            self.oracle.hear(&action)?;
        }
        if settled.answer.is_err() {
            self.changed_nothing(&settled, &action, &before)?;
        }
        answer_fits(&settled, &action)?;
        self.agrees(at, &settled, command)
    }

    fn ambient(&self, at: Option<usize>, with: With) -> Ambient {
        let place = at.map(|at| Place { station: station(at), class: StationId::parse(STATIONS[at].1).unwrap() });
        let session = at.map(|at| self.session(at));
        let class = place.as_ref().map(|p| p.class.clone());
        Ambient {
            at: self.now,
            clock: Clock::Synced,
            boot: Boot::parse("0badcafe").unwrap(),
            mono: self.mono,
            station: place,
            given: Given {
                session,
                class,
                device: None,
                screen_ms: with.screen_ms,
                pin_at_sign_on: at.is_some() && self.pin_at_sign_on,
                pin: PinCheck::NotAsked,
            },
        }
    }

    /// A refusal is one event, and no record is another one than before.
    fn changed_nothing(
        &self,
        settled: &Settlement,
        action: &[Event],
        before: &BTreeMap<UnitId, Arc<Traveller>>,
    ) -> Heard {
        must(action.len() == 1, "a refusal is one event")?;
        let said = settled.answer.as_ref().err().map(|no| no.code);
        let is_it = matches!(&action[0].what, What::Refused(r) if Some(r.code) == said);
        must(is_it, "the refusal on record is another one than the answer")?;
        let after = self.ledger.travellers();
        must(before.len() == after.len(), "a refusal brought a unit into being")?;
        for (unit, was) in before {
            let is = Traveller { refusals: was.refusals, ..after[unit].as_ref().clone() };
            must(is == **was, format!("a refusal changed {unit}"))?;
        }
        Ok(())
    }

    /// What the program says of every unit and station is what the oracle reckons.
    fn agrees(&mut self, at: Option<usize>, settled: &Settlement, command: &Command) -> Heard {
        for (unit, traveller) in self.ledger.travellers() {
            let route = self.routes.iter().find(|r| traveller.route.as_ref().is_some_and(|(id, _)| *id == r.id));
            let route = route.ok_or("a unit without a route")?;
            let due = traveller.due.as_ref().and_then(|d| route.step(&d.step));
            let open = matches!(traveller.standing, Standing::InProcess | Standing::Nonconforming);
            let says = due.filter(|_| open).map(|step| {
                needs(traveller, route, step, &Station::default())
                    .iter()
                    .map(traveller::domain::need::Need::line)
                    .map(|n| (n.kind, n.id, n.left))
                    .collect()
            });
            let reckons = self.oracle.lacks(unit);
            must(says == reckons, format!("{unit} needs {says:?}, and by the oracle {reckons:?}"))?;
        }
        for at in 0..STATIONS.len() {
            let place = station(at);
            let desk = desk(&mut self.ledger, Some(&place)).unwrap();
            let says = desk.open.as_ref().and_then(|w| w.traveller.unit.clone());
            let reckons = self.oracle.open_at(&place).cloned();
            must(says == reckons, format!("at {place} {says:?} is open, and by the oracle {reckons:?}"))?;
        }
        if let (Command::Pass, Err(no), Some(at)) = (command, &settled.answer, at) {
            self.stops_in_order(no.code, &station(at))?;
        }
        Ok(())
    }

    /// `pass` reports what stops it in the order of the contract.
    fn stops_in_order(&self, code: Code, place: &StationId) -> Heard {
        let stops = [Code::CheckFailed, Code::MaterialMissing, Code::CheckMissing, Code::SignatureMissing];
        let Some(unit) = self.oracle.open_at(place).filter(|_| stops.contains(&code)) else { return Ok(()) };
        let lacks = self.oracle.lacks(unit).unwrap_or_default();
        let first = match lacks.first() {
            _ if self.oracle.failed(unit) => Code::CheckFailed,
            Some(("material", ..)) => Code::MaterialMissing,
            Some(("check", ..)) => Code::CheckMissing,
            _ => Code::SignatureMissing,
        };
        must(first == code, format!("pass is stopped by {}, and first of all by {}", code.word(), first.word()))
    }

    /// The whole record once more: folded anew, and decided anew.
    pub(crate) fn look_back(&mut self) -> Heard {
        let events = &self.ledger.events;
        for (unit, traveller) in self.ledger.travellers() {
            let of_unit = events.iter().filter(|e| e.about.unit.as_ref() == Some(unit));
            must(Traveller::replay(of_unit) == **traveller, format!("{unit} folds to something else"))?;
        }
        for (name, station) in self.ledger.stations() {
            must(Station::replay(name.clone(), events) == *station, format!("{name} folds to something else"))?;
        }
        let acts: Vec<u64> = events.iter().filter(|e| e.cause.is_some()).map(|e| e.stamp.act).collect();
        let decided = u64::try_from(acts.len()).unwrap();
        let again = replay::actions(&mut self.ledger, acts).map_err(|fault| format!("a fault: {fault}"))?;
        let all = again.decisions == decided && again.same == decided;
        must(all, format!("decided again, {:?} came out another way", again.different))?;
        self.twin.as_ref().map_or(Ok(()), Twin::is_sound)
    }
}

/// A command that records nothing is one of the few of which the contract says so.
fn is_documented(command: &Command, settled: &Settlement) -> Heard {
    let fits = match (&settled.answer, command) {
        (Ok(Did::UnitOpened), Command::Scan { .. })
        | (Ok(Did::SignedOn | Did::BadgeRead | Did::SignatureOpened), Command::Scan { .. } | Command::SignOn { .. })
        | (Ok(Did::RouteReleased), Command::ReleaseRoute { .. })
        | (Ok(Did::RouteWithdrawn), Command::WithdrawRoute { .. }) => true,
        (Ok(Did::SignedOff), Command::SignOff { why }) => *why != Leaving::SignOff,
        _ => false,
    };
    must(fits, format!("{:?} is recorded nowhere", settled.answer.as_ref().map(|did| did.word())))
}

/// The answer says what the record says.
fn answer_fits(settled: &Settlement, action: &[Event]) -> Heard {
    let Ok(did) = settled.answer else { return Ok(()) };
    let has = |kind: &str| action.iter().any(|e| e.what.kind() == kind);
    let last = action.last().map(|e| e.stamp.seq);
    let named = settled.event.as_ref().map(|e| e.seq);
    must(last.is_none() || named == last, "the answer names another event than its last one")?;
    let ends = match did {
        Did::StepPassed => has("step-passed") && !has("unit-completed") && !has("unit-dispatched"),
        Did::UnitCompleted => has("step-passed") && has("unit-completed"),
        Did::UnitDispatched => has("step-passed") && has("unit-dispatched"),
        Did::StepFailed => has("step-failed"),
        Did::UnitHeld => has("unit-held"),
        Did::Voided => has("observation-voided"),
        Did::Disposed => has("disposed"),
        _ => !has("step-passed"),
    };
    must(ends, format!("the answer {} is not what is on record", did.word()))
}

/// A badge by its number.
pub(crate) fn badge(person: usize) -> Badge {
    Badge::parse(PEOPLE[person].0).unwrap()
}

/// A station by its number.
pub(crate) fn station(at: usize) -> StationId {
    StationId::parse(STATIONS[at].0).unwrap()
}

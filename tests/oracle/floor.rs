//! A shop floor for one random case: a ledger in memory, the oracle beside it, and people who give commands.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::app::port::Ledger;
use traveller::app::submit::{Vouch, submit, vouch};
use traveller::domain::ambient::{Ambient, Given, Place};
use traveller::domain::command::Command;
use traveller::domain::id::{Badge, Boot, DeviceId, LotId, PartId, PinId, Session, StationId};
use traveller::domain::number::Number;
use traveller::domain::refusal::Refusal;
use traveller::domain::role::PinCheck;
use traveller::domain::route::Route;
use traveller::domain::time::{At, Clock, SECOND};
use traveller::domain::what::{Leaving, Qualification};

use super::acts::{GAUGES, LOTS, PEOPLE, QUARANTINED_FROM};
use super::agree::{answer_fits, is_documented};
use super::memory::Memory;
use super::model::{Heard, Oracle, must};
use super::revision::NEXT;
use super::routes::{SKILL, STATIONS};
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
    boot: u32,
    doubt: bool,
    /// What was refused last.
    pub(crate) last_no: Option<(Option<usize>, Refusal)>,
    pub(crate) pin_at_sign_on: bool,
    /// The same floor on disk, where a case is played twice.
    pub(super) twin: Option<Twin>,
    /// What was said and answered, for people to read when something is wrong.
    pub(crate) story: Vec<String>,
    /// What was said and has no answer yet.
    pub(crate) tried: Option<String>,
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
            boot: 0x0bad_cafe,
            doubt: false,
            last_no: None,
            pin_at_sign_on,
            twin,
            story: Vec::new(),
            tried: None,
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
            let qualifications = skill(i % 4);
            let enrol = Command::Enrol { badge: badge(i), name, roles, qualifications, pin_id, by };
            self.give(None, &enrol, signed)?;
        }
        for (i, (lot, part, quantity, expires)) in LOTS.into_iter().enumerate() {
            let receive = Command::ReceiveLot {
                lot: LotId::parse(lot).unwrap(),
                part: PartId::parse(part).unwrap(),
                quantity: Number::whole(quantity),
                supplier: None,
                expires: expires.map(|day| day.parse().unwrap()),
                quarantine: i >= QUARANTINED_FROM,
                label: None,
                by: badge(1),
            };
            self.give(None, &receive, signed)?;
        }
        for (gauge, kind, due) in GAUGES {
            let (gauge, kind) = (DeviceId::parse(gauge).unwrap(), kind.to_owned());
            let register = Command::RegisterGauge { gauge, kind, due: due.parse().unwrap(), by: badge(0) };
            self.give(None, &register, signed)?;
        }
        // New units begin under the one that is released last.
        let known = self.routes.len();
        for i in [NEXT, 0, 1].into_iter().filter(|i| *i < known) {
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

    /// Time passes; or the wall clock is set back or forward.
    pub(crate) fn wait(&mut self, minutes: i64, set: bool) {
        self.now = self.now.plus(minutes * 60 * SECOND);
        if !set {
            self.mono += u64::try_from(minutes).unwrap() * 60_000_000;
        }
    }

    /// Now, by the wall clock.
    pub(super) fn now(&self) -> At {
        self.now
    }

    /// The machine starts anew.
    pub(crate) fn boot(&mut self, minutes: u64, doubt: bool) {
        self.wait(i64::try_from(minutes).unwrap(), false);
        (self.boot, self.mono, self.doubt) = (self.boot + 1, 1_000_000 * (minutes + 1), doubt);
    }

    /// Somebody sets the clock right.
    pub(crate) fn set_right(&mut self) {
        let last = self.ledger.events.iter().map(|e| e.stamp.at).max().unwrap_or(self.now);
        (self.now, self.doubt) = (self.now.max(last), false);
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
        let said = serde_json::to_string(command).unwrap();
        self.tried = Some(format!("{place}: {said}"));
        let length = self.ledger.events.len();
        let before = self.ledger.travellers().clone();
        let settled = submit(&mut self.ledger, command, &now).map_err(|fault| format!("a fault: {fault}"))?;
        let action = self.ledger.events[length..].to_vec();
        let kinds: Vec<_> = action.iter().map(|e| e.what.kind()).collect();
        let answer = settled.answer.as_ref().map_or_else(|no| no.code.word(), |did| did.word());
        self.last_no = settled.answer.as_ref().err().map(|no| (at, no.clone()));
        self.story.push(format!("{place}: {said} -> {answer} [{}]", kinds.join(" ")));
        self.tried = None;
        if let Some(twin) = &mut self.twin {
            twin.does_the_same(command, &now, &settled, &action)?;
        }
        let recorded = u64::try_from(length + action.len()).unwrap();
        must(settled.receipt.as_ref().is_none_or(|r| r.head().seq == recorded), "the receipt is of another head")?;
        must(settled.receipt.is_some() != action.is_empty(), "a receipt where nothing is recorded, or none")?;
        if action.is_empty() {
            is_documented(command, &settled)?;
        } else {
            for part in action.chunk_by(|a, b| a.stamp.act == b.stamp.act) {
                self.oracle.hear(part)?;
            }
            self.oracle.takes_up_the_panel(&action)?;
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
        let back = self.ledger.events.last().is_some_and(|last| self.now < last.stamp.at);
        let class = place.as_ref().map(|p| p.class.clone());
        Ambient {
            at: self.now,
            clock: if self.doubt || back { Clock::Doubt } else { Clock::Synced },
            boot: Boot::parse(&format!("{:08x}", self.boot)).unwrap(),
            mono: self.mono,
            station: place,
            given: Given {
                session,
                class,
                device: None,
                screen_ms: with.screen_ms,
                pin_at_sign_on: at.is_some() && self.pin_at_sign_on,
                pin: PinCheck::NotAsked,
                shift: None,
                stated: None,
            },
        }
    }
}

/// Qualified, learning it, qualified until today, or not at all.
pub(crate) fn skill(level: usize) -> Vec<Qualification> {
    let until = if level == 2 { "2026-11-23" } else { "2026-12-31" }.parse().unwrap();
    let held = Qualification { name: SKILL.to_owned(), until, supervised: level == 1 };
    if level == 3 { Vec::new() } else { vec![held] }
}

/// A badge by its number.
pub(crate) fn badge(person: usize) -> Badge {
    Badge::parse(PEOPLE[person].0).unwrap()
}

/// A station by its number.
pub(crate) fn station(at: usize) -> StationId {
    StationId::parse(STATIONS[at].0).unwrap()
}

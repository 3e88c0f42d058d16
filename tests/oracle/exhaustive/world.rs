//! A world that is cheap to copy: what the ledger folds to, what the oracle remembers, and the time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use traveller::app::port::{Fault, Head, Ledger};
use traveller::app::submit::{enact, submit};
use traveller::domain::ambient::{Ambient, Given, Place};
use traveller::domain::command::Command;
use traveller::domain::event::Event;
use traveller::domain::facts::{Ask, Facts};
use traveller::domain::id::{Badge, Boot, DeviceId, Epoch, Revision, RouteId, Session, StationId, TerminalId, UnitId};
use traveller::domain::refusal::Refusal;
use traveller::domain::role::PinCheck;
use traveller::domain::route::Route;
use traveller::domain::station::{Pending, Station};
use traveller::domain::time::{At, Clock, SECOND};
use traveller::domain::traveller::Traveller;

use super::broken::Broken;
use super::features::Small;
use super::goods;
use super::moves::{Move, PLACES};
use crate::oracle::folds::Folds;
use crate::oracle::model::{Heard, Oracle};

/// Minutes after which nothing that depends on time changes any more.
const MINUTES_TOLD: i64 = 40;

#[derive(Clone)]
pub(super) struct World {
    pub(super) folds: Folds,
    pub(super) oracle: Oracle,
    texts: Arc<BTreeMap<String, Arc<Route>>>,
    seq: u64,
    now: At,
    mono: u64,
    /// What the gate's decisions are made into before they are recorded.
    broken: Option<Broken>,
    /// What was recorded last.
    said: Vec<Event>,
    /// Whether one command may bring others with it, and what was there before the first of them.
    is_many: bool,
    before: Option<Box<(Folds, u64)>>,
}

impl World {
    /// A world in which a route may be released.
    pub(super) fn new(small: &Small, broken: Option<Broken>) -> Self {
        let mut texts = BTreeMap::from([("0".repeat(64), Arc::clone(&small.route))]);
        texts.extend(small.next.as_ref().map(|next| ("1".repeat(64), Arc::clone(next))));
        Self {
            folds: Folds::default(),
            oracle: Oracle::new(&PLACES, texts.clone()),
            texts: Arc::new(texts),
            seq: 0,
            now: "2026-11-23T06:00:00Z".parse().unwrap(),
            mono: 60_000_000,
            broken,
            said: Vec::new(),
            is_many: small.is_many(),
            before: None,
        }
    }

    /// Does one thing, and has the oracle judge it: what was refused, or the oracle's complaint.
    pub(super) fn does(&mut self, step: &Move) -> Heard<Option<Refusal>> {
        let (at, command) = match step {
            Move::Wait(minutes) => {
                self.now = self.now.plus(minutes * 60 * SECOND);
                self.mono += u64::try_from(minutes * 60 * SECOND).unwrap();
                return Ok(None);
            }
            Move::Give(at, command) => (*at, command),
        };
        self.now = self.now.plus(1);
        self.mono += 1;
        let now = self.ambient(at, command);
        let answer = if self.is_many {
            submit(self, command, &now).map(|settled| settled.answer)
        } else {
            enact(self, command, &now).map(|enacted| enacted.answer)
        };
        let answer = answer.map_err(|fault| format!("a fault: {fault}"))?;
        let said = std::mem::take(&mut self.said);
        for action in said.chunk_by(|a, b| a.stamp.act == b.stamp.act) {
            self.oracle.hear(action)?;
        }
        self.oracle.takes_up_the_panel(&said)?;
        Ok(answer.err())
    }

    fn ambient(&self, at: Option<usize>, command: &Command) -> Ambient {
        let id = |name: &str| StationId::parse(name).unwrap();
        let place = at.map(|at| Place { station: id(PLACES[at].0), class: id(PLACES[at].1) });
        let scans = matches!(command, Command::Scan { .. });
        Ambient {
            at: self.now,
            clock: Clock::Synced,
            boot: Boot::parse("0badcafe").unwrap(),
            mono: self.mono,
            given: Given {
                session: at.map(|_| Session::parse("0000000000000001").unwrap()),
                class: place.as_ref().map(|p| p.class.clone()),
                device: if scans { DeviceId::parse("SCAN-1").ok() } else { None },
                screen_ms: None,
                pin_at_sign_on: false,
                pin: if command.signer().is_some() { PinCheck::Right } else { PinCheck::NotAsked },
                shift: None,
                stated: None,
            },
            station: place,
        }
    }

    /// Whether a command is about the open unit alone, and none is open there.
    pub(super) fn has_nothing_for(&self, step: &Move) -> bool {
        let Move::Give(Some(at), command) = step else { return false };
        let station = StationId::parse(PLACES[*at].0).unwrap();
        let has = |s: &Station| s.open.is_some() || s.load.is_some() || s.packing.shipment.is_some();
        let is_open = self.folds.stations.get(&station).is_some_and(has);
        !is_open && !matches!(command, Command::Scan { .. } | Command::Watch(_))
    }

    /// Whether some unit is so.
    pub(super) fn is_any(&self, is_it: impl Fn(&Traveller) -> bool) -> bool {
        self.folds.travellers.values().any(|t| is_it(t))
    }

    /// Everything that makes a difference to what may come, and nothing else: no numbers of events, no times but how
    /// long something is ago.
    pub(super) fn key(&self) -> String {
        let mut key = String::with_capacity(256);
        let ago = |at: At| ((self.now.0 - at.0) / (60 * SECOND)).min(MINUTES_TOLD);
        for (unit, t) in &self.folds.travellers {
            let open = t.open.as_ref().map(|o| (&o.station, &o.supervisor, o.nest));
            let inside = t.in_load.as_ref().map(|inside| &inside.station);
            let treated: Vec<_> = t.treated.iter().map(|treated| (&treated.step, treated.over)).collect();
            let back: std::collections::BTreeSet<_> = t.rework.loops.iter().map(|l| (&l.from, &l.to)).collect();
            write!(key, "{inside:?}{treated:?}{back:?}").unwrap();
            let due = t.due.as_ref().map(|d| &d.step);
            let gone = (&t.passed, &t.drawn, &t.skipped, &t.excused, &t.standing, t.holds.len());
            let moved = (&t.route, t.unseen_move().is_some());
            write!(key, "{unit}{due:?}{gone:?}{open:?}{moved:?}").unwrap();
            for step in &t.steps {
                let attempts: Vec<_> = step.attempts.iter().map(|a| a.result.as_ref().map(|r| r.how)).collect();
                let hands: std::collections::BTreeSet<_> = step
                    .attempts
                    .iter()
                    .flat_map(|a| a.workers.iter().chain(a.result.iter().filter_map(|r| r.by.as_ref())))
                    .collect();
                write!(key, "{}{attempts:?}{hands:?}", step.step).unwrap();
                let passed: Vec<_> = t.passed_moments(&step.step).iter().map(|m| ago(m.at)).collect();
                write!(key, "{passed:?}").unwrap();
                if let Some(last) = step.attempts.last() {
                    let seen: Vec<_> = last.standing().map(|o| (&o.check, &o.point, o.passed, o.conceded)).collect();
                    let undo: Vec<_> = last.undo.iter().map(|u| (&u.by, &u.of)).collect();
                    let signed = last.signature.iter().chain(&last.approval).map(|s| &s.by).collect::<Vec<_>>();
                    write!(key, "{:?}{seen:?}{undo:?}{signed:?}", last.workers).unwrap();
                }
            }
            for done in t.batch.iter().flat_map(|b| &b.done) {
                let passed: Vec<_> = done.passed.iter().map(|m| ago(m.at)).collect();
                let hands: std::collections::BTreeSet<_> = done.hands.iter().collect();
                let said = (&done.step, done.attempts, done.failed, &done.met);
                write!(key, "{said:?}{passed:?}{hands:?}").unwrap();
            }
            write!(key, "{:?}", t.pieces()).unwrap();
            for piece in t.installed.iter().filter(|i| i.out.is_none()) {
                write!(key, "{}{:?}{}{}", piece.step, piece.piece, piece.quantity, piece.to_verify).unwrap();
            }
        }
        for station in self.folds.stations.values() {
            let pending = station.pending.as_ref().map(asked);
            let there = (&station.operator, &station.open, pending);
            let watch = &station.watch;
            let called = watch.call.as_ref().map(|call| &call.by);
            let notes: Vec<_> = watch.notes.iter().map(|note| &note.by).collect();
            write!(key, "{}{called:?}{notes:?}", watch.down.is_some()).unwrap();
            for first in station.first_pieces.all() {
                write!(key, "{}{}{:?}{:?}", first.unit, first.step, first.of, first.stands).unwrap();
            }
            write!(key, "{:?}{there:?}{:?}{:?}{:?}", station.packing, station.loaded, station.gauges, station.orders)
                .unwrap();
        }
        self.key_of_many(&mut key);
        goods::key(&self.folds, &mut key);
        for lot in self.folds.lots.values() {
            let open = lot.open_since.as_ref().map(|since| ago(since.at));
            write!(key, "{:?}{}{open:?}", lot.standing, lot.left).unwrap();
        }
        for sampling in self.folds.samplings.values() {
            write!(key, "{}{:?}", sampling.since, sampling.passed_since_failure).unwrap();
        }
        let inside = self.folds.components.iter().map(|(s, c)| (s, c.last().map(|c| (&c.in_unit, c.fate))));
        inside.for_each(|at| write!(key, "{at:?}").unwrap());
        key
    }

    /// The loads that are filled or go on, and what is let go.
    fn key_of_many(&self, key: &mut String) {
        let ago = |at: At| ((self.now.0 - at.0) / (60 * SECOND)).min(MINUTES_TOLD);
        for load in self.folds.stations.values().filter_map(|s| s.load.as_ref()) {
            let seen: Vec<_> = load.seen.iter().map(|seen| (&seen.check, seen.passed)).collect();
            let begun = load.begun.as_ref().map(|begun| ago(begun.at));
            write!(key, "{:?}{begun:?}{seen:?}{:?}", load.units, load.over).unwrap();
        }
        for permit in self.folds.permits.values() {
            let left = ((permit.terms.until.0 - self.now.0) / (60 * SECOND)).clamp(-1, MINUTES_TOLD);
            write!(key, "{}{}{left}", permit.closed, permit.used).unwrap();
        }
    }
}

impl Ledger for World {
    fn unconfirmed(&mut self) -> Result<Option<Badge>, Fault> {
        // No PIN is recovered in a ledger that was not restored.
        Ok(None)
    }

    fn begin(&mut self) -> Result<(), Fault> {
        self.before = Some(Box::new((self.folds.clone(), self.seq)));
        Ok(())
    }

    fn head(&mut self) -> Result<Head, Fault> {
        Ok(Head {
            terminal: TerminalId::parse("T1").unwrap(),
            epoch: Epoch::parse("0123456789abcdef").unwrap(),
            seq: self.seq,
            hash: String::new(),
            at: self.folds.newest.as_ref().map(|n| n.at),
        })
    }

    fn station(&mut self, station: &StationId) -> Result<Station, Fault> {
        Ok(self.folds.station(station))
    }

    fn traveller(&mut self, unit: &UnitId) -> Result<Arc<Traveller>, Fault> {
        Ok(self.folds.traveller(unit))
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        Ok(self.folds.route(route, revision))
    }

    fn answer(&mut self, ask: &Ask, facts: &mut Facts) -> Result<(), Fault> {
        self.folds.answer(ask, facts);
        Ok(())
    }

    fn append(&mut self, events: &[Event]) -> Result<(), Fault> {
        let events = match self.broken {
            Some(broken) => broken.makes_of(events, &self.texts, &self.folds),
            None => events.to_vec(),
        };
        for event in &events {
            self.folds.apply(event, &self.texts);
            self.seq = event.stamp.seq;
        }
        self.said.extend(events);
        Ok(())
    }

    fn commit(&mut self) -> Result<Head, Fault> {
        self.before = None;
        self.head()
    }

    fn rollback(&mut self) {
        if let Some(before) = self.before.take() {
            (self.folds, self.seq) = *before;
            self.said.clear();
        }
    }
}

/// What was asked back, without the event that did.
fn asked(pending: &Pending) -> String {
    match pending {
        Pending::Start(unit) | Pending::Supervise(unit) => unit.to_string(),
        Pending::SuperviseAll { unit, panel } => format!("{unit}{panel:?}"),
        Pending::Pieces { unit, supervisor } => format!("{unit}{supervisor:?}"),
        Pending::Carton(carton) => carton.to_string(),
        Pending::Value { check, .. } => check.to_string(),
    }
}

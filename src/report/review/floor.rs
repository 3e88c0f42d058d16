//! What a ledger knows beyond a log: how data came in, which checks say anything, what was refused and for how long.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::spans::Spans;
use crate::domain::event::{Event, How};
use crate::domain::id::{CheckId, LotId, StationId, StepId, UnitId};
use crate::domain::refusal::Code;
use crate::domain::what::{CheckRecorded, Piece, What};

/// Different values of a check that are told apart: one, or more than one.
const VALUES_MOST: usize = 2;
/// Lots that a check is held against, and that a unit is remembered by.
pub const LOTS_MOST: usize = 1_000;
/// Refusals that wait to be cleared at one place.
const WAITING_MOST: usize = 64;

/// How often, and how often it failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How often.
    pub seen: u64,
    /// How often it failed.
    pub failed: u64,
}

impl Share {
    fn count(&mut self, passed: bool) {
        self.seen += 1;
        self.failed += u64::from(!passed);
    }
}

/// What one check came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckTally {
    /// In all.
    pub all: Share,
    /// Of these, typed by hand.
    pub typed: u64,
    /// The values that it had, up to two.
    pub values: BTreeSet<String>,
    /// By station.
    pub stations: BTreeMap<StationId, Share>,
    /// By lot that was in the unit by then.
    pub lots: BTreeMap<LotId, Share>,
}

/// What one code of refusal came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refused {
    /// How often.
    pub times: u64,
    /// How long until the unit, or where none was named the station, went on. Some never did.
    pub cleared: Vec<i64>,
}

/// Where a refusal waits to be cleared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum At {
    Unit(UnitId),
    Station(StationId),
}

/// What a ledger knows of the work on a route.
#[derive(Debug, Default)]
pub struct Floor {
    /// By step and check.
    pub checks: BTreeMap<(StepId, CheckId), CheckTally>,
    /// By code.
    pub refusals: BTreeMap<Code, Refused>,
    /// Things that were allowed by a permit or an override, by its number.
    pub permits: BTreeMap<String, u64>,
    waiting: HashMap<At, Vec<(Code, i64)>>,
    lots: HashMap<UnitId, BTreeSet<LotId>>,
}

impl Floor {
    /// Takes the next event of the route.
    pub fn see(&mut self, event: &Event) {
        let about = &event.about;
        if let Some(permit) = &about.permit {
            *self.permits.entry(permit.to_string()).or_default() += 1;
        }
        if let What::Refused(refused) = &event.what {
            return self.refused(event, refused.code);
        }
        self.cleared(event);
        let Some(unit) = &about.unit else { return };
        if let What::MaterialInstalled(installed) = &event.what
            && let Piece::Lot(lot) = &installed.piece
        {
            let lots = self.lots.entry(unit.clone()).or_default();
            if lots.len() < LOTS_MOST {
                lots.insert(lot.clone());
            }
        }
        if let What::CheckRecorded(recorded) = &event.what {
            self.recorded(event, unit, recorded);
        }
    }

    /// How long each code took to clear.
    pub fn times_to_clear(&self) -> BTreeMap<Code, Spans> {
        self.refusals.iter().map(|(code, refused)| (*code, Spans::of(refused.cleared.clone()))).collect()
    }

    fn recorded(&mut self, event: &Event, unit: &UnitId, recorded: &CheckRecorded) {
        let Some(step) = &event.about.step else { return };
        let tally = self.checks.entry((step.clone(), recorded.check.clone())).or_default();
        tally.all.count(recorded.passed);
        tally.typed += u64::from(event.about.how == Some(How::Typed));
        if tally.values.len() < VALUES_MOST {
            tally.values.insert(recorded.value.clone());
        }
        if let Some(station) = &event.about.station {
            tally.stations.entry(station.clone()).or_default().count(recorded.passed);
        }
        for lot in self.lots.get(unit).into_iter().flatten() {
            if tally.lots.len() < LOTS_MOST || tally.lots.contains_key(lot) {
                tally.lots.entry(lot.clone()).or_default().count(recorded.passed);
            }
        }
    }

    fn refused(&mut self, event: &Event, code: Code) {
        self.refusals.entry(code).or_default().times += 1;
        let at = event.about.unit.clone().map(At::Unit).or_else(|| event.about.station.clone().map(At::Station));
        let Some(at) = at else { return };
        let waiting = self.waiting.entry(at).or_default();
        if waiting.len() < WAITING_MOST {
            waiting.push((code, event.stamp.at.0));
        }
    }

    /// Whatever is done with a unit clears what it was refused for, and what its station was refused without a unit.
    fn cleared(&mut self, event: &Event) {
        let about = &event.about;
        let places = about.unit.iter().cloned().map(At::Unit).chain(about.station.iter().cloned().map(At::Station));
        for at in places {
            for (code, since) in self.waiting.remove(&at).unwrap_or_default() {
                self.refusals.entry(code).or_default().cleared.push((event.stamp.at.0 - since).max(0));
            }
        }
    }
}

//! What the oracle remembers: plain maps and lists, filled from recorded events alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use traveller::domain::id::{Badge, CheckId, LotId, PartId, Point, Serial, Session, StationId, UnitId};
use traveller::domain::refusal::{Code, Evidence};
use traveller::domain::role::Role;
use traveller::domain::route::{Route, Step};
use traveller::domain::time::{At, Day};
use traveller::domain::what::{Fate, Piece};

/// A complaint about the record, or none.
pub(crate) type Heard<T = ()> = Result<T, String>;

/// Complains where the record breaks a rule.
pub(super) fn must(holds: bool, complaint: impl Into<String>) -> Heard {
    if holds { Ok(()) } else { Err(complaint.into()) }
}

/// Everything that the events so far say, by the oracle's own reckoning.
#[derive(Default)]
pub(crate) struct Oracle {
    /// The class of each station.
    pub(super) classes: BTreeMap<StationId, StationId>,
    /// Routes by the hash of their text.
    pub(super) texts: BTreeMap<String, Arc<Route>>,
    pub(super) seq: u64,
    pub(super) last_at: Option<At>,
    pub(super) releases: Vec<Released>,
    pub(super) people: BTreeMap<Badge, Someone>,
    pub(super) lots: BTreeMap<LotId, Batch>,
    pub(super) components: BTreeMap<Serial, Whereabouts>,
    pub(super) stations: BTreeMap<StationId, Bench>,
    pub(super) units: BTreeMap<UnitId, Product>,
}

pub(super) struct Released {
    pub(super) route: Arc<Route>,
    pub(super) withdrawn: bool,
    pub(super) head: u64,
}

pub(super) struct Someone {
    pub(super) name: String,
    pub(super) roles: Vec<Role>,
    pub(super) revoked: bool,
    pub(super) head: u64,
    /// Wrong PINs in a row, and when the last one was, by the boot clock.
    pub(super) wrong: (u32, u64),
}

pub(super) struct Batch {
    pub(super) part: PartId,
    pub(super) left: i64,
    pub(super) may_be_used: bool,
    pub(super) rejected: bool,
    pub(super) expires: Option<Day>,
    pub(super) head: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Whereabouts {
    In(UnitId),
    Out(Option<Fate>),
}

/// A station: who is there, and what was said last.
#[derive(Default)]
pub(super) struct Bench {
    pub(super) operator: Option<(Badge, Session)>,
    pub(super) open: Option<UnitId>,
    /// The refusal that was the last word here, if one was.
    pub(super) last_no: Option<(Code, Evidence)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Working,
    Nonconforming,
    Complete,
    Dispatched,
    Scrapped,
}

/// One unit.
pub(super) struct Product {
    pub(super) route: Arc<Route>,
    pub(super) head: u64,
    pub(super) state: State,
    pub(super) held: bool,
    /// Which step is due; the number of steps when all are done.
    pub(super) due: usize,
    pub(super) open: Option<StationId>,
    pub(super) work: Vec<Work>,
}

/// What was done at one step.
#[derive(Clone, Default)]
pub(super) struct Work {
    /// Its material, what was taken out again not among it.
    pub(super) pieces: Vec<PieceIn>,
    /// The number of the last attempt, and whether it goes on.
    pub(super) attempt: u32,
    pub(super) goes_on: bool,
    /// What that attempt has seen, what was taken back not among it.
    pub(super) seen: Vec<Seen>,
    /// What can be taken back in that attempt.
    pub(super) done: Vec<Done>,
    pub(super) signed: Option<u64>,
    /// The last change of material or observations in that attempt.
    pub(super) changed: u64,
    /// Whoever worked at this step, ever.
    pub(super) workers: BTreeSet<Badge>,
    /// Whoever worked at this attempt.
    pub(super) hands: BTreeSet<Badge>,
    pub(super) failed: u32,
    pub(super) retests: u32,
    pub(super) passed: bool,
}

/// Something that was done, and may be taken back.
#[derive(Clone)]
pub(super) struct Done {
    pub(super) event: u64,
    pub(super) by: Badge,
    /// The component that it was about.
    pub(super) serial: Option<Serial>,
}

#[derive(Clone)]
pub(super) struct PieceIn {
    pub(super) event: u64,
    pub(super) part: PartId,
    pub(super) piece: Piece,
    pub(super) quantity: u32,
    /// Whether it was met since the unit last came back.
    pub(super) met: bool,
}

#[derive(Clone)]
pub(super) struct Seen {
    pub(super) event: u64,
    pub(super) check: CheckId,
    pub(super) point: Option<Point>,
    pub(super) good: bool,
    pub(super) accepted: bool,
}

impl Oracle {
    /// An oracle that has heard nothing. It knows what the shop floor looks like, and what routes say.
    pub(crate) fn new(classes: &[(&str, &str)], texts: BTreeMap<String, Arc<Route>>) -> Self {
        let id = |name: &str| StationId::parse(name).unwrap();
        let classes = classes.iter().map(|(station, class)| (id(station), id(class))).collect();
        Self { classes, texts, ..Self::default() }
    }

    /// What the due step of a unit still lacks: kind, name, how many. None where the unit is not being worked on.
    pub(crate) fn lacks(&self, unit: &UnitId) -> Option<Vec<(&'static str, String, u32)>> {
        let product = self.units.get(unit)?;
        let is_due = matches!(product.state, State::Working | State::Nonconforming);
        is_due.then(|| product.lacks(product.due))
    }

    /// Whether something that failed stands in the way.
    pub(crate) fn failed(&self, unit: &UnitId) -> bool {
        self.units.get(unit).is_some_and(Product::has_failed)
    }

    /// Whether a component of that number is in some unit.
    pub(crate) fn is_installed(&self, serial: &str) -> bool {
        self.components.iter().any(|(s, place)| s.as_str() == serial && matches!(place, Whereabouts::In(_)))
    }

    /// Which unit is open at a station.
    pub(crate) fn open_at(&self, station: &StationId) -> Option<&UnitId> {
        self.units.iter().find(|(_, p)| p.open.as_ref() == Some(station)).map(|(unit, _)| unit)
    }
}

impl Product {
    pub(super) fn step(&self) -> Option<&Step> {
        self.route.steps.get(self.due)
    }

    /// What a step lacks, in the order that the contract names: material, checks, signature.
    pub(super) fn lacks(&self, at: usize) -> Vec<(&'static str, String, u32)> {
        let (step, work) = (&self.route.steps[at], &self.work[at]);
        let mut all = Vec::new();
        for (part, wanted) in &step.uses {
            let there: u32 = work.pieces.iter().filter(|p| p.part == *part && p.met).map(|p| p.quantity).sum();
            if there < *wanted {
                all.push(("material", part.to_string(), wanted - there));
            }
        }
        for check in &step.checks {
            let seen = |point: Option<&Point>| {
                work.goes_on && work.seen.iter().any(|s| s.check == check.id && s.point.as_ref() == point)
            };
            let missing = if check.points.is_empty() {
                usize::from(!seen(None))
            } else {
                check.points.iter().filter(|p| !seen(Some(p))).count()
            };
            if missing > 0 {
                all.push(("check", check.id.to_string(), u32::try_from(missing).unwrap()));
            }
        }
        if step.sign_off.is_some() && !(work.goes_on && work.signed.is_some()) {
            all.push(("signature", "sign-off".to_owned(), 1));
        }
        all
    }

    pub(super) fn has_failed(&self) -> bool {
        let work = self.work.get(self.due).filter(|w| w.goes_on);
        self.state == State::Nonconforming || work.is_some_and(|w| w.seen.iter().any(|s| !s.good && !s.accepted))
    }

    /// Whether the operator may try once more after the attempt that goes on.
    pub(super) fn may_retest(&self) -> bool {
        let Some(step) = self.step() else { return false };
        let work = &self.work[self.due];
        step.retest.as_ref().is_some_and(|r| work.retests < r.max) && work.failed + 1 < step.attempts
    }

    /// Whether anything is recorded in the unfinished step.
    pub(super) fn is_touched(&self) -> bool {
        let Some(work) = self.work.get(self.due).filter(|_| self.state == State::Working) else { return false };
        work.retests > 0 && !work.goes_on && !work.passed
            || work.goes_on && (!work.seen.is_empty() || !work.done.is_empty() || work.signed.is_some())
    }
}

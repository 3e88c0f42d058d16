//! What the oracle remembers: plain maps and lists, filled from recorded events alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use traveller::domain::id::Boot;
use traveller::domain::id::{
    Badge, CheckId, DeviceId, LotId, OrderId, PartId, PermitId, Point, Revision, RouteId, Serial, Session, StationId,
    StepId, UnitId,
};
use traveller::domain::label::Label;
use traveller::domain::refusal::{Code, Evidence};
use traveller::domain::role::Role;
use traveller::domain::route::Route;
use traveller::domain::time::{At, Day};
use traveller::domain::what::{Fate, Piece, Qualification};

use super::batches::{Heap, Parting};
use super::clock::When;
use super::first::First;
use super::golden::Run;
use super::loads::{Oven, Through};
use super::packing::Store;
use super::paper::Sheet;
use super::permits::{Deviation, Overridden};
use super::relabel::Sticker;
use super::rework::Back;

/// A complaint about the record, or none.
pub(crate) type Heard<T = ()> = Result<T, String>;

/// Complains where the record breaks a rule.
pub(super) fn must(holds: bool, complaint: impl Into<String>) -> Heard {
    if holds { Ok(()) } else { Err(complaint.into()) }
}

/// Everything that the events so far say, by the oracle's own reckoning.
#[derive(Clone, Default)]
pub(crate) struct Oracle {
    /// The class of each station.
    pub(super) classes: BTreeMap<StationId, StationId>,
    /// Routes by the hash of their text.
    pub(super) texts: BTreeMap<String, Arc<Route>>,
    pub(super) seq: u64,
    pub(super) last_at: Option<At>,
    /// The newest moment whose clock could be trusted.
    pub(super) newest: Option<At>,
    pub(super) releases: Vec<Released>,
    pub(super) people: BTreeMap<Badge, Someone>,
    pub(super) lots: BTreeMap<LotId, Batch>,
    pub(super) gauges: BTreeMap<DeviceId, Meter>,
    pub(super) orders: BTreeMap<OrderId, WorkOrder>,
    pub(super) permits: BTreeMap<PermitId, Deviation>,
    /// Overrides, by the number of their event.
    pub(super) overrides: BTreeMap<u64, Overridden>,
    pub(super) counters: BTreeMap<(RouteId, StepId), Counter>,
    pub(super) components: BTreeMap<Serial, Whereabouts>,
    pub(super) stations: BTreeMap<StationId, Bench>,
    pub(super) units: BTreeMap<UnitId, Product>,
    /// Pieces that left a batch and are no other one yet, and the holds that they are under.
    pub(super) parting: Option<Parting>,
    pub(super) holds_owed: Vec<(Option<String>, Option<String>)>,
    /// Pieces of all batches that ever began.
    pub(super) pieces_started: u32,
    /// The runs of golden samples.
    pub(super) runs: Vec<Run>,
    pub(super) packing: Store,
    /// The panel of which boards are still to be taken up.
    pub(super) to_come: Option<ToCome>,
    /// The unit that just came out of a load.
    pub(super) through: Option<Through>,
    /// The labels of units that were replaced or printed again.
    pub(super) stickers: BTreeMap<UnitId, Sticker>,
}

#[derive(Clone)]
pub(super) struct Released {
    pub(super) route: Arc<Route>,
    pub(super) withdrawn: bool,
    pub(super) head: u64,
}

#[derive(Clone)]
pub(super) struct Someone {
    pub(super) name: String,
    pub(super) roles: Vec<Role>,
    pub(super) quals: Vec<Qualification>,
    pub(super) revoked: bool,
    pub(super) head: u64,
    /// Wrong PINs in a row, and when the last one was, by the boot clock.
    pub(super) wrong: Option<(u32, Boot, u64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum May {
    BeUsed,
    BeInspected,
    BeReleased,
    NeverBeUsed,
}

#[derive(Clone)]
pub(super) struct Batch {
    pub(super) part: PartId,
    pub(super) left: i64,
    pub(super) may: May,
    /// What the last inspection came to.
    pub(super) inspected: Option<bool>,
    pub(super) expires: Option<Day>,
    /// Since when it is open, and how long it was open before.
    pub(super) open: Option<When>,
    pub(super) was_open: i64,
    pub(super) head: u64,
}

/// A gauge.
#[derive(Clone)]
pub(super) struct Meter {
    pub(super) kind: String,
    pub(super) due: Day,
    pub(super) good: bool,
    pub(super) retired: bool,
    pub(super) head: u64,
}

#[derive(Clone)]
pub(super) struct WorkOrder {
    pub(super) route: RouteId,
    pub(super) revision: Revision,
    pub(super) variant: Option<String>,
    pub(super) quantity: usize,
    pub(super) serials: Option<(String, String)>,
    pub(super) closed: bool,
    pub(super) head: u64,
}

/// Which units had a sampled step, in the order in which they came by, each with its pieces; and passes in a row since
/// a failure there.
#[derive(Clone, Default)]
pub(super) struct Counter {
    pub(super) had_it: Vec<(bool, u32)>,
    pub(super) since_failure: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Whereabouts {
    In(UnitId),
    Out(Option<Fate>),
}

/// Boards of a panel that follow: its label, the badge of whoever stands by at all of them, and how many.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct ToCome {
    pub(super) panel: Label,
    pub(super) stands_by: Option<Label>,
    pub(super) boards: u32,
}

/// A station: who is there, what lies there, and what was said last.
#[derive(Clone, Default)]
pub(super) struct Bench {
    pub(super) operator: Option<(Badge, Session)>,
    pub(super) open: Option<UnitId>,
    /// Those that are open in nests.
    pub(super) nests: BTreeMap<u32, UnitId>,
    /// The refusal that was the last word here, if one was.
    pub(super) last_no: Option<(Code, Evidence)>,
    /// The unit for which somebody was called to stand by, and the label of its panel where that was scanned; a hint in
    /// between changes nothing.
    pub(super) called: Option<(UnitId, Option<Label>)>,
    /// Whether the number of the unit that was asked about last was typed.
    pub(super) by_hand: bool,
    pub(super) orders: BTreeMap<RouteId, OrderId>,
    pub(super) loaded: BTreeMap<PartId, LotId>,
    /// The lot that a part was drawn from before the one that is loaded now.
    pub(super) replaced: BTreeMap<PartId, LotId>,
    pub(super) gauges: BTreeMap<String, DeviceId>,
    /// The load that is filled or goes on there, and how many there were.
    pub(super) oven: Option<Oven>,
    pub(super) ovens: u32,
    /// The paper that is being entered.
    pub(super) paper: Option<Sheet>,
    /// Since when it is down.
    pub(super) down: Option<At>,
    /// When a lead was called, and who did.
    pub(super) call: Option<(At, Option<Badge>)>,
    /// The notes that wait: their numbers, and who left them.
    pub(super) notes: Vec<(u64, Option<Badge>)>,
    /// The hours of which a lead said why they fell short: the event, and why.
    pub(super) hours: BTreeMap<At, (u64, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Working,
    Nonconforming,
    Complete,
    Dispatched,
    Returned,
    Scrapped,
    Merged,
}

/// One hold: its number, its reason, and what it has in common with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeldFor {
    pub(super) seq: u64,
    pub(super) reason: Option<String>,
    pub(super) of: Option<String>,
}

impl Product {
    pub(super) fn is_held(&self) -> bool {
        !self.holds.is_empty()
    }
}

/// One unit.
#[derive(Clone)]
pub(super) struct Product {
    pub(super) route: Arc<Route>,
    /// The pieces of a batch.
    pub(super) heap: Option<Heap>,
    pub(super) variant: Option<String>,
    pub(super) order: Option<OrderId>,
    pub(super) head: u64,
    pub(super) state: State,
    pub(super) holds: Vec<HeldFor>,
    /// Which step is due; the number of steps when all are done.
    pub(super) due: usize,
    pub(super) open: Option<StationId>,
    /// Where it is in a load.
    pub(super) inside: Option<StationId>,
    /// How often it went back: in all, and from which step.
    pub(super) back: Back,
    /// What it was before it was scrapped.
    pub(super) was: State,
    /// Whether something was taken out of it since.
    pub(super) stripped: bool,
    pub(super) work: Vec<Work>,
    /// What was done at steps that its revision does not have.
    pub(super) elsewhere: BTreeMap<StepId, Work>,
    /// Whether it is a golden sample, and one that is to be found bad.
    pub(super) sample: Option<bool>,
    /// When something was done on it last.
    pub(super) last: Option<At>,
    /// Where it is a first piece, or was.
    pub(super) firsts: Vec<First>,
    /// The number of its last move, while nobody at a bench has seen it.
    pub(super) moved: Option<u64>,
}

/// What was done at one step.
#[derive(Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
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
    /// Whether it was approved as a first piece, wherever.
    pub(super) approved: bool,
    /// The last change of material or observations in that attempt.
    pub(super) changed: u64,
    /// Whoever worked at this step, ever.
    pub(super) workers: BTreeSet<Badge>,
    /// Whoever said that it passed, ever.
    pub(super) enders: BTreeSet<Badge>,
    /// Whoever worked at this attempt.
    pub(super) hands: BTreeSet<Badge>,
    pub(super) failed: u32,
    pub(super) retests: u32,
    pub(super) passed: bool,
    /// When it passed last.
    pub(super) passed_at: Option<When>,
    /// Which event that was.
    pub(super) passed_by: u64,
    /// When it passed for pieces that joined since.
    pub(super) passed_beside: Vec<When>,
    /// The parts that the pieces have all of, from when they were another batch.
    pub(super) full: BTreeSet<PartId>,
    /// The unit does not have the step: it was not drawn for it, or it was left out.
    pub(super) left_out: bool,
    /// The unit was drawn for it.
    pub(super) drawn: bool,
    /// Quality accepts that its time limit was missed.
    pub(super) excused: bool,
    /// It went through a load for the step, since that was last due.
    pub(super) treated: bool,
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
    /// Which approved alternate of the part it is, where it is one.
    pub(super) is: Option<PartId>,
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

    /// What the due step of a unit still lacks where it is open: kind, name, how many. None where the unit is not being
    /// worked on.
    pub(crate) fn lacks(&self, unit: &UnitId) -> Option<Vec<(&'static str, String, u32)>> {
        let product = self.units.get(unit)?;
        let is_due = matches!(product.state, State::Working | State::Nonconforming);
        let bench = product.open.as_ref().and_then(|at| self.stations.get(at));
        is_due.then(|| product.lacks(product.due, bench))
    }

    /// Whether something that failed stands in the way.
    pub(crate) fn failed(&self, unit: &UnitId) -> bool {
        self.units.get(unit).is_some_and(Product::has_failed)
    }

    /// Whether a component of that number is in some unit.
    pub(crate) fn is_installed(&self, serial: &str) -> bool {
        self.components.iter().any(|(s, place)| s.as_str() == serial && matches!(place, Whereabouts::In(_)))
    }

    /// Which units are open at a station.
    pub(crate) fn all_at(&self, station: &StationId) -> BTreeSet<UnitId> {
        let open = self.units.iter().filter(|(_, p)| p.open.as_ref() == Some(station));
        open.map(|(unit, _)| unit.clone()).collect()
    }

    /// Which unit is open at a station, where only one is.
    pub(crate) fn open_at(&self, station: &StationId) -> Option<&UnitId> {
        let mut open = self.units.iter().filter(|(_, p)| p.open.as_ref() == Some(station)).map(|(unit, _)| unit);
        open.next().filter(|_| open.next().is_none())
    }

    /// The newest release of a route that is not withdrawn and calls its units so.
    pub(super) fn claims(&self, unit: &str) -> Option<&Arc<Route>> {
        let claims = |r: &&Released| !r.withdrawn && r.route.identifier.pattern.matches(unit);
        self.releases.iter().rev().find(claims).map(|r| &r.route)
    }
}

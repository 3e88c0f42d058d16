//! What the ledger answered, and what only the outside knows: all that the board is computed from.

use std::collections::BTreeMap;

use super::fold::ShiftFold;
use super::values::Series;
use crate::app::board::lines::OverrideLine;
use crate::app::board::trend::CheckName;
use crate::app::shifts::calendar::Turn;
use crate::app::shifts::left::Left;
use crate::app::shifts::plan::Plan;
use crate::domain::gauge::Gauge;
use crate::domain::golden::Golden;
use crate::domain::id::{RouteId, StationId, StepId};
use crate::domain::lot::Lot;
use crate::domain::order::Order;
use crate::domain::permit::Permit;
use crate::domain::person::Person;
use crate::domain::shift::Turn as InTurn;
use crate::domain::time::At;
use crate::ledger::read::board::{FirstPass, StationSeen};
use crate::ledger::read::counts::Tally;
use crate::ledger::read::refusals::HoldRow;
use crate::ledger::read::units::{UnitRow, WorkCount};

/// A step that asks for golden samples.
#[derive(Debug, Clone)]
pub struct GoldenStep {
    /// On which route.
    pub route: RouteId,
    /// Which.
    pub step: StepId,
    /// Where it is done.
    pub class: StationId,
    /// What it asks.
    pub golden: Golden,
}

/// What the board is computed from.
#[derive(Debug, Default)]
pub struct Seen {
    /// From when on is counted.
    pub from: Option<At>,
    /// Now.
    pub now: Option<At>,
    /// The shift that runs.
    pub turn: Option<Turn>,
    /// What is planned.
    pub plans: Vec<Plan>,
    /// The class of each station, where it is known.
    pub classes: BTreeMap<StationId, StationId>,
    /// Every station, and when something was recorded there last.
    pub stations: Vec<StationSeen>,
    /// What was counted, by the quarter of an hour.
    pub counts: Vec<Tally>,
    /// How many units passed a step at the first attempt.
    pub first_passes: Vec<FirstPass>,
    /// Units on their way, counted.
    pub work: Vec<WorkCount>,
    /// Units that wait for a decision, oldest first.
    pub nonconforming: Vec<UnitRow>,
    /// The holds.
    pub holds: Vec<HoldRow>,
    /// What was refused, by code, most often first.
    pub refusals: Vec<(String, u32)>,
    /// The orders.
    pub orders: Vec<Order>,
    /// What the events say.
    pub fold: ShiftFold,
    /// What is left of the shift as it stands.
    pub left: Left,
    /// The gauges.
    pub gauges: Vec<Gauge>,
    /// The people.
    pub people: Vec<Person>,
    /// Lots that may be used and end soon, those that end first at the top.
    pub lots: Vec<Lot>,
    /// Steps that ask for golden samples.
    pub golden: Vec<GoldenStep>,
    /// The shift or the day that it is.
    pub in_turn: Option<InTurn>,
    /// Lots that are open, and the minutes that they may be in all.
    pub open_lots: Vec<(Lot, u32)>,
    /// The permits.
    pub permits: Vec<Permit>,
    /// The overrides.
    pub overrides: Option<OverrideLine>,
    /// Checks that have a trend.
    pub checks: Vec<CheckName>,
    /// The values of the one that was asked for.
    pub series: Option<Series>,
}

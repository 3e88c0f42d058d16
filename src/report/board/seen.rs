//! What the ledger answered, and what only the outside knows: all that the board is computed from.

use crate::app::shifts::calendar::Turn;
use crate::app::shifts::plan::Plan;
use crate::domain::id::Badge;
use crate::domain::order::Order;
use crate::domain::time::At;
use crate::ledger::read::board::{FirstPass, StationSeen};
use crate::ledger::read::counts::Tally;
use crate::ledger::read::refusals::HoldRow;
use crate::ledger::read::units::{UnitRow, WorkCount};

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
    /// Whose PIN was given without one, until somebody confirms it.
    pub recovered: Vec<Badge>,
    /// The orders.
    pub orders: Vec<Order>,
}

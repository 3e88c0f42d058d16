//! First pieces and golden samples, as the board tells them: what shows that a station makes and measures what it
//! should.

use serde::Serialize;

use crate::domain::first_piece::FirstOf;
use crate::domain::id::{RouteId, StationId, StepId, UnitId};
use crate::domain::time::At;

/// What proves something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proof {
    /// The first piece of a shift, an order or a lot.
    FirstPiece,
    /// A golden sample that passes.
    GoodSample,
    /// A golden sample that fails.
    BadSample,
}

/// How far a proof is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proven {
    /// The tester did not find what it should: nothing passes there.
    Failed,
    /// There was no run yet, or the last one counts no more.
    Due,
    /// The first piece is taken up, worked on, or waits for its approval.
    Waits,
    /// The first piece is approved, and did not pass the step yet.
    Approved,
    /// It is proved: others may follow.
    Passed,
}

/// A first piece or a golden sample at a station.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ProofLine {
    /// Where.
    pub station: StationId,
    /// On which route.
    pub route: RouteId,
    /// At which step.
    pub step: StepId,
    /// What it is.
    pub what: Proof,
    /// How far it is.
    pub stands: Proven,
    /// Which unit; none where no sample was run yet.
    pub unit: Option<UnitId>,
    /// Of what it is the first piece: `shift early`, `day 2026-11-23`, `order 88120`, `lot L-7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// Since when: taken up, or run.
    pub at: Option<At>,
    /// Until when a run counts, where that is a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<At>,
}

/// Of what something is the first piece.
pub fn first_of(of: &FirstOf) -> String {
    match of {
        FirstOf::Shift(shift) => format!("shift {}", shift.name),
        FirstOf::Day(day) => format!("day {day}"),
        FirstOf::Order(order) => format!("order {order}"),
        FirstOf::Lot(lot) => format!("lot {lot}"),
    }
}

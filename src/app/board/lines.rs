//! The board, figure by figure: what was counted and what ends soon.

use serde::Serialize;

use crate::domain::code::Code;
use crate::domain::id::{Badge, OrderId, PermitId, RouteId, StationId, StepId, UnitId};
use crate::domain::time::{At, Day};

/// Why an hour fell short, as a lead said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HourReason {
    /// The station that it is about.
    pub station: StationId,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub by: Option<Badge>,
}

/// A station was down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DownLine {
    /// The station.
    pub station: Option<StationId>,
    /// Since when.
    pub from: At,
    /// Until when; none: it is down now.
    pub to: Option<At>,
    /// For how long, in minutes.
    pub minutes: i64,
    /// Why.
    pub reason: Option<String>,
    /// Who said so.
    pub by: Option<Badge>,
}

/// A note that somebody left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoteLine {
    /// Where.
    pub station: Option<StationId>,
    /// When.
    pub left: At,
    /// Who.
    pub by: Option<Badge>,
    /// What it says; none where it was left before what is counted, and read since.
    pub text: Option<String>,
    /// Who read it; none: it waits.
    pub read_by: Option<Badge>,
}

/// A unit that lies somewhere in the middle of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HalfDoneLine {
    /// The unit.
    pub unit: UnitId,
    /// The step.
    pub step: Option<StepId>,
    /// Where it was worked on last.
    pub station: Option<StationId>,
    /// Who worked on it last.
    pub by: Option<Badge>,
    /// Minutes since that work began.
    pub minutes: i64,
}

/// How what is on record came there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Shares {
    /// Attempts at steps that ended.
    pub attempts: u32,
    /// Attempts that were begun again by the operator.
    pub retests: u32,
    /// Observations and materials that were recorded.
    pub records: u32,
    /// Of these, typed by hand where they were not scanned or measured.
    pub typed: u32,
    /// Of these, copied from paper.
    pub transcribed: u32,
    /// Records that were corrected or taken back.
    pub corrected: u32,
}

/// What failed, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailureLine {
    /// The route.
    pub route: Option<RouteId>,
    /// The step.
    pub step: StepId,
    /// The defect where the route lists it, else the check, else `operator` or `late`.
    pub what: String,
    /// How often.
    pub times: u32,
    /// Its share of all failures, in tenths of a percent.
    pub permille: u32,
    /// The share of this one and all before it.
    pub cumulated: u32,
}

/// What is used on the floor and ends soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ends {
    /// A gauge is due for calibration.
    Gauge,
    /// A person's qualification ends.
    Qualification,
    /// A lot expires.
    Lot,
    /// A lot that was opened may not stay open any longer.
    Floor,
}

/// Something ends soon, or ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpiryLine {
    /// What it is.
    pub what: Ends,
    /// Its number, or the badge.
    pub name: String,
    /// What it is of: a kind of gauge, the qualification, the part.
    pub of: String,
    /// The last day on which it counts.
    pub last: Day,
    /// The time on that day, where it is not all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<At>,
    /// Whether that is over.
    pub over: bool,
}

/// A deviation permit that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PermitLine {
    /// Its number.
    pub permit: PermitId,
    /// The rule that it lets go.
    pub rule: Code,
    /// Units that are made under it.
    pub used: u32,
    /// For how many it is; none: for all of its range.
    pub quantity: Option<u32>,
    /// Until when it counts.
    pub until: At,
    /// Whether that is over, or all of it is used.
    pub over: bool,
}

/// The overrides of the shift, or of the day where there are no shifts, and how many there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OverrideLine {
    /// Since when they are counted.
    pub since: At,
    /// How many there were.
    pub used: u32,
    /// How many there may be.
    pub budget: u32,
}

/// An order of which not all is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderLine {
    /// Its number.
    pub order: OrderId,
    /// What it makes.
    pub route: RouteId,
    /// How many.
    pub quantity: u32,
    /// How many began.
    pub started: u32,
    /// How many are finished.
    pub finished: u32,
    /// How many of them were scrapped.
    pub scrapped: u32,
    /// How many remain.
    pub left: u32,
}

//! The board, figure by figure: what is at hand.

use serde::Serialize;

use super::lines::{
    DownLine, ExpiryLine, FailureLine, HalfDoneLine, HourReason, NoteLine, OrderLine, OverrideLine, PermitLine, Shares,
};
use super::proof::ProofLine;
use super::trend::{CheckName, Trend};
use crate::domain::id::{Badge, RouteId, ShiftName, StationId, StepId, UnitId};
use crate::domain::time::At;

/// The board.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Board {
    /// As of when.
    pub at: Option<At>,
    /// From when on is counted: the quarter of an hour in which the shift began.
    pub from: Option<At>,
    /// The shift that runs.
    pub shift: Option<ShiftName>,
    /// When it ends.
    pub until: Option<At>,
    /// What needs a person now, the most urgent first.
    pub attention: Vec<Attention>,
    /// The stations.
    pub stations: Vec<StationLine>,
    /// The shift, hour by hour.
    pub hours: Vec<Hour>,
    /// What is planned, and what came of it.
    pub plan: Vec<PlanLine>,
    /// Units on their way: the queue before each step.
    pub work: Vec<WorkLine>,
    /// Units that were put down in the middle of a step.
    pub half_done: Vec<HalfDoneLine>,
    /// Units that passed a step at the first attempt.
    pub first_pass: Vec<YieldLine>,
    /// How what is on record came there.
    pub shares: Shares,
    /// What failed, most often first.
    pub failures: Vec<FailureLine>,
    /// The orders that are open.
    pub orders: Vec<OrderLine>,
    /// What was refused, most often first.
    pub refusals: Vec<RefusalLine>,
    /// When stations were down, and why.
    pub downtime: Vec<DownLine>,
    /// The notes that people left.
    pub notes: Vec<NoteLine>,
    /// Gauges, qualifications and lots that end before the next shift does.
    pub expiring: Vec<ExpiryLine>,
    /// First pieces and golden samples, station by station.
    pub proofs: Vec<ProofLine>,
    /// Deviation permits that are open.
    pub permits: Vec<PermitLine>,
    /// Overrides; none where the plant allows none.
    pub overrides: Option<OverrideLine>,
    /// Checks that have a trend.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckName>,
    /// The trend that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
}

/// Something that needs a person now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Attention {
    /// Somebody's PIN was given without one, and no second lead has confirmed it.
    PinRecovered {
        /// Whose.
        badge: Badge,
    },
    /// A lead was called, and nobody came yet.
    Called {
        /// To which station.
        station: StationId,
        /// Who called.
        by: Option<Badge>,
        /// How long ago, in minutes.
        minutes: i64,
    },
    /// A station is down.
    Down {
        /// The station.
        station: StationId,
        /// Why.
        reason: String,
        /// For how long, in minutes.
        minutes: i64,
    },
    /// Somebody is signed on, and nothing was recorded for long.
    Silent {
        /// The station.
        station: StationId,
        /// Who is there.
        by: Option<Badge>,
        /// Minutes.
        minutes: i64,
    },
    /// A unit failed and waits for a decision.
    Nonconforming {
        /// The unit.
        unit: UnitId,
        /// At which step.
        step: Option<StepId>,
        /// For how long, in minutes.
        minutes: i64,
    },
    /// A tester did not find in a golden sample what it should: nothing passes there.
    SampleFailed {
        /// The station.
        station: StationId,
        /// The sample.
        unit: UnitId,
        /// For how long, in minutes.
        minutes: i64,
    },
    /// A first piece waits for its approval: nothing follows at its step.
    FirstPiece {
        /// The station.
        station: StationId,
        /// The unit.
        unit: UnitId,
        /// Since it was taken up, in minutes.
        minutes: i64,
    },
    /// A unit is on hold.
    Held {
        /// The unit.
        unit: UnitId,
        /// Why.
        reason: Option<String>,
        /// For how long, in minutes.
        minutes: i64,
    },
    /// An hour fell short of its plan, and nobody said why.
    Short {
        /// When it began.
        from: At,
        /// Units that were due in it.
        due: u32,
        /// Units that were finished.
        finished: u32,
        /// How long ago it ended, in minutes.
        minutes: i64,
    },
}

/// A station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StationLine {
    /// Its name.
    pub station: StationId,
    /// `down`, `silent`, `working`, `waiting` or `nobody`.
    pub state: &'static str,
    /// Whether a lead is called there.
    pub calls: bool,
    /// Who is there.
    pub operator: Option<Badge>,
    /// The unit that is open.
    pub open: Option<UnitId>,
    /// Minutes since the last event; none where there was none.
    pub seen_minutes: Option<i64>,
    /// Steps that passed.
    pub passed: u32,
    /// Steps that failed.
    pub failed: u32,
    /// Refusals.
    pub refused: u32,
    /// Units that were finished.
    pub finished: u32,
    /// The class of stations that it is of, where that is known.
    pub class: Option<StationId>,
    /// Units that are due at its class and not on hold, whichever of its stations takes them.
    pub in_process: u32,
    /// Units on hold that are due at its class.
    pub held: u32,
    /// Minutes since the record of the unit changed that waits there longest.
    pub oldest_minutes: Option<i64>,
    /// First attempts that ended here.
    pub tried: u32,
    /// Of these, those that passed, in tenths of a percent; none where none ended.
    pub first_pass: Option<u32>,
    /// Seconds from one pass to the next: the one in the middle of the last ones.
    pub cycle_seconds: Option<u32>,
    /// What that should be.
    pub takt_seconds: Option<u32>,
}

/// An hour of the shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hour {
    /// When it begins.
    pub from: At,
    /// Units that were finished.
    pub finished: u32,
    /// Units that were due in it; none where no plan is for the whole plant.
    pub due: Option<u32>,
    /// Steps that passed.
    pub passed: u32,
    /// Steps that failed.
    pub failed: u32,
    /// Refusals.
    pub refused: u32,
    /// Whether it still runs: what is due of it is due by now.
    pub runs: bool,
    /// Why it fell short, as leads said.
    pub reasons: Vec<HourReason>,
}

/// A plan, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanLine {
    /// The route; none: every route.
    pub route: Option<RouteId>,
    /// The station; none: the whole plant.
    pub station: Option<StationId>,
    /// For the whole shift.
    pub planned: u32,
    /// Of that, due by now.
    pub due: u32,
    /// What was made.
    pub made: u32,
    /// Seconds from one unit to the next.
    pub takt_seconds: Option<u32>,
}

/// Units on their way that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkLine {
    /// Their route.
    pub route: Option<RouteId>,
    /// The step that is due.
    pub step: Option<StepId>,
    /// The class of stations where that is done.
    pub station: StationId,
    /// Their state.
    pub state: &'static str,
    /// How many.
    pub units: u32,
    /// The one of them whose record changed the longest ago.
    pub oldest: Option<UnitId>,
    /// How many minutes ago that was.
    pub oldest_minutes: Option<i64>,
}

/// How many units passed a step at the first attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YieldLine {
    /// The route.
    pub route: Option<RouteId>,
    /// The step.
    pub step: StepId,
    /// First attempts that ended.
    pub tried: u32,
    /// Of these, how many passed.
    pub passed: u32,
    /// The same in tenths of a percent.
    pub permille: u32,
}

/// What was refused with one code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusalLine {
    /// The code.
    pub code: String,
    /// How often.
    pub times: u32,
}

//! Words that several kinds of events share.

use serde::{Deserialize, Serialize};

use crate::domain::id::{CheckId, LotId, Serial, StationId, StepId};
use crate::domain::time::Day;

/// A piece of material: by lot or by its own number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// Some of a lot.
    Lot(LotId),
    /// One component.
    Serial(Serial),
}

/// A qualification that a person holds, and the last day of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualification {
    /// Its name, such as `torque-m4`.
    pub name: String,
    /// The last day on which it counts.
    pub until: Day,
    /// Whether the person is learning it: a second one who holds it stands by.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub supervised: bool,
}

/// Why a unit was put down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutDown {
    /// The operator put it down.
    Closed,
    /// Another unit was opened, and nothing was recorded in this one's step.
    Switched,
    /// Its step is done.
    Done,
    /// The operator left.
    SignedOff,
}

/// Why an operator is no longer signed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leaving {
    /// The operator signed off.
    SignOff,
    /// Another badge was scanned.
    Relieved,
    /// Nothing happened for too long.
    Idle,
    /// The program at the station ended or began anew.
    Restart,
}

/// What became of a nonconforming unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It goes back to a step.
    Rework {
        /// The step, and the class of stations where it is done.
        to: StepId,
        /// Where that is done.
        station: StationId,
        /// Every step that is due again.
        due: Vec<StepId>,
    },
    /// It is no product any more.
    Scrap,
    /// What failed is accepted as it is; whatever else the step requires is still required.
    UseAsIs,
}

/// A component taken out by rework, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Which.
    pub serial: Serial,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a removed component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It may be installed again.
    Reuse,
    /// It is no component any more.
    Scrap,
    /// It waits for a decision.
    Quarantine,
}

impl Fate {
    /// The word for it in records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reuse => "reuse",
            Self::Scrap => "scrap",
            Self::Quarantine => "quarantine",
        }
    }
}

/// The step that follows and the class of stations where it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// The step.
    pub step: StepId,
    /// The class of stations.
    pub station: StationId,
}

/// What failed a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Failure {
    /// A check outside its limits, without a retest left.
    Check(CheckId),
    /// The operator.
    Operator,
    /// The load that it was in took too long.
    Late,
}

/// No data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nothing;

//! What happens to units.

use serde::{Deserialize, Serialize};

use super::house::Remark;
use super::terms::{Failure, Next, Outcome, Piece, PutDown, Removed};
use crate::domain::id::{Badge, CheckId, DefectId, DeviceId, PartId, Point, Serial, StepId};
use crate::domain::refusal::{Code, Evidence};
use crate::domain::role::Role;

/// Data of [`What::UnitStarted`](crate::domain::what::What::UnitStarted).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitStarted {
    /// The first step, and where it is done.
    pub first: Next,
    /// The variant that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

/// Data of [`What::UnitOpened`](crate::domain::what::What::UnitOpened).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitOpened {
    /// Whose unfinished work it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takeover_from: Option<Badge>,
    /// Who stands by while somebody works who is learning it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<Badge>,
    /// The step of a group that is taken up, where it is another than the one that was due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Next>,
}

/// Data of [`What::UnitHeld`](crate::domain::what::What::UnitHeld).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Option<Of>")]
pub struct UnitHeld {
    /// What the units that are held together have in common, such as a recalled lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// A unit that is held for itself has no data, and neither have older records.
#[derive(Deserialize)]
struct Of {
    #[serde(default)]
    of: Option<String>,
}

impl From<Option<Of>> for UnitHeld {
    fn from(read: Option<Of>) -> Self {
        Self { of: read.and_then(|read| read.of) }
    }
}

/// Data of [`What::UnitClosed`](crate::domain::what::What::UnitClosed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitClosed {
    /// Why.
    pub why: PutDown,
}

/// Data of [`What::MaterialInstalled`](crate::domain::what::What::MaterialInstalled).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialInstalled {
    /// The part.
    pub part: PartId,
    /// The piece.
    pub piece: Piece,
    /// How many of it. None of a loaded lot that was replaced in the middle of a unit: how many is not known.
    pub quantity: u32,
    /// What it is, where that is an approved alternate of the part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<PartId>,
    /// What to know about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// Data of [`What::MaterialVerified`](crate::domain::what::What::MaterialVerified).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialVerified {
    /// The part.
    pub part: PartId,
    /// The component.
    pub serial: Serial,
}

/// Data of [`What::CheckRecorded`](crate::domain::what::What::CheckRecorded).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRecorded {
    /// The check.
    pub check: CheckId,
    /// Where, for a check with points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// What was observed, with the digits entered.
    pub value: String,
    /// Whether it lies within what the route asks.
    pub passed: bool,
    /// What it was measured with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gauge: Option<DeviceId>,
}

/// Data of [`What::ObservationVoided`](crate::domain::what::What::ObservationVoided).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservationVoided {
    /// The check or part of the observation that is taken back.
    pub of: Voided,
}

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voided {
    /// An observation.
    Check {
        /// The check.
        check: CheckId,
        /// Where, for a check with points.
        point: Option<Point>,
    },
    /// A piece of material.
    Material {
        /// The part.
        part: PartId,
        /// The piece.
        piece: Piece,
        /// How many of it.
        quantity: u32,
    },
    /// The meeting of a component after rework.
    Verified {
        /// The component.
        serial: Serial,
    },
}

impl Voided {
    /// The component that it was about.
    pub fn component(&self) -> Option<&Serial> {
        match self {
            Self::Material { piece: Piece::Serial(serial), .. } | Self::Verified { serial } => Some(serial),
            Self::Material { piece: Piece::Lot(_), .. } | Self::Check { .. } => None,
        }
    }
}

/// Data of [`What::SignatureRecorded`](crate::domain::what::What::SignatureRecorded).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureRecorded {
    /// The printed name of the person (21 CFR 11.50).
    pub name: String,
    /// What the signature says.
    pub meaning: String,
    /// In which role.
    pub role: Role,
}

/// Data of [`What::StepPassed`](crate::domain::what::What::StepPassed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPassed {
    /// What is due next; none after the last step.
    pub next: Option<Next>,
    /// Which of the sampled steps that follow the unit has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<Sampled>,
    /// The gauges that were chosen for what the step asks for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gauges: Vec<DeviceId>,
}

/// Data of [`What::StepFailed`](crate::domain::what::What::StepFailed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFailed {
    /// What failed it.
    pub because: Failure,
    /// The defect, where the route lists it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defect: Option<DefectId>,
}

/// Data of [`What::Disposed`](crate::domain::what::What::Disposed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposed {
    /// What becomes of the unit.
    pub outcome: Outcome,
    /// What was taken out of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
    /// The defect, where the route lists it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defect: Option<DefectId>,
}

/// Data of [`What::Refused`](crate::domain::what::What::Refused).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Why, as a code.
    pub code: Code,
    /// What it rests on.
    pub evidence: Box<Evidence>,
}

/// Data of [`What::ComponentsRecovered`](crate::domain::what::What::ComponentsRecovered).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentsRecovered {
    /// What was taken out of the scrapped unit.
    pub removed: Vec<Removed>,
}

/// Data of [`What::StepSkipped`](crate::domain::what::What::StepSkipped).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepSkipped {
    /// What is due next.
    pub next: Next,
}

/// Whether a unit has a sampled step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    /// The step.
    pub step: StepId,
    /// Whether the unit has it.
    pub taken: bool,
}

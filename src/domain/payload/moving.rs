//! What is told of a unit that moves to another revision of its route.

use serde::{Deserialize, Serialize};

use super::terms::Next;
use crate::domain::id::{Revision, StepId};

/// Data of [`What::RouteMoved`](crate::domain::what::What::RouteMoved). The revision that the unit had is in the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteMoved {
    /// The revision that it has from now on.
    pub to: Revision,
    /// What becomes of its steps.
    #[serde(flatten)]
    pub plan: MovePlan,
    /// Steps of the old revision that go by another name in the new one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mapped: Vec<Mapped>,
}

/// What becomes of a unit's steps where it moves to another revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovePlan {
    /// What is due next.
    pub due: Next,
    /// The steps that count, by their names in the new revision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<StepId>,
    /// The steps before the unit's place that become due, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<Again>,
    /// The steps that it is spared, since not every unit has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<StepId>,
}

/// A step that becomes due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// The step, by its name in the new revision.
    pub step: StepId,
    /// Why.
    pub because: Because,
}

/// Why a step becomes due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// The unit's old revision did not have it, or the unit did not.
    New,
    /// Other material goes in, or more or less of it.
    Material,
    /// Something else is observed, or other limits count.
    Checks,
    /// Another gauge is measured with.
    Gauge,
    /// It is done elsewhere, or by somebody else.
    Place,
    /// Another signature is asked for.
    Signature,
    /// Another time limit counts.
    Time,
}

impl Because {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::New, Self::Material, Self::Checks, Self::Gauge, Self::Place, Self::Signature, Self::Time];

    /// The word for it in records and listings.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Material => "material",
            Self::Checks => "checks",
            Self::Gauge => "gauge",
            Self::Place => "place",
            Self::Signature => "signature",
            Self::Time => "time",
        }
    }
}

/// A step that goes by another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapped {
    /// In the old revision.
    pub from: StepId,
    /// In the new one.
    pub to: StepId,
}

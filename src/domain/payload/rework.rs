//! What is said of rework beyond the decision about a failed unit.

use serde::{Deserialize, Serialize};

use super::terms::{Fate, Removed};
use crate::domain::id::{Serial, StationId, StepId};

/// Data of [`What::SentBack`](crate::domain::what::What::SentBack).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBack {
    /// The step that the unit goes back to.
    pub to: StepId,
    /// Where that is done.
    pub station: StationId,
    /// Every step that is due again.
    pub due: Vec<StepId>,
    /// What was taken out of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
}

/// Data of [`What::ComponentJudged`](crate::domain::what::What::ComponentJudged).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentJudged {
    /// The component.
    pub serial: Serial,
    /// What becomes of it.
    pub fate: Fate,
}

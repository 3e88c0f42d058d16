//! What happens to the labels of units.

use serde::{Deserialize, Serialize};

use crate::domain::id::UnitId;
use crate::domain::labelling::Found;

/// Data of [`What::LabelReplaced`](crate::domain::what::What::LabelReplaced).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelReplaced {
    /// The number on the label that counts from now on.
    pub label: UnitId,
    /// The number on the one that counted until now.
    pub was: UnitId,
    /// How the unit is known, where it was found without a label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
}

/// Data of [`What::LabelReprinted`](crate::domain::what::What::LabelReprinted).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelReprinted {
    /// The number on it.
    pub label: UnitId,
    /// How often it was printed once more, this time included.
    pub copies: u32,
}

//! What happens to loads.

use serde::{Deserialize, Serialize};

use crate::domain::id::{CheckId, UnitId};
use crate::domain::load::LoadOver;

/// Data of [`What::LoadBegun`](crate::domain::what::What::LoadBegun).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadBegun {
    /// Its units.
    pub units: Vec<UnitId>,
}

/// Data of [`What::LoadChecked`](crate::domain::what::What::LoadChecked).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadChecked {
    /// The check.
    pub check: CheckId,
    /// What was observed, with the digits entered.
    pub value: String,
    /// Whether it lies within what the route asks.
    pub passed: bool,
}

/// Data of [`What::LoadEnded`](crate::domain::what::What::LoadEnded) and of
/// [`What::UnitTreated`](crate::domain::what::What::UnitTreated).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadEnded {
    /// Whether it ended within its time.
    pub over: LoadOver,
}

//! What happens to loads.

use serde::{Deserialize, Serialize};

use crate::domain::id::{Badge, CheckId, DeviceId, UnitId};
use crate::domain::load::LoadOver;

/// Data of [`What::LoadEntered`](crate::domain::what::What::LoadEntered).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Option<Entered>")]
pub struct LoadEntered {
    /// Who stood by, where whoever put it in is learning the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<Badge>,
}

/// A unit that was put in by somebody who needs nobody beside him has no data, and neither have older records.
#[derive(Deserialize)]
struct Entered {
    #[serde(default)]
    supervisor: Option<Badge>,
}

impl From<Option<Entered>> for LoadEntered {
    fn from(entered: Option<Entered>) -> Self {
        Self { supervisor: entered.and_then(|entered| entered.supervisor) }
    }
}

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
    /// What it was measured with. Older records do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gauge: Option<DeviceId>,
}

/// Data of [`What::LoadEnded`](crate::domain::what::What::LoadEnded) and of
/// [`What::UnitTreated`](crate::domain::what::What::UnitTreated).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadEnded {
    /// Whether it ended within its time.
    pub over: LoadOver,
}

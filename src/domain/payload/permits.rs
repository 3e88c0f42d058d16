//! What is said of deviation permits, and of rules that were let go.

use serde::{Deserialize, Serialize};

use crate::domain::code::Code;
use crate::domain::id::PermitId;
use crate::domain::permit::Terms;

/// Data of [`What::PermitOpened`](crate::domain::what::What::PermitOpened).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermitOpened {
    /// The permit.
    pub permit: PermitId,
    /// What it permits.
    pub terms: Terms,
}

/// Data of an event about a permit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PermitChanged {
    /// Which.
    pub permit: PermitId,
}

/// Data of [`What::RuleWaived`](crate::domain::what::What::RuleWaived). The permit is in the event; an override is
/// what the event corrects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleWaived {
    /// The refusal that there would have been.
    pub rule: Code,
    /// Whether the unit is under that permit for the first time: then it counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first: bool,
}

/// Data of [`What::RuleOverridden`](crate::domain::what::What::RuleOverridden).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleOverridden {
    /// The refusal that does not count for the unit at the step.
    pub rule: Code,
    /// For how many minutes.
    pub minutes: u32,
}

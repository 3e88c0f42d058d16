//! Overrides: a second person lets a rule go for one unit at one step, for some minutes, where the plant allows that.
//!
//! An override is no way past the gate. It is a rule of it: asked for, decided, recorded, counted.

use serde::{Deserialize, Serialize};

use super::event::Link;
use super::id::{Badge, UnitId};
use super::refusal::Code;
use super::role::Role;
use super::time::At;

/// Minutes that an override may last.
pub const MINUTES_MOST: u32 = 480;
/// Overrides that a plant may allow in one shift.
pub const BUDGET_MOST: u32 = 100;
/// The rules that a plant may allow to be overridden. Whatever needs terms of its own needs a permit.
pub const CODES: [Code; 5] =
    [Code::LotExpired, Code::GaugeOverdue, Code::TooLate, Code::TypedEntry, Code::NotQualified];

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Which unit; none: the open one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The refusal that is not to count.
    pub rule: Code,
    /// Why.
    pub reason: String,
    /// The second person.
    pub by: Badge,
    /// What the plant's configuration allows; none: no override at all. On record, so that it is decided so again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<Allowed>,
}

/// What a plant's configuration allows to be overridden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allowed {
    /// Which refusals.
    pub rules: Vec<Code>,
    /// By whom: whoever holds one of these roles.
    pub roles: Vec<Role>,
    /// How often in a shift.
    pub budget: u32,
    /// For how many minutes.
    pub minutes: u32,
    /// When the shift began.
    pub since: At,
}

/// How many overrides there were since a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overrides {
    /// Since when.
    pub since: At,
    /// How many.
    pub count: u32,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Link>,
}

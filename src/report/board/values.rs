//! The values of a check, as they are on record.

use crate::app::board::trend::CheckName;
use crate::domain::id::UnitId;
use crate::domain::limits::Limits;
use crate::domain::number::Number;
use crate::domain::time::At;

/// The values of a check, and what its route says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The check.
    pub check: CheckName,
    /// What people call it.
    pub title: Option<String>,
    /// What the route asks for.
    pub limits: Option<Limits>,
    /// The values, the oldest first.
    pub values: Vec<Value>,
}

/// A value of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// When it was recorded.
    pub at: At,
    /// Of which unit.
    pub unit: UnitId,
    /// The value.
    pub value: Number,
    /// Whether the route's limits held it.
    pub passed: bool,
}

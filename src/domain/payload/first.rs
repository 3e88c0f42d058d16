//! First pieces and golden samples.

use serde::{Deserialize, Serialize};

use crate::domain::first_piece::FirstOf;
use crate::domain::id::CheckId;
use crate::domain::role::Role;
use crate::domain::shift::Turn;

/// Data of [`What::FirstPieceBegun`](crate::domain::what::What::FirstPieceBegun).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPieceBegun {
    /// What it is the first piece of.
    pub of: FirstOf,
}

/// Data of [`What::FirstPieceApproved`](crate::domain::what::What::FirstPieceApproved).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstPieceApproved {
    /// The printed name of the person.
    pub name: String,
    /// In which role.
    pub role: Role,
    /// What it is the first piece of.
    pub of: FirstOf,
}

/// Data of [`What::GoldenRun`](crate::domain::what::What::GoldenRun).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoldenRun {
    /// Whether the sample is one that has to be found bad.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bad: bool,
    /// Whether the tester found what it should.
    pub passed: bool,
    /// The observation that failed, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<CheckId>,
    /// In which shift or on which day.
    pub turn: Turn,
}

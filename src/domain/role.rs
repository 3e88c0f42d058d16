//! What a person may do, and what a signature is made of.

use serde::{Deserialize, Serialize};

/// A person may hold several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Does the work.
    Operator,
    /// Accepts the work of others.
    Inspector,
    /// Decides about nonconforming units and lots.
    Quality,
    /// Leads a shift: disposes, holds and releases, keeps the master data.
    Lead,
}

impl Role {
    /// All of them, in the order people list them.
    pub const ALL: [Self; 4] = [Self::Operator, Self::Inspector, Self::Quality, Self::Lead];

    /// The word for it in routes, commands and records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Inspector => "inspector",
            Self::Quality => "quality",
            Self::Lead => "lead",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = BadRole;
    fn from_str(text: &str) -> Result<Self, BadRole> {
        Self::ALL.into_iter().find(|r| r.word() == text).ok_or(BadRole)
    }
}

/// The text is no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a role is operator, inspector, quality or lead")]
pub struct BadRole;

/// How a person proved who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Auth {
    /// Presence: a badge was scanned.
    #[serde(rename = "badge")]
    Badge,
    /// A signature's two components (21 CFR 11.200(a)(1)).
    #[serde(rename = "badge+pin")]
    BadgePin,
    /// A registered machine.
    #[serde(rename = "machine")]
    Machine,
}

/// What became of the check of a PIN. The PIN itself is never kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinCheck {
    /// It was right.
    Right,
    /// It was wrong.
    Wrong,
    /// It was not looked at, since the badge is locked.
    Locked,
    /// None was asked.
    #[default]
    NotAsked,
}

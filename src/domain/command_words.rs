//! Words that commands choose from.

use serde::{Deserialize, Serialize};

/// Units that one command may hold.
pub const UNITS_AT_ONCE_MOST: usize = 256;

/// Characters that a reason may have.
pub const REASON_CHARS_MOST: usize = 200;

/// Whether a reason is something, and short enough to be read.
pub fn is_reason(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= REASON_CHARS_MOST
}

/// What becomes of a nonconforming unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decide {
    /// It goes back.
    Rework,
    /// It is no product any more.
    Scrap,
    /// It goes on as it is.
    UseAsIs,
}

/// What to do with a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LotMove {
    /// Nothing more of it is used until it is released.
    Hold,
    /// It may be used.
    Release,
    /// It is never used again.
    Reject,
    /// Its floor life runs.
    Open,
    /// Its floor life rests.
    Seal,
}

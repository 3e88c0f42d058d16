//! What is told of a station beside the work there: downtime, notes, calls for a lead.

use serde::{Deserialize, Serialize};

use crate::domain::id::Badge;
use crate::domain::time::At;

/// Data of an event that ends something which lasted: downtime, or a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lasted {
    /// Since when.
    pub since: At,
    /// How long, in seconds, as far as the clocks tell.
    pub seconds: u64,
    /// Whether the clocks tell for certain.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncertain: bool,
    /// Why it began, where a reason was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Who began it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Badge>,
}

/// Data of [`What::HourExplained`](crate::domain::what::What::HourExplained). The event says why, and which station it
/// is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HourExplained {
    /// When the hour began.
    pub hour: At,
}

/// Data of [`What::NoteLeft`](crate::domain::what::What::NoteLeft).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteLeft {
    /// What it says.
    pub text: String,
}

/// Data of [`What::NoteRead`](crate::domain::what::What::NoteRead). The event names the note as the one it corrects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRead {
    /// When it was left.
    pub left: At,
    /// Who left it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Badge>,
}

//! What is entered from paper.

use serde::{Deserialize, Serialize};

use crate::domain::id::Badge;
use crate::domain::shift::Turn;

/// Data of [`What::PaperBegun`](crate::domain::what::What::PaperBegun). Who witnesses it is who the event is by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperBegun {
    /// Who enters it.
    pub by: Badge,
    /// The shift or the day of the time that it states; none where nobody could say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<Turn>,
}

//! What is entered from paper.

use serde::{Deserialize, Serialize};

use crate::domain::id::Badge;

/// Data of [`What::PaperBegun`](crate::domain::what::What::PaperBegun). Who witnesses it is who the event is by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperBegun {
    /// Who enters it.
    pub by: Badge,
}

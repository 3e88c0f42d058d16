//! A PIN that was given without one, in a restored record: until a second lead says that it was right, everybody is
//! told.

use serde::{Deserialize, Serialize};

use super::id::Badge;

/// A second lead confirms that a lead's PIN was recovered by the right person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmPin {
    /// Whose PIN.
    pub badge: Badge,
    /// Who confirms it.
    pub by: Badge,
}

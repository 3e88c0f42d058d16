//! What cannot be, and still must be said.

use crate::app::port::Fault;

/// Something in the play does not fit together.
pub(super) fn defect(what: impl Into<String>) -> Fault {
    Fault::new(what, "report this as a defect")
}

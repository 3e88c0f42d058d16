//! Identifiers that begin with 9: what partners or a company agree on.
//! Facts of the GS1 Barcode Syntax Dictionary.

use crate::capture::label::ai::Ai;
use crate::capture::label::part::x_to;

/// In the order of their text.
pub(super) static ROWS: &[Ai] =
    &[Ai::of("90", &[x_to(30)]).attribute(), Ai::range("91", "99", &[x_to(90)]).attribute()];

//! Retail codes: EAN and UPC, digits with a check digit.

use super::flaw::Flaw;
use super::lint::{Lint, Set};

/// How many digits a retail code has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retail {
    /// EAN-13, and UPC as scanners send it.
    Thirteen,
    /// EAN-8.
    Eight,
}

impl Retail {
    const fn digits(self) -> usize {
        match self {
            Self::Thirteen => 13,
            Self::Eight => 8,
        }
    }

    /// Whether the data is such a code.
    pub(super) fn check(self, data: &str) -> Result<(), Flaw> {
        if data.len() != self.digits() {
            return Err(Flaw::BadRetail);
        }
        Set::Digits.check(data)?;
        Lint::CheckDigit.check(data)
    }
}

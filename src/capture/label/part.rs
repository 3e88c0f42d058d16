//! One part of a value: its characters, its length, its further rules.

use super::flaw::Flaw;
use super::lint::{Lint, Set};

/// One part of a value.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// Its characters.
    pub set: Set,
    /// The fewest bytes that it has, where it is there.
    pub least: usize,
    /// The most.
    pub most: usize,
    /// Whether it may be left out, with all that follow.
    pub is_optional: bool,
    /// What else it must be.
    pub lints: &'static [Lint],
}

impl Part {
    const fn new(set: Set, least: usize, most: usize) -> Self {
        Self { set, least, most, is_optional: false, lints: &[] }
    }

    pub(super) const fn and(self, lints: &'static [Lint]) -> Self {
        Self { lints, ..self }
    }

    pub(super) const fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }

    /// What is left of a text behind this part.
    pub(super) fn take<'t>(&self, text: &'t str) -> Result<&'t str, Flaw> {
        if self.is_optional && text.is_empty() {
            return Ok(text);
        }
        let length = text.len().min(self.most);
        if length < self.least {
            return Err(Flaw::WrongLength);
        }
        // No label of GS1 has a character of more than one byte.
        let (own, rest) = text.split_at_checked(length).ok_or(Flaw::NotInSet82)?;
        self.set.check(own)?;
        for lint in self.lints {
            lint.check(own)?;
        }
        Ok(rest)
    }
}

/// So many digits.
pub(super) const fn n(length: usize) -> Part {
    Part::new(Set::Digits, length, length)
}

/// One to so many digits.
pub(super) const fn n_to(most: usize) -> Part {
    Part::new(Set::Digits, 1, most)
}

/// So many characters of GS1's set 82.
pub(super) const fn x(length: usize) -> Part {
    Part::new(Set::Set82, length, length)
}

/// One to so many characters of GS1's set 82.
pub(super) const fn x_to(most: usize) -> Part {
    Part::new(Set::Set82, 1, most)
}

/// One to so many characters of GS1's set 39.
pub(super) const fn y_to(most: usize) -> Part {
    Part::new(Set::Set39, 1, most)
}

/// One to so many characters of base64 for file names.
pub(super) const fn z_to(most: usize) -> Part {
    Part::new(Set::Set64, 1, most)
}

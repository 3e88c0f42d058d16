//! What an Application Identifier asks of its value and of the others on the label.

use super::flaw::Flaw;
use super::part::Part;
use super::table;
use super::table::companions::Needs;

/// One identifier, or a range of them with the same rules.
#[derive(Debug, PartialEq, Eq)]
pub struct Ai {
    /// The first identifier of the range.
    pub first: &'static str,
    /// The last one.
    pub last: &'static str,
    /// The place of the first among all identifiers, in the order of their text; numbers are compared faster.
    pub from: u32,
    /// The place of the last.
    pub to: u32,
    /// What its value is made of.
    pub parts: &'static [Part],
    /// Whether a separator must follow its value. Values of predefined length need none.
    pub separated: bool,
    /// Whether it may be a data attribute of a Digital Link.
    pub is_attribute: bool,
    /// Of which at least one must be on the label too; none where nothing is needed. `n` is any digit.
    pub needs: Needs,
    /// What may not be on the same label. `n` is any digit; it never means the identifier itself.
    pub never_with: &'static [&'static str],
    /// For the primary key of a Digital Link, the orders of qualifiers that may follow it in the path.
    pub key: Option<&'static [&'static [&'static str]]>,
}

impl Ai {
    pub(super) const fn of(key: &'static str, parts: &'static [Part]) -> Self {
        Self::range(key, key, parts)
    }

    pub(super) const fn range(first: &'static str, last: &'static str, parts: &'static [Part]) -> Self {
        Self {
            first,
            last,
            from: place(first),
            to: place(last),
            parts,
            separated: true,
            is_attribute: false,
            needs: &[],
            never_with: &[],
            key: None,
        }
    }

    pub(super) const fn fixed(self) -> Self {
        Self { separated: false, ..self }
    }

    pub(super) const fn attribute(self) -> Self {
        Self { is_attribute: true, ..self }
    }

    pub(super) const fn needs(self, needs: Needs) -> Self {
        Self { needs, ..self }
    }

    pub(super) const fn never_with(self, never_with: &'static [&'static str]) -> Self {
        Self { never_with, ..self }
    }

    pub(super) const fn key(self, orders: &'static [&'static [&'static str]]) -> Self {
        Self { key: Some(orders), ..self }
    }

    /// The identifier that a text begins with, as written there, and the rest of the text. No identifier begins with
    /// another, so there is at most one.
    pub fn begins(text: &str) -> Option<(&'static Self, &str, &str)> {
        let (key, rest) = text.split_at_checked(digits(text)?)?;
        Some((table::find(key)?, key, rest))
    }

    /// Whether an identifier is of this range.
    pub fn is(&self, key: &str) -> bool {
        key.len() == self.first.len()
            && (self.from..=self.to).contains(&place(key))
            && key.bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether an identifier of this range has a pattern.
    pub fn fits(&self, pattern: &str) -> bool {
        has_pattern(self.first, pattern) || self.is(pattern)
    }

    /// Bytes that the value takes of a text that has no separator.
    ///
    /// # Errors
    /// The first rule of the value that it breaks.
    pub fn take(&self, text: &str) -> Result<usize, Flaw> {
        if text.is_empty() {
            return Err(Flaw::NoValue);
        }
        let mut rest = text;
        for part in self.parts {
            rest = part.take(rest)?;
        }
        Ok(text.len().saturating_sub(rest.len()))
    }

    /// Whether a value is whole and right.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, value: &str) -> Result<(), Flaw> {
        if self.take(value)? == value.len() { Ok(()) } else { Err(Flaw::TooLong) }
    }

    /// The most bytes that a value may have.
    pub fn most(&self) -> usize {
        self.parts.iter().map(|part| part.most).sum()
    }
}

/// The place of an identifier in the order of their text: its two to four bytes as one number. 0 where it is none.
pub(super) const fn place(key: &str) -> u32 {
    match key.as_bytes() {
        [a, b] => u32::from_be_bytes([*a, *b, 0, 0]),
        [a, b, c] => u32::from_be_bytes([*a, *b, *c, 0]),
        [a, b, c, d] => u32::from_be_bytes([*a, *b, *c, *d]),
        _ => 0,
    }
}

/// Digits of the identifier that a text begins with; its first two tell (GS1 General Specifications, section 7.8).
fn digits(text: &str) -> Option<usize> {
    let (first, second) = (*text.as_bytes().first()?, *text.as_bytes().get(1)?);
    match (first, second) {
        (b'0' | b'1' | b'9', _) | (b'2', b'0'..=b'2') | (b'3', b'0' | b'7') => Some(2),
        (b'2', _) | (b'4', b'0' | b'1' | b'2') | (b'7', b'1') => Some(3),
        (b'3' | b'4' | b'7' | b'8', _) => Some(4),
        _ => None,
    }
}

/// Whether an identifier has a pattern: digits as they are, `n` for any one.
pub(super) fn has_pattern(key: &str, pattern: &str) -> bool {
    key.len() == pattern.len() && key.bytes().zip(pattern.bytes()).all(|(k, p)| p == b'n' || p == k)
}

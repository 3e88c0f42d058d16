//! GS1 element strings: identifier after identifier, a separator behind each value that has no predefined length
//! (GS1 General Specifications, section 7.8).

use super::ai::Ai;
use super::flaw::{Fault, Flaw};
use super::rules;
use crate::domain::label::GS;
use crate::domain::structured::Field;

/// Fields that one label may have.
pub const FIELDS_MOST: usize = 64;
/// Fields that most labels have at most.
const FIELDS_USUAL: usize = 8;

/// One field, its identifier known.
#[derive(Debug, Clone, Copy)]
pub struct Element<'t> {
    /// The rules of its identifier.
    pub ai: &'static Ai,
    /// The identifier as written.
    pub key: &'t str,
    /// What it says.
    pub value: &'t str,
}

/// The fields of an element string, without the leading FNC1, valid in themselves and together.
///
/// # Errors
/// The first rule that is broken, and where.
pub fn read(text: &str) -> Result<Vec<Field>, Fault> {
    let elements = split(text)?;
    rules::check(&elements)?;
    Ok(elements.iter().map(Element::field).collect())
}

/// The fields of an element string, each valid in itself.
///
/// # Errors
/// The first rule that is broken, and where.
pub fn split(text: &str) -> Result<Vec<Element<'_>>, Fault> {
    if text.is_empty() {
        return Err(Fault::whole(Flaw::Empty));
    }
    let mut elements = Vec::with_capacity(FIELDS_USUAL);
    let mut rest = text;
    while !rest.is_empty() {
        if elements.len() == FIELDS_MOST {
            return Err(Fault::whole(Flaw::TooManyFields));
        }
        let (ai, key, behind) = Ai::begins(rest).ok_or(Fault::whole(Flaw::UnknownIdentifier))?;
        let until_separator = behind.split_once(GS).map_or(behind, |(value, _)| value);
        let length = ai.take(until_separator).map_err(Fault::at(key))?;
        let (value, after) = behind.split_at_checked(length).unwrap_or((behind, ""));
        elements.push(Element { ai, key, value });
        rest = match after.strip_prefix(GS) {
            Some(next) => next,
            None if ai.separated && !after.is_empty() => return Err(Fault::at(key)(Flaw::TooLong)),
            None => after,
        };
    }
    Ok(elements)
}

impl Element<'_> {
    /// The field as a label keeps it.
    pub fn field(&self) -> Field {
        Field { key: self.key.to_owned(), value: self.value.to_owned() }
    }
}

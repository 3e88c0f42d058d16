//! From the text of a label to what it says.

use super::aim::{self, Carrier};
use super::elements;
use super::flaw::{Fault, Flaw};
use super::lint::Lint;
use super::{envelope, link};
use crate::capture::label::ai::Ai;
use crate::capture::scanner::self_test;
use crate::domain::label::{GS, Label, Raw, Tested};
use crate::domain::structured::{Broken, Field, Structured, Syntax, split_symbology};

/// What a text is taken for that says nothing of itself: no symbology identifier, no FNC1, no envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unmarked {
    /// Plain, unless all of it is valid GS1 from a key with a check digit on.
    #[default]
    Plain,
    /// GS1: the scanner reads nothing else, and cannot send symbology identifiers.
    Gs1,
}

/// What a structure is called, whether the label itself says so, and its fields.
struct Reading {
    syntax: Syntax,
    marked: bool,
    fields: Result<Vec<Field>, Fault>,
}

/// What a label says by a standard. A text stays a text where it claims no structure.
pub fn read(label: Label) -> Label {
    read_as(label, Unmarked::Plain)
}

/// What a label says, from a scanner whose unmarked texts are known to be something.
pub fn read_as(label: Label, unmarked: Unmarked) -> Label {
    match label {
        Label::Text(text) => read_text(text, unmarked),
        Label::Unsafe(_)
        | Label::NotText(_)
        | Label::TooLong(_)
        | Label::Empty
        | Label::Structured(_)
        | Label::Broken(_)
        | Label::Lost(_)
        | Label::SelfTest(_) => label,
    }
}

fn read_text(text: String, unmarked: Unmarked) -> Label {
    let (symbology, body) = match split_symbology(&text) {
        Some((symbology, body)) => (Some(symbology), body),
        None => (None, text.as_str()),
    };
    if let Some(came) = self_test::judge(body) {
        return Label::SelfTest(Box::new(Tested { raw: Raw::of(text.as_bytes()), came }));
    }
    let Some(reading) = structure(symbology, body, unmarked) else { return Label::Text(text) };
    let (symbology, syntax) = (symbology.map(str::to_owned), reading.syntax);
    match reading.fields {
        Ok(fields) => {
            Label::Structured(Box::new(Structured { symbology, syntax, marked: reading.marked, fields, raw: text }))
        }
        Err(fault) => Label::Broken(Box::new(Broken {
            raw: Raw::of(text.as_bytes()),
            symbology,
            syntax,
            flaw: fault.flaw.as_str().to_owned(),
            key: fault.key,
        })),
    }
}

/// The structure of a text; none where it is plain and no symbology is known.
fn structure(symbology: Option<&str>, body: &str, unmarked: Unmarked) -> Option<Reading> {
    let marked = |syntax, fields| Some(Reading { syntax, marked: true, fields });
    match symbology.map(aim::carrier) {
        // Some scanners send the leading FNC1 too, though the symbology identifier says it already.
        Some(Carrier::Gs1) => marked(Syntax::Gs1, elements::read(body.strip_prefix(GS).unwrap_or(body))),
        Some(Carrier::Retail(retail)) => {
            marked(Syntax::Plain, retail.check(body).map(|()| Vec::new()).map_err(Fault::whole))
        }
        Some(Carrier::Any) if body.is_empty() => marked(Syntax::Plain, Err(Fault::whole(Flaw::Empty))),
        Some(Carrier::Any) => self_described(body).or_else(|| marked(Syntax::Plain, Ok(Vec::new()))),
        None => match body.strip_prefix(GS) {
            Some(elements) => marked(Syntax::Gs1, elements::read(elements)),
            None => self_described(body).or_else(|| undescribed(body, unmarked)),
        },
    }
}

/// What the text says of itself: an envelope or an address.
fn self_described(body: &str) -> Option<Reading> {
    let marked = |(syntax, fields)| Reading { syntax, marked: true, fields };
    let link = || link::read(body).map(|fields| (Syntax::DigitalLink, fields));
    envelope::read(body).or_else(link).map(marked)
}

/// A text that says nothing of itself.
fn undescribed(body: &str, unmarked: Unmarked) -> Option<Reading> {
    match unmarked {
        Unmarked::Gs1 => Some(Reading { syntax: Syntax::Gs1, marked: false, fields: elements::read(body) }),
        Unmarked::Plain if begins_with_checked_key(body) => {
            elements::read(body).ok().map(|fields| Reading { syntax: Syntax::Gs1, marked: false, fields: Ok(fields) })
        }
        Unmarked::Plain => None,
    }
}

/// Whether the first field is the key of a thing, and has a check digit or pair.
fn begins_with_checked_key(body: &str) -> bool {
    let is_check = |lint: &Lint| matches!(lint, Lint::CheckDigit | Lint::CheckPair);
    let has_check = |ai: &Ai| ai.parts.iter().flat_map(|part| part.lints).any(is_check);
    Ai::begins(body).is_some_and(|(ai, _, _)| ai.key.is_some() && has_check(ai))
}

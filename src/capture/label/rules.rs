//! The rules between the identifiers of one label: which may not be together, which must be, and what may repeat.
//!
//! They are those of the GS1 Barcode Syntax Dictionary, held against what one label says. A label that leaves a needed
//! identifier to a second one beside it is therefore refused; nothing here remembers the scan before.

use super::ai::{Ai, has_pattern};
use super::elements::Element;
use super::flaw::{Fault, Flaw};

/// The digital signature.
const SIGNATURE: &str = "8030";

/// Whether the fields may stand together.
///
/// # Errors
/// The first rule that is broken, and the identifier to blame.
pub fn check(elements: &[Element<'_>]) -> Result<(), Fault> {
    let broken = |flaw: Flaw, is_broken: fn(&Element<'_>, &[Element<'_>]) -> bool| {
        let blamed = elements.iter().find(|element| is_broken(element, elements));
        blamed.map_or(Ok(()), |element| Err(Fault::at(element.key)(flaw)))
    };
    broken(Flaw::Excluded, is_excluded)?;
    broken(Flaw::Alone, is_alone)?;
    broken(Flaw::TwoValues, has_another_value)?;
    broken(Flaw::NoSerial, lacks_serial)
}

fn is_excluded(element: &Element<'_>, all: &[Element<'_>]) -> bool {
    let forbids = |other: &Element<'_>| element.ai.never_with.iter().any(|pattern| has_pattern(other.key, pattern));
    all.iter().any(|other| other.key != element.key && forbids(other))
}

fn is_alone(element: &Element<'_>, all: &[Element<'_>]) -> bool {
    let is_there = |pattern: &&str| all.iter().any(|other| has_pattern(other.key, pattern));
    let needs = element.ai.needs;
    !needs.is_empty() && !needs.iter().any(|group| group.iter().all(is_there))
}

fn has_another_value(element: &Element<'_>, all: &[Element<'_>]) -> bool {
    all.iter().any(|other| other.key == element.key && other.value != element.value)
}

/// A signature is of one thing, not of its kind: a key with an optional serial number must have it.
fn lacks_serial(element: &Element<'_>, all: &[Element<'_>]) -> bool {
    let may_have_one = matches!(element.key, "253" | "255" | "8003");
    may_have_one && all.iter().any(|other| other.key == SIGNATURE) && element.value.len() <= least(element.ai)
}

/// Bytes of a value without its optional parts.
fn least(ai: &Ai) -> usize {
    ai.parts.iter().filter(|part| !part.is_optional).map(|part| part.least).sum()
}

//! What an entered line means: the answer to what the step asks next, or a label.
//!
//! A scanner that types cannot be told from a person, so the meaning decides and never the speed: a line is a value
//! only where it could be the answer to the next check. Everything else is a label, and the gate reads it.

use crate::domain::gs1::gtin_in;
use crate::domain::limits::Limits;
use crate::domain::need::Need;
use crate::domain::number::{DIGITS_MOST, Number};
use crate::domain::route::{Check, CheckKind, Route};
use crate::domain::structured::without_symbology;
use crate::domain::text::is_safe;

/// Digits before the point that a slip of the finger adds: `221` for `2.21` is a value that is refused as one, while
/// a badge such as `4711` is a label.
const SLIP_DIGITS: usize = 2;
/// Characters that a text observation may have.
const TEXT_CHARS_MOST: usize = 120;

/// What a line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The answer to a check, as the gate takes it.
    Value(String),
    /// A label.
    Label,
}

/// Reads a line against what the step asks next.
pub fn read(text: &str, next: Option<&Need<'_>>, route: &Route) -> Entry {
    let Some(Need::Check { check, .. }) = next else { return Entry::Label };
    answer(text, check, route).map_or(Entry::Label, Entry::Value)
}

/// The value that a line gives a check, where it could be one. A unit's number is none, whatever it looks like.
fn answer(text: &str, check: &Check, route: &Route) -> Option<String> {
    let (body, identifier) = (without_symbology(text), &route.identifier);
    let is_product = identifier.gtin.is_some() && gtin_in(body) == identifier.gtin;
    if is_product || identifier.pattern.matches(body) {
        return None;
    }
    match &check.kind {
        CheckKind::Number { limits, plausible } => could_be_number(text, limits, *plausible).then(|| text.to_owned()),
        CheckKind::Confirm => match text {
            "1" => Some("pass".to_owned()),
            "2" => Some("fail".to_owned()),
            _ => None,
        },
        CheckKind::Choice { .. } => {
            let options = options(check);
            let numbered = || text.parse::<usize>().ok()?.checked_sub(1).and_then(|i| options.get(i)).copied();
            let spelt = options.iter().find(|o| **o == text).copied();
            spelt.or_else(numbered).map(str::to_owned)
        }
        CheckKind::Text { pattern } => {
            let plain = text.chars().all(is_safe) && text.chars().count() <= TEXT_CHARS_MOST;
            (plain && pattern.as_ref().is_none_or(|p| p.matches(text))).then(|| text.to_owned())
        }
        CheckKind::Scan { .. } => None,
    }
}

/// The answers that a choice offers, in the order of their numbers.
pub fn options(check: &Check) -> Vec<&str> {
    match &check.kind {
        CheckKind::Choice { pass, fail } => pass.iter().chain(fail).map(String::as_str).collect(),
        CheckKind::Number { .. } | CheckKind::Confirm | CheckKind::Text { .. } | CheckKind::Scan { .. } => Vec::new(),
    }
}

/// Whether an answer fails the check for certain, so that it takes a second act. Numbers are asked twice by the gate.
pub fn fails(check: &Check, value: &str) -> bool {
    match &check.kind {
        CheckKind::Confirm => value == "fail",
        CheckKind::Choice { fail, .. } => fail.iter().any(|f| f == value),
        CheckKind::Number { .. } | CheckKind::Text { .. } | CheckKind::Scan { .. } => false,
    }
}

/// Whether a person may have meant a number: a sign, digits, at most one point or comma, and before it not many more
/// digits than the limits have. Whether it is well written is for the gate to say.
fn could_be_number(text: &str, limits: &Limits, plausible: Option<(Number, Number)>) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let widest = [limits.low, limits.high, plausible.map(|p| p.0), plausible.map(|p| p.1)]
        .into_iter()
        .flatten()
        .map(whole_digits)
        .max()
        .unwrap_or(DIGITS_MOST);
    digits(whole)
        && digits(part)
        && !(whole.is_empty() && part.is_empty())
        && whole.len() <= widest + SLIP_DIGITS
        && whole.len() + part.len() <= DIGITS_MOST
}

/// Digits before the point.
fn whole_digits(number: Number) -> usize {
    let text = number.to_string();
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    unsigned.split_once('.').map_or(unsigned, |(whole, _)| whole).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(limits: &str, text: &str) -> bool {
        could_be_number(text, &limits.parse().unwrap(), None)
    }

    #[test]
    fn a_badge_of_digits_is_no_torque_and_a_slip_is_one() {
        for slip in ["2.21", "2,21", "2", "22.1", "221", "-2.21", "2.2100", ".5", "2."] {
            assert!(number("2.00 .. 2.40 N.m", slip), "{slip}");
        }
        for label in ["4711", "20261123", "2.4.1", "1e9", "NaN", "OP-2001", "2026-11-23", "", "-", "2.21 "] {
            assert!(!number("2.00 .. 2.40 N.m", label), "{label}");
        }
        assert!(number("100 .. 4000 rpm", "123456"));
        assert!(!number("100 .. 4000 rpm", "1234567"));
    }

    #[test]
    fn what_is_believable_widens_what_can_be_typed() {
        let plausible = Some(("0".parse().unwrap(), "5000".parse().unwrap()));
        assert!(could_be_number("4711", &"2.00 .. 2.40".parse().unwrap(), plausible));
    }
}

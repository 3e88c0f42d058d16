//! A work order: so many units of one route revision, for somebody.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::event::{Event, Link, Purpose};
use super::id::{OrderId, Revision, RouteId, UnitId};
use super::what::{Outcome, UnitCompleted, UnitDispatched, What};

/// Units that one order may have.
pub const QUANTITY_MOST: u32 = 1_000_000;
/// Digits that count in a range of serial numbers.
const COUNTING_DIGITS_MOST: usize = 18;

/// A work order. Folded from the events about it and about its units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its number.
    pub order: OrderId,
    /// The route that makes it.
    pub route: RouteId,
    /// In which revision.
    pub revision: Revision,
    /// Which variant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// How many.
    pub quantity: u32,
    /// The numbers that its units have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serials: Option<SerialRange>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// What its units are made for, where that is not production.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
    /// Units that began; of batches, their pieces.
    pub started: u32,
    /// Units that are complete; of batches, their pieces.
    pub finished: u32,
    /// Units that were scrapped, of batches their pieces: others may take their places.
    #[serde(default, skip_serializing_if = "is_none_yet")]
    pub scrapped: u32,
    /// Whether no new unit starts under it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
    /// The event of its opening or closing.
    pub event: Link,
}

/// Whether a count is left out of what is written: there is nothing to count yet.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
pub(super) fn is_none_yet(n: &u32) -> bool {
    *n == 0
}

impl Order {
    /// The order after an event, or the order that an event brings.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(before: Option<Self>, event: &Event) -> Option<Self> {
        let (about, link) = (&event.about, event.stamp.link());
        if let What::OrderOpened(e) = &event.what
            && before.as_ref().is_none_or(|o| o.order == e.order)
        {
            return Some(Self {
                order: e.order.clone(),
                route: about.route.clone()?,
                revision: about.revision.clone()?,
                variant: e.variant.clone(),
                quantity: e.quantity,
                serials: e.serials.clone(),
                customer: e.customer.clone(),
                purpose: e.purpose,
                started: 0,
                finished: 0,
                scrapped: 0,
                closed: false,
                event: link,
            });
        }
        let mut order = before?;
        let counts =
            about.order.as_ref() == Some(&order.order) && about.purpose.unwrap_or_default() == Purpose::Production;
        let pieces = about.pieces.unwrap_or(1);
        match &event.what {
            What::OrderClosed(e) if e.order == order.order => {
                order.closed = true;
                order.event = link;
            }
            What::UnitStarted(_) if counts => order.started = order.started.saturating_add(pieces),
            What::UnitCompleted(UnitCompleted { again: false })
            | What::UnitDispatched(UnitDispatched { shipment: None, again: false })
                if counts =>
            {
                order.finished = order.finished.saturating_add(pieces);
            }
            What::ScrapReversed(_) if counts => order.scrapped = order.scrapped.saturating_sub(pieces),
            What::Disposed(d) if counts && d.outcome == Outcome::Scrap => {
                order.scrapped = order.scrapped.saturating_add(pieces);
            }
            _ => {}
        }
        Some(order)
    }

    /// How many units may still begin.
    pub fn left(&self) -> u32 {
        self.quantity.saturating_sub(self.started.saturating_sub(self.scrapped))
    }

    /// Whether as many units are on their way or done as it asks for.
    pub fn is_full(&self) -> bool {
        self.left() == 0
    }
}

/// The serial numbers from one to another: the same text, and digits at its end that count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SerialRange {
    first: UnitId,
    last: UnitId,
}

/// The text is no range of serial numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a range is two numbers of one form, such as PC226-000401..PC226-000440")]
pub struct BadRange;

impl SerialRange {
    /// The first number.
    pub fn first(&self) -> &UnitId {
        &self.first
    }

    /// The last number.
    pub fn last(&self) -> &UnitId {
        &self.last
    }

    /// How many numbers it has.
    pub fn size(&self) -> u64 {
        let count = |unit: &UnitId| split(unit.as_str()).1.parse::<u64>().unwrap_or(0);
        count(&self.last).saturating_sub(count(&self.first)).saturating_add(1)
    }

    /// Whether a number lies in it.
    pub fn contains(&self, unit: &str) -> bool {
        let (text, digits) = split(self.first.as_str());
        let tail = unit.strip_prefix(text).filter(|tail| tail.len() == digits.len());
        let counts = tail.is_some_and(|tail| tail.bytes().all(|b| b.is_ascii_digit()));
        counts && self.first.as_str() <= unit && unit <= self.last.as_str()
    }

    /// Whether some number lies in both.
    pub fn overlaps(&self, other: &Self) -> bool {
        let same_form = split(self.first.as_str()).0 == split(other.first.as_str()).0
            && self.first.as_str().len() == other.first.as_str().len();
        same_form && self.first <= other.last && other.first <= self.last
    }
}

/// What the numbers of one form have in common: the number with its counting digits set to zero. Two ranges can only
/// meet, and a number can only lie in a range, where the forms are the same.
pub fn form(number: &UnitId) -> String {
    let (text, digits) = split(number.as_str());
    format!("{text}{}", "0".repeat(digits.len()))
}

/// The text of a number, and the digits at its end that count.
fn split(number: &str) -> (&str, &str) {
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count().min(COUNTING_DIGITS_MOST);
    number.split_at(number.len() - digits)
}

impl FromStr for SerialRange {
    type Err = BadRange;

    fn from_str(text: &str) -> Result<Self, BadRange> {
        let (first, last) = text.split_once("..").ok_or(BadRange)?;
        let unit = |text: &str| UnitId::parse(text.trim()).map_err(|_bad| BadRange);
        let (first, last) = (unit(first)?, unit(last)?);
        let ((a, from), (b, to)) = (split(first.as_str()), split(last.as_str()));
        if a != b || from.len() != to.len() || from.is_empty() || first > last {
            return Err(BadRange);
        }
        Ok(Self { first, last })
    }
}

impl fmt::Display for SerialRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.first, self.last)
    }
}

impl Serialize for SerialRange {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SerialRange {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> SerialRange {
        text.parse().unwrap()
    }

    #[test]
    fn a_range_is_two_numbers_of_one_form() {
        for bad in ["", "A1", "A1..", "A1..B2", "A2..A1", "A9..A10", "A..B", "..", "A1..A2..A3"] {
            assert!(bad.parse::<SerialRange>().is_err(), "{bad}");
        }
        let one = range("PC226-000401..PC226-000440");
        assert_eq!((one.size(), one.to_string().as_str()), (40, "PC226-000401..PC226-000440"));
        assert_eq!(range("7..7").size(), 1);
    }

    #[test]
    fn what_lies_in_a_range_has_its_form() {
        let r = range("A08..A12");
        let inside: Vec<_> =
            ["A08", "A10", "A12", "A07", "A13", "A1", "A010", "B09", "A0:", "A0"].map(|n| r.contains(n)).into();
        assert_eq!(inside, [true, true, true, false, false, false, false, false, false, false]);
    }

    #[test]
    fn numbers_of_one_form_share_it() {
        let forms: Vec<String> = ["A08", "A10", "A008", "B08", "A"].map(|n| form(&UnitId::parse(n).unwrap())).into();
        assert_eq!(forms, ["A00", "A00", "A000", "B00", "A"]);
    }

    #[test]
    fn ranges_overlap_where_a_number_lies_in_both() {
        let r = range("A08..A12");
        for (other, expected) in [("A12..A20", true), ("A01..A08", true), ("A13..A20", false), ("A008..A012", false)] {
            assert_eq!((r.overlaps(&range(other)), range(other).overlaps(&r)), (expected, expected), "{other}");
        }
    }
}

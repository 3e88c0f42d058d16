//! Numbers of a given form: the n-th text that a pattern matches.
//!
//! A pattern becomes a row of places with the characters that each may have; a number is written in them as a mileage
//! counter writes it. Of alternatives the first is taken, of repeats as few as may be.

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::domain::pattern::Pattern;

/// Places for a repeat that has no end.
const REPEATS: u32 = 6;
/// Places that a number may have.
const PLACES_MOST: usize = 64;

/// The texts of a pattern, in order.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    places: Vec<Vec<char>>,
    most: u64,
}

impl Numbers {
    /// The texts of a pattern; none where it asks for more than characters in a row.
    pub(super) fn of(pattern: &Pattern) -> Option<Self> {
        let hir = regex_syntax::parse(pattern.as_str()).ok()?;
        let mut places = Vec::new();
        walk(&hir, &mut places)?;
        let most = places.iter().try_fold(1_u64, |n, place| n.checked_mul(u64::try_from(place.len()).ok()?));
        let numbers = Self { places, most: most.unwrap_or(u64::MAX) };
        let sound = [0, 1, numbers.most - 1].iter().all(|n| pattern.matches(&numbers.text(*n)));
        sound.then_some(numbers)
    }

    /// How many there are.
    pub(super) fn most(&self) -> u64 {
        self.most
    }

    /// The n-th one; after the last comes the first again.
    pub(super) fn text(&self, n: u64) -> String {
        let mut rest = n % self.most;
        let mut text: Vec<char> = Vec::with_capacity(self.places.len());
        for place in self.places.iter().rev() {
            let radix = u64::try_from(place.len()).unwrap_or(1).max(1);
            let digit = usize::try_from(rest % radix).unwrap_or(0);
            text.extend(place.get(digit));
            rest /= radix;
        }
        text.iter().rev().collect()
    }
}

/// Appends the places of a pattern; none where it cannot be written as places.
fn walk(hir: &Hir, places: &mut Vec<Vec<char>>) -> Option<()> {
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Look(_) => return None,
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            places.extend(text.chars().map(|c| vec![c]));
        }
        HirKind::Class(class) => places.push(characters(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or_else(|| repetition.min.max(REPEATS));
            let times = if repetition.min == 0 { 0 } else { repetition.min.max(REPEATS).min(most) };
            for _ in 0..times {
                walk(&repetition.sub, places)?;
            }
        }
        HirKind::Capture(capture) => walk(&capture.sub, places)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| walk(part, places))?,
        HirKind::Alternation(ways) => walk(ways.first()?, places)?,
    }
    (places.len() <= PLACES_MOST).then_some(())
}

/// The printable ASCII characters of a class, in order.
fn characters(class: &Class) -> Option<Vec<char>> {
    let printable = ' '..='~';
    let found: Vec<char> = match class {
        Class::Unicode(class) => {
            printable.filter(|c| class.ranges().iter().any(|r| (r.start()..=r.end()).contains(c))).collect()
        }
        Class::Bytes(class) => printable
            .filter(|c| class.ranges().iter().any(|r| (char::from(r.start())..=char::from(r.end())).contains(c)))
            .collect(),
    };
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(pattern: &str) -> Option<Numbers> {
        Numbers::of(&Pattern::parse(pattern).unwrap())
    }

    #[test]
    fn a_pattern_counts_like_a_mileage_counter() {
        let serial = numbers(r"PC2\d{2}-\d{6}").unwrap();
        assert_eq!(serial.most(), 100_000_000);
        assert_eq!(serial.text(0), "PC200-000000");
        assert_eq!(serial.text(26_000_041), "PC226-000041");
        assert_eq!(serial.text(100_000_000), "PC200-000000");
        let mixed = numbers(r"(?:AB|C)[A-C]x?\d+").unwrap();
        assert_eq!(mixed.text(1_000_000), "ABB000000");
    }

    #[test]
    fn what_is_no_row_of_characters_has_no_numbers() {
        assert!(numbers(r"\bA\d").is_none());
        assert!(numbers("[0-9]{65}").is_none());
        assert_eq!(numbers("A").unwrap().most(), 1);
    }
}

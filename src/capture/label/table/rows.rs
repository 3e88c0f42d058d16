//! The way into the table.

use super::{identity, internal, measures, particulars, places, special};
use crate::capture::label::ai::{Ai, place};

/// The rows that begin with a digit, in the order of their text.
fn beginning_with(first: u8) -> &'static [Ai] {
    match first {
        b'0'..=b'2' => identity::ROWS,
        b'3' => measures::ROWS,
        b'4' => places::ROWS,
        b'7' => particulars::ROWS,
        b'8' => special::ROWS,
        b'9' => internal::ROWS,
        _ => &[],
    }
}

/// The row of an identifier, whole.
pub fn find(key: &str) -> Option<&'static Ai> {
    let rows = beginning_with(*key.as_bytes().first()?);
    let place = place(key);
    let after = rows.partition_point(|row| row.from <= place);
    rows.get(after.checked_sub(1)?).filter(|row| row.is(key))
}

/// Every row.
pub fn all() -> impl Iterator<Item = &'static Ai> {
    [identity::ROWS, measures::ROWS, places::ROWS, particulars::ROWS, special::ROWS, internal::ROWS]
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_found_by_their_own_text() {
        for rows in (b'0'..=b'9').map(beginning_with) {
            assert!(rows.windows(2).all(|pair| pair[0].last < pair[1].first));
        }
        for row in all() {
            assert!(row.first <= row.last && row.first.len() == row.last.len(), "{}", row.first);
            for key in [row.first, row.last] {
                assert_eq!(find(key).map(|found| found.first), Some(row.first));
            }
        }
        for none in ["", "0", "04", "011", "3106", "3944", "7009 ", "8044", "X1", "5", "ä"] {
            assert!(find(none).is_none(), "{none}");
        }
    }

    #[test]
    fn no_identifier_begins_with_another() {
        let keys: Vec<&str> = all().flat_map(|row| [row.first, row.last]).collect();
        for key in &keys {
            let whole = keys.iter().filter(|other| other.len() > key.len() && other.starts_with(key)).count();
            assert_eq!(whole, 0, "{key}");
        }
    }

    #[test]
    fn what_a_row_names_is_in_the_table() {
        for row in all() {
            let named = row.needs.iter().flat_map(|group| group.iter()).chain(row.never_with);
            let named = named.chain(row.key.iter().flat_map(|orders| orders.iter().flat_map(|order| order.iter())));
            for pattern in named {
                assert!(all().any(|other| other.fits(pattern)), "{} names {pattern}", row.first);
            }
        }
    }
}

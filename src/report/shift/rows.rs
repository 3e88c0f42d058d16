//! Rows that are counted or listed, up to a limit: a sheet of paper ends, and so does memory.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::SerializeStruct as _;

/// Rows that one part of the sheet may have.
pub(super) const ROWS_MOST: usize = 200;

/// Rows by their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<K, R> {
    rows: BTreeMap<K, R>,
    /// What would have had a row of its own.
    more: u64,
}

impl<K, R> Default for Rows<K, R> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), more: 0 }
    }
}

impl<K: Ord, R> Rows<K, R> {
    /// The row of a key, made where there is none and room for one.
    pub(super) fn row(&mut self, key: K, fresh: impl FnOnce() -> R) -> Option<&mut R> {
        if self.rows.len() >= ROWS_MOST && !self.rows.contains_key(&key) {
            self.more += 1;
            return None;
        }
        Some(self.rows.entry(key).or_insert_with(fresh))
    }

    /// The rows, in the order of their keys.
    pub fn all(&self) -> impl Iterator<Item = &R> {
        self.rows.values()
    }

    /// How many times there was no room for a row.
    pub fn more(&self) -> u64 {
        self.more
    }
}

impl<K, R: Serialize> Serialize for Rows<K, R> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut written = to.serialize_struct("rows", 2)?;
        written.serialize_field("rows", &self.rows.values().collect::<Vec<_>>())?;
        written.serialize_field("more", &self.more)?;
        written.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_so_many_rows_and_those_still_count() {
        let mut rows: Rows<usize, u64> = Rows::default();
        for key in (0..ROWS_MOST + 3).chain([0, 7]) {
            if let Some(n) = rows.row(key, || 0) {
                *n += 1;
            }
        }
        assert_eq!((rows.all().count(), rows.more()), (ROWS_MOST, 3));
        assert_eq!(rows.all().copied().take(2).collect::<Vec<_>>(), [2, 1]);
    }
}

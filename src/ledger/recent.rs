//! What was folded lately and may be needed again, so that the next action need not fold it anew.
//!
//! A value that changed is written once for each commit, however many events changed it.

use std::collections::HashMap;
use std::hash::Hash;

/// A bounded memory of values by key. Changed values stay until they are settled; then the older half may go.
#[derive(Debug)]
pub(super) struct Recent<K, V> {
    kept: HashMap<K, Kept<V>>,
    changed: Vec<K>,
    most: usize,
    turn: u64,
}

#[derive(Debug)]
struct Kept<V> {
    value: V,
    changed: bool,
    used: u64,
}

impl<K: Hash + Eq + Clone, V> Recent<K, V> {
    /// An empty memory of at most so many settled values.
    pub(super) fn new(most: usize) -> Self {
        Self { kept: HashMap::new(), changed: Vec::new(), most, turn: 0 }
    }

    /// The value, where it is remembered.
    pub(super) fn get(&mut self, key: &K) -> Option<&V> {
        self.touch(key).map(|kept| &kept.value)
    }

    /// The value, to be changed.
    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.touch(key).map(|kept| &mut kept.value)
    }

    fn touch(&mut self, key: &K) -> Option<&mut Kept<V>> {
        self.turn += 1;
        let turn = self.turn;
        let kept = self.kept.get_mut(key)?;
        kept.used = turn;
        Some(kept)
    }

    /// Remembers a value as it is stored.
    pub(super) fn put(&mut self, key: K, value: V) {
        if self.is_full() {
            self.trim();
        }
        self.turn += 1;
        self.kept.insert(key, Kept { value, changed: false, used: self.turn });
    }

    /// Notes that a remembered value changed and is to be written.
    pub(super) fn mark(&mut self, key: &K) {
        if let Some(kept) = self.kept.get_mut(key)
            && !kept.changed
        {
            kept.changed = true;
            self.changed.push(key.clone());
        }
    }

    /// Writes what changed, in the order in which it first did, and lets the older half go where there is too much.
    pub(super) fn settle<E>(&mut self, mut write: impl FnMut(&K, &V) -> Result<(), E>) -> Result<(), E> {
        for key in self.changed.drain(..) {
            if let Some(kept) = self.kept.get_mut(&key) {
                write(&key, &kept.value)?;
                kept.changed = false;
            }
        }
        if self.kept.len() > self.most {
            self.trim();
        }
        Ok(())
    }

    /// Lets the older half go, but never what waits to be written.
    fn trim(&mut self) {
        let mut used: Vec<u64> = self.kept.values().map(|k| k.used).collect();
        used.sort_unstable();
        let median = used.get(used.len().saturating_sub(self.most / 2)).copied().unwrap_or(u64::MAX);
        self.kept.retain(|_, kept| kept.changed || kept.used >= median);
    }

    /// Whether there is so much that what changed should be settled.
    pub(super) fn is_full(&self) -> bool {
        self.kept.len() > self.most * 2
    }

    /// Forgets one value, what waits to be written too.
    pub(super) fn forget(&mut self, key: &K) {
        self.kept.remove(key);
        self.changed.retain(|changed| changed != key);
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.kept.clear();
        self.changed.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_value_is_written_once_and_the_older_half_goes() {
        let mut recent = Recent::new(4);
        for key in 0..6 {
            recent.put(key, key * 10);
        }
        for _ in 0..3 {
            *recent.get_mut(&1).unwrap() += 1;
            recent.mark(&1);
        }
        recent.mark(&0);
        let mut written = Vec::new();
        recent
            .settle(|k, v| -> Result<(), ()> {
                written.push((*k, *v));
                Ok(())
            })
            .unwrap();
        assert_eq!(written, [(1, 13), (0, 0)]);
        assert!(recent.get(&1).is_some(), "it was used last");
        assert!(recent.get(&0).is_none(), "it was used first");
        assert_eq!(recent.kept.len(), 2);
        recent.settle(|_, _| -> Result<(), ()> { panic!("nothing changed") }).unwrap();
        recent.mark(&1);
        for key in 10..100 {
            recent.put(key, 0);
        }
        assert!(recent.kept.len() <= 9, "it does not grow by being asked");
        assert!(recent.get(&1).is_some(), "what waits to be written stays");
    }
}

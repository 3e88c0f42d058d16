//! The nests of a station: where several units are open at once, each has its numbered place.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::UnitId;
use super::station::Station;

/// A nest, and the unit that is open in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nest {
    /// Its number, from 1.
    pub nest: u32,
    /// The unit.
    pub unit: UnitId,
    /// The event that opened it there.
    pub opened: Link,
}

impl Station {
    /// A unit is taken up: in a nest beside the others, or alone.
    pub(super) fn take_up(&mut self, event: &Event) {
        let (unit, link) = (event.about.unit.clone(), event.stamp.link());
        match event.about.nest.zip(unit.clone()) {
            Some((nest, unit)) => {
                self.nests.retain(|n| n.nest != nest && n.unit != unit);
                self.nests.push(Nest { nest, unit, opened: link.clone() });
                self.nests.sort_by_key(|n| n.nest);
            }
            None => self.nests.clear(),
        }
        self.open = unit;
        self.opened = Some(link);
    }

    /// A unit is put down. Where others are open, the one in the nest that follows is the next to be worked on.
    pub(super) fn put_down(&mut self, event: &Event) {
        let gone = event.about.unit.as_ref();
        let place = self.nests.iter().find(|n| Some(&n.unit) == gone).map(|n| n.nest);
        self.nests.retain(|n| Some(&n.unit) != gone);
        if self.open.as_ref() != gone && !self.nests.is_empty() {
            return;
        }
        let following = self.nests.iter().find(|n| Some(n.nest) > place).or(self.nests.first());
        (self.open, self.opened) = following.map(|n| (n.unit.clone(), n.opened.clone())).unzip();
    }
}

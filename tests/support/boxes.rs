//! What happens to the box that a floor stands on: it is copied, it dies, another one goes on in its place, and what
//! the dead one recorded turns up after all.

use traveller::domain::id::Epoch;
use traveller::ledger::open_reader;

use super::floor::Floor;
use super::forked::in_place_of;
use super::plant::Plant;

/// What happens to the box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// A copy of its record leaves it.
    Copied,
    /// Another box goes on with all that it recorded; it stays beside that one.
    Replaced,
    /// The box beside this one is used.
    Swapped,
    /// What both recorded comes together, and a third one goes on.
    Joined,
    /// A third one goes on with what both recorded, but for what the box beside recorded after its copy.
    JoinedWithoutTheLast,
}

impl Fate {
    /// What a scenario says of it.
    pub(crate) fn said(words: &str) -> Option<Self> {
        Some(match words {
            "a copy of the record is made" => Self::Copied,
            "another box goes on in its place" => Self::Replaced,
            "the other box is used" => Self::Swapped,
            "what both boxes recorded comes together" => Self::Joined,
            "what the other box recorded after its copy is lost" => Self::JoinedWithoutTheLast,
            _ => return None,
        })
    }
}

/// The box beside the one in use, and what was answered at others.
#[derive(Default)]
pub(crate) struct Boxes {
    beside: Option<Plant>,
    /// The last event of the copy.
    copied: u64,
    /// Whether another box was ever in use.
    pub(super) changed: bool,
    pub(super) told: String,
}

impl Floor {
    /// Lets something happen to the box.
    pub(super) fn befalls(&mut self, fate: Fate) {
        let here = &self.plant;
        let beside = || self.boxes.beside.as_ref().expect("a box beside");
        let next = match fate {
            Fate::Copied => {
                self.boxes.copied = self.events();
                return;
            }
            Fate::Replaced => in_place_of(&[here], |_| true),
            Fate::Joined => in_place_of(&[beside(), here], |_| true),
            Fate::JoinedWithoutTheLast => {
                let (own, copied) = (epoch(here), self.boxes.copied);
                in_place_of(&[beside(), here], |e| e.stamp.epoch == own || e.stamp.seq <= copied)
            }
            Fate::Swapped => self.boxes.beside.take().expect("a box beside"),
        };
        self.boxes.told = self.answered();
        self.boxes.changed = true;
        let left = self.stand_on(next);
        self.boxes.beside = matches!(fate, Fate::Replaced | Fate::Swapped).then_some(left);
    }
}

/// The life of the ledger that a box records in.
fn epoch(plant: &Plant) -> Epoch {
    open_reader(&plant.ledger()).unwrap().head().unwrap().unwrap().epoch
}

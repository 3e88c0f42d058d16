//! Whether the events of a unit hang together: nothing missing between them, and nothing twice at one place.

use super::finding::Finding;
use super::record::break_said;
use crate::domain::causal::{self, Break, Thread};
use crate::domain::event::Event;
use crate::domain::id::UnitId;
use crate::domain::traveller::Traveller;

/// What is broken in a history that one stream tells alone. What several streams tell is looked at by the fold.
pub fn broken(unit: &UnitId, traveller: &Traveller, events: &[Event]) -> Vec<Finding> {
    if !traveller.breaks.is_empty() || events.iter().any(|event| event.stamp.elsewhere.is_some()) {
        return Vec::new();
    }
    let threads: Vec<_> = events.iter().map(Thread::of).collect();
    causal::breaks(&threads).iter().map(|broken| told(unit, broken)).collect()
}

fn told(unit: &UnitId, broken: &Break) -> Finding {
    let (kind, what) = break_said(broken);
    // Only a ledger that somebody changed has this in one stream: the proof says where.
    let how = "traveller verify, then restore from a replica".to_owned();
    Finding { who: "the technician".to_owned(), how, ..Finding::of_unit(unit, kind, None, what) }
}

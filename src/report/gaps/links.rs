//! Whether the events of a unit hang together: nothing missing between them, and nothing twice at one place.

use super::finding::Finding;
use super::kind::Kind;
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

/// Something broken, in words.
fn told(unit: &UnitId, broken: &Break) -> Finding {
    let (kind, what) = match broken {
        Break::Hole { event, missing } => {
            (Kind::Hole, format!("event {event} builds on event {missing}, which is not there"))
        }
        Break::Fork { parent, children } => {
            let children: Vec<_> = children.iter().map(|child| format!("event {child}")).collect();
            let on = parent.as_ref().map_or_else(|| "begin the unit".to_owned(), |p| format!("build on event {p}"));
            (Kind::Fork, format!("{} each {on}", children.join(" and ")))
        }
    };
    // Only a ledger that somebody changed has this in one stream: the proof says where.
    let how = "traveller verify, then restore from a replica".to_owned();
    Finding { who: "the technician".to_owned(), how, ..Finding::of_unit(unit, kind, None, what) }
}

//! What every gate of the past decided is decided the same by the program of now.
//!
//! `records/gate-1.jsonl` and its like are whole ledgers, written by the last program that had that gate: a shift of
//! scenarios, refusals and all. They are never changed; a new gate leaves one of its own when the next one comes.

use std::collections::BTreeSet;
use std::sync::Arc;

use traveller::app::port::Fault;
use traveller::app::replay::{self, History};
use traveller::domain::event::{Event, Link};
use traveller::domain::gate::GATE;
use traveller::domain::id::{Revision, RouteId, UnitId};
use traveller::domain::route::Route;
use traveller::domain::what::What;

/// Every gate before this one, and how many words of the record its ledger comes to: kinds of events, and codes.
const PAST: [(u32, &str, usize); 4] = [
    (1, include_str!("records/gate-1.jsonl"), 58),
    (2, include_str!("records/gate-2.jsonl"), 61),
    (3, include_str!("records/gate-3.jsonl"), 73),
    (4, include_str!("records/gate-4.jsonl"), 76),
];

/// A ledger as its lines.
struct Lines(Vec<Event>);

impl Lines {
    fn read(file: &str) -> Self {
        Self(file.lines().map(|body| Event::read(body).unwrap_or_else(|e| panic!("{e}: {body}"))).collect())
    }

    fn of(&self, is_it: impl Fn(&Event) -> bool) -> Vec<Event> {
        self.0.iter().filter(|event| is_it(event)).cloned().collect()
    }

    fn acts(&self) -> BTreeSet<u64> {
        self.0.iter().map(|event| event.stamp.act).collect()
    }
}

impl History for Lines {
    fn of_unit(&mut self, unit: &UnitId) -> Result<Vec<Event>, Fault> {
        Ok(self.of(|event| event.about.unit.as_ref() == Some(unit)))
    }

    fn action(&mut self, act: u64) -> Result<Vec<Event>, Fault> {
        Ok(self.of(|event| event.stamp.act == act))
    }

    fn event(&mut self, link: &Link) -> Result<Option<Event>, Fault> {
        Ok(self.of(|event| event.stamp.seq == link.seq()).pop())
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        let is_it = |event: &&Event| {
            let about = &event.about;
            about.route.as_ref() == Some(route) && about.revision.as_ref() == Some(revision)
        };
        let text = self.0.iter().filter(is_it).find_map(|event| {
            if let What::RouteReleased(released) = &event.what { Some(released.text.as_str()) } else { None }
        });
        Ok(text.and_then(traveller::route_file::released).map(Arc::new))
    }
}

/// The kind of an event; of a refusal, its code.
fn word(event: &Event) -> &'static str {
    if let What::Refused(refused) = &event.what { refused.code.word() } else { event.what.kind() }
}

#[test]
fn every_gate_before_this_one_left_a_ledger() {
    let gates: Vec<u32> = PAST.iter().map(|(gate, ..)| *gate).collect();
    assert_eq!(gates, (1..GATE).collect::<Vec<_>>());
}

#[test]
fn what_a_past_gate_decided_is_decided_the_same() {
    for (gate, file, words) in PAST {
        let mut ledger = Lines::read(file);
        let decided_by: BTreeSet<u32> = ledger.0.iter().filter_map(|e| Some(e.cause.as_ref()?.gate)).collect();
        assert_eq!(decided_by, BTreeSet::from([gate]));
        let found: BTreeSet<_> = ledger.0.iter().map(word).collect();
        assert_eq!(found.len(), words, "gate {gate}: {found:?}");
        let acts = ledger.acts();
        let replayed = replay::actions(&mut ledger, acts).unwrap();
        assert_eq!(replayed.different, [], "gate {gate}");
        assert!(replayed.decisions > 200, "gate {gate}: {} decisions", replayed.decisions);
    }
}

#[test]
fn each_gate_decides_something_else_than_the_next() {
    // What gate 5 decides otherwise than gate 4 comes of what several ledgers tell; the ledger of gate 4 is one alone.
    for (gate, file, _) in &PAST[..PAST.len() - 1] {
        let mut ledger = Lines::read(file);
        for cause in ledger.0.iter_mut().filter_map(|event| event.cause.as_mut()) {
            cause.gate = gate + 1;
        }
        let acts = ledger.acts();
        let replayed = replay::actions(&mut ledger, acts).unwrap();
        assert!(
            !replayed.different.is_empty(),
            "gate {gate} decides nothing of its ledger otherwise than the next one"
        );
    }
}

//! What a pipe acknowledged, held against the ledger: all of it is there, as it was said.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};
use traveller::domain::event::Event;
use traveller::domain::id::{Session, UnitId};
use traveller::domain::label::hex;
use traveller::ledger::read::events::Which;
use traveller::ledger::{head_file, open_reader};

/// The answers that came, by the number of the event that each names.
#[derive(Default)]
pub(crate) struct Acknowledged(BTreeMap<u64, Value>);

impl Acknowledged {
    pub(crate) fn hear(&mut self, answer: Value) {
        self.0.insert(answer["event"]["seq"].as_u64().unwrap(), answer);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The head file may lag behind the ledger, and never leads.
    pub(crate) fn head_does_not_lead(&self, ledger: &Path) {
        let head = open_reader(ledger).unwrap().head().unwrap().unwrap();
        let head_file::Content::Record(seen) = head_file::read(&head_file::default_path(ledger)).unwrap() else {
            panic!("the head file cannot be read")
        };
        assert!(seen.seq <= head.seq, "the head file saw {}, the ledger ends at {}", seen.seq, head.seq);
        let last = self.0.last_key_value().map_or(0, |(seq, _)| *seq);
        assert!(last <= head.seq, "{last} was acknowledged, the ledger ends at {}", head.seq);
    }

    /// Everything acknowledged is there as it was said. The actions of pipes that nobody heard of, by session.
    pub(crate) fn are_on_record(&self, ledger: &Path) -> BTreeMap<Session, Vec<u64>> {
        let events = events(ledger);
        let mut unheard: BTreeMap<Session, Vec<u64>> = BTreeMap::new();
        let mut heard = 0;
        for action in events.chunk_by(|a, b| a.stamp.act == b.stamp.act) {
            let (first, last) = (&action[0], action.last().unwrap());
            assert!(action.iter().zip(first.stamp.act..).all(|(e, seq)| e.stamp.seq == seq), "{first:?}");
            let cause = first.cause.as_ref();
            match (self.0.get(&last.stamp.seq), cause.and_then(|c| c.ambient.session.clone())) {
                (Some(answer), _) => {
                    heard += 1;
                    is_as_said(action, answer);
                }
                // What an earlier run left open is put down without anybody asking.
                (None, Some(_)) if first.what.kind() == "unit-closed" || first.what.kind() == "signed-off" => {}
                (None, Some(session)) => unheard.entry(session).or_default().push(first.stamp.seq),
                (None, None) => {}
            }
        }
        assert_eq!(heard, self.0.len(), "something acknowledged is not on record");
        unheard
    }
}

/// Every event of the ledger, its chain reckoned again.
fn events(ledger: &Path) -> Vec<Event> {
    let mut hash = "0".repeat(64);
    let mut events = Vec::new();
    open_reader(ledger)
        .unwrap()
        .each_event(&Which::All, |stored| {
            hash = hex(&Sha256::digest(format!("{hash}\n{}", stored.body)));
            assert_eq!(hash, stored.hash.hex(), "the chain breaks after {} events", events.len());
            events.push(stored.event()?);
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    events
}

fn is_as_said(action: &[Event], answer: &Value) {
    let kinds: Vec<_> = action.iter().map(|e| e.what.kind()).collect();
    let did = answer["did"].as_str().unwrap_or("refused");
    assert!(kinds.contains(&did), "{kinds:?}, and acknowledged was {answer}");
    let last = action.last().unwrap();
    assert_eq!(last.about.unit.as_ref().map(UnitId::as_str), answer["unit"].as_str(), "{answer}");
    assert_eq!(last.stamp.epoch.as_str(), answer["event"]["epoch"].as_str().unwrap());
}

//! Boxes that went on in the place of others, so that a unit has two histories, or lacks a piece of its own.

use std::ops::ControlFlow;

use traveller::domain::event::{Event, EventRef};
use traveller::ledger::birth::Restored;
use traveller::ledger::chain::Hash;
use traveller::ledger::plant::Next;
use traveller::ledger::read::events::Which;
use traveller::ledger::{open_plant, open_reader};

use super::plant::Plant;

/// A box that goes on after the last of several others, with all that they recorded and `takes` lets through. People
/// keep their PINs.
pub(crate) fn in_place_of(others: &[&Plant], takes: impl Fn(&Event) -> bool) -> Plant {
    let last = others.last().expect("a box goes on after another");
    let plant = last.copy(last.micros.load(std::sync::atomic::Ordering::SeqCst));
    for file in std::fs::read_dir(plant.dir.path()).unwrap() {
        let file = file.unwrap();
        if file.path().is_file() && file.path().extension().is_none_or(|e| e != "pins") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    let mut copies = open_plant(&plant.ledger(), true).unwrap();
    let mut newest = None;
    for other in others {
        let reader = open_reader(&other.ledger()).unwrap();
        copies.begin().unwrap();
        let mut events = Vec::new();
        reader
            .each_event(&Which::All, |stored| {
                events.push((stored.outcome()?, stored.body.clone(), stored.hash));
                Ok(ControlFlow::Continue(()))
            })
            .unwrap();
        for (event, body, hash) in events {
            let stamp = &event.stamp;
            let known = copies.reader().event(&stamp.terminal, &stamp.epoch, stamp.seq).unwrap();
            if takes(&event) && known.is_none() {
                let before = reader.event(&stamp.terminal, &stamp.epoch, stamp.seq.saturating_sub(1)).unwrap();
                let previous = before.map_or(Hash::ZERO, |stored| stored.hash);
                let next = Next::read(stamp.seq, body, (previous, hash));
                copies.take(&stamp.terminal, &stamp.epoch, next).unwrap();
            }
            newest = Some(EventRef(stamp.terminal.clone(), stamp.epoch.clone(), stamp.seq, hash.hex()));
        }
        copies.commit().unwrap();
    }
    let birth = plant.birth(newest);
    let restored = Restored { why: "the box died".to_owned(), ended: Vec::new() };
    copies.become_terminal(&"T1".parse().unwrap(), &birth, &restored).unwrap();
    plant
}

/// The same box twice: what was recorded so far is all that the second one knows.
pub(crate) fn replaced(plant: &Plant) -> Plant {
    in_place_of(&[plant], |_| true)
}

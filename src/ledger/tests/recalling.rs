//! Units held by the thousand: without their histories, and as if with them.

use super::plant::*;
use super::proving::dump;
use crate::domain::traveller::State;
use crate::domain::what::{UnitCompleted, What};
use crate::ledger::{open_reader, rebuild, verify};

/// A unit in every state, with its name.
const UNITS: [&str; 7] = ["NEW", "OPEN", "HELD", "FAILED", "DONE", "GONE", "SCRAP"];

fn units_in_every_state(ledger: &mut crate::ledger::Writer) {
    for name in UNITS {
        act(ledger, &[started(name)]);
    }
    act(ledger, &[opened("OPEN"), checked("OPEN", "2.20", true), held("HELD", "first")]);
    act(ledger, &[failed("FAILED"), failed("SCRAP"), passed("DONE", None), passed("GONE", None)]);
    let done = (about("DONE"), What::UnitCompleted(UnitCompleted::default()));
    let (scrap, _) = reworked("SCRAP", &[]);
    let outcome = crate::domain::what::Outcome::Scrap;
    let scrapped = What::Disposed(crate::domain::what::Disposed { outcome, removed: Vec::new(), defect: None });
    act(ledger, &[done, dispatched("GONE"), (scrap, scrapped)]);
}

#[test]
fn a_hold_without_the_history_leaves_the_row_that_the_fold_leaves() {
    let (quick, slow) = (Plant::new(), Plant::new());
    let (mut a, mut b) = (quick.writer(), slow.writer());
    units_in_every_state(&mut a);
    units_in_every_state(&mut b);
    // One forgets what it folded; the other one keeps every unit in mind.
    drop(a);
    let mut a = quick.writer();
    let holds: Vec<Draft> = UNITS.iter().chain(&UNITS).map(|name| held(name, "recall")).collect();
    act(&mut a, &holds);
    act(&mut b, &holds);
    let rows = dump(&a.reader.conn);
    let without = |rows: Vec<(String, Vec<Vec<rusqlite::types::Value>>)>| {
        rows.into_iter()
            .filter(|(table, _)| table == "unit" || table == "hold" || table == "unit_event")
            .collect::<Vec<_>>()
    };
    assert_eq!(without(rows.clone()), without(dump(&b.reader.conn)));
    let state = |name: &str| a.reader().unit(&unit(name)).unwrap().unwrap().state;
    assert_eq!(
        UNITS.map(state),
        [State::Held, State::Held, State::Held, State::Held, State::Held, State::Dispatched, State::Scrapped]
    );
    assert!(verify(&open_reader(&quick.path).unwrap(), None).unwrap().is_ok());
    rebuild(&mut a).unwrap();
    assert_eq!(dump(&a.reader.conn), rows);
    // What was held so is folded like any other afterwards.
    act(&mut a, &[hold_released("NEW"), checked("NEW", "2.20", true)]);
    assert!(verify(&open_reader(&quick.path).unwrap(), None).unwrap().is_ok());
}

//! Events of every version that plants have on disk, one for each kind: they stay readable for ever.
//!
//! `events/version-1.jsonl` was written by the first version and is never changed; nor is `events/version-2.jsonl`, by
//! the version that came with orders and gauges. A new version of a kind gets a file of its own. What an older version
//! of the gate decided is decided the same again, under the rules of then.

use std::collections::BTreeSet;
use std::sync::Arc;

use traveller::app::port::Fault;
use traveller::app::replay::{self, History};
use traveller::capture::label;
use traveller::domain::command::Command;
use traveller::domain::event::{Event, How, Link};
use traveller::domain::id::{Revision, RouteId, UnitId};
use traveller::domain::label::Label;
use traveller::domain::route::Route;
use traveller::domain::what::What;
use traveller::ledger::read::past::Past;
use traveller::station::clerk::With;
use traveller::station::pipe::input;

use crate::support::plant::Plant;
use crate::support::shell::Shell;

const VERSION_1: &str = include_str!("events/version-1.jsonl");
/// Kinds of events in the first version.
const KINDS: usize = 29;
/// Kinds that came with the second.
const NEW_KINDS: usize = 14;
/// Kinds that say more since the second.
const FULLER_KINDS: usize = 7;
/// The kinds that came with orders, gauges and the rules of a route, and those that say more since then.
const VERSION_2: &str = include_str!("events/version-2.jsonl");
/// What came after that: a line or more for each kind that is new, or says more.
const VERSION_3: &str = include_str!("events/version-3.jsonl");

/// The events of a file, each read as what was written. A kind that says more since then is written under its version
/// of now, and says the same.
fn read(file: &str) -> Vec<Event> {
    let event = |body: &str| {
        let event = Event::read(body).unwrap_or_else(|e| panic!("{e}: {body}"));
        let (_then, said) = body.split_once(',').expect("an event says more than its version");
        let as_now = format!("{{\"v\":{},{said}", event.what.version());
        assert_eq!(event.body(), as_now, "what was read is not what was written");
        let outcome = Event::read_outcome(body).unwrap();
        assert_eq!((&outcome.stamp, &outcome.about, &outcome.what), (&event.stamp, &event.about, &event.what));
        event
    };
    file.lines().map(event).collect()
}

#[test]
fn what_the_first_version_wrote_is_read_and_written_the_same() {
    let kinds: BTreeSet<_> = read(VERSION_1).iter().map(|event| event.what.kind()).collect();
    assert_eq!(kinds.len(), KINDS, "{kinds:?}");
}

#[test]
fn what_the_second_version_wrote_is_read_and_written_the_same() {
    let first: BTreeSet<_> = read(VERSION_1).iter().map(|event| event.what.kind()).collect();
    let (mut new, mut more) = (BTreeSet::new(), BTreeSet::new());
    for (event, body) in read(VERSION_2).iter().zip(VERSION_2.lines()) {
        let kind = event.what.kind();
        if first.contains(kind) {
            assert!(body.starts_with("{\"v\":2,"), "{kind} says more since then");
            more.insert(kind);
        } else {
            new.insert(kind);
        }
    }
    assert_eq!((new.len(), more.len()), (NEW_KINDS, FULLER_KINDS), "{new:?}, {more:?}");
}

/// The kinds that came with what one shift leaves to the next, and with engineering change.
const BETWEEN_SHIFTS: &str = include_str!("events/between-shifts.jsonl");

#[test]
fn what_was_first_written_between_shifts_is_read_and_written_the_same() {
    let kinds: BTreeSet<_> = read(BETWEEN_SHIFTS).iter().map(|event| event.what.kind()).collect();
    assert_eq!(kinds.len(), 10, "{kinds:?}");
}

#[test]
fn what_came_with_the_third_version_is_read_and_written_the_same() {
    let known = |file: &str| read(file).iter().map(|e| (e.what.kind(), e.what.version())).collect::<BTreeSet<_>>();
    let before: BTreeSet<_> = known(VERSION_1).into_iter().chain(known(VERSION_2)).map(|(kind, _)| kind).collect();
    for (event, body) in read(VERSION_3).iter().zip(VERSION_3.lines()) {
        let kind = event.what.kind();
        assert!(!before.contains(kind) || !body.starts_with("{\"v\":1,"), "{kind} is of an older version");
    }
}

/// The kinds that came with cartons and shipments, and the two that say more since then.
const PACKING: &str = include_str!("events/packing.jsonl");
/// How many those are.
const PACKING_KINDS: usize = 18;

#[test]
fn what_was_packed_and_shipped_is_read_and_written_the_same() {
    let kinds: BTreeSet<_> = read(PACKING).iter().map(|event| event.what.kind()).collect();
    assert_eq!(kinds.len(), PACKING_KINDS, "{kinds:?}");
    assert!(PACKING.lines().any(|body| body.starts_with("{\"v\":2,") && body.contains("\"unit-dispatched\"")));
}

/// The kinds that came with first pieces and golden samples.
const FIRST_PIECES: &str = include_str!("events/first-pieces.jsonl");

#[test]
fn what_was_first_written_of_first_pieces_and_samples_is_read_and_written_the_same() {
    let kinds: BTreeSet<_> = read(FIRST_PIECES).iter().map(|event| event.what.kind()).collect();
    assert_eq!(kinds.len(), 4, "{kinds:?}");
}

/// The kinds that came with labels that are replaced and printed again, and with paper.
const LABELS: &str = include_str!("events/labels.jsonl");

#[test]
fn what_became_of_labels_is_read_and_written_the_same() {
    let kinds: BTreeSet<_> = read(LABELS).iter().map(|event| event.what.kind()).collect();
    assert_eq!(kinds.len(), 6, "{kinds:?}");
}

/// What happens to loads and to pieces that come out of one; and the same since it says who stood by, and what was
/// measured with.
const LOADS: &str = include_str!("events/loads.jsonl");

#[test]
fn what_was_written_of_loads_is_read_and_written_the_same() {
    let of = |version: &str| -> BTreeSet<_> {
        let written = read(LOADS).into_iter().zip(LOADS.lines()).filter(|(_, body)| body.starts_with(version));
        written.map(|(event, _)| event.what.kind()).collect()
    };
    let kinds = BTreeSet::from(["batch-begun", "load-checked", "load-entered"]);
    assert_eq!((of("{\"v\":1,"), of("{\"v\":2,")), (kinds.clone(), kinds));
}

#[test]
fn what_is_no_event_is_refused_with_words() {
    let body = VERSION_1.lines().next().unwrap();
    for (damage, with) in
        [("\"v\":1", "\"v\":99"), ("ledger-created", "ledger-destroyed"), ("\"seq\":1", "\"seq\":\"1\"")]
    {
        let damaged = body.replacen(damage, with, 1);
        assert_ne!(damaged, body);
        assert!(Event::read(&damaged).unwrap_err().to_string().starts_with("no readable event: "));
    }
}

#[test]
fn the_labels_of_the_demonstration_are_those_that_a_scanner_sends() {
    let shell = Shell::new();
    shell.run("demo --no-terminal --units 40").done();
    let mut seen = 0;
    for body in shell.run("events --json").done().lines() {
        let event = Event::read(body).unwrap();
        let Some(Command::Scan { label, .. }) = event.cause.map(|cause| cause.cmd) else { continue };
        let structured = if let Label::Structured(read) = &label { Some(read.raw.as_str()) } else { None };
        let sent = structured.or(label.text()).unwrap();
        assert_eq!(label::read(Label::read(sent.as_bytes())), label);
        seen += usize::from(structured.is_some());
    }
    assert!(seen > 3, "{seen} GS1 labels");
}

/// The past as the first version of the gate would have written it: a label that no device sent was scanned by a
/// keyboard, and only material and observations told how they came in.
struct AsFirst<'l>(Past<'l>);

impl History for AsFirst<'_> {
    fn of_unit(&mut self, unit: &UnitId) -> Result<Vec<Event>, Fault> {
        self.0.of_unit(unit)
    }

    fn action(&mut self, act: u64) -> Result<Vec<Event>, Fault> {
        let mut events = self.0.action(act)?;
        for event in &mut events {
            let tells = matches!(event.what, What::MaterialInstalled(_) | What::CheckRecorded(_));
            let scanned = event.about.raw.is_some();
            event.about.how = match event.about.how.take() {
                Some(How::Typed) if tells && scanned => Some(How::Scanned("keyboard".parse().unwrap())),
                how => how.filter(|_| tells),
            };
            if let Some(cause) = &mut event.cause {
                cause.gate = 1;
            }
        }
        Ok(events)
    }

    fn event(&mut self, link: &Link) -> Result<Option<Event>, Fault> {
        self.0.event(link)
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        self.0.route(route, revision)
    }
}

#[test]
fn what_the_first_gate_decided_is_decided_the_same() {
    let plant = Plant::empty();
    let mut shell = plant.shell();
    shell.enrol_everybody();
    shell.release("tests/scenarios/routes/valve.toml");
    shell.receive("S-1", "SEAL", 10, None);
    for (at, lines) in [
        ("kit", &["OP-1", "V000001", "V000001", "B0001", "S-1"][..]),
        ("bench", &["OP-1", "V000001", "PLATE-V100", r#"{"value":"2.21"}"#, "HELLO"][..]),
    ] {
        let at = at.parse().unwrap();
        let mut clerk = plant.clerk(&at, &at, false);
        for line in lines {
            // Typed at a terminal: no device sent it.
            let command = input::read(line.as_bytes()).command;
            clerk.give(&command, &With::default()).unwrap();
        }
    }
    drop(shell);
    let reader = traveller::ledger::open_reader(&plant.ledger()).unwrap();
    let past = || reader.past(traveller::route_file::released).unwrap().unwrap();
    let mut acts = Vec::new();
    past()
        .each_action(|act| {
            acts.push(act);
            Ok(())
        })
        .unwrap();
    let now = replay::actions(&mut past(), acts.clone()).unwrap();
    let then = replay::actions(&mut AsFirst(past()), acts).unwrap();
    assert_eq!((&now.different, &then.different), (&Vec::new(), &Vec::new()));
    assert!(now.decisions > 10 && then.decisions == now.decisions);
    // The two differ, or nothing was told apart here.
    let how = |history: &mut dyn History| {
        let units = history.of_unit(&"V000001".parse().unwrap()).unwrap();
        let acts: BTreeSet<u64> = units.iter().map(|e| e.stamp.act).collect();
        let events = acts.into_iter().flat_map(|act| history.action(act).unwrap());
        events.filter_map(|e| e.about.how).collect::<Vec<_>>()
    };
    assert_ne!(how(&mut past()), how(&mut AsFirst(past())));
}

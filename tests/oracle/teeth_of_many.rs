//! The oracle's own test of many units at once: panels, and loads.

use traveller::capture::label;
use traveller::domain::command::Command;
use traveller::domain::event::Event;
use traveller::domain::id::UnitId;
use traveller::domain::label::Label;
use traveller::domain::load::LoadAct;
use traveller::domain::what::What;

use super::floor::Floor;
use super::routes::{BeginSpec, CheckSpec, LoadSpec, RouteSpec, StepSpec};
use super::teeth::{FIT, Lie, PLAIN, PREP, TEST, drop_nth, edit, nth, relinked, verdict};

fn scan(text: &str) -> Command {
    Command::Scan { label: label::read(Label::read(text.as_bytes())), unit: None }
}

fn unit(text: &str) -> UnitId {
    UnitId::parse(text).unwrap()
}

fn good_of(text: Option<&str>) -> Command {
    let value = "pass".to_owned();
    Command::Value { value, check: None, point: None, gauge: None, unit: text.map(unit) }
}

/// Boards that are printed two on a panel, cured in a load, parted, and tested one by one.
fn boards() -> RouteSpec {
    let confirm = CheckSpec { kind: 1, points: 0, scanned_only: false, source: None };
    let step =
        |class| StepSpec { class, attempts: 2, auto: true, checks: vec![confirm.clone()], ..StepSpec::default() };
    let load = Some(LoadSpec { units: 2, min: Some(10), max: Some(60), checked: true });
    let begin = BeginSpec { panel: true, ..BeginSpec::default() };
    let steps = vec![step(0), StepSpec { load, ..step(1) }, step(0), step(2)];
    RouteSpec { begin, steps, ..RouteSpec::bare() }
}

/// A panel goes its way to where it is parted, and one of its boards to the end.
fn good() -> Floor {
    let mut floor = Floor::new(vec![boards().build(0), RouteSpec::bare().build(1)], false).unwrap();
    let load = Command::Load;
    let story = [
        (PREP, scan("OP-1"), 0),
        (PREP, scan("U00"), 0),
        (PREP, good_of(Some("U00-2")), 0),
        (PREP, good_of(Some("U00-1")), 0),
        (FIT, scan("OP-1"), 0),
        (FIT, scan("U00"), 0),
        (FIT, load(LoadAct::TakeOut { unit: unit("U00-2") }), 0),
        (FIT, scan("U00-2"), 0),
        (FIT, load(LoadAct::Begin), 0),
        (FIT, good_of(None), 0),
        (FIT, load(LoadAct::End), 15),
        (PREP, scan("U00"), 0),
        (PREP, good_of(Some("U00-1")), 0),
        (PREP, good_of(None), 0),
        (TEST, scan("OP-2"), 0),
        (TEST, scan("U00-1"), 0),
        (TEST, good_of(None), 0),
    ];
    for (at, command, minutes) in story {
        floor.wait(minutes, false);
        floor.give(at, &command, PLAIN).unwrap();
    }
    floor
}

/// From the end of the load on, by the boot clock.
fn ended(events: &mut [Event], minutes: i64) {
    let from = nth(events, "load-ended", 0);
    for event in &mut events[from..] {
        event.stamp.mono = event.stamp.mono.checked_add_signed(minutes * 60_000_000).unwrap();
    }
}

/// The value names no unit, as if only one were open.
fn unnamed(event: &mut Event) {
    if let Some(cause) = &mut event.cause
        && let Command::Value { unit, .. } = &mut cause.cmd
    {
        *unit = None;
    }
}

/// The second board was not on the panel.
fn one_board(events: &mut Vec<Event>) {
    drop_nth(events, "unit-opened", 1);
    drop_nth(events, "unit-started", 1);
}

/// The unit that was taken out stayed in, and was taken out later.
fn out_late(events: &mut Vec<Event>) {
    let left = events.remove(nth(events, "load-left", 0));
    drop_nth(events, "load-entered", 2);
    events.insert(nth(events, "load-begun", 0) + 1, left);
}

fn another_value(event: &mut Event) {
    if let What::CheckRecorded(c) = &mut event.what {
        c.value = "PASS".to_owned();
    }
}

const LIES: [(&str, Lie, &str); 12] = [
    ("a board was left out", one_board, "leaves boards of the panel behind"),
    ("a board is in another's nest", |e| edit(e, "unit-opened", 0, |e| e.about.nest = Some(2)), "another nest"),
    ("a value names no board", |e| edit(e, "check-recorded", 0, unnamed), "one of several, not named"),
    ("it never went in", |e| drop_nth(e, "load-entered", 2), "begins with other units than are in it"),
    ("it went in twice", |e| drop_nth(e, "load-left", 0), "goes in, and is somewhere else"),
    ("it was taken out early", out_late, "is taken out of a load that has begun"),
    ("the load never began", |e| drop_nth(e, "load-begun", 0), "ends and never began"),
    ("it ended early", |e| ended(e, -8), "ends too early"),
    ("it ended late", |e| ended(e, 60), "says that it is InTime"),
    ("nobody looked at it", |e| drop_nth(e, "load-checked", 0), "ends without"),
    ("a board never came out", |e| drop_nth(e, "unit-treated", 0), "is not open here"),
    (
        "a board says another value",
        |e| edit(e, "check-recorded", 2, another_value),
        "what was not observed of the load",
    ),
];

#[test]
fn the_oracle_finds_every_lie_about_panels_and_loads() {
    let mut floor = good();
    floor.look_back().unwrap();
    let events = floor.ledger.events.clone();
    let count = |kind: &str| events.iter().filter(|e| e.what.kind() == kind).count();
    assert_eq!((count("unit-treated"), count("unit-completed")), (2, 1), "{:#?}", floor.story);
    assert_eq!(verdict(&floor, &relinked(events.clone())), Ok(()));
    let mut believed = Vec::new();
    for (what, lie, complaint) in LIES {
        let mut told = events.clone();
        lie(&mut told);
        match verdict(&floor, &relinked(told)) {
            Err(said) if said.contains(complaint) => {}
            said => believed.push(format!("{what}: {said:?}")),
        }
    }
    assert!(believed.is_empty(), "{believed:#?}\n{:#?}", floor.story);
}

/// Whoever fires is learning it, and somebody stands by; the thermometer is chosen, and read once.
fn tended() -> Floor {
    let confirm = CheckSpec { kind: 1, points: 0, scanned_only: false, source: None };
    let number = CheckSpec { kind: 0, ..confirm.clone() };
    let step = |class, check| StepSpec { class, attempts: 2, auto: true, checks: vec![check], ..StepSpec::default() };
    let load = Some(LoadSpec { units: 2, min: None, max: None, checked: true });
    let fired = StepSpec { load, skilled: true, gauges: 1, ..step(1, number) };
    let steps =
        vec![step(0, confirm), fired, step(0, CheckSpec { kind: 1, points: 0, scanned_only: false, source: None })];
    let route = RouteSpec { steps, ..RouteSpec::bare() };
    let mut floor = Floor::new(vec![route.build(0), RouteSpec::bare().build(1)], false).unwrap();
    let value = Command::Value { value: "1.50".to_owned(), check: None, point: None, gauge: None, unit: None };
    let load = Command::Load;
    let story = [
        (PREP, scan("OP-1")),
        (PREP, scan("U00")),
        (PREP, good_of(None)),
        (FIT, scan("LEAD-2")),
        (FIT, scan("U00")),
        (FIT, scan("OP-2")),
        (FIT, load(LoadAct::Begin)),
        (FIT, scan("D-7")),
        (FIT, value),
        (FIT, load(LoadAct::End)),
    ];
    for (at, command) in story {
        floor.give(at, &command, PLAIN).unwrap();
    }
    floor
}

fn stands_by(event: &mut Event, who: Option<&str>) {
    if let What::LoadEntered(e) = &mut event.what {
        e.supervisor = who.map(|badge| badge.parse().unwrap());
    }
}

fn measured_with(event: &mut Event, gauge: Option<&str>) {
    let gauge = gauge.map(|id| id.parse().unwrap());
    match &mut event.what {
        What::LoadChecked(e) => e.gauge = gauge,
        What::CheckRecorded(e) => e.gauge = gauge,
        _ => {}
    }
}

const LIES_OF_TENDED: [(&str, Lie, &str); 5] = [
    ("nobody stood by", |e| edit(e, "load-entered", 0, |e| stands_by(e, None)), "and nobody stands by"),
    (
        "somebody else stood by",
        |e| edit(e, "load-entered", 0, |e| stands_by(e, Some("LEAD"))),
        "has somebody stand by who gave no badge",
    ),
    ("nothing measured it", |e| edit(e, "load-checked", 0, |e| measured_with(e, None)), "says None, and was measured"),
    ("no gauge was chosen", |e| drop_nth(e, "gauge-selected", 0), "is measured without a gauge"),
    (
        "the unit says another gauge",
        |e| edit(e, "check-recorded", 1, |e| measured_with(e, Some("D-8"))),
        "what was not observed of the load",
    ),
];

#[test]
fn the_oracle_finds_every_lie_about_who_stood_by_at_a_load_and_what_measured_it() {
    let mut floor = tended();
    floor.look_back().unwrap();
    let events = floor.ledger.events.clone();
    assert_eq!(verdict(&floor, &relinked(events.clone())), Ok(()), "{:#?}", floor.story);
    for (what, lie, complaint) in LIES_OF_TENDED {
        let mut told = events.clone();
        lie(&mut told);
        let said = verdict(&floor, &relinked(told)).err().unwrap_or_default();
        assert!(said.contains(complaint), "{what}: {said:?}\n{:#?}", floor.story);
    }
}

/// Whoever prints is learning it, and somebody stands by at both boards of the panel.
fn tended_panel() -> Floor {
    let mut boards = boards();
    boards.steps[0].skilled = true;
    let mut floor = Floor::new(vec![boards.build(0), RouteSpec::bare().build(1)], false).unwrap();
    let story = [scan("LEAD-2"), scan("U00"), scan("OP-2"), good_of(Some("U00-2")), good_of(Some("U00-1"))];
    for command in story {
        floor.give(PREP, &command, PLAIN).unwrap();
    }
    floor
}

fn stands_by_at_a_board(event: &mut Event, who: Option<&str>) {
    if let What::UnitOpened(e) = &mut event.what {
        e.supervisor = who.map(|badge| badge.parse().unwrap());
    }
}

/// The badge was answered with the first board alone.
fn one_of_two(events: &mut Vec<Event>) {
    one_board(events);
    let begun = nth(events, "unit-started", 0);
    events[begun].cause.as_mut().unwrap().cmd = scan("OP-2");
}

const LIES_OF_TENDED_PANEL: [(&str, Lie, &str); 4] = [
    ("a board was left out", one_of_two, "leaves boards of the panel behind"),
    (
        "nobody stood by at one of them",
        |e| edit(e, "unit-opened", 1, |e| stands_by_at_a_board(e, None)),
        "is told of one board that somebody stands by, and not of another",
    ),
    (
        "somebody else stood by at one of them",
        |e| edit(e, "unit-opened", 1, |e| stands_by_at_a_board(e, Some("LEAD"))),
        "has somebody stand by who gave no badge",
    ),
    ("nobody was called", |e| drop_nth(e, "refused", 0), "has somebody stand by whom nobody called"),
];

#[test]
fn the_oracle_finds_every_lie_about_who_stood_by_at_a_panel() {
    let mut floor = tended_panel();
    floor.look_back().unwrap();
    let events = floor.ledger.events.clone();
    let opened = events.iter().filter(|e| e.what.kind() == "unit-opened").count();
    assert_eq!((opened, verdict(&floor, &relinked(events.clone()))), (2, Ok(())), "{:#?}", floor.story);
    for (what, lie, complaint) in LIES_OF_TENDED_PANEL {
        let mut told = events.clone();
        lie(&mut told);
        let said = verdict(&floor, &relinked(told)).err().unwrap_or_default();
        assert!(said.contains(complaint), "{what}: {said:?}\n{:#?}", floor.story);
    }
}

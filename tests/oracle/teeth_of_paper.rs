//! The oracle's own test of golden samples and of paper: a good record is believed, and each lie in it is found.

use traveller::capture::label;
use traveller::domain::command::Command;
use traveller::domain::event::{Event, How};
use traveller::domain::id::UnitId;
use traveller::domain::label::Label;
use traveller::domain::paper::Paper;
use traveller::domain::role::Auth;
use traveller::domain::what::{GoldenRun, What};

use super::floor::{Floor, With, badge};
use super::routes::{BeginSpec, CheckSpec, RouteSpec, StepSpec};
use super::teeth::{Lie, PLAIN, PREP, SIGNED, TEST, drop_nth, edit, relinked, verdict};

/// When the paper says that it happened, and other times.
const STATED: &str = "2026-11-23T06:00:00Z";
const BEFORE: &str = "2026-11-23T05:00:00Z";
const TO_COME: &str = "2026-11-24T06:00:00Z";
const LONG_AGO: &str = "2026-10-01T06:00:00Z";

type Said = (Option<usize>, Command, With);

fn scan(at: Option<usize>, text: &str) -> Said {
    (at, Command::Scan { label: label::read(Label::read(text.as_bytes())), unit: None }, PLAIN)
}

fn value(at: Option<usize>, value: &str) -> Said {
    (at, Command::Value { value: value.to_owned(), check: None, point: None, gauge: None, unit: None }, PLAIN)
}

/// Two units; a tester that tells the good sample from the bad one; a unit that it tests, and one that was tested on
/// paper.
fn good() -> Floor {
    let confirm = CheckSpec { kind: 1, points: 0, scanned_only: false, source: None };
    let step = StepSpec { auto: true, attempts: 2, checks: vec![confirm], ..StepSpec::default() };
    let test = StepSpec { class: 2, attempts: 1, back: 1, ..step.clone() };
    let first = RouteSpec {
        begin: BeginSpec::default(),
        dispatch: false,
        parts: super::parts::PartsSpec::default(),
        steps: vec![step, test],
    };
    let routes = vec![first.build(0), RouteSpec::bare().build(1), RouteSpec::bare().build(2)];
    let mut floor = Floor::new(routes, false).unwrap();
    let begin = Paper::Begin { time: STATED.parse().unwrap(), witness: badge(1) };
    let story = [
        scan(PREP, "OP-1"),
        scan(PREP, "U00"),
        value(PREP, "pass"),
        scan(PREP, "U01"),
        value(PREP, "pass"),
        scan(TEST, "OP-2"),
        scan(TEST, "G01"),
        value(TEST, "pass"),
        scan(TEST, "H01"),
        value(TEST, "fail"),
        scan(TEST, "U00"),
        value(TEST, "pass"),
        (TEST, Command::Paper(begin), SIGNED),
        scan(TEST, "OP-3"),
        scan(TEST, "U01"),
        value(TEST, "pass"),
        (TEST, Command::Paper(Paper::End), PLAIN),
    ];
    for (at, command, with) in story {
        floor.give(at, &command, with).unwrap();
    }
    floor
}

const LIES: [(&str, Lie, &str); 17] = [
    ("the bad sample was not run", |e| never(e, "H01"), "before a sample was run"),
    ("the good sample was not run", |e| never(e, "G01"), "before a sample was run"),
    ("the run of it is left out", |e| drop_nth(e, "golden-run", 0), "ends a run"),
    ("the tester did not find it good", |e| run(e, 0, |run| run.passed = false), "what the sample does not say"),
    ("the tester found it bad", |e| fails(e), "was found wanting"),
    ("the bad sample is a good one", |e| run(e, 1, |run| run.bad = false), "takes a good one for a bad one"),
    ("it was run the day before", |e| run(e, 0, yesterday), "is of another day"),
    ("the sample is a unit", |e| edit(e, "unit-started", 2, |e| e.about.purpose = None), "hides it"),
    ("a unit is a sample", |e| edit(e, "unit-started", 0, |e| e.about.purpose = GOLDEN), "nobody"),
    ("there was no paper", |e| drop_nth(e, "paper-begun", 0), "there is no paper"),
    ("it did not come from paper", |e| on_paper(e, |e| e.about.how = Some(How::Typed)), "hides it"),
    ("it happened now", |e| on_paper(e, |e| e.about.happened = None), "not of its time"),
    (
        "whom it names was there",
        |e| on_paper(e, |e| e.about.auth = Some(Auth::Badge)),
        "was there whom the paper names",
    ),
    ("nobody else witnessed it", |e| own_witness(e), "witnessed by whoever enters it"),
    ("it is of tomorrow", |e| stated(e, TO_COME), "still to come"),
    ("it is of last month", |e| stated(e, LONG_AGO), "long gone"),
    ("it is of before the unit began", |e| stated(e, BEFORE), "before what was done last"),
];
const GOLDEN: Option<traveller::domain::event::Purpose> = Some(traveller::domain::event::Purpose::Golden);

fn never(events: &mut Vec<Event>, name: &str) {
    let name = UnitId::parse(name).ok();
    events.retain(|e| e.about.unit != name);
}

fn run(events: &mut [Event], n: usize, change: impl Fn(&mut GoldenRun)) {
    edit(events, "golden-run", n, |e| {
        if let What::GoldenRun(run) = &mut e.what {
            change(run);
        }
    });
}

fn yesterday(run: &mut GoldenRun) {
    run.turn = traveller::domain::shift::Turn::Day("2026-11-22".parse().unwrap());
}

/// The good sample failed, and the run says so.
fn fails(events: &mut [Event]) {
    edit(events, "check-recorded", 2, |e| {
        if let What::CheckRecorded(c) = &mut e.what {
            (c.value, c.passed) = ("fail".to_owned(), false);
        }
    });
    run(events, 0, |run| (run.passed, run.check) = (false, "c0".parse().ok()));
}

/// The first value on paper.
fn on_paper(events: &mut [Event], change: impl Fn(&mut Event)) {
    let is_it = |e: &&mut Event| e.what.kind() == "check-recorded" && e.about.happened.is_some();
    change(events.iter_mut().find(is_it).unwrap());
}

fn own_witness(events: &mut [Event]) {
    edit(events, "paper-begun", 0, |e| e.about.by = Some(badge(4)));
    let begins = |e: &&mut Event| matches!(e.cause.as_ref().map(|c| &c.cmd), Some(Command::Paper(Paper::Begin { .. })));
    let cause = events.iter_mut().find(begins).unwrap().cause.as_mut().unwrap();
    cause.cmd = Command::Paper(Paper::Begin { time: STATED.parse().unwrap(), witness: badge(4) });
}

fn stated(events: &mut [Event], time: &str) {
    events.iter_mut().filter(|e| e.about.happened.is_some()).for_each(|e| e.about.happened = time.parse().ok());
}

#[test]
fn the_oracle_finds_every_lie_about_samples_and_paper() {
    let mut floor = good();
    floor.look_back().unwrap();
    let events = floor.ledger.events.clone();
    let count = |kind: &str| events.iter().filter(|e| e.what.kind() == kind).count();
    assert_eq!((count("unit-completed"), count("golden-run"), count("paper-ended")), (2, 2, 1), "{:#?}", floor.story);
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

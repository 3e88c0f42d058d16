//! The oracle's own test of the rules of a route: orders, lots, gauges, time, people, choices, sub-assemblies.

use traveller::capture::label;
use traveller::domain::command::{Command, Decide};
use traveller::domain::event::{Event, Link};
use traveller::domain::id::{Badge, CheckId, LotId, OrderId, StepId, UnitId};
use traveller::domain::label::Label;
use traveller::domain::time::Clock;
use traveller::domain::what::{Fate, Piece, Removed, What};

use super::floor::{Floor, With, badge, station};
use super::routes::RouteSpec;
use super::teeth::{FIT, Lie, PLAIN, PREP, SIGNED, TEST, drop_nth, edit, nth, relinked, set_quantity, verdict};

/// Something that is done: where, what, and after how many minutes.
type Done = (Option<usize>, Command, With, i64);

fn scan(at: Option<usize>, text: &str) -> Done {
    (at, Command::Scan { label: label::read(Label::read(text.as_bytes())), unit: None }, PLAIN, 0)
}

fn value(at: Option<usize>, value: &str, check: &str) -> Done {
    let (value, check) = (value.to_owned(), CheckId::parse(check).ok());
    (at, Command::Value { value, check, point: None, gauge: None, unit: None }, PLAIN, 0)
}

fn say(at: Option<usize>, command: Command) -> Done {
    (at, command, PLAIN, 0)
}

fn shell(command: Command) -> Done {
    (None, command, SIGNED, 0)
}

fn later(minutes: i64, done: Done) -> Done {
    (done.0, done.1, done.2, minutes)
}

fn unit(text: &str) -> UnitId {
    UnitId::parse(text).unwrap()
}

/// Two sub-assemblies; a product that is made and measured; and one that is made by somebody who is learning it, while
/// the paste runs out, and that is scrapped for its parts.
fn good() -> Floor {
    let routes = vec![RouteSpec::rich().build(0), RouteSpec::bare().build(1), RouteSpec::bare().build(2)];
    let mut floor = Floor::new(routes, false).unwrap();
    let reason = || "because".to_owned();
    let order = |n: &str, variant| shell(floor.open_order(n, 0, 1, None, Some(variant), 0));
    let inspect =
        Command::InspectLot { lot: LotId::parse("S-2").unwrap(), passed: true, reason: reason(), by: badge(2) };
    let scrap = Command::Dispose {
        unit: Some(unit("U01")),
        decision: Decide::Scrap,
        to: None,
        removed: Vec::new(),
        defect: None,
        reason: reason(),
        badge: badge(0),
    };
    let removed = vec![Removed { serial: "U11".parse().unwrap(), fate: Fate::Reuse }];
    let recover = Command::Recover { unit: unit("U01"), removed, reason: reason(), by: badge(0) };
    let story = [
        order("W-0", "EX"),
        order("W-1", "STD"),
        shell(inspect),
        scan(PREP, "OP-1"),
        scan(PREP, "U10"),
        say(PREP, Command::Pass),
        scan(PREP, "U11"),
        say(PREP, Command::Pass),
        scan(PREP, "W-0"),
        scan(PREP, "U00"),
        scan(PREP, "U10"),
        scan(PREP, "S-2"),
        say(PREP, Command::Skip),
        scan(FIT, "OP-2"),
        later(10, scan(FIT, "U00")),
        value(FIT, "pass", "c0"),
        scan(FIT, "D-7"),
        value(FIT, "1.50", "c0"),
        scan(FIT, "P-1"),
        value(FIT, "pass", "c0"),
        value(FIT, "pass", "c0"),
        scan(TEST, "OP-2"),
        scan(TEST, "U00"),
        value(TEST, "pass", "c0"),
        scan(PREP, "U00"),
        say(PREP, Command::Pass),
        scan(PREP, "W-1"),
        scan(PREP, "U01"),
        scan(PREP, "U11"),
        scan(PREP, "S-2"),
        value(PREP, "pass", "c0"),
        scan(FIT, "LEAD-2"),
        later(10, scan(FIT, "U01")),
        value(FIT, "pass", "c0"),
        scan(FIT, "D-7"),
        value(FIT, "1.60", "c0"),
        scan(FIT, "U01"),
        scan(FIT, "OP-2"),
        value(FIT, "pass", "c0"),
        scan(FIT, "P-2"),
        value(FIT, "pass", "c0"),
        scan(PREP, "U01"),
        say(PREP, Command::Fail { reason: reason() }),
        shell(scrap),
        shell(recover),
    ];
    for (at, command, with, minutes) in story {
        floor.wait(minutes, false);
        floor.give(at, &command, with).unwrap();
    }
    floor
}

/// The place of the nth event of a kind about a unit.
fn of_unit(events: &[Event], kind: &str, name: &str, n: usize) -> usize {
    let is_it = |e: &&(usize, &Event)| e.1.what.kind() == kind && e.1.about.unit == Some(unit(name));
    let all: Vec<_> = events.iter().enumerate().collect();
    all.iter().filter(is_it).nth(n).unwrap().0
}

fn gone(events: &mut Vec<Event>, kind: &str, name: &str, n: usize) {
    let at = of_unit(events, kind, name, n);
    let before = events[..at].iter().filter(|e| e.what.kind() == kind).count();
    drop_nth(events, kind, before);
}

/// From the first opening at the bench on, by the boot clock.
fn moved(events: &mut [Event], change: impl Fn(&mut Event)) {
    let from = of_unit(events, "unit-opened", "U00", 1);
    events[from..].iter_mut().for_each(change);
}

const LIES: [(&str, Lie, &str); 36] = [
    ("no order was chosen", |e| drop_nth(e, "order-selected", 0), "begins under no order"),
    ("the order is full", |e| drop_nth(e, "order-selected", 1), "begins under a full order"),
    ("another order", |e| order_of(e, "W-1"), "belongs to"),
    ("another variant", |e| edit(e, "unit-started", 2, |e| variant(e, "STD")), "and ordered as"),
    ("another revision", |e| edit(e, "unit-started", 2, revision), "another revision"),
    ("nobody inspected the lot", |e| drop_nth(e, "lot-inspected", 0), "not inspected"),
    ("it was inspected and failed", |e| edit(e, "lot-inspected", 0, failed_inspection), "held or rejected"),
    ("an operator inspected it", |e| edit(e, "lot-inspected", 0, |e| signed_by(e, "OP-1")), "is signed by"),
    ("the sub-assembly is not complete", |e| gone(e, "unit-completed", "U10", 0), "is not done"),
    ("it is on hold", hold_inner, "installs a held unit"),
    ("it is on hold by then", |e| hold_inner_before(e, "unit-opened", 1), "goes on while U10"),
    ("it is on hold at the pass", |e| hold_inner_before(e, "check-recorded", 0), "goes on while U10"),
    ("it is no unit", |e| edit(e, "material-installed", 0, |e| piece(e, "U19")), "never began"),
    ("it is in the other unit", |e| edit(e, "material-installed", 3, |e| piece(e, "U10")), "is in U00"),
    ("nobody left the step out", |e| drop_nth(e, "step-skipped", 0), "followed by another step"),
    (
        "a step that all have is left out",
        |e| edit(e, "step-skipped", 0, |e| step(e, "30")),
        "another step than the next",
    ),
    ("no gauge was chosen", |e| drop_nth(e, "gauge-selected", 0), "without a gauge"),
    ("it does not say by which gauge", |e| edit(e, "check-recorded", 1, no_gauge), "was measured with"),
    ("the gauge is overdue", |e| edit(e, "gauge-registered", 0, overdue), "overdue gauge"),
    ("the gauge measures something else", |e| edit(e, "gauge-registered", 0, |e| kind(e, "torque")), "another kind"),
    ("too early", |e| moved(e, |e| e.stamp.mono -= 9 * 60_000_000), "comes too early"),
    ("too late", |e| moved(e, |e| e.stamp.mono += 80 * 60_000_000), "comes too late"),
    ("nobody knows the time", |e| moved(e, another_boot), "nobody knows"),
    ("the same person", |e| same_person(e), "worked at step 10 as well"),
    ("nobody is qualified", |e| edit(e, "operator-enrolled", 4, |e| skills(e, 3)), "is not qualified"),
    ("the qualification is over", |e| edit(e, "operator-enrolled", 4, past), "is after"),
    ("nobody stands by", |e| supervised(e, None), "nobody stands by"),
    ("somebody else stands by", |e| supervised(e, Some("OP-3")), "gave no badge"),
    ("whoever stands by is learning it", |e| edit(e, "operator-enrolled", 4, |e| skills(e, 1)), "nobody stands by"),
    ("it was not drawn", |e| edit(e, "step-passed", 5, not_drawn), "'s turn"),
    ("nothing was drawn from the paste", |e| edit_loaded(e, 0, None), "passes without Some((\"material\", \"PASTE\""),
    ("it was drawn from another lot", |e| edit_loaded(e, 0, Some("P-2")), "not loaded here"),
    ("more paste than there was", |e| edit(e, "lot-received", 6, |e| set_quantity(e, "1")), "too little loaded"),
    ("the floor life does not run", |e| drop_nth(e, "lot-opened", 0), "does not run"),
    ("the paste before it is forgotten", |e| edit_loaded(e, 1, None), "does not say so"),
    ("nobody scrapped it", |e| drop_nth(e, "disposed", 0), "takes components out"),
];

fn order_of(events: &mut [Event], order: &str) {
    let order = OrderId::parse(order).ok();
    let of_unit = events.iter_mut().filter(|e| e.about.unit == Some(unit("U00")));
    of_unit.for_each(|e| e.about.order.clone_from(&order));
}

fn variant(event: &mut Event, name: &str) {
    if let What::UnitStarted(started) = &mut event.what {
        started.variant = Some(name.to_owned());
    }
}

fn revision(event: &mut Event) {
    event.about.revision = "B".parse().ok();
}

fn failed_inspection(event: &mut Event) {
    if let What::LotInspected(inspected) = &mut event.what {
        inspected.passed = false;
    }
}

fn signed_by(event: &mut Event, by: &str) {
    event.about.by = Badge::parse(by).ok();
    if let Some(cause) = &mut event.cause
        && let Command::InspectLot { by, .. } = &mut cause.cmd
    {
        by.clone_from(event.about.by.as_ref().unwrap());
    }
}

/// The first sub-assembly is held before its use.
fn hold_inner(events: &mut Vec<Event>) {
    hold_inner_before(events, "unit-started", 0);
}

/// The first sub-assembly is held before some event of the unit that it goes into.
fn hold_inner_before(events: &mut Vec<Event>, kind: &str, n: usize) {
    let done = of_unit(events, "step-passed", "U11", 0);
    let mut held = events[nth(events, "disposed", 0)].clone();
    held.what = What::UnitHeld(traveller::domain::what::UnitHeld::default());
    held.about = traveller::domain::event::About {
        by: held.about.by,
        auth: held.about.auth,
        ..events[of_unit(events, "step-passed", "U10", 0)].about.clone()
    };
    (held.about.station, held.about.step, held.about.attempt) = (None, None, None);
    (held.stamp.seq, held.stamp.act, held.stamp.mono) = (900, 900, events[done].stamp.mono);
    let at = of_unit(events, kind, "U00", n);
    events.insert(at, held);
}

fn piece(event: &mut Event, serial: &str) {
    if let What::MaterialInstalled(m) = &mut event.what {
        m.piece = Piece::Serial(serial.parse().unwrap());
    }
}

fn step(event: &mut Event, id: &str) {
    event.about.step = StepId::parse(id).ok();
}

fn no_gauge(event: &mut Event) {
    if let What::CheckRecorded(c) = &mut event.what {
        c.gauge = None;
    }
}

fn overdue(event: &mut Event) {
    if let What::GaugeRegistered(gauge) = &mut event.what {
        gauge.due = "2026-11-22".parse().unwrap();
    }
}

fn kind(event: &mut Event, kind: &str) {
    if let What::GaugeRegistered(gauge) = &mut event.what {
        kind.clone_into(&mut gauge.kind);
    }
}

/// The machine was started anew, and its clock was in doubt.
fn another_boot(event: &mut Event) {
    (event.stamp.boot, event.stamp.clock) = ("00000001".parse().unwrap(), Clock::Doubt);
}

/// Whoever works at the bench also did the kit.
fn same_person(events: &mut [Event]) {
    for event in events.iter_mut().filter(|e| e.about.station == Some(station(0))) {
        if event.about.by == Some(badge(3)) {
            event.about.by = Some(badge(4));
        }
        if let What::SignedOn(on) = &mut event.what {
            on.badge = badge(4);
        }
    }
}

fn skills(event: &mut Event, level: usize) {
    if let What::OperatorEnrolled(e) = &mut event.what {
        e.qualifications = super::floor::skill(level);
    }
}

fn past(event: &mut Event) {
    if let What::OperatorEnrolled(e) = &mut event.what {
        e.qualifications.iter_mut().for_each(|q| q.until = "2026-11-22".parse().unwrap());
    }
}

fn supervised(events: &mut [Event], by: Option<&str>) {
    let is_it = |e: &&mut Event| matches!(&e.what, What::UnitOpened(o) if o.supervisor.is_some());
    let opened = events.iter_mut().find(is_it).unwrap();
    if let What::UnitOpened(o) = &mut opened.what {
        o.supervisor = by.map(|b| Badge::parse(b).unwrap());
    }
}

fn not_drawn(event: &mut Event) {
    if let What::StepPassed(passed) = &mut event.what {
        passed.samples.iter_mut().for_each(|s| s.taken = false);
    }
}

/// The nth piece that came from what is loaded is left out, or is of another lot.
fn edit_loaded(events: &mut Vec<Event>, n: usize, lot: Option<&str>) {
    let is_it = |e: &Event| e.about.how == Some(traveller::domain::event::How::Loaded);
    let at = events.iter().enumerate().filter(|(_, e)| is_it(e)).nth(n).unwrap().0;
    match lot {
        None => {
            let before = events[..at].iter().filter(|e| e.what.kind() == "material-installed").count();
            drop_nth(events, "material-installed", before);
        }
        Some(lot) => {
            if let What::MaterialInstalled(m) = &mut events[at].what {
                m.piece = Piece::Lot(LotId::parse(lot).unwrap());
            }
        }
    }
}

#[test]
fn the_oracle_finds_every_lie_about_the_rules_of_a_route() {
    let mut floor = good();
    floor.look_back().unwrap();
    let events = floor.ledger.events.clone();
    let count = |kind: &str| events.iter().filter(|e| e.what.kind() == kind).count();
    let recovered = count("components-recovered");
    assert_eq!((count("unit-completed"), recovered), (3, 1), "{:#?}", floor.story);
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
    assert!(matches!(events[0].about.builds_on, None | Some(Link::Here(_))));
}

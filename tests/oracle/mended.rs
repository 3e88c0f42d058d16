//! Ways around the gate that were found and closed, each as the short story that led around it.

use std::collections::BTreeMap;

use traveller::capture::label;
use traveller::domain::command::{Batch, Command, LotMove};
use traveller::domain::id::LotId;
use traveller::domain::label::Label;
use traveller::domain::reworking::Reworking;

use super::floor::{Floor, With, badge};
use super::parts::PartsSpec;
use super::revision::next_revision;
use super::routes::{BeginSpec, CheckSpec, Choice, RouteSpec, StepSpec};
use super::teeth::{PLAIN, PREP, SIGNED};

/// What is said, in a few words: a label, `pass`, `skip`, or something from a shell.
enum Say {
    Scan(&'static str),
    Value(&'static str),
    Give(Command, With),
}

fn plain() -> StepSpec {
    StepSpec { attempts: 2, ..StepSpec::default() }
}

fn confirm() -> CheckSpec {
    CheckSpec { kind: 1, points: 0, scanned_only: false, source: None }
}

fn pass() -> Say {
    Say::Give(Command::Pass, PLAIN)
}

/// A floor whose first route has these steps; and the answer to each thing that is said at one station.
fn answers(parts: PartsSpec, steps: Vec<StepSpec>, said: Vec<Say>) -> Vec<String> {
    let first = RouteSpec { begin: BeginSpec::default(), dispatch: false, parts, steps };
    let mut floor = Floor::new(vec![first.build(0), RouteSpec::bare().build(1), first.build(2)], false).unwrap();
    let mut all = Vec::new();
    for say in said {
        let (command, with) = match say {
            Say::Scan(text) => (Command::Scan { label: label::read(Label::read(text.as_bytes())), unit: None }, PLAIN),
            Say::Value(text) => {
                let value = text.to_owned();
                (Command::Value { value, check: None, point: None, gauge: None, unit: None }, PLAIN)
            }
            Say::Give(command, with) => (command, with),
        };
        let at = if command.signer().is_some() { None } else { PREP };
        floor.give(at, &command, with).unwrap();
        let line = floor.story.last().unwrap();
        all.push(line.rsplit(" -> ").next().unwrap().to_owned());
    }
    floor.look_back().unwrap();
    all
}

#[test]
fn what_a_step_draws_is_gone_for_the_next_one() {
    let paste = || StepSpec { uses: BTreeMap::from([(5, 2)]), ..plain() };
    let said = vec![Say::Scan("OP-1"), Say::Scan("P-1"), Say::Scan("U00"), pass(), Say::Scan("U00")];
    let all = answers(PartsSpec::default(), vec![paste(), paste()], said);
    // Of three pieces two are drawn: with one left the unit is not kept open for a step that takes two.
    assert_eq!(all[3], "step-passed [material-installed step-passed unit-closed]");
    assert_eq!(all[4], "lot-exhausted [refused]");
}

#[test]
fn a_lot_that_is_replaced_is_in_each_unit_that_is_open_in_a_nest() {
    // A step that goes back by two has three nests.
    let step = StepSpec { uses: BTreeMap::from([(5, 1)]), checks: vec![confirm(), confirm()], back: 2, ..plain() };
    let value = |unit: &str| {
        let (value, unit) = ("pass".to_owned(), unit.parse().ok());
        Say::Give(Command::Value { value, check: None, point: None, gauge: None, unit }, PLAIN)
    };
    let other = Command::Scan { label: Label::read(b"P-1"), unit: "U00".parse().ok() };
    let open = ["OP-1", "U00", "P-2", "U01"].map(Say::Scan);
    let said = open.into_iter().chain([value("U00"), value("U01"), Say::Give(other, PLAIN)]).collect();
    let all = answers(PartsSpec::default(), vec![step], said);
    assert_eq!(all[6], "lot-loaded [lot-loaded material-installed material-installed]", "{all:#?}");
}

#[test]
fn a_gauge_that_was_retired_meanwhile_passes_no_step() {
    let step = StepSpec { gauges: 1, ..plain() };
    let retire = Command::RetireGauge { gauge: "D-7".parse().unwrap(), reason: "dropped".to_owned(), by: badge(0) };
    let said = vec![Say::Scan("OP-1"), Say::Scan("U00"), Say::Scan("D-7"), Say::Give(retire, SIGNED), pass()];
    assert_eq!(answers(PartsSpec::default(), vec![step], said)[4], "gauge-overdue [refused]");
}

#[test]
fn the_floor_life_of_a_sealed_lot_runs_when_it_is_drawn_from() {
    let parts = PartsSpec { floor_minutes: Some(60), ..PartsSpec::default() };
    let step = StepSpec { uses: BTreeMap::from([(5, 1)]), ..plain() };
    let (lot, to, reason) = (LotId::parse("P-1").unwrap(), LotMove::Seal, "packed".to_owned());
    let seal = Command::ChangeLot { lot, to, reason, by: badge(0) };
    let said = vec![Say::Scan("OP-1"), Say::Scan("P-1"), Say::Scan("U00"), Say::Give(seal, SIGNED), pass()];
    let all = answers(parts, vec![step], said);
    assert_eq!(all[4], "unit-completed [material-installed lot-opened step-passed unit-completed unit-closed]");
}

#[test]
fn an_installed_component_does_not_begin_as_a_unit_while_somebody_stands_by() {
    let step = StepSpec { uses: BTreeMap::from([(2, 1)]), skilled: true, ..plain() };
    // A unit of the same pattern as the part of the second route's kind.
    let first =
        RouteSpec { begin: BeginSpec::default(), dispatch: false, parts: PartsSpec::default(), steps: vec![step] };
    let mut floor =
        Floor::new(vec![RouteSpec::bare().build(0), first.build(1), RouteSpec::bare().build(2)], false).unwrap();
    for text in ["LEAD-2", "U13", "OP-2", "U10"] {
        floor
            .give(PREP, &Command::Scan { label: label::read(Label::read(text.as_bytes())), unit: None }, PLAIN)
            .unwrap();
    }
    floor.give(PREP, &Command::Pass, PLAIN).unwrap();
    for text in ["U10", "OP-2"] {
        floor
            .give(PREP, &Command::Scan { label: label::read(Label::read(text.as_bytes())), unit: None }, PLAIN)
            .unwrap();
    }
    assert!(floor.story.last().unwrap().ends_with("duplicate-serial [refused]"), "{:#?}", floor.story);
}

#[test]
fn what_is_in_a_step_of_a_group_is_met_again_after_the_unit_went_back_behind_it() {
    let kit = StepSpec { uses: BTreeMap::from([(0, 1)]), checks: vec![confirm()], ..plain() };
    let beside = StepSpec { choice: Choice::Beside, back: 0, ..plain() };
    let back = Reworking::SendBack {
        unit: "U00".parse().ok(),
        to: "30".parse().unwrap(),
        removed: Vec::new(),
        reason: "look again".to_owned(),
        by: badge(0),
    };
    let give_back = || Say::Give(Command::Rework(Box::new(back.clone())), SIGNED);
    let skip = || Say::Give(Command::Skip, PLAIN);
    // The second step of the group is done first, and the board goes into the first one.
    let begun = vec![Say::Scan("OP-1"), Say::Scan("U00"), pass(), skip(), pass(), Say::Scan("B1")];
    let again = vec![give_back(), Say::Scan("U00"), pass(), Say::Value("pass"), pass(), Say::Scan("B1"), pass()];
    let all = answers(PartsSpec::default(), vec![plain(), kit, beside], begun.into_iter().chain(again).collect());
    assert_eq!(all[5..7], ["material-installed [material-installed]", "sent-back [sent-back]"], "{all:#?}");
    let end = ["material-missing [refused]", "material-verified [material-verified]"];
    assert_eq!(all[10..12], end, "{all:#?}");
}

#[test]
fn pieces_take_no_attempt_along_that_was_begun_before_a_move_and_is_not_over() {
    let glue = StepSpec { uses: BTreeMap::from([(3, 1)]), checks: vec![confirm()], ..plain() };
    let begin = BeginSpec { batch: true, ..BeginSpec::default() };
    let first = RouteSpec { begin, dispatch: false, parts: PartsSpec::default(), steps: vec![glue] };
    let routes = vec![first.build(0), RouteSpec::bare().build(1), first.build(2), next_revision(&first.build(0))];
    let mut floor = Floor::new(routes, false).unwrap();
    let scan = |text: &str| Command::Scan { label: Label::read(text.as_bytes()), unit: None };
    let value =
        |text: &str| Command::Value { value: text.to_owned(), check: None, point: None, gauge: None, unit: None };
    let split = Batch::Split { unit: "U00".parse().ok(), pieces: 1, into: "U01".parse().unwrap(), by: Some(badge(0)) };
    let moved = floor.moving(0, (false, false), 0);
    let here = |command| (PREP, command, PLAIN);
    let story = vec![
        here(scan("OP-1")),
        here(scan("U00")),
        here(value("3")),
        here(scan("G-2")),
        (None, moved, SIGNED),
        here(scan("U00")),
        here(value("fail")),
        (None, Command::Batch(split), SIGNED),
    ];
    for (at, command, with) in story {
        floor.give(at, &command, with).unwrap();
    }
    assert!(floor.story.last().unwrap().ends_with("batch-split [batch-split batch-begun]"), "{:#?}", floor.story);
    floor.look_back().unwrap();
}

#[test]
fn a_paper_of_a_new_batch_may_state_when_that_began_whatever_the_clock_said_before() {
    let begin = BeginSpec { batch: true, ..BeginSpec::default() };
    let first = RouteSpec { begin, steps: vec![plain(), plain()], ..RouteSpec::bare() };
    let mut floor = Floor::new(vec![first.build(0), RouteSpec::bare().build(1), first.build(2)], false).unwrap();
    let scan = |text: &str| (PREP, Command::Scan { label: Label::read(text.as_bytes()), unit: None }, PLAIN);
    let value = Command::Value { value: "4".to_owned(), check: None, point: None, gauge: None, unit: None };
    let split = Batch::Split { unit: "U00".parse().ok(), pieces: 1, into: "U01".parse().unwrap(), by: Some(badge(0)) };
    for (at, command, with) in [scan("OP-1"), scan("U00"), (PREP, value, PLAIN), (PREP, Command::Pass, PLAIN)] {
        floor.give(at, &command, with).unwrap();
    }
    // Somebody sets the clock back, and the batch is parted by that clock.
    floor.wait(-60, true);
    floor.give(None, &Command::Batch(split), SIGNED).unwrap();
    floor.give(PREP, &Command::Close, PLAIN).unwrap();
    let (at, begins, with) = floor.paper(0, 0, 0);
    for (at, command, with) in [(at, begins, with), scan("OP-1"), scan("U01")] {
        floor.give(at, &command, with).unwrap();
    }
    assert!(floor.story.last().unwrap().ends_with("unit-opened [unit-opened]"), "{:#?}", floor.story);
    floor.look_back().unwrap();
}

#[test]
fn a_step_does_not_pass_on_a_signature_that_lapses_as_the_last_lot_is_loaded() {
    let begin = BeginSpec { batch: true, ..BeginSpec::default() };
    let signed = StepSpec { class: 1, uses: BTreeMap::from([(5, 1)]), sign: Some((1, false)), auto: true, ..plain() };
    let first = RouteSpec { begin, steps: vec![signed], ..RouteSpec::bare() };
    let mut floor = Floor::new(vec![first.build(0), RouteSpec::bare().build(1), first.build(2)], false).unwrap();
    let scan = |text: &str| (Command::Scan { label: Label::read(text.as_bytes()), unit: None }, PLAIN);
    let value = Command::Value { value: "4".to_owned(), check: None, point: None, gauge: None, unit: None };
    let sign = || (Command::Sign { badge: badge(3) }, SIGNED);
    // Of four pieces the first lot reaches for three. They are signed, and go to another bench.
    let here = [scan("OP-1"), scan("U00"), (value, PLAIN), scan("P-1"), sign(), (Command::Close, PLAIN)];
    let there = [scan("OP-1"), scan("U00"), scan("P-2"), sign()];
    let all = here.into_iter().map(|said| (1, said)).chain(there.into_iter().map(|said| (2, said)));
    for (at, (command, with)) in all {
        floor.give(Some(at), &command, with).unwrap();
    }
    let end: Vec<_> = floor.story.iter().rev().take(2).map(|line| line.rsplit(" -> ").next().unwrap()).collect();
    assert_eq!(end[1], "lot-loaded [lot-loaded signature-lapsed]", "{:#?}", floor.story);
    assert!(end[0].starts_with("unit-completed"), "{:#?}", floor.story);
    floor.look_back().unwrap();
}

#[test]
fn what_a_unit_is_spared_by_a_move_is_not_due() {
    let optional = StepSpec { choice: Choice::Optional, checks: vec![confirm()], ..plain() };
    let first = RouteSpec { steps: vec![plain(), optional, plain(), plain()], ..RouteSpec::bare() };
    let routes = vec![first.build(0), RouteSpec::bare().build(1), first.build(2), next_revision(&first.build(0))];
    let mut floor = Floor::new(routes, false).unwrap();
    let scan = |text: &str| Command::Scan { label: Label::read(text.as_bytes()), unit: None };
    for said in [scan("OP-1"), scan("U00"), Command::Pass, Command::Skip, Command::Pass] {
        floor.give(PREP, &said, PLAIN).unwrap();
    }
    // To another revision, and back: the step that is due there first has the name of the optional one here.
    for _ in 0..2 {
        let moved = floor.moving(0, (false, true), 0);
        floor.give(None, &moved, SIGNED).unwrap();
    }
    for said in [scan("U00"), Command::SeenMove, Command::Pass] {
        floor.give(PREP, &said, PLAIN).unwrap();
    }
    assert!(floor.story.last().unwrap().contains("unit-completed"), "{:#?}", floor.story);
    floor.look_back().unwrap();
}

#[test]
fn a_number_that_means_a_panel_by_now_begins_no_batch() {
    let of = |begin| RouteSpec { begin, ..RouteSpec::bare() };
    let batch = of(BeginSpec { batch: true, ..BeginSpec::default() });
    let panel = of(BeginSpec { panel: true, ..BeginSpec::default() });
    let mut floor = Floor::new(vec![batch.build(0), RouteSpec::bare().build(1), panel.build(2)], false).unwrap();
    let scan = |text: &str| Command::Scan { label: Label::read(text.as_bytes()), unit: None };
    let value = Command::Value { value: "5".to_owned(), check: None, point: None, gauge: None, unit: None };
    let release = floor.release(2, 0);
    // The new revision comes between the question and its answer.
    let said = [(PREP, scan("OP-1"), PLAIN), (PREP, scan("U01"), PLAIN), (None, release, SIGNED), (PREP, value, PLAIN)];
    for (at, command, with) in said {
        floor.give(at, &command, with).unwrap();
    }
    assert!(floor.story.last().unwrap().ends_with("wrong-identifier [refused]"), "{:#?}", floor.story);
    floor.look_back().unwrap();
}

#[test]
fn an_optional_step_before_a_group_is_left_out_and_not_put_off() {
    let optional = StepSpec { choice: Choice::Optional, ..plain() };
    let checked = || StepSpec { checks: vec![confirm()], auto: true, ..plain() };
    let beside = StepSpec { choice: Choice::Beside, ..checked() };
    let skip = || Say::Give(Command::Skip, PLAIN);
    let said = vec![Say::Scan("OP-1"), Say::Scan("U00"), skip(), skip(), Say::Value("pass"), Say::Value("pass")];
    let all = answers(PartsSpec::default(), vec![optional, checked(), beside], said);
    assert_eq!(all[2..4], ["step-skipped [step-skipped]", "unit-opened [unit-opened]"]);
    assert_eq!(all[5], "unit-completed [check-recorded step-passed unit-completed unit-closed]");
}

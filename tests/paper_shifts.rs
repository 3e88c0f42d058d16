//! A paper is of the shift in which it happened, not of the one in which somebody enters it.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde::Deserialize;
use traveller::app::shifts::calendar::{Calendar, Hours, Shift};

use crate::support::act::Act;
use crate::support::floor::Floor;
use crate::support::plant::Plant;

/// The early shift from six, the late one from two; nobody works at night.
fn two_shifts() -> Calendar {
    let shift = |name: &str, from: &str, to: &str| Shift {
        name: name.parse().unwrap(),
        hours: Hours { from: from.parse().unwrap(), to: to.parse().unwrap() },
        days: Weekday::cycle_forward(Weekday::Monday).take(7).collect(),
        breaks: Vec::new(),
    };
    Calendar::new(TimeZone::UTC, vec![shift("early", "06:00", "14:00"), shift("late", "14:00", "22:00")])
}

const DAY: &str = r#"acts = [
    "bench: OP-1", "test: OP-1",
    "bench: J0001", "bench: = 4.10", "bench: = pass", "bench: sign QA-1 -> step-passed",
    "test: GOLD-1", "test: = 0.30", "test: = pass -> golden-passed",
    "test: GOLD-9", "test: = 0.30", "test: = fail -> golden-passed",
    "wait 9 hours",
    { say = "What is entered late is of the early shift, whose first piece was approved and whose samples were run." },
    { at = "bench", give = { paper = { begin = { time = "2026-11-23T13:59:00.000000Z", witness = "LEAD" } } } },
    "bench: OP-2", "bench: J0002", "bench: = 4.10", "bench: = pass -> step-passed",
    { at = "bench", give = { paper = "end" } },
    { at = "test", give = { paper = { begin = { time = "2026-11-23T13:59:00.000000Z", witness = "LEAD" } } } },
    "test: OP-2", "test: J0001", "test: = 0.30", "test: = pass -> unit-completed",
    { at = "test", give = { paper = "end" } },
    { say = "A paper of the late shift is of that one." },
    "test: OP-1", "bench: OP-1",
    { at = "test", give = { paper = { begin = { time = "2026-11-23T14:00:00.000000Z", witness = "LEAD" } } } },
    "test: OP-2", "test: J0002 -> golden-due",
    { at = "test", give = { paper = "end" } },
    { at = "bench", give = { paper = { begin = { time = "2026-11-23T14:00:00.000000Z", witness = "LEAD" } } } },
    "bench: OP-2", "bench: J0003", "bench: = 4.10", "bench: = pass -> check-recorded",
    { at = "bench", give = { paper = "end" } },
    { say = "So is what is done live: it waits for that first piece." },
    "bench: OP-1", "bench: J0004 -> first-piece",
    "bench: J0003", "bench: sign QA-1 -> step-passed",
    "bench: J0004 -> unit-opened",
]"#;

#[derive(Deserialize)]
struct Acts {
    acts: Vec<Act>,
}

#[test]
fn a_paper_is_of_the_shift_that_it_states() {
    let mut plant = Plant::empty();
    plant.clock = plant.clock.in_shifts(&two_shifts());
    let mut floor = Floor::of(plant);
    floor.shell.enrol_everybody();
    floor.release("jig");
    let acts: Acts = toml::from_str(DAY).unwrap();
    floor.play("shifts", &acts.acts);
    floor.prove("shifts");
}

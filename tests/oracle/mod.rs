//! Random routes, random work, and an oracle that knows nothing but the events and the words of the contract.
//!
//! Deliberately absent: any call of the oracle to the gate, to the needs of a step, or to the folds.

#![expect(clippy::wildcard_enum_match_arm, reason = "each rule reads the kinds that concern it")]

mod acts;
mod after;
mod agree;
mod answers;
mod batches;
mod clock;
mod errands;
mod errands_of_lots;
mod exhaustive;
mod first;
mod fit;
mod floor;
mod folds;
mod golden;
mod hear;
mod house;
mod judge;
mod labels;
mod life;
mod loads;
mod lots;
mod meaning;
mod memory;
mod mended;
mod model;
mod moved;
mod orders;
mod packed;
mod packing;
mod panels;
mod paper;
mod parts;
mod permits;
mod pieces;
mod product;
mod refusals;
mod relabel;
mod remedy;
mod revision;
mod rework;
mod routes;
mod shell;
mod speech;
mod steer;
mod stock;
mod teeth;
mod teeth_of_many;
mod teeth_of_paper;
mod teeth_of_rules;
mod twin;
mod watch;
mod work;
mod work_on;

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use traveller::domain::command::Command;
use traveller::domain::event::Event;
use traveller::domain::what::What;

use acts::{Act, act};
use floor::Floor;
use routes::{RouteSpec, route};

/// Cases in a run; `TRAVELLER_CASES` says otherwise.
const CASES: u32 = 320;
/// What a run must have come to, for its judgement to mean anything.
const REACHED: [&str; 114] = [
    "planted-lot-on-hold",
    "planted-lot-expired",
    "planted-lot-exhausted",
    "unit-started",
    "material-installed",
    "material-verified",
    "check-recorded",
    "observation-voided",
    "retest-begun",
    "signature-recorded",
    "step-passed",
    "step-failed",
    "disposed",
    "unit-held",
    "hold-released",
    "unit-completed",
    "unit-dispatched",
    "ambiguous-label",
    "already-installed",
    "lot-exhausted",
    "lot-expired",
    "locked-out",
    "second-person",
    "wrong-station",
    "unit-open",
    "nonconforming",
    "attempts-used",
    "typed-entry",
    "wrong-identifier",
    "order-opened",
    "order-closed",
    "order-selected",
    "order-missing",
    "order-full",
    "not-in-order",
    "lot-inspected",
    "lot-opened",
    "lot-sealed",
    "lot-loaded",
    "lot-on-hold",
    "lot-held",
    "gauge-registered",
    "gauge-calibrated",
    "gauge-retired",
    "gauge-selected",
    "gauge-missing",
    "gauge-overdue",
    "operator-qualified",
    "not-qualified",
    "too-early",
    "too-late",
    "clock-untrusted",
    "step-skipped",
    "components-recovered",
    "incomplete-record",
    "unknown-unit",
    "wrong-part",
    "unknown-lot",
    "scrapped",
    "on-hold",
    "duplicate-serial",
    "material-missing",
    "check-missing",
    "signature-missing",
    "check-failed",
    "batch-split",
    "batch-begun",
    "batch-joined",
    "batch-merged",
    "too-many",
    "not-alike",
    "label-replaced",
    "label-reprinted",
    "label-verified",
    "label-unverified",
    "permit-opened",
    "permit-closed",
    "rule-waived",
    "sent-back",
    "scrap-reversed",
    "route-moved",
    "move-seen",
    "no-such-step",
    "station-down",
    "station-up",
    "note-left",
    "hour-explained",
    "note-read",
    "lead-called",
    "call-answered",
    "call-withdrawn",
    "signature-lapsed",
    "first-piece-begun",
    "first-piece-approved",
    "first-piece-dropped",
    "first-piece",
    "load-entered",
    "load-left",
    "load-begun",
    "load-checked",
    "load-ended",
    "stood-by-at-a-load",
    "measured-of-a-load",
    "unit-treated",
    "load-open",
    "which-unit",
    "paper-begun",
    "paper-ended",
    "paper-open",
    "wrong-time",
    "component-judged",
    "golden-run",
    "golden-due",
    "golden-failed",
];
/// What the random numbers begin with where nothing else is asked for.
const SEED: &str = "traveller";
/// Lines of the story that a failure prints.
const STORY_LINES_SHOWN: usize = 60;

/// One random case.
#[derive(Clone, Debug)]
struct Case {
    routes: Vec<RouteSpec>,
    pin_at_sign_on: bool,
    acts: Vec<Act>,
}

fn case() -> impl Strategy<Value = Case> {
    (vec(route(), 3), proptest::bool::weighted(0.2), vec(act(), 10..120))
        .prop_map(|(routes, pin_at_sign_on, acts)| Case { routes, pin_at_sign_on, acts })
}

/// Plays a case, a second time on disk where that is asked for; counts what happened in it.
fn play(case: &Case, twice: bool, counts: &RefCell<BTreeMap<String, usize>>) -> Result<(), String> {
    let mut routes: Vec<_> = case.routes.iter().enumerate().map(|(i, spec)| spec.build(i)).collect();
    routes.push(revision::next_revision(&routes[0]));
    let floor = if twice { Floor::with_twin } else { Floor::new };
    let mut floor = floor(routes, case.pin_at_sign_on)?;
    let told = |floor: &Floor, complaint: String| {
        let from = floor.story.len().saturating_sub(STORY_LINES_SHOWN);
        let last = floor.tried.as_ref().map(|tried| format!("\n  {tried} -> ?")).unwrap_or_default();
        format!("{complaint}\nafter:\n  {}{last}\non {:?}\n", floor.story[from..].join("\n  "), case.routes)
    };
    for act in &case.acts {
        floor.act(act).map_err(|complaint| told(&floor, complaint))?;
    }
    floor.look_back().map_err(|complaint| told(&floor, complaint))?;
    let planted = floor.lots_look_whole().map_err(|complaint| told(&floor, complaint))?;
    let mut counts = counts.borrow_mut();
    for word in planted {
        *counts.entry(format!("planted-{word}")).or_default() += 1;
    }
    for event in &floor.ledger.events {
        let word = match &event.what {
            What::Refused(r) => r.code.word(),
            what => what.kind(),
        };
        let more = match &event.what {
            What::LoadEntered(e) => e.supervisor.as_ref().map(|_| "stood-by-at-a-load"),
            What::LoadChecked(e) => e.gauge.as_ref().map(|_| "measured-of-a-load"),
            What::UnitOpened(e) if e.supervisor.is_some() && is_of_a_panel(&floor, event) => {
                Some("stood-by-at-a-panel")
            }
            _ => None,
        };
        for word in [word].into_iter().chain(more) {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
    }
    Ok(())
}

/// Whether an event belongs to a board that was taken up with the others of its panel.
fn is_of_a_panel(floor: &Floor, event: &Event) -> bool {
    let mut action = floor.ledger.events.iter().filter(|e| e.stamp.act == event.stamp.act);
    action.any(|e| matches!(e.cause.as_deref().map(|cause| &cause.cmd), Some(Command::Board(_))))
}

/// What the random numbers of a run begin with: `TRAVELLER_SEED`, else always the same, since a run that says something
/// else each time is believed by nobody. `any` looks elsewhere each time; a failure prints where that was.
fn seed() -> String {
    match std::env::var("TRAVELLER_SEED") {
        Err(_) => SEED.to_owned(),
        Ok(seed) if seed == "any" => {
            let mut bytes = [0; 8];
            getrandom::fill(&mut bytes).unwrap();
            traveller::domain::label::hex(&bytes)
        }
        Ok(seed) => seed,
    }
}

fn numbers(seed: &str) -> TestRng {
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(seed.bytes().cycle()).for_each(|(to, from)| *to = from);
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

/// Plays so many random cases; what happened in them.
fn play_all(cases: u32, twice: bool) -> BTreeMap<String, usize> {
    let seed = seed();
    let config = Config { cases, failure_persistence: None, max_shrink_iters: shrinks(), ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, numbers(&seed));
    let counts = RefCell::new(BTreeMap::new());
    let result = runner.run(&case(), |case| play(&case, twice, &counts).map_err(TestCaseError::fail));
    if let Err(TestError::Fail(reason, _case)) = result {
        panic!("{reason}\nTRAVELLER_SEED={seed}");
    }
    result.unwrap();
    counts.into_inner()
}

/// How long a failing case is made shorter; `TRAVELLER_SHRINKS` says otherwise.
fn shrinks() -> u32 {
    std::env::var("TRAVELLER_SHRINKS").ok().and_then(|n| n.parse().ok()).unwrap_or(4_000)
}

fn cases() -> u32 {
    std::env::var("TRAVELLER_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(CASES)
}

#[test]
fn no_step_is_passed_without_all_it_requires() {
    let counts = play_all(cases(), false);
    println!("{counts:#?}");
    // Judging nothing is easy: each of these must have happened, more than once.
    let rare: Vec<_> = REACHED.iter().filter(|word| counts.get(**word).is_none_or(|n| *n < 2)).collect();
    assert!(cases() < CASES || rare.is_empty(), "hardly ever: {rare:?}");
}

#[test]
fn on_disk_it_is_the_same_to_the_byte() {
    play_all(cases().div_ceil(16), true);
}

//! `traveller drill`: whether a replica would become a terminal again, tried out.

use std::path::Path;

use serde::Serialize;

use super::absorb::progress;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{json_line, lines};
use super::replicate_args::DrillArgs;
use crate::app::port::Fault;
use crate::domain::text::display_safe;
use crate::domain::time::{At, SECOND};
use crate::ledger::Birth;
use crate::replicate::dir::Dir;
use crate::replicate::drill::{Drill, Drilled, drill};
use crate::replicate::passing::Passing;
use crate::replicate::run::state_failed;
use crate::replicate::state::{self, DrillOutcome, DrillState};
use crate::station::clock::StationClock;
use crate::station::{open, priority, random, user};

/// The answer, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    state: &'a DrillState,
    events: u64,
}

pub(super) fn run(cx: &mut Context<'_>, args: &DrillArgs) -> Result<Outcome, Failure> {
    priority::give_way();
    let state_path = args.state.clone().unwrap_or_else(|| cx.settings.state_dir(&cx.settings.ledger));
    let targets = state::read_targets(&state_path).map_err(|e| state_failed(&e))?;
    let clock = StationClock::of_machine()?;
    let birth = open::birth(&clock, false);
    let by = user::owner()?;
    let address = args.from.display().to_string();
    let tried = tried(&address, &args.from, &targets, (&birth, &by), cx.settings.terminal.as_ref());
    let took_ms = clock.read().mono.saturating_sub(birth.mono) / 1_000;
    // What could not be tried says nothing of the replica; that it was not tried is worth knowing.
    let (outcome, newest_event, events, what) = match &tried {
        Ok(Drilled { outcome, newest, events, what }) => (*outcome, *newest, *events, what.clone()),
        Err(fault) => (DrillOutcome::Inconclusive, None, 0, fault.what.clone()),
    };
    let state = DrillState { from: address, outcome, at: birth.at, took_ms, newest_event, what };
    let dir = Dir::open_or_make(&state_path).map_err(|e| state_failed(&e));
    let kept = dir.and_then(|dir| state::write_drill(&dir, &state).map_err(|e| state_failed(&e)));
    if cx.json {
        json_line(cx.out, &Answer { state: &state, events })?;
    } else if tried.is_ok() {
        in_words(cx, &state, events)?;
    }
    cx.out.flush()?;
    tried?;
    kept?;
    Ok(if outcome == DrillOutcome::Ok { Outcome::Done } else { Outcome::No })
}

fn tried(
    address: &str,
    path: &Path,
    targets: &[state::TargetState],
    (birth, by): (&Birth, &str),
    terminal: Option<&crate::domain::id::TerminalId>,
) -> Result<Drilled, Fault> {
    let place = passing()?;
    drill(&Drill { address, path, place: place.path(), terminal, targets, birth, by }, &mut progress)
}

/// A directory for whole ledgers.
fn passing() -> Result<Passing, Fault> {
    let above = std::env::temp_dir();
    Passing::make(&above, random::session()?.as_str()).map_err(|e| {
        let what = format!("a directory could not be made in {}: {e}", above.display());
        Fault::new(what, "name a place with TMPDIR that has room for a whole ledger")
    })
}

/// How long ago something was recorded. A clock may be behind the record, and then nobody knows.
pub(super) fn ago(then: At, now: At) -> String {
    match now.0.saturating_sub(then.0) {
        0.. => format!("{} hours ago", (now.0 - then.0) / (3_600 * SECOND)),
        _ => format!("but the clock here says {now}: set it right"),
    }
}

fn in_words(cx: &mut Context<'_>, state: &DrillState, events: u64) -> std::io::Result<()> {
    let DrillState { from, outcome, at, took_ms, newest_event, what } = state;
    let word = match outcome {
        DrillOutcome::Ok => "ok",
        DrillOutcome::Bad => "BAD",
        DrillOutcome::Inconclusive => "inconclusive",
    };
    lines(cx.out, &format!("{word}: {}: {what}", display_safe(from)))?;
    lines(cx.out, &format!("  {events} events restored, proven and compared in {took_ms} ms"))?;
    if let Some(newest) = newest_event {
        lines(cx.out, &format!("  the newest event is of {newest}, {}", ago(*newest, *at)))?;
    }
    match outcome {
        DrillOutcome::Ok => Ok(()),
        DrillOutcome::Bad => lines(cx.out, "  replicate to another target today, and look into this one"),
        DrillOutcome::Inconclusive => lines(cx.out, "  name the receipts of the terminal with --state, and try again"),
    }
}

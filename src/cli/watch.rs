//! `traveller downtime`, `call` and `note`: what one shift leaves to the next at a station.

use std::ops::ControlFlow;

use serde::Serialize;

use super::answer::give_all;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, or_dash};
use super::watch_args::{AtStation, CallCommand, DowntimeCommand, NoteCommand, SinceArgs};
use crate::domain::command::Command;
use crate::domain::id::StationId;
use crate::domain::time::{At, SECOND};
use crate::domain::watch::{WatchAct, Watching};
use crate::ledger::read::events::Which;
use crate::report::shift::watched::{NoteLine, Span, WatchTally};
use crate::station::clock::StationClock;
use crate::station::open::Make;

/// How far back is looked where no shift runs.
const DAY: i64 = 24 * 3_600 * SECOND;

pub(super) fn downtime(cx: &mut Context<'_>, command: DowntimeCommand) -> Result<Outcome, Failure> {
    match command {
        DowntimeCommand::Begin { at, reason } => say(cx, at, WatchAct::Down { reason }),
        DowntimeCommand::End(at) => say(cx, at, WatchAct::Up),
        DowntimeCommand::List(args) => {
            let tally = tally(cx, &args)?;
            let all: Vec<_> = tally.downtime.all().filter(|row| is_at(row.station.as_ref(), &args)).collect();
            spans(cx, "downtime", &all)
        }
    }
}

pub(super) fn call(cx: &mut Context<'_>, command: CallCommand) -> Result<Outcome, Failure> {
    match command {
        CallCommand::Raise(at) => say(cx, at, WatchAct::Call),
        CallCommand::Answer(at) => say(cx, at, WatchAct::Answer),
        CallCommand::Withdraw { at, reason } => say(cx, at, WatchAct::Withdraw { reason }),
        CallCommand::List(args) => {
            let tally = tally(cx, &args)?;
            let all: Vec<_> = tally.calls.all().filter(|row| is_at(row.station.as_ref(), &args)).collect();
            spans(cx, "calls", &all)
        }
    }
}

pub(super) fn note(cx: &mut Context<'_>, command: NoteCommand) -> Result<Outcome, Failure> {
    match command {
        NoteCommand::Leave { at, text } => say(cx, at, WatchAct::Note { text }),
        NoteCommand::Read(at) => say(cx, at, WatchAct::Read),
        NoteCommand::List(args) => {
            let tally = tally(cx, &args)?;
            let all: Vec<_> = tally.notes.all().filter(|row| is_at(row.station.as_ref(), &args)).collect();
            notes(cx, &all)
        }
    }
}

pub(super) fn say(cx: &mut Context<'_>, at: AtStation, act: WatchAct) -> Result<Outcome, Failure> {
    // A station that the plant does not have is a slip of the hand.
    cx.settings.place(&at.station)?;
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&at.by)?;
    let about = at.station.to_string();
    let watching = Watching { at: Some(at.station), act, by: Some(at.by) };
    give_all(cx, &mut clerk, &with, [(about, Command::Watch(Box::new(watching)))])
}

/// What happened since a moment, and what goes on since before.
pub(super) fn tally(cx: &Context<'_>, args: &SinceArgs) -> Result<WatchTally, Failure> {
    let reader = cx.reader()?;
    let now = StationClock::of_machine()?.read().at;
    let since = args.since.unwrap_or_else(|| {
        let shift = cx.settings.work.calendar.at(now);
        shift.map_or(now.plus(-DAY), |turn| turn.begin)
    });
    let mut tally = WatchTally::default();
    for watched in reader.watched()? {
        tally.goes_on(&watched);
    }
    reader.each_event(&Which::Since(since), |stored| {
        tally.count(&stored.outcome()?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(tally)
}

pub(super) fn is_at(station: Option<&StationId>, args: &SinceArgs) -> bool {
    args.station.is_none() || station == args.station.as_ref()
}

pub(super) fn list<T: Serialize>(cx: &mut Context<'_>, key: &str, rows: &[&T]) -> Result<Outcome, Failure> {
    let mut list = JsonList::begin(cx.out, key)?;
    for row in rows {
        list.item(row)?;
    }
    list.end()?;
    Ok(Outcome::Done)
}

fn spans(cx: &mut Context<'_>, key: &str, rows: &[&Span]) -> Result<Outcome, Failure> {
    if cx.json {
        return list(cx, key, rows);
    }
    let mut table = Table::new(&["station", "from", "to", "minutes", "ended", "by", "ended by", "reason"]);
    for row in rows {
        table.row([
            or_dash(row.station.as_ref()),
            row.from.to_string(),
            or_dash(row.to),
            or_dash(row.seconds.map(|seconds| seconds / 60)),
            or_dash(row.ended),
            or_dash(row.by.as_ref()),
            or_dash(row.ended_by.as_ref()),
            or_dash(row.reason.as_ref()),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

fn notes(cx: &mut Context<'_>, rows: &[&NoteLine]) -> Result<Outcome, Failure> {
    if cx.json {
        return list(cx, "notes", rows);
    }
    let mut table = Table::new(&["station", "left", "by", "read", "read by", "text"]);
    for row in rows {
        table.row([
            or_dash(row.station.as_ref()),
            row.left.to_string(),
            or_dash(row.by.as_ref()),
            or_dash(row.read.as_ref().map(At::to_string)),
            or_dash(row.read_by.as_ref()),
            or_dash(row.text.as_ref()),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

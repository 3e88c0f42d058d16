//! `traveller report shift`: what happened in a shift, on one sheet that is a witness of the record.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::json_line;
use super::report_args::{ReportCommand, ShiftArgs};
use crate::app::port::Fault;
use crate::app::shifts::calendar::{Calendar, SHIFT, Turn};
use crate::app::shifts::left::Left;
use crate::domain::id::{Badge, Epoch, ShiftName, StationId, TerminalId};
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::ledger::head_file::Witnessed;
use crate::ledger::read::events::Which;
use crate::report::shift::content::{About, ShiftSheet};
use crate::report::shift::planned::{Planned, planned};
use crate::report::shift::tally::Tally;
use crate::report::shift::{html, text};
use crate::station::clock::StationClock;

/// From when, and to when; none: as far as the record goes. And the shift, where it is one.
type Period = (At, Option<At>, Option<Turn>);

/// The answer, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    from: At,
    to: Option<At>,
    station: Option<&'a StationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shift: Option<&'a ShiftName>,
    plan: &'a [Planned],
    left: &'a Left,
    #[serde(flatten)]
    tally: &'a Tally,
    heads: Vec<HeadLine<'a>>,
}

#[derive(Serialize)]
struct HeadLine<'a> {
    terminal: &'a TerminalId,
    epoch: &'a Epoch,
    seq: u64,
    hash: String,
    words: String,
}

impl<'a> HeadLine<'a> {
    fn of(head: &'a Witnessed) -> Self {
        let Witnessed { terminal, epoch, seq, hash } = head;
        Self { terminal, epoch, seq: *seq, hash: hash.hex(), words: head.words() }
    }
}

pub(super) fn run(cx: &mut Context<'_>, command: &ReportCommand) -> Result<Outcome, Failure> {
    match command {
        ReportCommand::Shift(args) => shift(cx, args),
    }
}

fn shift(cx: &mut Context<'_>, args: &ShiftArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let printed = StationClock::of_machine()?.read().at;
    let calendar = &cx.settings.work.calendar;
    let zone = calendar.zone();
    let (from, to, turn) = period(args, printed, calendar)?;
    let tally = tally(&reader, (from, to), args.station.as_ref())?;
    let plan = turn.as_ref().map(|turn| planned(&tally, &cx.settings.work.plans, turn, printed)).unwrap_or_default();
    // After the events, so that everything that is counted lies below a head.
    let heads = reader.heads()?;
    let left = reader.left(args.station.as_ref())?;
    if cx.json {
        let station = args.station.as_ref();
        let (shift, heads) = (turn.as_ref().map(|turn| &turn.name), heads.iter().map(HeadLine::of).collect());
        json_line(cx.out, &Answer { from, to, station, shift, plan: &plan, left: &left, tally: &tally, heads })?;
        return Ok(Outcome::Done);
    }
    let names = names(&reader, &tally)?;
    let (station, names) = (args.station.as_ref(), &names);
    let about = About { from, to, station, printed, zone, names, turn: turn.as_ref(), planned: &plan, left: &left };
    let sheet = ShiftSheet::of(&tally, &heads, &about)?;
    let page = if args.html { html::page(&sheet) } else { text::page(&sheet) };
    cx.out.write_all(page.as_bytes())?;
    Ok(Outcome::Done)
}

/// From when to when. Without an end the sheet tells of all up to its head: what was recorded while the clock was set
/// back is not left out.
fn period(args: &ShiftArgs, now: At, calendar: &Calendar) -> Result<Period, Failure> {
    let zone = calendar.zone();
    if let Some(name) = &args.shift {
        return named(name, now, calendar);
    }
    if args.from.is_none() && args.to.is_none() {
        // One that runs is told of up to the head.
        let running = calendar.at(now).map(|turn| (turn.begin, None, Some(turn)));
        let last = || calendar.before(now).map(|turn| (turn.begin, Some(turn.end), Some(turn)));
        return Ok(running.or_else(last).unwrap_or((now.plus(-SHIFT), None, None)));
    }
    let beyond = || Failure::wrong_use("the shift lies beyond the calendar", "name another time");
    let (from, to) = match (args.from, args.to) {
        (Some(from), to) => {
            let from = from.until(now, zone).ok_or_else(beyond)?;
            (from, to.map(|to| to.after(from, zone).ok_or_else(beyond)).transpose()?)
        }
        (None, Some(to)) => {
            let to = to.until(now, zone).ok_or_else(beyond)?;
            (to.plus(-SHIFT), Some(to))
        }
        (None, None) => (now.plus(-SHIFT), None),
    };
    if to.is_some_and(|to| to <= from) {
        return Err(Failure::wrong_use("the shift ends before it begins", "name a --to that is later than --from"));
    }
    Ok((from, to, None))
}

/// The shift of that name that runs, or ran last.
fn named(name: &ShiftName, now: At, calendar: &Calendar) -> Result<Period, Failure> {
    let known: Vec<_> = calendar.shifts().iter().map(|shift| shift.name.as_str()).collect();
    let instead = match known.as_slice() {
        [] => "list it in traveller.toml, or name --from and --to".to_owned(),
        some => format!("write one of {}", some.join(", ")),
    };
    let unknown = || Failure::wrong_use(format!("there is no shift {name}"), instead);
    let turn = calendar.last_of(name, now).ok_or_else(unknown)?;
    Ok((turn.begin, Some(turn.end).filter(|end| *end <= now), Some(turn)))
}

fn tally(reader: &Reader, (from, to): (At, Option<At>), station: Option<&StationId>) -> Result<Tally, Fault> {
    let mut tally = Tally::default();
    let which = to.map_or(Which::Since(from), |to| Which::Between(from, to));
    reader.each_event(&which, |stored| {
        let event = stored.outcome()?;
        if station.is_none_or(|only| event.about.station.as_ref() == Some(only)) {
            tally.count(&event);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(tally)
}

fn names(reader: &Reader, tally: &Tally) -> Result<BTreeMap<Badge, String>, Fault> {
    let mut names = BTreeMap::new();
    for badge in tally.badges() {
        if let Some(person) = reader.person(badge)? {
            names.insert(badge.clone(), person.name);
        }
    }
    Ok(names)
}

//! `traveller report shift`: what happened in a shift, on one sheet that is a witness of the record.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::json_line;
use super::report_args::{ReportCommand, ShiftArgs};
use crate::app::port::Fault;
use crate::domain::id::{Badge, Epoch, StationId, TerminalId};
use crate::domain::time::{At, SECOND};
use crate::ledger::Reader;
use crate::ledger::head_file::Witnessed;
use crate::ledger::read::events::Which;
use crate::report::shift::content::{About, ShiftSheet};
use crate::report::shift::tally::Tally;
use crate::report::shift::{html, text};
use crate::station::clock::StationClock;

/// How long a shift is of which only one end is told, or none.
const SHIFT: i64 = 8 * 3_600 * SECOND;

/// From when, and to when; none: as far as the record goes.
type Period = (At, Option<At>);

/// The answer, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    from: At,
    to: Option<At>,
    station: Option<&'a StationId>,
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
    let zone = TimeZone::system();
    let (from, to) = period(args, printed, &zone)?;
    let tally = tally(&reader, (from, to), args.station.as_ref())?;
    // After the events, so that everything that is counted lies below a head.
    let heads = heads(&reader)?;
    if cx.json {
        let station = args.station.as_ref();
        json_line(
            cx.out,
            &Answer { from, to, station, tally: &tally, heads: heads.iter().map(HeadLine::of).collect() },
        )?;
        return Ok(Outcome::Done);
    }
    let names = names(&reader, &tally)?;
    let about = About { from, to, station: args.station.as_ref(), printed, zone: &zone, names: &names };
    let sheet = ShiftSheet::of(&tally, &heads, &about)?;
    let page = if args.html { html::page(&sheet) } else { text::page(&sheet) };
    cx.out.write_all(page.as_bytes())?;
    Ok(Outcome::Done)
}

/// From when to when. Without an end the sheet tells of all up to its head: what was recorded while the clock was set
/// back is not left out.
fn period(args: &ShiftArgs, now: At, zone: &TimeZone) -> Result<Period, Failure> {
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
    Ok((from, to))
}

fn tally(reader: &Reader, (from, to): Period, station: Option<&StationId>) -> Result<Tally, Fault> {
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

/// Where each stream stands; one without an event has no head yet.
fn heads(reader: &Reader) -> Result<Vec<Witnessed>, Fault> {
    let streams = reader.streams()?.into_iter().filter(|stream| stream.seq > 0);
    Ok(streams.map(|s| Witnessed { terminal: s.terminal, epoch: s.epoch, seq: s.seq, hash: s.hash }).collect())
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

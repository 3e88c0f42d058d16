//! `traveller shift`: the shift that runs, and what is left for the next one.

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{Table, json_line, lines, or_dash};
use super::watch_args::ShiftArgs;
use crate::app::shifts::left::{Left, LeftUnit};
use crate::domain::id::ShiftName;
use crate::domain::time::At;
use crate::station::clock::StationClock;

/// The answer, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    shift: Option<ShiftLine<'a>>,
    #[serde(flatten)]
    left: &'a Left,
}

#[derive(Serialize)]
struct ShiftLine<'a> {
    name: &'a ShiftName,
    begin: At,
    end: At,
    is_break: bool,
    next: Option<NextLine>,
}

#[derive(Serialize)]
struct NextLine {
    name: ShiftName,
    begin: At,
}

pub(super) fn run(cx: &mut Context<'_>, args: &ShiftArgs) -> Result<Outcome, Failure> {
    let now = StationClock::of_machine()?.read().at;
    let left = cx.reader()?.left(args.station.as_ref())?;
    let calendar = &cx.settings.work.calendar;
    let turn = calendar.at(now);
    let next = calendar.after(now).map(|next| NextLine { name: next.name, begin: next.begin });
    let shift = turn.as_ref().map(|turn| {
        let is_break = turn.is_break(now);
        ShiftLine { name: &turn.name, begin: turn.begin, end: turn.end, is_break, next }
    });
    if cx.json {
        json_line(cx.out, &Answer { shift, left: &left })?;
        return Ok(Outcome::Done);
    }
    let told = shift.map_or_else(
        || "No shift runs.".to_owned(),
        |s| format!("Shift {} from {} to {}{}", s.name, s.begin, s.end, if s.is_break { ", in a break" } else { "" }),
    );
    lines(cx.out, &told)?;
    tell(cx, &left)
}

fn tell(cx: &mut Context<'_>, left: &Left) -> Result<Outcome, Failure> {
    let mut units = Table::new(&["what", "unit", "step", "station", "by", "since", "reason"]);
    let lists = [("open", &left.open), ("half done", &left.half_done), ("on hold", &left.held)];
    for (what, unit) in lists.into_iter().flat_map(|(what, list)| list.iter().map(move |unit| (what, unit))) {
        let LeftUnit { unit, step, station, by, at, reason, .. } = unit;
        units.row([
            what.to_owned(),
            unit.to_string(),
            or_dash(step.as_ref()),
            or_dash(station.as_ref()),
            or_dash(by.as_ref()),
            at.to_string(),
            or_dash(reason.as_ref()),
        ]);
    }
    units.write(cx.out)?;
    let mut stations = Table::new(&["station", "what", "since", "by", "text"]);
    for load in &left.loads {
        let (what, text) = (format!("load {}", load.load), format!("{} units inside", load.units));
        stations.row([load.station.to_string(), what, or_dash(load.begun), "-".to_owned(), text]);
    }
    for at in &left.stations {
        let name = at.station.to_string();
        if let Some(down) = &at.watch.down {
            let (since, by) = (down.since.at.to_string(), or_dash(down.by.as_ref()));
            stations.row([name.clone(), "down".to_owned(), since, by, down.reason.clone()]);
        }
        if let Some(call) = &at.watch.call {
            let (since, by) = (call.since.at.to_string(), or_dash(call.by.as_ref()));
            stations.row([name.clone(), "calls a lead".to_owned(), since, by, "-".to_owned()]);
        }
        for note in &at.watch.notes {
            let (left, by) = (note.at.to_string(), or_dash(note.by.as_ref()));
            stations.row([name.clone(), "note".to_owned(), left, by, note.text.clone()]);
        }
    }
    stations.write(cx.out)?;
    if left.more {
        lines(cx.out, "There are more units than these lists have room for; `traveller units` lists all.")?;
    }
    Ok(Outcome::Done)
}

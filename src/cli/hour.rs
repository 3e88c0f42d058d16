//! `traveller hour`: why an hour fell short of its plan, as a lead says.

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{Table, or_dash};
use super::watch::{is_at, list, say, tally};
use super::watch_args::HourCommand;
use crate::app::inspect::when::{End, Wall, when};
use crate::domain::time::{At, SECOND};
use crate::domain::watch::WatchAct;
use crate::report::shift::watched::HourLine;
use crate::station::clock::StationClock;

/// Microseconds of a day.
const DAY: i64 = 24 * 3_600 * SECOND;

pub(super) fn run(cx: &mut Context<'_>, command: HourCommand) -> Result<Outcome, Failure> {
    match command {
        HourCommand::Explain { at, hour, reason } => {
            let now = StationClock::of_machine()?.read().at;
            let hour = hour_of(cx, &hour, now)?;
            say(cx, at, WatchAct::Explain { hour, reason })
        }
        HourCommand::List(args) => {
            let tally = tally(cx, &args)?;
            let all: Vec<_> = tally.explained.all().filter(|row| is_at(row.station.as_ref(), &args)).collect();
            hours(cx, &all)
        }
    }
}

/// The hour that is meant: by the clock of the plant, the last time that it was.
fn hour_of(cx: &Context<'_>, text: &str, now: At) -> Result<At, Failure> {
    let zone = cx.settings.work.calendar.zone();
    let moment = jiff::Timestamp::from_microsecond(now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let wall = Wall { now, utc_offset: zone.to_offset(moment).seconds() };
    let at = when(text, End::First, wall)
        .ok_or_else(|| Failure::wrong_use(format!("{text:?} is no hour"), "write 08:00, or 2026-11-23T07:00:00Z"))?;
    let is_a_time_of_day = text.len() <= 5 && text.contains(':');
    Ok(if is_a_time_of_day && at > now { at.plus(-DAY) } else { at })
}

fn hours(cx: &mut Context<'_>, rows: &[&HourLine]) -> Result<Outcome, Failure> {
    if cx.json {
        return list(cx, "hours", rows);
    }
    let mut table = Table::new(&["hour", "station", "said", "by", "reason"]);
    for row in rows {
        table.row([
            row.hour.to_string(),
            or_dash(row.station.as_ref()),
            row.at.to_string(),
            or_dash(row.by.as_ref()),
            or_dash(row.reason.as_ref()),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

//! `traveller board`: where every unit is, what needs a person now, and whether the shift is on plan. On a terminal it
//! follows the line; as text, as JSON and as a page for the wall it tells it once.

use std::path::Path;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::look_args::BoardArgs;
use super::output::{json_line, lines};
use super::terminal::{appearance, needs_a_terminal};
use crate::app::board::content::Board;
use crate::app::board::trend::Trend;
use crate::report::board::compute::board;
use crate::report::board::{html, text};
use crate::station::clock::StationClock;
use crate::station::look::board::gather::{Gather, Once};
use crate::station::look::board::{Start, run as follow};
use crate::station::priority;
use crate::station::put::put;

/// Checks that are named where another one was asked for.
const NAMED_MOST: usize = 40;

pub(super) fn run(cx: &mut Context<'_>, args: &BoardArgs) -> Result<Outcome, Failure> {
    if let Some(file) = &args.html {
        return page(cx, args, file);
    }
    if args.once || cx.json {
        let told = told(cx, args)?;
        if cx.json {
            json_line(cx.out, &told)?;
        } else {
            cx.out.write_all(text::page(&told, cx.settings.work.calendar.zone()).as_bytes())?;
        }
        return Ok(Outcome::Done);
    }
    let reader = cx.reader()?;
    needs_a_terminal()?;
    priority::let_work_go_first();
    let (theme, _sound) = appearance(cx);
    follow(Start {
        reader,
        settings: cx.settings.clone(),
        since: args.since,
        trend: args.trend.clone(),
        theme,
        clock: StationClock::of_machine()?,
    })?;
    Ok(Outcome::Done)
}

fn told(cx: &Context<'_>, args: &BoardArgs) -> Result<Board, Failure> {
    let reader = cx.reader()?;
    let now = match args.at {
        Some(at) => at,
        None => StationClock::of_machine()?.read().at,
    };
    let mut gather = Gather::new(cx.settings.clone(), args.since, args.trend.clone());
    let told = board(&gather.seen(&reader, now, &Once)?);
    match &told.trend {
        Some(trend) if trend.points.is_empty() && !told.checks.contains(&trend.check) => Err(no_check(&told, trend)),
        Some(_) | None => Ok(told),
    }
}

/// A slip of the hand is told with what there is.
fn no_check(told: &Board, trend: &Trend) -> Failure {
    let known: Vec<String> = told.checks.iter().take(NAMED_MOST).map(ToString::to_string).collect();
    let instead = format!("checks with numbers are {}", known.join(", "));
    Failure::wrong_use(format!("no released route has the check {}", trend.check), instead)
}

/// Writes the page whole, and puts it in the place of the one before: no browser reads half of it.
fn page(cx: &mut Context<'_>, args: &BoardArgs, file: &Path) -> Result<Outcome, Failure> {
    let told = told(cx, args)?;
    put(file, html::page(&told, cx.settings.work.calendar.zone()).as_bytes())?;
    if cx.json {
        json_line(cx.out, &told)?;
    } else {
        lines(cx.out, &format!("written: {}", file.display()))?;
    }
    Ok(Outcome::Done)
}

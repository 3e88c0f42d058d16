//! `traveller review`: how work really ran, from the ledger or from a log of another process.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::json_line;
use super::review_args::{ColumnArgs, ReviewArgs, SlashesArg};
use super::{route, route_list};
use crate::domain::id::{Revision, RouteId};
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::ledger::read::events::Which;
use crate::report::review::checks::OfRoute;
use crate::report::review::content::Review;
use crate::report::review::csv_log::{self, Columns};
use crate::report::review::ledger_log::{Gathered, listed};
use crate::report::review::moment::Slashes;
use crate::report::review::order::{Listed, Order};
use crate::report::review::{html, propose, text};
use crate::station::clock::StationClock;

/// The review of a route, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    route: &'a RouteId,
    revision: &'a Revision,
    #[serde(flatten)]
    review: &'a Review,
}

pub(super) fn run(cx: &mut Context<'_>, args: &ReviewArgs) -> Result<Outcome, Failure> {
    match &args.log {
        Some(log) => of_a_log(cx, args, log),
        None => of_the_ledger(cx, args),
    }
}

fn of_a_log(cx: &mut Context<'_>, args: &ReviewArgs, file: &Path) -> Result<Outcome, Failure> {
    let steps = args.route.as_deref().map(|file| steps(cx, file)).transpose()?;
    let log = csv_log::read(input(file)?, &columns(&args.columns)).map_err(Failure::WrongUse)?;
    let order = steps.as_ref().map_or_else(|| Order::usual(&log), |steps| Order::of_route(&log, steps));
    let review = Review::of(&log, &order, steps.is_some(), None);
    if cx.json {
        json_line(cx.out, &review)?;
        return Ok(Outcome::Done);
    }
    let page = match &args.propose {
        Some(route) => propose::route_file(&log, &review, route.as_str()),
        None if args.html => html::page(None, &review),
        None => text::page(None, &review),
    };
    cx.out.write_all(page.as_bytes())?;
    Ok(Outcome::Done)
}

/// The arguments' own rules see to it that what a log needs is named.
fn columns(args: &ColumnArgs) -> Columns {
    Columns {
        case: args.case.clone().unwrap_or_default(),
        activity: args.activity.clone().unwrap_or_default(),
        time: args.time.clone().unwrap_or_default(),
        end: args.end.clone(),
        resource: args.resource.clone(),
        slashes: args.slashes.map(|slashes| match slashes {
            SlashesArg::DayFirst => Slashes::DayFirst,
            SlashesArg::MonthFirst => Slashes::MonthFirst,
        }),
    }
}

fn input(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let unread = |e: io::Error| {
        Failure::wrong_use(format!("{} could not be read: {e}", path.display()), "name a CSV file with --log")
    };
    Ok(Box::new(File::open(path).map_err(unread)?))
}

/// The steps of a route that is sound.
fn steps(cx: &Context<'_>, file: &Path) -> Result<Vec<Listed>, Failure> {
    let checked = route::read_all(cx, &[file.to_owned()])?;
    let route = checked.files.first().map(|file| &file.route);
    let route = route.ok_or_else(|| {
        let what = format!("{} is no sound route", file.display());
        Failure::no(what, "traveller route check says what to write")
    })?;
    Ok(listed(route))
}

fn of_the_ledger(cx: &mut Context<'_>, args: &ReviewArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let now = StationClock::of_machine()?.read().at;
    let which = period(args, now)?;
    let all: BTreeSet<RouteId> = match &args.of {
        Some(route) => BTreeSet::from([route.clone()]),
        None => reader.routes()?.into_iter().map(|listed| listed.release.route).collect(),
    };
    for route in &all {
        one(cx, &reader, (route, args.revision.as_ref()), (&which, now), args)?;
    }
    Ok(Outcome::Done)
}

/// Reviews one route. One on which nothing was done is passed over, unless it was asked for.
fn one(
    cx: &mut Context<'_>,
    reader: &Reader,
    (route, revision): (&RouteId, Option<&Revision>),
    (which, now): (&Which, At),
    args: &ReviewArgs,
) -> Result<(), Failure> {
    let (listed, text) = route_list::released(reader, route, revision)?;
    let released = reader.event_at(listed.released)?.map(|stored| stored.outcome()).transpose()?;
    let Some(read) = crate::route_file::released(&text) else {
        return Err(Failure::no(format!("the text of route {route} cannot be read"), "traveller verify"));
    };
    let mut gathered = Gathered::of(&read);
    reader.each_event(which, |stored| {
        gathered.see(&stored.outcome()?);
        Ok(ControlFlow::Continue(()))
    })?;
    if gathered.is_full {
        return Err(Failure::no(
            "the period has more than the review can hold",
            "name a shorter one with --from and --to",
        ));
    }
    let (log, order, floor) = gathered.finish();
    if log.done().is_empty() && args.of.is_none() {
        return Ok(());
    }
    let of_route = OfRoute::new(&read, &floor, released.map(|event| event.stamp.at), now);
    let review = Review::of(&log, &order, true, Some(of_route));
    if cx.json {
        return Ok(json_line(cx.out, &Answer { route, revision: &read.revision, review: &review })?);
    }
    let title = route::named(route, &read.revision);
    let page = if args.html { html::page(Some(&title), &review) } else { text::page(Some(&title), &review) };
    Ok(cx.out.write_all(page.as_bytes())?)
}

fn period(args: &ReviewArgs, now: At) -> Result<Which, Failure> {
    let zone = TimeZone::system();
    let beyond = || Failure::wrong_use("the period lies beyond the calendar", "name another time");
    let Some(from) = args.from else { return Ok(Which::All) };
    let from = from.until(now, &zone).ok_or_else(beyond)?;
    let Some(to) = args.to else { return Ok(Which::Since(from)) };
    Ok(Which::Between(from, to.after(from, &zone).ok_or_else(beyond)?))
}

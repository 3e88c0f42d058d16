//! `traveller load`: what went through an oven, a wash or a cure together.

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::load_args::{ListLoadsArgs, LoadCommand};
use super::output::{JsonList, Table, json_line, lines, or_dash};
use crate::domain::id::{Badge, Revision, RouteId, StationId, StepId, UnitId};
use crate::domain::load::LoadOver;
use crate::domain::load_record::{Checked, InIt, LoadRecord, LoadState};
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::station::clock::StationClock;

/// Loads that are looked at together.
const PAGE: u32 = 100;

pub(super) fn run(cx: &mut Context<'_>, command: LoadCommand) -> Result<Outcome, Failure> {
    match command {
        LoadCommand::List(args) => list(cx, &args),
        LoadCommand::Show { load } => show(cx, &load),
    }
}

/// The loads that fit, the newest first.
fn fitting(reader: &Reader, args: &ListLoadsArgs) -> Result<Vec<LoadRecord>, Failure> {
    let fits = |load: &LoadRecord| {
        let state = load.state();
        let is_wanted = (!args.open || state.is_open()) && (!args.ended || state == LoadState::Ended);
        is_wanted && args.station.as_ref().is_none_or(|station| load.station.as_ref() == Some(station))
    };
    let most = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let (mut found, mut before) = (Vec::new(), args.before.clone());
    loop {
        let page = reader.loads(before.as_deref(), PAGE)?;
        let Some(last) = page.last().map(|load| load.load.clone()) else { break };
        before = Some(last);
        found.extend(page.into_iter().filter(&fits));
        if found.len() >= most {
            break;
        }
    }
    found.truncate(most);
    Ok(found)
}

fn list(cx: &mut Context<'_>, args: &ListLoadsArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    if let Some(before) = &args.before {
        known(&reader, before)?;
    }
    let loads = fitting(&reader, args)?;
    let now = StationClock::of_machine()?.read().at;
    if cx.json {
        let mut list = JsonList::begin(cx.out, "loads")?;
        loads.iter().try_for_each(|load| list.item(&LoadLine::of(load, now)))?;
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["load", "station", "route", "rev", "step", "units", "begun", "minutes", "state"]);
    for load in &loads {
        let line = LoadLine::of(load, now);
        table.row([
            line.load.to_owned(),
            or_dash(line.station),
            or_dash(line.route),
            or_dash(line.revision),
            or_dash(line.step),
            line.count.to_string(),
            or_dash(line.begun),
            or_dash(line.minutes),
            said(&line),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// Where a load stands, and how it ended.
fn said(line: &LoadLine<'_>) -> String {
    let over = line.over.map(|over| match over {
        LoadOver::InTime => ", in time",
        LoadOver::TooLate => ", too late",
    });
    format!("{}{}", line.state.word(), over.unwrap_or_default())
}

fn known(reader: &Reader, load: &str) -> Result<LoadRecord, Failure> {
    let unknown = || Failure::no(format!("load {load} is not on record"), "see `traveller load list`");
    reader.load(load)?.ok_or_else(unknown)
}

fn show(cx: &mut Context<'_>, load: &str) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let record = known(&reader, load)?;
    let line = LoadLine::of(&record, StationClock::of_machine()?.read().at);
    let units = record.units.iter().map(UnitLine::of);
    if cx.json {
        json_line(cx.out, &LoadAnswer { load: line, checks: &record.checks, units: units.collect() })?;
        return Ok(Outcome::Done);
    }
    let (station, minutes) = (or_dash(line.station), or_dash(line.minutes));
    let of = format!("{} rev {} step {}", or_dash(line.route), or_dash(line.revision), or_dash(line.step));
    let by = |badge: Option<&Badge>| badge.map(|badge| format!(" by {badge}")).unwrap_or_default();
    let mut told = vec![format!("load {load} at {station}: {of}, {} units, {}", line.count, said(&line))];
    told.extend(line.begun.map(|begun| format!("begun {begun}{}, {minutes} minutes", by(line.begun_by))));
    told.extend(record.checks.iter().map(|check| {
        let verdict = if check.passed { "passed" } else { "failed" };
        let gauge = check.gauge.as_ref().map(|gauge| format!(" with {gauge}")).unwrap_or_default();
        format!("{} {}{gauge} {verdict}, {}{}", check.check, check.value, check.at, by(check.by.as_ref()))
    }));
    told.extend(line.ended.map(|ended| format!("ended {ended}{}", by(line.ended_by))));
    lines(cx.out, &told.join("\n"))?;
    let mut table = Table::new(&["unit", "in", "by", "stood by", "state"]);
    for unit in units {
        let (by, stood_by) = (or_dash(unit.by), or_dash(unit.stood_by));
        table.row([unit.unit.to_string(), unit.at.to_string(), by, stood_by, unit.state.to_owned()]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// A load, as scripts read it.
#[derive(Serialize)]
struct LoadLine<'a> {
    load: &'a str,
    station: Option<&'a StationId>,
    route: Option<&'a RouteId>,
    revision: Option<&'a Revision>,
    step: Option<&'a StepId>,
    state: LoadState,
    count: usize,
    begun: Option<At>,
    begun_by: Option<&'a Badge>,
    ended: Option<At>,
    ended_by: Option<&'a Badge>,
    /// Of one that runs: until now.
    minutes: Option<i64>,
    over: Option<LoadOver>,
}

impl<'a> LoadLine<'a> {
    fn of(load: &'a LoadRecord, now: At) -> Self {
        let (begun, ended) = (load.begun.as_ref(), load.ended.as_ref());
        Self {
            load: &load.load,
            station: load.station.as_ref(),
            route: load.route.as_ref().map(|(route, _)| route),
            revision: load.route.as_ref().map(|(_, revision)| revision),
            step: load.step.as_ref(),
            state: load.state(),
            count: load.inside().count(),
            begun: begun.map(|done| done.moment.at),
            begun_by: begun.and_then(|done| done.by.as_ref()),
            ended: ended.map(|(done, _)| done.moment.at),
            ended_by: ended.and_then(|(done, _)| done.by.as_ref()),
            minutes: load.minutes(now),
            over: ended.map(|(_, over)| *over),
        }
    }
}

/// A load with its units, as scripts read it.
#[derive(Serialize)]
struct LoadAnswer<'a> {
    #[serde(flatten)]
    load: LoadLine<'a>,
    checks: &'a [Checked],
    units: Vec<UnitLine<'a>>,
}

/// A unit of a load, as scripts read it.
#[derive(Serialize)]
struct UnitLine<'a> {
    unit: &'a UnitId,
    at: At,
    by: Option<&'a Badge>,
    /// Who stood by, where whoever put it in is learning the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    stood_by: Option<&'a Badge>,
    /// `inside`, `taken-out` or `treated`.
    state: &'static str,
}

impl<'a> UnitLine<'a> {
    fn of(inside: &'a InIt) -> Self {
        let state = match (inside.taken_out, inside.treated) {
            (true, _) => "taken-out",
            (false, true) => "treated",
            (false, false) => "inside",
        };
        let (unit, stood_by) = (&inside.unit, inside.stood_by.as_ref());
        Self { unit, at: inside.entered.moment.at, by: inside.entered.by.as_ref(), stood_by, state }
    }
}

//! `traveller route move`: units go on under another revision. What becomes due is shown first; then all of them move,
//! or none does.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::answer::tell;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::move_args::MoveArgs;
use super::output::{JsonList, Table};
use super::show::unknown;
use crate::app::together::{Ended, Stopped};
use crate::domain::command::Command;
use crate::domain::event::Link;
use crate::domain::id::{Revision, RouteId, UnitId};
use crate::domain::moving::{RouteMove, plan};
use crate::domain::route::Route;
use crate::domain::traveller::{State, Traveller};
use crate::domain::what::MovePlan;
use crate::ledger::Reader;
use crate::ledger::read::units::{Page, UnitFilter};
use crate::ledger::reader::PAGE_ROWS_MOST;
use crate::route_file::released;
use crate::station::open::Make;

/// A unit that is to move, and what becomes of its steps; none where it cannot move, which is the gate's to say.
#[derive(Debug, Serialize)]
struct Planned {
    unit: UnitId,
    route: RouteId,
    from: Revision,
    to: Revision,
    #[serde(flatten)]
    plan: Option<MovePlan>,
    #[serde(skip)]
    seen: Option<Link>,
}

pub(super) fn run(cx: &mut Context<'_>, args: MoveArgs) -> Result<Outcome, Failure> {
    let all = planned(&cx.reader()?, &args)?;
    let (reason, by) = match (args.reason, args.by) {
        (Some(reason), Some(by)) if !args.plan => (reason, by),
        (None | Some(_), _) if args.plan => return show(cx, &all),
        (_, _) => {
            let what = "who moves the units, and why, was not said";
            return Err(Failure::wrong_use(what, "give --reason and --by, or --plan to see what would become due"));
        }
    };
    if !cx.json {
        show(cx, &all)?;
        cx.out.flush()?;
    }
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&by)?;
    let ended = clerk.give_together(&by, &with, |together| {
        for one in &all {
            let Planned { unit, route, to, seen, .. } = one;
            let (unit, route, to, seen) = (unit.clone(), route.clone(), to.clone(), seen.clone());
            let (mapped, reason, by) = (args.map.clone(), reason.clone(), by.clone());
            together.give(&Command::Move(Box::new(RouteMove { unit, route, to, mapped, seen, reason, by })))?;
        }
        Ok::<_, Stopped>(())
    })?;
    match ended {
        Ended::Done((), _receipt) if cx.json => list(cx, "moved", &all),
        Ended::Done((), _receipt) => {
            writeln!(cx.out, "moved: {}", all.len())?;
            Ok(Outcome::Done)
        }
        Ended::Refused(settled) => {
            let about = settled.unit.as_ref().map_or_else(|| "the move".to_owned(), ToString::to_string);
            tell(cx, &about, &settled)
        }
    }
}

/// The units that are named, or every running one of a revision; with what becomes of each.
fn planned(reader: &Reader, args: &MoveArgs) -> Result<Vec<Planned>, Failure> {
    let units = match (&args.route, &args.from) {
        (Some(route), Some(from)) if args.units.is_empty() => running(reader, route, from)?,
        (None, None) if !args.units.is_empty() => args.units.clone(),
        _ => {
            let what = "which units are to move was not said";
            return Err(Failure::wrong_use(what, "name units, or --route and --from for all that run that revision"));
        }
    };
    if units.is_empty() {
        return Err(Failure::no("no unit runs that revision", "see `traveller units`; nothing was done"));
    }
    let mut routes = BTreeMap::new();
    units.iter().map(|unit| one(reader, unit, args, &mut routes)).collect()
}

fn running(reader: &Reader, route: &RouteId, from: &Revision) -> Result<Vec<UnitId>, Failure> {
    let mut units = Vec::new();
    for state in [State::InProcess, State::Held] {
        let filter = UnitFilter { state: Some(state), route: Some(route.clone()), ..UnitFilter::default() };
        let mut after = crate::ledger::place::Place::START;
        loop {
            let rows = reader.units(&filter, Page::After(after), PAGE_ROWS_MOST)?;
            let Some(last) = rows.last() else { break };
            after = last.place;
            let of_it = rows.into_iter().filter(|row| row.revision.as_ref() == Some(from) && row.step.is_some());
            units.extend(of_it.map(|row| row.unit));
        }
    }
    Ok(units)
}

type Routes = BTreeMap<(RouteId, Revision), Option<Arc<Route>>>;

fn one(reader: &Reader, unit: &UnitId, args: &MoveArgs, routes: &mut Routes) -> Result<Planned, Failure> {
    let traveller: Traveller = reader.traveller(unit)?.ok_or_else(|| unknown(unit))?;
    let (route, from) = traveller.route.clone().ok_or_else(|| unknown(unit))?;
    let mut known = |revision: &Revision| -> Result<Option<Arc<Route>>, Failure> {
        let key = (route.clone(), revision.clone());
        if let Some(found) = routes.get(&key) {
            return Ok(found.clone());
        }
        let found = reader.route_text(&route, revision)?.as_deref().and_then(released).map(Arc::new);
        routes.insert(key, found.clone());
        Ok(found)
    };
    let both = known(&from)?.zip(known(&args.to)?);
    let plan = both.and_then(|(old, new)| plan(&traveller, &old, &new, &args.map).ok());
    Ok(Planned { unit: unit.clone(), route: route.clone(), from, to: args.to.clone(), plan, seen: traveller.head })
}

fn show(cx: &mut Context<'_>, all: &[Planned]) -> Result<Outcome, Failure> {
    if cx.json {
        return list(cx, "plan", all);
    }
    let mut table = Table::new(&["unit", "route", "from", "to", "due", "counts", "due again"]);
    for one in all {
        let (due, counts, again) = match &one.plan {
            Some(plan) => {
                let again = plan.again.iter().map(|a| format!("{} ({})", a.step, a.because.word()));
                let counts = plan.counts.iter().map(ToString::to_string);
                let joined = |list: Vec<String>| if list.is_empty() { "-".to_owned() } else { list.join(" ") };
                (plan.due.step.to_string(), joined(counts.collect()), joined(again.collect()))
            }
            None => ("-".to_owned(), "it cannot move".to_owned(), "-".to_owned()),
        };
        table.row([
            one.unit.to_string(),
            one.route.to_string(),
            one.from.to_string(),
            one.to.to_string(),
            due,
            counts,
            again,
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

fn list(cx: &mut Context<'_>, key: &str, all: &[Planned]) -> Result<Outcome, Failure> {
    let mut list = JsonList::begin(cx.out, key)?;
    for one in all {
        list.item(one)?;
    }
    list.end()?;
    Ok(Outcome::Done)
}

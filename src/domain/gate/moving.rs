//! A lead moves a unit to another revision of its route: which steps count, and what becomes due.

use crate::domain::event::About;
use crate::domain::moving::{Immovable, MAPPED_MOST, RouteMove, planned};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::Route;
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::{Nothing, PutDown, RouteMoved, UnitClosed, What};

use super::case::{Answer, Case, done, on_unit, seen};
use super::decision::Did;
use super::disposing::subject;
use super::loading;
use super::opening::{merged, nonconforming};
use super::people::{authority, by_hand};

/// From this version on what a unit is spared by a move is not due either.
const SPARED_IS_NOT_DUE: u32 = 5;

/// Moves a unit. A hold of it stays; a unit that failed is decided about first.
pub(super) fn move_to(case: &Case<'_>, wanted: &RouteMove) -> Answer {
    authority(case, &wanted.by, &[Role::Lead])?;
    let (traveller, old) = subject(case, Some(&wanted.unit))?;
    may_move(traveller, wanted)?;
    let unreleased = || refused(Code::RouteNotReleased, wanted, Evidence::default());
    let target = case.facts.route(&wanted.route, &wanted.to).ok_or_else(unreleased)?;
    if target.release.withdrawn {
        let event = Some(target.release.event.clone());
        return Err(refused(Code::RouteWithdrawn, wanted, Evidence { event, ..Evidence::default() }));
    }
    let (old, new) = old.zip(target.route.as_deref()).ok_or_else(unreleased)?;
    if wanted.seen.is_some() && wanted.seen != traveller.head {
        let event = traveller.head.clone();
        return Err(refused(Code::StaleScan, wanted, Evidence { event, ..Evidence::default() }));
    }
    let plan = planned(traveller, (old, new), &wanted.mapped, case.gate >= SPARED_IS_NOT_DUE)
        .map_err(|why| immovable(&why, wanted, traveller, old, new))?;
    let about = by_hand(case.about_unit(traveller), &wanted.by, Some(&wanted.reason));
    let what = What::RouteMoved(RouteMoved { to: wanted.to.clone(), plan, mapped: wanted.mapped.clone() });
    let is_open_here = case.open.unit.as_ref() == Some(&wanted.unit);
    let mut drafts = if is_open_here { loading::traces_of_open(case, &[]) } else { Vec::new() };
    drafts.push(on_unit(&wanted.unit, about, what));
    if is_open_here {
        let about = by_hand(case.about_unit(traveller), &wanted.by, None);
        let about = About { revision: Some(wanted.to.clone()), ..about };
        drafts.push(seen(Some(traveller), about, What::UnitClosed(UnitClosed { why: PutDown::Done })));
    }
    done(Did::RouteMoved, Some(wanted.unit.clone()), drafts)
}

fn refused(code: Code, wanted: &RouteMove, evidence: Evidence) -> Refusal {
    let RouteMove { unit, route, to, .. } = wanted;
    let (unit, route, revision) = (Some(unit.clone()), Some(route.clone()), Some(to.clone()));
    Refusal::new(code, Evidence { unit, route, revision, ..evidence })
}

/// Refuses units that are nowhere on that route, or have that revision.
fn may_move(traveller: &Traveller, wanted: &RouteMove) -> Result<(), Refusal> {
    let no = |code| Err(refused(code, wanted, Evidence { event: traveller.head.clone(), ..Evidence::default() }));
    match traveller.standing {
        Standing::Scrapped => return no(Code::Scrapped),
        Standing::Dispatched => return no(Code::Dispatched),
        Standing::Complete => return no(Code::AlreadyPassed),
        Standing::Nonconforming => return Err(nonconforming(traveller)),
        // What came back is decided about first, like what failed.
        Standing::Returned => return no(Code::Nonconforming),
        Standing::Merged => return Err(merged(traveller)),
        Standing::InProcess | Standing::Unborn => {}
    }
    if !traveller.breaks.is_empty() {
        return no(Code::Fork);
    }
    if let Some(inside) = &traveller.in_load {
        let station = inside.station.clone();
        return Err(refused(Code::UnitOpen, wanted, Evidence { station, ..Evidence::default() }));
    }
    match &traveller.route {
        Some((route, _)) if *route != wanted.route => no(Code::WrongIdentifier),
        Some((_, revision)) if *revision == wanted.to => no(Code::AlreadyRecorded),
        Some(_) | None if wanted.mapped.len() > MAPPED_MOST => no(Code::BadInput),
        Some(_) | None => Ok(()),
    }
}

fn immovable(why: &Immovable, wanted: &RouteMove, unit: &Traveller, old: &Route, new: &Route) -> Refusal {
    let (code, evidence) = match why {
        Immovable::NoSuchStep(step) => {
            let fits = new.steps.iter().filter(|s| old.step(&s.id).is_none()).map(|s| s.id.to_string()).collect();
            (Code::NoSuchStep, Evidence { step: Some(step.clone()), fits, ..Evidence::default() })
        }
        Immovable::BadMap(mapped) => {
            let fits = vec![format!("{}={}", mapped.from, mapped.to)];
            (Code::BadInput, Evidence { step: Some(mapped.from.clone()), fits, ..Evidence::default() })
        }
        Immovable::Number => (Code::WrongIdentifier, Evidence::default()),
        Immovable::Variant => (Code::WrongIdentifier, Evidence { field: unit.variant.clone(), ..Evidence::default() }),
        Immovable::HalfDone(step) => {
            let (station, by) = unit.open.as_ref().map(|o| (o.station.clone(), o.by.clone())).unzip();
            (Code::UnitOpen, Evidence { step: Some(step.clone()), station, by: by.flatten(), ..Evidence::default() })
        }
        Immovable::NothingDue => (Code::AlreadyPassed, Evidence::default()),
    };
    refused(code, wanted, evidence)
}

/// Whoever works on the unit has seen that it was moved.
pub(super) fn seen_at_bench(case: &Case<'_>) -> Answer {
    case.worker()?;
    let bench = case.bench()?;
    let Some(moved) = bench.traveller.unseen_move() else {
        let unit = Some(bench.unit.clone());
        return Err(Refusal::new(Code::AlreadyRecorded, Evidence { unit, ..Evidence::default() }));
    };
    let about = About { corrects: Some(moved.event.clone()), ..case.about_unit(bench.traveller) };
    done(Did::MoveSeen, Some(bench.unit.clone()), vec![seen(Some(bench.traveller), about, What::MoveSeen(Nothing))])
}

//! A unit whose history forks, or lacks what it builds on: nobody works on it before a lead has decided, by name.

use std::collections::BTreeSet;

use crate::domain::id::StepId;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::{Route, Step};
use crate::domain::settling::{Again, Broken, HistorySettled, Settle};
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::way;
use crate::domain::what::{PutDown, UnitClosed, What};

use super::case::{Answer, Case, done, on_unit, seen};
use super::decision::Did;
use super::disposing::{refused, subject};
use super::loads::not_inside;
use super::opening::merged;
use super::people::{authority, by_hand};
use super::reworking::due_again;

/// From this version on a broken history stops a unit wherever a hold does.
pub(super) const HISTORY_COUNTS: u32 = 5;

/// Refuses a unit whose history is broken.
pub(super) fn unbroken(case: &Case<'_>, traveller: &Traveller) -> Result<(), Refusal> {
    let Some(broken) = Broken::of(traveller).filter(|_| case.gate >= HISTORY_COUNTS) else { return Ok(()) };
    Err(refusal(&broken, Evidence { unit: traveller.unit.clone(), ..Evidence::default() }))
}

/// The refusal of a broken history.
pub(super) fn refusal(broken: &Broken, evidence: Evidence) -> Refusal {
    let code = if broken.forks { Code::Fork } else { Code::IncompleteRecord };
    Refusal::new(code, Evidence { events: broken.events.clone(), event: broken.on.clone(), ..evidence })
}

/// A lead ends what is broken in the history of a unit. All of it is named: what came up since it was looked at is
/// looked at first.
pub(super) fn settle(case: &Case<'_>, command: &Settle) -> Answer {
    let Settle { unit, events, to, reason, by } = command;
    authority(case, by, &[Role::Lead])?;
    let (traveller, route) = subject(case, Some(unit))?;
    let about_it = Evidence { unit: Some(unit.clone()), ..Evidence::default() };
    let Some(broken) = Broken::of(traveller) else { return Err(Refusal::new(Code::AlreadyRecorded, about_it)) };
    let broken_here = traveller.broken();
    let named: BTreeSet<&str> = events.iter().map(String::as_str).collect();
    if named.len() != broken_here.len() || !broken_here.iter().all(|event| named.contains(event.to_string().as_str())) {
        return Err(refusal(&broken, about_it));
    }
    let events = broken_here.into_iter().cloned().collect();
    let route = route.ok_or_else(|| refused(Code::RouteNotReleased, traveller, Evidence::default()))?;
    let again = to.as_ref().map(|to| again(traveller, route, to)).transpose()?;
    nothing_is_missing(traveller, route, again.as_ref())?;
    let ends = traveller.ends.iter().filter(|end| traveller.head.as_ref() != Some(end)).cloned().collect();
    let is_sent_back = again.is_some();
    let about = by_hand(case.about_unit(traveller), by, Some(reason));
    let what = What::HistorySettled(HistorySettled { events, ends, again });
    let mut drafts = vec![on_unit(unit, about, what)];
    if case.open.unit.as_ref() == Some(unit) && is_sent_back {
        let about = by_hand(case.about_unit(traveller), by, None);
        drafts.push(seen(Some(traveller), about, What::UnitClosed(UnitClosed { why: PutDown::Done })));
    }
    done(Did::HistorySettled, Some(unit.clone()), drafts)
}

/// What is done again from a step on: all that has passed, in whichever order, while the unit is one to be worked on.
fn again(traveller: &Traveller, route: &Route, to: &StepId) -> Result<Again, Refusal> {
    match traveller.standing {
        Standing::InProcess | Standing::Nonconforming | Standing::Complete => not_inside(traveller)?,
        Standing::Scrapped => return Err(refused(Code::Scrapped, traveller, Evidence::default())),
        Standing::Dispatched => return Err(refused(Code::Dispatched, traveller, Evidence::default())),
        // What becomes of it is decided as of any that came back.
        Standing::Returned => return Err(refused(Code::Nonconforming, traveller, Evidence::default())),
        Standing::Merged => return Err(merged(traveller)),
        Standing::Unborn => return Err(refused(Code::UnknownUnit, traveller, Evidence::default())),
    }
    let has = |step: &&Step| way::has(traveller, step);
    let at = route.position(to).filter(|at| route.steps.get(*at).as_ref().is_some_and(has));
    let Some((at, first)) = at.and_then(|at| Some((at, route.steps.get(at)?))) else {
        let fits = route.steps.iter().filter(has).map(|step| step.id.to_string()).collect();
        let evidence = Evidence { step: Some(to.clone()), fits, ..Evidence::default() };
        return Err(refused(Code::BadInput, traveller, evidence));
    };
    Ok(Again { to: to.clone(), station: first.station.clone(), due: due_again(traveller, route, at, (to, to)) })
}

/// Refuses to let a unit go on behind a step that no part of its history passed: that one is due first.
fn nothing_is_missing(traveller: &Traveller, route: &Route, again: Option<&Again>) -> Result<(), Refusal> {
    let due = match (again, traveller.standing) {
        (Some(again), _) => Some(&again.to),
        (None, Standing::InProcess | Standing::Nonconforming) => traveller.due.as_ref().map(|due| &due.step),
        (None, Standing::Complete) => None,
        // It goes nowhere, or somebody decides where to.
        (
            None,
            Standing::Scrapped | Standing::Dispatched | Standing::Returned | Standing::Merged | Standing::Unborn,
        ) => return Ok(()),
    };
    let due = due.and_then(|due| route.step(due));
    let until = due.and_then(|step| route.position(&step.id)).unwrap_or(route.steps.len());
    let stands_beside = |step: &Step| step.group.is_some() && due.is_some_and(|due| due.group == step.group);
    let is_left = |step: &&Step| {
        way::has(traveller, step)
            && !traveller.passed.contains(&step.id)
            && !stands_beside(step)
            && !way::may_be_left_out(traveller, step)
    };
    let Some(missing) = route.steps.iter().take(until).find(is_left) else { return Ok(()) };
    let evidence = Evidence {
        step: due.map(|step| step.id.clone()),
        due_step: Some(missing.id.clone()),
        due_station: Some(missing.station.clone()),
        ..Evidence::default()
    };
    Err(refused(Code::OutOfSequence, traveller, evidence))
}

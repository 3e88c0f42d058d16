//! Deciding about a unit that may not simply go on: nonconforming, or on hold.

use crate::domain::command::{Command, Decide};
use crate::domain::event::{About, Link};
use crate::domain::id::{Badge, StepId, UnitId};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::{Route, Step};
use crate::domain::traveller::{HOLDS_MOST, Standing, Traveller};
use crate::domain::way;
use crate::domain::what::{
    ComponentsRecovered, Disposed, Nothing, Outcome, PutDown, Removed, UnitClosed, UnitHeld, What,
};

use super::case::{Answer, Case, HOLDS_ADD_UP, done, not_held, on_hold, on_unit, seen};
use super::decision::Did;
use super::loads::not_inside;
use super::opening;
use super::people::{authority, by_hand};
use super::returns;
use super::reworking::{due_behind, may_go_back};
use super::time::in_time;

/// The unit that a command names, or the open one.
pub(super) fn subject<'a>(
    case: &Case<'a>,
    named: Option<&UnitId>,
) -> Result<(&'a Traveller, Option<&'a Route>), Refusal> {
    let Some(unit) = named.filter(|u| case.open.unit.as_ref() != Some(*u)) else {
        return if case.open.exists() { Ok((case.open, case.route)) } else { Err(Refusal::bare(Code::NothingOpen)) };
    };
    let other = case.facts.other(unit.as_str()).filter(|o| o.traveller.exists());
    let unknown = || Refusal::new(Code::UnknownUnit, Evidence { unit: Some(unit.clone()), ..Evidence::default() });
    let other = other.ok_or_else(unknown)?;
    Ok((other.traveller.as_ref(), other.route.as_deref()))
}

pub(super) fn refused(code: Code, traveller: &Traveller, evidence: Evidence) -> Refusal {
    Refusal::new(code, Evidence { unit: traveller.unit.clone(), ..evidence })
}

/// What becomes of a nonconforming unit.
pub(super) fn dispose(case: &Case<'_>, command: &Command) -> Answer {
    let Command::Dispose { unit, decision, to, removed, defect, reason, badge } = command else {
        return Err(Refusal::bare(Code::BadInput));
    };
    let roles = match decision {
        Decide::Rework | Decide::Scrap => [Role::Lead],
        Decide::UseAsIs => [Role::Quality],
    };
    authority(case, badge, &roles)?;
    let (traveller, route) = subject(case, unit.as_ref())?;
    let gone = |code| Err(refused(code, traveller, Evidence::default()));
    match traveller.standing {
        Standing::Nonconforming => {}
        Standing::Scrapped => return gone(Code::Scrapped),
        Standing::Dispatched => return gone(Code::Dispatched),
        Standing::Merged => return Err(opening::merged(traveller)),
        Standing::Complete => return gone(Code::AlreadyPassed),
        Standing::Returned => {
            let route = route.ok_or_else(|| Refusal::bare(Code::RouteNotReleased))?;
            return returns::dispose(case, traveller, route, command);
        }
        Standing::InProcess if is_too_late(case, traveller, route) => not_inside(traveller)?,
        Standing::InProcess | Standing::Unborn => return gone(Code::OutOfSequence),
    }
    let (unit, route) = traveller.unit.as_ref().zip(route).ok_or_else(|| Refusal::bare(Code::RouteNotReleased))?;
    let failed = traveller.due.as_ref().and_then(|d| route.step(&d.step));
    let failed = failed.ok_or_else(|| refused(Code::RouteChanged, traveller, Evidence::default()))?;
    if let Some(defect) = defect
        && !route.defects.contains_key(defect)
    {
        let fits = route.defects.keys().map(ToString::to_string).collect();
        return Err(refused(Code::BadInput, traveller, Evidence { fits, ..Evidence::default() }));
    }
    let outcome = match decision {
        Decide::Rework => rework(case, (traveller, route), failed, to.as_ref())?,
        Decide::Scrap => Outcome::Scrap,
        Decide::UseAsIs => Outcome::UseAsIs,
    };
    may_be_removed(traveller, &failed.id, &outcome, removed)?;
    let stays_here = outcome == Outcome::UseAsIs;
    let about = by_hand(case.about_step(traveller, &failed.id), badge, Some(reason));
    let what = What::Disposed(Disposed { outcome, removed: removed.clone(), defect: defect.clone() });
    let mut drafts = vec![on_unit(unit, about, what)];
    if case.open.unit.as_ref() == Some(unit) && !stays_here {
        let about = by_hand(case.about_unit(traveller), badge, None);
        drafts.push(seen(Some(traveller), about, What::UnitClosed(UnitClosed { why: PutDown::Done })));
    }
    done(Did::Disposed, Some(unit.clone()), drafts)
}

/// Back to a step that the route allows, while the step that failed has attempts left.
fn rework(
    case: &Case<'_>,
    (traveller, route): (&Traveller, &Route),
    failed: &Step,
    to: Option<&StepId>,
) -> Result<Outcome, Refusal> {
    let to = to.unwrap_or(&failed.on_fail);
    let measured_from = failed.minutes_since.iter().filter(|_| traveller.standing == Standing::InProcess);
    let targets: Vec<&StepId> = std::iter::once(&failed.on_fail)
        .chain(&failed.rework_to)
        .chain(measured_from.map(|window| &window.step))
        .filter(|id| route.step(id).is_some_and(|step| way::may_lead_to(traveller, step)))
        .collect();
    if !targets.contains(&to) {
        let fits = targets.into_iter().map(ToString::to_string).collect();
        let evidence = Evidence { step: Some(to.clone()), fits, ..Evidence::default() };
        return Err(refused(Code::BadInput, traveller, evidence));
    }
    if traveller.failed_attempts(&failed.id) >= failed.attempts {
        let evidence =
            Evidence { step: Some(failed.id.clone()), allowed: Some(failed.attempts), ..Evidence::default() };
        return Err(refused(Code::AttemptsUsed, traveller, evidence));
    }
    may_go_back(traveller, route, failed)?;
    let changed = || refused(Code::RouteChanged, traveller, Evidence::default());
    let from = route.position(to).ok_or_else(changed)?;
    let first = route.steps.get(from).ok_or_else(changed)?;
    // Whatever was done from there on is done again, in whichever order it was done.
    Ok(Outcome::Rework {
        to: to.clone(),
        station: first.station.clone(),
        due: due_behind(case, (traveller, route), from, (to, &failed.id)),
    })
}

/// Whether nothing failed, and the unit can go no further since its time limit has passed.
fn is_too_late(case: &Case<'_>, traveller: &Traveller, route: Option<&Route>) -> bool {
    let due = route.and_then(|r| Some((r, r.step(&traveller.due.as_ref()?.step)?)));
    due.is_some_and(|(route, step)| {
        let late = in_time(case, traveller, route, step);
        // What was begun in time may be finished, so it is not late.
        late.is_err_and(|refusal| refusal.code == Code::TooLate) && !traveller.touched()
    })
}

/// A lead takes components out of a scrapped unit.
pub(super) fn recover(case: &Case<'_>, unit: &UnitId, removed: &[Removed], reason: &str, by: &Badge) -> Answer {
    authority(case, by, &[Role::Lead])?;
    let (traveller, _) = subject(case, Some(unit))?;
    if traveller.standing != Standing::Scrapped {
        return Err(refused(Code::OutOfSequence, traveller, Evidence::default()));
    }
    for (i, gone) in removed.iter().enumerate() {
        let twice = removed.iter().take(i).any(|r| r.serial == gone.serial);
        if twice || traveller.component(gone.serial.as_str()).is_none() {
            let evidence = Evidence { serial: Some(gone.serial.clone()), ..Evidence::default() };
            return Err(refused(Code::BadInput, traveller, evidence));
        }
    }
    if removed.is_empty() {
        return Err(refused(Code::BadInput, traveller, Evidence::default()));
    }
    let about = by_hand(case.about_unit(traveller), by, Some(reason));
    let what = What::ComponentsRecovered(ComponentsRecovered { removed: removed.to_vec() });
    done(Did::Recovered, Some(unit.clone()), vec![on_unit(unit, about, what)])
}

/// Only what is in the unit can be taken out, each piece once, and never from a step that is not done again: nobody
/// would put another in.
pub(super) fn may_be_removed(
    traveller: &Traveller,
    failed: &StepId,
    outcome: &Outcome,
    removed: &[Removed],
) -> Result<(), Refusal> {
    for (i, gone) in removed.iter().enumerate() {
        let twice = removed.iter().take(i).any(|r| r.serial == gone.serial);
        let piece = traveller.component(gone.serial.as_str()).filter(|_| !twice);
        let replaced = |step: &StepId| match outcome {
            Outcome::Rework { due, .. } => due.contains(step),
            Outcome::UseAsIs => step == failed,
            Outcome::Scrap => true,
        };
        if piece.is_none_or(|p| !replaced(&p.step)) {
            let step = piece.map(|p| p.step.clone());
            let evidence = Evidence { serial: Some(gone.serial.clone()), step, ..Evidence::default() };
            return Err(refused(Code::BadInput, traveller, evidence));
        }
    }
    Ok(())
}

/// Anybody who is known may stop a unit.
pub(super) fn hold(case: &Case<'_>, unit: &UnitId, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &Role::ALL)?;
    let (traveller, _) = subject(case, Some(unit))?;
    may_be_held(case, traveller, reason)?;
    let about = by_hand(case.about_unit(traveller), by, Some(reason));
    done(Did::UnitHeld, Some(unit.clone()), vec![on_unit(unit, about, What::UnitHeld(UnitHeld::default()))])
}

/// Refuses a hold that says nothing new: the reason is on record, or there are as many as there may be.
pub(super) fn may_be_held(case: &Case<'_>, traveller: &Traveller, reason: &str) -> Result<(), Refusal> {
    if case.gate < HOLDS_ADD_UP {
        return not_held(case, traveller);
    }
    let same = traveller.holds.iter().find(|held| held.reason == reason);
    let full = traveller.holds.first().filter(|_| traveller.holds.len() >= HOLDS_MOST);
    same.or(full).map_or(Ok(()), |held| Err(on_hold(traveller, held, Evidence::default())))
}

/// A lead or quality ends a hold. Where there are several it is named, since each was for a reason of its own.
pub(super) fn release(case: &Case<'_>, unit: &UnitId, hold: Option<&Link>, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &[Role::Lead, Role::Quality])?;
    let (traveller, _) = subject(case, Some(unit))?;
    let corrects = match (traveller.holds.as_slice(), hold) {
        ([], _) => return Err(refused(Code::AlreadyRecorded, traveller, Evidence::default())),
        (_, None) if case.gate < HOLDS_ADD_UP => None,
        ([only], None) => Some(only.event.clone()),
        (all, named) => {
            let ended = all.iter().find(|held| Some(&held.event) == named);
            let ended = ended.ok_or_else(|| {
                let fits = all.iter().map(|held| format!("hold {}: {}", held.event.seq(), held.reason)).collect();
                refused(Code::BadInput, traveller, Evidence { fits, ..Evidence::default() })
            })?;
            Some(ended.event.clone())
        }
    };
    let about = About { corrects, ..by_hand(case.about_unit(traveller), by, Some(reason)) };
    done(Did::HoldReleased, Some(unit.clone()), vec![on_unit(unit, about, What::HoldReleased(Nothing))])
}

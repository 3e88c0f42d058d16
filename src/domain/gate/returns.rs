//! Units that come back, or are repaired in the field: a reason, and a decision where they go on.

use crate::domain::command::{Command, Decide};
use crate::domain::id::{Badge, StepId, UnitId};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::Route;
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::way;
use crate::domain::what::{Disposed, Nothing, Outcome, What};

use super::case::{Answer, Case, done, on_unit};
use super::decision::Did;
use super::disposing::{may_be_removed, subject};
use super::people::{authority, by_hand};
use super::reworking::due_again;

/// A lead or quality takes a unit back that left.
pub(super) fn take_back(case: &Case<'_>, unit: &UnitId, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &[Role::Lead, Role::Quality])?;
    let (traveller, _) = subject(case, Some(unit))?;
    let of = |code| Refusal::new(code, Evidence { unit: Some(unit.clone()), ..Evidence::default() });
    match traveller.standing {
        Standing::Dispatched => {}
        Standing::Returned => return Err(of(Code::AlreadyRecorded)),
        Standing::Scrapped => return Err(of(Code::Scrapped)),
        Standing::Unborn | Standing::InProcess | Standing::Nonconforming | Standing::Complete | Standing::Merged => {
            return Err(of(Code::OutOfSequence));
        }
    }
    let about = by_hand(case.about_unit(traveller), by, Some(reason));
    done(Did::UnitReturned, Some(unit.clone()), vec![on_unit(unit, about, What::UnitReturned(Nothing))])
}

/// A unit that was registered as returned stays outside: it was repaired there, or never came.
pub(super) fn end(case: &Case<'_>, unit: &UnitId, reason: &str, by: &Badge) -> Answer {
    authority(case, by, &[Role::Lead, Role::Quality])?;
    let (traveller, _) = subject(case, Some(unit))?;
    if traveller.standing != Standing::Returned {
        let evidence = Evidence { unit: Some(unit.clone()), ..Evidence::default() };
        return Err(Refusal::new(Code::OutOfSequence, evidence));
    }
    let about = by_hand(case.about_unit(traveller), by, Some(reason));
    done(Did::ReturnEnded, Some(unit.clone()), vec![on_unit(unit, about, What::ReturnEnded(Nothing))])
}

/// What becomes of a returned unit: rework to a step that it passed, which the decision names; scrap; or as it is.
pub(super) fn dispose(case: &Case<'_>, traveller: &Traveller, route: &Route, command: &Command) -> Answer {
    let Command::Dispose { decision, to, removed, defect, reason, badge, .. } = command else {
        return Err(Refusal::bare(Code::BadInput));
    };
    let of = |evidence| Refusal::new(Code::BadInput, Evidence { unit: traveller.unit.clone(), ..evidence });
    let unit = traveller.unit.as_ref().ok_or_else(|| of(Evidence::default()))?;
    let outcome = match decision {
        Decide::Rework => rework(traveller, route, to.as_ref()).map_err(|evidence| of(*evidence))?,
        Decide::Scrap => Outcome::Scrap,
        Decide::UseAsIs => Outcome::UseAsIs,
    };
    if outcome == Outcome::UseAsIs && !removed.is_empty() {
        return Err(of(Evidence { serial: removed.first().map(|r| r.serial.clone()), ..Evidence::default() }));
    }
    let first = route.first().ok_or_else(|| of(Evidence::default()))?;
    may_be_removed(traveller, &first.id, &outcome, removed)?;
    let about = by_hand(case.about_unit(traveller), badge, Some(reason));
    let what = What::Disposed(Disposed { outcome, removed: removed.clone(), defect: defect.clone() });
    done(Did::Disposed, Some(unit.clone()), vec![on_unit(unit, about, what)])
}

/// All that it passed from that step on is done again.
fn rework(traveller: &Traveller, route: &Route, to: Option<&StepId>) -> Result<Outcome, Box<Evidence>> {
    let fits = || way::passed(traveller, route).map(|step| step.id.to_string()).collect();
    let target = way::passed(traveller, route).find(|step| Some(&step.id) == to);
    let target = target.ok_or_else(|| Box::new(Evidence { step: to.cloned(), fits: fits(), ..Evidence::default() }))?;
    let at = route.position(&target.id).unwrap_or(0);
    let due = due_again(traveller, route, at, (&target.id, &target.id));
    Ok(Outcome::Rework { to: target.id.clone(), station: target.station.clone(), due })
}

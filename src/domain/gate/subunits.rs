//! Sub-assemblies: units of another route that go into a unit, and only when they are complete.

use crate::domain::facts::Other;
use crate::domain::id::{PartId, RouteId, Serial, UnitId};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::settling::Broken;
use crate::domain::traveller::{Standing, Traveller};

use super::case::{Bench, Case, HOLDS_ADD_UP, other_holds};
use super::settling::{HISTORY_COUNTS, refusal};

/// Levels of units within units that are looked at.
const LEVELS_MOST: usize = 16;

/// The number under which a component goes into the open unit. One that another route makes must be a complete unit of
/// that route, and none may be made of the open unit itself.
pub(super) fn may_go_in(case: &Case<'_>, bench: Bench<'_>, part: &PartId, serial: &Serial) -> Result<Serial, Refusal> {
    let of = Evidence { part: Some(part.clone()), serial: Some(serial.clone()), ..Evidence::default() };
    let made_by = bench.route.parts.get(part).and_then(|p| p.made_by.as_ref());
    let serial = match made_by {
        Some(made_by) => complete(case, made_by, serial, &of)?,
        None => serial.clone(),
    };
    if made_by.is_some()
        && let Some(unit) = case.facts.other.as_ref().and_then(|o| o.traveller.unit.as_ref())
    {
        sound_inside(case, unit)?;
    }
    match holder(case, bench.unit, serial.as_str()) {
        None => Ok(serial),
        Some(unit) => {
            let inner = Serial::parse(bench.unit.as_str()).ok();
            // It is the open unit that is somewhere, and no part of the scanned label's kind.
            let part = of.part.filter(|_| case.gate < HOLDS_ADD_UP);
            Err(Refusal::new(
                Code::AlreadyInstalled,
                Evidence { part, serial: inner, in_unit: Some(unit), ..Evidence::default() },
            ))
        }
    }
}

/// The unit that a sub-assembly is.
fn complete(case: &Case<'_>, made_by: &RouteId, serial: &Serial, of: &Evidence) -> Result<Serial, Refusal> {
    let is_made_so = |other: &&Other| other.traveller.route.as_ref().is_some_and(|(route, _)| route == made_by);
    let Some(other) = case.facts.other.as_ref().filter(|o| o.traveller.exists()) else {
        return Err(Refusal::new(Code::UnknownUnit, Evidence { route: Some(made_by.clone()), ..of.clone() }));
    };
    let Some(other) = Some(other).filter(is_made_so) else {
        let route = other.traveller.route.as_ref().map(|(route, _)| route.clone());
        return Err(Refusal::new(Code::WrongPart, Evidence { route, ..of.clone() }));
    };
    let unit = other.traveller.as_ref();
    if let Some(broken) = Broken::of(unit).filter(|_| case.gate >= HISTORY_COUNTS && unit.holds.is_empty()) {
        return Err(refusal(&broken, Evidence { route: Some(made_by.clone()), ..of.clone() }));
    }
    if let Some(code) = unfit(unit) {
        let due = unit.due.as_ref();
        let held = unit.holds.first();
        let told = held.filter(|_| case.gate >= HOLDS_ADD_UP);
        let evidence = Evidence {
            route: Some(made_by.clone()),
            due_step: due.map(|d| d.step.clone()),
            due_station: due.map(|d| d.station.clone()),
            reason: held.map(|h| h.reason.clone()),
            by: told.and_then(|h| h.by.clone()),
            at: told.map(|h| h.at),
            fits: told.map(|_| other_holds(unit)).unwrap_or_default(),
            event: told.map(|h| h.event.clone()).or_else(|| unit.head.clone()),
            ..of.clone()
        };
        return Err(Refusal::new(code, evidence));
    }
    // In the record it has the number that it has as a unit, whichever of its labels was scanned.
    let number = unit.unit.as_ref().and_then(|unit| Serial::parse(unit.as_str()).ok());
    Ok(number.unwrap_or_else(|| serial.clone()))
}

/// Refuses a unit while one that it is made of is on hold, at any depth.
pub(super) fn sound_inside(case: &Case<'_>, unit: &UnitId) -> Result<(), Refusal> {
    let Some(inside) = case.facts.inside(unit).filter(|_| case.gate >= HOLDS_ADD_UP) else { return Ok(()) };
    let where_it_is = Evidence {
        unit: Some(unit.clone()),
        serial: inside.path.last().and_then(|inner| Serial::parse(inner.as_str()).ok()),
        in_unit: inside.path.iter().rev().nth(1).cloned(),
        ..Evidence::default()
    };
    if let Some(broken) = &inside.broken {
        return if case.gate >= HISTORY_COUNTS { Err(refusal(broken, where_it_is)) } else { Ok(()) };
    }
    Err(Refusal::new(
        Code::OnHold,
        Evidence {
            reason: Some(inside.reason.clone()),
            by: inside.by.clone(),
            at: Some(inside.at),
            event: Some(inside.event.clone()),
            ..where_it_is
        },
    ))
}

fn unfit(unit: &Traveller) -> Option<Code> {
    // No batch is a component: which of its pieces would it be?
    if unit.batch.is_some() {
        return Some(Code::WrongPart);
    }
    if unit.is_held() {
        return Some(Code::OnHold);
    }
    match unit.standing {
        Standing::Complete | Standing::Dispatched => None,
        Standing::InProcess | Standing::Unborn => Some(Code::IncompleteRecord),
        Standing::Nonconforming | Standing::Returned => Some(Code::Nonconforming),
        Standing::Scrapped => Some(Code::Scrapped),
        Standing::Merged => Some(Code::AlreadyInstalled),
    }
}

/// The unit of that number, where the open one is in it, directly or within another.
fn holder(case: &Case<'_>, open: &UnitId, outer: &str) -> Option<UnitId> {
    let mut at = open.as_str();
    if at == outer {
        return Some(open.clone());
    }
    for _ in 0..LEVELS_MOST {
        let above = case.facts.component(at)?.in_unit.as_ref()?;
        if above.as_str() == outer {
            return Some(above.clone());
        }
        at = above.as_str();
    }
    None
}

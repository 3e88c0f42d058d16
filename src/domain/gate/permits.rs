//! Deviation permits: opened by quality with terms that mean something, and closed by hand.

use crate::domain::id::PermitId;
use crate::domain::permit::{Permitting, Terms, UNITS_MOST, Waives};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::role::Role;
use crate::domain::route::{CheckKind, Route};
use crate::domain::what::{PermitChanged, PermitOpened, What};

use super::case::{Answer, Case, done};
use super::decision::{Did, Draft, Subject};
use super::people::{authority, by_hand};

pub(super) fn decide(case: &Case<'_>, permitting: &Permitting) -> Answer {
    let (permit, reason, by) = match permitting {
        Permitting::Open { permit, reason, by, .. } | Permitting::Close { permit, reason, by } => (permit, reason, by),
    };
    authority(case, by, &[Role::Quality])?;
    let before = case.facts.permit(permit);
    let (did, what) = match (permitting, before) {
        (Permitting::Open { terms, .. }, None) => {
            make_sense(case, terms)?;
            let opened = PermitOpened { permit: permit.clone(), terms: terms.clone() };
            (Did::PermitOpened, What::PermitOpened(opened))
        }
        (Permitting::Close { .. }, Some(open)) if !open.closed => {
            (Did::PermitClosed, What::PermitClosed(PermitChanged { permit: permit.clone() }))
        }
        (Permitting::Close { .. }, None) => return Err(about(Code::BadInput, permit, Evidence::default())),
        (Permitting::Open { .. } | Permitting::Close { .. }, Some(known)) => {
            let evidence = Evidence { event: Some(known.event.clone()), ..Evidence::default() };
            return Err(about(Code::AlreadyRecorded, permit, evidence));
        }
    };
    let subject = Subject::Permit(permit.clone());
    done(did, None, vec![Draft { subject, about: by_hand(case.about(), by, Some(reason)), what }])
}

fn about(code: Code, permit: &PermitId, evidence: Evidence) -> Refusal {
    Refusal::new(code, Evidence { value: Some(permit.to_string()), ..evidence })
}

/// Refuses terms that could never help, or that would help anywhere.
fn make_sense(case: &Case<'_>, terms: &Terms) -> Result<(), Refusal> {
    let bad = |field: &str| {
        Err(Refusal::new(Code::BadInput, Evidence { field: Some(field.to_owned()), ..Evidence::default() }))
    };
    if terms.quantity.is_none() && terms.serials.is_none() {
        return bad("units");
    }
    if terms.quantity.is_some_and(|n| n == 0 || n > UNITS_MOST) {
        return bad("units");
    }
    if terms.until <= case.latest() {
        return bad("until");
    }
    let Some(id) = &terms.route else {
        // A lot or a gauge is the same on every route.
        let is_of_any = matches!(terms.waives, Waives::LotExpired { .. } | Waives::GaugeOverdue { .. });
        return if is_of_any && terms.step.is_none() { Ok(()) } else { bad("route") };
    };
    let released = case.facts.routes.iter().filter_map(|r| r.route.as_deref()).find(|r| r.id == *id);
    let Some(route) = released else {
        return Err(Refusal::new(Code::RouteNotReleased, Evidence { route: Some(id.clone()), ..Evidence::default() }));
    };
    match unknown_to(route, terms) {
        Some((field, fits)) => {
            let (field, route) = (Some(field.to_owned()), Some(id.clone()));
            Err(Refusal::new(Code::BadInput, Evidence { route, field, fits, ..Evidence::default() }))
        }
        None => Ok(()),
    }
}

/// What the route does not know, and what it knows instead.
fn unknown_to(route: &Route, terms: &Terms) -> Option<(&'static str, Vec<String>)> {
    let steps = || route.steps.iter().map(|s| s.id.to_string()).collect();
    let step = terms.step.as_ref().map(|id| route.step(id).ok_or_else(|| ("step", steps())));
    let step = match step.transpose() {
        Ok(step) => step,
        Err(unknown) => return Some(unknown),
    };
    match &terms.waives {
        Waives::LotExpired { .. } | Waives::GaugeOverdue { .. } | Waives::TypedEntry => None,
        Waives::TooLate | Waives::NotQualified { .. } => step.is_none().then(|| ("step", steps())),
        Waives::WrongPart { part, .. } => {
            let uses = |p| step.is_none_or(|s| s.uses.contains_key(p));
            let known = route.parts.contains_key(part) && uses(part);
            let parts = route.parts.keys().filter(|p| uses(p)).map(ToString::to_string);
            (!known).then(|| ("part", parts.collect()))
        }
        Waives::CheckFailed { check, limits } => {
            let Some(step) = step else { return Some(("step", steps())) };
            let numbers = step.checks.iter().filter(|c| matches!(c.kind, CheckKind::Number { .. }));
            match step.check(check).map(|c| &c.kind) {
                Some(CheckKind::Number { limits: own, .. }) => {
                    (own.unit != limits.unit).then(|| ("limits", vec![own.to_string()]))
                }
                Some(_) | None => Some(("check", numbers.map(|c| c.id.to_string()).collect())),
            }
        }
    }
}

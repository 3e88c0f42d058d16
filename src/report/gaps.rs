//! What a record lacks, measured against the route that the unit runs.

use serde::Serialize;

use crate::domain::causal::Break;
use crate::domain::event::{EventRef, How, Link};
use crate::domain::id::StepId;
use crate::domain::route::{Check, CheckKind, Route, Step};
use crate::domain::traveller::{Attempt, Ended, Observation, Standing, Traveller};
use crate::domain::way;

/// A fact that the record lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// `step-missing`, `material-missing`, `check-missing`, `check-failed`, `gauge-missing` or `signature-missing`; of
    /// the whole unit, at its first step, `order-missing` or `variant-missing`, and `fork` or `incomplete-record` where
    /// several streams tell of it and do not fit together.
    pub code: &'static str,
    /// The step that lacks it.
    pub step: StepId,
    /// What is lacking, in words.
    pub what: String,
}

/// Everything that a unit's record lacks: steps that it has and that did not pass, and facts that a passed step should
/// have left.
pub fn gaps(traveller: &Traveller, route: &Route) -> Vec<Gap> {
    let steps = route.steps.iter().filter(|step| has(traveller, step));
    let of_steps = steps.flat_map(|step| step_gaps(traveller, step));
    broken(traveller, route).into_iter().chain(of_the_unit(traveller, route)).chain(of_steps).collect()
}

/// Whether a unit has a step: one of its variant, and drawn as a sample or not left out where the route allows that.
pub(super) fn has(traveller: &Traveller, step: &Step) -> bool {
    let may_lack = step.sample.is_some() || step.optional;
    way::has(traveller, step) || (step.is_of(traveller.variant.as_deref()) && !may_lack)
}

/// What is broken in a history that several streams tell.
fn broken(traveller: &Traveller, route: &Route) -> Vec<Gap> {
    let Some(first) = route.first() else { return Vec::new() };
    let gap = |broken: &Break| {
        let (code, what) = match broken {
            Break::Hole { event, missing } => {
                ("incomplete-record", format!("{} builds on {}, which is not here", named(event), named(missing)))
            }
            Break::Fork { parent, children } => {
                let children: Vec<_> = children.iter().map(named).collect();
                let on = parent.as_ref().map_or_else(
                    || "each begin the unit".to_owned(),
                    |parent| format!("each build on {}", named(parent)),
                );
                ("fork", format!("{} {on}", children.join(" and ")))
            }
        };
        Gap { code, step: first.id.clone(), what }
    };
    traveller.breaks.iter().map(gap).collect()
}

fn named(link: &Link) -> String {
    match link {
        Link::Here(seq) => format!("event {seq}"),
        Link::There(EventRef(terminal, epoch, seq, _hash)) => format!("event {seq} of {terminal} {epoch}"),
    }
}

fn of_the_unit(traveller: &Traveller, route: &Route) -> Vec<Gap> {
    let Some(first) = route.first() else { return Vec::new() };
    let gap = |code, what: &str| Gap { code, step: first.id.clone(), what: what.to_owned() };
    let mut lacking = Vec::new();
    if route.order_required && traveller.order.is_none() {
        lacking.push(gap("order-missing", "the unit began under no order"));
    }
    if !route.variants.is_empty() && traveller.variant.is_none() {
        lacking.push(gap("variant-missing", "it is not on record which variant the unit is"));
    }
    lacking
}

/// Whether every step is done and nothing is lacking.
pub fn is_complete(traveller: &Traveller, gaps: &[Gap]) -> bool {
    gaps.is_empty() && matches!(traveller.standing, Standing::Complete | Standing::Dispatched)
}

/// Whether a step counts as passed: it passed, and is not due again since.
pub(super) fn passed<'t>(traveller: &'t Traveller, step: &Step) -> Option<&'t Attempt> {
    let last = traveller.step(&step.id)?.attempts.last()?;
    let has_passed = last.result.as_ref().is_some_and(|r| r.how == Ended::Passed);
    (has_passed && traveller.passed.contains(&step.id)).then_some(last)
}

fn step_gaps(traveller: &Traveller, step: &Step) -> Vec<Gap> {
    let gap = |code, what| Gap { code, step: step.id.clone(), what };
    let before = traveller.done_before(&step.id).is_some_and(|done| !done.passed.is_empty());
    if before && traveller.step(&step.id).is_none() && traveller.passed.contains(&step.id) {
        // It is on record of the batch that the pieces were then.
        return Vec::new();
    }
    let Some(attempt) = passed(traveller, step) else {
        return vec![gap("step-missing", format!("step {} {} has not passed", step.id, step.title))];
    };
    let mut lacking = Vec::new();
    for (part, wanted) in &step.uses {
        let pieces = attempt.result.as_ref().and_then(|r| r.pieces).unwrap_or(1);
        let before = traveller.done_before(&step.id).is_some_and(|done| done.met.contains(part));
        let (found, wanted) = (traveller.counted(&step.id, part), wanted.saturating_mul(pieces));
        if found < wanted && !before {
            lacking.push(gap("material-missing", format!("{part}: {found} of {wanted} on record")));
        }
    }
    for check in &step.checks {
        let points: Vec<_> = if check.points.is_empty() { vec![None] } else { check.points.iter().map(Some).collect() };
        for point in points {
            let name = point.map_or_else(|| check.id.to_string(), |p| format!("{} at {p}", check.id));
            match attempt.observation(&check.id, point) {
                None => lacking.push(gap("check-missing", format!("{name}: no observation on record"))),
                Some(seen) if !seen.passed && !seen.conceded => {
                    lacking.push(gap("check-failed", format!("{name}: {} failed and was not accepted", seen.value)));
                }
                Some(seen) => {
                    if let Some(kind) = measured_by(step, check).filter(|_| !names_its_gauge(seen)) {
                        lacking.push(gap("gauge-missing", format!("{name}: no {kind} gauge on record")));
                    }
                }
            }
        }
    }
    if let Some(sign_off) = &step.sign_off
        && attempt.signature.is_none()
    {
        lacking.push(gap("signature-missing", format!("no signature for \"{}\"", sign_off.meaning)));
    }
    lacking
}

/// The kind of gauge that an observation must name: the one that the check is measured by, or, for a number, the one
/// that the step asks for. Where a step asks for several, nobody knows which one a value came from.
fn measured_by<'r>(step: &'r Step, check: &'r Check) -> Option<&'r str> {
    let of_step = match step.gauges.as_slice() {
        [one] if matches!(check.kind, CheckKind::Number { .. }) => Some(one.as_str()),
        _ => None,
    };
    check.source_gauge.as_deref().or(of_step)
}

fn names_its_gauge(seen: &Observation) -> bool {
    seen.gauge.is_some() || matches!(seen.how, Some(How::Gauge(_)))
}

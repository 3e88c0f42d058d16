//! What a record lacks, measured against the route that the unit runs.

use serde::Serialize;

use crate::domain::id::StepId;
use crate::domain::route::{Route, Step};
use crate::domain::traveller::{Attempt, Ended, Standing, Traveller};

/// A fact that the record lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// `step-missing`, `material-missing`, `check-missing`, `check-failed` or `signature-missing`.
    pub code: &'static str,
    /// The step that lacks it.
    pub step: StepId,
    /// What is lacking, in words.
    pub what: String,
}

/// Everything that a unit's record lacks: steps that did not pass, and facts that a passed step should have left.
pub fn gaps(traveller: &Traveller, route: &Route) -> Vec<Gap> {
    route.steps.iter().flat_map(|step| step_gaps(traveller, route, step)).collect()
}

/// Whether every step is done and nothing is lacking.
pub fn is_complete(traveller: &Traveller, gaps: &[Gap]) -> bool {
    gaps.is_empty() && matches!(traveller.standing, Standing::Complete | Standing::Dispatched)
}

/// Whether a step counts as passed: it lies before the one that is due, and its last attempt passed.
pub(super) fn passed<'t>(traveller: &'t Traveller, route: &Route, step: &Step) -> Option<&'t Attempt> {
    let due = traveller.due.as_ref().and_then(|due| route.position(&due.step));
    let is_behind = due.is_none_or(|due| route.position(&step.id).is_some_and(|at| at < due));
    let last = traveller.step(&step.id)?.attempts.last()?;
    (is_behind && last.result.as_ref().is_some_and(|r| r.how == Ended::Passed)).then_some(last)
}

fn step_gaps(traveller: &Traveller, route: &Route, step: &Step) -> Vec<Gap> {
    let gap = |code, what| Gap { code, step: step.id.clone(), what };
    let Some(attempt) = passed(traveller, route, step) else {
        return vec![gap("step-missing", format!("step {} {} has not passed", step.id, step.title))];
    };
    let mut lacking = Vec::new();
    for (part, wanted) in &step.uses {
        let found = traveller.counted(&step.id, part);
        if found < *wanted {
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
                Some(_) => {}
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

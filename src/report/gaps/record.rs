//! What a record lacks, measured against the route that the unit runs.

use serde::Serialize;

use super::kind::Kind;
use crate::domain::causal::Break;
use crate::domain::id::{Point, StepId};
use crate::domain::lacking::{Lack, Lacking, lacking};
use crate::domain::route::{Check, Route};
use crate::domain::traveller::{Standing, Traveller};

/// A fact that the record lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// `step-missing`, `material-missing`, `check-missing`, `check-failed`, `gauge-missing`, `signature-missing` or
    /// `load-missing`; of the whole unit, at its first step, `order-missing` or `variant-missing`, and `fork` or
    /// `incomplete-record` where several streams tell of it and do not fit together.
    pub code: &'static str,
    /// The step that lacks it.
    pub step: StepId,
    /// What is lacking, in words.
    pub what: String,
}

/// What a record lacks, by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacks {
    /// What it is.
    pub kind: Kind,
    /// The step that lacks it.
    pub step: StepId,
    /// In words.
    pub what: String,
}

/// Everything that a unit's record lacks: steps that it has and that did not pass, and facts that a passed step should
/// have left.
pub fn gaps(traveller: &Traveller, route: &Route) -> Vec<Gap> {
    let gap = |Lacks { kind, step, what }: Lacks| Gap { code: kind.word(), step, what };
    broken(traveller, route).into_iter().chain(lacks(traveller, route)).map(gap).collect()
}

/// What the route asks for and the record lacks.
pub fn lacks(traveller: &Traveller, route: &Route) -> Vec<Lacks> {
    lacking(traveller, route).iter().map(told).collect()
}

/// What is broken in a history that several streams tell.
pub fn broken(traveller: &Traveller, route: &Route) -> Vec<Lacks> {
    let Some(first) = route.first() else { return Vec::new() };
    let gap = |broken: &Break| {
        let (kind, what) = break_said(broken);
        Lacks { kind, step: first.id.clone(), what }
    };
    traveller.breaks.iter().map(gap).collect()
}

/// Something broken, in words.
pub(super) fn break_said(broken: &Break) -> (Kind, String) {
    match broken {
        Break::Hole { event, missing } => {
            (Kind::Hole, format!("event {event} builds on event {missing}, which is not here"))
        }
        Break::Fork { parent, children } => {
            let children: Vec<_> = children.iter().map(|child| format!("event {child}")).collect();
            let on = parent.as_ref().map_or_else(|| "begin the unit".to_owned(), |p| format!("build on event {p}"));
            (Kind::Fork, format!("{} each {on}", children.join(" and ")))
        }
    }
}

/// Whether every step is done and nothing is lacking.
pub fn is_complete(traveller: &Traveller, gaps: &[Gap]) -> bool {
    gaps.is_empty() && matches!(traveller.standing, Standing::Complete | Standing::Dispatched)
}

/// A fact that the record lacks, in words.
fn told(lacking: &Lacking<'_>) -> Lacks {
    let at = |check: &Check, point: Option<&Point>| match point {
        Some(point) => format!("{} at {point}", check.id),
        None => check.id.to_string(),
    };
    let step = lacking.step;
    let (kind, what) = match &lacking.what {
        Lack::Order => (Kind::Order, "the unit began under no order".to_owned()),
        Lack::Variant => (Kind::Variant, "it is not on record which variant the unit is".to_owned()),
        Lack::Step => (Kind::Step, format!("step {} {} has not passed", step.id, step.title)),
        Lack::Load => (Kind::Load, "it went through no load".to_owned()),
        Lack::Material { part, found, wanted } => (Kind::Material, format!("{part}: {found} of {wanted} on record")),
        Lack::Check { check, point } => (Kind::Check, format!("{}: no observation on record", at(check, *point))),
        Lack::Passing { check, point, value } => {
            (Kind::Failed, format!("{}: {value} failed and was not accepted", at(check, *point)))
        }
        Lack::Gauge { check, point, kind } => {
            (Kind::Gauge, format!("{}: no {kind} gauge on record", at(check, *point)))
        }
        Lack::Signature(sign_off) => (Kind::Signature, format!("no signature for \"{}\"", sign_off.meaning)),
    };
    Lacks { kind, step: step.id.clone(), what }
}

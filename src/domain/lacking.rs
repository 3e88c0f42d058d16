//! What a unit's record lacks, measured against the route that it runs.

use super::event::How;
use super::id::{PartId, Point};
use super::route::{Check, CheckKind, Route, SignOff, Step};
use super::traveller::{Attempt, Ended, Observation, Traveller};
use super::way;

/// A fact that the record lacks, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking<'r> {
    /// The step; the first one, where the whole unit lacks it.
    pub step: &'r Step,
    /// The fact.
    pub what: Lack<'r>,
}

/// A fact that a record lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack<'r> {
    /// The unit began under no order.
    Order,
    /// Nobody knows which variant the unit is.
    Variant,
    /// The step has not passed.
    Step,
    /// It went through no load.
    Load,
    /// Pieces of a part.
    Material {
        /// The part.
        part: &'r PartId,
        /// How many are on record.
        found: u32,
        /// How many the route asks for.
        wanted: u32,
    },
    /// An observation.
    Check {
        /// The check.
        check: &'r Check,
        /// Where.
        point: Option<&'r Point>,
    },
    /// An observation that passed, or that quality accepted.
    Passing {
        /// The check.
        check: &'r Check,
        /// Where.
        point: Option<&'r Point>,
        /// What was observed.
        value: String,
    },
    /// The gauge of an observation.
    Gauge {
        /// The check.
        check: &'r Check,
        /// Where.
        point: Option<&'r Point>,
        /// Its kind.
        kind: &'r str,
    },
    /// A signature.
    Signature(&'r SignOff),
}

/// Everything that a unit's record lacks: steps that it has and that did not pass, and facts that a passed step should
/// have left.
pub fn lacking<'r>(traveller: &Traveller, route: &'r Route) -> Vec<Lacking<'r>> {
    let mut all = of_the_unit(traveller, route);
    for step in route.steps.iter().filter(|step| has(traveller, step)) {
        of_step(traveller, step, &mut all);
    }
    all
}

/// Whether a unit has a step: one of its variant, and drawn as a sample or not left out where the route allows that.
pub fn has(traveller: &Traveller, step: &Step) -> bool {
    let may_lack = step.sample.is_some() || step.optional || step.rework;
    way::has(traveller, step) || (step.is_of(traveller.variant.as_deref()) && !may_lack)
}

/// Whether a step counts as passed: it passed, and is not due again since.
pub fn passed<'t>(traveller: &'t Traveller, step: &Step) -> Option<&'t Attempt> {
    let last = traveller.step(&step.id)?.attempts.last()?;
    let has_passed = last.result.as_ref().is_some_and(|r| r.how == Ended::Passed);
    (has_passed && traveller.passed.contains(&step.id)).then_some(last)
}

fn of_the_unit<'r>(traveller: &Traveller, route: &'r Route) -> Vec<Lacking<'r>> {
    let Some(step) = route.first() else { return Vec::new() };
    let order = (route.order_required && traveller.order.is_none()).then_some(Lack::Order);
    let variant = (!route.variants.is_empty() && traveller.variant.is_none()).then_some(Lack::Variant);
    order.into_iter().chain(variant).map(|what| Lacking { step, what }).collect()
}

fn of_step<'r>(traveller: &Traveller, step: &'r Step, all: &mut Vec<Lacking<'r>>) {
    let mut add = |what| all.push(Lacking { step, what });
    let before = traveller.done_before(&step.id).filter(|done| !done.passed.is_empty());
    if before.is_some() && traveller.step(&step.id).is_none() && traveller.passed.contains(&step.id) {
        // It is on record of the batch that the pieces were then.
        return;
    }
    let Some(attempt) = passed(traveller, step) else { return add(Lack::Step) };
    if traveller.wants_load(step) {
        add(Lack::Load);
    }
    for (part, each) in &step.uses {
        let pieces = attempt.result.as_ref().and_then(|r| r.pieces).unwrap_or(1);
        let (found, wanted) = (traveller.counted(&step.id, part), each.saturating_mul(pieces));
        if found < wanted && !traveller.done_before(&step.id).is_some_and(|done| done.met.contains(part)) {
            add(Lack::Material { part, found, wanted });
        }
    }
    for check in &step.checks {
        let points: Vec<_> = if check.points.is_empty() { vec![None] } else { check.points.iter().map(Some).collect() };
        for point in points {
            match attempt.observation(&check.id, point) {
                None => add(Lack::Check { check, point }),
                Some(seen) if !seen.passed && !seen.conceded => {
                    add(Lack::Passing { check, point, value: seen.value.clone() });
                }
                Some(seen) => {
                    if let Some(kind) = measured_by(step, check).filter(|_| !names_its_gauge(seen)) {
                        add(Lack::Gauge { check, point, kind });
                    }
                }
            }
        }
    }
    if let Some(sign_off) = step.sign_off.as_ref().filter(|_| attempt.signature.is_none()) {
        add(Lack::Signature(sign_off));
    }
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

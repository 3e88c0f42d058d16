//! Where a unit may go next on its route: what is due, what may be taken up instead, and what is left out.
//!
//! A route is walked in its order. A unit has the steps of its variant, without those that it was not drawn for, and
//! without those that only rework leads to, until it does. Steps
//! of one group stand side by side and are done in any order; an optional step may be passed over.

use super::id::{StationId, StepId};
use super::route::{Route, Step};
use super::traveller::Traveller;
use super::what::Next;

/// Whether a unit has a step at all.
pub fn has(traveller: &Traveller, step: &Step) -> bool {
    let is_there = !step.rework || traveller.rework.led_to(&step.id);
    step.is_of(traveller.variant.as_deref()) && is_there && !traveller.skipped.contains(&step.id)
}

/// Whether rework may lead a unit to a step: it has it, or only rework leads there.
pub fn may_lead_to(traveller: &Traveller, step: &Step) -> bool {
    has(traveller, step) || (step.rework && step.is_of(traveller.variant.as_deref()))
}

/// Whether a step may be left out: it is optional, and nothing ever came of it. One that failed or passed once and is
/// due again is done again.
pub fn may_be_left_out(traveller: &Traveller, step: &Step) -> bool {
    step.optional && !traveller.has_ended(&step.id) && !traveller.is_sample()
}

/// The steps that a unit has and did not pass since they last became due, in the order of the route.
pub fn ahead<'a>(traveller: &'a Traveller, route: &'a Route) -> impl Iterator<Item = &'a Step> {
    route.steps.iter().filter(|s| has(traveller, s) && !traveller.passed.contains(&s.id))
}

/// The steps that a unit passed and that are not due again, in the order of the route.
pub fn passed<'a>(traveller: &'a Traveller, route: &'a Route) -> impl Iterator<Item = &'a Step> {
    route.steps.iter().filter(|s| has(traveller, s) && traveller.passed.contains(&s.id))
}

/// The first step of a unit of a variant.
pub fn first<'a>(route: &'a Route, variant: Option<&str>) -> Option<&'a Step> {
    route.steps.iter().find(|s| s.is_of(variant) && !s.rework)
}

/// The steps that may be taken up: the one that is due, first; then the others of its group; or, where it is optional,
/// those behind it, up to the first that is not. Once something is recorded in the due step, it alone.
pub fn open<'a>(traveller: &'a Traveller, route: &'a Route) -> Vec<&'a Step> {
    let Some(due) = traveller.due.as_ref().and_then(|d| route.step(&d.step)) else { return Vec::new() };
    if traveller.touched() || traveller.is_sample() {
        return vec![due];
    }
    let mut all = vec![due];
    let others = ahead(traveller, route).filter(|s| s.id != due.id);
    if due.group.is_some() {
        all.extend(others.filter(|s| s.group == due.group));
    } else if may_be_left_out(traveller, due) {
        let mut goes_on = true;
        all.extend(others.take_while(|s| std::mem::replace(&mut goes_on, may_be_left_out(traveller, s))));
    }
    all
}

/// The step that a unit is taken up for at a class of stations, of those that may be.
pub fn open_at<'a>(traveller: &'a Traveller, route: &'a Route, class: Option<&StationId>) -> Option<&'a Step> {
    open(traveller, route).into_iter().find(|s| Some(&s.station) == class)
}

/// The step of its group that comes in turn after the due one at a class of stations: whoever works there may do it
/// first.
pub fn in_turn<'a>(traveller: &'a Traveller, route: &'a Route, class: Option<&StationId>) -> Option<&'a Step> {
    let due = traveller.due.as_ref().and_then(|d| route.position(&d.step))?;
    let group = route.steps.get(due).and_then(|s| s.group.as_ref())?;
    let others = open(traveller, route).into_iter().skip(1);
    let here = others.filter(|s| s.group.as_ref() == Some(group) && Some(&s.station) == class);
    let mut placed: Vec<(usize, &Step)> = here.filter_map(|s| Some((route.position(&s.id)?, s))).collect();
    placed.sort_by_key(|(at, _)| *at);
    placed.iter().find(|(at, _)| *at > due).or(placed.first()).map(|(_, step)| *step)
}

/// The optional steps that are left out where a unit is taken up for a step behind them.
pub fn passed_over<'a>(traveller: &'a Traveller, route: &'a Route, step: &Step) -> Vec<&'a Step> {
    let before = |s: &&Step| route.position(&s.id) < route.position(&step.id);
    ahead(traveller, route).filter(before).filter(|s| may_be_left_out(traveller, s)).collect()
}

/// The step that is due after another one has passed: of the same group first, there one of this class of stations
/// first. `skips` are steps that the unit was not drawn for just now.
pub fn after<'a>(
    traveller: &'a Traveller,
    route: &'a Route,
    passed: &Step,
    skips: &[StepId],
    class: Option<&StationId>,
) -> Option<&'a Step> {
    let left = || ahead(traveller, route).filter(|s| s.id != passed.id && !skips.contains(&s.id));
    let next = left().next()?;
    let side_by_side = |s: &&Step| s.group.is_some() && s.group == next.group;
    left().filter(side_by_side).find(|s| Some(&s.station) == class).or(Some(next))
}

/// A step as the record names it.
pub fn next(step: &Step) -> Next {
    Next { step: step.id.clone(), station: step.station.clone() }
}

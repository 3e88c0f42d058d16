//! The proof held against walking: every way through small routes, without the proof's insight; and some ways as the
//! gate walks them.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::choices::slips;
use super::proof::flaws;
use super::small_routes::small_routes;
use crate::domain::id::StepId;
use crate::domain::route::{Route, Step};
use crate::domain::traveller::Traveller;
use crate::domain::way;

/// Where a unit is, and what it has behind it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Walk {
    /// The place of the step that it is at; beyond the last one: it is done.
    at: usize,
    /// The places of the steps that it passed and that are not due again.
    passed: BTreeSet<usize>,
    /// The places of the steps that it has not: not drawn, or left out.
    absent: BTreeSet<usize>,
}

/// Whether some unit of a variant can come to its end without a step that it has, or be sent to one that it has not.
fn something_goes_wrong(route: &Route, variant: Option<&str>) -> bool {
    let has: BTreeSet<usize> = places(route, |step| step.is_of(variant));
    let mut open = from(route, &has, 0, &Walk { at: 0, passed: BTreeSet::new(), absent: BTreeSet::new() });
    let mut seen = BTreeSet::new();
    while let Some(walk) = open.pop() {
        if !seen.insert(walk.clone()) {
            continue;
        }
        let Some(step) = route.steps.get(walk.at) else {
            if has.iter().any(|place| !walk.passed.contains(place) && !walk.absent.contains(place)) {
                return true;
            }
            continue;
        };
        open.extend(passing(route, &has, &walk, step));
        for target in step.rework_to.iter().chain([&step.on_fail]) {
            let to = route.position(target).unwrap();
            if !has.contains(&to) || walk.absent.contains(&to) {
                return true;
            }
            let passed = walk.passed.iter().copied().filter(|place| *place < to).collect();
            open.push(Walk { at: to, passed, absent: walk.absent.clone() });
        }
    }
    false
}

fn places(route: &Route, which: impl Fn(&Step) -> bool) -> BTreeSet<usize> {
    route.steps.iter().enumerate().filter(|(_, step)| which(step)).map(|(place, _)| place).collect()
}

/// The unit passes: any other step of the group is next that it did not pass, else what lies behind.
fn passing(route: &Route, has: &BTreeSet<usize>, walk: &Walk, step: &Step) -> Vec<Walk> {
    let passed: BTreeSet<usize> = walk.passed.iter().copied().chain([walk.at]).collect();
    let walk = Walk { passed, ..walk.clone() };
    let group = places(route, |s| s.group.is_some() && s.group == step.group);
    let left: Vec<usize> = group.iter().copied().filter(|p| has.contains(p) && !walk.passed.contains(p)).collect();
    if left.is_empty() {
        let behind = group.last().copied().unwrap_or(walk.at) + 1;
        return from(route, has, behind, &walk);
    }
    left.into_iter().map(|at| Walk { at, ..walk.clone() }).collect()
}

/// Where a unit may come to that goes on from a place: to a step of its variant, to any one of a group, or beyond one
/// that it need not have.
fn from(route: &Route, has: &BTreeSet<usize>, place: usize, walk: &Walk) -> Vec<Walk> {
    let Some(step) = route.steps.get(place) else { return vec![Walk { at: place, ..walk.clone() }] };
    if !has.contains(&place) {
        return from(route, has, place + 1, walk);
    }
    if step.group.is_some() {
        let group = places(route, |s| s.group == step.group);
        return group.intersection(has).map(|at| Walk { at: *at, ..walk.clone() }).collect();
    }
    let mut ways = Vec::new();
    if !walk.absent.contains(&place) {
        ways.push(Walk { at: place, ..walk.clone() });
    }
    if step.sample.is_some() || step.optional {
        let mut without = walk.clone();
        without.absent.insert(place);
        ways.extend(from(route, has, place + 1, &without));
    }
    ways
}

/// The variants that units of a route can be of.
fn variants(route: &Route) -> Vec<Option<&str>> {
    let all: Vec<_> = route.variants.keys().map(|variant| Some(variant.as_str())).collect();
    if all.is_empty() { vec![None] } else { all }
}

/// A unit on its way, as the gate would have it; a number decides whatever is open.
struct Walker<'r> {
    route: &'r Route,
    unit: Traveller,
    choices: std::iter::Cycle<std::vec::IntoIter<usize>>,
}

impl Walker<'_> {
    fn choose(&mut self, among: usize) -> usize {
        self.choices.next().unwrap() % among
    }

    /// One step is taken up, and passes or fails. False once there is no step any more.
    fn goes_on(&mut self, may_fail: bool) -> bool {
        let route = self.route;
        let open: Vec<StepId> = way::open(&self.unit, route).iter().map(|s| s.id.clone()).collect();
        assert!(!open.is_empty(), "nothing is open");
        let step = route.step(&open[self.choose(open.len())]).unwrap();
        let left_out: Vec<StepId> = way::passed_over(&self.unit, route, step).iter().map(|s| s.id.clone()).collect();
        self.unit.skipped.extend(left_out);
        if may_fail && self.choose(3) == 0 {
            self.fails(step);
            return true;
        }
        let mut skips = Vec::new();
        let ahead = way::ahead(&self.unit, route).filter(|s| s.id != step.id);
        let ahead: Vec<StepId> = ahead.map(|s| s.id.clone()).collect();
        for next in ahead.iter().filter_map(|id| route.step(id)) {
            let undrawn = next.sample.is_some() && !self.unit.drawn.contains(&next.id);
            let taken = !undrawn || self.choose(2) == 0;
            if undrawn {
                if taken { &mut self.unit.drawn } else { &mut skips }.push(next.id.clone());
            }
            if taken && !next.optional {
                break;
            }
        }
        let due = way::after(&self.unit, route, step, &skips, None).map(way::next);
        self.unit.passed.push(step.id.clone());
        self.unit.skipped.extend(skips);
        self.unit.due = due;
        self.unit.due.is_some()
    }

    /// Rework goes wherever the route says; a sound one says nothing that the unit has not.
    fn fails(&mut self, step: &Step) {
        let targets: Vec<&StepId> = std::iter::once(&step.on_fail).chain(&step.rework_to).collect();
        let target = self.route.step(targets[self.choose(targets.len())]).unwrap();
        assert!(way::has(&self.unit, target), "rework of {} to {}", step.id, target.id);
        let from = self.route.position(&target.id).unwrap();
        let again: Vec<&StepId> = self.route.steps.iter().skip(from).map(|s| &s.id).collect();
        self.unit.passed.retain(|id| !again.contains(&id) && *id != step.id);
        self.unit.due = Some(way::next(target));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_proof_agrees_with_walking_every_way(route in small_routes()) {
        let walked = variants(&route).into_iter().any(|variant| something_goes_wrong(&route, variant));
        prop_assert_eq!(!flaws(&route).is_empty(), walked, "{:?}", flaws(&route));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        max_global_rejects: 100_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_proven_holds_as_the_gate_walks(
        route in small_routes().prop_filter("unsound", |route| {
            let of_order = |slip: &super::choices::Slip| slip.what.starts_with("a unit is of a variant");
            flaws(route).is_empty() && slips(route).iter().all(of_order)
        }),
        choices in prop::collection::vec(0..60_usize, 1..60),
    ) {
        for variant in variants(&route) {
            let unit = Traveller {
                variant: variant.map(str::to_owned),
                due: way::first(&route, variant).map(way::next),
                ..Traveller::default()
            };
            let mut walker = Walker { route: &route, unit, choices: choices.clone().into_iter().cycle() };
            // A unit fails so many times; from then on it passes, and comes to its end.
            let mut hops = 0;
            while walker.goes_on(hops < 30) {
                hops += 1;
                prop_assert!(hops < 60, "{:?} goes round for ever", walker.unit.due);
            }
            let unit = &walker.unit;
            let owed: Vec<&StepId> = way::ahead(unit, &route).map(|step| &step.id).collect();
            prop_assert!(owed.is_empty(), "{:?} of {:?}", owed, variant);
            let sure = |id: &StepId| route.step(id).is_some_and(|s| s.sample.is_none() && !s.optional);
            prop_assert!(!unit.skipped.iter().any(sure), "{:?}", unit.skipped);
        }
    }
}

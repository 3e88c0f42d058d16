//! The proof held against walking: every way through small routes, without the proof's insight.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::proof::flaws;
use super::proof::tests::route;
use crate::domain::route::{Route, Sample, Step};

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

/// What a step is besides: plain, sampled, optional, or the first of a group of so many.
#[derive(Debug, Clone, Copy)]
enum Sort {
    Plain,
    Sampled,
    Optional,
    GroupOf(usize),
}

fn sort() -> impl Strategy<Value = Sort> {
    prop_oneof![
        3 => Just(Sort::Plain),
        1 => Just(Sort::Sampled),
        1 => Just(Sort::Optional),
        1 => (2..4_usize).prop_map(Sort::GroupOf),
    ]
}

/// A small route: of which sort each step is, of which variant, and where rework leads.
fn built(sorts: &[Sort], of: &[Option<&'static str>], rework: &[(usize, usize)], variants: &[&str]) -> Route {
    let fits = |(from, to): &&(usize, usize)| *from < sorts.len() && *to < sorts.len();
    let rework: Vec<_> = rework.iter().filter(fits).copied().collect();
    let mut route = route(sorts.len(), &rework);
    route.variants = variants.iter().map(|v| ((*v).to_owned(), BTreeMap::new())).collect();
    let mut group = (0, 0);
    for (place, (sort, when)) in sorts.iter().zip(of).enumerate() {
        let step = &mut route.steps[place];
        step.when = when.filter(|_| !variants.is_empty()).map(str::to_owned);
        let (first, left) = group;
        match sort {
            _ if left > 0 => {
                step.group = Some(format!("g{first}"));
                group = (first, left - 1);
            }
            Sort::GroupOf(size) => {
                step.group = Some(format!("g{place}"));
                group = (place, size - 1);
            }
            Sort::Sampled => step.sample = Some(Sample { one_in: 2, tightened: 5 }),
            Sort::Optional => step.optional = true,
            Sort::Plain => {}
        }
    }
    route
}

fn of_variant() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![2 => Just(None), 1 => Just(Some("A")), 1 => Just(Some("B"))]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_proof_agrees_with_walking_every_way(
        steps in prop::collection::vec((sort(), of_variant()), 1..7),
        rework in prop::collection::vec((0..7_usize, 0..7_usize), 0..4),
        varies in any::<bool>(),
    ) {
        let (sorts, of): (Vec<Sort>, Vec<_>) = steps.iter().copied().unzip();
        let variants: &[&str] = if varies { &["A", "B"] } else { &[] };
        let route = built(&sorts, &of, &rework, variants);
        let walked = if varies {
            variants.iter().any(|variant| something_goes_wrong(&route, Some(variant)))
        } else {
            something_goes_wrong(&route, None)
        };
        prop_assert_eq!(!flaws(&route).is_empty(), walked, "{:?}", flaws(&route));
    }
}

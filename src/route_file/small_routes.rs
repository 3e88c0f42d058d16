//! Small routes of every shape, for tests that walk through them.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::proof::tests::route;
use crate::domain::route::{Route, Sample};

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

/// Small routes.
pub(super) fn small_routes() -> impl Strategy<Value = Route> {
    let steps = prop::collection::vec((sort(), of_variant()), 1..7);
    let rework = prop::collection::vec((0..7_usize, 0..7_usize), 0..4);
    (steps, rework, any::<bool>()).prop_map(|(steps, rework, varies)| {
        let (sorts, of): (Vec<Sort>, Vec<_>) = steps.iter().copied().unzip();
        built(&sorts, &of, &rework, if varies { &["A", "B"] } else { &[] })
    })
}

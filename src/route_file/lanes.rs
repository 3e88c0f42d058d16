//! The ways that units take through a route by passing: one lane for each variant. A lane is made of blocks, done one
//! after another; the steps of a block, a group of the route, are done in any order.

use std::collections::BTreeMap;

use crate::domain::id::StepId;
use crate::domain::route::{Route, Step};

/// The steps that units of one variant have, in blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lane<'r> {
    /// The variant; none where the route has none.
    pub(super) variant: Option<&'r str>,
    /// The blocks, in order; none is empty.
    pub(super) blocks: Vec<Vec<&'r Step>>,
    /// The block of each step.
    places: BTreeMap<&'r StepId, usize>,
}

/// The lanes of a route.
pub(super) fn lanes(route: &Route) -> Vec<Lane<'_>> {
    let variants: Vec<Option<&str>> =
        if route.variants.is_empty() { vec![None] } else { route.variants.keys().map(|v| Some(v.as_str())).collect() };
    let lane = |variant| {
        let mut blocks: Vec<Vec<&Step>> = Vec::new();
        for step in route.steps.iter().filter(|s| s.is_of(variant)) {
            match blocks.last_mut() {
                Some(block) if step.group.is_some() && block.iter().all(|s| s.group == step.group) => block.push(step),
                Some(_) | None => blocks.push(vec![step]),
            }
        }
        let places = blocks.iter().enumerate().flat_map(|(at, block)| block.iter().map(move |s| (&s.id, at))).collect();
        Lane { variant, blocks, places }
    };
    variants.into_iter().map(lane).collect()
}

/// Whether every unit of the step's variants has it: it is neither sampled nor optional, and not for rework alone.
pub(super) fn is_sure(step: &Step) -> bool {
    step.sample.is_none() && !step.optional && !step.rework
}

impl<'r> Lane<'r> {
    /// All its steps, in the order of the route.
    pub(super) fn steps(&self) -> impl DoubleEndedIterator<Item = &'r Step> {
        self.blocks.iter().flatten().copied()
    }

    /// The block that has a step.
    pub(super) fn block_of(&self, step: &Step) -> Option<usize> {
        self.places.get(&step.id).copied()
    }
}

//! The proof that no way through a route leaves out what it requires, and that every way ends.
//!
//! A unit walks from step to step by passing. A failing step sends it to one of the steps that rework may go to, and
//! from that step on everything is due again. So where a unit stands is two places in the order: the step it is `at`,
//! and the first step that is `due`, which it has not passed since its last rework. Passing moves both on while they
//! are equal, and only `at` where it lies beyond. The end is reached with something left out exactly if some way leads
//! to a place where `at` lies beyond `due`: from there, passing alone leads to the end.
//!
//! A loop leads back, and only a failing step does that. Its attempts are counted over the whole life of a unit and
//! are finite, so no unit goes round for ever.

use std::collections::{BTreeSet, VecDeque};

use crate::domain::id::StepId;
use crate::domain::route::{Route, Step};

use super::bounds::ATTEMPTS_MOST;

/// Steps of a long stretch of a way that are printed at each of its ends.
const STRETCH_ENDS: usize = 2;

/// Why a route is unsound: rework from one step to another, and the way that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Flaw<'r> {
    /// The step that fails.
    pub(super) from: &'r StepId,
    /// Where its rework leads.
    pub(super) to: &'r StepId,
    /// What is wrong with that.
    pub(super) fault: Fault<'r>,
    /// The way, step by step.
    pub(super) path: String,
}

/// What is wrong with a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault<'r> {
    /// It reaches the end without these steps.
    LeavesOut(Vec<&'r StepId>),
    /// It is a loop, and the attempts of its failing step have no end.
    HasNoEnd,
}

/// Where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stand {
    /// The step it is at.
    at: usize,
    /// The first step that it has not passed since its last rework.
    due: usize,
}

impl Stand {
    fn pass(self) -> Self {
        let due = if self.at == self.due { self.due + 1 } else { self.due };
        Self { at: self.at + 1, due }
    }

    fn rework(self, to: usize) -> Self {
        Self { at: to, due: self.due.min(to) }
    }
}

/// One step of a way: which, and whether it fails there.
type Hop<'r> = (&'r StepId, bool);

/// Everything that is wrong with the ways through a route.
pub(super) fn flaws(route: &Route) -> Vec<Flaw<'_>> {
    let mut flaws = Vec::new();
    let start = Stand { at: 0, due: 0 };
    let mut seen = BTreeSet::from([start]);
    let mut open = VecDeque::from([(start, Vec::new())]);
    while let Some((stand, way)) = open.pop_front() {
        let Some(step) = route.steps.get(stand.at) else { continue };
        let mut moves = vec![(stand.pass(), false)];
        for target in targets(step) {
            let Some(to) = route.position(target) else { continue };
            let after = stand.rework(to);
            if after.at > after.due {
                flaws.push(leaving_out(route, step, target, after, &way));
            } else {
                moves.push((after, true));
                flaws.extend(without_end(route, step, target, stand.at, to));
            }
        }
        for (next, failed) in moves {
            if seen.insert(next) {
                let mut way: Vec<Hop<'_>> = way.clone();
                way.push((&step.id, failed));
                open.push_back((next, way));
            }
        }
    }
    flaws
}

/// Where rework of a step leads, each once.
fn targets(step: &Step) -> impl Iterator<Item = &StepId> {
    std::iter::once(&step.on_fail).chain(step.rework_to.iter().filter(|to| **to != step.on_fail))
}

/// Rework leads beyond what is due. The way that shows it passes on from there to the end.
fn leaving_out<'r>(route: &'r Route, step: &'r Step, to: &'r StepId, after: Stand, before: &[Hop<'r>]) -> Flaw<'r> {
    let from_there = route.steps.iter().skip(after.at).map(|s| (&s.id, false)).collect::<Vec<_>>();
    let left_out = route.steps.iter().take(after.at).skip(after.due).map(|s| &s.id);
    let path = [stretch(before), stretch(&[(&step.id, true)]), stretch(&from_there), vec!["end".to_owned()]];
    Flaw { from: &step.id, to, fault: Fault::LeavesOut(left_out.collect()), path: path.concat().join(" > ") }
}

/// Rework leads back, and nothing ends the loop.
fn without_end<'r>(route: &'r Route, step: &'r Step, to: &'r StepId, from: usize, back: usize) -> Option<Flaw<'r>> {
    if (1..=ATTEMPTS_MOST).contains(&step.attempts) {
        return None;
    }
    let round = route.steps.iter().take(from).skip(back).map(|s| (&s.id, false)).collect::<Vec<_>>();
    let path = [stretch(&round), stretch(&[(&step.id, true), (to, false)])];
    Some(Flaw { from: &step.id, to, fault: Fault::HasNoEnd, path: path.concat().join(" > ") })
}

/// The hops of a stretch in words; of a long one only those at its ends.
fn stretch(hops: &[Hop<'_>]) -> Vec<String> {
    let word = |(step, fails): &Hop<'_>| if *fails { format!("{step} fails") } else { step.to_string() };
    if hops.len() <= 2 * STRETCH_ENDS + 1 {
        return hops.iter().map(word).collect();
    }
    let first = hops.iter().take(STRETCH_ENDS).map(word);
    let last = hops.iter().skip(hops.len() - STRETCH_ENDS).map(word);
    first.chain(["...".to_owned()]).chain(last).collect()
}

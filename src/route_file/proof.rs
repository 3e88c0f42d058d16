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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::route_file::parse;
    use crate::route_file::testing::SOUND;

    /// A route of so many steps, named 10, 20, 30 ..., where rework leads as said: from the place, to the place.
    fn route(steps: usize, rework: &[(usize, usize)]) -> Route {
        let mut route = parse("r.toml", SOUND).unwrap().route;
        let model = route.steps[1].clone();
        let id = |at: usize| StepId::parse(&((at + 1) * 10).to_string()).unwrap();
        route.steps = (0..steps)
            .map(|at| Step {
                id: id(at),
                on_fail: id(at),
                rework_to: rework.iter().filter(|(from, _)| *from == at).map(|(_, to)| id(*to)).collect(),
                ..model.clone()
            })
            .collect();
        route
    }

    fn told(route: &Route) -> Vec<String> {
        let words = |f: &Flaw<'_>| match &f.fault {
            Fault::LeavesOut(steps) => {
                format!(
                    "{} to {} leaves out {}: {}",
                    f.from,
                    f.to,
                    steps.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
                    f.path
                )
            }
            Fault::HasNoEnd => format!("no end: {}", f.path),
        };
        flaws(route).iter().map(words).collect()
    }

    #[test]
    fn rework_that_leads_back_or_stays_leaves_nothing_out() {
        assert_eq!(told(&route(5, &[(4, 0), (4, 2), (3, 3), (2, 1)])), Vec::<String>::new());
        assert_eq!(told(&route(1, &[])), Vec::<String>::new());
    }

    #[test]
    fn rework_that_leads_ahead_is_told_with_its_way_to_the_end() {
        assert_eq!(told(&route(4, &[(1, 2)])), ["20 to 30 leaves out 20: 10 > 20 fails > 30 > 40 > end"]);
        assert_eq!(
            told(&route(5, &[(1, 4), (0, 1)])),
            [
                "10 to 20 leaves out 10: 10 fails > 20 > 30 > 40 > 50 > end",
                "20 to 50 leaves out 20 30 40: 10 > 20 fails > 50 > end"
            ],
        );
        assert_eq!(
            told(&route(40, &[(19, 20)])),
            ["200 to 210 leaves out 200: 10 > 20 > ... > 180 > 190 > 200 fails > 210 > 220 > ... > 390 > 400 > end"],
        );
    }

    #[test]
    fn a_loop_without_end_is_told() {
        let mut endless = route(3, &[(2, 0)]);
        endless.steps[2].attempts = u32::MAX;
        assert_eq!(told(&endless), ["no end: 30 fails > 30", "no end: 10 > 20 > 30 fails > 10"]);
        endless.steps[2].attempts = 0;
        assert_eq!(told(&endless).len(), 2);
    }

    /// Every way there is, walked without the proof's insight: a unit is at a step and has passed a set of steps.
    fn some_way_leaves_something_out(route: &Route) -> bool {
        let all: BTreeSet<usize> = (0..route.steps.len()).collect();
        let mut open = vec![(0, BTreeSet::new())];
        let mut seen = BTreeSet::new();
        while let Some((at, passed)) = open.pop() {
            if !seen.insert((at, passed.clone())) {
                continue;
            }
            let Some(step) = route.steps.get(at) else {
                if passed != all {
                    return true;
                }
                continue;
            };
            open.push((at + 1, passed.iter().copied().chain([at]).collect()));
            for to in step.rework_to.iter().chain([&step.on_fail]) {
                let to = route.position(to).unwrap();
                open.push((to, passed.iter().copied().filter(|p| *p < to).collect()));
            }
        }
        false
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_proof_agrees_with_walking_every_way(
            steps in 1..7_usize,
            rework in prop::collection::vec((0..7_usize, 0..7_usize), 0..5),
        ) {
            let rework: Vec<_> = rework.into_iter().filter(|(from, to)| *from < steps && *to < steps).collect();
            let route = route(steps, &rework);
            prop_assert_eq!(!flaws(&route).is_empty(), some_way_leaves_something_out(&route), "{:?}", rework);
        }
    }
}

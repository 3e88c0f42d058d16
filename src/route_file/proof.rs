//! The proof that no way through a route leaves out what it requires, and that every way ends.
//!
//! A unit walks along the lane of its variant: from block to block by passing, the steps of a block in any order. It
//! may have no step that is sampled or optional. A failing step sends it to one of the steps that rework may go to, and
//! from that step on everything is due again. So what a unit owes always lies behind it only where rework once led
//! ahead: a lane is sound if rework of each of its steps leads back, or stays in its block, to a step that the unit has
//! for certain. And each step is reached by passing those before it, so that is the way to show what is wrong.
//!
//! A loop leads back, and only a failing step does that. Its attempts are counted over the whole life of a unit and
//! are finite, so no unit goes round for ever.

use std::collections::BTreeMap;

use crate::domain::id::StepId;
use crate::domain::route::{Route, Step};

use super::bounds::{ATTEMPTS_MOST, FINDINGS_MOST};
use super::lanes::{Lane, is_sure, lanes};
use super::path::{Hop, told};

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
    /// It leads to a step that units of this variant never have.
    NeverThere(Option<&'r str>),
    /// It leads to a sampled step that the unit was not drawn for.
    NotDrawn,
    /// It leads to an optional step that was left out.
    LeftOut,
}

/// Everything that is wrong with the ways through a route, and no more than is reported. What is wrong for several
/// variants is told of one.
pub(super) fn flaws(route: &Route) -> Vec<Flaw<'_>> {
    let steps: BTreeMap<&StepId, &Step> = route.steps.iter().map(|step| (&step.id, step)).collect();
    let mut flaws: Vec<Flaw<'_>> = Vec::new();
    for lane in lanes(route) {
        for (at, block) in lane.blocks.iter().enumerate() {
            for step in block {
                for target in targets(step).filter_map(|to| steps.get(to)) {
                    let is_told = flaws.iter().any(|flaw| flaw.from == &step.id && flaw.to == &target.id);
                    if !is_told && flaws.len() <= FINDINGS_MOST {
                        flaws.extend(flaw(&lane, at, step, target));
                    }
                }
            }
        }
    }
    flaws
}

/// Where rework of a step leads, each once.
fn targets(step: &Step) -> impl Iterator<Item = &StepId> {
    std::iter::once(&step.on_fail).chain(step.rework_to.iter().filter(|to| **to != step.on_fail))
}

/// What is wrong with rework of a step of the block at a place.
fn flaw<'r>(lane: &Lane<'r>, at: usize, step: &'r Step, target: &'r Step) -> Option<Flaw<'r>> {
    let is_reached_when = |absent: Option<Hop<'r>>| {
        let before = before(lane, at, absent.map(|_| target), absent);
        told(lane.variant, &[&before, &[Hop::Fails(&step.id)], &[Hop::Passes(&target.id)]])
    };
    let is_itself = step.id == target.id;
    let (fault, path) = match lane.block_of(target) {
        None => (Fault::NeverThere(lane.variant), is_reached_when(None)),
        Some(to) if to > at => leaving_out(lane, at, step, to, target),
        Some(_) if target.sample.is_some() && !is_itself => {
            (Fault::NotDrawn, is_reached_when(Some(Hop::NotDrawn(&target.id))))
        }
        Some(_) if target.optional && !is_itself => (Fault::LeftOut, is_reached_when(Some(Hop::LeftOut(&target.id)))),
        Some(to) => (Fault::HasNoEnd, without_end(lane, at, step, to, target)?),
    };
    Some(Flaw { from: &step.id, to: &target.id, fault, path })
}

/// The hops from the start to a block; at one step something else may become of the unit than that it passes.
fn before<'r>(lane: &Lane<'r>, at: usize, step: Option<&Step>, instead: Option<Hop<'r>>) -> Vec<Hop<'r>> {
    let hop = |s: &&'r Step| instead.filter(|_| step.is_some_and(|step| step.id == s.id)).unwrap_or(Hop::Passes(&s.id));
    lane.blocks.iter().take(at).flatten().filter(|s| !s.rework).map(hop).collect()
}

/// Rework leads ahead. The way that shows it passes on from there to the end.
fn leaving_out<'r>(lane: &Lane<'r>, at: usize, step: &'r Step, to: usize, target: &'r Step) -> (Fault<'r>, String) {
    let between = lane.blocks.iter().enumerate().take(to).skip(at).flat_map(|(place, block)| {
        // What fails is begun, and so it is not left out as one may.
        block.iter().filter(move |s| is_sure(s) || (place == at && s.id == step.id)).map(|s| &s.id)
    });
    let others = lane.blocks.get(to).into_iter().flatten().filter(|s| s.id != target.id);
    let rest = lane.blocks.iter().skip(to + 1).flatten().filter(|s| !s.rework);
    let from_there: Vec<Hop<'_>> =
        std::iter::once(&target).chain(others).chain(rest).map(|s| Hop::Passes(&s.id)).collect();
    let before = before(lane, at, None, None);
    let path = told(lane.variant, &[&before, &[Hop::Fails(&step.id)], &from_there, &[Hop::Ends]]);
    (Fault::LeavesOut(between.collect()), path)
}

/// Rework leads back, and nothing ends the loop.
fn without_end(lane: &Lane<'_>, at: usize, step: &Step, to: usize, target: &Step) -> Option<String> {
    if (1..=ATTEMPTS_MOST).contains(&step.attempts) {
        return None;
    }
    let round: Vec<Hop<'_>> =
        lane.blocks.iter().take(at).skip(to).flatten().filter(|s| !s.rework).map(|s| Hop::Passes(&s.id)).collect();
    Some(told(lane.variant, &[&round, &[Hop::Fails(&step.id)], &[Hop::Passes(&target.id)]]))
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::route::Sample;
    use crate::route_file::parse;
    use crate::route_file::testing::SOUND;

    /// A route of so many steps, named 10, 20, 30 ..., where rework leads as said: from the place, to the place.
    pub(in crate::route_file) fn route(steps: usize, rework: &[(usize, usize)]) -> Route {
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
            Fault::NeverThere(_) | Fault::NotDrawn | Fault::LeftOut => format!("nobody there: {}", f.path),
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

    #[test]
    fn rework_leads_only_where_the_unit_can_be_due() {
        let mut some = route(4, &[(3, 1), (3, 2)]);
        some.steps[1].optional = true;
        some.steps[2].sample = Some(Sample { one_in: 20, tightened: 5 });
        assert_eq!(
            told(&some),
            [
                "nobody there: 10 > 20 left out > 30 > 40 fails > 20",
                "nobody there: 10 > 20 > 30 not drawn > 40 fails > 30"
            ]
        );
        // Whoever was drawn for a step, or began it, may do it again.
        assert_eq!(told(&route(4, &[(1, 1), (2, 2)])), Vec::<String>::new());
        some = route(3, &[(2, 1)]);
        some.variants = ["EX", "STD"].map(|v| (v.to_owned(), BTreeMap::new())).into();
        some.steps[1].when = Some("EX".to_owned());
        assert_eq!(told(&some), ["nobody there: variant `STD`: 10 > 30 fails > 20"]);
        some.steps[2].when = Some("EX".to_owned());
        assert_eq!(told(&some), Vec::<String>::new());
    }

    #[test]
    fn what_is_wrong_for_one_variant_is_wrong() {
        let mut some = route(3, &[(1, 2)]);
        some.variants = ["EX", "STD"].map(|v| (v.to_owned(), BTreeMap::new())).into();
        some.steps[1].when = Some("STD".to_owned());
        assert_eq!(told(&some), ["20 to 30 leaves out 20: variant `STD`: 10 > 20 fails > 30 > end"]);
    }

    #[test]
    fn steps_of_a_group_have_no_order() {
        let mut some = route(4, &[(1, 2), (2, 1), (1, 3)]);
        for step in &mut some.steps[1..3] {
            step.group = Some("g".to_owned());
        }
        assert_eq!(told(&some), ["20 to 40 leaves out 20 30: 10 > 20 fails > 40 > end"]);
    }
}

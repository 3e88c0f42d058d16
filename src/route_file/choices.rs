//! Choices that contradict each other or ask for nothing: what the keys of one step mean beside those of the others.
//!
//! A sample is drawn as the step before it passes, and whether a step is left out shows once a later one is opened. So
//! neither can be at the end of a route where there is none. Steps of a group are done in any order; so what depends on
//! the order has no place within a group.

use std::collections::BTreeMap;

use crate::domain::id::{PartId, StepId};
use crate::domain::route::{Phase, Route, Start, Step};

use super::bounds::GROUP_MOST;
use super::first;
use super::lanes::{Lane, is_sure, lanes};
use super::many;
use super::remarks::Place;
use super::source::quoted;
use super::windows;

/// Something that contradicts itself, where it stands, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slip {
    pub(super) place: Place,
    pub(super) what: String,
    pub(super) write: String,
}

impl Slip {
    pub(super) fn new(place: Place, what: impl Into<String>, write: impl Into<String>) -> Self {
        Self { place, what: what.into(), write: write.into() }
    }

    fn key(step: &Step, key: &'static str, what: impl Into<String>, write: impl Into<String>) -> Self {
        Self::new(Place::Key(step.id.clone(), key), what, write)
    }
}

/// Everything of the kind in a route.
pub(super) fn slips(route: &Route) -> Vec<Slip> {
    let lanes = lanes(route);
    let mut slips = variants(route, &lanes);
    for step in &route.steps {
        slips.extend(choice(step));
        slips.extend(ends(step, &lanes));
        slips.extend(earlier(route, step, &lanes));
        slips.extend(alternates(route, step));
        slips.extend(rework_only(route, step));
    }
    slips.extend(many::slips(route));
    slips.extend(first::slips(route));
    slips.extend(groups(route));
    slips.extend(windows::too_narrow(route, &lanes));
    slips
}

/// Somebody says of which variant a unit is, and each variant has a step.
fn variants(route: &Route, lanes: &[Lane<'_>]) -> Vec<Slip> {
    let mut slips = Vec::new();
    if !route.variants.is_empty() && !route.order_required && route.identifier.start != Start::Order {
        slips.push(Slip::new(
            Place::Variants,
            "a unit is of a variant, and nothing says of which",
            "`order = \"required\"` above the first table, or `start = \"order\"` in `[identifier]`",
        ));
    }
    for lane in lanes.iter().filter(|lane| lane.blocks.is_empty()) {
        let Some(variant) = lane.variant else { continue };
        let what = format!("units of variant {} have no step", quoted(variant));
        slips.push(Slip::new(Place::Variant(variant.to_owned()), what, "a step without `when`, or no such variant"));
    }
    slips
}

/// A step is a sample, optional or one of a group.
fn choice(step: &Step) -> Option<Slip> {
    if step.sample.is_some() && step.optional {
        let what = "who is drawn for this step may leave it out";
        return Some(Slip::key(step, "optional", what, "the step without `optional`, or without `sample`"));
    }
    if step.group.is_some() && !is_sure(step) {
        let key = if step.optional { "optional" } else { "sample" };
        let what = format!("`{key}` has no place in a step of a group");
        return Some(Slip::key(step, key, what, format!("the step without `{key}`, or without `group`")));
    }
    if step.phase == Phase::Dispatch && step.sample.is_some() {
        let what = "a unit that is not drawn for this step would never be dispatched";
        return Some(Slip::key(step, "sample", what, "the step without `sample`"));
    }
    if step.phase == Phase::Dispatch && step.group.is_some() {
        let what = "a unit is dispatched last, and steps of a group are done in any order";
        return Some(Slip::key(step, "group", what, "the step without `group`"));
    }
    None
}

/// A sample has a step before it that every unit has, and an optional step has one behind it.
fn ends(step: &Step, lanes: &[Lane<'_>]) -> Option<Slip> {
    let of = |lane: &Lane<'_>| lane.variant.map_or_else(String::new, |v| format!(" of variant {}", quoted(v)));
    for lane in lanes.iter().filter(|lane| lane.block_of(step).is_some()) {
        let is_it = |s: &&Step| s.id != step.id;
        if step.sample.is_some() && !lane.steps().take_while(is_it).any(is_sure) {
            let what = format!("units{} would be drawn for their first step, before anything passed", of(lane));
            let write = "`sample` in a step behind one that every unit has";
            return Some(Slip::key(step, "sample", what, write));
        }
        if step.optional && !lane.steps().rev().take_while(is_it).any(is_sure) {
            let what = format!("units{} could leave out their last step, and nothing would show it", of(lane));
            let write = "`optional` in a step before one that every unit has";
            return Some(Slip::key(step, "optional", what, write));
        }
    }
    None
}

/// A step that another one looks back at is done before it, by some unit at least.
fn earlier(route: &Route, step: &Step, lanes: &[Lane<'_>]) -> Vec<Slip> {
    let since = step.minutes_since.iter().map(|since| (Place::Key(step.id.clone(), "minutes_since"), &since.step));
    let not_by = step.not_by.iter().map(|other| (Place::NotBy(step.id.clone(), other.clone()), other));
    let mut slips = Vec::new();
    for (place, id) in since.chain(not_by) {
        let Some(other) = route.step(id) else { continue };
        let name = quoted(id.as_str());
        if step.group.is_some() && step.group == other.group {
            let what = format!("step {name} is of the same group, and may be done after this one");
            slips.push(Slip::new(place, what, "a step before the group"));
        } else if !lanes.iter().any(|lane| lane.block_of(step).is_some() && lane.block_of(other).is_some()) {
            let what = format!("no unit that has this step has step {name}");
            slips.push(Slip::new(place, what, "a step of the same variant"));
        }
    }
    slips
}

/// A step that only rework leads to has one before it and one behind it, is no choice besides, and rework leads there.
fn rework_only(route: &Route, step: &Step) -> Option<Slip> {
    if !step.rework {
        return None;
    }
    let slip = |what: &str, write: &str| Some(Slip::key(step, "rework", what, write));
    let is_sure_without = |s: &&Step| is_sure(s) && s.is_of(step.when.as_deref());
    let place = route.position(&step.id).unwrap_or(0);
    if !route.steps.iter().take(place).any(|s| is_sure_without(&s)) {
        return slip("a unit begins with a step that every unit has", "`rework` in a step behind such a step");
    }
    if !route.steps.iter().skip(place + 1).any(|s| is_sure_without(&s)) {
        return slip(
            "a unit that was reworked would have nothing to go on with",
            "`rework` in a step before the last one",
        );
    }
    if step.optional || step.sample.is_some() || step.group.is_some() {
        return slip(
            "what only rework leads to is no choice besides",
            "the step without `optional`, `sample` and `group`",
        );
    }
    let leads_here = |s: &&Step| s.id != step.id && (s.on_fail == step.id || s.rework_to.contains(&step.id));
    if !route.steps.iter().any(|s| leads_here(&s)) {
        return slip("no rework leads to this step", "its id in `rework_to` of the step that fails");
    }
    None
}

/// A piece counts for one part of a step.
fn alternates(route: &Route, step: &Step) -> Vec<Slip> {
    let mut counts: BTreeMap<&PartId, &PartId> = step.uses.keys().map(|part| (part, part)).collect();
    let mut slips = Vec::new();
    for part in step.uses.keys() {
        let alternates = route.parts.get(part).map(|about| about.alternates.as_slice()).unwrap_or_default();
        for alternate in alternates {
            let first = *counts.entry(alternate).or_insert(part);
            if first != part {
                let (name, part_name, step) = (alternate.as_str(), part.as_str(), step.id.as_str());
                let what = format!(
                    "at step {} part {} could count for {} or for {}",
                    quoted(step),
                    quoted(name),
                    quoted(part_name),
                    quoted(first.as_str())
                );
                let place = Place::Alternate(part.clone(), alternate.clone());
                slips.push(Slip::new(place, what, "alternates that count for one part of a step"));
            }
        }
    }
    slips
}

/// A group is two steps or more, one behind the other.
fn groups(route: &Route) -> Vec<Slip> {
    let mut last: BTreeMap<&str, (usize, &StepId)> = BTreeMap::new();
    let mut slips = Vec::new();
    for (at, step) in route.steps.iter().enumerate() {
        let Some(group) = step.group.as_deref() else { continue };
        let (name, others) = (quoted(group), route.steps.iter().filter(|s| s.group == step.group).count());
        if others == 1 {
            let what = format!("group {name} has one step only");
            slips.push(Slip::key(step, "group", what, "it in a neighbouring step too, or this step without `group`"));
        }
        if others > GROUP_MOST && !last.contains_key(group) {
            let what = format!("group {name} has {others} steps");
            slips.push(Slip::key(step, "group", what, format!("at most {GROUP_MOST}")));
        }
        if let Some((before, first)) = last.insert(group, (at, &step.id))
            && before + 1 != at
            && let Some(between) = route.steps.get(before + 1)
        {
            let (between, first) = (quoted(between.id.as_str()), quoted(first.as_str()));
            let what = format!("group {name} is not of neighbouring steps: {between} stands between it and {first}");
            slips.push(Slip::key(step, "group", what, "the steps of a group one behind the other"));
        }
    }
    slips
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::{SOUND, found};

    /// The sound route under orders with two variants; steps say something more, by id.
    fn told(more: &[(&str, &str)]) -> Vec<String> {
        let base = SOUND
            .replace("order = \"none\"", "order = \"required\"")
            .replace("on_fail = \"20\"\nrework_to = [\"10\"]\n", "")
            .replace("[defect]", "[variant]\nSTD = {}\nEX = {}\n[defect]");
        let text = more.iter().fold(base, |text, (step, written)| {
            text.replace(&format!("id = \"{step}\"\n"), &format!("id = \"{step}\"\n{written}\n"))
        });
        found(&text)
    }

    #[test]
    fn a_variant_is_said_by_an_order_and_has_a_step() {
        let alone = SOUND.replace("[defect]", "[variant]\nSTD = {}\n[defect]");
        assert_eq!(
            found(&alone),
            ["19:2: a unit is of a variant, and nothing says of which; \
              write `order = \"required\"` above the first table, or `start = \"order\"` in `[identifier]`"]
        );
        assert_eq!(found(&alone.replace("start = \"twice\"", "start = \"order\"")), Vec::<String>::new());
        let ex = "when = { variant = \"EX\" }";
        assert_eq!(
            told(&[("10", ex), ("20", ex), ("30", ex)]),
            ["20:1: units of variant `STD` have no step; write a step without `when`, or no such variant"]
        );
        assert_eq!(told(&[("20", ex)]), Vec::<String>::new());
    }

    #[test]
    fn a_sample_is_drawn_as_an_earlier_step_passes() {
        let sample = "sample = { one_in = 20 }";
        assert_eq!(
            told(&[("10", sample)])[0],
            "27:10: units of variant `EX` would be drawn for their first step, before anything passed; \
             write `sample` in a step behind one that every unit has"
        );
        // The first step of some variant is none better; nor is one behind a step that may be left out.
        assert!(
            told(&[("10", "when = { variant = \"STD\" }"), ("20", sample)])
                .iter()
                .any(|found| found.starts_with("35:10: units of variant `EX` would be drawn for their first step"))
        );
        assert_eq!(told(&[("10", "optional = true"), ("20", sample)]).len(), 1);
        assert_eq!(told(&[("20", sample)]), Vec::<String>::new());
        assert_eq!(told(&[("30", sample)]), Vec::<String>::new());
    }

    #[test]
    fn a_step_that_is_left_out_has_one_behind_it() {
        let optional = "optional = true";
        assert_eq!(
            told(&[("30", optional)]),
            ["48:12: units of variant `EX` could leave out their last step, and nothing would show it; \
              write `optional` in a step before one that every unit has"]
        );
        assert_eq!(told(&[("20", optional), ("30", "when = { variant = \"EX\" }")]).len(), 1);
        assert_eq!(told(&[("20", optional), ("30", "sample = { one_in = 20 }")]).len(), 1);
        assert_eq!(told(&[("20", optional)]), Vec::<String>::new());
        assert_eq!(
            told(&[("20", "optional = true\nsample = { one_in = 20 }")]),
            ["34:12: who is drawn for this step may leave it out; \
              write the step without `optional`, or without `sample`"]
        );
    }

    #[test]
    fn a_group_is_of_neighbouring_steps_that_every_unit_has() {
        let group = "group = \"g\"";
        assert_eq!(told(&[("20", group), ("30", group)]), Vec::<String>::new());
        assert_eq!(
            told(&[("10", group), ("30", group)]),
            ["49:9: group `g` is not of neighbouring steps: `20` stands between it and `10`; \
              write the steps of a group one behind the other"]
        );
        assert_eq!(
            told(&[("20", group)]),
            ["34:9: group `g` has one step only; write it in a neighbouring step too, or this step without `group`"]
        );
        assert_eq!(
            told(&[("10", group), ("20", "group = \"g\"\noptional = true")]),
            ["36:12: `optional` has no place in a step of a group; \
              write the step without `optional`, or without `group`"]
        );
        assert_eq!(
            told(&[("10", group), ("20", "group = \"g\"\nsample = { one_in = 9 }")]),
            ["36:10: `sample` has no place in a step of a group; write the step without `sample`, or without `group`"]
        );
    }

    #[test]
    fn the_step_that_dispatches_is_the_last_of_every_unit() {
        let dispatch = |more: &str| {
            let text = SOUND.replace("phase = \"test\"", &format!("phase = \"dispatch\"\n{more}"));
            found(&text.replace("on_fail = \"20\"\n", "").replace("id = \"20\"\n", "id = \"20\"\ngroup = \"g\"\n"))
        };
        assert_eq!(
            dispatch("group = \"g\""),
            ["48:9: a unit is dispatched last, and steps of a group are done in any order; \
              write the step without `group`"]
        );
        assert!(dispatch("sample = { one_in = 9 }").contains(
            &"48:10: a unit that is not drawn for this step would never be dispatched; write the step without `sample`"
                .to_owned()
        ));
    }

    #[test]
    fn a_step_looks_back_at_one_that_some_of_its_units_did() {
        let since = "minutes_since = { step = \"20\", min = 30 }\nnot_by = [\"20\"]";
        assert_eq!(told(&[("30", since), ("20", "optional = true")]), Vec::<String>::new());
        assert_eq!(
            told(&[("30", &format!("group = \"g\"\n{since}")), ("20", "group = \"g\"")]),
            [
                "50:17: step `20` is of the same group, and may be done after this one; write a step before the group",
                "51:11: step `20` is of the same group, and may be done after this one; write a step before the group",
            ]
        );
        let (std, ex) = ("when = { variant = \"STD\" }", "when = { variant = \"EX\" }");
        assert_eq!(
            told(&[("20", std), ("30", &format!("{ex}\n{since}"))]),
            [
                "50:17: no unit that has this step has step `20`; write a step of the same variant",
                "51:11: no unit that has this step has step `20`; write a step of the same variant",
            ]
        );
    }

    #[test]
    fn a_piece_counts_for_one_part_of_a_step() {
        let lots = |more: &str, uses: &str| {
            let parts =
                format!("{more}[part.G2]\ncapture = \"lot\"\nalternates = [\"G3\"]\n[part.G3]\ncapture = \"lot\"\n");
            let text = SOUND.replace("capture = \"lot\"\n", &format!("capture = \"lot\"\n{parts}"));
            found(&text.replace("GASKET = 2", uses))
        };
        let own = "alternates = [\"G3\"]\n";
        assert_eq!(
            lots(own, "GASKET = 2, G2 = 1"),
            ["18:15: at step `10` part `G3` could count for `GASKET` or for `G2`; \
             write alternates that count for one part of a step"]
        );
        assert_eq!(
            lots("", "GASKET = 2, G2 = 1, G3 = 1"),
            ["20:15: at step `10` part `G3` could count for `G2` or for `G3`; \
             write alternates that count for one part of a step"]
        );
        assert_eq!(lots("", "GASKET = 2, G2 = 1"), Vec::<String>::new());
    }
}

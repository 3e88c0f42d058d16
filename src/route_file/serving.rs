//! Who serves the steps of a route: each class of stations that it names has a station, and where one step is done at
//! another class than the step before it, both ends are known.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::id::{StationId, StepId};
use crate::domain::route::{Route, Step};

use super::finding::{Finding, Weight, in_order};
use super::lanes::{Lane, is_sure, lanes};
use super::parse::RouteFile;
use super::path::{Hop, told};
use super::remarks::Place;
use super::source::{Source, listed, quoted};
use crate::domain::nearest::nearest;

/// Classes of stations that a sentence lists.
const LISTED_MOST: usize = 12;

/// A unit goes from the stations of one class to those of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover<'r> {
    /// The step that it comes from.
    pub from: &'r Step,
    /// The step that it goes to.
    pub to: &'r Step,
    /// Whether it goes back for rework.
    pub rework: bool,
}

/// Every handover that some unit of a route may go through, in the order of the route.
pub fn handovers(route: &Route) -> Vec<Handover<'_>> {
    let places: BTreeMap<&StepId, usize> = route.steps.iter().enumerate().map(|(at, step)| (&step.id, at)).collect();
    let mut all = BTreeMap::new();
    let mut lanes = lanes(route);
    lanes.dedup_by(|one, other| one.blocks == other.blocks);
    for lane in &lanes {
        for handover in onward(lane).into_iter().chain(back(lane, route)) {
            let Handover { from, to, rework } = handover;
            if from.station != to.station {
                all.insert((places.get(&from.id), rework, places.get(&to.id)), handover);
            }
        }
    }
    all.into_values().collect()
}

/// Where passing leads: to the others of a group, and behind it up to the first block that every unit has.
fn onward<'r>(lane: &Lane<'r>) -> Vec<Handover<'r>> {
    let mut all = Vec::new();
    for (at, block) in lane.blocks.iter().enumerate() {
        let behind = lane.blocks.get(at + 1..).unwrap_or_default();
        let may_end = behind.iter().position(|b| b.iter().any(|s| is_sure(s)));
        let reached = behind.iter().take(may_end.map_or(behind.len(), |sure| sure + 1));
        let next: Vec<&Step> = std::iter::once(block).chain(reached).flatten().copied().collect();
        for from in block {
            let others = next.iter().filter(|to| to.id != from.id);
            all.extend(others.map(|to| Handover { from, to, rework: false }));
        }
    }
    all
}

/// Where failing leads.
fn back<'r>(lane: &Lane<'r>, route: &'r Route) -> impl Iterator<Item = Handover<'r>> {
    lane.steps().flat_map(move |from| {
        let targets = std::iter::once(&from.on_fail).chain(&from.rework_to);
        targets.filter_map(|to| route.step(to)).map(move |to| Handover { from, to, rework: true })
    })
}

/// Each step of a file that no station is there for, with the way that leads a unit to it.
pub fn unserved(file: &RouteFile, served: &BTreeSet<StationId>) -> Vec<Finding> {
    let route = &file.route;
    let source = Source::new(&file.name, &file.text);
    let handovers = handovers(route);
    let mut findings = Vec::new();
    for step in route.steps.iter().filter(|step| !served.contains(&step.station)) {
        let class = step.station.as_str();
        let comes = handovers.iter().find(|h| h.to.id == step.id && !h.rework);
        let from = comes
            .map_or_else(String::new, |h| format!(", to which a unit comes from {}", quoted(h.from.station.as_str())));
        let (id, way) = (quoted(step.id.as_str()), way_to(route, step));
        let what = format!("no station is of the class {}, so nobody does step {id}{from}: {way}", quoted(class));
        let near = nearest(class, served.iter().map(StationId::as_str)).map_or_else(|| one_of(served), quoted);
        let write = format!("{near}, or a station of that class into the configuration");
        let span = file.places.get(&Place::Key(step.id.clone(), "station")).cloned().unwrap_or_default();
        findings.push(source.finding(&span, Weight::Wrong, what, write));
    }
    in_order(findings)
}

fn one_of(served: &BTreeSet<StationId>) -> String {
    let more = if served.len() > LISTED_MOST { ", ..." } else { "" };
    format!("one of {}{more}", listed(served.iter().take(LISTED_MOST).map(StationId::as_str)))
}

/// How some unit comes to a step by passing.
fn way_to(route: &Route, step: &Step) -> String {
    let lanes = lanes(route);
    let Some((lane, at)) = lanes.iter().find_map(|lane| Some((lane, lane.block_of(step)?))) else {
        return step.id.to_string();
    };
    let before: Vec<Hop<'_>> = lane.blocks.iter().take(at).flatten().map(|s| Hop::Passes(&s.id)).collect();
    told(lane.variant, &[&before, &[Hop::Passes(&step.id)]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route_file::read;
    use crate::route_file::testing::{SOUND, with};

    fn classes(names: &[&str]) -> BTreeSet<StationId> {
        names.iter().map(|name| StationId::parse(name).unwrap()).collect()
    }

    fn told(text: &str, served: &[&str]) -> Vec<String> {
        unserved(&read("r.toml", text).unwrap(), &classes(served)).iter().map(ToString::to_string).collect()
    }

    fn handed_over(text: &str) -> Vec<String> {
        let route = read("r.toml", text).unwrap().route;
        let word = |h: &Handover<'_>| format!("{}{}{}", h.from.id, if h.rework { " back to " } else { " > " }, h.to.id);
        handovers(&route).iter().map(word).collect()
    }

    #[test]
    fn each_class_of_a_route_has_a_station() {
        assert_eq!(told(SOUND, &["receiving", "assembly", "test", "packing"]), Vec::<String>::new());
        assert_eq!(
            told(SOUND, &["receiving", "assembly", "tests"]),
            ["r.toml:47:11: no station is of the class `test`, so nobody does step `30`, to which a unit comes from \
              `assembly`: 10 > 20 > 30; write `tests`, or a station of that class into the configuration"]
        );
        assert_eq!(
            told(SOUND, &["assembly", "test"]),
            ["r.toml:26:11: no station is of the class `receiving`, so nobody does step `10`: 10; \
              write one of `assembly`, `test`, or a station of that class into the configuration"]
        );
    }

    #[test]
    fn the_way_to_a_step_that_nobody_does_is_that_of_a_variant_that_has_it() {
        let text = SOUND
            .replace("order = \"none\"", "order = \"required\"")
            .replace("on_fail = \"20\"\n", "")
            .replace("[defect]", "[variant]\nSTD = {}\nEX = {}\n[defect]")
            .replace("id = \"20\"\n", "id = \"20\"\nwhen = { variant = \"STD\" }\n");
        let found = told(&text, &["receiving", "test"]);
        assert!(found[0].contains("comes from `receiving`: variant `STD`: 10 > 20; write"), "{found:?}");
    }

    #[test]
    fn every_change_of_station_is_a_handover() {
        assert_eq!(handed_over(SOUND), ["10 > 20", "20 > 30", "30 back to 10", "30 back to 20"]);
        // An optional step may be passed over, and within a group there is no order.
        let optional = with("on_fail = \"20\"\nrework_to = [\"10\"]\n", "")
            .replace("id = \"20\"\n", "id = \"20\"\noptional = true\n");
        assert_eq!(handed_over(&optional), ["10 > 20", "10 > 30", "20 > 30"]);
        let group = optional
            .replace("optional = true", "group = \"g\"")
            .replace("id = \"30\"\n", "id = \"30\"\ngroup = \"g\"\n");
        assert_eq!(handed_over(&group), ["10 > 20", "10 > 30", "20 > 30", "30 > 20"]);
        let one_place = with("station = \"receiving\"", "station = \"assembly\"");
        assert_eq!(handed_over(&one_place), ["20 > 30", "30 back to 10", "30 back to 20"]);
    }
}

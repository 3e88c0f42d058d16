//! What many units at once ask of a route: each board of a panel has its nest wherever it is worked on as one of them.

use crate::domain::route::{Route, Start, Step};

use super::choices::Slip;
use super::lanes::{Lane, is_sure, lanes};
use super::remarks::Place;
use super::source::quoted;

/// What contradicts itself.
pub(super) fn slips(route: &Route) -> Vec<Slip> {
    let lanes = lanes(route);
    begins_in_a_load(&lanes).into_iter().chain(panels(route, &lanes)).collect()
}

/// The first step of each variant is none that is done in loads: a unit comes into being at a bench.
fn begins_in_a_load(lanes: &[Lane<'_>]) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    for lane in lanes {
        let Some(first) = lane.steps().next().filter(|step| step.load.is_some()) else { continue };
        let (what, write) = match lane.variant.filter(|_| first.when.is_some() || lanes.len() > 1) {
            None => ("a unit begins at a step of its own, not in a load".to_owned(), "a step before it".to_owned()),
            Some(variant) => (
                format!("units of variant {} begin at a step of their own, not in a load", quoted(variant)),
                format!("a step before it that units of variant {} have", quoted(variant)),
            ),
        };
        if slips.iter().all(|slip| slip.place != Place::Step(first.id.clone())) {
            slips.push(Slip::new(Place::Step(first.id.clone()), what, write));
        }
    }
    slips
}

/// Each board has its nest until they are separated.
fn panels(route: &Route, lanes: &[Lane<'_>]) -> Vec<Slip> {
    let Some(panel) = &route.identifier.panel else {
        let separates = route.steps.iter().filter(|step| step.depanel);
        return separates.map(|step| nothing_to_separate(&step.id)).collect();
    };
    let mut slips = Vec::new();
    if route.identifier.start == Start::Twice {
        let what = "a panel is scanned once to begin its boards";
        slips.push(Slip::new(Place::Identifier, what, "`start = \"once\"` or `start = \"order\"` in `[identifier]`"));
    }
    for step in route.steps.iter().filter(|step| step.depanel && !is_sure(step)) {
        let what = "a board that does not have this step would never be separated from the others";
        slips.push(Slip::new(Place::Key(step.id.clone(), "depanel"), what, "`depanel` in a step that every unit has"));
    }
    let is_whole = |step: &Step| lanes.iter().any(|lane| on_the_panel(lane).any(|whole| whole.id == step.id));
    for step in route.steps.iter().filter(|step| step.nests < panel.boards && is_whole(step)) {
        let what = format!("a panel has {} boards, and the step has fewer nests", panel.boards);
        slips.push(Slip::new(Place::Step(step.id.clone()), what, format!("`nests = {}`", panel.boards)));
    }
    slips
}

/// The steps that units of a variant have in one piece with the others: until one separates them that each of them has.
fn on_the_panel<'r>(lane: &Lane<'r>) -> impl Iterator<Item = &'r Step> {
    let steps: Vec<&Step> = lane.steps().collect();
    let parts = steps.iter().position(|step| step.depanel && is_sure(step));
    let whole = parts.map_or(steps.len(), |at| at + 1);
    steps.into_iter().take(whole)
}

fn nothing_to_separate(step: &crate::domain::id::StepId) -> Slip {
    let what = "the units of this route lie on no panel";
    Slip::new(Place::Step(step.clone()), what, "the step without `depanel`, or `panel` in `[identifier]`")
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::{SOUND, found, found_with};

    #[test]
    fn each_board_of_a_panel_has_its_nest_until_they_are_separated() {
        let once = "start = \"once\"\npanel = { pattern = 'PN\\d{3}', boards = 2 }";
        let found = found_with("start = \"twice\"", once);
        assert!(found.iter().all(|f| f.contains("a panel has 2 boards")) && !found.is_empty(), "{found:?}");
        let twice = found_with("start = \"twice\"", "panel = { pattern = 'PN\\d{3}', boards = 2 }");
        assert!(twice.iter().any(|f| f.contains("a panel is scanned once")), "{twice:?}");
    }

    #[test]
    fn no_variant_begins_in_a_load() {
        let load = "load = { units = 4 }";
        let base = SOUND
            .replace("order = \"none\"", "order = \"required\"")
            .replace("on_fail = \"20\"\nrework_to = [\"10\"]\n", "")
            .replace("[defect]", "[variant]\nSTD = {}\nEX = {}\n[defect]");
        let told = |first: &str, second: &str| {
            let text = base.replace("id = \"10\"\n", &format!("id = \"10\"\n{first}\n"));
            found(&text.replace("id = \"20\"\n", &format!("id = \"20\"\n{second}\n")))
        };
        let ex = told("when = { variant = \"STD\" }", load);
        assert_eq!(ex.len(), 1, "{ex:?}");
        assert!(ex[0].contains("units of variant `EX` begin at a step of their own, not in a load"), "{ex:?}");
        assert!(ex[0].contains("write a step before it that units of variant `EX` have"), "{ex:?}");
        assert_eq!(told("", load), Vec::<String>::new());
        assert_eq!(told(load, "").len(), 1, "said once, not for each variant");
    }

    #[test]
    fn what_separates_boards_is_a_step_that_every_board_has() {
        let once = "start = \"once\"\npanel = { pattern = 'PN\\d{3}', boards = 2 }";
        let base = SOUND.replace("start = \"twice\"", once);
        let with = |more: &str| found(&base.replace("id = \"20\"\n", &format!("id = \"20\"\n{more}\n")));
        let never = |all: &[String]| all.iter().any(|f| f.contains("would never be separated from the others"));
        assert!(never(&with("depanel = true\noptional = true")));
        assert!(!never(&with("depanel = true")));
    }

    #[test]
    fn what_is_no_panel_is_not_separated() {
        let found = found_with("id = \"20\"\n", "id = \"20\"\ndepanel = true\n");
        assert!(found.iter().any(|f| f.contains("lie on no panel")), "{found:?}");
    }
}

//! What many units at once ask of a route: each board of a panel has its nest wherever it is worked on as one of them.

use crate::domain::route::{Route, Start};

use super::choices::Slip;
use super::remarks::Place;

/// What contradicts itself.
pub(super) fn slips(route: &Route) -> Vec<Slip> {
    let begins = route.steps.first().filter(|step| step.load.is_some()).map(|step| {
        let what = "a unit begins at a step of its own, not in a load";
        Slip::new(Place::Step(step.id.clone()), what, "a step before it")
    });
    begins.into_iter().chain(panels(route)).collect()
}

/// Each board has its nest until they are separated.
fn panels(route: &Route) -> Vec<Slip> {
    let Some(panel) = &route.identifier.panel else {
        let separates = route.steps.iter().filter(|step| step.depanel);
        return separates.map(|step| nothing_to_separate(&step.id)).collect();
    };
    let mut slips = Vec::new();
    if route.identifier.start == Start::Twice {
        let what = "a panel is scanned once to begin its boards";
        slips.push(Slip::new(Place::Identifier, what, "`start = \"once\"` or `start = \"order\"` in `[identifier]`"));
    }
    let whole = route.steps.iter().position(|step| step.depanel).map_or(route.steps.len(), |at| at + 1);
    for step in route.steps.iter().take(whole).filter(|step| step.nests < panel.boards) {
        let what = format!("a panel has {} boards, and the step has fewer nests", panel.boards);
        slips.push(Slip::new(Place::Step(step.id.clone()), what, format!("`nests = {}`", panel.boards)));
    }
    slips
}

fn nothing_to_separate(step: &crate::domain::id::StepId) -> Slip {
    let what = "the units of this route lie on no panel";
    Slip::new(Place::Step(step.clone()), what, "the step without `depanel`, or `panel` in `[identifier]`")
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::found_with;

    #[test]
    fn each_board_of_a_panel_has_its_nest_until_they_are_separated() {
        let once = "start = \"once\"\npanel = { pattern = 'PN\\d{3}', boards = 2 }";
        let found = found_with("start = \"twice\"", once);
        assert!(found.iter().all(|f| f.contains("a panel has 2 boards")) && !found.is_empty(), "{found:?}");
        let twice = found_with("start = \"twice\"", "panel = { pattern = 'PN\\d{3}', boards = 2 }");
        assert!(twice.iter().any(|f| f.contains("a panel is scanned once")), "{twice:?}");
    }

    #[test]
    fn what_is_no_panel_is_not_separated() {
        let found = found_with("id = \"20\"\n", "id = \"20\"\ndepanel = true\n");
        assert!(found.iter().any(|f| f.contains("lie on no panel")), "{found:?}");
    }
}

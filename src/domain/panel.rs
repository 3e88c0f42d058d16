//! Panels: several boards in one piece, with a label of their own, until they are separated.
//!
//! A board on a panel has the panel's number and its position, such as `PN00017-3`. That number stays its own when the
//! panel is no more, so the record of a board always says on which panel it was made, and where.

use serde::{Deserialize, Serialize};

use super::id::UnitId;
use super::label::Label;
use super::order::is_none_yet;
use super::pattern::Pattern;
use super::route::Route;
use super::traveller::Traveller;

/// How the units of a route lie on panels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// What the number of a panel looks like.
    pub pattern: Pattern,
    /// How many boards a panel has.
    pub boards: u32,
}

/// A board of a panel whose label was scanned: all of them are taken up at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// Which.
    pub unit: UnitId,
    /// The label of the panel.
    pub label: Label,
    /// How many of its boards are taken up after this one.
    #[serde(default)]
    pub more: u32,
    /// How many other boards of it are taken up here, before this one or after it, or are here already.
    #[serde(default, skip_serializing_if = "is_none_yet")]
    pub beside: u32,
    /// The badge of whoever stands by at all of them, where that is what was scanned last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_by: Option<Label>,
}

impl Board {
    /// The label by which it is taken up: that of the panel, or the badge that was waited for.
    pub fn scanned(&self) -> &Label {
        self.stands_by.as_ref().unwrap_or(&self.label)
    }
}

impl Panel {
    /// The boards of a panel, in the order of their positions; none where the number is no panel's.
    pub fn boards_of(&self, panel: &str) -> Vec<UnitId> {
        let positions = if self.pattern.matches(panel) { self.boards } else { 0 };
        (1..=positions).filter_map(|n| UnitId::parse(&format!("{panel}-{n}")).ok()).collect()
    }

    /// The panel of a board, and the position on it.
    pub fn place_of<'u>(&self, unit: &'u UnitId) -> Option<(&'u str, u32)> {
        let (panel, position) = unit.as_str().rsplit_once('-')?;
        let number =
            position.parse().ok().filter(|n: &u32| (1..=self.boards).contains(n) && n.to_string() == position)?;
        self.pattern.matches(panel).then_some((panel, number))
    }
}

impl Route {
    /// The panel of a unit, and the position on it.
    pub fn place_on_panel<'u>(&self, unit: &'u UnitId) -> Option<(&'u str, u32)> {
        self.identifier.panel.as_ref()?.place_of(unit)
    }
}

/// Whether a board is still in one piece with the others: the step that separates them did not pass.
pub fn is_whole(traveller: &Traveller, route: &Route) -> bool {
    !route.steps.iter().any(|step| step.depanel && traveller.passed.contains(&step.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_named_by_its_panel_and_its_position() {
        let panel = Panel { pattern: Pattern::parse(r"PN\d{3}").unwrap(), boards: 2 };
        let boards = panel.boards_of("PN007");
        assert_eq!(boards.iter().map(UnitId::as_str).collect::<Vec<_>>(), ["PN007-1", "PN007-2"]);
        assert_eq!(panel.place_of(&boards[1]), Some(("PN007", 2)));
        for other in ["PN007-3", "PN007-0", "PN007-02", "PN07-1", "PN007"] {
            assert_eq!(panel.place_of(&UnitId::parse(other).unwrap()), None, "{other}");
        }
        assert_eq!(panel.boards_of("PN07"), Vec::new());
    }
}

//! Panels: the label of one stands for all of its boards, until they are separated.

use crate::domain::command::Command;
use crate::domain::id::UnitId;
use crate::domain::number::Number;
use crate::domain::panel::is_whole;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::Route;

use super::case::{Answer, Case};
use super::decision::{Decision, Did};
use super::said::Said;
use super::{opening, orders};

/// The route on whose panels a label is, where it is the label of a panel.
pub(super) fn named<'a>(case: &Case<'a>, said: &Said<'_>) -> Option<&'a Route> {
    let other = case.facts.other.as_ref().filter(|o| !o.traveller.exists())?;
    other.route.as_deref().filter(|route| said.plain.is_some_and(|text| route.identifier.is_panel(text)))
}

/// The label of a panel was scanned: each of its boards is taken up, one after the other, all of them or none.
pub(super) fn open(case: &Case<'_>, route: &Route, said: &Said<'_>) -> Answer {
    case.worker()?;
    let label = case.label.ok_or_else(|| Refusal::bare(Code::Misread))?;
    let boards = route.identifier.panel.iter().flat_map(|panel| panel.boards_of(said.plain.unwrap_or_default()));
    let then = boards.map(|unit| Command::Board { unit, label: label.clone(), more: 0 }).collect();
    Ok(Decision { answer: Ok(Did::UnitOpened), drafts: Vec::new(), unit: None, rests_on: None, passed: None, then })
}

/// One board of the panel is taken up, in the nest of its position.
pub(super) fn board(case: &Case<'_>, unit: &UnitId) -> Answer {
    if case.open.unit.as_ref() == Some(unit) {
        return opening::again(case);
    }
    let unknown = || case.about_label(Code::UnknownLabel);
    let other = case.facts.other(unit.as_str()).ok_or_else(unknown)?;
    let route = other.route.as_deref().ok_or_else(unknown)?;
    let panel = case.label.and_then(|label| label.plain());
    if route.place_on_panel(unit).map(|(on, _)| on) != panel {
        return Err(unknown());
    }
    if !is_whole(&other.traveller, route) {
        // Each board goes its own way, by its own label.
        let evidence = Evidence { unit: Some(unit.clone()), label: case.label_shown(), ..Evidence::default() };
        return Err(Refusal::new(Code::WhichUnit, evidence));
    }
    if !other.traveller.exists() {
        has_room(case, route, unit)?;
    }
    opening::open(case, other)
}

/// A panel begins as a whole: its order must have room for the boards that are still to begin.
fn has_room(case: &Case<'_>, route: &Route, unit: &UnitId) -> Result<(), Refusal> {
    let Some(order) = orders::of_new_unit(case, unit, route)? else { return Ok(()) };
    let place = route.place_on_panel(unit).map_or(1, |(_, place)| place);
    let boards = route.identifier.panel.as_ref().map_or(1, |panel| panel.boards);
    let to_begin = boards.saturating_sub(place).saturating_add(1);
    if order.left() >= to_begin {
        return Ok(());
    }
    let evidence = Evidence {
        unit: Some(unit.clone()),
        order: Some(order.order.clone()),
        allowed: Some(order.quantity),
        pieces: Some(to_begin),
        left: Some(Number::whole(order.left())),
        event: Some(order.event.clone()),
        ..Evidence::default()
    };
    Err(Refusal::new(Code::OrderFull, evidence))
}

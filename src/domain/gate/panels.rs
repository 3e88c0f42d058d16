//! Panels: the label of one stands for all of its boards, until they are separated.

use crate::domain::command::Command;
use crate::domain::facts::Other;
use crate::domain::id::{Badge, UnitId};
use crate::domain::label::Label;
use crate::domain::number::Number;
use crate::domain::panel::{Board, is_whole};
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::Route;
use crate::domain::traveller::Traveller;
use crate::domain::way;

use super::case::{Answer, Case};
use super::decision::{Decision, Did};
use super::said::Said;
use super::{opening, orders, people};

/// The route on whose panels a label is, where it is the label of a panel.
pub(super) fn named<'a>(case: &Case<'a>, said: &Said<'_>) -> Option<&'a Route> {
    let other = case.facts.other.as_ref().filter(|o| !o.traveller.exists())?;
    other.route.as_deref().filter(|route| said.plain.is_some_and(|text| route.identifier.is_panel(text)))
}

/// The label of a panel was scanned: each of its boards is taken up, one after the other, all of them or none.
pub(super) fn open(case: &Case<'_>, route: &Route) -> Answer {
    case.worker()?;
    let label = case.label.ok_or_else(|| Refusal::bare(Code::Misread))?;
    all_of(case, route, label, None)
}

/// Somebody stands by where the label of a panel was scanned before: at all of its boards.
pub(super) fn supervised(case: &Case<'_>, first: &Other, panel: &Label) -> Answer {
    let route = first.route.as_deref().ok_or_else(|| case.about_label(Code::UnknownLabel))?;
    all_of(case, route, panel, case.label)
}

fn all_of(case: &Case<'_>, route: &Route, panel: &Label, stands_by: Option<&Label>) -> Answer {
    let on_panel = route.identifier.panel.as_ref().zip(panel.plain());
    let boards = on_panel.map(|(panel, number)| panel.boards_of(number)).unwrap_or_default();
    let (label, stands_by) = (panel, stands_by.cloned());
    let board = |unit| Board { unit, label: label.clone(), more: 0, beside: 0, stands_by: stands_by.clone() };
    let then: Vec<Command> = boards.into_iter().map(|unit| Command::Board(board(unit))).collect();
    if then.is_empty() {
        return Err(case.about_label(Code::UnknownLabel));
    }
    Ok(Decision { answer: Ok(Did::UnitOpened), drafts: Vec::new(), unit: None, rests_on: None, passed: None, then })
}

/// One board of the panel is taken up, in the nest of its position.
pub(super) fn board(case: &Case<'_>, board: &Board) -> Answer {
    let unit = &board.unit;
    if case.open.unit.as_ref() == Some(unit) {
        goes_with_others(case, board, case.open, case.route)?;
        return opening::again(case);
    }
    let of_panel = Case { label: Some(&board.label), ..*case };
    let unknown = || of_panel.about_label(Code::UnknownLabel);
    let other = case.facts.other(unit.as_str()).ok_or_else(unknown)?;
    let route = other.route.as_deref().ok_or_else(unknown)?;
    if route.place_on_panel(unit).map(|(on, _)| on) != board.label.plain() {
        return Err(unknown());
    }
    if !is_whole(&other.traveller, route) {
        // Each board goes its own way, by its own label.
        let evidence = Evidence { unit: Some(unit.clone()), label: of_panel.label_shown(), ..Evidence::default() };
        return Err(Refusal::new(Code::WhichUnit, evidence));
    }
    goes_with_others(case, board, &other.traveller, Some(route))?;
    if !other.traveller.exists() {
        has_room(case, route, unit)?;
    }
    let Some(label) = board.stands_by.as_ref() else {
        return opening::open(case, other);
    };
    let badge = label.text().and_then(|text| Badge::parse(text).ok());
    let badge = badge.ok_or_else(|| case.about_label(Code::UnknownBadge))?;
    opening::supervised(case, other, people::known(case, &badge)?)
}

/// Where one board is worked on at a time no panel is in front of anybody: each is taken up by its own label.
fn goes_with_others(
    case: &Case<'_>,
    board: &Board,
    traveller: &Traveller,
    route: Option<&Route>,
) -> Result<(), Refusal> {
    let class = case.now.station.as_ref().map(|place| &place.class);
    // One that is due elsewhere is told so.
    let begins = |route| Route::first(route).filter(|step| Some(&step.station) == class);
    let step = route.and_then(|route| way::open_at(traveller, route, class).or_else(|| begins(route)));
    if board.beside == 0 || step.is_none_or(|step| step.nests > 1 || step.load.is_some()) {
        return Ok(());
    }
    let (unit, label) = (Some(board.unit.clone()), board.label.plain().map(str::to_owned));
    Err(Refusal::new(Code::WhichUnit, Evidence { unit, label, ..Evidence::default() }))
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

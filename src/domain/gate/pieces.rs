//! How many pieces a new batch has: its label says so, or its order, or whoever begins it.

use crate::domain::batch::PIECES_MOST;
use crate::domain::command::Command;
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::{Badge, Serial, UnitId};
use crate::domain::label::Label;
use crate::domain::number::Number;
use crate::domain::order::Order;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{IdentifierKind, Route};
use crate::domain::station::{PIECES, Pending};

use super::case::{Answer, Case};
use super::opening;

/// Application Identifiers of a count of pieces: of trade items within, and of one whose content varies.
const AI_COUNTS: [&str; 2] = ["37", "30"];

/// The new batch of which the command says how many pieces it has, and who stands by at it.
pub fn counting<'a>(facts: &'a Facts, command: &Command) -> Option<(&'a UnitId, Option<&'a Badge>)> {
    let Command::Value { check: None, point: None, gauge: None, unit: None, .. } = command else { return None };
    match facts.station.as_ref()?.pending.as_ref()? {
        Pending::Pieces { unit, supervisor } => Some((unit, supervisor.as_ref())),
        Pending::Value { .. }
        | Pending::Start(_)
        | Pending::Carton(_)
        | Pending::Supervise(_)
        | Pending::SuperviseAll { .. } => None,
    }
}

/// What must be known to begin that batch.
pub(super) fn asks((unit, supervisor): (&UnitId, Option<&Badge>), all: &mut Vec<Ask>) {
    all.push(Ask::Unit(unit.clone()));
    all.extend(Serial::parse(unit.as_str()).ok().map(Ask::Component));
    all.extend(supervisor.cloned().map(Ask::Person));
}

/// Somebody says how many pieces the new batch has: with that it begins.
pub(super) fn said(case: &Case<'_>, (unit, supervisor): (&UnitId, Option<&Badge>), value: &str) -> Answer {
    let supervisor = supervisor.and_then(|badge| case.facts.person(badge.as_str()));
    let other = case.facts.other(unit.as_str()).filter(|other| !other.traveller.exists());
    let other = other.ok_or_else(|| Refusal::bare(Code::NothingOpen))?;
    opening::counted(case, other, supervisor, value)
}

/// How many pieces a new unit has, where its route makes batches: as somebody said, as the label counts, or all that
/// the order still asks for. Where nobody knows, or what was said is no such number, it is asked for.
pub(super) fn of_new(
    case: &Case<'_>,
    route: &Route,
    order: Option<&Order>,
    said: Option<&str>,
    of: &Evidence,
) -> Result<Option<u32>, Refusal> {
    if route.identifier.kind == IdentifierKind::Serial {
        return Ok(None);
    }
    let left = order.map(Order::left);
    let said = said.map(str::to_owned).or_else(|| on_label(case));
    let asked = |evidence| Refusal::new(Code::ConfirmStart, evidence);
    let pieces = match &said {
        Some(text) => pieces_in(text)
            .ok_or_else(|| asked(Evidence { allowed: Some(PIECES_MOST), ..asked_for(None, Some(text.clone()), of) }))?,
        None => left.filter(|n| *n <= PIECES_MOST).ok_or_else(|| asked(asked_for(None, None, of)))?,
    };
    match order.filter(|order| pieces > order.left()) {
        None => Ok(Some(pieces)),
        Some(order) => {
            let (allowed, left) = (Some(order.quantity), Some(Number::whole(order.left())));
            let event = Some(order.event.clone());
            let evidence = Evidence { pieces: Some(pieces), allowed, left, event, ..of.clone() };
            Err(Refusal::new(Code::OrderFull, evidence))
        }
    }
}

/// What is asked back about a new batch.
pub(super) fn asked_for(pieces: Option<u32>, value: Option<String>, of: &Evidence) -> Evidence {
    Evidence { pieces, value, field: Some(PIECES.to_owned()), ..of.clone() }
}

/// The count that the scanned label has.
fn on_label(case: &Case<'_>) -> Option<String> {
    let Label::Structured(label) = case.label? else { return None };
    AI_COUNTS.iter().find_map(|key| label.field(key)).map(str::to_owned)
}

/// A whole number of pieces that a batch may have.
fn pieces_in(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| digits && (1..=PIECES_MOST).contains(n))
}

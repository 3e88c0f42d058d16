//! What a scanned label means here and now. Nothing that is not certain is ever guessed.

use crate::domain::command_code::CommandCode;
use crate::domain::facts::{Component, Other};
use crate::domain::id::{PartId, Point, Serial, UnitId};
use crate::domain::lot::Lot;
use crate::domain::need::Need;
use crate::domain::person::Person;
use crate::domain::refusal::Evidence;
use crate::domain::route::{Capture, Check, CheckKind, Expect};
use crate::domain::traveller::Installed;
use crate::domain::what::Piece;

use super::case::{Bench, Case};

/// What a label means.
pub(super) enum Meaning<'a> {
    /// A command.
    Code(CommandCode),
    /// A command code with a wrong check letter.
    DamagedCode,
    /// A person.
    Badge(&'a Person),
    /// Nobody is signed on, and it is no badge.
    NobodyHere,
    /// Nobody is signed on, and it is a lot or a component.
    KnownButNobodyHere,
    /// The open unit itself.
    OpenUnit,
    /// A component that the open unit needs.
    Component { part: &'a PartId, serial: Serial },
    /// A component that is in the open unit and is to be met again.
    Verify { part: &'a PartId, serial: Serial },
    /// A lot of a part that the open unit needs.
    Lot { part: &'a PartId, lot: &'a Lot },
    /// The answer to a check that the open unit needs.
    Check { check: &'a Check, point: Option<&'a Point> },
    /// More than one of these.
    Ambiguous(Vec<String>),
    /// Something that the open step has already.
    Recorded(Box<Evidence>),
    /// Another unit, on record or to begin.
    Unit(&'a Other),
    /// A lot that nothing here needs.
    StrayLot(&'a Lot),
    /// A component that is in some unit.
    Installed(&'a Component),
    /// A lot is needed, and this is none that is known.
    UnknownLot,
    /// None of these.
    Unknown,
}

/// Reads a label, in the order of the contract: a command code; a badge; the open unit; what the open unit still
/// needs; a unit of a released route; a known lot; an installed component.
pub(super) fn read<'a>(case: &Case<'a>, text: &str) -> Meaning<'a> {
    match CommandCode::read(text) {
        Some(Ok(code)) => return Meaning::Code(code),
        Some(Err(_damaged)) => return Meaning::DamagedCode,
        None => {}
    }
    if let Some(person) = case.facts.person(text) {
        return Meaning::Badge(person);
    }
    if case.operator().is_none() {
        let known = case.facts.lot(text).is_some() || case.facts.component(text).is_some();
        return if known { Meaning::KnownButNobodyHere } else { Meaning::NobodyHere };
    }
    let is_open_unit = |u: &UnitId| u.as_str() == text && case.open.exists();
    if case.open.unit.as_ref().is_some_and(is_open_unit) {
        return Meaning::OpenUnit;
    }
    let bench = case.bench().ok();
    if let Some(meaning) = bench.and_then(|b| needed(case, b, text)) {
        return meaning;
    }
    if let Some(other) = case.facts.other(text).filter(|o| o.traveller.exists() || o.route.is_some()) {
        return Meaning::Unit(other);
    }
    if let Some(lot) = case.facts.lot(text) {
        return bench.and_then(|b| recorded_lot(b, lot)).map_or(Meaning::StrayLot(lot), Meaning::Recorded);
    }
    if let Some(component) = case.facts.component(text).filter(|c| c.in_unit.is_some()) {
        return bench
            .and_then(|b| recorded_component(b, text))
            .map_or(Meaning::Installed(component), Meaning::Recorded);
    }
    if let Some(evidence) = bench.and_then(|b| recorded_already(b, text)) {
        return Meaning::Recorded(evidence);
    }
    let wants_lot = |b: Bench<'a>| {
        matches!(b.needs().first(), Some(Need::Material { capture: Capture::Lot | Capture::Loaded, .. }))
    };
    if bench.is_some_and(wants_lot) { Meaning::UnknownLot } else { Meaning::Unknown }
}

/// What the open unit needs and this label gives.
fn needed<'a>(case: &Case<'a>, bench: Bench<'a>, text: &str) -> Option<Meaning<'a>> {
    if let Some(meaning) = to_verify(bench, text) {
        return Some(meaning);
    }
    if bench.traveller.component(text).is_some() {
        return None;
    }
    let mut fits: Vec<(String, Meaning<'a>)> = Vec::new();
    for need in bench.needs() {
        let meaning = match need {
            Need::Material { part, capture: Capture::Serial, .. } => {
                let pattern = bench.route.parts.get(part).and_then(|p| p.pattern.as_ref());
                let fits = pattern.is_some_and(|p| p.matches(text)) && has_room(bench, part);
                let serial = Serial::parse(text).ok().filter(|_| fits);
                serial.map(|serial| (part.to_string(), Meaning::Component { part, serial }))
            }
            Need::Material { part, capture: Capture::Lot | Capture::Loaded, .. } => {
                let lot = case.facts.lot(text).filter(|l| l.part == *part);
                lot.map(|lot| (part.to_string(), Meaning::Lot { part, lot }))
            }
            Need::Check { check, point, .. } => {
                expected(check, text).then(|| (check.id.to_string(), Meaning::Check { check, point }))
            }
            Need::Signature(_) => None,
        };
        fits.extend(meaning);
    }
    if fits.len() > 1 {
        return Some(Meaning::Ambiguous(fits.into_iter().map(|(what, _)| what).collect()));
    }
    fits.pop().map(|(_, meaning)| meaning)
}

/// Whether another piece fits beside those that are in the unit. One that waits to be met again takes its place until
/// it is met, or a disposition takes it out: else the record would have more of a part than the product has.
fn has_room(bench: Bench<'_>, part: &PartId) -> bool {
    let is_in = |i: &&Installed| i.step == bench.step.id && i.part == *part && i.out.is_none();
    let there: u32 = bench.traveller.installed.iter().filter(is_in).map(|i| i.quantity).sum();
    bench.step.uses.get(part).is_some_and(|wanted| there < *wanted)
}

fn to_verify<'a>(bench: Bench<'a>, text: &str) -> Option<Meaning<'a>> {
    let piece = bench.traveller.component(text).filter(|i| i.to_verify && i.step == bench.step.id)?;
    let Piece::Serial(serial) = &piece.piece else { return None };
    Some(Meaning::Verify { part: &piece.part, serial: serial.clone() })
}

/// Whether a scanned check expects this label.
pub(super) fn expected(check: &Check, text: &str) -> bool {
    match &check.kind {
        CheckKind::Scan { expect: Expect::Equals(wanted) } => wanted == text,
        CheckKind::Scan { expect: Expect::Pattern(pattern) } => pattern.matches(text),
        CheckKind::Number { .. } | CheckKind::Confirm | CheckKind::Text { .. } | CheckKind::Choice { .. } => false,
    }
}

/// What the open step asks for and has: a scanned check that expects this label, or a part of this form.
fn recorded_already(bench: Bench<'_>, text: &str) -> Option<Box<Evidence>> {
    let step = Some(bench.step.id.clone());
    if let Some(check) = bench.step.checks.iter().find(|c| expected(c, text)) {
        let seen = bench.traveller.current(&bench.step.id).and_then(|a| a.standing().find(|o| o.check == check.id));
        return Some(Box::new(Evidence {
            step,
            check: Some(check.id.clone()),
            at: seen.map(|o| o.at),
            by: seen.and_then(|o| o.by.clone()),
            event: seen.map(|o| o.event.clone()),
            ..Evidence::default()
        }));
    }
    let is_of = |part: &&PartId| {
        let pattern = bench.route.parts.get(*part).and_then(|p| p.pattern.as_ref());
        pattern.is_some_and(|p| p.matches(text))
    };
    let part = bench.step.uses.keys().find(is_of).cloned()?;
    let waits = bench.traveller.installed.iter().find(|i| i.part == part && i.out.is_none() && i.to_verify);
    let serial = waits.and_then(|i| if let Piece::Serial(serial) = &i.piece { Some(serial.clone()) } else { None });
    let event = waits.map(|i| i.event.clone());
    Some(Box::new(Evidence { step, part: Some(part), serial, event, ..Evidence::default() }))
}

fn recorded_lot(bench: Bench<'_>, lot: &Lot) -> Option<Box<Evidence>> {
    let piece = bench
        .traveller
        .installed
        .iter()
        .find(|i| i.out.is_none() && i.step == bench.step.id && i.piece == Piece::Lot(lot.lot.clone()))?;
    Some(Box::new(Evidence {
        part: Some(piece.part.clone()),
        lot: Some(lot.lot.clone()),
        at: Some(piece.at),
        by: piece.by.clone(),
        event: Some(piece.event.clone()),
        ..Evidence::default()
    }))
}

fn recorded_component(bench: Bench<'_>, text: &str) -> Option<Box<Evidence>> {
    let piece = bench.traveller.component(text)?;
    let Piece::Serial(serial) = &piece.piece else { return None };
    Some(Box::new(Evidence {
        part: Some(piece.part.clone()),
        serial: Some(serial.clone()),
        at: Some(piece.at),
        by: piece.by.clone(),
        event: Some(piece.event.clone()),
        ..Evidence::default()
    }))
}

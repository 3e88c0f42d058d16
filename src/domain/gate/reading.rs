//! What a scanned label means here and now. Nothing that is not certain is ever guessed.

use crate::domain::command_code::CommandCode;
use crate::domain::facts::{Component, Other, Release};
use crate::domain::gauge::Gauge;
use crate::domain::gs1::{AI_LOT, AI_SERIAL};
use crate::domain::id::{CartonId, PartId, Point, Serial};
use crate::domain::lot::Lot;
use crate::domain::need::Need;
use crate::domain::order::Order;
use crate::domain::packing::{Shipment, sscc};
use crate::domain::person::Person;
use crate::domain::refusal::Evidence;
use crate::domain::route::{Capture, Check, CheckKind, Expect, Part, Route, Step};
use crate::domain::traveller::Installed;
use crate::domain::what::Piece;

use super::case::{Bench, Case};
use super::panels;
use super::said::Said;

/// From this version on a component may be a unit itself: where the open unit has it, it is that component.
const UNITS_GO_INTO_UNITS: u32 = 3;

/// From this version on a label that names a carton alone is one, whether it is on record or not.
const CARTONS_ARE_KNOWN: u32 = 5;

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
    /// A component that the open unit needs, of the part itself or of an approved alternate.
    Component { part: &'a PartId, found: &'a PartId, serial: Serial },
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
    /// A panel of units of a route.
    Panel(&'a Route),
    /// Another unit, on record or to begin.
    Unit(&'a Other),
    /// A product of a released route, without a number that its units have.
    NoUnit(&'a Release),
    /// A lot to be loaded here, for a part of a route.
    Load { route: &'a Route, part: &'a PartId, lot: &'a Lot },
    /// A gauge.
    Gauge(&'a Gauge),
    /// A work order.
    Order(&'a Order),
    /// A carton, on record or not.
    Carton(CartonId),
    /// A shipment.
    Shipment(&'a Shipment),
    /// A lot that nothing here needs.
    StrayLot(&'a Lot),
    /// Material of another part than the open step needs, as far as the route knows it.
    AnotherPart { found: Option<&'a PartId>, lot: Option<&'a Lot> },
    /// A piece of a part that the open step needs, without a number that its pieces have, or without the field for it.
    Lacks { part: &'a PartId, field: Option<&'static str> },
    /// A component that is in some unit.
    Installed(&'a Component),
    /// A lot is needed, and this is none that is known; its number, where the label has one.
    UnknownLot(Option<&'a str>),
    /// None of these.
    Unknown,
}

/// Reads a label, in the order of the contract: a command code; a badge; the open unit; what the open unit still
/// needs; a unit of a released route; a known lot, gauge or order; an installed component. Where a label may be meant
/// as a plain text and as a structured one, the plain text comes first.
pub(super) fn read<'a>(case: &Case<'a>, said: &Said<'a>) -> Meaning<'a> {
    match CommandCode::read(said.body) {
        Some(Ok(code)) => return Meaning::Code(code),
        Some(Err(_damaged)) => return Meaning::DamagedCode,
        None => {}
    }
    if let Some(person) = case.facts.person(said.body) {
        return Meaning::Badge(person);
    }
    if case.operator().is_none() {
        // Nothing else than the label was asked about.
        let facts = case.facts;
        let known = !facts.lots.is_empty()
            || !facts.components.is_empty()
            || !facts.gauges.is_empty()
            || !facts.orders.is_empty()
            || !facts.packing.is_empty();
        return if known { Meaning::KnownButNobodyHere } else { Meaning::NobodyHere };
    }
    if is_open_unit(case, said) {
        return Meaning::OpenUnit;
    }
    let bench = case.bench().ok();
    if let Some(meaning) = bench.and_then(|b| needed(case, b, said)) {
        return meaning;
    }
    let inside = bench.filter(|_| case.gate >= UNITS_GO_INTO_UNITS);
    if let Some(evidence) = inside.and_then(|b| recorded_component(b, said)) {
        return Meaning::Recorded(evidence);
    }
    if case.facts.names_a_unit() {
        return unit(case, said);
    }
    if let (Some(release), Some(_)) = (&case.facts.claim, &said.item) {
        return Meaning::NoUnit(release);
    }
    let lot = said.plain.and_then(|text| case.facts.lot(text)).or_else(|| said.lot_named(case.facts));
    if let Some(meaning) = lot.and_then(|lot| to_load(case, bench, said, lot)) {
        return meaning;
    }
    if let Some(lot) = said.plain.and_then(|text| case.facts.lot(text)) {
        return bench.and_then(|b| recorded_lot(b, lot)).map_or(Meaning::StrayLot(lot), Meaning::Recorded);
    }
    if let Some(lot) = said.lot_named(case.facts) {
        return labelled_lot(bench, said, lot);
    }
    if let Some(gauge) = said.plain.and_then(|text| case.facts.gauge(text)) {
        return Meaning::Gauge(gauge);
    }
    if let Some(order) = said.plain.and_then(|text| case.facts.order(text)) {
        return Meaning::Order(order);
    }
    if let Some(meaning) = packed(case, said) {
        return meaning;
    }
    if let Some(component) = said.component(case.route, case.facts) {
        return bench
            .and_then(|b| recorded_component(b, said))
            .map_or(Meaning::Installed(component), Meaning::Recorded);
    }
    if let Some(evidence) = bench.and_then(|b| recorded_already(b, said)) {
        return Meaning::Recorded(evidence);
    }
    if let Some(meaning) = bench.and_then(|b| of_the_route(b, said)) {
        return meaning;
    }
    let wants_lot = |b: Bench<'a>| {
        matches!(b.needs().first(), Some(Need::Material { capture: Capture::Lot | Capture::Loaded, .. }))
    };
    let may_be_a_lot = said.plain.is_some() && bench.is_some_and(wants_lot);
    if may_be_a_lot { Meaning::UnknownLot(None) } else { Meaning::Unknown }
}

/// A carton by its number or its SSCC, known or not; a shipment by its number.
fn packed<'a>(case: &Case<'a>, said: &Said<'a>) -> Option<Meaning<'a>> {
    let facts = &case.facts.packing;
    let labelled = case.label.filter(|_| case.gate >= CARTONS_ARE_KNOWN).and_then(sscc::of_label);
    let carton = said.plain.and_then(|text| facts.carton(text)).map(|known| known.carton.clone()).or(labelled);
    let shipment = || said.plain.and_then(|text| facts.shipment(text)).map(Meaning::Shipment);
    carton.map(Meaning::Carton).or_else(shipment)
}

pub(super) fn is_open_unit(case: &Case<'_>, said: &Said<'_>) -> bool {
    let Some(open) = case.open.unit.as_ref().filter(|_| case.open.exists()) else { return false };
    let labelled = case.facts.other.as_ref().and_then(|o| o.traveller.unit.as_ref());
    said.plain == Some(open.as_str()) || (labelled == Some(open) && !case.is_another_product(open, case.route))
}

/// Another unit, or a panel of them.
fn unit<'a>(case: &Case<'a>, said: &Said<'a>) -> Meaning<'a> {
    let panel = panels::named(case, said).map(Meaning::Panel);
    panel.or(case.facts.other.as_ref().map(Meaning::Unit)).unwrap_or(Meaning::Unknown)
}

/// Whether a label is meant for no unit at all: it is a command, or nobody is there.
pub(super) fn is_for_nobody(case: &Case<'_>, said: &Said<'_>) -> bool {
    CommandCode::read(said.body).is_some() || case.operator().is_none()
}

/// Whether the open unit still needs what a label gives.
pub(super) fn needs_it<'a>(case: &Case<'a>, said: &Said<'a>) -> bool {
    case.bench().is_ok_and(|bench| needed(case, bench, said).is_some())
}

/// What the open unit needs and this label gives.
fn needed<'a>(case: &Case<'a>, bench: Bench<'a>, said: &Said<'a>) -> Option<Meaning<'a>> {
    let inside = said.installed(bench.traveller, bench.route);
    if let Some(piece) = inside {
        let to_verify = Some(piece).filter(|i| i.to_verify && i.step == bench.step.id);
        return to_verify
            .and_then(|i| Some((i, serial_of(&i.piece)?)))
            .map(|(i, serial)| Meaning::Verify { part: &i.part, serial: serial.clone() });
    }
    let mut fits: Vec<(String, Meaning<'a>)> = Vec::new();
    for need in bench.needs() {
        let meaning = match need {
            Need::Material { part, capture: Capture::Serial, .. } => {
                let found = has_room(bench, part).then(|| of_part(bench.route, part, said)).flatten();
                found.map(|(found, serial)| (part.to_string(), Meaning::Component { part, found, serial }))
            }
            Need::Material { part, capture: Capture::Lot | Capture::Loaded, .. } => {
                let lot = kinds_of(bench.route, part).find_map(|(id, about)| said.lot(id, about, case.facts));
                lot.map(|lot| match bench.route.parts.get(part).map(|about| about.capture) {
                    Some(Capture::Loaded) => (part.to_string(), Meaning::Load { route: bench.route, part, lot }),
                    Some(Capture::Serial | Capture::Lot) | None => (part.to_string(), Meaning::Lot { part, lot }),
                })
            }
            Need::Check { check, point, .. } => {
                expected(bench, check, said.body).then(|| (check.id.to_string(), Meaning::Check { check, point }))
            }
            Need::Gauge(kind) => {
                let gauge = said.plain.and_then(|text| case.facts.gauge(text)).filter(|g| g.kind == kind);
                gauge.map(|gauge| (kind.to_owned(), Meaning::Gauge(gauge)))
            }
            Need::Signature(_) | Need::FirstPiece => None,
        };
        fits.extend(meaning);
    }
    if fits.len() > 1 {
        return Some(Meaning::Ambiguous(fits.into_iter().map(|(what, _)| what).collect()));
    }
    fits.pop().map(|(_, meaning)| meaning)
}

/// A part and its approved alternates, as the route knows them; the part itself first.
fn kinds_of<'a>(route: &'a Route, part: &'a PartId) -> impl Iterator<Item = (&'a PartId, &'a Part)> {
    let alternates = route.parts.get(part).into_iter().flat_map(|about| &about.alternates);
    std::iter::once(part).chain(alternates).filter_map(|id| Some((id, route.parts.get(id)?)))
}

/// The number of a component, and of which of these parts it is.
fn of_part<'a>(route: &'a Route, part: &'a PartId, said: &Said<'_>) -> Option<(&'a PartId, Serial)> {
    kinds_of(route, part).find_map(|(id, about)| Some((id, said.serial(id, about)?)))
}

/// A lot that is loaded here: for a part that the open step uses, of several any that is open, or else for one that
/// some step here uses. A label that says more than the lot's number has to say the part.
fn to_load<'a>(case: &Case<'a>, bench: Option<Bench<'a>>, said: &Said<'a>, lot: &'a Lot) -> Option<Meaning<'a>> {
    let says_it = |route: &Route| {
        let about = route.parts.get(&lot.part);
        said.plain == Some(lot.lot.as_str()) || about.is_some_and(|part| said.item_of(&lot.part, part).is_some())
    };
    let of_step = |route: &'a Route, step: &'a Step| {
        let mut loaded = step.uses.keys().filter(|p| route.parts.get(*p).is_some_and(|a| a.capture == Capture::Loaded));
        let part = loaded.find(|part| route.takes(part, &lot.part)).filter(|_| says_it(route));
        part.map(|part| Meaning::Load { route, part, lot })
    };
    let all = if case.is_unsaid() { case.each_open() } else { Vec::new() };
    let of_any = all.iter().filter_map(|open| open.bench().ok());
    if let Some(meaning) = bench.into_iter().chain(of_any).find_map(|b| of_step(b.route, b.step)) {
        return Some(meaning);
    }
    let class = case.now.station.as_ref().map(|p| &p.class);
    let routes = case.facts.routes.iter().filter_map(|r| r.route.as_deref());
    routes
        .flat_map(|r| r.steps.iter().map(move |s| (r, s)))
        .filter(|(_, s)| Some(&s.station) == class)
        .find_map(|(r, s)| of_step(r, s))
}

/// A lot that was received, by the label of a thing that the open step does not need.
fn labelled_lot<'a>(bench: Option<Bench<'a>>, said: &Said<'a>, lot: &'a Lot) -> Meaning<'a> {
    let Some(bench) = bench else { return Meaning::StrayLot(lot) };
    let found = said.part(bench.route).map(|(part, _)| part);
    if found == Some(&lot.part) {
        return recorded_lot(bench, lot).map_or(Meaning::StrayLot(lot), Meaning::Recorded);
    }
    // Where the route does not say which labels the part has, nobody can say that this is another.
    let unsaid = said.item.as_ref().is_some_and(|item| item.gtin().is_some())
        && bench.route.parts.get(&lot.part).is_some_and(|part| part.gtin.is_none());
    if found.is_none() && unsaid { Meaning::Unknown } else { Meaning::AnotherPart { found, lot: Some(lot) } }
}

/// A piece of a part of the route, and what is wrong with it here.
fn of_the_route<'a>(bench: Bench<'a>, said: &Said<'a>) -> Option<Meaning<'a>> {
    let (part, about) = said.part(bench.route)?;
    let item = said.item.as_ref()?;
    let takes = |n: &Need<'_>| matches!(n, Need::Material { part: needed, .. } if bench.route.takes(needed, part));
    let is_needed = bench.needs().iter().any(takes);
    if !is_needed {
        return Some(Meaning::AnotherPart { found: Some(part), lot: None });
    }
    let gs1 = item.gtin().is_some();
    Some(match (about.capture, item.lot(), item.serial()) {
        (Capture::Lot | Capture::Loaded, Some(lot), _) => Meaning::UnknownLot(Some(lot)),
        (Capture::Lot | Capture::Loaded, None, _) => {
            Meaning::Lacks { part, field: Some(if gs1 { AI_LOT } else { "1T" }) }
        }
        (Capture::Serial, _, None) => Meaning::Lacks { part, field: Some(if gs1 { AI_SERIAL } else { "S" }) },
        (Capture::Serial, _, Some(_)) => Meaning::Lacks { part, field: None },
    })
}

/// Whether another piece fits beside those that are in the unit. One that waits to be met again takes its place until
/// it is met, or a disposition takes it out: else the record would have more of a part than the product has.
fn has_room(bench: Bench<'_>, part: &PartId) -> bool {
    let is_in = |i: &&Installed| i.step == bench.step.id && i.part == *part && i.out.is_none();
    let there: u32 = bench.traveller.installed.iter().filter(is_in).map(|i| i.quantity).sum();
    bench.step.uses.get(part).is_some_and(|wanted| there < *wanted)
}

fn serial_of(piece: &Piece) -> Option<&Serial> {
    if let Piece::Serial(serial) = piece { Some(serial) } else { None }
}

/// Whether a scanned check of the open unit expects this label; `{key}` is a value of the unit's variant.
pub(super) fn expected(bench: Bench<'_>, check: &Check, text: &str) -> bool {
    match &check.kind {
        CheckKind::Scan { expect: Expect::Equals(wanted) } => {
            bench.route.text_for(wanted, bench.traveller.variant.as_deref()) == text
        }
        CheckKind::Scan { expect: Expect::Pattern(pattern) } => pattern.matches(text),
        CheckKind::Number { .. } | CheckKind::Confirm | CheckKind::Text { .. } | CheckKind::Choice { .. } => false,
    }
}

/// What the open step asks for and has: a scanned check that expects this label, or a part of this form.
fn recorded_already(bench: Bench<'_>, said: &Said<'_>) -> Option<Box<Evidence>> {
    let step = Some(bench.step.id.clone());
    if let Some(check) = bench.step.checks.iter().find(|c| expected(bench, c, said.body)) {
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
    let is_of = |part: &&PartId| of_part(bench.route, part, said).is_some();
    let part = bench.step.uses.keys().find(is_of).cloned()?;
    let waits = bench.traveller.installed.iter().find(|i| i.part == part && i.out.is_none() && i.to_verify);
    let serial = waits.and_then(|i| serial_of(&i.piece).cloned());
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

fn recorded_component(bench: Bench<'_>, said: &Said<'_>) -> Option<Box<Evidence>> {
    let piece = said.installed(bench.traveller, bench.route)?;
    let serial = serial_of(&piece.piece)?;
    Some(Box::new(Evidence {
        part: Some(piece.part.clone()),
        serial: Some(serial.clone()),
        at: Some(piece.at),
        by: piece.by.clone(),
        event: Some(piece.event.clone()),
        ..Evidence::default()
    }))
}

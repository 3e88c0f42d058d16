//! What the gate must know about cartons and shipments.

use crate::domain::ambient::Ambient;
use crate::domain::command::Command;
use crate::domain::command_code::CommandCode;
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::{CartonId, ShipmentId};
use crate::domain::label::Label;
use crate::domain::packing::command::Number;
use crate::domain::packing::{Packing, PackingAsk, sscc};
use crate::domain::traveller::Traveller;
use crate::domain::way;

/// What a command rests on that packs, loads or dispatches.
#[expect(clippy::wildcard_enum_match_arm, reason = "few commands pack")]
pub(super) fn about_packing(open: &Traveller, now: &Ambient, facts: &Facts, command: &Command, all: &mut Vec<Ask>) {
    let mut asks = Vec::new();
    match command {
        Command::Pack(packing) => named(packing, open, facts, &mut asks),
        Command::Scan { label, .. } => scanned(label, now, facts, &mut asks),
        Command::Pass => leaves(facts, &mut asks),
        _ => return,
    }
    let loaded = facts.packing.cartons.iter().filter_map(|carton| carton.shipment.clone());
    asks.extend(loaded.map(PackingAsk::Shipment));
    all.extend(asks.into_iter().map(Ask::Packing));
    // Of the first one that may not leave it is told why.
    all.extend(facts.packing.stays().map(|aboard| Ask::Unit(aboard.unit.clone())));
    let hand = facts.station.as_ref().filter(|s| !s.packing.is_empty());
    let packs = matches!(command, Command::Pack(_)) || (hand.is_some() && matches!(command, Command::Scan { .. }));
    let Some(other) = facts.other.as_ref().filter(|o| packs && o.traveller.exists()) else { return };
    all.extend(other.traveller.order.clone().map(Ask::Order));
    all.extend(other.traveller.unit.clone().map(Ask::Inside));
    // A step that packs passes at once: which of the sampled steps behind it the unit has is drawn then.
    if let Some(route) = other.route.as_deref() {
        let sampled = way::ahead(&other.traveller, route)
            .filter(|s| s.sample.is_some() && !other.traveller.drawn.contains(&s.id));
        all.extend(sampled.map(|s| Ask::Sampling(route.id.clone(), s.id.clone())));
    }
}

/// What a command names, and what the unit that it names is in.
fn named(packing: &Packing, open: &Traveller, facts: &Facts, asks: &mut Vec<PackingAsk>) {
    asks.extend(packing.carton().cloned().map(PackingAsk::Carton));
    asks.extend(packing.shipment().cloned().map(PackingAsk::Shipment));
    match packing {
        Packing::Begin { number: Number::Next(stem), .. } => {
            asks.push(PackingAsk::Last(stem.clone()));
            let last = facts.packing.last.as_ref().map(|last| &last.carton);
            asks.extend(stem.after(last).map(PackingAsk::Carton));
        }
        Packing::Dispatch { shipment, .. } => asks.push(PackingAsk::Cargo(shipment.clone())),
        Packing::Begin { number: Number::Given(_), .. }
        | Packing::Put { .. }
        | Packing::TakeOut { .. }
        | Packing::Close { .. }
        | Packing::OpenShipment { .. }
        | Packing::LoadCarton { .. }
        | Packing::LoadUnit { .. }
        | Packing::UnloadCarton { .. }
        | Packing::UnloadUnit { .. }
        | Packing::Return { .. }
        | Packing::EndReturn { .. } => {}
    }
    let subject = packing.unit().filter(|unit| open.unit.as_ref() == Some(*unit)).map(|_| open);
    let subject = subject.or_else(|| facts.other.as_ref().map(|o| o.traveller.as_ref()));
    asks.extend(subject.and_then(|t| t.packed.carton.clone()).map(PackingAsk::Carton));
}

/// What a label may name, and what the station has at hand.
fn scanned(label: &Label, now: &Ambient, facts: &Facts, asks: &mut Vec<PackingAsk>) {
    if let Some(text) = label.plain() {
        asks.extend(CartonId::parse(text).ok().map(PackingAsk::Carton));
        asks.extend(ShipmentId::parse(text).ok().map(PackingAsk::Shipment));
    }
    if let Some(carton) = sscc::of_label(label) {
        asks.push(PackingAsk::Carton(carton));
        asks.extend(now.station.as_ref().map(|place| PackingAsk::Packs(place.class.clone())));
    }
    let Some(station) = &facts.station else { return };
    asks.extend(station.packing.carton.clone().map(PackingAsk::Carton));
    asks.extend(station.packing.shipment.clone().map(PackingAsk::Shipment));
    if label.text().is_some_and(|text| matches!(CommandCode::read(text), Some(Ok(CommandCode::Pass)))) {
        leaves(facts, asks);
    }
}

/// What leaves where the shipment at hand is dispatched.
fn leaves(facts: &Facts, asks: &mut Vec<PackingAsk>) {
    let shipment = facts.station.as_ref().and_then(|station| station.packing.shipment.clone());
    asks.extend(shipment.clone().map(PackingAsk::Shipment));
    asks.extend(shipment.map(PackingAsk::Cargo));
}

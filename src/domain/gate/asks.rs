//! What the gate must know before it decides.
//!
//! Some of it depends on what else is known: which order a unit belongs to, on its route. So it is asked again with the
//! answers, until nothing new is asked.

use crate::domain::ambient::Ambient;
use crate::domain::command::Command;
use crate::domain::facts::{Ask, Facts};
use crate::domain::gs1::gtin_in;
use crate::domain::id::{Badge, CartonId, DeviceId, LotId, OrderId, Serial, ShipmentId, UnitId};
use crate::domain::item::Item;
use crate::domain::label::Label;
use crate::domain::packing::command::Number;
use crate::domain::packing::{Packing, PackingAsk};
use crate::domain::permit::Permitting;
use crate::domain::reworking::Reworking;
use crate::domain::route::Route;
use crate::domain::structured::without_symbology;
use crate::domain::traveller::Traveller;

use super::{asks_more, asks_packing, batches, labels, pieces};

/// Rounds of asking after which the gate decides with what it has. Two are the rule; whoever stands by at a new unit of
/// an order takes five: the badge, the unit, the order, its revision, and what that rests on.
pub const ROUNDS_MOST: usize = 6;

/// Every question that must be answered before `command` can be decided at a station with that open unit, as far as
/// the answers so far tell. Those that were answered are among them.
pub fn asks(open: &Traveller, route: Option<&Route>, now: &Ambient, facts: &Facts, command: &Command) -> Vec<Ask> {
    let mut all = Vec::with_capacity(12);
    all.extend(facts.station.as_ref().and_then(|s| s.operator.clone()).map(Ask::Person));
    if let Some(signer) = command.signer() {
        all.push(Ask::Person(signer.clone()));
        all.push(Ask::Population);
    }
    all.extend(command.unit().filter(|u| Some(*u) != open.unit.as_ref()).cloned().map(Ask::Unit));
    match pieces::counting(facts, command) {
        Some(counting) => pieces::asks(counting, &mut all),
        None => of_command(command, open, facts, &mut all),
    }
    asks_more::of_the_load(open, facts, command, &mut all);
    asks_packing::about_packing(open, now, facts, command, &mut all);
    for (open, route) in asks_more::benches(open, route, facts, command) {
        asks_more::at_the_bench(open, route, facts, command.inner(), &mut all);
        asks_more::about_the_scan(open, route, now, facts, command, &mut all);
    }
    all
}

#[expect(clippy::too_many_lines, reason = "a line for each command, and none is forgotten")]
fn of_command(command: &Command, open: &Traveller, facts: &Facts, all: &mut Vec<Ask>) {
    match command {
        Command::Scan { label, .. } => {
            of_label(label, open, all);
            labels::asks_of_label(label, open, facts, all);
        }
        Command::Value { value, gauge, .. } => {
            // A text check never takes what reads as a unit or a badge, in whichever form a label has it.
            let body = without_symbology(value);
            all.extend(Badge::parse(body).ok().map(Ask::Person));
            all.push(Ask::Claim(body.to_owned()));
            all.extend(gtin_in(body).map(|gtin| Ask::Labelled { gtin, serial: None, lot: None }));
            all.extend(gauge.clone().map(Ask::Gauge));
        }
        Command::Enrol { badge, .. } => {
            all.push(Ask::Person(badge.clone()));
            all.push(Ask::Population);
            all.push(Ask::Claim(badge.to_string()));
        }
        Command::Revoke { badge, .. } | Command::ChangePin { badge, .. } | Command::Qualify { badge, .. } => {
            all.push(Ask::Person(badge.clone()));
        }
        Command::ConfirmPin(confirm) => all.push(Ask::Person(confirm.badge.clone())),
        Command::ReleaseRoute { route, revision, .. } | Command::WithdrawRoute { route, revision, .. } => {
            all.push(Ask::Release(route.clone(), revision.clone()));
        }
        Command::ReceiveLot { lot, part, .. } => {
            of_number(lot.as_str(), all);
            all.push(Ask::Uses(part.clone()));
        }
        Command::ChangeLot { lot, .. } | Command::InspectLot { lot, .. } => all.push(Ask::Lot(lot.clone())),
        Command::OpenOrder { order, route, revision, serials, .. } => {
            of_number(order.as_str(), all);
            all.push(Ask::Route(route.clone(), revision.clone()));
            all.extend(serials.clone().map(Ask::Overlaps));
        }
        Command::CloseOrder { order, .. } => all.push(Ask::Order(order.clone())),
        Command::RegisterGauge { gauge, .. } => of_number(gauge.as_str(), all),
        Command::CalibrateGauge { gauge, .. } | Command::RetireGauge { gauge, .. } => {
            all.push(Ask::Gauge(gauge.clone()));
        }
        Command::HoldUnits { units, of, .. } => {
            all.extend(units.iter().cloned().map(|unit| Ask::Stand { unit, of: of.clone() }));
        }
        Command::Batch(batch) => batches::asks(batch, all),
        Command::Label(labelling) => labels::asks(labelling, open, facts, all),
        Command::Rework(reworking) => of_rework(reworking, open, all),
        Command::Permit(permitting) => of_permit(permitting, all),
        Command::Override(over) => {
            all.extend(over.allowed.iter().map(|allowed| Ask::Overrides(allowed.since)));
            all.push(Ask::Newest);
        }
        Command::Watch(watching) => {
            let there = watching.at.as_ref().filter(|at| facts.station_name() != Some(at));
            all.extend(there.cloned().map(Ask::Watch));
        }
        Command::Move(moved) => all.push(Ask::Route(moved.route.clone(), moved.to.clone())),
        Command::Board(board) => {
            all.extend(Serial::parse(board.unit.as_str()).ok().map(Ask::Component));
            let badge = board.stands_by.as_ref().and_then(Label::text);
            all.extend(badge.and_then(|text| Badge::parse(text).ok()).map(Ask::Person));
        }
        Command::Load(_)
        | Command::For { .. }
        | Command::Pass
        | Command::Fail { .. }
        | Command::Hold { .. }
        | Command::Void { .. }
        | Command::Retest { .. }
        | Command::Skip
        | Command::Close
        | Command::SignOn { .. }
        | Command::SignOff { .. }
        | Command::Sign { .. }
        | Command::Dispose { .. }
        | Command::HoldUnit { .. }
        | Command::ReleaseHold { .. }
        | Command::Settle(_)
        | Command::Recover { .. }
        | Command::SeenMove
        | Command::Paper(_)
        | Command::DropFirstPiece(_)
        | Command::Malformed { .. } => {}
        Command::Pack(packing) => of_packing(packing, all),
    }
}

/// Where the component is; or whether the unit itself is in another one.
fn of_rework(reworking: &Reworking, open: &Traveller, all: &mut Vec<Ask>) {
    let serial = match reworking {
        Reworking::SendBack { unit, .. } => {
            unit.as_ref().or(open.unit.as_ref()).and_then(|unit| Serial::parse(unit.as_str()).ok())
        }
        Reworking::Judge { serial, .. } => Some(serial.clone()),
        Reworking::Reverse { .. } => None,
    };
    all.extend(serial.map(Ask::Component));
}

fn of_permit(permitting: &Permitting, all: &mut Vec<Ask>) {
    match permitting {
        Permitting::Close { permit, .. } => all.push(Ask::Permit(permit.clone())),
        Permitting::Open { permit, terms, .. } => {
            all.extend([Ask::Permit(permit.clone()), Ask::Newest]);
            all.extend(terms.route.clone().map(Ask::Current));
        }
    }
}

/// What a number could be: what is named so must be nothing else.
fn of_number(number: &str, all: &mut Vec<Ask>) {
    all.extend(LotId::parse(number).ok().map(Ask::Lot));
    all.extend(DeviceId::parse(number).ok().map(Ask::Gauge));
    all.extend(OrderId::parse(number).ok().map(Ask::Order));
    all.extend(Badge::parse(number).ok().map(Ask::Person));
    let packed = [
        CartonId::parse(number).ok().map(PackingAsk::Carton),
        ShipmentId::parse(number).ok().map(PackingAsk::Shipment),
    ];
    all.extend(packed.into_iter().flatten().map(Ask::Packing));
    all.push(Ask::Claim(number.to_owned()));
}

/// What is begun gets a number of its own.
fn of_packing(packing: &Packing, all: &mut Vec<Ask>) {
    match packing {
        Packing::Begin { number: Number::Given(carton), .. } => of_number(carton.as_str(), all),
        Packing::OpenShipment { shipment, .. } => of_number(shipment.as_str(), all),
        Packing::Begin { number: Number::Next(_), .. }
        | Packing::Put { .. }
        | Packing::TakeOut { .. }
        | Packing::Close { .. }
        | Packing::LoadCarton { .. }
        | Packing::LoadUnit { .. }
        | Packing::UnloadCarton { .. }
        | Packing::UnloadUnit { .. }
        | Packing::Dispatch { .. }
        | Packing::Return { .. }
        | Packing::EndReturn { .. } => {}
    }
}

fn of_label(label: &Label, open: &Traveller, all: &mut Vec<Ask>) {
    all.extend(label.text().and_then(|text| Badge::parse(text).ok()).map(Ask::Person));
    if let Some(text) = label.plain() {
        all.extend(LotId::parse(text).ok().map(Ask::Lot));
        all.extend(DeviceId::parse(text).ok().map(Ask::Gauge));
        all.extend(OrderId::parse(text).ok().map(Ask::Order));
        all.extend(Serial::parse(text).ok().map(Ask::Component));
        if let Ok(unit) = UnitId::parse(text)
            && open.unit.as_ref() != Some(&unit)
        {
            all.push(Ask::Unit(unit));
            all.push(Ask::Claim(text.to_owned()));
        }
    }
    if let Some(item) = Item::of(label) {
        let lot = item.lot().and_then(|lot| LotId::parse(lot).ok());
        all.extend(lot.clone().map(Ask::Lot));
        all.extend(item.numbers().filter_map(|number| Serial::parse(&number).ok()).map(Ask::Component));
        let serial = item.serial().and_then(|serial| Serial::parse(serial).ok());
        all.extend(item.gtin().cloned().map(|gtin| Ask::Labelled { gtin, serial, lot }));
    }
}

//! A day at the plant, with something of everything.

use super::plant::*;
use crate::domain::event::About;
use crate::domain::permit::{Terms, Waives};
use crate::domain::refusal::Code;
use crate::domain::role::Role;
use crate::domain::what::{
    BatchJoined, CartonBegun, Fate, LabelReplaced, LoadEntered, Nothing, OfShipment, PermitOpened, RuleOverridden,
    RuleWaived, ShipmentOpened, UnitPacked, What,
};
use crate::ledger::writer::Writer;

/// A day of the time before orders, gauges and samples.
pub(super) fn first_day(ledger: &mut Writer) {
    act(ledger, &[enrolled("OP-1001", &[Role::Lead])]);
    act(ledger, &[enrolled("OP-2001", &[Role::Operator]), recovered("OP-1001")]);
    act(ledger, &[route_released("pc200", "B", "A.*"), route_released("pc200", "C", "U.*")]);
    act(ledger, &[route_withdrawn("pc200", "B")]);
    act(ledger, &[lot_received("L-1", 100)]);
    act(ledger, &[signed_on("OP-2001")]);
    act(ledger, &[refused(None, Code::WrongPin)]);
    act(ledger, &[refused(Some("U1"), Code::WrongStation)]);
    act(ledger, &[started("U1"), opened("U1")]);
    act(ledger, &[lot_in("U1", "L-1", 2)]);
    let head = act(ledger, &[serial_in("U1", "B0000001"), checked("U1", "2.20", true)]);
    act(ledger, &[check_taken_back("U1", head.seq)]);
    act(ledger, &[checked("U1", "2.50", false), failed("U1")]);
    act(ledger, &[reworked("U1", &[("B0000001", Fate::Reuse)])]);
    act(ledger, &[refused(Some("U1"), Code::CheckMissing)]);
    act(ledger, &[started("U2"), opened("U2"), serial_in("U2", "B0000001"), passed("U2", Some("20"))]);
    let head = act(ledger, &[lot_in("U2", "L-1", 3)]);
    act(ledger, &[lot_taken_back("U2", "L-1", 3, head.seq)]);
    act(ledger, &[held("U2", "crack"), held("U2", "again")]);
    act(ledger, &[hold_released("U2")]);
    act(ledger, &[held("U1", "smoke"), lot_held("L-1")]);
    act(ledger, &[started("U3"), passed("U3", None), dispatched("U3")]);
}

/// A day with something of everything.
pub(super) fn busy_day(ledger: &mut Writer) {
    first_day(ledger);
    act(ledger, &[order_opened("WO-1", Some("U4..U9")), order_opened("WO-2", None)]);
    act(ledger, &[started_under("U4", "WO-1"), drawn("U4", true)]);
    act(ledger, &[order_closed("WO-2"), gauge_registered("TQ-1"), gauge_registered("TQ-2")]);
    act(ledger, &[gauge_calibrated("TQ-2", false)]);
    act(ledger, &[carton_begun("BOX-1"), packed("U4", "BOX-1"), shipment_opened("LS-1")]);
    act(ledger, &[started("U5"), loaded("U5", "LS-1")]);
    act(ledger, &[relabelled("U4", "U44"), joined("U4", "U5")]);
    act(ledger, &[permitted("DP-1"), waived("U4", "DP-1"), overridden("U4")]);
    act(ledger, &[in_load("U4", "OVEN-1-1"), in_load("U5", "OVEN-1-1")]);
    act(ledger, &[out_of_load("U5", "OVEN-1-1")]);
}

pub(super) fn in_load(name: &str, load: &str) -> Draft {
    (
        About { load: Some(load.to_owned()), step: "10".parse().ok(), ..about(name) },
        What::LoadEntered(LoadEntered::default()),
    )
}

pub(super) fn out_of_load(name: &str, load: &str) -> Draft {
    (About { load: Some(load.to_owned()), step: "10".parse().ok(), ..about(name) }, What::LoadLeft(Nothing))
}

pub(super) fn relabelled(name: &str, label: &str) -> Draft {
    let (label, was) = (label.parse().unwrap(), name.parse().unwrap());
    (about(name), What::LabelReplaced(LabelReplaced { label, was, found: None }))
}

pub(super) fn joined(name: &str, from: &str) -> Draft {
    let from = from.parse().unwrap();
    (about(name), What::BatchJoined(BatchJoined { from, brought: 1, done: Vec::new(), loops: Vec::new(), times: None }))
}

pub(super) fn permitted(permit: &str) -> Draft {
    let until = "2027-01-01T00:00:00Z".parse().unwrap();
    let terms = Terms { waives: Waives::TooLate, route: None, step: None, quantity: Some(3), serials: None, until };
    (from_shell(), What::PermitOpened(PermitOpened { permit: permit.parse().unwrap(), terms }))
}

pub(super) fn waived(name: &str, permit: &str) -> Draft {
    let about = About { permit: permit.parse().ok(), step: "10".parse().ok(), ..about(name) };
    (about, What::RuleWaived(RuleWaived { rule: Code::TooLate, first: true }))
}

pub(super) fn overridden(name: &str) -> Draft {
    (about(name), What::RuleOverridden(RuleOverridden { rule: Code::TooLate, minutes: 10 }))
}

pub(super) fn carton_begun(carton: &str) -> Draft {
    let carton = carton.parse().unwrap();
    (from_shell(), What::CartonBegun(CartonBegun { carton, holds: Some(9), same: Vec::new(), made: false }))
}

pub(super) fn packed(name: &str, carton: &str) -> Draft {
    let carton = carton.parse().unwrap();
    (about(name), What::UnitPacked(UnitPacked { carton, holds: 9, customer: None }))
}

pub(super) fn shipment_opened(shipment: &str) -> Draft {
    let (shipment, customer) = (shipment.parse().unwrap(), "Drogerie".to_owned());
    (from_shell(), What::ShipmentOpened(ShipmentOpened { shipment, customer }))
}

pub(super) fn loaded(name: &str, shipment: &str) -> Draft {
    (about(name), What::UnitLoaded(OfShipment { shipment: shipment.parse().unwrap() }))
}

//! Which cartons and shipments an event changes.

use super::projection::Change;
use super::what::What;

/// The cartons and shipments that an event changes.
#[expect(clippy::wildcard_enum_match_arm, reason = "only what is about packing comes here")]
pub(super) fn packed(what: &What, all: &mut Vec<Change>) {
    let (carton, shipment) = match what {
        What::CartonBegun(e) => (Some(&e.carton), None),
        What::UnitPacked(e) => (Some(&e.carton), None),
        What::UnitUnpacked(e) | What::CartonReopened(e) => (Some(&e.carton), None),
        What::CartonClosed(e) => (Some(&e.carton), None),
        What::CartonLoaded(e) | What::CartonUnloaded(e) => (Some(&e.carton), Some(&e.shipment)),
        What::ShipmentOpened(e) => (None, Some(&e.shipment)),
        What::UnitLoaded(e) | What::UnitUnloaded(e) => (None, Some(&e.shipment)),
        What::ShipmentDispatched(e) => (None, Some(&e.shipment)),
        _ => (None, None),
    };
    all.extend(carton.cloned().map(Change::Carton));
    all.extend(shipment.cloned().map(Change::Shipment));
}

//! Labels and packing: units that are labelled anew or found without a label, that go into cartons and on shipments,
//! that leave, and come back.

use std::fmt::Write as _;
use std::sync::Arc;

use traveller::domain::command::Command;
use traveller::domain::id::{CartonId, ShipmentId, UnitId};
use traveller::domain::labelling::{Found, Labelling};
use traveller::domain::packing::{PackRule, Packing};
use traveller::domain::route::Route;

use super::features::Small;
use super::moves::{Move, badge, reason, scan};
use crate::oracle::folds::Folds;

const CARTON: &str = "306141410000001003";
const SHIPMENT: &str = "LS-1";
/// A number that a label may get.
const OTHER: &str = "U07";

/// What is done with goods beside working on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goods {
    /// Their labels are replaced and printed again.
    Labelled,
    /// They are packed by twos, and shipped.
    Packed,
    /// They are shipped one by one, in no carton.
    Loose,
}

/// The last step of the route packs two units into a carton.
pub(super) fn packed(route: &Route) -> Arc<Route> {
    let mut route = route.clone();
    let last = route.steps.last_mut().unwrap();
    last.pack = Some(PackRule { units: 2, same: Vec::new() });
    Arc::new(route)
}

fn shell(command: Command) -> Move {
    Move::Give(None, command)
}

fn unit(text: &str) -> UnitId {
    UnitId::parse(text).unwrap()
}

fn pack(packing: Packing) -> Command {
    Command::Pack(packing)
}

fn carton() -> CartonId {
    CartonId::parse(CARTON).unwrap()
}

fn shipment() -> ShipmentId {
    ShipmentId::parse(SHIPMENT).unwrap()
}

/// What was done before the first move: two units have passed what comes before the packing, and a shipment waits.
pub(super) fn ready(small: &Small) -> Vec<Move> {
    if !matches!(small.goods, Some(Goods::Packed | Goods::Loose)) {
        return Vec::new();
    }
    let open = Packing::OpenShipment { shipment: shipment(), customer: "C".to_owned(), by: badge("LEAD") };
    let value = || {
        let value = "pass".to_owned();
        Move::Give(Some(0), Command::Value { value, check: None, point: None, gauge: None, unit: None })
    };
    vec![scan(0, "U00"), value(), scan(0, "U01"), value(), shell(pack(open))]
}

/// Everything that may be done with them, beside the work.
pub(super) fn moves(small: &Small, classes: bool) -> Vec<Move> {
    match small.goods {
        Some(Goods::Labelled) => labels(classes),
        Some(Goods::Packed) => packing(classes),
        Some(Goods::Loose) => loose(),
        None => Vec::new(),
    }
}

fn labels(classes: bool) -> Vec<Move> {
    let replace = |named: Option<&str>, found: Option<Found>, number: Option<&str>| {
        let (unit, number) = (named.map(unit), number.map(unit));
        Command::Label(Box::new(Labelling::Replace { unit, found, number, reason: reason(), by: badge("LEAD") }))
    };
    let reprint = Labelling::Reprint { unit: Some(unit("U00")), reason: reason(), by: badge("LEAD") };
    let mut all = vec![
        shell(replace(Some("U00"), None, None)),
        shell(replace(Some("U00"), Some(Found::Choice), Some(OTHER))),
        shell(Command::Label(Box::new(reprint))),
        Move::Give(Some(0), replace(None, Some(Found::Open), None)),
    ];
    all.extend((0..=usize::from(classes)).map(|at| scan(at, OTHER)));
    all
}

/// What comes back is decided about, or stays where it is.
fn returns(of: &str) -> Vec<Move> {
    let (reason, by) = (reason(), badge("LEAD"));
    let back = Packing::Return { unit: unit(of), reason: reason.clone(), by: by.clone() };
    let end = Packing::EndReturn { unit: unit(of), reason, by };
    [back, end].map(|packing| shell(pack(packing))).into()
}

fn packing(classes: bool) -> Vec<Move> {
    let by = || badge("LEAD");
    let at = usize::from(classes);
    let out = |of: &str| Packing::TakeOut { unit: unit(of), reason: reason(), by: Some(by()) };
    let close = Packing::Close { carton: carton(), scanned: carton(), counted: Some(1), by: by() };
    let unload = Packing::UnloadCarton { carton: carton(), reason: reason(), by: by() };
    let mut all = vec![
        scan(at, &format!("]C100{CARTON}")),
        scan(at, SHIPMENT),
        scan(0, "U01"),
        shell(pack(out("U00"))),
        shell(pack(out("U01"))),
        shell(pack(close)),
        shell(pack(Packing::LoadCarton { carton: carton(), shipment: shipment(), by: by() })),
        shell(pack(unload)),
        shell(pack(Packing::Dispatch { shipment: shipment(), by: by() })),
        shell(Command::HoldUnit { unit: unit("U01"), reason: reason(), by: by() }),
    ];
    all.extend(returns("U00"));
    all
}

fn loose() -> Vec<Move> {
    let by = || badge("LEAD");
    let load = |of: &str| Packing::LoadUnit { unit: unit(of), shipment: shipment(), by: by() };
    let unload = Packing::UnloadUnit { unit: unit("U00"), reason: reason(), by: by() };
    let mut all: Vec<Move> = [load("U01"), unload, Packing::Dispatch { shipment: shipment(), by: by() }]
        .map(|packing| shell(pack(packing)))
        .into();
    all.extend([scan(0, SHIPMENT), scan(0, "U01")]);
    all.extend(returns("U00"));
    all
}

/// What of it makes a difference to what may come.
pub(super) fn key(folds: &Folds, key: &mut String) {
    for (unit, t) in &folds.travellers {
        let (labels, packed) = (&t.labels, &t.packed);
        if !labels.changes.is_empty() {
            write!(key, "{unit}{:?}{}{}", labels.number, labels.changes.len(), labels.waits.is_some()).unwrap();
        }
        let back = packed.returned.is_some();
        write!(key, "{:?}{:?}{back}{}", packed.carton, packed.shipment, packed.finished).unwrap();
    }
    for carton in folds.packing.cartons.values() {
        write!(key, "{}{:?}{}{}{:?}", carton.carton, carton.holds, carton.units, carton.closed, carton.shipment)
            .unwrap();
    }
    for shipment in folds.packing.shipments.values() {
        write!(key, "{}{}{}{}", shipment.shipment, shipment.cartons, shipment.units, shipment.dispatched).unwrap();
    }
    for tag in &folds.tags {
        write!(key, "{}{}", tag.label, tag.unit).unwrap();
    }
}

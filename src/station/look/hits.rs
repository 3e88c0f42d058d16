//! What the ledger found, as hits of a search.

use crate::app::inspect::found::{Hit, UnitHit};
use crate::app::port::Fault;
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::ledger::read::find::{ComponentRow, LotRow, OrderRow, OtherFound};
use crate::ledger::read::units::UnitRow;

/// When it was, as far as it has a moment.
pub(super) fn moment(hit: &Hit) -> Option<At> {
    match hit {
        Hit::Refusal(hit) => Some(hit.at),
        Hit::Event(logged) => Some(logged.event.stamp.at),
        Hit::Unit(hit) => hit.changed,
        Hit::Lot { .. }
        | Hit::Load { .. }
        | Hit::Component { .. }
        | Hit::Order { .. }
        | Hit::Person { .. }
        | Hit::Gauge { .. } => None,
    }
}

/// Whatever else the beginning of a number found; none where its unit is gone.
pub(super) fn other(reader: &Reader, found: OtherFound) -> Result<Option<Hit>, Fault> {
    Ok(Some(match found {
        OtherFound::Labelled(named) => return Ok(reader.unit(&named)?.as_ref().map(unit)),
        OtherFound::Lot(row) => lot(row),
        OtherFound::Order(row) => order(row),
        OtherFound::Component(row) => component(row),
        OtherFound::Load(load) => Hit::Load { load },
        OtherFound::Gauge { gauge, kind } => Hit::Gauge { gauge, kind },
        OtherFound::Person { badge, name } => Hit::Person { badge, name },
    }))
}

/// A lot.
pub(super) fn lot(row: LotRow) -> Hit {
    Hit::Lot { lot: row.lot, part: row.part, standing: row.standing }
}

/// A work order.
pub(super) fn order(row: OrderRow) -> Hit {
    Hit::Order { order: row.order, route: row.route, open: row.open }
}

/// A component.
pub(super) fn component(row: ComponentRow) -> Hit {
    Hit::Component { serial: row.serial, part: row.part, unit: row.unit, is_in: row.is_in }
}

/// A unit.
pub(super) fn unit(row: &UnitRow) -> Hit {
    Hit::Unit(UnitHit {
        unit: row.unit.clone(),
        state: row.state,
        route: row.route.clone(),
        revision: row.revision.clone(),
        step: row.step.clone(),
        station: row.open_station.clone().or_else(|| row.station.clone()),
        changed: row.changed,
    })
}

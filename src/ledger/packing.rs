//! The rows of cartons and shipments.

use rusqlite::Connection;

use super::folds::Fold;
use crate::domain::event::Event;
use crate::domain::id::{CartonId, ShipmentId};
use crate::domain::packing::{Carton, Shipment};

impl Fold for Carton {
    type Name = CartonId;
    const TABLE: &'static str = "carton";
    const SELECT: &'static str = "SELECT fold FROM carton WHERE name = ?1";

    fn next(before: Option<Self>, name: &CartonId, event: &Event) -> Option<Self> {
        Self::apply(before, name, event)
    }

    fn write(&self, conn: &Connection, name: &CartonId, fold: &str) -> rusqlite::Result<usize> {
        conn.prepare_cached(
            "INSERT INTO carton (name, closed, shipment, fold) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO UPDATE
            SET closed = excluded.closed, shipment = excluded.shipment, fold = excluded.fold",
        )?
        .execute((name, self.closed, &self.shipment, fold))
    }
}

impl Fold for Shipment {
    type Name = ShipmentId;
    const TABLE: &'static str = "shipment";
    const SELECT: &'static str = "SELECT fold FROM shipment WHERE name = ?1";

    fn next(before: Option<Self>, name: &ShipmentId, event: &Event) -> Option<Self> {
        Self::apply(before, name, event)
    }

    fn write(&self, conn: &Connection, name: &ShipmentId, fold: &str) -> rusqlite::Result<usize> {
        conn.prepare_cached(
            "INSERT INTO shipment (name, customer, dispatched, fold) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (name) DO UPDATE
            SET customer = excluded.customer, dispatched = excluded.dispatched, fold = excluded.fold",
        )?
        .execute((name, &self.customer, self.dispatched, fold))
    }
}

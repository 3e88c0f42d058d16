//! Cartons and shipments: what is in them, and what a unit left with.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension as _, Row};
use serde::Serialize;

use crate::app::port::Fault;
use crate::domain::id::{CartonId, ShipmentId, UnitId};
use crate::domain::order::SerialRange;
use crate::domain::packing::{Carton, Shipment};
use crate::domain::traveller::State;
use crate::ledger::read::units::UnitRow;
use crate::ledger::reader::{PAGE_ROWS_MOST, Reader};

const SENT: &str = "SELECT unit.carton, coalesce(unit.shipment, carton.shipment), shipment.customer,
        shipment.dispatched
    FROM unit LEFT JOIN carton ON carton.name = unit.carton
    LEFT JOIN shipment ON shipment.name = coalesce(unit.shipment, carton.shipment) WHERE unit.name = ?1";
const IN_RANGE: &str = "SELECT name FROM unit WHERE (name > ?1 OR (?4 AND name = ?1)) AND name <= ?2
    ORDER BY name LIMIT ?3";
const IN_CARTON: &str = "SELECT name, state FROM unit WHERE carton = ?1 ORDER BY name";
const ON_SHIPMENT: &str = "SELECT name, state FROM unit WHERE shipment = ?1 AND carton IS NULL ORDER BY name";
const CARTONS_ON: &str = "SELECT name, fold FROM carton WHERE shipment = ?1 ORDER BY name";

/// What a unit is packed in, and what it leaves or left with.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Sent {
    /// The carton.
    pub carton: Option<CartonId>,
    /// The shipment.
    pub shipment: Option<ShipmentId>,
    /// Whom that is for.
    pub customer: Option<String>,
    /// Whether it left.
    pub dispatched: bool,
}

impl Sent {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        let dispatched: Option<bool> = row.get(3)?;
        Ok(Self {
            carton: row.get(0)?,
            shipment: row.get(1)?,
            customer: row.get(2)?,
            dispatched: dispatched.unwrap_or(false),
        })
    }
}

impl Reader {
    /// What a unit is packed in, and what it leaves or left with.
    pub fn sent(&self, unit: &UnitId) -> Result<Sent, Fault> {
        let mut statement = self.conn.prepare_cached(SENT)?;
        Ok(statement.query_row([unit], Sent::of).optional()?.unwrap_or_default())
    }

    /// Whether a unit is on hold, also beneath another state.
    pub fn is_held(&self, unit: &UnitId) -> Result<bool, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT held FROM unit WHERE name = ?1")?;
        Ok(statement.query_row([unit], |row| row.get(0)).optional()?.unwrap_or(false))
    }

    /// Goes through the units whose numbers lie in a range, by number.
    pub fn each_in(
        &self,
        range: &SerialRange,
        mut visit: impl FnMut(UnitRow) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<(), Fault> {
        let mut after = range.first().to_string();
        let mut names: Vec<UnitId> = Vec::new();
        loop {
            let mut statement = self.conn.prepare_cached(IN_RANGE)?;
            let from_start = names.is_empty();
            let rows = statement.query_map((&after, range.last(), PAGE_ROWS_MOST, from_start), |row| row.get(0))?;
            names = rows.collect::<rusqlite::Result<_>>()?;
            let Some(last) = names.last() else { return Ok(()) };
            after = last.to_string();
            for name in names.iter().filter(|name| range.contains(name.as_str())) {
                if let Some(row) = self.unit(name)?
                    && visit(row)?.is_break()
                {
                    return Ok(());
                }
            }
        }
    }

    /// Every carton, by number.
    pub fn cartons(&self) -> Result<Vec<Carton>, Fault> {
        self.all("SELECT name, fold FROM carton ORDER BY name")
    }

    /// The carton of that number.
    pub fn carton(&self, carton: &CartonId) -> Result<Option<Carton>, Fault> {
        self.one(carton)
    }

    /// The units in a carton, or that left in it, by number.
    pub fn units_in(&self, carton: &CartonId) -> Result<Vec<(UnitId, State)>, Fault> {
        let mut statement = self.conn.prepare_cached(IN_CARTON)?;
        let rows = statement.query_map([carton], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every shipment, by number.
    pub fn shipments(&self) -> Result<Vec<Shipment>, Fault> {
        self.all("SELECT name, fold FROM shipment ORDER BY name")
    }

    /// The shipment of that number.
    pub fn shipment(&self, shipment: &ShipmentId) -> Result<Option<Shipment>, Fault> {
        self.one(shipment)
    }

    /// The cartons on a shipment, by number.
    pub fn cartons_on(&self, shipment: &ShipmentId) -> Result<Vec<Carton>, Fault> {
        self.some(CARTONS_ON, [shipment])
    }

    /// The units that are on a shipment by themselves, by number.
    pub fn units_on(&self, shipment: &ShipmentId) -> Result<Vec<(UnitId, State)>, Fault> {
        let mut statement = self.conn.prepare_cached(ON_SHIPMENT)?;
        let rows = statement.query_map([shipment], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

//! Cartons, shipments, and what leaves with one.

use rusqlite::OptionalExtension as _;

use crate::app::port::Fault;
use crate::domain::event::Purpose;
use crate::domain::facts::Facts;
use crate::domain::id::{CartonId, ShipmentId, StationId};
use crate::domain::packing::sscc::Stem;
use crate::domain::packing::{Aboard, LastCarton, PackingAsk};
use crate::domain::traveller::State;
use crate::ledger::named::link_to;
use crate::ledger::place::Place;
use crate::ledger::units::purpose_of;
use crate::ledger::writer::Writer;

/// Units in the cartons of a shipment, carton by carton; then those that are loaded by themselves.
const CARGO: &str = "SELECT unit.name, unit.carton, unit.route, unit.revision, unit.work_order, unit.purpose,
        unit.state, unit.head
    FROM carton JOIN unit ON unit.carton = carton.name WHERE carton.shipment = ?1
    UNION ALL SELECT name, NULL, route, revision, work_order, purpose, state, head
    FROM unit WHERE shipment = ?1 AND carton IS NULL";
/// The highest number that begins with a stem.
const LAST: &str = "SELECT name FROM carton WHERE name >= ?1 AND name < ?2 AND length(name) = 18
    ORDER BY name DESC LIMIT 1";

impl Writer {
    /// What was asked about packing, into the facts.
    pub(super) fn packing_into(&mut self, ask: &PackingAsk, facts: &mut Facts) -> Result<(), Fault> {
        let conn = &self.reader.conn;
        match ask {
            PackingAsk::Carton(carton) => {
                if facts.packing.carton(carton.as_str()).is_none() {
                    facts.packing.cartons.extend(self.projector.cartons.get(conn, carton)?);
                }
            }
            PackingAsk::Shipment(shipment) => {
                if facts.packing.shipment(shipment.as_str()).is_none() {
                    facts.packing.shipments.extend(self.projector.shipments.get(conn, shipment)?);
                }
            }
            PackingAsk::Cargo(shipment) => facts.packing.cargo = self.cargo(shipment)?,
            PackingAsk::Last(stem) => facts.packing.last = self.last_carton(stem)?,
            PackingAsk::Packs(class) => self.packs(class, facts)?,
        }
        Ok(())
    }

    fn cargo(&mut self, shipment: &ShipmentId) -> Result<Vec<Aboard>, Fault> {
        let (conn, own) = (&self.reader.conn, self.tip.own());
        self.projector.units.settle(conn)?;
        self.projector.cartons.settle(conn)?;
        let mut statement = conn.prepare_cached(CARGO)?;
        let mut rows = statement.query([shipment])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            let (Some(route), Some(revision), Some(head)) = (row.get(2)?, row.get(3)?, row.get::<_, Option<Place>>(7)?)
            else {
                continue;
            };
            // A held unit's row says so; what left or is scrapped, beneath that.
            let state: State = row.get(6)?;
            all.push(Aboard {
                unit: row.get(0)?,
                carton: row.get(1)?,
                route,
                revision,
                order: row.get(4)?,
                purpose: Some(purpose_of(row.get_ref(5)?.as_str().unwrap_or_default()))
                    .filter(|purpose| *purpose != Purpose::Production),
                state: Some(state).filter(|state| *state != State::Complete),
                head: link_to(conn, Some(&own), head)?,
            });
        }
        Ok(all)
    }

    fn last_carton(&mut self, stem: &Stem) -> Result<Option<LastCarton>, Fault> {
        let conn = &self.reader.conn;
        self.projector.cartons.settle(conn)?;
        let mut statement = conn.prepare_cached(LAST)?;
        // Digits sort below a colon.
        let found: Option<CartonId> =
            statement.query_row((stem.as_str(), format!("{stem}:")), |row| row.get(0)).optional()?;
        drop(statement);
        let Some(carton) = found else { return Ok(None) };
        let known = self.projector.cartons.get(conn, &carton)?;
        Ok(known.map(|known| LastCarton { carton, event: known.event }))
    }

    /// A released route that packs at a class of stations, not withdrawn.
    fn packs(&mut self, class: &StationId, facts: &mut Facts) -> Result<(), Fault> {
        let packs = |route: &crate::domain::route::Route| {
            route.steps.iter().any(|step| step.station == *class && step.pack.is_some())
        };
        facts.packing.packs = self.routes.in_force(&self.reader.conn, packs)?.map(|(row, _route)| row.release());
        Ok(())
    }
}

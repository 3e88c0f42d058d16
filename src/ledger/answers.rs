//! What the gate asks within an action, answered from what that action sees.

use rusqlite::OptionalExtension as _;

use super::place::Place;
use super::writer::Writer;
use crate::app::port::Fault;
use crate::domain::event::Link;
use crate::domain::facts::{Ask, Component, Facts, Other, Population, Seen};
use crate::domain::gs1::Gtin;
use crate::domain::id::{Serial, UnitId};
use crate::domain::what::Fate;

/// Where a component is now, or what became of it; a record that was taken back never was.
const COMPONENT: &str = "SELECT material.event, unit.name, material.step, material.out, material.out_event
    FROM material JOIN unit ON unit.id = material.unit
    WHERE material.serial = ?1 AND material.out IS NOT 'voided'
    ORDER BY material.out IS NULL DESC, material.event DESC LIMIT 1";

impl Writer {
    pub(super) fn answer_into(&mut self, ask: &Ask, facts: &mut Facts) -> Result<(), Fault> {
        let conn = &self.reader.conn;
        match ask {
            Ask::Person(badge) => {
                if facts.person(badge.as_str()).is_none() {
                    facts.people.extend(self.projector.people.get(conn, badge)?);
                }
            }
            Ask::Lot(lot) => {
                if facts.lot(lot.as_str()).is_none() {
                    facts.lots.extend(self.projector.lots.get(conn, lot)?);
                }
            }
            Ask::Component(serial) => {
                if facts.component(serial.as_str()).is_none() {
                    facts.components.extend(self.component(serial)?);
                }
            }
            Ask::Unit(unit) => self.other(unit, facts)?,
            Ask::Claim(label) => {
                facts.claim = self.routes.claim(conn, label)?.map(|(row, _route)| row.release());
            }
            Ask::Labelled { gtin, serial } => self.labelled(gtin, serial.as_ref(), facts)?,
            Ask::Release(route, revision) => {
                for release in self.routes.releases(conn, route, revision)? {
                    if facts.release(&release.route, &release.revision).is_none() {
                        facts.releases.push(release);
                    }
                }
            }
            Ask::Population => facts.population = Some(self.population()?),
            Ask::Gauge(_)
            | Ask::Order(_)
            | Ask::OrderFor(..)
            | Ask::Overlaps(_)
            | Ask::Route(..)
            | Ask::Uses(_)
            | Ask::Loads(..)
            | Ask::Sampling(..)
            | Ask::Earlier { .. }
            | Ask::Holders(_)
            | Ask::Newest
            | Ask::Stand(_) => {}
        }
        Ok(())
    }

    fn component(&self, serial: &Serial) -> Result<Option<Component>, Fault> {
        let mut statement = self.reader.conn.prepare_cached(COMPONENT)?;
        let found = statement.query_row([serial], |row| {
            let installed: Place = row.get(0)?;
            let out: Option<String> = row.get(3)?;
            let out_event: Option<Place> = row.get(4)?;
            let is_in = out.is_none();
            Ok(Component {
                serial: serial.clone(),
                in_unit: if is_in { Some(row.get(1)?) } else { None },
                step: if is_in { Some(row.get(2)?) } else { None },
                fate: out.as_deref().and_then(fate),
                event: Link::Here(out_event.unwrap_or(installed).seq()),
            })
        });
        Ok(found.optional()?)
    }

    /// Another unit, and the route that it runs or would begin.
    fn other(&mut self, unit: &UnitId, facts: &mut Facts) -> Result<(), Fault> {
        let conn = &self.reader.conn;
        let traveller = self.projector.units.traveller(conn, unit)?;
        let route = match &traveller.route {
            Some((route, revision)) => self.routes.get(conn, route, revision)?,
            None => self.routes.claim(conn, unit.as_str())?.map(|(_row, route)| route),
        };
        facts.other_seen = Some(Seen { unit: unit.clone(), head: traveller.head.clone() });
        facts.other = Some(Other { traveller, route });
        Ok(())
    }

    /// The unit that a GS1 label names, and the route that has its GTIN.
    fn labelled(&mut self, gtin: &Gtin, serial: Option<&Serial>, facts: &mut Facts) -> Result<(), Fault> {
        if facts.names_a_unit() || facts.claim.is_some() {
            return Ok(());
        }
        let conn = &self.reader.conn;
        let Some((row, route)) = self.routes.of_gtin(conn, gtin)? else { return Ok(()) };
        facts.claim = Some(row.release());
        let Some(serial) = serial else { return Ok(()) };
        // A unit that began under another revision keeps the number that it began with.
        let numbers = [gtin.with_serial(serial.as_str()), serial.to_string()];
        let mut free = None;
        for unit in numbers.iter().filter_map(|number| UnitId::parse(number).ok()) {
            let traveller = self.projector.units.traveller(conn, &unit)?;
            match &traveller.route {
                Some((of, _)) if *of == route.id => return self.other(&unit, facts),
                None if route.identifier.pattern.matches(unit.as_str()) => free = Some(traveller),
                Some(_) | None => {}
            }
        }
        if let Some(traveller) = free {
            facts.other = Some(Other { traveller, route: Some(route) });
        }
        Ok(())
    }

    fn population(&mut self) -> Result<Population, Fault> {
        let conn = &self.reader.conn;
        self.projector.people.settle(conn)?;
        let mut statement = conn.prepare_cached("SELECT count(*), coalesce(sum(lead), 0) FROM person")?;
        Ok(statement.query_row([], |row| Ok(Population { enrolled: row.get(0)?, leads: row.get(1)? }))?)
    }
}

fn fate(word: &str) -> Option<Fate> {
    [Fate::Reuse, Fate::Scrap, Fate::Quarantine].into_iter().find(|f| f.word() == word)
}

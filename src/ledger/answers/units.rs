//! Other units than the open one.

use crate::app::port::Fault;
use crate::domain::facts::{Facts, Other, Seen};
use crate::domain::gs1::Gtin;
use crate::domain::id::{Serial, UnitId};
use crate::ledger::writer::Writer;

impl Writer {
    /// Another unit, and the route that it runs or would begin.
    pub(super) fn other(&mut self, unit: &UnitId, facts: &mut Facts) -> Result<(), Fault> {
        let conn = &self.reader.conn;
        let traveller = self.projector.units.traveller(conn, unit)?;
        let route = if let Some((route, revision)) = &traveller.route {
            self.routes.get(conn, route, revision)?
        } else {
            // Whoever is told the route that would begin it is told its release too.
            let claimed = self.routes.claim(conn, unit.as_str())?;
            if let Some((row, _)) = &claimed {
                facts.claim = Some(row.release());
            }
            claimed.map(|(_row, route)| route)
        };
        facts.other_seen = Some(Seen { unit: unit.clone(), head: traveller.head.clone() });
        facts.other = Some(Other { traveller, route });
        Ok(())
    }

    /// The unit that a GS1 label names, and the route that has its GTIN.
    pub(super) fn labelled(&mut self, gtin: &Gtin, serial: Option<&Serial>, facts: &mut Facts) -> Result<(), Fault> {
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
}

//! Components and lots.

use rusqlite::OptionalExtension as _;

use crate::app::port::Fault;
use crate::domain::facts::{Component, Facts};
use crate::domain::id::{LotId, PartId, Serial, UnitId};
use crate::domain::lot::Lot;
use crate::domain::time::Day;
use crate::ledger::named::link_to;
use crate::ledger::place::Place;
use crate::ledger::read::trace::LEVELS_MOST;
use crate::ledger::sql;
use crate::ledger::writer::Writer;

/// Where a component is now, or what became of it; a record that was taken back never was.
const COMPONENT: &str = "SELECT material.event, unit.name, material.step, material.out, material.out_event
    FROM material JOIN unit ON unit.id = material.unit
    WHERE material.serial = ?1 AND material.out IS NOT 'voided'
    ORDER BY material.out IS NULL DESC, material.event DESC LIMIT 1";

/// The lot that expires first among those that may be used, have something left and have not expired. Of two that
/// expire on one day, the first by number.
const FIRST_TO_EXPIRE: &str = "SELECT name FROM lot
    WHERE part = ?1 AND standing = 'free' AND has_more = 1 AND expires >= ?2 AND name <> ?3
    ORDER BY expires, name LIMIT 1";

impl Writer {
    /// Where a component is, into the facts; the unit that has it.
    pub(super) fn component_into(&self, serial: &Serial, facts: &mut Facts) -> Result<Option<UnitId>, Fault> {
        if let Some(known) = facts.component(serial.as_str()) {
            return Ok(known.in_unit.clone());
        }
        let found = self.component(serial)?;
        let holder = found.as_ref().and_then(|c| c.in_unit.clone());
        facts.components.extend(found);
        Ok(holder)
    }

    fn component(&self, serial: &Serial) -> Result<Option<Component>, Fault> {
        let mut statement = self.reader.conn.prepare_cached(COMPONENT)?;
        let mut rows = statement.query([serial])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let installed: Place = row.get(0)?;
        let out: Option<String> = row.get(3)?;
        let out_event: Option<Place> = row.get(4)?;
        let is_in = out.is_none();
        let own = self.tip.own();
        Ok(Some(Component {
            serial: serial.clone(),
            in_unit: if is_in { Some(row.get(1)?) } else { None },
            step: if is_in { Some(row.get(2)?) } else { None },
            fate: out.as_deref().and_then(sql::fate),
            event: link_to(&self.reader.conn, Some(&own), out_event.unwrap_or(installed))?,
        }))
    }

    /// The unit that a unit is installed in, the one that has that, and so on: each as the component that it is there.
    pub(super) fn holders(&self, unit: &UnitId, facts: &mut Facts) -> Result<(), Fault> {
        let mut met = vec![unit.clone()];
        for _level in 0..LEVELS_MOST {
            let Some(serial) = met.last().and_then(|unit| Serial::parse(unit.as_str()).ok()) else { break };
            match self.component_into(&serial, facts)? {
                // A record that runs in a circle ends where it began.
                Some(holder) if !met.contains(&holder) => met.push(holder),
                Some(_) | None => break,
            }
        }
        Ok(())
    }

    /// The lot to use before the one that was chosen; none where that is the first to expire.
    pub(super) fn earlier(&mut self, part: &PartId, lot: &LotId, from: Day) -> Result<Option<Lot>, Fault> {
        let conn = &self.reader.conn;
        self.projector.lots.settle(conn)?;
        let Some(chosen) = self.projector.lots.get(conn, lot)? else { return Ok(None) };
        let mut statement = conn.prepare_cached(FIRST_TO_EXPIRE)?;
        let first: Option<LotId> = statement.query_row((part, from, lot), |row| row.get(0)).optional()?;
        let first = first.map(|lot| self.projector.lots.get(conn, &lot)).transpose()?.flatten();
        Ok(first.filter(|first| first.expires < chosen.expires || chosen.expires.is_none()))
    }
}

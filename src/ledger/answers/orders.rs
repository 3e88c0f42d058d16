//! Orders: by number, and by the numbers of their units.

use rusqlite::OptionalExtension as _;

use crate::app::port::Fault;
use crate::domain::facts::Facts;
use crate::domain::id::{OrderId, RouteId, UnitId};
use crate::domain::order::{SerialRange, form};
use crate::ledger::writer::Writer;

/// The order of a route, open or not, whose range has a number: the one that begins nearest below it. The index alone
/// answers, and finds it at once where it is there.
const OF_NUMBER: &str = "SELECT name FROM work_order
    WHERE form = ?1 AND open = ?2 AND first <= ?3 AND last >= ?3 AND route = ?4 ORDER BY first DESC, last DESC LIMIT 1";
/// Open orders of whatever route, some of whose numbers lie in a range.
const OVERLAPPING: &str = "SELECT name FROM work_order
    WHERE form = ?1 AND open = 1 AND first <= ?3 AND last >= ?2 ORDER BY first, name LIMIT ?4";
/// Overlapping orders that are told: one is enough to refuse.
const OVERLAPPING_MOST: u32 = 16;

impl Writer {
    /// The order of that number, into the facts.
    pub(super) fn order(&mut self, order: &OrderId, facts: &mut Facts) -> Result<(), Fault> {
        if facts.order(order.as_str()).is_none() {
            facts.orders.extend(self.projector.orders.get(&self.reader.conn, order)?);
        }
        Ok(())
    }

    /// The orders of a route that a number belongs to: the open one, then the one that is closed.
    pub(super) fn order_for(&mut self, route: &RouteId, unit: &UnitId, facts: &mut Facts) -> Result<(), Fault> {
        self.projector.orders.settle(&self.reader.conn)?;
        let form = form(unit);
        for open in [true, false] {
            let mut statement = self.reader.conn.prepare_cached(OF_NUMBER)?;
            let found: Option<OrderId> =
                statement.query_row((&form, open, unit, route), |row| row.get(0)).optional()?;
            drop(statement);
            if let Some(order) = found {
                self.order(&order, facts)?;
            }
        }
        Ok(())
    }

    /// The open orders that claim a number of a range.
    pub(super) fn overlaps(&mut self, range: &SerialRange, facts: &mut Facts) -> Result<(), Fault> {
        self.projector.orders.settle(&self.reader.conn)?;
        let mut statement = self.reader.conn.prepare_cached(OVERLAPPING)?;
        let rows = statement
            .query_map((form(range.first()), range.first(), range.last(), OVERLAPPING_MOST), |row| row.get(0))?;
        let found: Vec<OrderId> = rows.collect::<rusqlite::Result<_>>()?;
        drop(statement);
        found.iter().try_for_each(|order| self.order(order, facts))
    }
}

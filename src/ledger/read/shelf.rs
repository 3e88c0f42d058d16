//! What a station works with, and what could be chosen there: orders, lots and gauges, each list short and in the order
//! of use.

use rusqlite::Params;

use crate::app::port::Fault;
use crate::app::shelf::Stock;
use crate::domain::gauge::Gauge;
use crate::domain::id::{OrderId, PartId, RouteId};
use crate::domain::lot::Lot;
use crate::domain::order::Order;
use crate::domain::station::Station;
use crate::domain::time::Day;
use crate::ledger::folds::{self, Fold};
use crate::ledger::reader::Reader;

const OPEN_ORDERS: &str = "SELECT name, fold FROM work_order WHERE open = 1 AND route = ?1 ORDER BY name LIMIT ?2";
/// The lots that may be used, as the gate looks for the one that expires first; those without a last day come last.
const USABLE_LOTS: &str = "SELECT name, fold FROM lot
    WHERE part = ?1 AND standing = 'free' AND has_more = 1 AND (expires IS NULL OR expires >= ?2)
    ORDER BY expires IS NULL, expires, name LIMIT ?3";
const GAUGES_IN_USE: &str = "SELECT name, fold FROM gauge WHERE kind = ?1 AND standing <> 'retired'
    ORDER BY standing = 'good' DESC, due DESC, name LIMIT ?2";

impl Reader {
    /// What a station works with, as far as it is known; and the order of the unit that was worked on last.
    pub fn stock(&self, station: &Station, last: Option<&OrderId>) -> Result<Stock, Fault> {
        let _moment = self.moment()?;
        let mut stock = Stock::default();
        let chosen = station.orders.iter().map(|chosen| &chosen.order);
        for order in chosen.clone().chain(last.filter(|last| !chosen.clone().any(|o| o == *last))) {
            stock.orders.extend(self.one(order)?);
        }
        for loaded in &station.loaded {
            stock.lots.extend(self.one(&loaded.lot)?);
        }
        for chosen in &station.gauges {
            stock.gauges.extend(self.one(&chosen.gauge)?);
        }
        stock.calling = self.watched()?;
        stock.calling.retain(|at| at.watch.call.is_some() && Some(&at.station) != station.station.as_ref());
        Ok(stock)
    }

    /// Open orders of a route, by number.
    pub fn open_orders(&self, route: &RouteId, limit: u32) -> Result<Vec<Order>, Fault> {
        self.some(OPEN_ORDERS, (route, limit))
    }

    /// Lots of a part that may be used on a day, those that expire first at the top.
    pub fn usable_lots(&self, part: &PartId, on: Day, limit: u32) -> Result<Vec<Lot>, Fault> {
        self.some(USABLE_LOTS, (part, on, limit))
    }

    /// Gauges of a kind that are not out of use: the good ones that are due last at the top.
    pub fn gauges_in_use(&self, kind: &str, limit: u32) -> Result<Vec<Gauge>, Fault> {
        self.some(GAUGES_IN_USE, (kind, limit))
    }

    /// The folds that a query finds.
    pub(in crate::ledger) fn some<F: Fold>(&self, sql: &str, of: impl Params) -> Result<Vec<F>, Fault> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let mut rows = statement.query(of)?;
        let mut some = Vec::new();
        while let Some(row) = rows.next()? {
            let (name, fold): (String, String) = (row.get(0)?, row.get(1)?);
            some.push(folds::read(&name, &fold)?);
        }
        Ok(some)
    }
}

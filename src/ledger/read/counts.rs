//! What was counted, by the quarter of an hour in UTC.

use crate::app::port::Fault;
use crate::domain::id::{RouteId, StationId, StepId};
use crate::ledger::reader::Reader;

/// Things that happened, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The quarter of an hour, in quarters since 1970-01-01 UTC.
    pub quarter: i64,
    /// Where.
    pub station: StationId,
    /// On which route.
    pub route: Option<RouteId>,
    /// At which step.
    pub step: Option<StepId>,
    /// `passed`, `failed`, `refused` or `finished`.
    pub what: String,
    /// How many.
    pub n: u32,
}

impl Reader {
    /// The counts of the quarters from one to before another.
    pub fn counts(&self, from: i64, before: i64) -> Result<Vec<Tally>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT quarter, station, nullif(route, ''), nullif(step, ''), what, n FROM tally
            WHERE quarter >= ?1 AND quarter < ?2 ORDER BY quarter, station, route, step, what",
        )?;
        let rows = statement.query_map((from, before), |row| {
            Ok(Tally {
                quarter: row.get(0)?,
                station: row.get(1)?,
                route: row.get(2)?,
                step: row.get(3)?,
                what: row.get(4)?,
                n: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

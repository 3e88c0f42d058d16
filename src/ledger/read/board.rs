//! What the board of a shift asks that nobody else does: when a station was seen last, how many units passed a step at
//! the first attempt, and what was refused most.

use std::collections::BTreeMap;

use crate::app::port::Fault;
use crate::domain::id::{RouteId, StepId};
use crate::domain::station::Station;
use crate::domain::time::At;
use crate::ledger::named::{Own, place_of};
use crate::ledger::reader::Reader;

/// A station, and when something was recorded there last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StationSeen {
    /// The station as it stands.
    pub station: Station,
    /// When its last event was recorded.
    pub at: Option<At>,
}

/// First attempts at a step, of units of one route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstPass {
    /// The route.
    pub route: Option<RouteId>,
    /// The step.
    pub step: StepId,
    /// First attempts that ended.
    pub tried: u32,
    /// Of these, those that passed.
    pub passed: u32,
}

impl Reader {
    /// Every station, and when something was recorded there last.
    pub fn stations_seen(&self) -> Result<Vec<StationSeen>, Fault> {
        let _moment = self.moment()?;
        let own = Own::load(&self.conn)?;
        let seen = |station: Station| {
            let place = match &station.event {
                Some(link) => place_of(&self.conn, own.as_ref(), link)?,
                None => None,
            };
            let last = place.map(|place| self.event_at(place)).transpose()?.flatten();
            let at = last.map(|stored| stored.outcome()).transpose()?.map(|event| event.stamp.at);
            Ok(StationSeen { station, at })
        };
        self.stations()?.into_iter().map(seen).collect()
    }

    /// First attempts that ended from a moment on, by route and step.
    pub fn first_passes(&self, from: At) -> Result<Vec<FirstPass>, Fault> {
        let _moment = self.moment()?;
        let mut all: BTreeMap<(Option<RouteId>, StepId), (u32, u32)> = BTreeMap::new();
        let mut statement = self.conn.prepare_cached(
            "SELECT unit.route, step_result.step, step_result.passed FROM step_result
            JOIN unit ON unit.id = step_result.unit
            WHERE step_result.event > ?1 AND step_result.event <= ?2 AND step_result.attempt = 1
            AND unit.purpose = 'production'",
        )?;
        for stream in self.streams()? {
            let Some(before) = self.before(&stream, from)? else { continue };
            let end = crate::ledger::place::Place::new(stream.id, stream.seq).unwrap_or(before);
            let mut rows = statement.query((before, end))?;
            while let Some(row) = rows.next()? {
                let passed: bool = row.get(2)?;
                let (tried, good) = all.entry((row.get(0)?, row.get(1)?)).or_default();
                *tried += 1;
                *good += u32::from(passed);
            }
        }
        let line = |((route, step), (tried, passed))| FirstPass { route, step, tried, passed };
        Ok(all.into_iter().map(line).collect())
    }

    /// What was refused from a moment on, by code, most often first.
    pub fn refused_most(&self, from: At) -> Result<Vec<(String, u32)>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT code, count(*) AS times FROM refusal WHERE at >= ?1 GROUP BY code ORDER BY times DESC, code",
        )?;
        let rows = statement.query_map([from], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

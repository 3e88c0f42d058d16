//! What the board of a shift asks that nobody else does: when a station was seen last, how many units passed a step at
//! the first attempt, and what was refused most.

use std::collections::BTreeMap;

use crate::app::port::Fault;
use crate::domain::id::{CheckId, RouteId, StepId, UnitId};
use crate::domain::lot::Lot;
use crate::domain::order::Order;
use crate::domain::station::Station;
use crate::domain::time::{At, Day};
use crate::ledger::named::{Own, place_of};
use crate::ledger::place::Place;
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

/// A value of a check, as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckValue {
    /// When it was observed.
    pub at: At,
    /// Of which unit.
    pub unit: UnitId,
    /// The value, with the digits entered.
    pub value: String,
    /// Whether it lay within what the route asks.
    pub passed: bool,
}

/// Events at the end of each stream that are looked at for the values of a check.
const VALUES_WITHIN: u64 = 300_000;

const VALUES: &str = "SELECT check_result.event, unit.name, check_result.value, check_result.passed FROM check_result
    JOIN unit ON unit.id = check_result.unit
    WHERE check_result.event > ?1 AND check_result.event <= ?2 AND check_result.step = ?3
    AND check_result.check_id = ?4 AND check_result.voided IS NULL AND unit.route = ?5 AND unit.purpose = 'production'
    ORDER BY check_result.event DESC LIMIT ?6";
/// Lots that may be used and expire before a day, those that expire last at the top.
const LOTS_ENDING: &str = "SELECT name, fold FROM lot WHERE standing = 'free' AND has_more = 1
    AND expires IS NOT NULL AND expires < ?1 ORDER BY expires DESC, name LIMIT ?2";
const ORDERS_IN_WORK: &str = "SELECT name, fold FROM work_order WHERE open = 1 ORDER BY name LIMIT ?1";

impl Reader {
    /// The last values of a check in production, the oldest first, at most so many.
    pub fn check_values(
        &self,
        (route, step, check): (&RouteId, &StepId, &CheckId),
        most: u32,
    ) -> Result<Vec<CheckValue>, Fault> {
        let _moment = self.moment()?;
        let mut all = Vec::new();
        let mut statement = self.conn.prepare_cached(VALUES)?;
        for stream in self.streams()? {
            let from = Place::new(stream.id, stream.seq.saturating_sub(VALUES_WITHIN));
            let (Some(from), Some(to)) = (from, Place::new(stream.id, stream.seq)) else { continue };
            let mut rows = statement.query((from, to, step, check, route, most))?;
            while let Some(row) = rows.next()? {
                let Some(stored) = self.event_at(row.get(0)?)? else { continue };
                let at = stored.outcome()?.when();
                all.push(CheckValue { at, unit: row.get(1)?, value: row.get(2)?, passed: row.get(3)? });
            }
        }
        all.sort_by_key(|value| value.at);
        let over = all.len().saturating_sub(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(all.split_off(over))
    }

    /// Lots that may be used and expire before a day, those that expire last at the top.
    pub fn lots_ending(&self, before: Day, limit: u32) -> Result<Vec<Lot>, Fault> {
        self.some(LOTS_ENDING, (before, limit))
    }

    /// Orders that are not closed, by number.
    pub fn orders_in_work(&self, limit: u32) -> Result<Vec<Order>, Fault> {
        self.some(ORDERS_IN_WORK, [limit])
    }

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

    /// First attempts that ended after an event of each stream, by route and step.
    pub fn first_passes(&self, after: &BTreeMap<u32, Place>) -> Result<Vec<FirstPass>, Fault> {
        let _moment = self.moment()?;
        let mut all: BTreeMap<(Option<RouteId>, StepId), (u32, u32)> = BTreeMap::new();
        let mut statement = self.conn.prepare_cached(
            "SELECT unit.route, step_result.step, step_result.passed FROM step_result
            JOIN unit ON unit.id = step_result.unit
            WHERE step_result.event > ?1 AND step_result.event <= ?2 AND step_result.attempt = 1
            AND unit.purpose = 'production'",
        )?;
        for stream in self.streams()? {
            let Some(after) = after.get(&stream.id) else { continue };
            let end = Place::new(stream.id, stream.seq).unwrap_or(*after);
            let mut rows = statement.query((after, end))?;
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

//! Units: what the rows say of them, filtered and paged.

use rusqlite::{OptionalExtension as _, Row, ToSql, params_from_iter};

use crate::app::port::Fault;
use crate::domain::causal::History;
use crate::domain::id::{Badge, OrderId, Revision, RouteId, StationId, StepId, UnitId};
use crate::domain::time::At;
use crate::domain::traveller::{State, Traveller};
use crate::ledger::named::Own;
use crate::ledger::place::Place;
use crate::ledger::read::events::capped;
use crate::ledger::reader::Reader;

macro_rules! columns {
    () => {
        "unit.id, unit.name, unit.route, unit.revision, unit.state, unit.step, unit.station, unit.purpose, unit.started,
        unit.changed, unit.events, unit.open_station, unit.open_by, unit.open_at,
        unit.work_order, unit.pieces"
    };
}

/// A unit at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// The place of the event that brought it into being; the key to page by.
    pub place: Place,
    /// Its number.
    pub unit: UnitId,
    /// Its route.
    pub route: Option<RouteId>,
    /// The revision that it is pinned to.
    pub revision: Option<Revision>,
    /// Its state.
    pub state: State,
    /// The step that is due, where it is on its way.
    pub step: Option<StepId>,
    /// The class of stations where that is done.
    pub station: Option<StationId>,
    /// What it is made for.
    pub purpose: String,
    /// When it began.
    pub started: Option<At>,
    /// When its record last changed.
    pub changed: Option<At>,
    /// Events in its history.
    pub events: u32,
    /// Where it is open.
    pub open_station: Option<StationId>,
    /// Who has it open.
    pub open_by: Option<Badge>,
    /// Since when.
    pub open_at: Option<At>,
    /// Its work order.
    pub order: Option<OrderId>,
    /// How many pieces it has, where it is a batch.
    pub pieces: Option<u32>,
}

/// Which units to list; what is absent filters nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitFilter {
    /// In this state.
    pub state: Option<State>,
    /// On this route.
    pub route: Option<RouteId>,
    /// Due at this class of stations.
    pub station: Option<StationId>,
    /// Of this work order.
    pub order: Option<OrderId>,
    /// Whose record changed at this moment or later.
    pub changed_from: Option<At>,
    /// That began before this moment.
    pub begun_before: Option<At>,
}

/// In which order to list, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// Oldest first, after this one.
    After(Place),
    /// Newest first, before this one; from the newest where none is named.
    Before(Option<Place>),
}

/// Units on their way that are alike, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkCount {
    /// Their state.
    pub state: State,
    /// Their route.
    pub route: Option<RouteId>,
    /// The step that is due.
    pub step: Option<StepId>,
    /// The class of stations where that is done.
    pub station: StationId,
    /// How many.
    pub n: u32,
    /// The one of them whose record changed the longest ago.
    pub oldest: Option<UnitId>,
    /// When that was.
    pub since: Option<At>,
}

impl UnitRow {
    pub(super) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            place: row.get(0)?,
            unit: row.get(1)?,
            route: row.get(2)?,
            revision: row.get(3)?,
            state: row.get(4)?,
            step: row.get(5)?,
            station: row.get(6)?,
            purpose: row.get(7)?,
            started: row.get(8)?,
            changed: row.get(9)?,
            events: row.get(10)?,
            open_station: row.get(11)?,
            open_by: row.get(12)?,
            open_at: row.get(13)?,
            order: row.get(14)?,
            pieces: row.get(15)?,
        })
    }
}

impl Reader {
    /// One unit; none where it is not on record.
    pub fn unit(&self, unit: &UnitId) -> Result<Option<UnitRow>, Fault> {
        let mut statement = self.conn.prepare_cached(concat!("SELECT ", columns!(), " FROM unit WHERE name = ?1"))?;
        Ok(statement.query_row([unit], UnitRow::of).optional()?)
    }

    /// A unit's history, folded; none where it is not on record.
    pub fn traveller(&self, unit: &UnitId) -> Result<Option<Traveller>, Fault> {
        let _moment = self.moment()?;
        let own = Own::load(&self.conn)?;
        let mut fold = History::new(Traveller::unborn(unit.clone()));
        let history = self.history(unit)?;
        for stored in &history {
            fold.apply(&stored.named(self, own.as_ref())?);
        }
        Ok((!history.is_empty()).then(|| fold.told()))
    }

    /// The units that fit a filter, at most so many.
    pub fn units(&self, filter: &UnitFilter, page: Page, limit: u32) -> Result<Vec<UnitRow>, Fault> {
        // Text of our own only; every value is bound.
        let mut sql = concat!("SELECT ", columns!(), " FROM unit WHERE ").to_owned();
        let (bound, within, turn) = match page {
            Page::After(place) => (place.row(), "unit.id > ?", " ORDER BY unit.id"),
            Page::Before(place) => (place.map_or(i64::MAX, Place::row), "unit.id < ?", " ORDER BY unit.id DESC"),
        };
        let limit = capped(limit);
        sql.push_str(within);
        let mut values: Vec<&dyn ToSql> = vec![&bound];
        if let Some(state) = &filter.state {
            sql.push_str(" AND state = ?");
            values.push(state);
        }
        if let Some(route) = &filter.route {
            sql.push_str(" AND route = ?");
            values.push(route);
        }
        if let Some(station) = &filter.station {
            sql.push_str(" AND station = ?");
            values.push(station);
        }
        if let Some(order) = &filter.order {
            sql.push_str(" AND work_order = ?");
            values.push(order);
        }
        if let Some(from) = &filter.changed_from {
            sql.push_str(" AND changed >= ?");
            values.push(from);
        }
        if let Some(before) = &filter.begun_before {
            sql.push_str(" AND started < ?");
            values.push(before);
        }
        sql.push_str(turn);
        sql.push_str(" LIMIT ?");
        values.push(&limit);
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(values), UnitRow::of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The units that are open now, by station.
    pub fn open_units(&self) -> Result<Vec<UnitRow>, Fault> {
        let _moment = self.moment()?;
        let mut open = Vec::new();
        for unit in self.stations()?.into_iter().filter_map(|s| s.open) {
            open.extend(self.unit(&unit)?);
        }
        Ok(open)
    }

    /// All units, counted by state.
    pub fn unit_counts(&self) -> Result<Vec<(State, u32)>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT state, count(*) FROM unit GROUP BY state")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The units that are on their way, counted by route, step, class of stations and state. Of each group SQLite names
    /// the unit of the row that has the least moment.
    pub fn work_in_process(&self) -> Result<Vec<WorkCount>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT state, route, step, station, count(*), name, min(changed) FROM unit WHERE station IS NOT NULL
            GROUP BY route, step, station, state ORDER BY route, step, station, state",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(WorkCount {
                state: row.get(0)?,
                route: row.get(1)?,
                step: row.get(2)?,
                station: row.get(3)?,
                n: row.get(4)?,
                oldest: row.get(5)?,
                since: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

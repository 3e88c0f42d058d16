//! Units: their histories folded, remembered, and written as rows.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use super::fault::unreadable_event;
use super::place::Place;
use super::recent::Recent;
use crate::app::port::Fault;
use crate::domain::event::{Event, Purpose};
use crate::domain::id::UnitId;
use crate::domain::traveller::{State, Traveller};
use crate::domain::what::What;

/// Units that are remembered between actions.
const UNITS_KEPT_MOST: usize = 256;

const OF_NAME: &str = "SELECT id FROM unit WHERE name = ?1";
const HISTORY: &str = "SELECT event.id, event.body FROM unit_event JOIN event ON event.id = unit_event.event
    WHERE unit_event.unit = ?1 ORDER BY unit_event.event";
const ADD_TO_HISTORY: &str = "INSERT INTO unit_event (unit, event) VALUES (?1, ?2)";
const INSERT: &str = "INSERT INTO unit (id, name, route, revision, state, step, station, purpose, work_order, started,
    changed, head, events, open_station, open_by, open_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
const UPDATE: &str = "UPDATE unit SET route = ?3, revision = ?4, state = ?5, step = ?6, station = ?7, purpose = ?8,
    work_order = ?9, started = ?10, changed = ?11, head = ?12, events = ?13, open_station = ?14, open_by = ?15,
    open_at = ?16 WHERE id = ?1 AND name = ?2";

/// A unit: its number in the tables, and its history folded.
#[derive(Debug, Clone)]
struct Unit {
    /// The place of the event that brought it into being; none while it is not on record.
    row: Option<Place>,
    /// Events in its history.
    events: u32,
    traveller: Arc<Traveller>,
}

/// The units that were met lately.
#[derive(Debug)]
pub(super) struct Units {
    recent: Recent<UnitId, Unit>,
}

impl Units {
    pub(super) fn new() -> Self {
        Self { recent: Recent::new(UNITS_KEPT_MOST) }
    }

    pub(super) fn clear(&mut self) {
        self.recent.clear();
    }

    /// The unit's history, folded; an unborn one where there is none.
    pub(super) fn traveller(&mut self, conn: &Connection, name: &UnitId) -> Result<Arc<Traveller>, Fault> {
        self.load(conn, name)?;
        Ok(self.recent.get(name).map_or_else(|| unborn(name), |unit| Arc::clone(&unit.traveller)))
    }

    /// Folds an event into its unit; the unit's number, where it is on record.
    pub(super) fn apply(&mut self, conn: &Connection, at: Place, event: &Event) -> Result<Option<Place>, Fault> {
        let Some(name) = &event.about.unit else { return Ok(None) };
        self.load(conn, name)?;
        let Some(unit) = self.recent.get_mut(name) else { return Ok(None) };
        if unit.row.is_none() && matches!(event.what, What::Refused(_)) {
            // A refusal brings no unit into being.
            return Ok(None);
        }
        let row = unit.row.unwrap_or(at);
        let is_new = unit.row.replace(row).is_none();
        unit.events = unit.events.saturating_add(1);
        Arc::make_mut(&mut unit.traveller).apply(event);
        conn.prepare_cached(ADD_TO_HISTORY)?.execute((row, at))?;
        if is_new {
            // At once, so that what names the unit finds it within the same transaction.
            write(conn, INSERT, name, unit)?;
        } else {
            self.recent.mark(name);
        }
        Ok(Some(row))
    }

    /// Writes the rows of the units that changed.
    pub(super) fn settle(&mut self, conn: &Connection) -> Result<(), Fault> {
        self.recent.settle(|name, unit| write(conn, UPDATE, name, unit))
    }

    /// Whether so many are remembered that they should be settled.
    pub(super) fn is_full(&self) -> bool {
        self.recent.is_full()
    }

    fn load(&mut self, conn: &Connection, name: &UnitId) -> Result<(), Fault> {
        if self.recent.get(name).is_none() {
            let row: Option<Place> = conn.prepare_cached(OF_NAME)?.query_row([name], |row| row.get(0)).optional()?;
            let unit = match row {
                Some(row) => fold(conn, row)?,
                None => Unit { row: None, events: 0, traveller: unborn(name) },
            };
            self.recent.put(name.clone(), unit);
        }
        Ok(())
    }
}

fn unborn(name: &UnitId) -> Arc<Traveller> {
    Arc::new(Traveller::unborn(name.clone()))
}

fn fold(conn: &Connection, row: Place) -> Result<Unit, Fault> {
    let mut traveller = Traveller::default();
    let mut events = 0_u32;
    let mut statement = conn.prepare_cached(HISTORY)?;
    let mut rows = statement.query([row])?;
    while let Some(row) = rows.next()? {
        let (at, body): (Place, &str) = (row.get(0)?, row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        traveller.apply(&Event::read_outcome(body).map_err(|e| unreadable_event(at.seq(), &e))?);
        events = events.saturating_add(1);
    }
    Ok(Unit { row: Some(row), events, traveller: Arc::new(traveller) })
}

/// The row follows from the fold. The due step stands only where the unit is on its way.
fn write(conn: &Connection, sql: &str, name: &UnitId, unit: &Unit) -> Result<(), Fault> {
    let Some(row) = unit.row else { return Ok(()) };
    let t = &*unit.traveller;
    let state = t.state();
    let due = t.due.as_ref().filter(|_| is_on_its_way(state));
    let head = t.head.as_ref().and_then(|link| row.linked(link));
    conn.prepare_cached(sql)?.execute(rusqlite::params![
        row,
        name,
        t.route.as_ref().map(|(route, _)| route),
        t.route.as_ref().map(|(_, revision)| revision),
        state,
        due.map(|d| &d.step),
        due.map(|d| &d.station),
        purpose_word(t.purpose),
        t.order.as_ref().map(crate::domain::id::OrderId::as_str),
        t.started,
        t.changed,
        head,
        unit.events,
        t.open.as_ref().map(|o| &o.station),
        t.open.as_ref().and_then(|o| o.by.as_ref()),
        t.open.as_ref().map(|o| o.at),
    ])?;
    Ok(())
}

fn is_on_its_way(state: State) -> bool {
    matches!(state, State::InProcess | State::Held | State::Nonconforming)
}

fn purpose_word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Production => "production",
        Purpose::FirstArticle => "first-article",
        Purpose::Trial => "trial",
        Purpose::Golden => "golden",
        Purpose::Training => "training",
    }
}

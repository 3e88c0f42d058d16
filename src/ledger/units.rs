//! Units: their histories folded, remembered, and written as rows.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use super::named::{self, Own, link_to, place_of};
use super::place::Place;
use super::recent::Recent;
use crate::app::port::Fault;
use crate::domain::causal::{History, Thread};
use crate::domain::event::{Event, Purpose};
use crate::domain::facts::Stand;
use crate::domain::id::UnitId;
use crate::domain::traveller::{Standing, State, Traveller};
use crate::domain::what::{UnitDispatched, What};

/// Units that are remembered between actions.
const UNITS_KEPT_MOST: usize = 256;

const OF_NAME: &str = "SELECT id FROM unit WHERE name = ?1";
/// Within one turn events come by their places; a new turn begins where another stream goes on before them.
const HISTORY: &str = "SELECT event.id, event.body, event.hash, unit_event.turn
    FROM unit_event JOIN event ON event.id = unit_event.event
    WHERE unit_event.unit = ?1 ORDER BY unit_event.turn, unit_event.event";
/// What a hold changes of a row, whatever lies beneath it.
const HOLD: &str = "UPDATE unit SET held = 1, head = ?2, changed = ?3, events = events + 1,
    state = CASE WHEN state IN ('scrapped', 'dispatched', 'merged') THEN state ELSE 'held' END WHERE id = ?1";
const STAND: &str = "SELECT route, revision, work_order, purpose, state, held, head, pieces FROM unit WHERE name = ?1";
/// What a shipment's leaving changes of a row.
const DISPATCH: &str = "UPDATE unit SET head = ?2, changed = ?3, events = events + 1, state = 'dispatched',
    step = NULL, station = NULL, shipment = ?4 WHERE id = ?1";
const ADD_TO_HISTORY: &str = "INSERT INTO unit_event (unit, event, turn) VALUES (?1, ?2, ?3)";
const ADD_LAST: &str = "INSERT INTO unit_event (unit, event, turn)
    SELECT ?1, ?2, coalesce(max(turn), 0) FROM unit_event WHERE unit = ?1";
/// What goes with a unit that is made anew, its row last.
pub(super) const FORGET: [&str; 10] = [
    "DELETE FROM step_result WHERE event IN (SELECT event FROM unit_event WHERE unit = ?1)",
    "DELETE FROM check_result WHERE event IN (SELECT event FROM unit_event WHERE unit = ?1)",
    "DELETE FROM waived WHERE event IN (SELECT event FROM unit_event WHERE unit = ?1)",
    "DELETE FROM overridden WHERE event IN (SELECT event FROM unit_event WHERE unit = ?1)",
    "DELETE FROM material WHERE unit = ?1",
    "DELETE FROM descent WHERE unit = ?1",
    "DELETE FROM tag WHERE unit = ?1",
    "DELETE FROM hold WHERE unit = ?1",
    "DELETE FROM unit_event WHERE unit = ?1",
    "DELETE FROM unit WHERE id = ?1",
];
const INSERT: &str = "INSERT INTO unit (id, name, route, revision, state, step, station, purpose, work_order, started,
    changed, head, events, open_station, open_by, open_at, held, carton, shipment, pieces)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";
const UPDATE: &str = "UPDATE unit SET route = ?3, revision = ?4, state = ?5, step = ?6, station = ?7, purpose = ?8,
    work_order = ?9, started = ?10, changed = ?11, head = ?12, events = ?13, open_station = ?14, open_by = ?15,
    open_at = ?16, held = ?17, carton = ?18, shipment = ?19, pieces = ?20 WHERE id = ?1 AND name = ?2";

/// A unit: its number in the tables, and its history folded.
#[derive(Debug, Clone)]
struct Unit {
    /// The place of the event that brought it into being; none while it is not on record.
    row: Option<Place>,
    /// Events in its history.
    events: u32,
    /// The last of them, and its turn.
    last: (u32, Place),
    traveller: Arc<Traveller>,
}

/// The units that were met lately.
#[derive(Debug)]
pub(super) struct Units {
    own: Option<Own>,
    recent: Recent<UnitId, Unit>,
}

impl Units {
    pub(super) fn new(own: Option<Own>) -> Self {
        Self { own, recent: Recent::new(UNITS_KEPT_MOST) }
    }

    pub(super) fn clear(&mut self) {
        self.recent.clear();
    }

    /// The unit's history, folded; an unborn one where there is none.
    pub(super) fn traveller(&mut self, conn: &Connection, name: &UnitId) -> Result<Arc<Traveller>, Fault> {
        self.load(conn, name)?;
        Ok(self.recent.get(name).map_or_else(|| unborn(name), |unit| Arc::clone(&unit.traveller)))
    }

    /// Whether an event goes on where the unit's history ends, and nothing in that is broken.
    pub(super) fn goes_on(&mut self, conn: &Connection, name: &UnitId, event: &Event) -> Result<bool, Fault> {
        let thread = Thread::of(event);
        if self.recent.get(name).is_none()
            && is_slim(&event.what)
            && let Some(stand) = stored_stand(conn, self.own.as_ref(), name)?.filter(|stand| !stand.held)
        {
            return Ok(thread.goes_on_at(Some(&stand.head)));
        }
        let unit = self.traveller(conn, name)?;
        Ok(unit.breaks.is_empty() && thread.goes_on_at(unit.head.as_ref()))
    }

    /// Folds an event into its unit; the unit's number, where it is on record.
    pub(super) fn apply(&mut self, conn: &Connection, at: Place, event: &Event) -> Result<Option<Place>, Fault> {
        let Some(name) = &event.about.unit else { return Ok(None) };
        if event.about.saw.is_none()
            && self.recent.get(name).is_none()
            && let Some(row) = slim(conn, name, at, event)?
        {
            return Ok(Some(row));
        }
        self.load(conn, name)?;
        let Some(unit) = self.recent.get_mut(name) else { return Ok(None) };
        if unit.row.is_none() && matches!(event.what, What::Refused(_)) {
            // A refusal brings no unit into being.
            return Ok(None);
        }
        let row = unit.row.unwrap_or(at);
        let is_new = unit.row.replace(row).is_none();
        unit.events = unit.events.saturating_add(1);
        let turn = unit.last.0.saturating_add(u32::from(at < unit.last.1));
        unit.last = (turn, at);
        Arc::make_mut(&mut unit.traveller).apply(event);
        conn.prepare_cached(ADD_TO_HISTORY)?.execute((row, at, turn))?;
        if is_new {
            // At once, so that what names the unit finds it within the same transaction.
            write(conn, self.own.as_ref(), INSERT, name, unit)?;
        } else {
            self.recent.mark(name);
        }
        Ok(Some(row))
    }

    /// A unit's standing without its history; none where it is not on record.
    pub(super) fn stand(&mut self, conn: &Connection, name: &UnitId, of: &str) -> Result<Option<Stand>, Fault> {
        if self.recent.get(name).is_none() {
            match stored_stand(conn, self.own.as_ref(), name)? {
                // What it is held for is told by its history.
                Some(stand) if stand.held => {}
                stand => return Ok(stand),
            }
        }
        Ok(stand(&*self.traveller(conn, name)?, of))
    }

    /// Writes the rows of the units that changed.
    pub(super) fn settle(&mut self, conn: &Connection) -> Result<(), Fault> {
        let own = self.own.as_ref();
        self.recent.settle(|name, unit| write(conn, own, UPDATE, name, unit))
    }

    /// Removes all that the tables say of a unit, to make it anew.
    pub(super) fn forget(&mut self, conn: &Connection, name: &UnitId) -> Result<(), Fault> {
        self.recent.forget(name);
        if let Some(row) = row_of(conn, name)? {
            for sql in FORGET {
                conn.prepare_cached(sql)?.execute([row])?;
            }
        }
        Ok(())
    }

    /// Takes note of what is broken in the history of a unit that was made anew.
    pub(super) fn look_for_breaks(&mut self, name: &UnitId, history: &[Thread]) {
        if let Some(unit) = self.recent.get_mut(name) {
            Arc::make_mut(&mut unit.traveller).look_for_breaks(history);
            self.recent.mark(name);
        }
    }

    /// Whether so many are remembered that they should be settled.
    pub(super) fn is_full(&self) -> bool {
        self.recent.is_full()
    }

    fn load(&mut self, conn: &Connection, name: &UnitId) -> Result<(), Fault> {
        if self.recent.get(name).is_none() {
            let unit = match row_of(conn, name)? {
                Some(row) => fold(conn, self.own.as_ref(), row)?,
                None => Unit { row: None, events: 0, last: (0, Place::START), traveller: unborn(name) },
            };
            self.recent.put(name.clone(), unit);
        }
        Ok(())
    }
}

/// Holds or dispatches a unit whose history nobody needs: hundreds of thousands are held in one action, and thousands
/// leave. The row is the one that the fold would give.
#[expect(clippy::wildcard_enum_match_arm, reason = "two kinds come in thousands")]
fn slim(conn: &Connection, name: &UnitId, at: Place, event: &Event) -> Result<Option<Place>, Fault> {
    match &event.what {
        What::UnitHeld(_) => {
            let Some(row) = row_of(conn, name)? else { return Ok(None) };
            conn.prepare_cached(ADD_LAST)?.execute((row, at))?;
            conn.prepare_cached(HOLD)?.execute((row, at, event.stamp.at))?;
            Ok(Some(row))
        }
        What::UnitDispatched(UnitDispatched { shipment: Some(shipment), .. }) => {
            let Some(row) = row_of(conn, name)? else { return Ok(None) };
            conn.prepare_cached(ADD_LAST)?.execute((row, at))?;
            conn.prepare_cached(DISPATCH)?.execute((row, at, event.stamp.at, shipment))?;
            Ok(Some(row))
        }
        _ => Ok(None),
    }
}

/// Whether a kind of event comes in thousands.
fn is_slim(what: &What) -> bool {
    matches!(what, What::UnitHeld(_) | What::UnitDispatched(UnitDispatched { shipment: Some(_), .. }))
}

fn row_of(conn: &Connection, name: &UnitId) -> rusqlite::Result<Option<Place>> {
    conn.prepare_cached(OF_NAME)?.query_row([name], |row| row.get(0)).optional()
}

fn stand(t: &Traveller, of: &str) -> Option<Stand> {
    let (route, revision) = t.route.clone()?;
    Some(Stand {
        unit: t.unit.clone()?,
        route,
        revision,
        order: t.order.clone(),
        purpose: t.purpose,
        pieces: t.pieces(),
        state: t.state(),
        held: t.is_held(),
        held_of: t.is_held_of(of),
        head: t.head.clone()?,
    })
}

fn stored_stand(conn: &Connection, own: Option<&Own>, name: &UnitId) -> Result<Option<Stand>, Fault> {
    let mut statement = conn.prepare_cached(STAND)?;
    let mut rows = statement.query([name])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let head: Option<Place> = row.get(6)?;
    let (Some(route), Some(revision), Some(head)) = (row.get(0)?, row.get(1)?, head) else { return Ok(None) };
    Ok(Some(Stand {
        unit: name.clone(),
        route,
        revision,
        order: row.get(2)?,
        purpose: purpose_of(&row.get::<_, String>(3)?),
        pieces: row.get(7)?,
        state: row.get(4)?,
        held: row.get(5)?,
        held_of: false,
        head: link_to(conn, own, head)?,
    }))
}

fn unborn(name: &UnitId) -> Arc<Traveller> {
    Arc::new(Traveller::unborn(name.clone()))
}

fn fold(conn: &Connection, own: Option<&Own>, row: Place) -> Result<Unit, Fault> {
    let mut unit = Unit { row: Some(row), events: 0, last: (0, Place::START), traveller: Arc::default() };
    let mut statement = conn.prepare_cached(HISTORY)?;
    let mut rows = statement.query([row])?;
    let mut history = History::new(Traveller::default());
    while let Some(row) = rows.next()? {
        let (at, hash): (Place, _) = (row.get(0)?, named::hash_in(row, 2)?);
        let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        history.apply(&named::read(conn, own, at, body, hash)?);
        unit.events = unit.events.saturating_add(1);
        unit.last = (row.get(3)?, at);
    }
    unit.traveller = Arc::new(history.told());
    Ok(unit)
}

/// The row follows from the fold. The due step stands only where the unit is on its way.
fn write(conn: &Connection, own: Option<&Own>, sql: &str, name: &UnitId, unit: &Unit) -> Result<(), Fault> {
    let Some(row) = unit.row else { return Ok(()) };
    let t = &*unit.traveller;
    let state = t.state();
    let due = t.due.as_ref().filter(|_| is_on_its_way(state) && t.standing != Standing::Complete);
    let head = t.head.as_ref().map_or(Ok(None), |link| place_of(conn, own, link))?;
    conn.prepare_cached(sql)?.execute(rusqlite::params![
        row,
        name,
        t.route.as_ref().map(|(route, _)| route),
        t.route.as_ref().map(|(_, revision)| revision),
        state,
        due.map(|d| &d.step),
        due.map(|d| &d.station),
        t.purpose.word(),
        &t.order,
        t.started,
        t.changed,
        head,
        unit.events,
        t.open.as_ref().map(|o| &o.station),
        t.open.as_ref().and_then(|o| o.by.as_ref()),
        t.open.as_ref().map(|o| o.at),
        t.is_held(),
        &t.packed.carton,
        &t.packed.shipment,
        t.pieces(),
    ])?;
    Ok(())
}

fn is_on_its_way(state: State) -> bool {
    matches!(state, State::InProcess | State::Held | State::Nonconforming)
}

const PURPOSES: [Purpose; 5] =
    [Purpose::Production, Purpose::FirstArticle, Purpose::Trial, Purpose::Golden, Purpose::Training];

/// The purpose of a stored row.
pub(super) fn purpose_of(word: &str) -> Purpose {
    PURPOSES.into_iter().find(|p| p.word() == word).unwrap_or_default()
}

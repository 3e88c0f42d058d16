//! Units: their histories folded, remembered, and written as rows.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _};

use super::fault::unreadable_event;
use super::place::Place;
use super::recent::Recent;
use crate::app::port::Fault;
use crate::domain::event::{Event, Link, Purpose};
use crate::domain::facts::Stand;
use crate::domain::id::UnitId;
use crate::domain::traveller::{Standing, State, Traveller};
use crate::domain::what::What;

/// Units that are remembered between actions.
const UNITS_KEPT_MOST: usize = 256;

const OF_NAME: &str = "SELECT id FROM unit WHERE name = ?1";
const HISTORY: &str = "SELECT event.id, event.body FROM unit_event JOIN event ON event.id = unit_event.event
    WHERE unit_event.unit = ?1 ORDER BY unit_event.event";
/// What a hold changes of a row, whatever lies beneath it.
const HOLD: &str = "UPDATE unit SET held = 1, head = ?2, changed = ?3, events = events + 1,
    state = CASE WHEN state IN ('scrapped', 'dispatched') THEN state ELSE 'held' END WHERE id = ?1";
const STAND: &str = "SELECT route, revision, work_order, purpose, state, held, head FROM unit WHERE name = ?1";
const ADD_TO_HISTORY: &str = "INSERT INTO unit_event (unit, event) VALUES (?1, ?2)";
const INSERT: &str = "INSERT INTO unit (id, name, route, revision, state, step, station, purpose, work_order, started,
    changed, head, events, open_station, open_by, open_at, held)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
const UPDATE: &str = "UPDATE unit SET route = ?3, revision = ?4, state = ?5, step = ?6, station = ?7, purpose = ?8,
    work_order = ?9, started = ?10, changed = ?11, head = ?12, events = ?13, open_station = ?14, open_by = ?15,
    open_at = ?16, held = ?17 WHERE id = ?1 AND name = ?2";

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
        if matches!(event.what, What::UnitHeld(_))
            && event.about.saw.is_none()
            && self.recent.get(name).is_none()
            && let Some(row) = row_of(conn, name)?
        {
            hold(conn, row, at, event)?;
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

    /// A unit's standing without its history; none where it is not on record.
    pub(super) fn stand(&mut self, conn: &Connection, name: &UnitId, of: &str) -> Result<Option<Stand>, Fault> {
        if self.recent.get(name).is_none() {
            match stored_stand(conn, name)? {
                // What it is held for is told by its history.
                Some(stand) if stand.held => {}
                stand => return Ok(stand),
            }
        }
        Ok(stand(&*self.traveller(conn, name)?, of))
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
            let unit = match row_of(conn, name)? {
                Some(row) => fold(conn, row)?,
                None => Unit { row: None, events: 0, traveller: unborn(name) },
            };
            self.recent.put(name.clone(), unit);
        }
        Ok(())
    }
}

/// Holds a unit whose history nobody needs: hundreds of thousands are held in one action. The row is the one that
/// the fold would give.
fn hold(conn: &Connection, row: Place, at: Place, event: &Event) -> Result<(), Fault> {
    let head = row.linked(&Link::Here(at.seq()));
    conn.prepare_cached(ADD_TO_HISTORY)?.execute((row, at))?;
    conn.prepare_cached(HOLD)?.execute((row, head, event.stamp.at))?;
    Ok(())
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
        state: t.state(),
        held: t.is_held(),
        held_of: t.is_held_of(of),
        head: t.head.clone()?,
    })
}

fn stored_stand(conn: &Connection, name: &UnitId) -> Result<Option<Stand>, Fault> {
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
        state: row.get(4)?,
        held: row.get(5)?,
        held_of: false,
        head: Link::Here(head.seq()),
    }))
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
    let due = t.due.as_ref().filter(|_| is_on_its_way(state) && t.standing != Standing::Complete);
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
        &t.order,
        t.started,
        t.changed,
        head,
        unit.events,
        t.open.as_ref().map(|o| &o.station),
        t.open.as_ref().and_then(|o| o.by.as_ref()),
        t.open.as_ref().map(|o| o.at),
        t.is_held(),
    ])?;
    Ok(())
}

fn is_on_its_way(state: State) -> bool {
    matches!(state, State::InProcess | State::Held | State::Nonconforming)
}

const PURPOSES: [(Purpose, &str); 5] = [
    (Purpose::Production, "production"),
    (Purpose::FirstArticle, "first-article"),
    (Purpose::Trial, "trial"),
    (Purpose::Golden, "golden"),
    (Purpose::Training, "training"),
];

fn purpose_word(purpose: Purpose) -> &'static str {
    PURPOSES.iter().find(|(p, _)| *p == purpose).map_or("production", |(_, word)| word)
}

fn purpose_of(word: &str) -> Purpose {
    PURPOSES.iter().find(|(_, w)| *w == word).map_or(Purpose::Production, |(p, _)| *p)
}

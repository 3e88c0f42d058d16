//! Taking in events of streams that this ledger only holds copies of, in whatever order the streams come.
//!
//! A subject of which one stream tells is folded as the events come: they come in their order. One of which several
//! tell is made anew from all of its events in the order of [`causal`]: so the tables are the same however the streams
//! arrived. Which events those are, `subject_event` says. A unit whose history is broken, or breaks, is made anew too:
//! what is broken shows only in all of it.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension as _};

use super::fault::unreadable_event;
use super::named::{self, Own};
use super::place::Place;
use super::projector::Projector;
use super::subject::{Only, Subject, subjects};
use crate::app::port::Fault;
use crate::domain::causal::{self, Knot, Thread};
use crate::domain::event::{Event, EventRef, Link};
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::what::LedgerCreated;

/// Subjects whose only stream is remembered.
const ALONE_MOST: usize = 20_000;

const ADD: &str = "INSERT INTO subject_event (kind, name, event) VALUES (?1, ?2, ?3)";
const STREAMS_OF: &str =
    "SELECT (SELECT event FROM subject_event WHERE kind = ?1 AND name = ?2 ORDER BY event LIMIT 1),
    (SELECT event FROM subject_event WHERE kind = ?1 AND name = ?2 ORDER BY event DESC LIMIT 1)";
const EVENTS_OF: &str = "SELECT event.id, event.body FROM subject_event JOIN event ON event.id = subject_event.event
    WHERE kind = ?1 AND name = ?2 ORDER BY subject_event.event";
const EVENT: &str = "SELECT body, hash FROM event WHERE id = ?1";

/// Takes in events of several streams.
#[derive(Debug)]
pub(super) struct Intake {
    own: Option<Own>,
    projector: Projector,
    /// Subjects of which one stream is known to tell alone.
    alone: HashMap<Subject, u32>,
    /// Subjects that are to be made anew.
    several: BTreeSet<Subject>,
}

impl Intake {
    pub(super) fn new(own: Option<Own>) -> Self {
        let projector = Projector::new(own.clone());
        Self { own, projector, alone: HashMap::new(), several: BTreeSet::new() }
    }

    /// Forgets everything, what is not settled too.
    pub(super) fn clear(&mut self) {
        self.projector.clear();
        self.alone.clear();
        self.several.clear();
    }

    /// Forgets what is remembered of the tables. What is to be made anew still is: that takes nothing but the log.
    pub(super) fn forget(&mut self) {
        self.projector.clear();
        self.alone.clear();
    }

    /// Takes in one event, as this ledger calls it, which stands in the log already.
    pub(super) fn apply(&mut self, conn: &Connection, at: Place, event: &Event) -> Result<(), Fault> {
        for subject in subjects(event) {
            let (kind, name) = (subject.kind(), subject.name());
            if !self.several.contains(&subject) && !self.is_alone(conn, &subject, &name, at, event)? {
                self.alone.remove(&subject);
                self.several.insert(subject);
            }
            conn.prepare_cached(ADD)?.execute((kind, &name, at))?;
        }
        self.projector.apply_to(conn, at, event, Only::But(&self.several))
    }

    /// Whether the stream of an event is the only one that tells of a subject, without a break in it.
    fn is_alone(
        &mut self,
        conn: &Connection,
        subject: &Subject,
        name: &str,
        at: Place,
        event: &Event,
    ) -> Result<bool, Fault> {
        if let Subject::Unit(unit) = subject
            && !self.projector.units.goes_on(conn, unit, event)?
        {
            return Ok(false);
        }
        if let Some(stream) = self.alone.get(subject) {
            return Ok(*stream == at.stream());
        }
        let mut statement = conn.prepare_cached(STREAMS_OF)?;
        let (first, last): (Option<Place>, Option<Place>) =
            statement.query_row((subject.kind(), name), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let is_it = |place: Option<Place>| place.is_none_or(|place| place.stream() == at.stream());
        let is_alone = is_it(first) && is_it(last);
        if is_alone {
            if self.alone.len() >= ALONE_MOST {
                self.alone.clear();
            }
            self.alone.insert(subject.clone(), at.stream());
        }
        Ok(is_alone)
    }

    /// Writes what waits to be written of the subjects that are folded as they come.
    pub(super) fn settle(&mut self, conn: &Connection) -> Result<(), Fault> {
        self.projector.settle(conn)
    }

    /// Makes anew what is to be made anew, and writes everything.
    pub(super) fn finish(&mut self, conn: &Connection) -> Result<(), Fault> {
        self.projector.settle(conn)?;
        if self.several.is_empty() {
            return Ok(());
        }
        let lineage = Lineage::load(conn)?;
        for subject in std::mem::take(&mut self.several) {
            self.anew(conn, &lineage, &subject)?;
        }
        self.projector.settle(conn)
    }

    fn anew(&mut self, conn: &Connection, lineage: &Lineage, subject: &Subject) -> Result<(), Fault> {
        self.projector.forget(conn, subject)?;
        let places = lineage.order(conn, subject)?;
        let mut threads = Vec::new();
        for place in places {
            let mut statement = conn.prepare_cached(EVENT)?;
            let (body, hash): (String, _) =
                statement.query_row([place], |row| Ok((row.get(0)?, named::hash_in(row, 1)?)))?;
            let event = named::read(conn, self.own.as_ref(), place, &body, hash)?;
            self.projector.apply_to(conn, place, &event, Only::Just(subject))?;
            if matches!(subject, Subject::Unit(_)) {
                threads.push(Thread::of(&event));
            }
        }
        if let Subject::Unit(unit) = subject {
            self.projector.units.look_for_breaks(unit, &threads);
        }
        Ok(())
    }

    /// Takes in an event of the own stream, which knew of all that the others told: only once that is finished.
    pub(super) fn apply_own(&mut self, conn: &Connection, at: Place, event: &Event) -> Result<(), Fault> {
        self.projector.apply(conn, at, event)
    }
}

/// The events of other streams that tell of a subject, in their order.
pub(super) fn places_of(conn: &Connection, subject: &Subject) -> Result<Vec<Place>, Fault> {
    Lineage::load(conn)?.order(conn, subject)
}

/// The streams, by terminal and epoch, and the event that each was begun after.
struct Lineage {
    ids: Vec<(TerminalId, Epoch, u32)>,
    begun_after: Vec<Option<(usize, u64)>>,
}

impl Lineage {
    fn load(conn: &Connection) -> Result<Self, Fault> {
        let mut statement = conn.prepare("SELECT terminal, epoch, id FROM stream")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut ids: Vec<(TerminalId, Epoch, u32)> = rows.collect::<rusqlite::Result<_>>()?;
        ids.sort();
        let mut lineage = Self { ids, begun_after: Vec::new() };
        for (.., id) in &lineage.ids {
            let begun_after = begun_after(conn, *id)?.and_then(|after| lineage.known(&after));
            lineage.begun_after.push(begun_after);
        }
        Ok(lineage)
    }

    fn known(&self, EventRef(terminal, epoch, seq, _hash): &EventRef) -> Option<(usize, u64)> {
        let at = self.ids.iter().position(|(t, e, _)| (t, e) == (terminal, epoch))?;
        Some((at, *seq))
    }

    /// The events of a subject in their order.
    fn order(&self, conn: &Connection, subject: &Subject) -> Result<Vec<Place>, Fault> {
        let (mut places, mut knots) = (Vec::new(), Vec::new());
        let mut statement = conn.prepare_cached(EVENTS_OF)?;
        let mut rows = statement.query((subject.kind(), subject.name()))?;
        while let Some(row) = rows.next()? {
            let place: Place = row.get(0)?;
            let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            let event = Event::read_outcome(body).map_err(|e| unreadable_event(place.seq(), &e))?;
            let after =
                event.names().filter_map(|link| if let Link::There(there) = link { self.known(there) } else { None });
            let stream = self.ids.iter().position(|(.., id)| *id == place.stream()).unwrap_or(self.ids.len());
            knots.push(Knot { stream, seq: place.seq(), after: after.collect() });
            places.push(place);
        }
        let ordered = causal::order(&knots, &self.begun_after);
        Ok(ordered.into_iter().filter_map(|at| places.get(at).copied()).collect())
    }
}

/// The event that a stream was begun after.
pub(super) fn begun_after(conn: &Connection, stream: u32) -> Result<Option<EventRef>, Fault> {
    Ok(beginning(conn, stream)?.and_then(|created| created.after))
}

/// How a stream began.
pub(super) fn beginning(conn: &Connection, stream: u32) -> Result<Option<LedgerCreated>, Fault> {
    let mut statement = conn.prepare_cached("SELECT body FROM event WHERE id = ?1")?;
    let body: Option<String> = statement.query_row([Place::new(stream, 1)], |row| row.get(0)).optional()?;
    let event = body.as_deref().map(Event::read_outcome).transpose().map_err(|e| unreadable_event(1, &e))?;
    Ok(event.and_then(|event| event.what.beginning()))
}

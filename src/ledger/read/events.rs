//! The log itself: events with their exact bytes, in the order in which they were recorded.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension as _, Row};

use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::id::{Epoch, TerminalId, UnitId};
use crate::domain::time::At;
use crate::ledger::chain::Hash;
use crate::ledger::fault::unreadable_event;
use crate::ledger::named::{self, Own};
use crate::ledger::place::Place;
use crate::ledger::reader::{PAGE_ROWS_MOST, Reader, Stream};

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Where; also the key to page by.
    pub place: Place,
    /// The exact text that was hashed.
    pub body: String,
    /// The hash stored with it.
    pub hash: Hash,
}

impl Stored {
    /// The event, read whole.
    pub fn event(&self) -> Result<Event, Fault> {
        Event::read(&self.body).map_err(|e| unreadable_event(self.place.seq(), &e))
    }

    /// The event without its cause, for folds.
    pub fn outcome(&self) -> Result<Event, Fault> {
        Event::read_outcome(&self.body).map_err(|e| unreadable_event(self.place.seq(), &e))
    }

    /// The event without its cause, as a ledger calls it that appends to that stream, and what it names.
    pub(in crate::ledger) fn named(&self, reader: &Reader, own: Option<&Own>) -> Result<Event, Fault> {
        named::read(&reader.conn, own, self.place, &self.body, self.hash)
    }

    pub(in crate::ledger) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { place: row.get(0)?, body: row.get(1)?, hash: row.get(2)? })
    }
}

/// Which part of a log to go through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Everything.
    All,
    /// What was recorded from a moment on: from the first event of each stream that is not earlier. A clock that was
    /// set back later leaves nothing out, since the order is the ledger's and not the clock's.
    Since(At),
    /// What was recorded from one moment to before another: from the first event of each stream that is not earlier
    /// than the one, to before the first that is not earlier than the other.
    Between(At, At),
    /// What concerns one unit.
    Unit(UnitId),
}

impl Reader {
    /// An event by its names.
    pub fn event(&self, terminal: &TerminalId, epoch: &Epoch, seq: u64) -> Result<Option<Stored>, Fault> {
        match self.place(terminal, epoch, seq)? {
            Some(place) => self.event_at(place),
            None => Ok(None),
        }
    }

    /// An event by its place.
    pub fn event_at(&self, place: Place) -> Result<Option<Stored>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT id, body, hash FROM event WHERE id = ?1")?;
        Ok(statement.query_row([place], Stored::of).optional()?)
    }

    /// Everything that the action of an event recorded, without what it was decided on.
    pub fn action_of(&self, event: &Event) -> Result<Vec<Event>, Fault> {
        let stamp = &event.stamp;
        let mut found = Vec::new();
        let Some(first) = self.place(&stamp.terminal, &stamp.epoch, stamp.act.saturating_sub(1))? else {
            return Ok(found);
        };
        let mut after = first;
        loop {
            let page = self.events_after(after, PAGE_ROWS_MOST)?;
            let Some(last) = page.last() else { return Ok(found) };
            after = last.place;
            for stored in page {
                let event = stored.outcome()?;
                if stored.place.stream() != first.stream() || event.stamp.act != stamp.act {
                    return Ok(found);
                }
                found.push(event);
            }
        }
    }

    /// The events that follow a place, at most so many.
    pub fn events_after(&self, place: Place, limit: u32) -> Result<Vec<Stored>, Fault> {
        self.page("SELECT id, body, hash FROM event WHERE id > ?1 ORDER BY id LIMIT ?2", (place, capped(limit)))
    }

    /// The events before a place, latest first; before the end where none is named.
    pub fn events_before(&self, place: Option<Place>, limit: u32) -> Result<Vec<Stored>, Fault> {
        let before = place.map_or(i64::MAX, Place::row);
        self.page("SELECT id, body, hash FROM event WHERE id < ?1 ORDER BY id DESC LIMIT ?2", (before, capped(limit)))
    }

    /// Everything recorded about a unit, in order; nothing for one that is not on record.
    pub fn history(&self, unit: &UnitId) -> Result<Vec<Stored>, Fault> {
        self.page(
            "SELECT event.id, event.body, event.hash FROM unit
            JOIN unit_event ON unit_event.unit = unit.id JOIN event ON event.id = unit_event.event
            WHERE unit.name = ?1 ORDER BY unit_event.turn, unit_event.event",
            [unit],
        )
    }

    /// Goes through a part of the log, page by page: between two pages nothing is locked, so that a slow reader
    /// hinders nobody.
    pub fn each_event(
        &self,
        which: &Which,
        mut visit: impl FnMut(Stored) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<(), Fault> {
        match which {
            Which::Unit(unit) => {
                for stored in self.history(unit)? {
                    if visit(stored)?.is_break() {
                        break;
                    }
                }
                Ok(())
            }
            Which::All => self.walk(Place::START, i64::MAX, &mut visit).map(|_flow| ()),
            Which::Since(from) => self.walk_between(*from, None, &mut visit),
            Which::Between(from, to) => self.walk_between(*from, Some(*to), &mut visit),
        }
    }

    fn walk_between(
        &self,
        from: At,
        to: Option<At>,
        visit: &mut impl FnMut(Stored) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<(), Fault> {
        for stream in self.streams()? {
            let before = self.before(&stream, from)?;
            let last = to.map_or(Ok(Place::new(stream.id, stream.seq)), |to| self.before(&stream, to))?;
            let (Some(before), Some(last)) = (before, last.map(Place::row)) else { continue };
            if self.walk(before, last, visit)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn walk(
        &self,
        mut after: Place,
        last: i64,
        visit: &mut impl FnMut(Stored) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<ControlFlow<()>, Fault> {
        loop {
            let page: Vec<Stored> = self.page(
                "SELECT id, body, hash FROM event WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3",
                (after, last, PAGE_ROWS_MOST),
            )?;
            let Some(end) = page.last().map(|stored| stored.place) else { return Ok(ControlFlow::Continue(())) };
            for stored in page {
                if visit(stored)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            after = end;
        }
    }

    /// The place before the first event of a stream that is not earlier than a moment.
    pub fn before(&self, stream: &Stream, moment: At) -> Result<Option<Place>, Fault> {
        let (mut low, mut high) = (0, stream.seq);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let stored = Place::new(stream.id, middle).map(|place| self.event_at(place)).transpose()?.flatten();
            let is_earlier = match stored {
                Some(stored) => stored.outcome()?.stamp.at < moment,
                None => false,
            };
            if is_earlier { low = middle } else { high = middle - 1 }
        }
        Ok(Place::new(stream.id, low))
    }

    fn page(&self, sql: &str, of: impl rusqlite::Params) -> Result<Vec<Stored>, Fault> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map(of, Stored::of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// A page's size within the limit.
pub(super) fn capped(limit: u32) -> u32 {
    limit.clamp(1, PAGE_ROWS_MOST)
}

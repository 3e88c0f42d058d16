//! What events are called in this ledger: by the number alone in the stream that it appends to, in full in all others.

use std::collections::VecDeque;

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::chain::Hash;
use super::fault::unreadable_event;
use super::place::Place;
use super::tip::hash_at;
use crate::app::port::Fault;
use crate::domain::elsewhere::Stream;
use crate::domain::event::{Event, EventRef, Link};
use crate::domain::id::{Epoch, TerminalId};

/// The stream that a ledger appends to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    /// Its number in this file.
    pub(super) id: u32,
    /// Its names.
    pub(super) stream: Stream,
}

impl Own {
    /// The own stream; none in a ledger that only holds copies.
    pub(super) fn load(conn: &Connection) -> rusqlite::Result<Option<Self>> {
        conn.prepare_cached("SELECT id, terminal, epoch FROM stream WHERE own = 1 ORDER BY id DESC LIMIT 1")?
            .query_row([], |row| {
                Ok(Self { id: row.get(0)?, stream: Stream { terminal: row.get(1)?, epoch: row.get(2)? } })
            })
            .optional()
    }
}

/// The hash in a column. One that is damaged fits no name; that it is damaged is for the proof to say.
pub(super) fn hash_in(row: &Row<'_>, column: usize) -> rusqlite::Result<Hash> {
    Ok(row.get_ref(column)?.as_blob().ok().and_then(Hash::from_bytes).unwrap_or(Hash::ZERO))
}

/// An event without its cause, for folds, as this ledger calls it and what it names.
pub(super) fn read(conn: &Connection, own: Option<&Own>, place: Place, body: &str, hash: Hash) -> Result<Event, Fault> {
    called(conn, (own, &Lately::default()), place, outcome(place, body)?, hash)
}

/// An event without its cause, as it was recorded.
pub(super) fn outcome(place: Place, body: &str) -> Result<Event, Fault> {
    Event::read_outcome(body).map_err(|e| unreadable_event(place.seq(), &e))
}

/// Goes through the events that a query finds, without their causes.
pub(super) fn each_outcome(
    conn: &Connection,
    sql: &str,
    mut visit: impl FnMut(Place, &Event) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut statement = conn.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (place, body): (Place, String) = (row.get(0)?, row.get(1)?);
        visit(place, &outcome(place, &body)?)?;
    }
    Ok(())
}

/// Hashes of a stream that are remembered.
const LATELY_MOST: usize = 1_024;

/// The hashes of the events that came last, of one stream: what an event names is most often among them.
#[derive(Debug, Default)]
pub(super) struct Lately {
    last: Option<Place>,
    hashes: VecDeque<Hash>,
}

impl Lately {
    /// Remembers the event that comes now; where it does not follow the last one, nothing else.
    pub(super) fn note(&mut self, place: Place, hash: Hash) {
        let follows = self.last.is_some_and(|last| Place::new(last.stream(), last.seq() + 1) == Some(place));
        if !follows {
            self.hashes.clear();
        }
        if self.hashes.len() >= LATELY_MOST {
            self.hashes.pop_front();
        }
        self.hashes.push_back(hash);
        self.last = Some(place);
    }

    fn hash_at(&self, stream: u32, seq: u64) -> Option<Hash> {
        let last = self.last.filter(|last| last.stream() == stream)?;
        let back = usize::try_from(last.seq().checked_sub(seq)?).ok()?;
        self.hashes.iter().rev().nth(back).copied()
    }
}

/// An event as this ledger calls it, and what it names.
pub(super) fn called(
    conn: &Connection,
    (own, lately): (Option<&Own>, &Lately),
    place: Place,
    event: Event,
    hash: Hash,
) -> Result<Event, Fault> {
    if own.is_some_and(|own| own.id == place.stream()) {
        return Ok(event);
    }
    // An event that is not there has no hash: then nothing fits the name, which shows as a hole.
    let stored =
        |seq| lately.hash_at(place.stream(), seq).map_or_else(|| hash_at(conn, place.stream(), seq), |h| Ok(Some(h)));
    let hash_of = |seq| Ok(stored(seq)?.map(Hash::hex).unwrap_or_default());
    event.read_elsewhere(own.map(|own| &own.stream), hash.hex(), hash_of)
}

/// The place of the event that a link names; none where it is not in this ledger.
pub(super) fn place_of(conn: &Connection, own: Option<&Own>, link: &Link) -> Result<Option<Place>, Fault> {
    match link {
        Link::Here(seq) => Ok(own.and_then(|own| Place::new(own.id, *seq))),
        Link::There(EventRef(terminal, epoch, seq, hash)) => {
            let Some(stream) = stream_of(conn, terminal, epoch)? else { return Ok(None) };
            let is_it = hash_at(conn, stream, *seq)?.is_some_and(|found| found.hex() == *hash);
            Ok(Place::new(stream, *seq).filter(|_| is_it))
        }
    }
}

/// What the event at a place is called.
pub(super) fn link_to(conn: &Connection, own: Option<&Own>, place: Place) -> Result<Link, Fault> {
    if own.is_some_and(|own| own.id == place.stream()) {
        return Ok(Link::Here(place.seq()));
    }
    let mut statement = conn.prepare_cached("SELECT terminal, epoch FROM stream WHERE id = ?1")?;
    let names = statement.query_row([place.stream()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let gone = || unreadable_event(place.seq(), &"it is not in the log");
    let (terminal, epoch) = names.ok_or_else(gone)?;
    let hash = hash_at(conn, place.stream(), place.seq())?.ok_or_else(gone)?;
    Ok(Link::There(EventRef(terminal, epoch, place.seq(), hash.hex())))
}

fn stream_of(conn: &Connection, terminal: &TerminalId, epoch: &Epoch) -> rusqlite::Result<Option<u32>> {
    let mut statement = conn.prepare_cached("SELECT id FROM stream WHERE terminal = ?1 AND epoch = ?2")?;
    statement.query_row((terminal, epoch), |row| row.get(0)).optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_lately_is_known_and_nothing_else() {
        let at = |stream, seq| Place::new(stream, seq).unwrap();
        let hash = |seq: u64| Hash::of(&seq.to_be_bytes());
        let mut lately = Lately::default();
        let most = u64::try_from(LATELY_MOST).unwrap();
        for seq in 5..=most + 10 {
            lately.note(at(1, seq), hash(seq));
        }
        let known =
            |lately: &Lately| -> Vec<u64> { (0..most + 20).filter(|n| lately.hash_at(1, *n).is_some()).collect() };
        assert_eq!(known(&lately), (11..=most + 10).collect::<Vec<_>>());
        assert_eq!((lately.hash_at(1, 11), lately.hash_at(2, 11)), (Some(hash(11)), None));
        // Another event under a number that was undone.
        lately.note(at(1, 40), Hash::of(b"another"));
        assert_eq!((known(&lately), lately.hash_at(1, 40)), (vec![40], Some(Hash::of(b"another"))));
        lately.note(at(2, 41), hash(41));
        assert_eq!(known(&lately), Vec::<u64>::new());
    }
}

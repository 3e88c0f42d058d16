//! Events with the proof that they are what was recorded: the hash before each, and whether the two give its own. And
//! the end of each stream, and a chain computed anew, a stretch at a time.

use rusqlite::OptionalExtension as _;

use crate::app::port::Fault;
use crate::domain::id::UnitId;
use crate::ledger::chain::Hash;
use crate::ledger::place::Place;
use crate::ledger::read::events::Stored;
use crate::ledger::reader::{PAGE_ROWS_MOST, Reader, Stream};

/// An event as it is stored, and whether the chain holds there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The event.
    pub stored: Stored,
    /// The hash before it; none where that event is missing.
    pub previous: Option<Hash>,
}

impl Proven {
    /// Whether the text and the hash before it give the hash stored with it.
    pub fn holds(&self) -> bool {
        self.previous.is_some_and(|previous| Hash::after(previous, self.stored.body.as_bytes()) == self.stored.hash)
    }
}

/// Where a chain that is computed anew stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The last event that was looked at.
    pub seq: u64,
    /// The hash that was computed for it.
    pub hash: Hash,
}

impl Link {
    /// Before the first event of a stream.
    pub const START: Self = Self { seq: 0, hash: Hash::ZERO };
}

impl Reader {
    /// The last events of a unit, oldest first, at most so many; and how many came before these.
    pub fn history_end(&self, unit: &UnitId, limit: u32) -> Result<(Vec<Proven>, u32), Fault> {
        let _moment = self.moment()?;
        let mut statement = self.conn.prepare_cached(
            "SELECT event.id, event.body, event.hash FROM unit
            JOIN unit_event ON unit_event.unit = unit.id JOIN event ON event.id = unit_event.event
            WHERE unit.name = ?1 ORDER BY unit_event.turn DESC, unit_event.event DESC LIMIT ?2",
        )?;
        let rows = statement.query_map((unit, limit), Stored::of)?;
        let mut events: Vec<Stored> = rows.collect::<rusqlite::Result<_>>()?;
        events.reverse();
        let all = self.unit(unit)?.map_or(0, |row| row.events);
        let earlier = all.saturating_sub(u32::try_from(events.len()).unwrap_or(u32::MAX));
        let proven = events.into_iter().map(|stored| self.proven(stored)).collect::<Result<_, _>>()?;
        Ok((proven, earlier))
    }

    /// An event with the hash before it.
    pub fn proven(&self, stored: Stored) -> Result<Proven, Fault> {
        let (stream, seq) = (stored.place.stream(), stored.place.seq());
        let previous = match seq {
            0 => None,
            1 => Some(Hash::ZERO),
            _ => self.hash_at(Place::new(stream, seq - 1))?,
        };
        Ok(Proven { stored, previous })
    }

    /// Whether the last event of a stream is there and gives the hash that the stream has.
    pub fn end_holds(&self, stream: &Stream) -> Result<bool, Fault> {
        let place = Place::new(stream.id, stream.seq);
        let last = place.map(|place| self.event_at(place)).transpose()?.flatten();
        match last {
            None => Ok(stream.seq == 0),
            Some(stored) => {
                let proven = self.proven(stored)?;
                Ok(proven.stored.hash == stream.hash && proven.holds())
            }
        }
    }

    /// Computes the chain of a stream on from a link, a page of events. The link of the last one, or the number of the
    /// first event that does not follow; none at the end of the stream.
    pub fn chain_on(&self, stream: &Stream, from: Link) -> Result<Option<Result<Link, u64>>, Fault> {
        let (Some(after), Some(end)) = (Place::new(stream.id, from.seq), Place::new(stream.id, stream.seq)) else {
            return Ok(None);
        };
        let mut statement = self
            .conn
            .prepare_cached("SELECT id, body, hash FROM event WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3")?;
        let mut rows = statement.query((after, end, PAGE_ROWS_MOST))?;
        let mut link = from;
        while let Some(row) = rows.next()? {
            let (place, stored): (Place, Hash) = (row.get(0)?, row.get(2)?);
            let body = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            let hash = Hash::after(link.hash, body.as_bytes());
            if place.seq() != link.seq + 1 || hash != stored {
                return Ok(Some(Err(link.seq + 1)));
            }
            link = Link { seq: place.seq(), hash };
        }
        if link.seq == from.seq {
            return Ok((link.seq < stream.seq).then_some(Err(link.seq + 1)));
        }
        Ok(Some(Ok(link)))
    }

    fn hash_at(&self, place: Option<Place>) -> Result<Option<Hash>, Fault> {
        let mut statement = self.conn.prepare_cached("SELECT hash FROM event WHERE id = ?1")?;
        Ok(statement.query_row([place.map_or(0, Place::row)], |row| row.get(0)).optional()?)
    }
}

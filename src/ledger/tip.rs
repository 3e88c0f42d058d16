//! Where this ledger's own stream stands.

use rusqlite::{Connection, OptionalExtension as _};

use super::chain::Hash;
use super::head_file::Witnessed;
use super::named::Own;
use super::place::{Place, SEQ_MOST};
use crate::app::port::{Fault, Head};
use crate::domain::elsewhere::Stream;
use crate::domain::event::Stamp;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::time::{At, Clock};

/// The end of the stream that this ledger appends to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tip {
    /// The stream's number in this file.
    pub(super) stream: u32,
    /// The ledger's device.
    pub(super) terminal: TerminalId,
    /// The ledger's life.
    pub(super) epoch: Epoch,
    /// The last event.
    pub(super) seq: u64,
    /// Its hash.
    pub(super) hash: Hash,
    /// When it was recorded.
    pub(super) at: Option<At>,
    /// The newest moment of it that can be trusted, and the event of that.
    pub(super) trusted: Trusted,
}

/// The newest moment of a stream that can be trusted, and where its event is.
pub(super) type Trusted = Option<(At, Place)>;

/// That moment after an event; of two of one moment, the later event.
pub(super) fn trusted_after(before: Trusted, stamp: &Stamp, place: Place) -> Trusted {
    let is_newer = stamp.clock != Clock::Doubt && before.is_none_or(|(at, _)| at <= stamp.at);
    if is_newer { Some((stamp.at, place)) } else { before }
}

/// That moment as a stream's row has it.
pub(super) fn trusted_of(at: Option<At>, place: Option<Place>) -> Trusted {
    at.zip(place)
}

impl Tip {
    /// The own stream of a ledger; none in a ledger that only holds copies.
    pub(super) fn load(conn: &Connection) -> rusqlite::Result<Option<Self>> {
        conn.prepare_cached(
            "SELECT id, terminal, epoch, seq, hash, at, trusted_at, trusted FROM stream
            WHERE own = 1 ORDER BY id DESC LIMIT 1",
        )?
        .query_row([], |row| {
            Ok(Self {
                stream: row.get(0)?,
                terminal: row.get(1)?,
                epoch: row.get(2)?,
                seq: seq_of(row.get(3)?),
                hash: row.get(4)?,
                at: row.get(5)?,
                trusted: trusted_of(row.get(6)?, row.get(7)?),
            })
        })
        .optional()
    }

    /// Reads where the stream stands now: another process may have appended.
    pub(super) fn refresh(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        let mut statement =
            conn.prepare_cached("SELECT seq, hash, at, trusted_at, trusted FROM stream WHERE id = ?1")?;
        (self.seq, self.hash, self.at, self.trusted) = statement.query_row([self.stream], |row| {
            Ok((seq_of(row.get(0)?), row.get(1)?, row.get(2)?, trusted_of(row.get(3)?, row.get(4)?)))
        })?;
        Ok(())
    }

    /// Stores where the stream stands.
    pub(super) fn store(&self, conn: &Connection) -> rusqlite::Result<()> {
        conn.prepare_cached(
            "UPDATE stream SET seq = ?2, hash = ?3, at = ?4, trusted_at = ?5, trusted = ?6 WHERE id = ?1",
        )?
        .execute((
            self.stream,
            i64::try_from(self.seq).unwrap_or(i64::MAX),
            self.hash,
            self.at,
            self.trusted.map(|(at, _)| at),
            self.trusted.map(|(_, place)| place),
        ))?;
        Ok(())
    }

    /// Whether the stream's row fits the log: its last event is there, and none after it.
    pub(super) fn check_end(&self, conn: &Connection) -> Result<(), Fault> {
        let last: Option<Place> = conn.query_row(
            "SELECT max(id) FROM event WHERE id >= ?1 AND id <= ?2",
            (Place::new(self.stream, 0), Place::new(self.stream, SEQ_MOST)),
            |row| row.get(0),
        )?;
        let fits = last.map(Place::seq) == Some(self.seq) && hash_at(conn, self.stream, self.seq)? == Some(self.hash);
        if fits {
            return Ok(());
        }
        Err(Fault::new(
            format!("the ledger's head, {}, does not fit its last event", self.seq),
            "stop working here, call the lead, and run `traveller verify`",
        ))
    }

    /// The stream, as those who read events need it.
    pub(super) fn own(&self) -> Own {
        Own { id: self.stream, stream: Stream { terminal: self.terminal.clone(), epoch: self.epoch.clone() } }
    }

    /// What the head file is to see.
    pub(super) fn witnessed(&self) -> Witnessed {
        Witnessed { terminal: self.terminal.clone(), epoch: self.epoch.clone(), seq: self.seq, hash: self.hash }
    }

    /// What the app is told.
    pub(super) fn head(&self) -> Head {
        Head {
            terminal: self.terminal.clone(),
            epoch: self.epoch.clone(),
            seq: self.seq,
            hash: self.hash.hex(),
            at: self.at.max(self.trusted.map(|(at, _)| at)),
        }
    }
}

/// The hash of an event, where there is one of that number.
pub(super) fn hash_at(conn: &Connection, stream: u32, seq: u64) -> Result<Option<Hash>, Fault> {
    let Some(place) = Place::new(stream, seq) else { return Ok(None) };
    let mut statement = conn.prepare_cached("SELECT hash FROM event WHERE id = ?1")?;
    Ok(statement.query_row([place], |row| row.get(0)).optional()?)
}

/// A stored number of an event; one that cannot be is none.
pub(super) fn seq_of(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

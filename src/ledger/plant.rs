//! The ledger of a plant: copies of the streams of many terminals in one file, with the tables over all of them.
//!
//! It is of the same schema as any other ledger and appends to no stream of its own. An event is taken in exactly as it
//! was recorded, after the one before it, once; what it changes of the tables is written in the same transaction.

use rusqlite::Connection;

use super::birth::{Birth, Restored, begin_stream};
use super::chain::Hash;
use super::intake::{Intake, beginning};
use super::named::{Lately, called};
use super::place::Place;
use super::reader::{Reader, Stream};
use super::tip::trusted_after;
use crate::app::port::Fault;
use crate::domain::event::{Event, Unreadable};
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::what::{LedgerCreated, What};

/// A ledger of copies, open to add to them.
#[derive(Debug)]
pub struct Plant {
    pub(super) reader: Reader,
    pub(super) intake: Intake,
    /// The stream that is being taken in.
    stream: Option<Stream>,
    lately: Lately,
    begun: bool,
    marked: bool,
}

/// An event that is to be taken in.
#[derive(Debug, Clone)]
pub struct Next {
    seq: u64,
    body: String,
    link: (Hash, Hash),
    event: Result<Event, Unreadable>,
}

impl Next {
    /// Reads an event with a number from the exact text that was hashed. `link` is the chain before it and after it:
    /// that the one leads to the other by this text is for whoever unpacked it, here it would be computed a second
    /// time. Nothing of it needs the ledger, so that it can be done beside taking in the one before.
    pub fn read(seq: u64, body: String, link: (Hash, Hash)) -> Self {
        Self { seq, event: Event::read_outcome(&body), body, link }
    }
}

/// Why an event was not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// It is not the one that comes next.
    #[error("event {seq} does not follow the last one here, {here}")]
    OutOfTurn {
        /// Its number.
        seq: u64,
        /// The last event of its stream here.
        here: u64,
    },
    /// It goes on after another event than the one here.
    #[error("event {seq} is another one here")]
    Another {
        /// The number of the event before it.
        seq: u64,
    },
    /// What it says of itself is not what it was kept as.
    #[error("event {seq} {what}")]
    Foreign {
        /// The number that it was kept as.
        seq: u64,
        /// What does not fit.
        what: String,
    },
    /// A newer program recorded it, or nobody did.
    #[error("event {seq} cannot be read by this program ({why})")]
    Unreadable {
        /// Its number.
        seq: u64,
        /// Why.
        why: String,
    },
    /// The machine failed.
    #[error("{0}")]
    Failed(Fault),
}

impl From<Fault> for NotTaken {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl From<rusqlite::Error> for NotTaken {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl Plant {
    pub(super) fn new(reader: Reader) -> Self {
        Self { reader, intake: Intake::new(None), stream: None, lately: Lately::default(), begun: false, marked: false }
    }

    /// The same ledger, to read.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Spares the disk, for a ledger that goes when its process does: what is taken in is written once instead of
    /// twice, and nothing waits for it to be durable.
    pub fn pass_away(&self) -> Result<(), Fault> {
        let conn = &self.reader.conn;
        conn.query_row("PRAGMA journal_mode = TRUNCATE", [], |row| row.get::<_, String>(0))?;
        Ok(conn.pragma_update(None, "synchronous", "OFF")?)
    }

    /// Takes the write lock.
    pub fn begin(&mut self) -> Result<(), Fault> {
        self.run("BEGIN IMMEDIATE")?;
        (self.begun, self.marked, self.stream) = (true, false, None);
        if self.reader.changed_by_others()? {
            self.intake.clear();
        }
        Ok(())
    }

    /// Makes everything since then durable.
    pub fn commit(&mut self) -> Result<(), Fault> {
        let ended = self.finish();
        if ended.is_err() {
            self.rollback();
        }
        self.begun = false;
        ended
    }

    /// Forgets everything since then.
    pub fn rollback(&mut self) {
        self.begun = false;
        if !self.reader.conn.is_autocommit() {
            // What SQLite could not undo it undoes when the file is opened again.
            let _undone = self.run("ROLLBACK");
        }
        self.intake.clear();
        self.stream = None;
    }

    /// Forgets what is remembered of the tables: they were made anew.
    pub(super) fn forget(&mut self) {
        self.intake.clear();
    }

    /// Keeps what was taken in so far, whatever becomes of what follows.
    pub fn mark(&mut self) -> Result<(), Fault> {
        self.put_down()?;
        self.intake.settle(&self.reader.conn)?;
        if std::mem::replace(&mut self.marked, true) {
            self.run("RELEASE taken")?;
        }
        self.run("SAVEPOINT taken")
    }

    /// Forgets what was taken in since the mark.
    pub fn undo(&mut self) -> Result<(), Fault> {
        self.stream = None;
        self.intake.forget();
        self.run("ROLLBACK TO taken")
    }

    /// Takes in the next event of a stream.
    pub fn take(&mut self, terminal: &TerminalId, epoch: &Epoch, next: Next) -> Result<(), NotTaken> {
        let Next { seq, body, link: (previous, hash), event } = next;
        let is_same = |s: &Stream| s.terminal == *terminal && s.epoch == *epoch;
        if !self.stream.as_ref().is_some_and(is_same) {
            self.put_down()?;
            self.stream = Some(self.stream_of(terminal, epoch)?);
        }
        let conn = &self.reader.conn;
        let Some(stream) = &mut self.stream else { return Err(NotTaken::OutOfTurn { seq, here: 0 }) };
        if seq != stream.seq + 1 {
            return Err(NotTaken::OutOfTurn { seq, here: stream.seq });
        }
        if previous != stream.hash {
            return Err(NotTaken::Another { seq: stream.seq });
        }
        let event = event.map_err(|e| NotTaken::Unreadable { seq, why: e.0 })?;
        if let Some(what) = misfit(&event, terminal, epoch, seq) {
            return Err(NotTaken::Foreign { seq, what });
        }
        let full = || Fault::new("the ledger holds too many streams or events", "begin another ledger");
        let place = Place::new(stream.id, seq).ok_or_else(full)?;
        (stream.seq, stream.hash, stream.at) = (seq, hash, Some(event.stamp.at));
        stream.trusted = trusted_after(stream.trusted, &event.stamp, place);
        if seq == 1 {
            // What names the stream finds it within the same transaction.
            store(conn, stream)?;
        }
        conn.prepare_cached("INSERT INTO event (id, body, hash) VALUES (?1, ?2, ?3)")?.execute((place, body, hash))?;
        self.lately.note(place, hash);
        let event = called(conn, (None, &self.lately), place, event, hash)?;
        Ok(self.intake.apply(conn, place, &event)?)
    }

    /// Makes it the ledger of a terminal: it begins a stream of its own, which knows of all that is here. That is for
    /// ever.
    pub fn become_terminal(self, terminal: &TerminalId, birth: &Birth, restored: &Restored) -> Result<(), Fault> {
        self.run("BEGIN EXCLUSIVE")?;
        // Dropped before the end, it undoes what it did.
        begin_stream(&self.reader.conn, Some(terminal), birth, Some(restored))?;
        self.run("COMMIT")
    }

    /// How a stream began; none where its first event is not here.
    pub fn beginning(&self, stream: &Stream) -> Result<Option<LedgerCreated>, Fault> {
        beginning(&self.reader.conn, stream.id)
    }

    /// A stream as it stands, or one that begins.
    fn stream_of(&self, terminal: &TerminalId, epoch: &Epoch) -> Result<Stream, Fault> {
        let streams = self.reader.streams()?;
        if let Some(known) = streams.iter().find(|s| s.terminal == *terminal && s.epoch == *epoch) {
            return Ok(known.clone());
        }
        let id = streams.iter().map(|s| s.id).max().unwrap_or(0) + 1;
        let (terminal, epoch) = (terminal.clone(), epoch.clone());
        Ok(Stream { id, terminal, epoch, own: false, seq: 0, hash: Hash::ZERO, at: None, trusted: None })
    }

    /// Stores where the stream stands that was taken in.
    fn put_down(&mut self) -> Result<(), Fault> {
        let stream = self.stream.take().filter(|stream| stream.seq > 0);
        stream.map_or(Ok(()), |stream| Ok(store(&self.reader.conn, &stream)?))
    }

    fn finish(&mut self) -> Result<(), Fault> {
        self.put_down()?;
        self.intake.finish(&self.reader.conn)?;
        self.run("COMMIT")
    }

    fn run(&self, sql: &str) -> Result<(), Fault> {
        let conn: &Connection = &self.reader.conn;
        conn.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

impl Drop for Plant {
    fn drop(&mut self) {
        self.rollback();
    }
}

/// Stores where a stream of others stands.
fn store(conn: &Connection, s: &Stream) -> rusqlite::Result<()> {
    let seq = i64::try_from(s.seq).unwrap_or(i64::MAX);
    let (trusted_at, trusted) = (s.trusted.map(|(at, _)| at), s.trusted.map(|(_, place)| place));
    conn.prepare_cached(
        "INSERT INTO stream (id, terminal, epoch, own, seq, hash, at, trusted_at, trusted)
        VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq,
        hash = excluded.hash, at = excluded.at, trusted_at = excluded.trusted_at, trusted = excluded.trusted",
    )?
    .execute((s.id, &s.terminal, &s.epoch, seq, s.hash, s.at, trusted_at, trusted))?;
    Ok(())
}

/// What an event says of itself that is not what it was kept as.
fn misfit(event: &Event, terminal: &TerminalId, epoch: &Epoch, seq: u64) -> Option<String> {
    let s = &event.stamp;
    if (&s.terminal, &s.epoch, s.seq) != (terminal, epoch, seq) {
        return Some(format!("says that it is event {} of {} {}", s.seq, s.terminal, s.epoch));
    }
    let begins = matches!(event.what, What::LedgerCreated(_));
    (begins != (seq == 1)).then(|| "is not how a ledger begins".to_owned())
}

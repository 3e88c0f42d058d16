//! The ledger as everybody reads it. Each query is one short read transaction, so that nobody who looks keeps the WAL
//! from being reset for long; what is long comes in pages.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction};

use super::chain::Hash;
use super::head_file::Witnessed;
use super::place::Place;
use super::tip::{seq_of, trusted_of};
use crate::app::port::{Fault, Head};
use crate::domain::event::EventRef;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::time::At;

/// Rows that one page may have.
pub const PAGE_ROWS_MOST: u32 = 1_000;

/// Steps of SQLite's machine between two questions whether a query should end: some tens of microseconds.
const ASKS_EACH_OPS: i32 = 2_000;

/// A ledger, open to read.
#[derive(Debug)]
pub struct Reader {
    pub(super) conn: Connection,
    path: PathBuf,
    /// What `data_version` said when it was last asked.
    version: Cell<i64>,
}

/// A stream of events in this file, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// Its number in this file.
    pub id: u32,
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// Whether this ledger appends to it.
    pub own: bool,
    /// The last event.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// When it was recorded.
    pub at: Option<At>,
    /// The newest moment of it that can be trusted, and the event of that.
    pub trusted: Option<(At, Place)>,
}

impl Stream {
    /// Its last event, as everybody calls it.
    pub fn last(&self) -> EventRef {
        EventRef(self.terminal.clone(), self.epoch.clone(), self.seq, self.hash.hex())
    }

    /// Where it stands, as the app is told.
    pub fn head(&self) -> Head {
        Head {
            terminal: self.terminal.clone(),
            epoch: self.epoch.clone(),
            seq: self.seq,
            hash: self.hash.hex(),
            at: self.at,
        }
    }
}

impl Reader {
    pub(super) fn over(conn: Connection, path: PathBuf) -> Result<Self, Fault> {
        let reader = Self { conn, path, version: Cell::new(0) };
        reader.changed_by_others()?;
        Ok(reader)
    }

    /// The ledger's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where each stream stands; one without an event has no head yet.
    pub fn heads(&self) -> Result<Vec<Witnessed>, Fault> {
        let streams = self.streams()?.into_iter().filter(|stream| stream.seq > 0);
        Ok(streams.map(|s| Witnessed { terminal: s.terminal, epoch: s.epoch, seq: s.seq, hash: s.hash }).collect())
    }

    /// Every stream in the file.
    pub fn streams(&self) -> Result<Vec<Stream>, Fault> {
        let mut statement = self.conn.prepare_cached(
            "SELECT id, terminal, epoch, own, seq, hash, at, trusted_at, trusted FROM stream ORDER BY id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Stream {
                id: row.get(0)?,
                terminal: row.get(1)?,
                epoch: row.get(2)?,
                own: row.get(3)?,
                seq: seq_of(row.get(4)?),
                hash: row.get(5)?,
                at: row.get(6)?,
                trusted: trusted_of(row.get(7)?, row.get(8)?),
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Where the ledger's own stream stands; none in a ledger that only holds copies.
    pub fn head(&self) -> Result<Option<Head>, Fault> {
        Ok(self.streams()?.iter().rev().find(|s| s.own).map(Stream::head))
    }

    /// Whether another connection has committed since this was last asked. Costs no disk; ask it when inotify says
    /// that the `-wal` was written, never by a clock.
    pub fn changed_by_others(&self) -> Result<bool, Fault> {
        let mut statement = self.conn.prepare_cached("PRAGMA data_version")?;
        let version = statement.query_row([], |row| row.get(0))?;
        Ok(self.version.replace(version) != version)
    }

    /// From now on a query asks again and again whether it should end; where it should, it answers with a fault, and
    /// what it held is free.
    pub fn end_when(&mut self, should_end: impl FnMut() -> bool + Send + 'static) -> Result<(), Fault> {
        Ok(self.conn.progress_handler(ASKS_EACH_OPS, Some(should_end))?)
    }

    /// One moment for several queries; within a transaction that goes on already, that one.
    pub(super) fn moment(&self) -> Result<Option<Transaction<'_>>, Fault> {
        let begins = self.conn.is_autocommit();
        Ok(if begins { Some(self.conn.unchecked_transaction()?) } else { None })
    }

    /// The place of an event by its names.
    pub(super) fn place(&self, terminal: &TerminalId, epoch: &Epoch, seq: u64) -> Result<Option<Place>, Fault> {
        let streams = self.streams()?;
        let stream = streams.iter().find(|s| s.terminal == *terminal && s.epoch == *epoch);
        Ok(stream.and_then(|s| Place::new(s.id, seq)))
    }
}

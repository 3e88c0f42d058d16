//! The ledger as the app writes it: one IMMEDIATE transaction for each action, or for many in bulk work.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, FileControl, MAIN_DB};

use super::chain::Hash;
use super::file::shown;
use super::head_file::HeadFile;
use super::place::Place;
use super::projector::Projector;
use super::reader::Reader;
use super::recovered;
use super::routes::{ReadRoute, Routes};
use super::tip::{Tip, trusted_after};
use crate::app::port::{self, Fault, Head, Ledger as _};
use crate::domain::event::Event;
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::{Badge, Revision, RouteId, StationId, UnitId};
use crate::domain::route::Route;
use crate::domain::station::Station;
use crate::domain::traveller::Traveller;
use crate::domain::what::What;

/// Something about the head file that does not stop the work, but that people should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// There was none; a new one was begun.
    HeadFileMissing {
        /// The head file.
        path: PathBuf,
    },
    /// It held no record; a new one was begun.
    HeadFileDamaged {
        /// The head file.
        path: PathBuf,
    },
    /// It could not be raised after a commit. The ledger itself is in order.
    HeadFileFailed {
        /// What the system says.
        error: String,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HeadFileMissing { path } => {
                write!(f, "the head file {} was missing; lost records would not have been noticed", shown(path))
            }
            Self::HeadFileDamaged { path } => {
                write!(f, "the head file {} was damaged; lost records would not have been noticed", shown(path))
            }
            Self::HeadFileFailed { error } => {
                write!(f, "the head file cannot be written ({error}); lost records may not be noticed")
            }
        }
    }
}

/// A ledger, open to write.
#[derive(Debug)]
pub struct Writer {
    pub(super) reader: Reader,
    pub(super) projector: Projector,
    pub(super) routes: Routes,
    /// Where the stream stands, with what the action under way has appended.
    pub(super) tip: Tip,
    /// Where it stood when what is remembered was last known to be right.
    known: (u64, Hash),
    pub(super) head_file: HeadFile,
    warning: Option<Warning>,
    /// The body of the event under way: the same memory for all of them.
    body: Vec<u8>,
    in_action: bool,
    appended: bool,
    /// Set once a commit may or may not have become durable: then nothing goes on without a new start.
    in_doubt: Option<Fault>,
}

impl Writer {
    pub(super) fn new(
        reader: Reader,
        tip: Tip,
        read_route: ReadRoute,
        head_file: HeadFile,
        warning: Option<Warning>,
    ) -> Self {
        let known = (tip.seq, tip.hash);
        Self {
            reader,
            projector: Projector::new(Some(tip.own())),
            routes: Routes::new(read_route),
            tip,
            known,
            head_file,
            warning,
            body: Vec::new(),
            in_action: false,
            appended: false,
            in_doubt: None,
        }
    }

    /// The same ledger, to read. Within an action it shows rows as they were last settled: what is decided on comes
    /// through the port instead.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The same ledger, to read within an action, with everything that the action has appended: what is listed here is
    /// under the write lock, so that nothing comes between the list and what is done with it.
    pub fn within(&mut self) -> Result<&Reader, Fault> {
        self.within_action()?;
        self.projector.settle(&self.reader.conn)?;
        Ok(&self.reader)
    }

    /// What people should know about the head file.
    pub fn warning(&self) -> Option<&Warning> {
        self.warning.as_ref()
    }

    /// Makes the head file durable by itself: at sign-off, at the end, and a moment after the last action.
    pub fn sync_head(&mut self) {
        let synced = self.head_file.sync();
        self.note(synced);
    }

    /// A head file that works again needs no warning any more.
    fn note(&mut self, done: std::io::Result<()>) {
        match done {
            Err(e) => self.warning = Some(Warning::HeadFileFailed { error: e.to_string() }),
            Ok(()) if matches!(self.warning, Some(Warning::HeadFileFailed { .. })) => self.warning = None,
            Ok(()) => {}
        }
    }

    /// Forgets what is remembered of the tables: they were made anew.
    pub(super) fn forget(&mut self) {
        self.projector.clear();
        self.routes.forget();
    }

    pub(super) fn run(&self, sql: &str) -> rusqlite::Result<()> {
        self.reader.conn.prepare_cached(sql)?.execute([]).map(|_rows| ())
    }

    fn within_action(&self) -> Result<(), Fault> {
        if self.in_action { Ok(()) } else { Err(out_of_turn("no action has begun")) }
    }

    /// A file that was moved or removed under us would take records that nobody finds again.
    fn is_in_place(&self) -> Result<(), Fault> {
        let mut moved = 0;
        self.reader.conn.file_control(Some(MAIN_DB), FileControl::HasMoved(&mut moved))?;
        if moved == 0 {
            return Ok(());
        }
        Err(Fault::new(
            format!("the ledger {} was moved or removed", shown(self.reader.path())),
            "put it back, then start again",
        ))
    }

    /// Looks where the stream stands. Where another process went on, what is remembered counts no more.
    fn look(&mut self) -> Result<(), Fault> {
        self.tip.refresh(&self.reader.conn)?;
        if self.tip.seq < self.known.0 {
            return Err(Fault::new(
                format!("records missing: {} to {}", self.tip.seq + 1, self.known.0),
                "stop working here, call the lead, and restore the ledger from its replica",
            ));
        }
        if (self.tip.seq, self.tip.hash) != self.known {
            self.forget();
            self.known = (self.tip.seq, self.tip.hash);
        }
        Ok(())
    }

    fn append_one(&mut self, event: &Event) -> Result<(), Fault> {
        let (stamp, tip) = (&event.stamp, &mut self.tip);
        if stamp.seq != tip.seq + 1 || stamp.terminal != tip.terminal || stamp.epoch != tip.epoch {
            return Err(out_of_turn("an event does not follow the ledger's head"));
        }
        let place = Place::new(tip.stream, stamp.seq)
            .ok_or_else(|| Fault::new("the ledger is full", "restore it from its replica: that begins a new one"))?;
        event.write_body(&mut self.body);
        tip.hash = Hash::after(tip.hash, &self.body);
        (tip.seq, tip.at, tip.trusted) = (stamp.seq, Some(stamp.at), trusted_after(tip.trusted, stamp, place));
        let conn = &self.reader.conn;
        conn.prepare_cached("INSERT INTO event (id, body, hash) VALUES (?1, ?2, ?3)")?.execute((
            place,
            ToSqlOutput::Borrowed(ValueRef::Text(&self.body)),
            tip.hash,
        ))?;
        self.projector.apply(conn, place, event)?;
        if matches!(event.what, What::RouteReleased(_) | What::RouteWithdrawn(_)) {
            self.routes.forget();
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Fault> {
        if self.appended {
            self.projector.settle(&self.reader.conn)?;
            self.tip.store(&self.reader.conn)?;
        }
        self.run("COMMIT").map_err(|error| {
            let fault_of_disk = !matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::DiskFull | ErrorCode::DatabaseBusy | ErrorCode::ReadOnly | ErrorCode::OutOfMemory)
            );
            let fault = Fault::from(error);
            if fault_of_disk {
                self.in_doubt = Some(fault.clone());
            }
            fault
        })
    }

    /// The action is durable by now: a head file that fails is no reason to deny it.
    fn raise_head(&mut self) {
        let raised = self.head_file.raise(&self.tip.witnessed());
        self.note(raised);
    }
}

fn out_of_turn(what: &str) -> Fault {
    Fault::new(what, "report this as a defect")
}

impl port::Ledger for Writer {
    fn begin(&mut self) -> Result<(), Fault> {
        if let Some(fault) = &self.in_doubt {
            return Err(fault.clone());
        }
        if self.in_action {
            return Err(out_of_turn("an action has begun already"));
        }
        self.is_in_place()?;
        self.run("BEGIN IMMEDIATE")?;
        (self.in_action, self.appended) = (true, false);
        self.look().inspect_err(|_| self.rollback())
    }

    fn head(&mut self) -> Result<Head, Fault> {
        self.within_action()?;
        Ok(self.tip.head())
    }

    fn station(&mut self, station: &StationId) -> Result<Station, Fault> {
        self.within_action()?;
        let known = self.projector.stations.get(&self.reader.conn, station)?;
        Ok(known.unwrap_or_else(|| Station::fresh(station.clone())))
    }

    fn traveller(&mut self, unit: &UnitId) -> Result<Arc<Traveller>, Fault> {
        self.within_action()?;
        self.projector.units.traveller(&self.reader.conn, unit)
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        self.within_action()?;
        self.routes.get(&self.reader.conn, route, revision)
    }

    fn answer(&mut self, ask: &Ask, facts: &mut Facts) -> Result<(), Fault> {
        self.within_action()?;
        self.answer_into(ask, facts)
    }

    fn unconfirmed(&mut self) -> Result<Option<Badge>, Fault> {
        self.within_action()?;
        self.projector.people.settle(&self.reader.conn)?;
        recovered::unconfirmed(&self.reader.conn)
    }

    fn append(&mut self, events: &[Event]) -> Result<(), Fault> {
        self.within_action()?;
        self.appended |= !events.is_empty();
        events.iter().try_for_each(|event| self.append_one(event))
    }

    fn commit(&mut self) -> Result<Head, Fault> {
        self.within_action()?;
        self.finish().inspect_err(|_| self.rollback())?;
        self.in_action = false;
        if self.appended {
            self.known = (self.tip.seq, self.tip.hash);
            self.raise_head();
        }
        Ok(self.tip.head())
    }

    fn rollback(&mut self) {
        if !self.in_action {
            return;
        }
        self.in_action = false;
        // SQLite may have rolled back by itself, where the disk failed.
        if !self.reader.conn.is_autocommit()
            && let Err(e) = self.run("ROLLBACK")
        {
            self.in_doubt = Some(e.into());
        }
        if self.appended {
            self.forget();
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.rollback();
        self.sync_head();
    }
}

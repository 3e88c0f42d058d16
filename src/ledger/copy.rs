//! A full copy of a ledger while others work with it, and the proof that it is one.
//!
//! SQLite copies all pages in one step, which sees one moment and hinders no writer. In several steps it would begin
//! anew with each commit of another process, and never end on a busy line.

use std::path::Path;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::open::{connect, connect_to_read};
use super::proof::chains;
use super::proof::verify::{Finding, Proven, Verified};
use super::reader::Reader;
use crate::app::port::Fault;

/// Copies a ledger into an empty file that is there. What is in the file is durable once the caller made it so.
pub fn copy(reader: &Reader, to: &Path) -> Result<(), Fault> {
    let mut conn = connect(to, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(copying)?;
    let all = -1;
    let ended = Backup::new(&reader.conn, &mut conn).and_then(|copying| copying.step(all)).map_err(copying)?;
    if ended != StepResult::Done {
        // One step for all pages ends, or another process has the file.
        return Err(busy());
    }
    // A file that is all: it can be read where nothing may be written beside it.
    conn.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0)).map_err(copying)?;
    conn.close().map_err(|(_conn, e)| copying(e))
}

/// What a copy holds, after its file was found in order, its chains were computed anew, and each was found in the
/// ledger that it was made of; else the first thing that is wrong.
pub fn prove(copy: &Path, of: &Reader) -> Result<Result<Vec<Proven>, Finding>, Fault> {
    let conn = connect_to_read(copy).map_err(|e| e.fault())?;
    if let Some(wrong) = pages(&conn)? {
        return Ok(Err(Finding::of_file(wrong)));
    }
    let reader = Reader::over(conn, copy.to_owned())?;
    let streams = reader.streams()?;
    let mut verified = Verified::default();
    chains::verify(&reader, &streams, &mut verified, &mut |_at, _event, _hash| ())?;
    for stream in &streams {
        // That has gone on meanwhile, and still holds what it held.
        let there = of.event(&stream.terminal, &stream.epoch, stream.seq)?.map(|stored| stored.hash);
        if there != Some(stream.hash) {
            verified.note(Finding::of_event(stream, stream.seq, "the ledger has another event of that number"));
        }
    }
    let Verified { ledgers, findings, .. } = verified;
    Ok(findings.into_iter().next().map_or(Ok(ledgers), Err))
}

/// What SQLite finds wrong with the file, if anything.
fn pages(conn: &Connection) -> Result<Option<String>, Fault> {
    let said: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok((said != "ok").then_some(said))
}

fn busy() -> Fault {
    Fault::new("another process keeps the ledger locked", "wait until it is done, then do it again")
}

fn copying(error: rusqlite::Error) -> Fault {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            Fault::new("there is no room for the copy", "make room there, or name a file on another disk")
        }
        _ => error.into(),
    }
}

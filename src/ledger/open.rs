//! Opening a ledger: to write, to read, and what is checked before anything else happens.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, FileControl, MAIN_DB, OpenFlags, TransactionBehavior};

use super::birth::{self, Birth};
use super::file::{self, shown};
use super::head_file::{self, Content, HeadFile};
use super::named::Own;
use super::open_error::OpenError;
use super::plant::Plant;
use super::reader::Reader;
use super::routes::ReadRoute;
use super::schema;
use super::tip::Tip;
use super::writer::{Warning, Writer};
use crate::app::port::Fault;
use crate::domain::id::TerminalId;

/// Milliseconds to wait for another process that writes.
pub const BUSY_MS: u64 = 5_000;
/// Milliseconds between two tries to give a new file its WAL.
const WAL_AGAIN_MS: u64 = 10;
/// Bytes that the WAL keeps between checkpoints; what was more is given back.
const WAL_BYTES_KEPT: i64 = 8 << 20;
/// Statements that stay prepared.
const STATEMENTS_MOST: usize = 96;
/// KiB of pages that a connection keeps, where nothing else is asked for.
pub const PAGE_CACHE_KIB: u32 = 2_048;
/// KiB of pages that a ledger of copies keeps: what many streams write lies apart.
const PLANT_CACHE_KIB: u32 = 16_384;

/// How to open a ledger to write.
#[derive(Debug, Clone)]
pub struct Options {
    /// Reads a released route's text.
    pub read_route: ReadRoute,
    /// Makes the ledger where there is none; the moment of that.
    pub create: Option<Birth>,
    /// The device that the ledger must be of. A new one is of `T1` where none is named.
    pub terminal: Option<TerminalId>,
    /// The head file; none: beside the ledger.
    pub head_file: Option<PathBuf>,
    /// KiB of pages to keep; more helps only bulk work.
    pub page_cache_kib: u32,
}

impl Options {
    /// Opens a ledger that exists, of whatever device.
    pub fn new(read_route: ReadRoute) -> Self {
        Self { read_route, create: None, terminal: None, head_file: None, page_cache_kib: PAGE_CACHE_KIB }
    }
}

/// What a file is that opens as a database.
enum Found {
    /// Nothing in it yet.
    Empty,
    /// A ledger of that version.
    Ledger(i32),
}

/// Opens a ledger to write, and makes it where that is asked for. Whatever contradicts its head file is an error.
pub fn open_writer(path: &Path, options: &Options) -> Result<Writer, OpenError> {
    let path = &real(path)?;
    let head_path = options.head_file.clone().unwrap_or_else(|| head_file::default_path(path));
    if !file::is_there(path)? {
        if options.create.is_none() {
            return Err(OpenError::Missing { path: path.clone() });
        }
        // Another process may have made it just now.
        if let Err(lost) = never_began(&head_path)
            && !file::is_there(path)?
        {
            return Err(lost);
        }
        file::make(path)?;
    }
    let mut conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(Fault::from)?;
    let found = identify(&conn, path)?;
    if matches!(found, Found::Empty) && options.create.is_none() {
        return Err(OpenError::NotALedger { path: path.clone() });
    }
    if conn.is_readonly(MAIN_DB).map_err(Fault::from)? {
        return Err(read_only(path).into());
    }
    write_settings(&conn, options.page_cache_kib).map_err(Fault::from)?;
    match (found, &options.create) {
        (Found::Empty, Some(birth)) => create(&mut conn, options.terminal.as_ref(), birth, &head_path)?,
        (Found::Ledger(version), _) if version < schema::version() => upgrade(&mut conn)?,
        (Found::Empty | Found::Ledger(_), _) => {}
    }
    // The head file first: what is committed and raised meanwhile must not look like a loss.
    let (head_file, seen) = open_head_file(&head_path)?;
    let tip = sound_end(&mut conn, path, options.terminal.as_ref(), &seen, &head_path)?;
    let warning = match &seen {
        // A ledger of one event was made a moment ago.
        Content::Nothing if tip.seq > 1 => Some(Warning::HeadFileMissing { path: head_path.clone() }),
        Content::Damaged => Some(Warning::HeadFileDamaged { path: head_path.clone() }),
        Content::Nothing | Content::Record(_) => None,
    };
    if seen != Content::Record(tip.witnessed()) {
        let raised = head_file.raise(&tip.witnessed()).and_then(|()| head_file.sync());
        raised.map_err(|e| head_file_failed(&head_path, &e))?;
    }
    Ok(Writer::new(Reader::over(conn, path.clone())?, tip, options.read_route, head_file, warning))
}

/// Opens a ledger that only holds copies of other ledgers, to add to them; made where that is asked for and there is
/// none. It has no head file: what it holds is proven by what it was copied from.
pub fn open_plant(path: &Path, create: bool) -> Result<Plant, OpenError> {
    let path = &real(path)?;
    if !file::is_there(path)? {
        if !create {
            return Err(OpenError::Missing { path: path.clone() });
        }
        never_began(&head_file::default_path(path))?;
        file::make(path)?;
    }
    let mut conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(Fault::from)?;
    let found = identify(&conn, path)?;
    if matches!(found, Found::Empty) && !create {
        return Err(OpenError::NotALedger { path: path.clone() });
    }
    if conn.is_readonly(MAIN_DB).map_err(Fault::from)? {
        return Err(read_only(path).into());
    }
    if let Found::Ledger(_) = found
        && let Some(own) = Own::load(&conn).map_err(Fault::from)?
    {
        return Err(OpenError::OfATerminal { path: path.clone(), terminal: own.stream.terminal });
    }
    write_settings(&conn, PLANT_CACHE_KIB).map_err(Fault::from)?;
    upgrade(&mut conn)?;
    Ok(Plant::new(Reader::over(conn, path.clone())?))
}

/// Opens a ledger to read. Nothing is ever made or changed, beside it neither; another process may be writing it.
pub fn open_reader(path: &Path) -> Result<Reader, OpenError> {
    let path = real(path)?;
    let conn = connect_to_read(&path)?;
    conn.pragma_update(None, "query_only", true).map_err(Fault::from)?;
    Ok(Reader::over(conn, path)?)
}

/// A connection that cannot write the ledger, but may have tables of its own beside it.
pub(super) fn connect_to_read(path: &Path) -> Result<Connection, OpenError> {
    if !file::is_there(path)? {
        return Err(OpenError::Missing { path: path.to_owned() });
    }
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(Fault::from)?;
    match identify(&conn, path)? {
        Found::Empty => Err(OpenError::NotALedger { path: path.to_owned() }),
        Found::Ledger(found) if found < schema::version() => Err(OpenError::Older { path: path.to_owned(), found }),
        Found::Ledger(_) => Ok(conn),
    }
}

/// An empty database in memory, to try things on.
#[expect(clippy::disallowed_methods, reason = "the one place that opens databases")]
pub(super) fn in_memory() -> rusqlite::Result<Connection> {
    Connection::open_with_flags("", OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_MEMORY)
}

#[expect(clippy::disallowed_methods, reason = "the one place that opens ledgers, always with these settings")]
pub(super) fn connect(path: &Path, mode: OpenFlags) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(Duration::from_millis(BUSY_MS))?;
    // A damaged or hostile file may hold triggers, views and cells that were never made here.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    // Else a statement is compiled again whenever a value it is compared with changes: a sixth of bulk work.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    // A page that cannot be read is then an error, not a signal that ends the process.
    conn.pragma_update(None, "mmap_size", 0)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_MOST);
    Ok(conn)
}

/// What the file is; refuses what is no ledger, and what a newer program made, before anything is changed.
fn identify(conn: &Connection, path: &Path) -> Result<Found, OpenError> {
    match marks(conn) {
        Ok((0, 0, 0)) => Ok(Found::Empty),
        Ok((schema::APPLICATION_ID, found, _)) if found > schema::version() => {
            Err(OpenError::Newer { path: path.to_owned(), found })
        }
        Ok((schema::APPLICATION_ID, found, _)) => Ok(Found::Ledger(found)),
        Ok(_) => Err(OpenError::NotALedger { path: path.to_owned() }),
        Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            Err(OpenError::NotALedger { path: path.to_owned() })
        }
        Err(e) => Err(Fault::from(e).into()),
    }
}

/// The file's application, the version of its schema, and how many things that schema names. All of one moment: another
/// process may be making the ledger, and half of the answer from before that would be no ledger at all.
fn marks(conn: &Connection) -> rusqlite::Result<(i32, i32, i32)> {
    let moment = conn.unchecked_transaction()?;
    let ask = |sql: &str| moment.query_row(sql, [], |row| row.get::<_, i32>(0));
    let things = ask("SELECT count(*) FROM main.sqlite_schema")?;
    Ok((ask("PRAGMA application_id")?, schema::version_of(&moment)?, things))
}

fn read_only(path: &Path) -> Fault {
    Fault::new(
        format!("the ledger {} may not be written", shown(path)),
        "check who owns it and its directory, and whether the disk is mounted read-only",
    )
}

fn write_settings(conn: &Connection, page_cache_kib: u32) -> rusqlite::Result<()> {
    keep_a_wal(conn)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "journal_size_limit", WAL_BYTES_KEPT)?;
    conn.pragma_update(None, "cache_size", -i64::from(page_cache_kib))?;
    // The -wal and -shm stay after the last writer: else nobody could read who may not write the directory.
    conn.file_control(Some(MAIN_DB), FileControl::PersistWal(&mut 1))
}

/// Has a new file keep a WAL. SQLite waits for every lock but the one that this takes: where another process makes or
/// opens the same file in the same moment, it says at once that the file is locked.
#[expect(clippy::disallowed_methods, reason = "the one lock that SQLite does not wait for itself")]
fn keep_a_wal(conn: &Connection) -> rusqlite::Result<()> {
    for _ in 0..BUSY_MS / WAL_AGAIN_MS {
        match conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0)) {
            Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
                std::thread::sleep(Duration::from_millis(WAL_AGAIN_MS));
            }
            answer => return answer.map(drop),
        }
    }
    conn.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
}

/// Makes the ledger in one transaction, unless its head file says that there was one.
fn create(
    conn: &mut Connection,
    terminal: Option<&TerminalId>,
    birth: &Birth,
    head_path: &Path,
) -> Result<(), OpenError> {
    let exclusive = conn.transaction_with_behavior(TransactionBehavior::Exclusive);
    let tx = exclusive.map_err(Fault::from)?;
    // Another process may have been quicker.
    if schema::version_of(&tx).map_err(Fault::from)? == 0 {
        never_began(head_path)?;
        schema::migrate(&tx)?;
        birth::begin_stream(&tx, terminal, birth, None)?;
    }
    Ok(tx.commit().map_err(Fault::from)?)
}

/// Brings an older ledger to this program's version in one transaction.
fn upgrade(conn: &mut Connection) -> Result<(), Fault> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    schema::migrate(&tx)?;
    Ok(tx.commit()?)
}

/// Where the own stream stands, after it was found to be in order and to agree with what the head file saw.
fn sound_end(
    conn: &mut Connection,
    path: &Path,
    asked: Option<&TerminalId>,
    seen: &Content,
    head_path: &Path,
) -> Result<Tip, OpenError> {
    // One moment for all of it: others may be writing.
    let tx = conn.transaction().map_err(Fault::from)?;
    let tip = Tip::load(&tx).map_err(Fault::from)?;
    let tip = tip.ok_or_else(|| OpenError::OnlyCopies { path: path.to_owned() })?;
    if let Some(asked) = asked.filter(|asked| **asked != tip.terminal) {
        return Err(OpenError::OtherTerminal { ledger: tip.terminal, asked: asked.clone() });
    }
    tip.check_end(&tx)?;
    if let Content::Record(seen) = seen {
        let hash = super::tip::hash_at(&tx, tip.stream, seen.seq)?;
        head_file::check(seen, (&tip.terminal, &tip.epoch, tip.seq), hash)
            .map_err(|trouble| OpenError::Head { trouble, head_file: head_path.to_owned() })?;
    }
    Ok(tip)
}

fn open_head_file(path: &Path) -> Result<(HeadFile, Content), Fault> {
    let opened = HeadFile::open(path).and_then(|file| file.content().map(|content| (file, content)));
    opened.map_err(|e| head_file_failed(path, &e))
}

fn real(path: &Path) -> Result<PathBuf, OpenError> {
    file::real_path(path).map_err(|e| file::unusable(path, &e))
}

/// A head file without its ledger means that the ledger was lost: a new one in its place would hide that.
fn never_began(head_path: &Path) -> Result<(), OpenError> {
    match head_file::read(head_path).map_err(|e| head_file_failed(head_path, &e))? {
        Content::Nothing | Content::Damaged => Ok(()),
        Content::Record(seen) => Err(OpenError::Head {
            trouble: head_file::HeadTrouble::Missing { from: 1, to: seen.seq },
            head_file: head_path.to_owned(),
        }),
    }
}

fn head_file_failed(path: &Path, error: &io::Error) -> Fault {
    Fault::new(
        format!("the head file {} cannot be used ({error})", shown(path)),
        "check that its directory is there and may be written",
    )
}

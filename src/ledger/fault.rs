//! What SQLite says when it fails, as what people need to know: what failed, and what to do.

use rusqlite::ErrorCode;

use crate::app::port::Fault;
use crate::domain::text::display_safe;

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let (what, instead) = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => ("the disk is full", "free some space, then do it again"),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
                "another process keeps the ledger locked",
                "wait until it is done, or end it (`fuser` with the ledger's path names it)",
            ),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => (
                "the ledger may not be written",
                "check who owns it and its directory, and whether the disk went read-only",
            ),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => (
                "the ledger's file is damaged",
                "stop working here, run `traveller verify`, and restore the ledger from its replica",
            ),
            Some(ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed) => (
                "the disk failed",
                "stop working here, check the disk, and start again; the ledger is checked at the start",
            ),
            Some(ErrorCode::CannotOpen) => (
                "the ledger's files cannot be opened",
                "check that the file, its -wal and its -shm are there and may be read",
            ),
            Some(ErrorCode::OutOfMemory) => ("the memory is used up", "end other programs, then do it again"),
            _ if is_of_a_row(&error) => {
                ("a row of the ledger cannot be read", "run `traveller verify`, then `traveller rebuild`")
            }
            _ => ("the ledger's database failed", "run `traveller doctor`, and report this as a defect"),
        };
        Self::new(format!("{what} ({})", display_safe(&error.to_string())), instead)
    }
}

fn is_of_a_row(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
    )
}

/// A row that follows from events does not read as what it should be.
pub(super) fn unreadable_row(table: &str, key: &str, why: &impl std::fmt::Display) -> Fault {
    Fault::new(
        format!("the row of {table} {} cannot be read ({})", display_safe(key), display_safe(&why.to_string())),
        "run `traveller verify`, then `traveller rebuild`",
    )
}

/// A stored body does not read as an event.
pub(super) fn unreadable_event(seq: u64, why: &impl std::fmt::Display) -> Fault {
    Fault::new(
        format!("event {seq} cannot be read ({})", display_safe(&why.to_string())),
        "run `traveller verify`; restore the ledger from its replica if it is damaged, update this program if not",
    )
}

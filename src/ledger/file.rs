//! The ledger's file as the system sees it: where it is, whether it is there, and how it begins.

use std::fs::{self, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::open_error::OpenError;
use crate::app::port::Fault;

/// The one path of a ledger, however it is named: what lies beside it must be the same for everybody. Absolute, so
/// that SQLite never takes it for an address and a change of directory changes nothing.
pub(super) fn real_path(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            let path = std::path::absolute(path)?;
            match (path.parent().map(fs::canonicalize), path.file_name()) {
                (Some(Ok(directory)), Some(name)) => Ok(directory.join(name)),
                (None | Some(_), _) => Ok(path),
            }
        }
        found => found,
    }
}

/// Whether there is a file; something else of that name is no ledger.
pub(super) fn is_there(path: &Path) -> Result<bool, OpenError> {
    match fs::metadata(path) {
        Ok(about) if about.is_file() => Ok(true),
        Ok(_) => Err(OpenError::NotALedger { path: path.to_owned() }),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(unusable(path, &e)),
    }
}

/// Makes the empty file with its mode; SQLite gives the same to the -wal and -shm. Only a file that did not exist is
/// opened here: to open and close one that SQLite has open would drop SQLite's locks.
pub(super) fn make(path: &Path) -> Result<(), OpenError> {
    match OpenOptions::new().write(true).create_new(true).mode(0o640).open(path) {
        // Whatever the umask of whoever makes it: the group may read, and nobody else.
        Ok(made) => made.set_permissions(Permissions::from_mode(0o640)).map_err(|e| unusable(path, &e)),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(unusable(path, &e)),
    }
}

/// Nothing can be done with that path.
pub(super) fn unusable(path: &Path, error: &io::Error) -> OpenError {
    Fault::new(
        format!("the ledger {} cannot be opened ({error})", shown(path)),
        "check that its directory is there and may be used",
    )
    .into()
}

/// A path as it may be shown.
pub(super) fn shown(path: &Path) -> String {
    crate::domain::text::display_safe(&path.to_string_lossy()).into_owned()
}

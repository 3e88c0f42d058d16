//! One program at a station: a lock file that names who holds it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::file;
use crate::domain::id::StationId;
use crate::domain::text::{clipped, display_safe};

/// Characters of the holder's line that are read.
const HOLDER_CHARS_MOST: u64 = 128;

/// Holds a station; it is free again when this is dropped, or when the process ends.
#[derive(Debug)]
pub struct StationLock {
    _file: File,
}

/// Why a station was not locked.
#[derive(Debug, thiserror::Error)]
pub enum NotLocked {
    /// Another program runs there.
    #[error("station {station} is already run by {holder}")]
    HeldBy {
        /// The station.
        station: StationId,
        /// The holder, such as `process 4711 on /dev/tty1`.
        holder: String,
    },
    /// The lock file cannot be used.
    #[error("the lock file {path} cannot be used: {error}", path = display_safe(&path.to_string_lossy()))]
    Io {
        /// The lock file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// Takes a station of a ledger for this process, or names the process that has it.
pub fn station_lock(ledger: &Path, station: &StationId) -> Result<StationLock, NotLocked> {
    let ledger = file::real_path(ledger).map_err(|error| NotLocked::Io { path: ledger.to_owned(), error })?;
    let path = lock_path(&ledger, station);
    let io = |error| NotLocked::Io { path: path.clone(), error };
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o640);
    let mut file = options.open(&path).map_err(io)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(NotLocked::HeldBy { station: station.clone(), holder: holder(&mut file) });
        }
        Err(TryLockError::Error(error)) => return Err(io(error)),
    }
    file.set_len(0).map_err(io)?;
    file.write_all(this_process().as_bytes()).map_err(io)?;
    Ok(StationLock { _file: file })
}

/// A station's name may hold what a file's name may not: a slash is written `%2F`.
fn lock_path(ledger: &Path, station: &StationId) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(format!(".station-{}.lock", station.as_str().replace('/', "%2F")));
    PathBuf::from(name)
}

fn this_process() -> String {
    let tty = std::fs::read_link("/proc/self/fd/0")
        .ok()
        .filter(|path| path.starts_with("/dev") && path != Path::new("/dev/null"));
    let place = tty.map_or_else(|| "no terminal".to_owned(), |path| path.to_string_lossy().into_owned());
    format!("process {} on {place}\n", std::process::id())
}

fn holder(file: &mut File) -> String {
    let mut line = String::new();
    let read = file.rewind().and_then(|()| file.take(HOLDER_CHARS_MOST).read_to_string(&mut line));
    match (read, line.trim()) {
        // The holder may be about to write its line.
        (Err(_), _) | (Ok(_), "") => "another process".to_owned(),
        (Ok(_), name) => display_safe(&clipped(name, 100)).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_station_is_held_once_and_the_holder_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let ledger = dir.path().join("t.db");
        let station = StationId::parse("TEST-1").unwrap();
        let held = station_lock(&ledger, &station).unwrap();
        let refused = station_lock(&ledger, &station).unwrap_err().to_string();
        let me = format!("station TEST-1 is already run by process {} on ", std::process::id());
        assert!(refused.starts_with(&me), "{refused}");
        std::os::unix::fs::symlink(dir.path(), dir.path().join("other")).unwrap();
        let by_another_name = dir.path().join("other").join("t.db");
        assert!(station_lock(&by_another_name, &station).is_err(), "it is the same ledger");
        let other = station_lock(&ledger, &StationId::parse("TEST-2").unwrap());
        assert!(other.is_ok(), "another station is free");
        drop(held);
        assert!(station_lock(&ledger, &station).is_ok());
    }

    #[test]
    fn a_station_name_never_leaves_the_directory() {
        let path = lock_path(Path::new("/data/t.db"), &StationId::parse("../../etc/x").unwrap());
        assert_eq!(path, Path::new("/data/t.db.station-..%2F..%2Fetc%2Fx.lock"));
    }
}

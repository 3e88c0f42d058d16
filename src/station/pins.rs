//! The PIN file: `<ledger>.pins`, beside the ledger and never in it. It keeps hashes only, under random names that
//! enrolments refer to, and it is not replicated.
//!
//! Writers take turns by a lock on `<ledger>.pins.lock`. A change is written whole to `<ledger>.pins.new`, made
//! durable, and renamed: a reader finds the old file or the new one, and a crash leaves one of the two.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, OFlags, flock};

use super::pin::{ChosenPin, Pin};
use super::random;
use crate::app::port::Fault;
use crate::domain::id::PinId;
use crate::domain::role::PinCheck;

/// Bytes that the file may have: some ten thousand people.
const FILE_BYTES_MOST: u64 = 2 * 1_024 * 1_024;
/// The owner alone reads and writes.
const MODE: u32 = 0o600;

/// The PIN file of a ledger.
#[derive(Debug, Clone)]
pub struct PinFile {
    file: PathBuf,
}

/// The hash of each PIN, as a PHC string.
type Hashes = BTreeMap<PinId, String>;

impl PinFile {
    /// The PIN file that belongs to a ledger; it need not exist.
    pub fn at(ledger: &Path) -> Self {
        Self { file: beside(ledger, ".pins") }
    }

    /// Adds a PIN under a new name. It is durable when this returns, so that an enrolment can name it.
    pub fn add(&self, pin: &ChosenPin) -> Result<PinId, Fault> {
        let hash = pin.hash()?;
        self.change(|hashes| {
            let id = random::pin_id()?;
            hashes.insert(id.clone(), hash);
            Ok(id)
        })
    }

    /// Takes back an entry whose enrolment did not come about.
    pub fn forget(&self, id: &PinId) -> Result<(), Fault> {
        self.change(|hashes| {
            hashes.remove(id);
            Ok(())
        })
    }

    /// Whether there is a PIN under that name.
    pub fn has(&self, id: &PinId) -> Result<bool, Fault> {
        Ok(self.read()?.contains_key(id))
    }

    /// Whether a PIN is the one under that name. Where no file is, nobody has a PIN.
    pub fn check(&self, id: &PinId, pin: &Pin) -> Result<PinCheck, Fault> {
        let Some(stored) = self.read()?.remove(id) else { return Ok(PinCheck::Wrong) };
        match pin.is(&stored) {
            Ok(true) => Ok(PinCheck::Right),
            Ok(false) => Ok(PinCheck::Wrong),
            Err(_unreadable) => Err(Fault::new(
                format!("the entry {id} of {} is damaged", self.name()),
                "give the person a new PIN: traveller operator pin",
            )),
        }
    }

    fn name(&self) -> String {
        self.file.display().to_string()
    }

    fn fault(&self, doing: &str, why: &io::Error) -> Fault {
        let is = |kinds: &[ErrorKind]| kinds.contains(&why.kind());
        let instead = if is(&[ErrorKind::PermissionDenied]) {
            "run it as the user that owns the ledger"
        } else if is(&[ErrorKind::StorageFull, ErrorKind::QuotaExceeded]) {
            "make room on the disk"
        } else if is(&[ErrorKind::ReadOnlyFilesystem]) {
            "mount the disk writable; if it turned read-only by itself, it may be failing"
        } else {
            "check the disk and the directory"
        };
        Fault::new(format!("the PIN file {} could not be {doing}: {why}", self.name()), instead)
    }

    fn read(&self) -> Result<Hashes, Fault> {
        let bad = |e: &io::Error| self.fault("read", e);
        let file = match open(&self.file, OpenOptions::new().read(true)) {
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Hashes::new()),
            other => other.map_err(|e| bad(&e))?,
        };
        let about = file.metadata().map_err(|e| bad(&e))?;
        if !about.is_file() || about.len() > FILE_BYTES_MOST {
            return Err(Fault::new(
                format!("{} is no PIN file", self.name()),
                "move it away and give everybody a new PIN",
            ));
        }
        if about.mode() & 0o077 != 0 {
            return Err(Fault::new(
                format!("others may read the PIN file {}: its mode is {:03o}", self.name(), about.mode() & 0o777),
                format!("chmod 600 {}, and give everybody a new PIN if others had access", self.name()),
            ));
        }
        let mut text = String::new();
        file.take(FILE_BYTES_MOST).read_to_string(&mut text).map_err(|e| bad(&e))?;
        serde_json::from_str(&text).map_err(|e| {
            let what = format!("the PIN file {} is damaged at line {}, column {}", self.name(), e.line(), e.column());
            Fault::new(what, "restore it from a copy, or move it away and give everybody a new PIN")
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut Hashes) -> Result<T, Fault>) -> Result<T, Fault> {
        let _turn = self.lock().map_err(|e| self.fault("locked", &e))?;
        let mut hashes = self.read()?;
        let answer = change(&mut hashes)?;
        let new = self.write_beside(&hashes).map_err(|e| self.fault("written", &e))?;
        self.put_in_place(&new).map_err(|e| self.fault("written", &e))?;
        Ok(answer)
    }

    /// Waits for one's turn; it ends when the file is dropped, or with the process.
    fn lock(&self) -> io::Result<File> {
        let lock = open(&beside(&self.file, ".lock"), OpenOptions::new().write(true).create(true))?;
        loop {
            match flock(&lock, FlockOperation::LockExclusive) {
                Err(rustix::io::Errno::INTR) => {}
                other => return other.map(|()| lock).map_err(io::Error::from),
            }
        }
    }

    fn write_beside(&self, hashes: &Hashes) -> io::Result<PathBuf> {
        let new = beside(&self.file, ".new");
        // A writer that died may have left one; ours is the turn, so nobody else is writing it.
        match std::fs::remove_file(&new) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
            _ => {}
        }
        let mut file = open(&new, OpenOptions::new().write(true).create_new(true))?;
        serde_json::to_writer_pretty(&mut file, hashes)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        Ok(new)
    }

    fn put_in_place(&self, new: &Path) -> io::Result<()> {
        std::fs::rename(new, &self.file)?;
        let directory = self.file.parent().filter(|d| !d.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(directory)?.sync_all()
    }
}

/// Opens a file for its owner alone; never through a link, and never waiting for the other end of a pipe.
fn open(file: &Path, how: &mut OpenOptions) -> io::Result<File> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
    how.mode(MODE).custom_flags(i32::try_from(flags).unwrap_or(0)).open(file)
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name: OsString = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn pin(digits: &str) -> ChosenPin {
        Pin::given(digits).chosen().unwrap_or_else(|e| panic!("{e}"))
    }

    fn fresh() -> (tempfile::TempDir, PinFile) {
        let home = tempfile::tempdir().unwrap();
        let pins = PinFile::at(&home.path().join("ledger.db"));
        (home, pins)
    }

    fn check(pins: &PinFile, id: &PinId, digits: &str) -> PinCheck {
        pins.check(id, &Pin::given(digits)).unwrap()
    }

    #[test]
    fn a_pin_is_right_under_its_own_name_only() {
        let (home, pins) = fresh();
        let unknown = random::pin_id().unwrap();
        assert_eq!(check(&pins, &unknown, "482913"), PinCheck::Wrong, "no file: nobody has a PIN");
        assert!(std::fs::read_dir(home.path()).unwrap().next().is_none(), "looking makes no file");

        let (first, second) = (pins.add(&pin("482913")).unwrap(), pins.add(&pin("710264")).unwrap());
        assert_eq!(check(&pins, &first, "482913"), PinCheck::Right);
        assert_eq!(check(&pins, &second, "482913"), PinCheck::Wrong);
        assert_eq!(check(&pins, &second, "710264"), PinCheck::Right);
        assert_eq!(check(&pins, &unknown, "710264"), PinCheck::Wrong);

        pins.forget(&second).unwrap();
        assert_eq!(check(&pins, &second, "710264"), PinCheck::Wrong);
        assert_eq!(check(&pins, &first, "482913"), PinCheck::Right);
    }

    #[test]
    fn only_the_owner_may_read_the_file() {
        let (home, pins) = fresh();
        let id = pins.add(&pin("482913")).unwrap();
        for file in ["ledger.db.pins", "ledger.db.pins.lock"] {
            assert_eq!(home.path().join(file).metadata().unwrap().mode() & 0o777, 0o600, "{file}");
        }
        assert!(!std::fs::read_to_string(&pins.file).unwrap().contains("482913"));
        for mode in [0o640, 0o604, 0o620] {
            std::fs::set_permissions(&pins.file, PermissionsExt::from_mode(mode)).unwrap();
            let fault = pins.check(&id, &Pin::given("482913")).unwrap_err();
            assert!(fault.what.contains(&format!("its mode is {mode:03o}")), "{fault}");
            assert!(fault.instead.contains("chmod 600"), "{fault}");
            assert!(pins.add(&pin("710264")).is_err(), "nothing is added to it either");
        }
    }

    #[test]
    fn a_writer_that_dies_before_the_rename_leaves_the_old_file() {
        let (home, pins) = fresh();
        let id = pins.add(&pin("482913")).unwrap();
        let before = std::fs::read(&pins.file).unwrap();
        pins.write_beside(&Hashes::new()).unwrap();
        assert_eq!(std::fs::read(&pins.file).unwrap(), before);
        std::fs::write(home.path().join("ledger.db.pins.new"), "{ half").unwrap();
        assert_eq!(check(&pins, &id, "482913"), PinCheck::Right);

        let later = pins.add(&pin("710264")).unwrap();
        assert_eq!(check(&pins, &id, "482913"), PinCheck::Right);
        assert_eq!(check(&pins, &later, "710264"), PinCheck::Right);
        assert!(!home.path().join("ledger.db.pins.new").exists());
    }

    #[test]
    fn writers_take_turns() {
        let (_home, pins) = fresh();
        let writers: Vec<_> = (0..8)
            .map(|n| {
                let (pins, digits) = (pins.clone(), format!("48291{n}"));
                let add = move || (pins.add(&pin(&digits)).unwrap(), digits);
                super::super::threads::spawn("writer", add).unwrap()
            })
            .collect();
        let added: Vec<_> = writers.into_iter().map(|w| w.join().unwrap()).collect();
        assert_eq!(pins.read().unwrap().len(), 8);
        for (id, digits) in added {
            assert_eq!(check(&pins, &id, &digits), PinCheck::Right);
        }
    }

    #[test]
    fn what_is_no_pin_file_is_refused_and_left_alone() {
        let (home, pins) = fresh();
        let refused = |pins: &PinFile| pins.add(&pin("482913")).unwrap_err().what;
        let write = |text: &str| {
            std::fs::write(&pins.file, text).unwrap();
            std::fs::set_permissions(&pins.file, PermissionsExt::from_mode(0o600)).unwrap();
        };
        for damage in ["", "[]", "{\"0123456789abcdef\": 5}", "{\"short\": \"x\"}", "{\"0123456789abcdef\":"] {
            write(damage);
            assert!(refused(&pins).contains("damaged at line"), "{damage}");
            assert_eq!(std::fs::read_to_string(&pins.file).unwrap(), damage);
        }
        write("{\"0123456789abcdef\": \"no hash\"}");
        let id = PinId::parse("0123456789abcdef").unwrap();
        assert!(pins.check(&id, &Pin::given("482913")).unwrap_err().what.contains("is damaged"));

        std::fs::remove_file(&pins.file).unwrap();
        symlink(home.path().join("elsewhere"), &pins.file).unwrap();
        assert!(refused(&pins).contains("could not be read"));
        std::fs::remove_file(&pins.file).unwrap();
        std::fs::create_dir(&pins.file).unwrap();
        assert!(refused(&pins).contains("is no PIN file"));
    }
}

//! A directory that others may write to as well: nothing in it is followed, waited for, or trusted to be a file.
//!
//! Everything goes by the open directory and one name in it, so that neither a link nor a mount that comes and goes
//! leads elsewhere. A file appears whole under its name, or not at all.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;

use rustix::fs::{AtFlags, Mode, OFlags, RenameFlags};
use rustix::io::Errno;

/// How the name of a file begins that is not whole yet.
pub const UNFINISHED: &str = ".traveller-new-";
/// Names that are looked at in one directory.
pub const NAMES_MOST: usize = 1_000_000;

/// An open directory.
#[derive(Debug)]
pub struct Dir(File);

impl Dir {
    /// Opens a directory that somebody named: links on the way to it are theirs.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(File::from(rustix::fs::open(path, flags, Mode::empty())?)))
    }

    /// Opens a directory that somebody named, and makes its last part where that is missing.
    pub fn open_or_make(path: &Path) -> io::Result<Self> {
        match rustix::fs::mkdir(path, Mode::from_raw_mode(0o750)) {
            Ok(()) => {
                let above = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
                Self::open(above)?.sync()?;
            }
            Err(Errno::EXIST) => {}
            // Where it exists, what cannot be made need not be.
            Err(_) if path.is_dir() => {}
            Err(e) => return Err(e.into()),
        }
        Self::open(path)
    }

    /// A directory in this one; none where there is nothing, or something else, of that name.
    pub fn sub(&self, name: &str) -> io::Result<Option<Self>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match rustix::fs::openat(&self.0, name, flags, Mode::empty()) {
            Ok(fd) => Ok(Some(Self(File::from(fd)))),
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => Ok(None),
            Err(e) => Err(e.into()),
        }
    }

    /// A directory in this one, made where it is missing.
    pub fn sub_or_make(&self, name: &str) -> io::Result<Self> {
        match rustix::fs::mkdirat(&self.0, name, Mode::from_raw_mode(0o750)) {
            Ok(()) => self.sync()?,
            Err(Errno::EXIST) => {}
            Err(e) => return Err(e.into()),
        }
        let taken = || io::Error::new(ErrorKind::NotADirectory, format!("{name} is there and is no directory"));
        self.sub(name)?.ok_or_else(taken)
    }

    /// Whether a path leads to this very directory, of the same file system: nothing was mounted over it or taken away.
    pub fn is_at(&self, path: &Path) -> io::Result<bool> {
        let (own, there) = (rustix::fs::fstat(&self.0)?, rustix::fs::stat(path)?);
        Ok((own.st_dev, own.st_ino) == (there.st_dev, there.st_ino))
    }

    /// The names in it, in their order.
    pub fn names(&self) -> io::Result<Vec<OsString>> {
        let mut names = Vec::new();
        for entry in rustix::fs::Dir::read_from(&self.0)? {
            let name = OsString::from_vec(entry?.file_name().to_bytes().to_vec());
            if name != "." && name != ".." {
                names.push(name);
            }
            if names.len() > NAMES_MOST {
                return Err(io::Error::other(format!("more than {NAMES_MOST} files are in one directory")));
            }
        }
        names.sort();
        Ok(names)
    }

    /// What is in a file; none where there is no file of that name. Links, pipes and devices are no files.
    pub fn read(&self, name: &str, most: u64) -> io::Result<Option<Vec<u8>>> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
        let file = match rustix::fs::openat(&self.0, name, flags, Mode::empty()) {
            Ok(fd) => File::from(fd),
            Err(Errno::NOENT | Errno::LOOP | Errno::NXIO) => return Ok(None),
            Err(e) => return Err(e.into()),
        };
        let about = file.metadata()?;
        if !about.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes)?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most {
            return Err(io::Error::new(ErrorKind::FileTooLarge, format!("{name} has more than {most} bytes")));
        }
        Ok(Some(bytes))
    }

    /// Whether a name is that of a file.
    pub fn is_file(&self, name: &str) -> io::Result<bool> {
        match rustix::fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(about) => Ok(rustix::fs::FileType::from_raw_mode(about.st_mode).is_file()),
            Err(Errno::NOENT) => Ok(false),
            Err(e) => Err(e.into()),
        }
    }

    /// Writes a file that must not be there yet; it is durable when this returns.
    pub fn create(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(name, bytes, RenameFlags::NOREPLACE)
    }

    /// Writes a file in the place of the one that is there; it is durable when this returns.
    pub fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(name, bytes, RenameFlags::empty())
    }

    fn put(&self, name: &str, bytes: &[u8], how: RenameFlags) -> io::Result<()> {
        let new = format!("{UNFINISHED}{name}");
        self.remove(&new)?;
        let placed = self.write(&new, bytes).and_then(|()| self.rename(&new, name, how));
        if placed.is_err() {
            // What went wrong matters more; what is left is removed the next time.
            let _left = self.remove(&new);
        }
        placed?;
        self.sync()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.make(name)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Gives a file its name in one step. With `NOREPLACE` nothing that has the name already is touched.
    pub fn rename(&self, from: &str, to: &str, how: RenameFlags) -> io::Result<()> {
        match rustix::fs::renameat_with(&self.0, from, &self.0, to, how) {
            // Not every network file system can refuse to replace.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) if how.contains(RenameFlags::NOREPLACE) => {
                self.link(from, to)
            }
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(rustix::fs::renameat(&self.0, from, &self.0, to)?),
            other => Ok(other?),
        }
    }

    /// The same by a second name, which is never made where one is: as safe, and NFS has it.
    fn link(&self, from: &str, to: &str) -> io::Result<()> {
        match rustix::fs::linkat(&self.0, from, &self.0, to, AtFlags::empty()) {
            Ok(()) => self.remove(from),
            // FAT and many a share know no second names. The name was not taken when it was looked at; who takes it
            // in between has sent the same events, since one that has others is refused before.
            Err(Errno::PERM | Errno::NOSYS | Errno::NOTSUP | Errno::INVAL | Errno::ACCESS) => {
                if self.is_taken(to)? {
                    return Err(Errno::EXIST.into());
                }
                Ok(rustix::fs::renameat(&self.0, from, &self.0, to)?)
            }
            Err(e) => Err(e.into()),
        }
    }

    /// Whether anything has that name, be it a link that leads nowhere.
    pub fn is_taken(&self, name: &str) -> io::Result<bool> {
        match rustix::fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(_) => Ok(true),
            Err(Errno::NOENT) => Ok(false),
            Err(e) => Err(e.into()),
        }
    }

    /// Removes a file, where there is one.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match rustix::fs::unlinkat(&self.0, name, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// Makes an empty file that must not be there yet.
    pub fn make(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(File::from(rustix::fs::openat(&self.0, name, flags, Mode::from_raw_mode(0o640))?))
    }

    /// Makes what is in a file durable; how many bytes that are.
    pub fn sync_file(&self, name: &str) -> io::Result<u64> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::openat(&self.0, name, flags, Mode::empty())?);
        file.sync_all()?;
        Ok(file.metadata()?.len())
    }

    /// Makes the names in it durable.
    pub fn sync(&self) -> io::Result<()> {
        match rustix::fs::fsync(&self.0) {
            // Some network file systems know no such thing for directories.
            Ok(()) | Err(Errno::INVAL | Errno::NOTSUP) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// Takes the turn of writing to it, by the directory itself; none where another process has it. It ends with the
    /// value. A file system without locks gives it to everybody.
    pub fn own_turn(&self) -> io::Result<Option<File>> {
        let again = rustix::fs::openat(&self.0, ".", OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())?;
        match rustix::fs::flock(&again, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) => Ok(None),
            Ok(()) | Err(_) => Ok(Some(File::from(again))),
        }
    }

    /// Takes the turn of writing to it; none where another process has it. It ends when the file is dropped.
    pub fn turn(&self, name: &str) -> io::Result<Option<File>> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::openat(&self.0, name, flags, Mode::from_raw_mode(0o640))?);
        match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Some(file)),
            Err(Errno::WOULDBLOCK) => Ok(None),
            Err(e) => Err(e.into()),
        }
    }
}

/// What to do about a directory that failed.
pub fn advice(error: &io::Error) -> &'static str {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the system has many more, and one advice for them")]
    match error.kind() {
        ErrorKind::PermissionDenied => "let the user that replicates write there, or run it as one who may",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "make room there; what is not sent yet is sent the next time"
        }
        ErrorKind::ReadOnlyFilesystem => {
            "mount it writable, and name it under ReadWritePaths= of the service; if it turned read-only by itself, \
             it may be failing"
        }
        ErrorKind::StaleNetworkFileHandle => {
            "what was mounted there is gone, or its server is: check the server, then unmount it and mount it again"
        }
        ErrorKind::NotFound => "check that it is mounted, and make the directory above it",
        _ => "check that it is mounted and sound; nothing is lost, what is not sent yet is sent the next time",
    }
}

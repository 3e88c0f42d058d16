//! A target that is a directory: its mark, the segments in it by their names, and how one gets there.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::dir::{Dir, UNFINISHED, advice};
use super::segment::{self, FILE_BYTES_MOST, Name};
use crate::app::port::Fault;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::text::{clipped, display_safe};
use crate::ledger::chain::Hash;

/// The file that marks a directory as a target.
pub const MARK_FILE: &str = "traveller-target.json";
/// Bytes that it may have.
const MARK_BYTES_MOST: u64 = 4_096;
/// Streams that one target may hold.
const STREAMS_MOST: usize = 10_000;
/// Remarks about foreign files; of the rest only how many.
const REMARKS_MOST: usize = 8;
/// Characters of a name that a remark shows.
const NAME_CHARS_MOST: usize = 80;

/// What the mark file holds.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    mark: String,
}

/// A directory that holds a replica.
#[derive(Debug)]
pub struct Target {
    address: String,
    path: PathBuf,
    root: Dir,
    mark: String,
}

/// The streams at a target.
#[derive(Debug)]
pub struct Streams {
    /// Each by its names.
    pub known: Vec<(TerminalId, Epoch)>,
    /// What else is there, in words; it is left alone.
    pub remarks: Vec<String>,
}

/// What is in the directory of a stream.
#[derive(Debug, Default)]
pub struct Found {
    /// The segments.
    pub names: Vec<Name>,
    /// What else is there, in words; it is left alone.
    pub remarks: Vec<String>,
}

impl Target {
    /// Opens a target to send to. `known` is the mark that it was seen with; one that was never seen is given `fresh`.
    pub fn open(address: &str, path: &Path, known: Option<&str>, fresh: &str) -> Result<Self, Fault> {
        let opened = if known.is_some() { Dir::open(path) } else { Dir::open_or_make(path) };
        let root = opened.map_err(|e| failed(address, "opened", &e))?;
        let found = read_mark(&root, address)?;
        let mark = match (found, known) {
            (Some(mark), Some(known)) if mark != known => return Err(other_mark(address)),
            (Some(mark), _) => mark,
            (None, Some(_)) => return Err(no_mark(address)),
            (None, None) => {
                let mark = Mark { mark: fresh.to_owned() };
                let text = serde_json::to_vec(&mark).map_err(|e| failed(address, "marked", &e.into()))?;
                root.create(MARK_FILE, &[&text[..], b"\n"].concat()).map_err(|e| failed(address, "marked", &e))?;
                mark.mark
            }
        };
        Ok(Self { address: address.to_owned(), path: path.to_owned(), root, mark })
    }

    /// Whether the path still leads to it, with its mark: a disk that was unmounted meanwhile takes what is written
    /// until it is let go, and nobody finds that there again.
    pub fn is_in_place(&self) -> Result<(), Fault> {
        let is_at = match self.root.is_at(&self.path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => false,
            other => other.map_err(|e| failed(&self.address, "found again", &e))?,
        };
        if !is_at {
            let what = format!("{} was unmounted, or replaced, while it was written to", self.address);
            return Err(Fault::new(what, "mount it again and leave it; what is not there is sent the next time"));
        }
        match read_mark(&self.root, &self.address)? {
            Some(mark) if mark == self.mark => Ok(()),
            Some(_) => Err(other_mark(&self.address)),
            None => Err(no_mark(&self.address)),
        }
    }

    /// Opens a target only to look at it: nothing is made, marked or removed.
    pub fn look(address: &str, path: &Path) -> Result<Self, Fault> {
        let root = Dir::open(path).map_err(|e| failed(address, "opened", &e))?;
        let mark = read_mark(&root, address)?.ok_or_else(|| {
            let what = format!("{address} has no {MARK_FILE}: it is no replica, or its disk is not mounted");
            Fault::new(what, "mount the disk, or name the directory that `traveller replicate` sends to")
        })?;
        Ok(Self { address: address.to_owned(), path: path.to_owned(), root, mark })
    }

    /// The streams that are there, and what else is.
    pub fn streams(&self) -> Result<Streams, Fault> {
        let bad = |e: io::Error| failed(&self.address, "read", &e);
        let mut known = Vec::new();
        let mut foreign = Vec::new();
        for name in self.root.names().map_err(bad)? {
            let terminal = name.to_str().and_then(|name| TerminalId::parse(name).ok());
            let Some(terminal) = terminal else {
                foreign.push(name);
                continue;
            };
            let Some(lives) = self.root.sub(terminal.as_str()).map_err(bad)? else {
                foreign.push(name);
                continue;
            };
            for life in lives.names().map_err(bad)? {
                match life.to_str().and_then(|life| Epoch::parse(life).ok()) {
                    Some(epoch) => known.push((terminal.clone(), epoch)),
                    None => foreign.push(Path::new(&name).join(life).into()),
                }
            }
            if known.len() > STREAMS_MOST {
                let what = format!("more than {STREAMS_MOST} streams are in {}", self.address);
                return Err(Fault::new(what, "give each plant a target of its own"));
            }
        }
        foreign.retain(|name| name != MARK_FILE && !name.to_string_lossy().starts_with(UNFINISHED));
        Ok(Streams { known, remarks: remarks("", "stream", &foreign) })
    }

    /// Its mark.
    pub fn mark(&self) -> &str {
        &self.mark
    }

    /// The segments of a stream, by their names.
    pub fn found(&self, terminal: &TerminalId, epoch: &Epoch) -> Result<Found, Fault> {
        let Some(stream) = self.stream(terminal, epoch)? else { return Ok(Found::default()) };
        let bad = |e: io::Error| failed(&self.address, "read", &e);
        let mut found = Found::default();
        let mut foreign = Vec::new();
        for file in stream.names().map_err(bad)? {
            let name = file.to_str().and_then(|file| Name::parse(terminal, epoch, file));
            match name {
                Some(name) if stream.is_file(&name.file()).map_err(bad)? => found.names.push(name),
                Some(_) | None => foreign.push(file),
            }
        }
        foreign.retain(|file| !file.to_string_lossy().starts_with(UNFINISHED));
        found.remarks = remarks(&format!("{terminal}/{epoch}/"), "segment", &foreign);
        Ok(found)
    }

    /// Takes the turn of writing a stream, which is made where it is missing; none where another process has it.
    pub fn turn(&self, terminal: &TerminalId, epoch: &Epoch) -> Result<Option<File>, Fault> {
        let stream = self.root.sub_or_make(terminal.as_str()).and_then(|t| t.sub_or_make(epoch.as_str()));
        stream.and_then(|stream| stream.own_turn()).map_err(|e| failed(&self.address, "written", &e))
    }

    /// Removes what a run that ended early left half written: in the directory of a stream, and of the mark.
    pub fn tidy(&self, terminal: &TerminalId, epoch: &Epoch) -> Result<(), Fault> {
        let bad = |e: io::Error| failed(&self.address, "tidied", &e);
        self.root.remove(&format!("{UNFINISHED}{MARK_FILE}")).map_err(bad)?;
        let Some(stream) = self.stream(terminal, epoch)? else { return Ok(()) };
        for file in stream.names().map_err(bad)? {
            if let Some(file) = file.to_str().filter(|file| file.starts_with(UNFINISHED)) {
                stream.remove(file).map_err(bad)?;
            }
        }
        Ok(())
    }

    /// Sends a segment that was proven; when this returns it is durable there, and was read back and is the same.
    pub fn send(&self, name: &Name, previous: Hash, file: &[u8]) -> Result<(), Fault> {
        let stream = self.root.sub_or_make(name.terminal.as_str()).and_then(|t| t.sub_or_make(name.epoch.as_str()));
        let written = stream.and_then(|stream| stream.create(&name.file(), file));
        written.map_err(|e| failed(&self.address, "written", &e))?;
        self.is_in_place()?;
        // Byte for byte what was proven before is proven; what is not is looked at for what it is.
        if self.read(name)? == file { Ok(()) } else { self.prove(name, previous) }
    }

    /// Reads a segment again, and proves that it is what its name says.
    pub fn prove(&self, name: &Name, previous: Hash) -> Result<(), Fault> {
        let file = self.read(name)?;
        self.is_in_place()?;
        segment::check(name, previous, &file, |_event| ()).map_err(|bad| damaged(&self.address, name, &bad))
    }

    /// A segment's file.
    pub fn read(&self, name: &Name) -> Result<Vec<u8>, Fault> {
        let stream = self.stream(&name.terminal, &name.epoch)?;
        let read = stream.map(|stream| stream.read(&name.file(), FILE_BYTES_MOST)).transpose();
        let file = read.map_err(|e| failed(&self.address, "read", &e))?.flatten();
        file.ok_or_else(|| {
            let what = format!("{name} is no longer in {}", self.address);
            Fault::new(what, "check that it is mounted, and that nobody removes files from it")
        })
    }

    fn stream(&self, terminal: &TerminalId, epoch: &Epoch) -> Result<Option<Dir>, Fault> {
        let terminal = self.root.sub(terminal.as_str());
        let stream = terminal.and_then(|t| t.map_or(Ok(None), |t| t.sub(epoch.as_str())));
        stream.map_err(|e| failed(&self.address, "read", &e))
    }
}

fn read_mark(root: &Dir, address: &str) -> Result<Option<String>, Fault> {
    let read = root.read(MARK_FILE, MARK_BYTES_MOST).map_err(|e| failed(address, "read", &e))?;
    let Some(bytes) = read else { return Ok(None) };
    let mark = serde_json::from_slice::<Mark>(&bytes).map_err(|e| {
        let what = format!("{MARK_FILE} in {address} cannot be read: {e}");
        Fault::new(what, "look into the directory; if it is the right one, write back the mark that the state names")
    })?;
    Ok(Some(mark.mark))
}

/// What lies below a place and is nothing that a replica has.
fn remarks(place: &str, expected: &str, foreign: &[OsString]) -> Vec<String> {
    let shown = |file: &OsString| {
        let name = file.to_string_lossy();
        let name = clipped(&name, NAME_CHARS_MOST);
        format!("{place}{} is no {expected} and was left alone", display_safe(&name))
    };
    let mut remarks: Vec<_> = foreign.iter().take(REMARKS_MOST).map(shown).collect();
    if foreign.len() > REMARKS_MOST {
        remarks.push(format!("{} more names there are of no {expected}", foreign.len() - REMARKS_MOST));
    }
    remarks
}

fn no_mark(address: &str) -> Fault {
    Fault::new(
        format!("{address} was used before and has no {MARK_FILE} now: another disk, or none, is mounted there"),
        "mount the right one; for a new disk remove the target's file from the state, or give it another path",
    )
}

pub(super) fn other_mark(address: &str) -> Fault {
    Fault::new(
        format!("{address} is not the target that it was: its {MARK_FILE} is another one"),
        "mount the right one; for a new disk remove the target's file from the state, or give it another path",
    )
}

pub(super) fn damaged(address: &str, name: &Name, bad: &segment::Bad) -> Fault {
    Fault::new(
        format!("{name} in {address} is damaged: {bad}"),
        "move that file away and replicate again; check the disk that it lay on",
    )
}

fn failed(address: &str, doing: &str, error: &io::Error) -> Fault {
    Fault::new(format!("the target {address} could not be {doing}: {error}"), advice(error))
}

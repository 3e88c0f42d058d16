//! A full copy of the ledger in one file: the second kind of backup. It appears whole and proven under its name, or
//! not at all, and takes the place of nothing.

use std::io;
use std::path::Path;

use rustix::fs::RenameFlags;

use super::dir::{Dir, UNFINISHED, advice};
use crate::app::port::Fault;
use crate::ledger::Reader;
use crate::ledger::copy::{copy, prove};
use crate::ledger::proof::verify::Proven;

/// What SQLite may leave beside a file that it was writing when it ended.
const BESIDE: [&str; 4] = ["", "-journal", "-wal", "-shm"];

/// A copy that is there.
#[derive(Debug)]
pub struct Copied {
    /// Bytes that it has.
    pub bytes: u64,
    /// What is in it.
    pub streams: Vec<Proven>,
}

/// Why there is none.
#[derive(Debug)]
pub enum NotCopied {
    /// The name cannot be used, or is taken.
    Name(Fault),
    /// The ledger, or what came out of it, is not sound.
    Unsound(Fault),
    /// The machine failed.
    Failed(Fault),
}

impl From<Fault> for NotCopied {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

/// Copies the ledger.
pub fn backup(reader: &Reader, file: &Path) -> Result<Copied, NotCopied> {
    let failed = |e: &io::Error| Fault::new(format!("{} could not be written: {e}", file.display()), advice(e));
    let path = std::path::absolute(file).map_err(|e| failed(&e))?;
    let (Some(above), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
        let what = format!("{} is no name for a file", file.display());
        return Err(NotCopied::Name(Fault::new(what, "name a file in a directory that is there")));
    };
    let dir = Dir::open(above).map_err(|e| failed(&e))?;
    if dir.is_taken(name).map_err(|e| failed(&e))? {
        return Err(taken(file));
    }
    let new = format!("{UNFINISHED}{name}");
    let named = |_: &[Proven]| name.to_owned();
    match placed(reader, &dir, above, &new, &named)? {
        (_, copied, false) => Ok(copied),
        (_, _, true) => Err(taken(file)),
    }
}

/// Copies the ledger into a directory, under a name that says what is in it; whether it was there already.
pub(super) fn copy_into(
    reader: &Reader,
    dir: &Dir,
    place: &Path,
    name_of: &dyn Fn(&[Proven]) -> String,
) -> Result<(String, Copied, bool), NotCopied> {
    placed(reader, dir, place, &format!("{UNFINISHED}copy"), name_of)
}

/// Makes a copy under a passing name, then gives it its own, unless that is taken.
fn placed(
    reader: &Reader,
    dir: &Dir,
    above: &Path,
    new: &str,
    name_of: &dyn Fn(&[Proven]) -> String,
) -> Result<(String, Copied, bool), NotCopied> {
    let failed =
        |e: &io::Error| Fault::new(format!("a copy in {} could not be written: {e}", above.display()), advice(e));
    let turn = dir.own_turn().map_err(|e| failed(&e))?;
    let _turn = turn.ok_or_else(|| {
        let what = format!("another copy is being made in {}", above.display());
        Fault::new(what, "wait until it is there")
    })?;
    clear(dir, new).map_err(|e| failed(&e))?;
    let made = make(reader, dir, above, new, &failed);
    let placed = made.and_then(|copied| {
        let name = name_of(&copied.streams);
        match dir.rename(new, &name, RenameFlags::NOREPLACE) {
            Ok(()) => Ok((name, copied, false)),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok((name, copied, true)),
            Err(e) => Err(failed(&e).into()),
        }
    });
    if !matches!(placed, Ok((_, _, false))) {
        // What went wrong matters more; what is left is removed the next time.
        let _left = clear(dir, new);
    }
    let placed = placed?;
    dir.sync().map_err(|e| failed(&e))?;
    Ok(placed)
}

fn make(
    reader: &Reader,
    dir: &Dir,
    above: &Path,
    new: &str,
    failed: &dyn Fn(&io::Error) -> Fault,
) -> Result<Copied, NotCopied> {
    // Closed at once: SQLite opens it by itself, and a second opening that ends later would drop its locks.
    drop(dir.make(new).map_err(|e| failed(&e))?);
    let path = above.join(new);
    copy(reader, &path)?;
    let bytes = dir.sync_file(new).map_err(|e| failed(&e))?;
    let streams = prove(&path, reader)?.map_err(|found| {
        let what = format!("the copy is not sound and was not kept: {found}");
        NotCopied::Unsound(Fault::new(what, "run `traveller verify`; if the ledger is sound, check the copy's disk"))
    })?;
    Ok(Copied { bytes, streams })
}

fn clear(dir: &Dir, new: &str) -> io::Result<()> {
    BESIDE.iter().try_for_each(|beside| dir.remove(&format!("{new}{beside}")))
}

fn taken(file: &Path) -> NotCopied {
    let what = format!("{} is there already", file.display());
    NotCopied::Name(Fault::new(what, "name a file that is not there yet; a copy takes the place of nothing"))
}

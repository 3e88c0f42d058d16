//! Full copies in a directory, of which only so many are kept. A copy is removed only when a newer one is there and
//! proven, and holds all that the older one does: what only an older copy tells is evidence, and stays.

use std::io;
use std::num::NonZeroU32;
use std::path::Path;

use super::backup::{Copied, NotCopied, copy_into};
use super::dir::{Dir, advice};
use crate::app::port::Fault;
use crate::domain::text::{clipped, display_safe};
use crate::ledger::chain::Hash;
use crate::ledger::proof::verify::Proven;
use crate::ledger::{Reader, open_reader};

/// How the name of a copy begins that was made to be kept so.
const BEGINS: &str = "copy-";
/// How it ends.
const ENDS: &str = ".db";
/// Digits of the number of events in its name, so that names are in the order of what they hold.
const DIGITS: usize = 13;
/// Characters of the hash over all heads in its name.
const HASH_CHARS: usize = 16;
/// Characters of a name that a remark shows.
const NAME_CHARS_MOST: usize = 80;

/// What is in the directory now.
#[derive(Debug)]
pub struct Kept {
    /// The newest copy.
    pub name: String,
    /// What it holds.
    pub copied: Copied,
    /// Whether it was there already: nothing was recorded since.
    pub already: bool,
    /// Copies that were removed.
    pub removed: Vec<String>,
    /// Copies that should have been and were not, and why.
    pub remarks: Vec<String>,
}

/// Makes a copy in a directory, then removes the oldest ones that are more than so many.
pub fn keep(reader: &Reader, place: &Path, most: NonZeroU32) -> Result<Kept, NotCopied> {
    let failed = |e: &io::Error| Fault::new(format!("{} could not be kept: {e}", place.display()), advice(e));
    let dir = Dir::open(place).map_err(|e| failed(&e))?;
    let (name, copied, already) = copy_into(reader, &dir, place, &name_of)?;
    // Only what is durable takes the place of anything.
    dir.sync().map_err(|e| failed(&e))?;
    let mut kept = Kept { name, copied, already, removed: Vec::new(), remarks: Vec::new() };
    let mut older: Vec<String> =
        dir.names().map_err(|e| failed(&e))?.iter().filter_map(|n| copy_named(n.to_str()?)).collect();
    older.retain(|name| *name != kept.name);
    let most = usize::try_from(most.get()).unwrap_or(usize::MAX);
    let extra = (older.len() + 1).saturating_sub(most);
    for name in older.into_iter().take(extra) {
        match lacks(reader, &place.join(&name)) {
            None => {
                dir.remove(&name).map_err(|e| failed(&e))?;
                dir.sync().map_err(|e| failed(&e))?;
                kept.removed.push(name);
            }
            Some(why) => {
                let name = display_safe(&clipped(&name, NAME_CHARS_MOST)).into_owned();
                kept.remarks.push(format!("{name} was not removed: {why}"));
            }
        }
    }
    Ok(kept)
}

/// The name of a copy: how much it holds, and of what.
fn name_of(streams: &[Proven]) -> String {
    let events: u64 = streams.iter().map(|stream| stream.events).sum();
    let heads: Vec<String> = streams.iter().map(|stream| stream.head.hex()).collect();
    let hash = Hash::of(heads.join("\n").as_bytes()).hex();
    format!("{BEGINS}{events:0DIGITS$}-{}{ENDS}", hash.get(..HASH_CHARS).unwrap_or(&hash))
}

/// A name that a copy here has.
fn copy_named(name: &str) -> Option<String> {
    let (events, hash) = name.strip_prefix(BEGINS)?.strip_suffix(ENDS)?.split_once('-')?;
    let is_number = events.len() == DIGITS && events.bytes().all(|b| b.is_ascii_digit());
    let is_hash = hash.len() == HASH_CHARS && hash.bytes().all(|b| b.is_ascii_hexdigit());
    (is_number && is_hash).then(|| name.to_owned())
}

/// What keeps an older copy from being removed: something that the ledger does not hold, and so no newer copy either.
fn lacks(reader: &Reader, older: &Path) -> Option<String> {
    let compared = || -> Result<Option<String>, Fault> {
        let older = open_reader(older).map_err(|e| e.fault())?;
        for stream in older.streams()? {
            let here = reader.event(&stream.terminal, &stream.epoch, stream.seq)?.map(|stored| stored.hash);
            if here != Some(stream.hash) {
                let (terminal, epoch, seq) = (stream.terminal, stream.epoch, stream.seq);
                return Ok(Some(format!("event {seq} of {terminal} {epoch} is in it, and not in the ledger")));
            }
        }
        Ok(None)
    };
    compared().unwrap_or_else(|fault| Some(fault.what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_how_much_is_in_it_and_only_such_names_count() {
        let name = name_of(&[]);
        assert_eq!(copy_named(&name), Some(name.clone()));
        assert!(name.starts_with("copy-0000000000000-"), "{name}");
        for other in ["copy.db", "copy-1-0123456789abcdef.db", "copy-0000000000001-xyz.db", ".traveller-new-copy", "T1"]
        {
            assert_eq!(copy_named(other), None, "{other}");
        }
    }
}

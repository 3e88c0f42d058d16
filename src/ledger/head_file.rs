//! The witness beside the ledger: where its stream stood after the last commit.
//!
//! A cut or lost WAL takes committed events along while SQLite finds the rest in order, and an old image put back
//! reads as sound. So the head also lives in a small file of its own, best on another partition: one checksummed
//! record of 128 bytes, readable with `cat`. It is raised after each COMMIT, so it may lag behind the ledger and never
//! leads it. A ledger that ends before its head file has lost records.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use super::chain::Hash;
use super::place::SEQ_MOST;
use crate::domain::id::{Epoch, TerminalId};

/// Bytes of the record.
pub const RECORD_BYTES: usize = 128;
/// How a record begins.
const MAGIC: &str = "HEAD1";
/// Characters of the checksum at its end.
const CHECK_CHARS: usize = 8;

/// Where a stream stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// The ledger's device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// The last event.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

/// How a ledger contradicts its head file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadTrouble {
    /// The ledger ends before what the head file saw.
    #[error("records missing: {from} to {to}")]
    Missing {
        /// The first event that is gone.
        from: u64,
        /// The last event that is known to have been there.
        to: u64,
    },
    /// Another event stands where the head file saw one.
    #[error("record {seq} is not the one that was made here")]
    Forked {
        /// Its number.
        seq: u64,
    },
    /// The head file is of another ledger.
    #[error("the head file is of ledger {terminal} {epoch}")]
    Foreign {
        /// The device that the head file names.
        terminal: TerminalId,
        /// The life that the head file names.
        epoch: Epoch,
    },
}

/// What a head file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// There is none, or nothing in it.
    Nothing,
    /// It is no record.
    Damaged,
    /// A record.
    Record(Witnessed),
}

/// The head file of a ledger, where none is configured.
pub fn default_path(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".head");
    PathBuf::from(name)
}

/// What the head file at that path holds.
pub fn read(path: &Path) -> io::Result<Content> {
    match File::open(path) {
        Ok(file) => read_open(&file),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Content::Nothing),
        Err(e) => Err(e),
    }
}

fn read_open(file: &File) -> io::Result<Content> {
    let mut record = [0; RECORD_BYTES];
    match file.read_exact_at(&mut record, 0) {
        Ok(()) => Ok(parse(&record).map_or(Content::Damaged, Content::Record)),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => {
            Ok(if file.metadata()?.len() == 0 { Content::Nothing } else { Content::Damaged })
        }
        Err(e) => Err(e),
    }
}

/// Whether the ledger agrees with what its head file saw. `hash_at` is the hash of the ledger's event of that number.
pub fn check(seen: &Witnessed, own: (&TerminalId, &Epoch, u64), hash_at: Option<Hash>) -> Result<(), HeadTrouble> {
    let (terminal, epoch, seq) = own;
    if (&seen.terminal, &seen.epoch) != (terminal, epoch) {
        return Err(HeadTrouble::Foreign { terminal: seen.terminal.clone(), epoch: seen.epoch.clone() });
    }
    if seen.seq > seq {
        return Err(HeadTrouble::Missing { from: seq + 1, to: seen.seq });
    }
    if hash_at == Some(seen.hash) { Ok(()) } else { Err(HeadTrouble::Forked { seq: seen.seq }) }
}

impl fmt::Display for Witnessed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{MAGIC} {:<16} {} {:013} {} ", self.terminal, self.epoch, self.seq, self.hash);
        let check = Hash::of(text.as_bytes()).hex();
        writeln!(f, "{text}{}", check.get(..CHECK_CHARS).unwrap_or_default())
    }
}

impl Witnessed {
    /// The record with single spaces: what a person may copy and keep.
    pub fn words(&self) -> String {
        single_spaced(&self.to_string())
    }

    /// Reads [`words`](Self::words), however they are spaced. The checksum finds a slip of whoever typed them.
    pub fn of_words(text: &str) -> Option<Self> {
        let seen = Self::unchecked(text)?;
        (seen.words() == single_spaced(text)).then_some(seen)
    }

    fn unchecked(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        if words.next()? != MAGIC {
            return None;
        }
        Some(Self {
            terminal: TerminalId::parse(words.next()?).ok()?,
            epoch: Epoch::parse(words.next()?).ok()?,
            seq: words.next()?.parse().ok().filter(|seq| (1..=SEQ_MOST).contains(seq))?,
            hash: Hash::parse(words.next()?)?,
        })
    }
}

fn single_spaced(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn parse(record: &[u8; RECORD_BYTES]) -> Option<Witnessed> {
    let text = std::str::from_utf8(record).ok()?;
    let seen = Witnessed::unchecked(text.strip_suffix('\n')?)?;
    // Written anew it must be the same: that covers the checksum, and every byte that no word holds.
    (seen.to_string() == text).then_some(seen)
}

/// The head file, open to be raised.
#[derive(Debug)]
pub(super) struct HeadFile {
    pub(super) file: File,
}

impl HeadFile {
    /// Opens the head file, and makes an empty one where there is none.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o640).open(path)?;
        Ok(Self { file })
    }

    /// What it holds.
    pub(super) fn content(&self) -> io::Result<Content> {
        self.file.lock_shared()?;
        let content = read_open(&self.file);
        self.file.unlock()?;
        content
    }

    /// Raises the record; one that stands higher in the same stream stays.
    pub(super) fn raise(&self, head: &Witnessed) -> io::Result<()> {
        self.file.lock()?;
        let raised = self.raise_locked(head);
        self.file.unlock()?;
        raised
    }

    fn raise_locked(&self, head: &Witnessed) -> io::Result<()> {
        let higher = match read_open(&self.file)? {
            Content::Record(seen) => {
                (&seen.terminal, &seen.epoch) == (&head.terminal, &head.epoch) && seen.seq >= head.seq
            }
            Content::Nothing | Content::Damaged => false,
        };
        if higher { Ok(()) } else { self.file.write_all_at(head.to_string().as_bytes(), 0) }
    }

    /// Makes the record durable by itself. Never on the operator's path: a second sync costs more than the first.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(seq: u64) -> Witnessed {
        Witnessed {
            terminal: TerminalId::parse("LINE-3").unwrap(),
            epoch: Epoch::parse("0123456789abcdef").unwrap(),
            seq,
            hash: Hash::of(&seq.to_be_bytes()),
        }
    }

    #[test]
    fn a_record_has_128_bytes_and_reads_back() {
        for seq in [1, 7, SEQ_MOST] {
            let text = seen(seq).to_string();
            assert_eq!(text.len(), RECORD_BYTES, "{text}");
            assert_eq!(parse(text.as_bytes().try_into().unwrap()), Some(seen(seq)));
        }
    }

    #[test]
    fn every_flipped_bit_of_a_record_is_noticed() {
        let record: [u8; RECORD_BYTES] = seen(12).to_string().as_bytes().try_into().unwrap();
        for at in 0..record.len() {
            for bit in 0..8 {
                let mut flipped = record;
                flipped[at] ^= 1 << bit;
                assert_eq!(parse(&flipped), None, "byte {at} bit {bit}");
            }
        }
    }

    #[test]
    fn the_words_of_a_record_read_back_and_a_slip_is_noticed() {
        let words = seen(12).words();
        assert_eq!(Witnessed::of_words(&words), Some(seen(12)));
        assert_eq!(Witnessed::of_words(&words.replace(' ', "\n  ")), Some(seen(12)));
        for (at, c) in words.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            let other = if c == '7' { "4" } else { "7" };
            let mut slip = words.clone();
            slip.replace_range(at..=at, other);
            assert_eq!(Witnessed::of_words(&slip), None, "{slip}");
        }
        assert_eq!(Witnessed::of_words(&format!("{words} 1")), None);
        assert_eq!(Witnessed::of_words(""), None);
    }

    #[test]
    fn it_is_raised_and_never_lowered_within_a_stream() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("t.db.head");
        assert_eq!(read(&path).unwrap(), Content::Nothing);
        let file = HeadFile::open(&path).unwrap();
        assert_eq!(file.content().unwrap(), Content::Nothing);
        file.raise(&seen(5)).unwrap();
        file.raise(&seen(3)).unwrap();
        assert_eq!(read(&path).unwrap(), Content::Record(seen(5)));
        file.raise(&seen(6)).unwrap();
        file.sync().unwrap();
        assert_eq!(read(&path).unwrap(), Content::Record(seen(6)));
        std::fs::write(&path, "HEAD1 half").unwrap();
        assert_eq!(file.content().unwrap(), Content::Damaged);
    }

    #[test]
    fn a_ledger_that_ends_early_or_differs_is_told_apart() {
        let (t, e) = (seen(5).terminal, seen(5).epoch);
        assert_eq!(check(&seen(5), (&t, &e, 9), Some(seen(5).hash)), Ok(()));
        assert_eq!(check(&seen(5), (&t, &e, 3), None), Err(HeadTrouble::Missing { from: 4, to: 5 }));
        assert_eq!(check(&seen(5), (&t, &e, 5), Some(Hash::ZERO)), Err(HeadTrouble::Forked { seq: 5 }));
        let other = Epoch::parse("fedcba9876543210").unwrap();
        assert!(matches!(check(&seen(5), (&t, &other, 5), None), Err(HeadTrouble::Foreign { .. })));
    }
}

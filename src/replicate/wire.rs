//! What both ends of an ssh connection say to each other: a greeting, then frames. A frame is a length of four bytes,
//! the most significant first, and so many bytes: a message in JSON, or the file of a segment.
//!
//! A path never travels. Names are built anew from their fields on the side that uses them, and every length has a
//! limit that the reader sets.

use std::io::{self, BufRead, ErrorKind, Read, Write};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::replica::Life;
use super::segment::Name;
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::chain::Hash;

/// The line that the receiving end begins with. The number is the protocol's.
pub const GREETING: &str = "TRAVELLER REPLICA 1";
/// How every greeting begins, of whatever protocol.
const GREETING_OF_ANY: &str = "TRAVELLER REPLICA ";
/// Bytes that a shell or a banner may say before the greeting.
pub const BANNER_BYTES_MOST: u64 = 64 << 10;
/// Bytes that a message may have.
pub const MESSAGE_BYTES_MOST: u64 = 512 << 10;
/// Names that one message may list.
pub const NAMES_A_MESSAGE: usize = 1_000;
/// Characters of a text of the far side that are kept.
pub const TEXT_CHARS_MOST: usize = 400;

/// What the sending end asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Ask {
    /// Open the target; it was seen with the known mark, or gets the fresh one.
    Open {
        /// The mark that it was seen with.
        known: Option<String>,
        /// A mark for one that was never seen.
        fresh: String,
    },
    /// The lives of a terminal that go on from another one.
    OtherLives {
        /// The device.
        terminal: TerminalId,
        /// Those that need not be looked at.
        known: Vec<Epoch>,
    },
    /// The segments of a stream.
    Found(StreamWords),
    /// Remove what is half written.
    Tidy(StreamWords),
    /// Prove a segment that is there.
    Prove(NameWords),
    /// Take the segment that follows in the next frame.
    Send(NameWords),
}

/// What the receiving end answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Answer {
    /// The target is open.
    Opened {
        /// Its mark.
        mark: String,
    },
    /// The lives that go on from another one.
    OtherLives(Vec<Life>),
    /// Some of the names of a stream.
    Names {
        /// First, last, head.
        names: Vec<(u64, u64, String)>,
        /// Whether others follow.
        more: bool,
        /// What else is there; only with the last of them.
        remarks: Vec<String>,
    },
    /// It is done.
    Done,
    /// It is not.
    Failed {
        /// What failed.
        what: String,
        /// What to do.
        instead: String,
    },
}

/// A stream by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StreamWords {
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
}

/// A segment by what its name says, and the chain before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameWords {
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// The first event in it.
    pub first: u64,
    /// The last event in it.
    pub last: u64,
    /// The chain after the last.
    pub head: String,
    /// The chain before the first.
    pub previous: String,
}

impl NameWords {
    /// The words for a segment.
    pub fn of(name: &Name, previous: Hash) -> Self {
        let Name { terminal, epoch, first, last, head } = name;
        let (terminal, epoch) = (terminal.clone(), epoch.clone());
        Self { terminal, epoch, first: *first, last: *last, head: head.hex(), previous: previous.hex() }
    }

    /// The segment that they name, where there can be such a one.
    pub fn name(self) -> Option<(Name, Hash)> {
        let Self { terminal, epoch, first, last, head, previous } = self;
        let previous = Hash::parse(&previous)?;
        Some((Name::new(terminal, epoch, first, last, Hash::parse(&head)?)?, previous))
    }
}

/// Says the greeting, on a line of its own whatever was said before.
pub fn greet(to: &mut dyn Write) -> io::Result<()> {
    write!(to, "\n{GREETING}\n")?;
    to.flush()
}

/// Reads up to the greeting, past what a shell or a banner says.
pub fn await_greeting(from: &mut dyn BufRead) -> io::Result<()> {
    let mut limited = from.take(BANNER_BYTES_MOST);
    loop {
        let mut line = Vec::new();
        if limited.read_until(b'\n', &mut line)? == 0 {
            let full = limited.limit() == 0;
            let what = if full { "it says much, and not what a receiver says" } else { "it ended without a greeting" };
            let kind = if full { ErrorKind::InvalidData } else { ErrorKind::UnexpectedEof };
            return Err(io::Error::new(kind, what));
        }
        let line = line.trim_ascii();
        if line == GREETING.as_bytes() {
            return Ok(());
        }
        if line.starts_with(GREETING_OF_ANY.as_bytes()) {
            return Err(io::Error::new(ErrorKind::InvalidData, "it is of another version of this program"));
        }
    }
}

/// Writes a frame.
pub fn write_frame(to: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_be_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// Reads a frame; none where the other end is done. What it claims to have is never believed before it came.
pub fn read_frame(from: &mut dyn Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut length = Vec::new();
    Read::take(&mut *from, 4).read_to_end(&mut length)?;
    let Ok(length) = <[u8; 4]>::try_from(length.as_slice()).map(u32::from_be_bytes).map(u64::from) else {
        return if length.is_empty() { Ok(None) } else { Err(ErrorKind::UnexpectedEof.into()) };
    };
    if length > most {
        return Err(io::Error::new(ErrorKind::InvalidData, format!("a frame of {length} bytes is too long")));
    }
    let mut bytes = Vec::new();
    let read = Read::take(&mut *from, length).read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read == length) {
        Ok(Some(bytes))
    } else {
        Err(ErrorKind::UnexpectedEof.into())
    }
}

/// Writes a message.
pub fn say(to: &mut dyn Write, message: &impl Serialize) -> io::Result<()> {
    write_frame(to, &serde_json::to_vec(message)?)
}

/// Reads a message; none where the other end is done.
pub fn hear<T: DeserializeOwned>(from: &mut dyn Read) -> io::Result<Option<T>> {
    let Some(bytes) = read_frame(from, MESSAGE_BYTES_MOST)? else { return Ok(None) };
    let unread = |e| io::Error::new(ErrorKind::InvalidData, format!("a message cannot be read: {e}"));
    serde_json::from_slice(&bytes).map(Some).map_err(unread)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_banner_is_read_past_and_has_a_limit() {
        let mut said = b"Welcome to NAS-7\nunfinished".to_vec();
        greet(&mut said).unwrap();
        said.extend(b"rest");
        let mut from = &said[..];
        await_greeting(&mut from).unwrap();
        assert_eq!(from, b"rest");
        let endless = vec![b'x'; usize::try_from(BANNER_BYTES_MOST).unwrap() * 2];
        assert_eq!(await_greeting(&mut &endless[..]).unwrap_err().kind(), ErrorKind::InvalidData);
        assert_eq!(await_greeting(&mut &b"no such command\n"[..]).unwrap_err().kind(), ErrorKind::UnexpectedEof);
        let newer = await_greeting(&mut &b"TRAVELLER REPLICA 2\n"[..]).unwrap_err();
        assert!(newer.to_string().contains("another version"));
    }

    #[test]
    fn a_frame_is_whole_or_an_error() {
        let mut said = Vec::new();
        write_frame(&mut said, b"segment").unwrap();
        assert_eq!(read_frame(&mut &said[..], 7).unwrap(), Some(b"segment".to_vec()));
        assert_eq!(read_frame(&mut &said[..], 6).unwrap_err().kind(), ErrorKind::InvalidData);
        assert_eq!(read_frame(&mut &b""[..], 7).unwrap(), None);
        for length in 1..said.len() {
            let cut = read_frame(&mut &said[..length], 7).unwrap_err();
            assert_eq!(cut.kind(), ErrorKind::UnexpectedEof, "{length}");
        }
    }

    #[test]
    fn a_name_is_built_of_fields_that_can_be_one() {
        let words = |first: u64, last: u64, head: &str| NameWords {
            terminal: "T1".parse().unwrap(),
            epoch: "0123456789abcdef".parse().unwrap(),
            first,
            last,
            head: head.to_owned(),
            previous: "0".repeat(64),
        };
        let head = "a".repeat(64);
        let (name, previous) = words(1, 3, &head).name().unwrap();
        assert_eq!(NameWords::of(&name, previous), words(1, 3, &head));
        for bad in [words(0, 3, &head), words(4, 3, &head), words(1, 30_000, &head), words(1, 3, "../../etc/passwd")] {
            assert_eq!(bad.name(), None);
        }
        let json = r#"{"found":{"terminal":"../..","epoch":"0123456789abcdef"}}"#;
        assert!(serde_json::from_str::<Ask>(json).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_upset_it(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _read = hear::<Ask>(&mut &bytes[..]);
            let _read = await_greeting(&mut &bytes[..]);
        }
    }
}

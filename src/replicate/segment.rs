//! A segment: a range of one stream's events, as they were recorded, compressed, under a name that says what is in it.
//!
//! `<terminal>/<epoch>/<first>-<last>-<head hash>.jsonl.zst`: numbers of 13 digits, the hash of the chain after `last`.
//! Inside are the exact bodies, one a line. Anybody can check it: `zstd -d`, then the chain, line by line.

use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};

use zstd::stream::write::Encoder;

use super::packing::Packing;
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::chain::Hash;
use crate::ledger::place::SEQ_MOST;

/// Events that a segment may have.
pub const EVENTS_MOST: u64 = 20_000;
/// Bytes that the bodies of a segment may have, their newlines included.
pub const BODIES_BYTES_MOST: u64 = 16 << 20;
/// Bytes that a segment's file may have: bodies that cannot be compressed, and what zstd puts around them.
pub const FILE_BYTES_MOST: u64 = BODIES_BYTES_MOST + (1 << 20);
/// The greatest window that a frame may ask for, as a power of two, and the one that is used: 2 MiB.
pub(super) const WINDOW_LOG_MOST: u32 = 21;
/// Digits of a number in a name.
const DIGITS: usize = 13;
/// How a name ends.
const SUFFIX: &str = ".jsonl.zst";

/// What a segment's name says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// The first event in it.
    pub first: u64,
    /// The last event in it.
    pub last: u64,
    /// The chain after the last.
    pub head: Hash,
}

impl Name {
    /// Reads the name of a file in the directory of a stream; none where it is no segment's.
    pub fn parse(terminal: &TerminalId, epoch: &Epoch, file: &str) -> Option<Self> {
        let mut parts = file.strip_suffix(SUFFIX)?.split('-');
        let (first, last) = (number(parts.next()?)?, number(parts.next()?)?);
        let head = Hash::parse(parts.next()?)?;
        parts.next().is_none().then(|| Self::new(terminal.clone(), epoch.clone(), first, last, head))?
    }

    /// The name of a segment, where there can be such a one.
    pub fn new(terminal: TerminalId, epoch: Epoch, first: u64, last: u64, head: Hash) -> Option<Self> {
        let sound = first >= 1 && first <= last && last - first < EVENTS_MOST && last <= SEQ_MOST;
        sound.then_some(Self { terminal, epoch, first, last, head })
    }

    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{:0DIGITS$}-{:0DIGITS$}-{}{SUFFIX}", self.first, self.last, self.head)
    }

    /// How many events it has.
    pub fn events(&self) -> u64 {
        self.last - self.first + 1
    }
}

/// The path below a target.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.terminal, self.epoch, self.file())
    }
}

fn number(digits: &str) -> Option<u64> {
    let sound = digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|_| sound)
}

/// Why a segment is not what its name says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Bad {
    /// It does not decompress.
    #[error("it cannot be unpacked ({0})")]
    Packing(String),
    /// It is longer than a segment may be.
    #[error("it is longer than a segment may be")]
    TooLong,
    /// It ends early.
    #[error("it ends before event {0}")]
    Short(u64),
    /// There is more in it than its name says.
    #[error("it has more than its name says")]
    More,
    /// An event is no text.
    #[error("event {0} is no text")]
    NoText(u64),
    /// The chain over its events is another one.
    #[error("its events do not lead to the hash in its name")]
    Chain,
}

/// An event as it came out of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unpacked<'s> {
    /// Its number.
    pub seq: u64,
    /// The exact text that was hashed.
    pub body: &'s str,
    /// The chain before it.
    pub previous: Hash,
    /// The chain after it.
    pub hash: Hash,
}

/// Goes through a segment event by event; only once it ends well is any of it true. `previous` is the chain before its
/// first event. What the bodies say is not looked at: that they are of this stream is for the one who takes them into
/// a ledger.
pub fn check(name: &Name, previous: Hash, file: &[u8], mut visit: impl FnMut(Unpacked<'_>)) -> Result<(), Bad> {
    let packing = |e: io::Error| Bad::Packing(e.to_string());
    let mut decoder = zstd::stream::read::Decoder::with_buffer(file).map_err(packing)?.single_frame();
    decoder.window_log_max(WINDOW_LOG_MOST).map_err(packing)?;
    let mut lines = BufReader::new(decoder.take(BODIES_BYTES_MOST + 1));
    let mut hash = previous;
    let mut bytes = 0_u64;
    let mut line = Vec::new();
    for seq in name.first..=name.last {
        line.clear();
        let read = lines.read_until(b'\n', &mut line).map_err(packing)?;
        bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if bytes > BODIES_BYTES_MOST {
            return Err(Bad::TooLong);
        }
        if line.pop() != Some(b'\n') {
            return Err(Bad::Short(seq));
        }
        let previous = hash;
        hash = Hash::after(previous, &line);
        let body = std::str::from_utf8(&line).map_err(|_no_text| Bad::NoText(seq))?;
        visit(Unpacked { seq, body, previous, hash });
    }
    // To read on to the end also checks what zstd keeps there.
    if !lines.fill_buf().map_err(packing)?.is_empty() || !lines.into_inner().into_inner().finish().is_empty() {
        return Err(Bad::More);
    }
    if hash == name.head { Ok(()) } else { Err(Bad::Chain) }
}

/// Packs events into one segment, until it is full.
pub struct Packer {
    terminal: TerminalId,
    epoch: Epoch,
    first: u64,
    next: u64,
    head: Hash,
    bytes: u64,
    encoder: Encoder<'static, Vec<u8>>,
}

/// What became of an event that was given to a packer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packed {
    /// It is in; the chain after it.
    In(Hash),
    /// It belongs into the next segment.
    Full,
    /// It fits into no segment: it is too long, or more than one line.
    Never,
}

impl Packer {
    /// An empty segment that begins with an event, after the chain before it.
    pub fn new(terminal: TerminalId, epoch: Epoch, first: u64, previous: Hash, packing: Packing) -> io::Result<Self> {
        let encoder = packing.encoder(Vec::new())?;
        Ok(Self { terminal, epoch, first, next: first, head: previous, bytes: 0, encoder })
    }

    /// Takes the next event.
    pub fn push(&mut self, body: &str) -> io::Result<Packed> {
        let bytes = u64::try_from(body.len()).unwrap_or(u64::MAX).saturating_add(1);
        if bytes > BODIES_BYTES_MOST || body.contains('\n') {
            return Ok(Packed::Never);
        }
        if self.next - self.first >= EVENTS_MOST || self.bytes.saturating_add(bytes) > BODIES_BYTES_MOST {
            return Ok(Packed::Full);
        }
        self.encoder.write_all(body.as_bytes())?;
        self.encoder.write_all(b"\n")?;
        self.bytes += bytes;
        self.next += 1;
        self.head = Hash::after(self.head, body.as_bytes());
        Ok(Packed::In(self.head))
    }

    /// The segment and its name; none where nothing is in it.
    pub fn finish(self) -> io::Result<Option<(Name, Vec<u8>)>> {
        let Self { terminal, epoch, first, next, head, bytes: _, encoder } = self;
        if next == first {
            return Ok(None);
        }
        let file = encoder.finish()?;
        Ok(Some((Name { terminal, epoch, first, last: next - 1, head }, file)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ids() -> (TerminalId, Epoch) {
        (TerminalId::parse("LINE-3").unwrap(), Epoch::parse("0123456789abcdef").unwrap())
    }

    fn packed(first: u64, previous: Hash, bodies: &[String]) -> (Name, Vec<u8>) {
        let (terminal, epoch) = ids();
        let mut packer = Packer::new(terminal, epoch, first, previous, Packing::Hard).unwrap();
        for body in bodies {
            assert!(matches!(packer.push(body).unwrap(), Packed::In(_)));
        }
        packer.finish().unwrap().unwrap()
    }

    /// What is in a segment: the bodies, and the chain after each.
    fn decode(name: &Name, previous: Hash, file: &[u8]) -> Result<Vec<(u64, String, Hash)>, Bad> {
        let mut events = Vec::new();
        check(name, previous, file, |event| events.push((event.seq, event.body.to_owned(), event.hash)))?;
        Ok(events)
    }

    fn bodies(count: u64) -> Vec<String> {
        (1..=count).map(|n| format!("{{\"v\":1,\"seq\":{n},\"name\":\"Gerät\"}}")).collect()
    }

    #[test]
    fn what_was_packed_comes_out_with_its_chain() {
        let bodies = bodies(300);
        let (name, file) = packed(7, Hash::of(b"before"), &bodies);
        assert_eq!((name.first, name.last, name.events()), (7, 306, 300));
        let events = decode(&name, Hash::of(b"before"), &file).unwrap();
        assert_eq!(events.iter().map(|(_, body, _)| body.clone()).collect::<Vec<_>>(), bodies);
        assert_eq!(events.last().map(|(seq, _, hash)| (*seq, *hash)), Some((306, name.head)));
        assert_eq!(decode(&name, Hash::ZERO, &file), Err(Bad::Chain), "it follows another event");
    }

    #[test]
    fn a_name_reads_back_and_no_other_does() {
        let (terminal, epoch) = ids();
        let (name, _) = packed(1, Hash::ZERO, &bodies(3));
        assert_eq!(Name::parse(&terminal, &epoch, &name.file()), Some(name.clone()));
        let file = format!("0000000000001-0000000000003-{}.jsonl.zst", name.head);
        assert_eq!(name.to_string(), format!("LINE-3/0123456789abcdef/{file}"));
        let hash = name.head.hex();
        for bad in [
            String::new(),
            "..".to_owned(),
            format!("1-3-{hash}.jsonl.zst"),
            format!("0000000000000-0000000000003-{hash}.jsonl.zst"),
            format!("0000000000004-0000000000003-{hash}.jsonl.zst"),
            format!("0000000000001-0000000020001-{hash}.jsonl.zst"),
            format!("+000000000001-0000000000003-{hash}.jsonl.zst"),
            format!("0000000000001-9999999999999-{hash}.jsonl.zst"),
            format!("0000000000001-0000000000003-{}.jsonl.zst", hash.to_uppercase()),
            format!("0000000000001-0000000000003-{hash}-1.jsonl.zst"),
            format!("0000000000001-0000000000003-{hash}.jsonl"),
            format!("../0000000000001-0000000000003-{hash}.jsonl.zst"),
        ] {
            assert_eq!(Name::parse(&terminal, &epoch, &bad), None, "{bad}");
        }
    }

    #[test]
    fn every_cut_and_every_flipped_bit_is_noticed() {
        let (name, file) = packed(1, Hash::ZERO, &bodies(20));
        for length in 0..file.len() {
            assert!(decode(&name, Hash::ZERO, &file[..length]).is_err(), "{length} bytes");
        }
        for at in 0..file.len() {
            for bit in 0..8 {
                let mut flipped = file.clone();
                flipped[at] ^= 1 << bit;
                // A bit of the frame's head may mean nothing: then what comes out is still what was recorded.
                if let Ok(events) = decode(&name, Hash::ZERO, &flipped) {
                    assert_eq!(Ok(events), decode(&name, Hash::ZERO, &file), "byte {at} bit {bit}");
                }
            }
        }
    }

    #[test]
    fn more_or_less_than_the_name_says_is_refused() {
        let (name, file) = packed(1, Hash::ZERO, &bodies(3));
        let renamed = |first, last| decode(&Name { first, last, ..name.clone() }, Hash::ZERO, &file);
        assert_eq!(renamed(1, 4), Err(Bad::Short(4)));
        assert_eq!(renamed(1, 2), Err(Bad::More));
        let twice = [file.clone(), file.clone()].concat();
        assert_eq!(decode(&name, Hash::ZERO, &twice), Err(Bad::More));
        assert!(matches!(decode(&name, Hash::ZERO, b"{\"v\":1}\n"), Err(Bad::Packing(_))));
        let raw = zstd::encode_all(&b"\xff\xfe\nb\nc\n"[..], 3).unwrap();
        assert_eq!(decode(&name, Hash::ZERO, &raw), Err(Bad::NoText(1)));
    }

    #[test]
    fn a_file_that_swells_is_left_at_the_limit() {
        let (name, _) = packed(1, Hash::ZERO, &bodies(3));
        let bomb = zstd::encode_all(io::repeat(b'a').take(BODIES_BYTES_MOST * 8), 3).unwrap();
        assert!(bomb.len() < 100_000);
        assert_eq!(decode(&name, Hash::ZERO, &bomb), Err(Bad::TooLong));
        let mut wide = zstd::stream::write::Encoder::new(Vec::new(), 3).unwrap();
        wide.window_log(27).unwrap();
        wide.write_all(&b"a\nb\nc\n".repeat(100)).unwrap();
        let wide = wide.finish().unwrap();
        assert!(matches!(decode(&name, Hash::ZERO, &wide), Err(Bad::Packing(_))), "it asks for 128 MiB");
    }

    #[test]
    fn a_packer_is_full_at_its_limits() {
        let (terminal, epoch) = ids();
        let mut packer = Packer::new(terminal.clone(), epoch.clone(), 1, Hash::ZERO, Packing::Quick).unwrap();
        for _ in 0..EVENTS_MOST {
            assert!(matches!(packer.push("{}").unwrap(), Packed::In(_)));
        }
        assert_eq!(packer.push("{}").unwrap(), Packed::Full);
        let (name, file) = packer.finish().unwrap().unwrap();
        assert_eq!(name.events(), EVENTS_MOST);
        assert!(check(&name, Hash::ZERO, &file, |_| ()).is_ok());

        let mut packer = Packer::new(terminal, epoch, 1, Hash::ZERO, Packing::Hard).unwrap();
        let half = "a".repeat(usize::try_from(BODIES_BYTES_MOST / 2).unwrap());
        assert_eq!(packer.push("a\nb").unwrap(), Packed::Never);
        assert_eq!(packer.push(&format!("{half}{half}")).unwrap(), Packed::Never);
        assert!(matches!(packer.push(&half).unwrap(), Packed::In(_)));
        assert_eq!(packer.push(&half).unwrap(), Packed::Full);
        assert!(Packer::finish(packer).unwrap().is_some());
    }

    proptest! {
        #[test]
        fn any_bodies_survive(bodies in prop::collection::vec("[^\n]{0,40}", 1..40), first in 1_u64..1_000_000) {
            let (name, file) = packed(first, Hash::ZERO, &bodies);
            let events = decode(&name, Hash::ZERO, &file).unwrap();
            prop_assert_eq!(events.into_iter().map(|(_, body, _)| body).collect::<Vec<_>>(), bodies);
        }

        #[test]
        fn no_bytes_upset_it(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let (name, _) = packed(1, Hash::ZERO, &["{}".to_owned()]);
            prop_assert!(decode(&name, Hash::ZERO, &bytes).is_err());
        }
    }
}

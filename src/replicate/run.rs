//! One run to one target: every stream compared, what is missing sent, every head that was seen receipted.
//!
//! The ledger is read in short pages, and beside somebody at work with a rest between them, so that its writer is never
//! in anybody's way.

use std::io;
use std::ops::RangeInclusive;

use super::address::Address;
use super::dir::{Dir, advice};
use super::pace::Pace;
use super::packing::Packing;
use super::plan::{Divergence, Local, Plan, plan};
use super::receipted::contradicted;
use super::replaced::{Replaced, replaced};
use super::replica::Replica;
use super::segment::{Name, Packed, Packer};
use super::state::{self, Failed, HeldHead, Superseded, TargetState};
use crate::app::port::Fault;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::ledger::chain::Hash;
use crate::ledger::place::Place;
use crate::ledger::reader::Stream;

/// Events that are read from the ledger at a time.
const PAGE_EVENTS: u32 = 100;

/// Segments of each stream that a run proves again besides the newest: a replica of a year is read once in a quarter.
const PROVEN_AGAIN: usize = 4;
/// Microseconds of a day.
const DAY_MICROSECONDS: i64 = 86_400_000_000;

/// Where to send, and what a run is told.
#[derive(Debug)]
pub struct Errand<'a> {
    /// The target.
    pub address: &'a Address,
    /// The directory of state.
    pub state: &'a Dir,
    /// A mark for a target that has none yet.
    pub fresh_mark: &'a str,
    /// The moment.
    pub now: At,
}

/// What whoever watches a run hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'n> {
    /// A segment has arrived.
    Sent(&'n Name),
    /// Somebody is at work on this ledger: from now on it rests more than it works. Told once.
    Guest,
}

/// What a run did.
#[derive(Debug, Default)]
pub struct Sent {
    /// Events that were sent.
    pub sent: u64,
    /// Events that were there already.
    pub already: u64,
    /// Bytes that were written.
    pub bytes: u64,
    /// What the target was seen to hold: of what lay there before, the newest segment and a few others were read again.
    pub heads: Vec<HeldHead>,
    /// Streams that contradict the ledger; nothing was written for them.
    pub divergence: Vec<Diverged>,
    /// What else lies there.
    pub remarks: Vec<String>,
}

/// A stream that contradicts the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diverged {
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// How.
    pub how: Divergence,
}

/// Brings a target up to date, and keeps in the state how that went. What was done before it failed is in `sent` all
/// the same.
pub fn replicate(
    reader: &Reader,
    errand: &Errand<'_>,
    sent: &mut Sent,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), Fault> {
    let address = errand.address.to_string();
    let bad = |e: io::Error| state_failed(&e);
    let lock = format!("{}.lock", state::file_of(&address));
    let _turn = errand.state.turn(&lock).map_err(bad)?.ok_or_else(|| {
        let what = format!("another run is sending to {address} just now");
        Fault::new(what, "wait until it ends")
    })?;
    let known = state::read_target(errand.state, &address).map_err(bad)?;
    let mark = known.as_ref().map(|k| k.mark.as_str()).filter(|mark| !mark.is_empty()).map(str::to_owned);
    let mut kept = known.unwrap_or_else(|| TargetState::new(&address, "", errand.now));
    kept.tried = errand.now;
    let ended = send(reader, errand, mark.as_deref(), &mut kept, sent, progress);
    kept.failed = match &ended {
        Ok(()) => sent.divergence.first().map(|d| Failed {
            at: errand.now,
            what: format!("{} {}: {}", d.terminal, d.epoch, d.how),
            instead: "stop, change nothing, and call whoever keeps the replicas".to_owned(),
            contradicts: true,
        }),
        Err(Fault { what, instead, .. }) => {
            Some(Failed { at: errand.now, what: what.clone(), instead: instead.clone(), contradicts: false })
        }
    };
    if kept.failed.is_none() {
        kept.done = Some(errand.now);
    }
    let written = state::write_target(errand.state, &kept).map_err(bad);
    // What failed first is told.
    ended.and(written)
}

fn send(
    reader: &Reader,
    errand: &Errand<'_>,
    mark: Option<&str>,
    kept: &mut TargetState,
    sent: &mut Sent,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<(), Fault> {
    let mut target = errand.address.open(mark, errand.fresh_mark)?;
    if kept.mark != target.mark() {
        // Known before anything is sent: else a run that ends early leaves a target that could be swapped unnoticed.
        target.mark().clone_into(&mut kept.mark);
        state::write_target(errand.state, kept).map_err(|e| state_failed(&e))?;
    }
    let streams = reader.streams()?;
    if let Some(replaced) = replaced(reader, target.as_mut(), &streams)? {
        let Replaced { own, by, after } = replaced;
        let (terminal, epoch, target) = (own.terminal.clone(), own.epoch.clone(), errand.address.to_string());
        let state = Superseded { terminal, epoch, by: by.clone(), after, target, at: errand.now };
        state::write_superseded(errand.state, &state).map_err(|e| state_failed(&e))?;
        let how = Divergence::Replaced { by, after };
        sent.divergence.push(Diverged { terminal: state.terminal, epoch: state.epoch, how });
        return Ok(());
    }
    let receipts = state::receipts(errand.state, &kept.heads).map_err(|e| state_failed(&e))?;
    let mut log = Log { reader, pace: Pace::begin(), progress };
    for stream in &streams {
        let known = Known { streams: &streams, receipts: &receipts, there: &kept.heads };
        if one(&mut log, errand, target.as_mut(), (stream, &known), sent)? {
            target.is_in_place()?;
            let Stream { terminal, epoch, seq, hash, .. } = stream.clone();
            let receipt = HeldHead { terminal, epoch, seq, hash: hash.hex(), at: errand.now };
            sent.heads.push(receipt.clone());
            kept.receipt(receipt);
        }
    }
    Ok(())
}

/// Which segments are read and proven again. The newest is the one that the last run wrote: a disk that lies is found
/// the next day. Of the older ones each day has its own few, so that all of them have their turn while a night costs
/// what a day costs; that all of them are there, by their names, is seen in any case.
fn again(there: &[Name], now: At) -> Vec<&Name> {
    let Some((newest, older)) = there.split_last() else { return Vec::new() };
    let day = usize::try_from(now.0.div_euclid(DAY_MICROSECONDS)).unwrap_or(0);
    let first = day.wrapping_mul(PROVEN_AGAIN).checked_rem(older.len()).unwrap_or(0);
    let turn = older.iter().cycle().skip(first).take(PROVEN_AGAIN.min(older.len()));
    turn.chain([newest]).collect()
}

/// The log of the ledger, read at the pace that the floor leaves.
struct Log<'l> {
    reader: &'l Reader,
    pace: Pace,
    progress: &'l mut dyn FnMut(Progress<'_>),
}

impl Log<'_> {
    /// Between two pieces of work.
    fn rest(&mut self) -> Result<(), Fault> {
        if self.reader.changed_by_others()? && self.pace.somebody_recorded() {
            (self.progress)(Progress::Guest);
        }
        self.pace.rest();
        Ok(())
    }
}

/// What is known of the ledger beside itself.
struct Known<'k> {
    streams: &'k [Stream],
    /// What any target was seen to hold of it.
    receipts: &'k [HeldHead],
    /// What this one was.
    there: &'k [HeldHead],
}

/// Sends what is missing of one stream; false where it contradicts the ledger, and nothing was written.
fn one(
    log: &mut Log<'_>,
    errand: &Errand<'_>,
    target: &mut dyn Replica,
    (stream, known): (&Stream, &Known<'_>),
    sent: &mut Sent,
) -> Result<bool, Fault> {
    let reader = log.reader;
    let found = target.found(&stream.terminal, &stream.epoch)?;
    sent.remarks.extend(found.remarks);
    sent.remarks.extend(lost_there(stream, &found.names, known.there));
    let local = Local { seq: stream.seq, hash: stream.hash };
    let planned = plan(local, &found.names, |seq| hash_at(reader, stream, seq))?;
    let how = match &planned {
        Ok(_) => contradicted(reader, stream, known.streams, known.receipts)?,
        Err(how) => Some(how.clone()),
    };
    let plan = match (planned, how) {
        (Ok(plan), None) => plan,
        (_, how) => {
            let (terminal, epoch) = (stream.terminal.clone(), stream.epoch.clone());
            sent.divergence.extend(how.map(|how| Diverged { terminal, epoch, how }));
            return Ok(false);
        }
    };
    target.tidy(&stream.terminal, &stream.epoch)?;
    let Plan { send, already, there } = plan;
    sent.already += already;
    for name in again(&there, errand.now) {
        log.rest()?;
        target.prove(name, before(reader, stream, name.first)?)?;
    }
    for range in send {
        send_range(log, target, stream, range, sent)?;
    }
    Ok(true)
}

/// What a target has lost since it was last seen: it is sent again, and somebody should know.
fn lost_there(stream: &Stream, there: &[Name], seen: &[HeldHead]) -> Option<String> {
    let seen = seen.iter().find(|head| (&head.terminal, &head.epoch) == (&stream.terminal, &stream.epoch))?;
    let there = there.iter().map(|name| name.last).max().unwrap_or(0);
    (there < seen.seq).then(|| {
        let Stream { terminal, epoch, .. } = stream;
        let HeldHead { seq, at, .. } = seen;
        format!("{terminal} {epoch}: it held events up to {seq} {at}, and ends at {there}: it was set back; sent again")
    })
}

fn send_range(
    log: &mut Log<'_>,
    target: &mut dyn Replica,
    stream: &Stream,
    range: RangeInclusive<u64>,
    sent: &mut Sent,
) -> Result<(), Fault> {
    let mut next = *range.start();
    let packing = Packing::of(range.end() - range.start() + 1);
    while next <= *range.end() {
        let previous = before(log.reader, stream, next)?;
        let (name, file) = pack(log, stream, (next, *range.end()), previous, packing)?;
        target.send(&name, previous, &file)?;
        sent.sent += name.events();
        sent.bytes += u64::try_from(file.len()).unwrap_or(u64::MAX);
        next = name.last + 1;
        (log.progress)(Progress::Sent(&name));
    }
    Ok(())
}

/// The next segment: as many events as fit.
fn pack(
    log: &mut Log<'_>,
    stream: &Stream,
    (first, last): (u64, u64),
    previous: Hash,
    packing: Packing,
) -> Result<(Name, Vec<u8>), Fault> {
    let bad = |e: io::Error| Fault::new(format!("a segment could not be packed: {e}"), "check the machine's memory");
    let packer = Packer::new(stream.terminal.clone(), stream.epoch.clone(), first, previous, packing);
    let mut packer = packer.map_err(bad)?;
    let mut next = first;
    'full: while next <= last {
        log.rest()?;
        let page = match Place::new(stream.id, next - 1) {
            Some(after) => log.reader.events_after(after, PAGE_EVENTS)?,
            None => Vec::new(),
        };
        if page.is_empty() {
            return Err(unsound(stream, next, "is missing from the ledger"));
        }
        for stored in page {
            if next > last {
                break 'full;
            }
            if stored.place.stream() != stream.id || stored.place.seq() != next {
                return Err(unsound(stream, next, "is missing from the ledger"));
            }
            match packer.push(&stored.body).map_err(bad)? {
                Packed::In(hash) if hash == stored.hash => next += 1,
                Packed::In(_) => return Err(unsound(stream, next, "does not fit its hash")),
                Packed::Never => return Err(unsound(stream, next, "is longer than an event can be")),
                Packed::Full => break 'full,
            }
        }
    }
    packer.finish().map_err(bad)?.ok_or_else(|| unsound(stream, first, "is missing from the ledger"))
}

/// The chain before an event.
fn before(reader: &Reader, stream: &Stream, seq: u64) -> Result<Hash, Fault> {
    if seq <= 1 {
        return Ok(Hash::ZERO);
    }
    hash_at(reader, stream, seq - 1)?.ok_or_else(|| unsound(stream, seq - 1, "is missing from the ledger"))
}

/// The hash of an event of the ledger.
pub fn hash_at(reader: &Reader, stream: &Stream, seq: u64) -> Result<Option<Hash>, Fault> {
    let place = Place::new(stream.id, seq);
    Ok(place.map(|place| reader.event_at(place)).transpose()?.flatten().map(|stored| stored.hash))
}

fn unsound(stream: &Stream, seq: u64, what: &str) -> Fault {
    Fault::new(
        format!("event {seq} of {} {} {what}", stream.terminal, stream.epoch),
        "stop working here, call the lead, and run `traveller verify`",
    )
}

/// The state could not be read or kept.
pub fn state_failed(error: &io::Error) -> Fault {
    #[expect(clippy::wildcard_enum_match_arm, reason = "of all others any directory has the same to say")]
    let instead = match error.kind() {
        io::ErrorKind::InvalidData => "look into that file in the directory of state, and move it away",
        io::ErrorKind::PermissionDenied => "name a directory that may be written with --state, or give this one away",
        _ => advice(error),
    };
    Fault::new(format!("the receipts could not be kept: {error}"), instead)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_segment_has_its_turn_and_the_newest_each_day() {
        let (terminal, epoch) = (TerminalId::parse("T1").unwrap(), Epoch::parse("0123456789abcdef").unwrap());
        let name = |n| Name::new(terminal.clone(), epoch.clone(), n, n, Hash::ZERO).unwrap();
        for segments in 0..30 {
            let there: Vec<Name> = (1..=segments).map(name).collect();
            let mut read = BTreeSet::new();
            for day in 20_000..20_008 {
                let turn = again(&there, At(day * DAY_MICROSECONDS + 5));
                assert_eq!(turn.last().map(|n| n.first), there.last().map(|n| n.first));
                assert!(turn.len() <= PROVEN_AGAIN + 1);
                assert_eq!(turn.iter().map(|n| n.first).collect::<BTreeSet<_>>().len(), turn.len(), "none twice");
                read.extend(turn.iter().map(|n| n.first));
            }
            assert_eq!(read.len(), there.len(), "of {segments} in eight days");
        }
        assert_eq!(again(&[name(1)], At(-1)).len(), 1, "a clock of long ago");
    }
}

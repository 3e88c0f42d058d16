//! What replicas hold, into the ledger of a plant: every stream from where it stands there. A segment is proven while
//! it is taken in, and all of it is undone where it is not what it should be. What is there already is not taken again;
//! what does not fit is told, and hinders no other.

use std::path::Path;

use super::claims::{Claims, Life, claims};
use super::segment::Name;
use super::target::{Streams, Target, damaged};
use super::unpacking::unpacked;
use crate::app::port::Fault;
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::Plant;
use crate::ledger::chain::Hash;
use crate::ledger::plant::NotTaken;
use crate::ledger::reader::Stream;

/// Events after which what was taken in becomes durable.
const EVENTS_A_COMMIT: u64 = 100_000;

/// What was absorbed from one replica.
#[derive(Debug, Default)]
pub struct Absorbed {
    /// Events that were taken in.
    pub taken: u64,
    /// Events that were there already.
    pub already: u64,
    /// Bytes of segments that were read.
    pub bytes: u64,
    /// The streams that the replica holds, as they stand in the plant's ledger now.
    pub heads: Vec<Stream>,
    /// What does not fit.
    pub trouble: Vec<Trouble>,
    /// Lives of one terminal that both go on from one event: all of it was taken in.
    pub claims: Vec<Trouble>,
    /// Segments that could not be used, and what to do.
    pub failed: Vec<Fault>,
    /// What else lies there.
    pub remarks: Vec<String>,
}

/// A stream that does not fit, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// The event at which it shows.
    pub seq: u64,
    /// What.
    pub what: String,
}

/// Takes in what a replica holds of some streams. `progress` hears of every segment.
pub fn absorb(
    plant: &mut Plant,
    address: &str,
    path: &Path,
    wanted: impl Fn(&TerminalId) -> bool,
    progress: &mut dyn FnMut(&Name),
) -> Result<Absorbed, Fault> {
    let target = Target::look(address, path)?;
    let Streams { known: streams, remarks } = target.streams()?;
    let mut absorbed = Absorbed { remarks, ..Absorbed::default() };
    for (terminal, epoch) in streams.iter().filter(|(terminal, _)| wanted(terminal)) {
        let ended = Run { plant, target: &target, address, terminal, epoch, absorbed: &mut absorbed }.stream(progress);
        if ended.is_err() {
            plant.rollback();
        }
        ended?;
    }
    let is_there = |s: &Stream| streams.iter().any(|(t, e)| (t, e) == (&s.terminal, &s.epoch));
    let now = plant.reader().streams()?;
    let claims = claims_of(plant, &now)?;
    absorbed.remarks.extend(claims.settled);
    for claim in claims.open {
        match claim.from {
            Some(seq) => absorbed.claims.push(Trouble {
                terminal: claim.terminal.clone(),
                epoch: claim.second.clone(),
                seq,
                what: claim.to_string(),
            }),
            None => absorbed.remarks.push(claim.to_string()),
        }
    }
    absorbed.heads = now.into_iter().filter(|s| wanted(&s.terminal) && is_there(s)).collect();
    Ok(absorbed)
}

/// Who claims to be one terminal.
pub(super) fn claims_of(plant: &Plant, streams: &[Stream]) -> Result<Claims, Fault> {
    let life = |stream| {
        let beginning = plant.beginning(stream)?;
        let (after, ended) = beginning.map(|created| (created.after, created.ended)).unwrap_or_default();
        Ok(Life { stream, after, ended })
    };
    Ok(claims(&streams.iter().map(life).collect::<Result<Vec<_>, Fault>>()?))
}

/// What became of a segment.
enum Taken {
    /// What was new of it is in; the chain after it.
    All(Hash),
    /// Nothing of it may stay.
    Nothing,
}

/// One stream of one replica.
struct Run<'r> {
    plant: &'r mut Plant,
    target: &'r Target,
    address: &'r str,
    terminal: &'r TerminalId,
    epoch: &'r Epoch,
    absorbed: &'r mut Absorbed,
}

impl Run<'_> {
    fn stream(&mut self, progress: &mut dyn FnMut(&Name)) -> Result<(), Fault> {
        let found = self.target.found(self.terminal, self.epoch)?;
        self.absorbed.remarks.extend(found.remarks);
        let names = found.names;
        // Under the write lock: another process may be taking in the same.
        self.plant.begin()?;
        let (mut seq, mut head) = self.stands()?;
        if let Some(forked) = self.fork(&names, seq)? {
            self.plant.rollback();
            self.trouble(forked, format!("event {forked} is another one here"));
            return Ok(());
        }
        self.absorbed.already += names.iter().map(|name| name.last.min(seq)).max().unwrap_or(0);
        let mut fresh = 0;
        while let Some(name) = next(&names, seq) {
            self.plant.mark()?;
            match self.take(name, seq, head)? {
                Taken::All(hash) => {
                    self.absorbed.taken += name.last - seq;
                    (seq, head) = (name.last, hash);
                }
                Taken::Nothing => {
                    self.plant.undo()?;
                    break;
                }
            }
            progress(name);
            fresh += name.events();
            if fresh >= EVENTS_A_COMMIT {
                fresh = 0;
                self.plant.commit()?;
                self.plant.begin()?;
            }
        }
        self.plant.commit()?;
        if let Some(from) = names.iter().map(|name| name.first).filter(|first| *first > seq + 1).min() {
            self.trouble(seq + 1, format!("events {} to {} are not in it; what follows them waits", seq + 1, from - 1));
        }
        Ok(())
    }

    /// Where the stream stands in the plant's ledger.
    fn stands(&self) -> Result<(u64, Hash), Fault> {
        let streams = self.plant.reader().streams()?;
        let stream = streams.iter().find(|s| (&s.terminal, &s.epoch) == (self.terminal, self.epoch));
        Ok(stream.map_or((0, Hash::ZERO), |s| (s.seq, s.hash)))
    }

    /// The first event that the names say is another one.
    fn fork(&self, names: &[Name], seq: u64) -> Result<Option<u64>, Fault> {
        let mut names: Vec<&Name> = names.iter().filter(|name| name.last <= seq).collect();
        names.sort_by_key(|name| name.last);
        for name in names {
            if self.hash_at(name.last)? != Some(name.head) {
                return Ok(Some(name.last));
            }
        }
        Ok(None)
    }

    fn hash_at(&self, seq: u64) -> Result<Option<Hash>, Fault> {
        let stored = self.plant.reader().event(self.terminal, self.epoch, seq)?;
        Ok(stored.map(|stored| stored.hash))
    }

    /// Takes in what is new of a segment and proves it in the same pass, so that it is unpacked once and never lies in
    /// memory whole. Where nothing is taken, it was told why, and what was written of it is to be undone.
    fn take(&mut self, name: &Name, seq: u64, head: Hash) -> Result<Taken, Fault> {
        let previous = match name.first {
            first if first == seq + 1 => head,
            1 => Hash::ZERO,
            first => self.hash_at(first - 1)?.unwrap_or(Hash::ZERO),
        };
        let file = match self.target.read(name) {
            Ok(file) => file,
            Err(fault) => {
                self.absorbed.failed.push(fault);
                return Ok(Taken::Nothing);
            }
        };
        self.absorbed.bytes += u64::try_from(file.len()).unwrap_or(u64::MAX);
        let Self { plant, terminal, epoch, .. } = self;
        match unpacked(name, previous, &file, seq, |next| plant.take(terminal, epoch, next)) {
            // Whatever came of what is not true.
            (Err(bad), _) => {
                self.absorbed.failed.push(damaged(self.address, name, &bad));
                Ok(Taken::Nothing)
            }
            (Ok(()), Err(NotTaken::Failed(fault))) => Err(fault),
            (Ok(()), Err(bad)) => {
                self.refuse(name, &bad);
                Ok(Taken::Nothing)
            }
            (Ok(()), Ok(())) => Ok(Taken::All(name.head)),
        }
    }

    /// A segment that is what its name says, and still says nothing that can be taken in.
    fn refuse(&mut self, name: &Name, bad: &NotTaken) {
        let instead = match bad {
            NotTaken::Another { seq } => return self.trouble(*seq, bad.to_string()),
            NotTaken::Failed(fault) => return self.absorbed.failed.push(fault.clone()),
            NotTaken::Unreadable { .. } => "update this program: a newer one may have recorded it",
            NotTaken::OutOfTurn { .. } | NotTaken::Foreign { .. } => {
                "nobody recorded that here: ask whoever may write to that directory"
            }
        };
        self.absorbed.failed.push(Fault::new(format!("{name} in {}: {bad}", self.address), instead));
    }

    fn trouble(&mut self, seq: u64, what: String) {
        let (terminal, epoch) = (self.terminal.clone(), self.epoch.clone());
        self.absorbed.trouble.push(Trouble { terminal, epoch, seq, what });
    }
}

/// The segment that goes on after an event: of several the one that goes furthest.
fn next(names: &[Name], seq: u64) -> Option<&Name> {
    names.iter().filter(|name| name.first <= seq + 1 && name.last > seq).max_by_key(|name| name.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(first: u64, last: u64) -> Name {
        let (terminal, epoch) = ("T1".parse::<TerminalId>().unwrap(), "0123456789abcdef".parse::<Epoch>().unwrap());
        Name { terminal, epoch, first, last, head: Hash::of(&last.to_be_bytes()) }
    }

    #[test]
    fn the_segment_that_goes_furthest_comes_next_and_none_beyond_a_hole() {
        let names = [name(5, 9), name(1, 4), name(3, 7), name(12, 20)];
        let next = |seq| next(&names, seq).map(|name| (name.first, name.last));
        assert_eq!((next(0), next(4), next(6)), (Some((1, 4)), Some((5, 9)), Some((5, 9))));
        assert_eq!((next(9), next(11)), (None, Some((12, 20))));
    }
}

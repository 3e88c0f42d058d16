//! A ledger held against a replica: where they agree, what each lacks, and the first event that differs. Every segment
//! is read and proven. Nothing is changed on either side.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::run::hash_at;
use super::segment::{self, Bad, Name};
use super::target::{Streams, Target};
use crate::app::port::Fault;
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::Reader;
use crate::ledger::chain::Hash;
use crate::ledger::reader::Stream;

/// Spoilt segments that are listed for one stream; what more there is, is counted.
const SPOILT_MOST: usize = 200;
/// Chains that a segment is tried to follow: more than two need somebody who made them up.
const PREVIOUS_MOST: usize = 4;

/// What came of it.
#[derive(Debug)]
pub struct Against {
    /// Every stream that either side has.
    pub streams: Vec<Compared>,
    /// What else lies there.
    pub remarks: Vec<String>,
}

/// A stream, as both sides have it.
#[derive(Debug)]
pub struct Compared {
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// The ledger's last event of it; none where the ledger knows no such stream.
    pub here: Option<u64>,
    /// The last event there, by the names; 0 where there is none.
    pub there: u64,
    /// What is missing there up to the last event that either side knows.
    pub lacks: Vec<RangeInclusive<u64>>,
    /// The first event that is not the same on both sides.
    pub difference: Option<Difference>,
    /// Segments that are not what their names say.
    pub spoilt: Vec<Spoilt>,
    /// Such segments that are not listed.
    pub more: usize,
}

/// An event that is not the same on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Its number.
    pub seq: u64,
    /// Its hash in the ledger; none where that ends before.
    pub here: Option<Hash>,
    /// Its hash there, computed anew.
    pub there: Hash,
}

/// A segment that is not what its name says.
#[derive(Debug)]
pub struct Spoilt {
    /// Its file, below the target.
    pub file: String,
    /// What is wrong.
    pub what: String,
}

impl Against {
    /// Whether nothing contradicts anything.
    pub fn is_ok(&self) -> bool {
        self.streams.iter().all(Compared::is_ok)
    }
}

impl Compared {
    /// Whether nothing contradicts anything. That one side lacks something is no contradiction.
    pub fn is_ok(&self) -> bool {
        self.difference.is_none() && self.spoilt.is_empty()
    }

    /// How many events are missing there.
    pub fn missing(&self) -> u64 {
        self.lacks.iter().map(|range| range.end() - range.start() + 1).sum()
    }
}

/// Holds a ledger against a replica.
pub fn against(reader: &Reader, target: &Target) -> Result<Against, Fault> {
    // The target first: what is recorded and sent meanwhile must not look like a ledger that was set back.
    let Streams { known, mut remarks } = target.streams()?;
    let mut there: BTreeMap<(TerminalId, Epoch), Vec<Name>> = BTreeMap::new();
    for (terminal, epoch) in known {
        let found = target.found(&terminal, &epoch)?;
        remarks.extend(found.remarks);
        there.insert((terminal, epoch), found.names);
    }
    let mut streams = Vec::new();
    for stream in reader.streams()? {
        let names = there.remove(&(stream.terminal.clone(), stream.epoch.clone())).unwrap_or_default();
        streams.push(Walk::begin(&stream.terminal, &stream.epoch, Some((reader, &stream))).over(target, names)?);
    }
    for ((terminal, epoch), names) in there.into_iter().filter(|(_, names)| !names.is_empty()) {
        streams.push(Walk::begin(&terminal, &epoch, None).over(target, names)?);
    }
    Ok(Against { streams, remarks })
}

/// The way through one stream's segments.
struct Walk<'a> {
    here: Option<(&'a Reader, &'a Stream)>,
    /// The chain there, where a segment follows it; more than one where the replica itself forks.
    ends: BTreeMap<u64, BTreeSet<Hash>>,
    compared: Compared,
}

impl<'a> Walk<'a> {
    fn begin(terminal: &TerminalId, epoch: &Epoch, here: Option<(&'a Reader, &'a Stream)>) -> Self {
        let compared = Compared {
            terminal: terminal.clone(),
            epoch: epoch.clone(),
            here: here.map(|(_, stream)| stream.seq),
            there: 0,
            lacks: Vec::new(),
            difference: None,
            spoilt: Vec::new(),
            more: 0,
        };
        Self { here, ends: BTreeMap::from([(0, BTreeSet::from([Hash::ZERO]))]), compared }
    }

    fn over(mut self, target: &Target, mut names: Vec<Name>) -> Result<Compared, Fault> {
        names.sort_by_key(|name| (name.first, name.last));
        for name in &names {
            // What a name says is one chain to try; whether the segment keeps it is found on its own.
            self.ends.entry(name.last).or_default().insert(name.head);
            self.ends.entry(name.first - 1).or_default();
        }
        for name in &names {
            if name.first > self.compared.there + 1 {
                self.compared.lacks.push(self.compared.there + 1..=name.first - 1);
            }
            self.compared.there = self.compared.there.max(name.last);
            self.segment(target, name)?;
        }
        let (here, there) = (self.compared.here.unwrap_or(0), self.compared.there);
        if here > there {
            self.compared.lacks.push(there + 1..=here);
        }
        Ok(self.compared)
    }

    fn segment(&mut self, target: &Target, name: &Name) -> Result<(), Fault> {
        let file = target.read(name)?;
        let mut why = None;
        for previous in self.before(name)? {
            let mut hashes = Vec::new();
            match segment::check(name, previous, &file, |event| hashes.push((event.seq, event.hash))) {
                Ok(()) => return self.proven(name, &hashes),
                Err(bad) => why = Some(bad),
            }
        }
        let what = why.map_or_else(
            || "it cannot be proven: the events before it are missing there, and are not in this ledger".to_owned(),
            |bad: Bad| bad.to_string(),
        );
        if self.compared.spoilt.len() < SPOILT_MOST {
            self.compared.spoilt.push(Spoilt { file: name.to_string(), what });
        } else {
            self.compared.more += 1;
        }
        Ok(())
    }

    /// The chains that a segment may follow: what lies there, and the ledger's own.
    fn before(&self, name: &Name) -> Result<Vec<Hash>, Fault> {
        let seq = name.first - 1;
        let mut before = Vec::new();
        if let Some((reader, stream)) = self.here.filter(|_| seq > 0) {
            before.extend(hash_at(reader, stream, seq)?);
        }
        let there = self.ends.get(&seq).into_iter().flatten().copied();
        before.extend(there.filter(|hash| !before.contains(hash)).collect::<Vec<_>>());
        before.truncate(PREVIOUS_MOST);
        Ok(before)
    }

    fn proven(&mut self, name: &Name, hashes: &[(u64, Hash)]) -> Result<(), Fault> {
        for (seq, hash) in hashes {
            // Segments may overlap, so one may follow the middle of another.
            if let Some(ends) = self.ends.get_mut(seq) {
                ends.insert(*hash);
            }
        }
        let Some((reader, stream)) = self.here else { return Ok(()) };
        if hash_at(reader, stream, name.last)? == Some(name.head) {
            // The chain holds all that came before.
            return Ok(());
        }
        for (seq, there) in hashes {
            if self.compared.difference.is_some_and(|known| known.seq <= *seq) {
                return Ok(());
            }
            let here = hash_at(reader, stream, *seq)?;
            if here != Some(*there) {
                self.compared.difference = Some(Difference { seq: *seq, here, there: *there });
                return Ok(());
            }
        }
        Ok(())
    }
}

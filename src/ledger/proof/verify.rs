//! Checks a whole ledger against itself and against its head file.

use std::fmt;
use std::path::Path;

use super::{chains, compare, scratch};
use crate::app::port::Fault;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::text::display_safe;
use crate::ledger::chain::Hash;
use crate::ledger::head_file::{self, Content};
use crate::ledger::open;
use crate::ledger::place::Place;
use crate::ledger::reader::{Reader, Stream};

/// Findings that one verification lists; what more there is, is counted.
pub const FINDINGS_MOST: usize = 200;

/// A ledger, verified.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// Every stream in the file.
    pub ledgers: Vec<Proven>,
    /// What is wrong; empty where all is in order.
    pub findings: Vec<Finding>,
    /// Findings that are not listed.
    pub more: usize,
    /// The event that the head file saw last; none where there is no head file.
    pub witnessed: Option<u64>,
}

/// A stream, verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// How many events there are.
    pub events: u64,
    /// The hash of the last, computed anew.
    pub head: Hash,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The device, where it concerns one.
    pub terminal: Option<TerminalId>,
    /// The ledger's life, where it concerns one.
    pub epoch: Option<Epoch>,
    /// The event, where it concerns one.
    pub seq: Option<u64>,
    /// What.
    pub what: String,
}

impl Verified {
    /// Whether all is in order.
    pub fn is_ok(&self) -> bool {
        self.findings.is_empty()
    }

    pub(in crate::ledger) fn note(&mut self, finding: Finding) {
        if self.findings.len() < FINDINGS_MOST { self.findings.push(finding) } else { self.more += 1 }
    }
}

impl Finding {
    /// Something wrong with an event.
    pub(in crate::ledger) fn of_event(stream: &Stream, seq: u64, what: impl fmt::Display) -> Self {
        Self { seq: Some(seq), ..Self::of_stream(stream, what) }
    }

    /// Something wrong with a stream.
    pub(super) fn of_stream(stream: &Stream, what: impl fmt::Display) -> Self {
        Self { terminal: Some(stream.terminal.clone()), epoch: Some(stream.epoch.clone()), ..Self::of_file(what) }
    }

    /// Something wrong with the file.
    pub(in crate::ledger) fn of_file(what: impl fmt::Display) -> Self {
        let what = display_safe(&what.to_string()).into_owned();
        Self { terminal: None, epoch: None, seq: None, what }
    }

    /// Something wrong with a row that belongs to the event at a place.
    pub(super) fn of_place(streams: &[Stream], place: Place, what: impl fmt::Display) -> Self {
        match streams.iter().find(|s| s.id == place.stream()) {
            Some(stream) => Self::of_event(stream, place.seq(), what),
            None => Self::of_file(what),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(terminal), Some(epoch)) = (&self.terminal, &self.epoch) {
            write!(f, "{terminal} {epoch} ")?;
        }
        if let Some(seq) = self.seq {
            write!(f, "event {seq}: ")?;
        }
        f.write_str(&self.what)
    }
}

/// Recomputes the chains over the exact bytes, reads every body, makes the tables anew from it in the same pass and
/// compares them, and looks at the head file. All of it sees one moment; others may go on writing.
pub fn verify(reader: &Reader, head_file: Option<&Path>) -> Result<Verified, Fault> {
    let beside = head_file::default_path(reader.path());
    let witness = head_file::read(head_file.unwrap_or(&beside));
    let conn = open::connect_to_read(reader.path()).map_err(|e| e.fault())?;
    // The temporary tables have no log of their own to refer to.
    conn.pragma_update(None, "foreign_keys", false)?;
    let reader = Reader::over(conn, reader.path().to_owned())?;
    let _moment = reader.moment()?;
    let mut verified = Verified::default();
    compare::shapes(&reader, &mut verified)?;
    let streams = scratch::in_order(&reader)?;
    scratch::empty(&reader)?;
    let filled = chains_and_tables(&reader, &streams, &mut verified)?;
    match witness {
        Ok(content) => check_witness(&reader, &streams, &content, &mut verified)?,
        Err(e) => verified.note(Finding::of_file(format!("the head file cannot be read ({e})"))),
    }
    if let Some(filled) = filled {
        filled?;
        compare::tables(&reader, &streams, &mut verified)?;
    }
    Ok(verified)
}

/// Whether the temporary tables could be filled; none where a body could not be read, since tables that are made from
/// such a log would differ everywhere and say nothing.
fn chains_and_tables(
    reader: &Reader,
    streams: &[Stream],
    verified: &mut Verified,
) -> Result<Option<Result<(), Fault>>, Fault> {
    let mut all_read = true;
    let mut filling = scratch::Filling::begin(reader)?;
    let mut filled = Ok(());
    chains::verify(reader, streams, verified, &mut |at, event, hash| match event {
        Some(event) if all_read && filled.is_ok() => filled = filling.apply(at, event, hash),
        Some(_) => {}
        None => all_read = false,
    })?;
    Ok(all_read.then(|| filled.and_then(|()| filling.finish().map(drop))))
}

fn check_witness(reader: &Reader, streams: &[Stream], content: &Content, verified: &mut Verified) -> Result<(), Fault> {
    let seen = match content {
        Content::Nothing => return Ok(()),
        Content::Damaged => {
            verified.note(Finding::of_file("the head file is damaged"));
            return Ok(());
        }
        Content::Record(seen) => seen,
    };
    verified.witnessed = Some(seen.seq);
    let Some(own) = streams.iter().rev().find(|s| s.own) else { return Ok(()) };
    let hash = crate::ledger::tip::hash_at(&reader.conn, own.id, seen.seq)?;
    if let Err(trouble) = head_file::check(seen, (&own.terminal, &own.epoch, own.seq), hash) {
        verified.note(Finding::of_event(own, seen.seq, trouble));
    }
    Ok(())
}

//! What `traveller verify --against` answers: the ledger held against a replica.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use super::failure::Failure;
use super::output::lines;
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::Reader;
use crate::ledger::chain::Hash;
use crate::replicate::against::{Against, Compared, Difference, against};
use crate::replicate::target::Target;

/// A replica, and what came of it.
pub(super) struct Held {
    pub(super) address: String,
    pub(super) compared: Against,
}

/// Holds the ledger against a replica.
pub(super) fn held(reader: &Reader, dir: &Path) -> Result<Held, Failure> {
    let address = format!("dir:{}", dir.display());
    let target = Target::look(&address, dir)?;
    Ok(Held { compared: against(reader, &target)?, address })
}

/// The same, as scripts read it.
#[derive(Serialize)]
pub(super) struct AgainstLine<'a> {
    target: &'a str,
    ok: bool,
    streams: Vec<StreamLine<'a>>,
    remarks: &'a [String],
}

#[derive(Serialize)]
struct StreamLine<'a> {
    terminal: &'a TerminalId,
    epoch: &'a Epoch,
    here: Option<u64>,
    there: u64,
    missing: u64,
    difference: Option<DifferenceLine>,
    spoilt: Vec<SpoiltLine<'a>>,
    /// Spoilt segments that are not listed.
    more: usize,
}

#[derive(Serialize)]
struct DifferenceLine {
    seq: u64,
    here: Option<String>,
    there: String,
}

#[derive(Serialize)]
struct SpoiltLine<'a> {
    file: &'a str,
    what: &'a str,
}

impl<'a> AgainstLine<'a> {
    pub(super) fn of(held: &'a Held) -> Self {
        let Held { address, compared } = held;
        let streams = compared.streams.iter().map(StreamLine::of).collect();
        Self { target: address, ok: compared.is_ok(), streams, remarks: &compared.remarks }
    }
}

impl<'a> StreamLine<'a> {
    fn of(compared: &'a Compared) -> Self {
        let Compared { terminal, epoch, here, there, lacks: _, difference, spoilt, more } = compared;
        let hex = |d: &Difference| DifferenceLine { seq: d.seq, here: d.here.map(Hash::hex), there: d.there.hex() };
        Self {
            terminal,
            epoch,
            here: *here,
            there: *there,
            missing: compared.missing(),
            difference: difference.as_ref().map(hex),
            spoilt: spoilt.iter().map(|s| SpoiltLine { file: &s.file, what: &s.what }).collect(),
            more: *more,
        }
    }
}

pub(super) fn in_words(out: &mut dyn Write, held: &Held) -> std::io::Result<()> {
    lines(out, &format!("held against {}:", held.address))?;
    for stream in &held.compared.streams {
        for said in words(stream) {
            lines(out, &format!("  {} {}: {said}", stream.terminal, stream.epoch))?;
        }
        for spoilt in &stream.spoilt {
            lines(out, &format!("  {} IS SPOILT: {}", spoilt.file, spoilt.what))?;
        }
        if stream.more > 0 {
            writeln!(out, "  and {} spoilt segments more", stream.more)?;
        }
        if !stream.spoilt.is_empty() {
            lines(out, "  move what is spoilt away and replicate again; check the disk that it lay on")?;
        }
    }
    for remark in &held.compared.remarks {
        lines(out, &format!("  {remark}"))?;
    }
    Ok(())
}

/// One stream, in sentences.
fn words(stream: &Compared) -> Vec<String> {
    let Compared { here, there, lacks, difference, .. } = stream;
    let mut said = Vec::new();
    match (difference, here) {
        (Some(Difference { seq, here: Some(here), there }), _) => {
            said.push(format!("event {seq} IS ANOTHER ONE: {here} here, {there} there"));
            said.push("stop, change nothing, and find out which of the two was made here".to_owned());
        }
        (Some(Difference { seq, here: None, there: hash }), _) => {
            said.push(format!(
                "THE LEDGER WAS SET BACK: it lacks events {seq} to {there}; event {seq} is {hash} there"
            ));
            said.push("stop, change nothing, and restore the ledger from the replica".to_owned());
        }
        (None, None) => said.push(format!("{there} events are there, and none of them in this ledger")),
        (None, Some(0)) => said.push("nothing is recorded here, and nothing is there".to_owned()),
        (None, Some(_)) if *there == 0 => {}
        (None, Some(_)) => said.push(format!("the same there, up to event {there}")),
    }
    match lacks.as_slice() {
        [] => {}
        [range] => said.push(format!("events {} to {} are not there yet: replicate", range.start(), range.end())),
        [first, ..] => said.push(format!(
            "{} events are not there yet, the first of them {}: replicate",
            stream.missing(),
            first.start()
        )),
    }
    said
}

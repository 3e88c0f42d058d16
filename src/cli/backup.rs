//! `traveller backup`: a full copy of the ledger in one file.

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{HeadLine, json_line, lines};
use super::replicate_args::BackupArgs;
use crate::ledger::proof::verify::Proven;
use crate::replicate::backup::{NotCopied, backup};

/// The answer, as scripts read it: the same keys as that of a replica.
#[derive(Serialize)]
struct Answer<'a> {
    target: String,
    sent: u64,
    already: u64,
    bytes: u64,
    heads: Vec<HeadLine<'a>>,
    divergence: [(); 0],
}

pub(super) fn run(cx: &mut Context<'_>, args: &BackupArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let copied = backup(&reader, &args.file).map_err(|not| match not {
        NotCopied::Name(fault) => Failure::WrongUse(fault),
        NotCopied::Unsound(fault) => Failure::No(fault),
        NotCopied::Failed(fault) => Failure::Machine(fault),
    })?;
    let events: u64 = copied.streams.iter().map(|stream| stream.events).sum();
    let (target, bytes) = (args.file.display().to_string(), copied.bytes);
    if cx.json {
        let heads = copied.streams.iter().map(|s| HeadLine::new(&s.terminal, &s.epoch, s.events, s.head)).collect();
        json_line(cx.out, &Answer { target, sent: events, already: 0, bytes, heads, divergence: [] })?;
    } else {
        lines(cx.out, &format!("{target}: a full copy with {events} events in {bytes} bytes, read back and proven"))?;
        for Proven { terminal, epoch, events, head } in &copied.streams {
            lines(cx.out, &format!("  {terminal} {epoch}: event {events}, head {head}"))?;
        }
    }
    Ok(Outcome::Done)
}

//! `traveller backup`: a full copy of the ledger in one file.

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{HeadLine, json_line, lines};
use super::replicate_args::BackupArgs;
use crate::ledger::proof::verify::Proven;
use crate::replicate::backup::{Copied, NotCopied, backup};
use crate::replicate::keeping::{Kept, keep};
use crate::station::priority;

/// The answer, as scripts read it: the same keys as that of a replica.
#[derive(Serialize)]
struct Answer<'a> {
    target: String,
    sent: u64,
    already: u64,
    bytes: u64,
    heads: Vec<HeadLine<'a>>,
    divergence: [(); 0],
    removed: &'a [String],
    remarks: &'a [String],
}

pub(super) fn run(cx: &mut Context<'_>, args: &BackupArgs) -> Result<Outcome, Failure> {
    priority::give_way();
    let reader = cx.reader()?;
    let not_copied = |not| match not {
        NotCopied::Name(fault) => Failure::WrongUse(fault),
        NotCopied::Unsound(fault) => Failure::No(fault),
        NotCopied::Failed(fault) => Failure::Machine(fault),
    };
    match (&args.file, &args.into, args.keep) {
        (Some(file), _, _) => {
            let copied = backup(&reader, file).map_err(not_copied)?;
            tell(cx, &file.display().to_string(), &copied, false, (&[], &[]))
        }
        (None, Some(into), Some(most)) => {
            let Kept { name, copied, already, removed, remarks } = keep(&reader, into, most).map_err(not_copied)?;
            tell(cx, &into.join(name).display().to_string(), &copied, already, (&removed, &remarks))
        }
        (None, _, _) => {
            Err(Failure::wrong_use("no place was named", "name a file, or a directory with --into and --keep"))
        }
    }
}

fn tell(
    cx: &mut Context<'_>,
    target: &str,
    copied: &Copied,
    already: bool,
    (removed, remarks): (&[String], &[String]),
) -> Result<Outcome, Failure> {
    let events: u64 = copied.streams.iter().map(|stream| stream.events).sum();
    let bytes = copied.bytes;
    if cx.json {
        let heads = copied.streams.iter().map(|s| HeadLine::new(&s.terminal, &s.epoch, s.events, s.head)).collect();
        let (sent, there) = if already { (0, events) } else { (events, 0) };
        let target = target.to_owned();
        let answer = Answer { target, sent, already: there, bytes, heads, divergence: [], removed, remarks };
        json_line(cx.out, &answer)?;
        return Ok(Outcome::Done);
    }
    let how = if already { "was there already" } else { "read back and proven" };
    lines(cx.out, &format!("{target}: a full copy with {events} events in {bytes} bytes, {how}"))?;
    for Proven { terminal, epoch, events, head } in &copied.streams {
        lines(cx.out, &format!("  {terminal} {epoch}: event {events}, head {head}"))?;
    }
    for name in removed {
        lines(cx.out, &format!("  {name} is in it, and was removed"))?;
    }
    for remark in remarks {
        lines(cx.out, &format!("  {remark}"))?;
    }
    Ok(Outcome::Done)
}

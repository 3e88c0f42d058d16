//! `traveller absorb`: what replicas hold, into the ledger of a plant. One replica that fails hinders no other.

use std::io::{IsTerminal as _, Write as _};

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome, two_lines};
use super::output::{HeadLine, json_line, lines};
use super::replicate_args::AbsorbArgs;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::text::display_safe;
use crate::ledger::open_plant;
use crate::replicate::absorb::{Absorbed, Trouble, absorb};
use crate::replicate::segment::Name;
use crate::station::priority;

/// The answer for one replica, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    from: &'a str,
    sent: u64,
    already: u64,
    bytes: u64,
    heads: Vec<HeadLine<'a>>,
    divergence: Vec<TroubleLine<'a>>,
    remarks: &'a [String],
    failed: Vec<FailedLine<'a>>,
}

#[derive(Serialize)]
pub(super) struct TroubleLine<'a> {
    terminal: &'a TerminalId,
    epoch: &'a Epoch,
    seq: u64,
    what: &'a str,
}

#[derive(Serialize)]
struct FailedLine<'a> {
    what: &'a str,
    instead: &'a str,
}

impl<'a> TroubleLine<'a> {
    pub(super) fn of(t: &'a Trouble) -> Self {
        Self { terminal: &t.terminal, epoch: &t.epoch, seq: t.seq, what: &t.what }
    }
}

pub(super) fn run(cx: &mut Context<'_>, args: &AbsorbArgs) -> Result<Outcome, Failure> {
    priority::give_way();
    if cx.settings.ledger_by_default {
        return Err(Failure::wrong_use(
            "no ledger was named for the plant",
            "name it with --ledger; it is made where there is none, and kept apart from the ledgers of terminals",
        ));
    }
    let mut plant = open_plant(&cx.settings.ledger, true)?;
    let mut worst = Ok(Outcome::Done);
    for from in &args.from {
        let address = from.display().to_string();
        let ended = absorb(&mut plant, &address, from, |_every| true, &mut progress);
        let absorbed = match ended {
            Ok(absorbed) => absorbed,
            Err(fault) => Absorbed { failed: vec![fault], ..Absorbed::default() },
        };
        if cx.json {
            answer(cx, &address, &absorbed)?;
        } else {
            in_words(cx, &address, &absorbed)?;
        }
        cx.out.flush()?;
        if !(absorbed.trouble.is_empty() && absorbed.claims.is_empty()) {
            worst = worst.map(|_outcome| Outcome::No);
        }
        for fault in absorbed.failed {
            // The failure that the command ends with is told by the one who called.
            if let Err(Failure::Machine(earlier)) = &worst {
                two_lines(&mut std::io::stderr().lock(), &earlier.what, &earlier.instead)?;
            }
            worst = Err(Failure::Machine(fault));
        }
    }
    worst
}

/// On a terminal, each segment as it is taken in.
pub(super) fn progress(name: &Name) {
    let mut err = std::io::stderr().lock();
    if err.is_terminal() {
        // Where it cannot be written there is nobody to read it.
        let _unread = writeln!(err, "{} {} taken in up to {}", name.terminal, name.epoch, name.last);
    }
}

fn answer(cx: &mut Context<'_>, from: &str, absorbed: &Absorbed) -> std::io::Result<()> {
    json_line(
        cx.out,
        &Answer {
            from,
            sent: absorbed.taken,
            already: absorbed.already,
            bytes: absorbed.bytes,
            heads: absorbed.heads.iter().map(HeadLine::of_stream).collect(),
            divergence: absorbed.trouble.iter().chain(&absorbed.claims).map(TroubleLine::of).collect(),
            remarks: &absorbed.remarks,
            failed: absorbed.failed.iter().map(|f| FailedLine { what: &f.what, instead: &f.instead }).collect(),
        },
    )
}

fn in_words(cx: &mut Context<'_>, from: &str, absorbed: &Absorbed) -> std::io::Result<()> {
    let Absorbed { taken, already, bytes, heads, trouble, claims, failed: _, remarks } = absorbed;
    lines(cx.out, &format!("{}: {taken} events taken in from {bytes} bytes, {already} were here", display_safe(from)))?;
    for head in heads {
        lines(cx.out, &format!("  {} {}: event {}, head {}", head.terminal, head.epoch, head.seq, head.hash))?;
    }
    for t in trouble.iter().chain(claims) {
        lines(cx.out, &format!("  {} {}: {}", t.terminal, t.epoch, t.what))?;
    }
    for remark in remarks {
        lines(cx.out, &format!("  {remark}"))?;
    }
    Ok(())
}

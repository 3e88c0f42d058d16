//! `traveller verify`: the chain computed anew, the tables made anew and compared, the head file looked at.

use std::io::Write;

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{json_line, lines};
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::proof::verify::{Finding, Proven};
use crate::ledger::{Verified, verify};

/// The answer, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    ledgers: Vec<LedgerLine<'a>>,
    findings: Vec<FindingLine<'a>>,
    /// Findings that are not listed.
    more: usize,
    /// The event that the head file saw last.
    witnessed: Option<u64>,
}

#[derive(Serialize)]
struct LedgerLine<'a> {
    terminal: &'a TerminalId,
    epoch: &'a Epoch,
    events: u64,
    head: String,
}

#[derive(Serialize)]
struct FindingLine<'a> {
    terminal: Option<&'a TerminalId>,
    epoch: Option<&'a Epoch>,
    seq: Option<u64>,
    what: &'a str,
}

impl<'a> LedgerLine<'a> {
    fn of(proven: &'a Proven) -> Self {
        let Proven { terminal, epoch, events, head } = proven;
        Self { terminal, epoch, events: *events, head: head.hex() }
    }
}

impl<'a> FindingLine<'a> {
    fn of(found: &'a Finding) -> Self {
        Self { terminal: found.terminal.as_ref(), epoch: found.epoch.as_ref(), seq: found.seq, what: &found.what }
    }
}

pub(super) fn run(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let verified = verify(&cx.reader()?, cx.settings.head_file.as_deref())?;
    if cx.json {
        let Verified { ledgers, findings, more, witnessed } = &verified;
        json_line(
            cx.out,
            &Answer {
                ok: verified.is_ok(),
                ledgers: ledgers.iter().map(LedgerLine::of).collect(),
                findings: findings.iter().map(FindingLine::of).collect(),
                more: *more,
                witnessed: *witnessed,
            },
        )?;
    } else {
        in_words(cx.out, &verified)?;
    }
    Ok(if verified.is_ok() { Outcome::Done } else { Outcome::No })
}

fn in_words(out: &mut dyn Write, verified: &Verified) -> std::io::Result<()> {
    for ledger in &verified.ledgers {
        lines(
            out,
            &format!("{} {}: {} events, head {}", ledger.terminal, ledger.epoch, ledger.events, ledger.head.hex()),
        )?;
    }
    for found in &verified.findings {
        lines(out, &found.to_string())?;
    }
    if verified.more > 0 {
        writeln!(out, "and {} findings more", verified.more)?;
    }
    match verified.witnessed {
        Some(seq) => writeln!(out, "the head file saw event {seq}")?,
        None => writeln!(out, "there is no head file: lost records at the end would not show")?,
    }
    writeln!(out, "{}", if verified.is_ok() { "ok" } else { "not ok: call whoever keeps the replicas, change nothing" })
}

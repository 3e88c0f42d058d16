//! `traveller verify`: the chain computed anew, the tables made anew and compared, the head file looked at; a head and
//! a replica too, where they are named.

use std::io::Write;

use serde::Serialize;

use super::against::{self, AgainstLine};
use super::args::VerifyArgs;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{json_line, lines};
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::head_file::{HeadTrouble, Witnessed};
use crate::ledger::proof::paper::agrees;
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
    /// Whether the head that was given is of this ledger, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<Kept>,
    /// Leads whose PIN was recovered, and whom no second lead confirmed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pins_recovered: Vec<String>,
    /// The replica that it was held against, where one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<AgainstLine<'a>>,
}

/// What comes of a head that was given.
#[derive(Serialize)]
struct Kept {
    ok: bool,
    seq: u64,
    what: String,
}

impl Kept {
    fn of(seen: &Witnessed, said: &Result<(), HeadTrouble>) -> Self {
        let Witnessed { terminal, epoch, seq, .. } = seen;
        let what = match said {
            Ok(()) => {
                format!("the head that was given is of this ledger: event {seq} of {terminal} {epoch} is the same")
            }
            Err(HeadTrouble::Foreign { .. }) => {
                format!("the head that was given is of another ledger: nothing of {terminal} {epoch} is here")
            }
            Err(HeadTrouble::Missing { from, to }) => {
                format!("the head that was given saw more: events {from} to {to} are missing here")
            }
            Err(HeadTrouble::Forked { .. }) => {
                format!("the head that was given saw another event {seq}: changed, or grown twice from one copy")
            }
        };
        Self { ok: said.is_ok(), seq: *seq, what }
    }
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

pub(super) fn run(cx: &mut Context<'_>, args: &VerifyArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let verified = verify(&reader, cx.settings.head_file.as_deref())?;
    let kept = match &args.head {
        Some(seen) => Some(Kept::of(seen, &agrees(&reader, seen)?)),
        None => None,
    };
    let held = args.against.as_deref().map(|dir| against::held(&reader, dir)).transpose()?;
    let ok = verified.is_ok()
        && kept.as_ref().is_none_or(|p| p.ok)
        && held.as_ref().is_none_or(|held| held.compared.is_ok());
    let pins_recovered: Vec<String> = reader.pins_recovered()?.iter().map(ToString::to_string).collect();
    if cx.json {
        let Verified { ledgers, findings, more, witnessed } = &verified;
        json_line(
            cx.out,
            &Answer {
                ok,
                ledgers: ledgers.iter().map(LedgerLine::of).collect(),
                findings: findings.iter().map(FindingLine::of).collect(),
                more: *more,
                witnessed: *witnessed,
                kept,
                pins_recovered,
                against: held.as_ref().map(AgainstLine::of),
            },
        )?;
    } else {
        in_words(cx.out, &verified, kept.as_ref())?;
        for badge in &pins_recovered {
            lines(cx.out, &format!("the PIN of {badge} was recovered, and no second lead confirmed it"))?;
        }
        if let Some(held) = &held {
            against::in_words(cx.out, held)?;
        }
        writeln!(cx.out, "{}", if ok { "ok" } else { "not ok: call whoever keeps the replicas, change nothing" })?;
    }
    Ok(if ok { Outcome::Done } else { Outcome::No })
}

fn in_words(out: &mut dyn Write, verified: &Verified, kept: Option<&Kept>) -> std::io::Result<()> {
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
    if let Some(kept) = kept {
        lines(out, &kept.what)?;
    }
    Ok(())
}

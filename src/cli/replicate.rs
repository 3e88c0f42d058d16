//! `traveller replicate`: each target brought up to date by itself. One that fails hides no other, and is not hidden.

use std::io::{IsTerminal as _, Write as _};

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome, two_lines};
use super::output::{json_line, lines};
use super::replicate_args::ReplicateArgs;
use crate::app::port::Fault;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::text::display_safe;
use crate::replicate::address::Address;
use crate::replicate::dir::Dir;
use crate::replicate::run::{Diverged, Errand, Progress, Sent, replicate, state_failed};
use crate::replicate::state::HeldHead;
use crate::station::clock::StationClock;
use crate::station::{priority, random};

/// Targets that one run may have.
const TARGETS_MOST: usize = 16;

/// The answer for one target, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    target: &'a str,
    sent: u64,
    already: u64,
    bytes: u64,
    heads: &'a [HeldHead],
    divergence: Vec<DivergedLine<'a>>,
    remarks: &'a [String],
    failed: Option<FailedLine<'a>>,
}

#[derive(Serialize)]
struct DivergedLine<'a> {
    terminal: &'a TerminalId,
    epoch: &'a Epoch,
    seq: u64,
    what: String,
}

#[derive(Serialize)]
struct FailedLine<'a> {
    what: &'a str,
    instead: &'a str,
}

pub(super) fn run(cx: &mut Context<'_>, args: &ReplicateArgs) -> Result<Outcome, Failure> {
    priority::give_way();
    let targets = targets(if args.to.is_empty() { &cx.settings.replicate.to } else { &args.to })?;
    let reader = cx.reader()?;
    let state = args.state.clone().unwrap_or_else(|| cx.settings.state_dir(reader.path()));
    let state = Dir::open_or_make(&state).map_err(|e| state_failed(&e))?;
    let clock = StationClock::of_machine()?;
    let mut worst = Ok(Outcome::Done);
    for address in targets {
        let fresh_mark = random::mark()?;
        let now = clock.read().at;
        let errand = Errand { address: &address, state: &state, fresh_mark: &fresh_mark, now };
        let mut sent = Sent::default();
        let ended = replicate(&reader, &errand, &mut sent, &mut progress);
        if cx.json {
            answer(cx, &address.to_string(), &sent, ended.as_ref().err())?;
        } else if ended.is_ok() || sent.sent > 0 {
            in_words(cx, &address.to_string(), &sent)?;
        }
        cx.out.flush()?;
        match ended {
            Ok(()) if sent.divergence.is_empty() => {}
            Ok(()) => worst = worst.map(|_outcome| Outcome::No),
            Err(fault) => {
                // The failure that the command ends with is told by the one who called.
                if let Err(Failure::Machine(earlier)) = &worst {
                    two_lines(&mut std::io::stderr().lock(), &earlier.what, &earlier.instead)?;
                }
                worst = Err(Failure::Machine(fault));
            }
        }
    }
    worst
}

/// The targets that were named, each once.
fn targets(named: &[String]) -> Result<Vec<Address>, Failure> {
    let mut targets: Vec<Address> = Vec::new();
    for target in named {
        let target = Address::parse(target).map_err(Failure::WrongUse)?;
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    if targets.is_empty() {
        return Err(Failure::wrong_use(
            "no target is named",
            "name one with --to, or list some under [replicate] to in the configuration",
        ));
    }
    if targets.len() > TARGETS_MOST {
        return Err(Failure::wrong_use(format!("more than {TARGETS_MOST} targets are named"), "name fewer in one run"));
    }
    Ok(targets)
}

/// On a terminal, each segment as it arrives, and why it takes long.
fn progress(heard: Progress<'_>) {
    let mut err = std::io::stderr().lock();
    if err.is_terminal() {
        // Where it cannot be written there is nobody to read it.
        let _unread = match heard {
            Progress::Sent(name) => writeln!(err, "{} {} sent up to {}", name.terminal, name.epoch, name.last),
            Progress::Guest => writeln!(err, "somebody is at work here: sending goes on in small steps"),
        };
    }
}

fn answer(cx: &mut Context<'_>, target: &str, sent: &Sent, fault: Option<&Fault>) -> std::io::Result<()> {
    let line = |d: &'_ Diverged| (d.how.seq(), d.how.to_string());
    let divergence = sent.divergence.iter().map(|d| {
        let (seq, what) = line(d);
        DivergedLine { terminal: &d.terminal, epoch: &d.epoch, seq, what }
    });
    json_line(
        cx.out,
        &Answer {
            target,
            sent: sent.sent,
            already: sent.already,
            bytes: sent.bytes,
            heads: &sent.heads,
            divergence: divergence.collect(),
            remarks: &sent.remarks,
            failed: fault.map(|f| FailedLine { what: &f.what, instead: &f.instead }),
        },
    )
}

fn in_words(cx: &mut Context<'_>, target: &str, sent: &Sent) -> std::io::Result<()> {
    let Sent { sent, already, bytes, heads, divergence, remarks } = sent;
    lines(cx.out, &format!("{}: {sent} events sent in {bytes} bytes, {already} were there", display_safe(target)))?;
    for head in heads {
        lines(cx.out, &format!("  {} {}: event {}, head {}", head.terminal, head.epoch, head.seq, head.hash))?;
    }
    for diverged in divergence {
        lines(cx.out, &format!("  {} {}: NOT SENT: {}", diverged.terminal, diverged.epoch, diverged.how))?;
        lines(cx.out, "  stop, change nothing, and call whoever keeps the replicas")?;
    }
    for remark in remarks {
        lines(cx.out, &format!("  {remark}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_named_once_however_it_is_written() {
        let named = |texts: &[&str]| targets(&texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>());
        assert_eq!(named(&["dir:/mnt/nas", "/mnt/nas", "ssh://h/srv"]).unwrap().len(), 2);
        for wrong in [&["http://host/path"][..], &[""], &[], &["ssh://host"]] {
            assert!(matches!(named(wrong), Err(Failure::WrongUse(_))), "{wrong:?}");
        }
    }
}

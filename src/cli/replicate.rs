//! `traveller replicate`: each target brought up to date by itself. One that fails hides no other, and is not hidden.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome, two_lines};
use super::output::{json_line, lines};
use super::replicate_args::ReplicateArgs;
use crate::app::port::Fault;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::text::display_safe;
use crate::replicate::dir::Dir;
use crate::replicate::run::{Diverged, Errand, Sent, replicate, state_failed};
use crate::replicate::segment::Name;
use crate::replicate::state::{self, HeldHead};
use crate::station::clock::StationClock;
use crate::station::random;

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

/// A target: its address, the same however it was written, and its directory.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) address: String,
    pub(super) path: PathBuf,
}

pub(super) fn run(cx: &mut Context<'_>, args: &ReplicateArgs) -> Result<Outcome, Failure> {
    let targets = targets(if args.to.is_empty() { &cx.settings.replicate.to } else { &args.to })?;
    let reader = cx.reader()?;
    let state = args.state.clone().or_else(|| cx.settings.replicate.state.clone());
    let state = state.unwrap_or_else(|| state::default_dir(reader.path()));
    let state = Dir::open_or_make(&state).map_err(|e| state_failed(&e))?;
    let clock = StationClock::of_machine()?;
    let mut worst = Ok(Outcome::Done);
    for Named { address, path } in targets {
        let fresh_mark = random::mark()?;
        let now = clock.read().at;
        let errand = Errand { address: &address, path, state: &state, fresh_mark: &fresh_mark, now };
        let ended = replicate(&reader, &errand, &mut progress);
        if cx.json {
            answer(cx, &address, &ended)?;
        } else if let Ok(sent) = &ended {
            in_words(cx, &address, sent)?;
        }
        cx.out.flush()?;
        match ended {
            Ok(sent) if sent.divergence.is_empty() => {}
            Ok(_) => worst = worst.map(|_outcome| Outcome::No),
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
fn targets(named: &[String]) -> Result<Vec<Named>, Failure> {
    let mut targets: Vec<Named> = Vec::new();
    for target in named {
        let target = target_of(target)?;
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    if targets.is_empty() {
        return Err(Failure::wrong_use(
            "no target is named",
            "name a directory with --to, or list some under [replicate] to in the configuration",
        ));
    }
    if targets.len() > TARGETS_MOST {
        return Err(Failure::wrong_use(format!("more than {TARGETS_MOST} targets are named"), "name fewer in one run"));
    }
    Ok(targets)
}

pub(super) fn target_of(text: &str) -> Result<Named, Failure> {
    let path = text.strip_prefix("dir:").unwrap_or(text);
    if path.starts_with("ssh://") {
        return Err(Failure::wrong_use(
            format!("{text}: sending over ssh is not there yet"),
            "name a directory, such as a mounted share",
        ));
    }
    if path.contains("://") {
        return Err(Failure::wrong_use(format!("{text} is no target"), "name a directory, such as dir:/mnt/nas/line"));
    }
    // An empty path is no path.
    let path = std::path::absolute(path)
        .map_err(|e| Failure::wrong_use(format!("\"{text}\" is no target: {e}"), "name a directory"))?;
    Ok(Named { address: format!("dir:{}", path.display()), path })
}

/// On a terminal, each segment as it arrives.
fn progress(name: &Name) {
    let mut err = std::io::stderr().lock();
    if err.is_terminal() {
        // Where it cannot be written there is nobody to read it.
        let _unread = writeln!(err, "{} {} sent up to {}", name.terminal, name.epoch, name.last);
    }
}

fn answer(cx: &mut Context<'_>, target: &str, ended: &Result<Sent, Fault>) -> std::io::Result<()> {
    let nothing = Sent::default();
    let (sent, fault) = match ended {
        Ok(sent) => (sent, None),
        Err(fault) => (&nothing, Some(fault)),
    };
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
    fn a_target_is_the_same_however_it_is_written() {
        let named = |text: &str| target_of(text).unwrap();
        assert_eq!(named("dir:/mnt/nas"), named("/mnt/nas"));
        assert_eq!(named("/mnt/nas").address, "dir:/mnt/nas");
        let twice = ["dir:/mnt/nas".to_owned(), "/mnt/nas".to_owned()];
        assert_eq!(targets(&twice).unwrap().len(), 1);
    }

    #[test]
    fn what_is_no_directory_is_refused_with_what_to_name() {
        for (text, what) in [
            ("ssh://host/path", "ssh is not there yet"),
            ("http://host/path", "is no target"),
            ("", "is no target"),
            ("dir:", "is no target"),
        ] {
            let Err(Failure::WrongUse(fault)) = target_of(text) else { panic!("{text}") };
            assert!(fault.what.contains(what), "{fault}");
        }
        assert!(matches!(targets(&[]), Err(Failure::WrongUse(_))));
    }
}

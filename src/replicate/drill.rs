//! A restore that nobody needs, to know that it would work: every terminal of a replica is made anew in a passing
//! place, its chain is computed to the head that was receipted, and its tables are made again and compared.

use std::collections::BTreeSet;
use std::path::Path;

use super::absorb::Trouble;
use super::restore::{Found, NotRestored, Wish, begin, take_in};
use super::segment::Name;
use super::state::{DrillOutcome, HeldHead, TargetState};
use super::target::Target;
use crate::app::port::Fault;
use crate::domain::id::TerminalId;
use crate::domain::time::At;
use crate::ledger::{Birth, open_plant, open_reader, verify};

/// What to try, and where.
#[derive(Debug)]
pub struct Drill<'d> {
    /// The replica, as it was named.
    pub address: &'d str,
    /// Its directory.
    pub path: &'d Path,
    /// An empty directory; whoever made it removes it.
    pub place: &'d Path,
    /// Only this terminal; all of them where none is named.
    pub terminal: Option<&'d TerminalId>,
    /// What is known of targets: the one with the same mark says how far the replica should reach.
    pub targets: &'d [TargetState],
    /// The moment.
    pub birth: &'d Birth,
    /// Who tries it.
    pub by: &'d str,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drilled {
    /// Whether it would work.
    pub outcome: DrillOutcome,
    /// When the newest event in the replica was recorded.
    pub newest: Option<At>,
    /// Events that were restored.
    pub events: u64,
    /// What was found.
    pub what: String,
}

/// Tries it. A replica that cannot be looked at, or a machine that fails, is a fault and no outcome.
pub fn drill(drill: &Drill<'_>, progress: &mut dyn FnMut(&Name)) -> Result<Drilled, Fault> {
    let target = Target::look(drill.address, drill.path)?;
    let known = target.streams()?.known;
    let receipts = drill.targets.iter().find(|state| state.mark == target.mark()).map(|state| state.heads.as_slice());
    let is_wanted = |terminal: &&TerminalId| drill.terminal.is_none_or(|only| only == *terminal);
    let held = receipts.unwrap_or_default().iter().map(|head| &head.terminal);
    let terminals: BTreeSet<&TerminalId> =
        known.iter().map(|(terminal, _)| terminal).chain(held).filter(is_wanted).collect();
    let mut drilled = Drilled { outcome: DrillOutcome::Ok, newest: None, events: 0, what: String::new() };
    if terminals.is_empty() {
        "there is nothing in it to restore".clone_into(&mut drilled.what);
        return Ok(Drilled { outcome: DrillOutcome::Bad, ..drilled });
    }
    let mut said = Vec::new();
    for (n, terminal) in terminals.into_iter().enumerate() {
        let of_it: Vec<HeldHead> =
            receipts.unwrap_or_default().iter().filter(|head| head.terminal == *terminal).cloned().collect();
        match one(drill, terminal, &of_it, &drill.place.join(format!("{n}.db")), progress)? {
            Ok(found) => {
                drilled.newest = drilled.newest.max(found.newest);
                drilled.events += found.absorbed.taken;
                if of_it.is_empty() {
                    drilled.outcome = DrillOutcome::Inconclusive;
                    said.push(format!("{terminal}: it can be restored, and no receipt says how far it should reach"));
                }
            }
            Err(bad) => {
                said.push(format!("{terminal}: {bad}"));
                drilled.outcome = DrillOutcome::Bad;
                break;
            }
        }
    }
    if said.is_empty() {
        said.push("it can be restored, up to the head that was receipted and beyond".to_owned());
    }
    drilled.what = said.join("; ");
    Ok(drilled)
}

/// Restores one terminal; or why that would not work.
fn one(
    drill: &Drill<'_>,
    terminal: &TerminalId,
    receipts: &[HeldHead],
    ledger: &Path,
    progress: &mut dyn FnMut(&Name),
) -> Result<Result<Found, String>, Fault> {
    let wish = Wish { address: drill.address, path: drill.path, terminal, life: None, receipts };
    let mut plant = open_plant(ledger, true).map_err(|e| e.fault())?;
    plant.pass_away()?;
    let found = match take_in(&mut plant, &wish, progress) {
        Ok(found) => found,
        Err(NotRestored::Diverged(trouble)) => return Ok(Err(in_words(&trouble))),
        Err(NotRestored::WrongUse(fault) | NotRestored::Spoilt(fault)) => return Ok(Err(fault.what)),
        Err(NotRestored::Failed(fault)) => return Err(fault),
    };
    for head in receipts {
        let here = plant.reader().event(terminal, &head.epoch, head.seq)?.map(|stored| stored.hash.hex());
        match here {
            Some(hash) if hash == head.hash => {}
            Some(_) => {
                return Ok(Err(format!("event {} of {} is not the one that was receipted", head.seq, head.epoch)));
            }
            None => return Ok(Err(format!("event {} of {} was receipted and is not in it", head.seq, head.epoch))),
        }
    }
    begin(plant, &found, drill.birth.clone(), drill.by)?;
    let verified = verify(&open_reader(ledger).map_err(|e| e.fault())?, None)?;
    Ok(match verified.findings.first() {
        None => Ok(found),
        Some(finding) => Err(format!("what was restored does not fit: {finding}")),
    })
}

fn in_words(trouble: &[Trouble]) -> String {
    let words: Vec<_> = trouble.iter().map(|t| format!("{} {}", t.epoch, t.what)).collect();
    words.join("; ")
}

//! A new terminal from a replica: the streams of the old one as they are, and a stream of its own after them.
//!
//! Interrupted, it is run again: what was taken in already is there. Only the last step makes it a terminal.

use std::path::Path;

use super::absorb::{Absorbed, Trouble, absorb, claims_of};
use super::segment::Name;
use super::state::HeldHead;
use super::target::Target;
use crate::app::port::Fault;
use crate::domain::event::EventRef;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::time::{At, Clock};
use crate::ledger::birth::Restored;
use crate::ledger::reader::Stream;
use crate::ledger::{Birth, Plant};

/// What to do where two lives go on.
const CHOOSE: &str = "; make sure that only one is at work, then name that one with --life: units of which both tell \
    wait for a lead";

/// What to restore, and what is known of it.
#[derive(Debug)]
pub struct Wish<'w> {
    /// The replica, as it was named.
    pub address: &'w str,
    /// Its directory.
    pub path: &'w Path,
    /// The terminal.
    pub terminal: &'w TerminalId,
    /// The life that it goes on after, where several go on; what the others recorded beside it is kept too.
    pub life: Option<&'w Epoch>,
    /// Heads that were receipted while the old one was at work.
    pub receipts: &'w [HeldHead],
}

/// What was taken in of a terminal.
#[derive(Debug)]
pub struct Found {
    /// What was absorbed.
    pub absorbed: Absorbed,
    /// The last event of the terminal.
    pub last: EventRef,
    /// When it was recorded.
    pub newest: Option<At>,
    /// Events after it that a receipt knows of; they are not in this replica.
    pub lost: Option<u64>,
    /// The last events of other lives that go on as this terminal, and that somebody chose not to go on from.
    pub ended: Vec<EventRef>,
}

/// Why a terminal was not restored.
#[derive(Debug)]
pub enum NotRestored {
    /// It was asked for wrongly.
    WrongUse(Fault),
    /// The replica does not say one thing.
    Diverged(Vec<Trouble>),
    /// The replica is damaged.
    Spoilt(Fault),
    /// The machine failed.
    Failed(Fault),
}

impl From<Fault> for NotRestored {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

/// Whether a replica holds anything of a terminal: looked at before a ledger is made for it.
pub fn look(wish: &Wish<'_>) -> Result<(), NotRestored> {
    let streams = Target::look(wish.address, wish.path)?.streams()?;
    let is_there = streams.known.iter().any(|(terminal, _)| terminal == wish.terminal);
    if is_there { Ok(()) } else { Err(nothing_of(wish.terminal)) }
}

fn nothing_of(terminal: &TerminalId) -> NotRestored {
    NotRestored::WrongUse(Fault::new(
        format!("nothing of terminal {terminal} is in that replica"),
        "name the terminal as it was called, or another replica",
    ))
}

/// Takes in all that a replica holds of a terminal, into a ledger that holds nothing else.
pub fn take_in(plant: &mut Plant, wish: &Wish<'_>, progress: &mut dyn FnMut(&Name)) -> Result<Found, NotRestored> {
    let Wish { address, path, terminal, life, receipts } = wish;
    if let Some(other) = plant.reader().streams()?.iter().find(|s| s.terminal != **terminal) {
        return Err(NotRestored::WrongUse(Fault::new(
            format!("the ledger holds copies of terminal {} already", other.terminal),
            "name a file that is not there with --ledger",
        )));
    }
    let mut absorbed = absorb(plant, address, path, |t| t == *terminal, progress)?;
    if let Some(fault) = absorbed.failed.first() {
        return Err(NotRestored::Spoilt(fault.clone()));
    }
    if !absorbed.trouble.is_empty() {
        return Err(NotRestored::Diverged(std::mem::take(&mut absorbed.trouble)));
    }
    let mut claims = std::mem::take(&mut absorbed.claims);
    if life.is_none() && !claims.is_empty() {
        for claim in &mut claims {
            claim.what.push_str(CHOOSE);
        }
        return Err(NotRestored::Diverged(claims));
    }
    absorbed.remarks.extend(claims.into_iter().map(|claim| claim.what));
    let last = last(plant, &absorbed.heads, terminal, *life)?;
    let EventRef(_, epoch, seq, _) = &last;
    let of_it: Vec<&HeldHead> = receipts.iter().filter(|r| r.terminal == **terminal && r.epoch == *epoch).collect();
    for receipt in of_it.iter().filter(|r| r.seq <= *seq) {
        let here = plant.reader().event(terminal, epoch, receipt.seq)?.map(|stored| stored.hash.hex());
        if here.as_deref() != Some(receipt.hash.as_str()) {
            let what = format!("event {} is not the one that was receipted", receipt.seq);
            let (terminal, epoch, seq) = (receipt.terminal.clone(), receipt.epoch.clone(), receipt.seq);
            return Err(NotRestored::Diverged(vec![Trouble { terminal, epoch, seq, what }]));
        }
    }
    let beyond = of_it.iter().map(|r| r.seq.saturating_sub(*seq)).max().filter(|events| *events > 0);
    let newest = absorbed.heads.iter().filter_map(|s| s.at).max();
    let ended = ended(plant, &absorbed.heads, epoch)?;
    Ok(Found { absorbed, last, newest, lost: beyond, ended })
}

/// Makes the terminal of it. A clock that is behind what was recorded is in doubt.
pub fn begin(plant: Plant, found: &Found, birth: Birth, by: &str) -> Result<(), Fault> {
    let is_behind = found.newest.is_some_and(|newest| birth.at < newest);
    let clock = if is_behind { Clock::Doubt } else { birth.clock };
    let EventRef(terminal, ..) = &found.last;
    let birth = Birth { clock, after: Some(found.last.clone()), demo: false, ..birth };
    let restored = Restored { why: format!("restored by {by}"), ended: found.ended.clone() };
    plant.become_terminal(terminal, &birth, &restored)
}

/// The last events of the lives that claim to be the terminal beside the one that was chosen.
fn ended(plant: &Plant, streams: &[Stream], chosen: &Epoch) -> Result<Vec<EventRef>, Fault> {
    let claims = claims_of(plant, streams)?.open;
    let claim_it = |s: &&Stream| claims.iter().any(|claim| [&claim.first, &claim.second].contains(&&s.epoch));
    let others = streams.iter().filter(claim_it).filter(|s| s.epoch != *chosen);
    Ok(others.map(Stream::last).collect())
}

/// The last event of the one life of a terminal that nothing goes on after.
fn last(
    plant: &Plant,
    streams: &[Stream],
    terminal: &TerminalId,
    life: Option<&Epoch>,
) -> Result<EventRef, NotRestored> {
    let befores: Vec<EventRef> = streams
        .iter()
        .map(|s| plant.beginning(s))
        .collect::<Result<Vec<_>, Fault>>()?
        .into_iter()
        .filter_map(|created| created?.after)
        .collect();
    let is_last = |s: &&Stream| befores.iter().all(|EventRef(t, e, ..)| (t, e) != (&s.terminal, &s.epoch));
    let is_chosen = |s: &&Stream| life.is_none_or(|life| *life == s.epoch);
    let lasts: Vec<&Stream> = streams.iter().filter(is_last).filter(is_chosen).collect();
    match lasts.as_slice() {
        [one] => Ok(one.last()),
        [] if life.is_some() && !streams.is_empty() => {
            let ends: Vec<String> = streams.iter().filter(is_last).map(|s| s.epoch.to_string()).collect();
            Err(NotRestored::WrongUse(Fault::new(
                format!("no life of terminal {terminal} that nothing goes on after is named so"),
                format!("name one with --life: {}", ends.join(", ")),
            )))
        }
        [] => Err(nothing_of(terminal)),
        [first, second, ..] => {
            let what = format!("{} and {} are both of this terminal, and neither goes on", first.epoch, second.epoch);
            let (terminal, epoch, seq) = (second.terminal.clone(), second.epoch.clone(), second.seq);
            Err(NotRestored::Diverged(vec![Trouble { terminal, epoch, seq, what }]))
        }
    }
}

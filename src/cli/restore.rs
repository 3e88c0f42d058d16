//! `traveller restore`: a new terminal from a replica, where the old one died.

use std::path::Path;

use serde::Serialize;

use super::absorb::{TroubleLine, progress};
use super::context::Context;
use super::drill::ago;
use super::failure::{Failure, Outcome};
use super::output::{HeadLine, json_line, lines};
use super::replicate_args::RestoreArgs;
use crate::domain::event::EventRef;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::text::display_safe;
use crate::domain::time::At;
use crate::ledger::open_plant;
use crate::replicate::absorb::Trouble;
use crate::replicate::restore::{Found, NotRestored, Wish, begin, look, take_in};
use crate::replicate::run::state_failed;
use crate::replicate::state;
use crate::station::clock::StationClock;
use crate::station::open::{self, Make};
use crate::station::user;

/// The answer, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    sent: u64,
    already: u64,
    bytes: u64,
    heads: Vec<HeadLine<'a>>,
    terminal: &'a TerminalId,
    epoch: Option<&'a Epoch>,
    after: Option<&'a EventRef>,
    newest_event: Option<At>,
    lost: Option<u64>,
    divergence: Vec<TroubleLine<'a>>,
    remarks: &'a [String],
}

pub(super) fn run(cx: &mut Context<'_>, args: &RestoreArgs) -> Result<Outcome, Failure> {
    let wrong = |what: &str, instead: &str| Err(Failure::wrong_use(what, instead));
    if cx.settings.ledger_by_default {
        return wrong("no ledger was named for the new terminal", "name a file that is not there with --ledger");
    }
    let Some(terminal) = cx.settings.terminal.clone() else {
        return wrong("no terminal was named", "say with --terminal which one is to be restored");
    };
    let state = args.state.clone().or_else(|| cx.settings.replicate.state.clone());
    let targets = state.as_deref().map(state::read_targets).transpose().map_err(|e| state_failed(&e))?;
    let receipts: Vec<_> = targets.into_iter().flatten().flat_map(|target| target.heads).collect();
    let address = args.from.display().to_string();
    let (path, life) = (args.from.as_path(), args.life.as_ref());
    let wish = Wish { address: &address, path, terminal: &terminal, life, receipts: &receipts };
    let by = user::owner()?;
    let ledger = cx.settings.ledger.clone();
    if let Err(why) = look(&wish) {
        return not_restored(cx, &terminal, why);
    }
    let mut plant = open_plant(&ledger, true)?;
    let found = match take_in(&mut plant, &wish, &mut progress) {
        Ok(found) => found,
        Err(why) => return not_restored(cx, &terminal, why),
    };
    let clock = StationClock::of_machine()?;
    let birth = open::birth(&clock, false);
    let now = birth.at;
    begin(plant, &found, birth, &by)?;
    // The head file begins with that, as with every ledger.
    let writer = open::writer(&cx.settings, &clock, Make::Never)?;
    let epoch = writer.reader().head()?.map(|head| head.epoch);
    if cx.json {
        let absorbed = &found.absorbed;
        json_line(
            cx.out,
            &Answer {
                sent: absorbed.taken,
                already: absorbed.already,
                bytes: absorbed.bytes,
                heads: absorbed.heads.iter().map(HeadLine::of_stream).collect(),
                terminal: &terminal,
                epoch: epoch.as_ref(),
                after: Some(&found.last),
                newest_event: found.newest,
                lost: found.lost,
                divergence: Vec::new(),
                remarks: &absorbed.remarks,
            },
        )?;
    } else {
        in_words(cx, &ledger, &found, now, receipts.is_empty())?;
    }
    Ok(Outcome::Done)
}

fn not_restored(cx: &mut Context<'_>, terminal: &TerminalId, why: NotRestored) -> Result<Outcome, Failure> {
    match why {
        NotRestored::WrongUse(fault) => Err(Failure::WrongUse(fault)),
        NotRestored::Spoilt(fault) | NotRestored::Failed(fault) => Err(Failure::Machine(fault)),
        NotRestored::Diverged(trouble) => diverged(cx, terminal, &trouble),
    }
}

fn diverged(cx: &mut Context<'_>, terminal: &TerminalId, trouble: &[Trouble]) -> Result<Outcome, Failure> {
    if cx.json {
        let divergence = trouble.iter().map(TroubleLine::of).collect();
        let nothing = Answer {
            sent: 0,
            already: 0,
            bytes: 0,
            heads: Vec::new(),
            terminal,
            epoch: None,
            after: None,
            newest_event: None,
            lost: None,
            divergence,
            remarks: &[],
        };
        json_line(cx.out, &nothing)?;
    } else {
        for t in trouble {
            lines(cx.out, &format!("{} {}: {}", t.terminal, t.epoch, t.what))?;
        }
        lines(cx.out, "nothing was restored: show this to whoever keeps the replicas, or name another replica")?;
    }
    Ok(Outcome::No)
}

fn in_words(cx: &mut Context<'_>, ledger: &Path, found: &Found, now: At, blind: bool) -> std::io::Result<()> {
    let EventRef(terminal, epoch, seq, hash) = &found.last;
    let shown = ledger.display().to_string();
    lines(cx.out, &format!("terminal {terminal} goes on in {} after event {seq} of {epoch}", display_safe(&shown)))?;
    lines(cx.out, &format!("  the head there is {hash}"))?;
    if let Some(newest) = found.newest {
        let ago = ago(newest, now);
        lines(cx.out, &format!("  the newest event is of {newest}, {ago}; what was recorded after it is lost"))?;
    }
    match found.lost {
        Some(lost) => {
            lines(
                cx.out,
                &format!("  {lost} events more were receipted: another replica has them, restore from that"),
            )?;
        }
        None if blind => {
            lines(cx.out, "  no receipts were given: with --state they would tell how far it should reach")?;
        }
        None => lines(cx.out, "  it reaches as far as the receipts do")?,
    }
    for remark in &found.absorbed.remarks {
        lines(cx.out, &format!("  {remark}"))?;
    }
    lines(
        cx.out,
        "nobody has a PIN here yet: traveller operator pin BADGE --recover, for a lead; then new ones for all",
    )?;
    lines(cx.out, "the old ledger must not be used again: if its disk turns up, keep it apart")
}

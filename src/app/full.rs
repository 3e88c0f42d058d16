//! A command of which more follows: the label of a panel stands for all of its boards, a load for all of its units.
//! Each is decided by the gate as if it came alone, under one commit: all of them, or none.

use super::port::{Fault, Ledger};
use super::submit::{Enacted, enact};
use crate::domain::ambient::Ambient;
use crate::domain::command::Command;
use crate::domain::traveller::State;
use crate::domain::way;

/// Decides a command, and what belongs to it. Where one of those is refused, nothing else is done, and that refusal is
/// the answer.
pub(super) fn in_full(ledger: &mut impl Ledger, command: &Command, now: &Ambient) -> Result<Enacted, Fault> {
    let whole = enact(ledger, command, now)?;
    if whole.then.is_empty() {
        return Ok(whole);
    }
    let mut first = None;
    let has_own = !whole.events.is_empty();
    let Enacted { mut events, then, .. } = whole.clone();
    for part in concerned(ledger, &then, now)? {
        let mut enacted = enact(ledger, &part, now)?;
        if enacted.answer.is_err() {
            ledger.rollback();
            ledger.begin()?;
            let alone = enact(ledger, &part, now)?;
            // What is refused for what came before it would be accepted alone: the gate has to see it at the first.
            return match alone.answer {
                Err(_) => Ok(alone),
                Ok(_) => Err(Fault::new(
                    "a part of the command is refused beside the others, and alone it is not",
                    "report this as a defect",
                )),
            };
        }
        // The answer names what is recorded; where nothing is, what stands.
        let is_told = events.is_empty() && !enacted.events.is_empty();
        events.append(&mut enacted.events);
        if is_told || first.is_none() {
            first = Some(enacted);
        }
    }
    // A load has a record of its own; a panel has those of its boards.
    let told = first.filter(|_| !has_own).unwrap_or(whole);
    Ok(Enacted { events, ..told })
}

/// Of the boards of a panel those that go on here: one that failed, is on hold or is due elsewhere does not stop the
/// others. Where none goes on, the first one says why not.
pub fn concerned(ledger: &mut impl Ledger, all: &[Command], now: &Ambient) -> Result<Vec<Command>, Fault> {
    let (here, class) = now.station.as_ref().map(|place| (&place.station, &place.class)).unzip();
    let (mut concerned, mut is_here) = (Vec::new(), Vec::new());
    for command in all {
        let Command::Board(board) = command else { return Ok(all.to_vec()) };
        let traveller = ledger.traveller(&board.unit)?;
        let route = match &traveller.route {
            Some((route, revision)) => ledger.route(route, revision)?,
            None => None,
        };
        let due_here = |route: &crate::domain::route::Route| way::open_at(&traveller, route, class).is_some();
        let goes_on = traveller.state() == State::InProcess && route.as_deref().is_none_or(due_here);
        concerned.extend(goes_on.then(|| command.clone()));
        let is_open = traveller.open.as_ref().is_some_and(|open| Some(&open.station) == here);
        is_here.extend(goes_on.then_some(is_open || traveller.in_load.is_some()));
    }
    if concerned.is_empty() {
        concerned.extend(all.first().cloned());
    }
    // The gate has to see at the first whether there is room for all that are not here yet.
    let mut to_come = 0_u32;
    let beside = u32::try_from(concerned.len()).unwrap_or(u32::MAX).saturating_sub(1);
    for (command, is_here) in concerned.iter_mut().zip(is_here).rev() {
        if let Command::Board(board) = command {
            (board.more, board.beside) = (to_come, beside);
        }
        to_come = to_come.saturating_add(u32::from(!is_here));
    }
    Ok(concerned)
}

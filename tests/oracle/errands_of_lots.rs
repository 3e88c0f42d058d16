//! Errands about lots and time: kept, changed under a signature, used or waited for too long.

use traveller::domain::command::{Command, LotMove};
use traveller::domain::lot::{Lot, LotStanding};
use traveller::domain::route::{Capture, Route, Step};
use traveller::domain::traveller::{Standing, Traveller};

use super::errands::place_of;
use super::floor::{Floor, badge, station};
use super::steer::{Given, PLAIN, SIGNED, scan};

/// Minutes of a day.
const A_DAY: i64 = 1_440;
/// Minutes that a lot may be open, at most, and one more.
const FLOOR_MINUTES_MOST: i64 = 240;

impl Floor {
    /// A lot is held and released, opened and sealed.
    pub(super) fn keeps_lots(&mut self, pick: usize) -> Option<Given> {
        let all: Vec<_> = self.ledger.lots().values().collect();
        let of = |is_it: &dyn Fn(&Lot) -> bool| all.iter().find(|lot| is_it(lot)).map(|lot| lot.lot.clone());
        let held = || Some((of(&|lot| lot.standing == LotStanding::Held)?, LotMove::Release));
        let sealed = || Some((of(&|lot| lot.open_since.is_some())?, LotMove::Seal));
        let known = all.get(pick % all.len().max(1))?.lot.clone();
        let (lot, to) = match pick % 2 {
            0 => held().unwrap_or((known, LotMove::Hold)),
            _ => sealed().unwrap_or((known, LotMove::Open)),
        };
        Some((None, Command::ChangeLot { lot, to, reason: "because".to_owned(), by: badge(2) }, SIGNED))
    }

    /// Another lot is loaded for what was signed already.
    pub(super) fn changes_what_was_signed(&mut self, pick: usize) -> Option<Given> {
        let draws_and_signs = |route: &Route, step: &Step| {
            step.sign_off.is_some() && step.uses.keys().any(|p| route.parts[p].capture == Capture::Loaded)
        };
        let draws = |t: &Traveller| {
            let due = self.due_of(t).filter(|_| t.standing == Standing::InProcess);
            due.is_some_and(|(route, step)| draws_and_signs(&route, &step))
        };
        let signed = |t: &Traveller| {
            let attempt = t.due.as_ref().and_then(|due| t.current(&due.step));
            draws(t) && attempt.is_some_and(|a| a.signature.is_some())
        };
        if let Some((unit, traveller)) = self.some(pick, signed) {
            let (route, step) = self.due_of(&traveller)?;
            let at = place_of(&traveller)?;
            let bench = self.ledger.stations().get(&station(at))?;
            let (command, with) = self.change_of_lot(&step, &route, bench, 1)?;
            return Some((Some(at), command.of(&unit), with));
        }
        let Some((unit, _)) = self.some(pick, draws) else { return self.comes_to(draws_and_signs, pick) };
        Some(self.next(&unit, pick))
    }

    /// A step that has to follow within a time is taken up after that.
    pub(super) fn comes_too_late(&mut self, pick: usize) -> Option<Given> {
        let window = |t: &Traveller| {
            let (_, step) = self.due_of(t).filter(|_| t.standing == Standing::InProcess && !t.touched())?;
            let window = step.minutes_since.filter(|window| t.passed.contains(&window.step))?;
            window.max
        };
        let (unit, traveller) = self.some(pick, |t| window(t).is_some())?;
        let max = i64::from(window(&traveller)?);
        if pick.is_multiple_of(3) {
            self.wait(max + 1, false);
        }
        Some(self.next(&unit, pick))
    }

    /// A lot that has a last day, or is open, is used after its time.
    pub(super) fn uses_what_is_over(&mut self, pick: usize) -> Option<Given> {
        let lots = self.ledger.lots();
        let ends = |lot: &&Lot| lot.expires.is_some() || lot.open_since.is_some();
        let taken = |t: &Traveller| {
            let (route, step) = self.due_of(t).filter(|_| t.standing == Standing::InProcess)?;
            let fits = |lot: &&Lot| step.uses.keys().any(|part| route.takes(part, &lot.part));
            let all: Vec<_> = lots.values().filter(ends).filter(fits).collect();
            all.get(pick / 3 % all.len().max(1)).map(|lot| (lot.lot.clone(), lot.expires.is_some()))
        };
        let (unit, traveller) = self.some(pick, |t| taken(t).is_some())?;
        let (lot, has_day) = taken(&traveller)?;
        let Some(at) = place_of(&traveller) else { return Some(self.next(&unit, pick)) };
        if pick.is_multiple_of(3) {
            self.wait(if has_day { A_DAY } else { FLOOR_MINUTES_MOST }, false);
        }
        Some((Some(at), scan(lot.as_str()).of(&unit), PLAIN))
    }
}

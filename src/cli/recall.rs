//! A recall: everything that a lot, a component, a gauge, a person or a station concerns is held as one act, or nothing
//! is.

use super::answer::tell;
use super::args::Signed;
use super::concern::{Concern, Concerned};
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::recall_answer::{self, Met, Recalled};
use crate::app::together::{Ended, Stopped, Together};
use crate::domain::command::{Command, LotMove, UNITS_AT_ONCE_MOST};
use crate::domain::id::{LotId, UnitId};
use crate::domain::lot::LotStanding;
use crate::domain::traveller::State;
use crate::domain::what::What;
use crate::ledger::{Reader, Writer};
use crate::station::open::Make;

/// Holds everything that is concerned. What that is, is read in the transaction that holds it.
pub(super) fn run(
    cx: &mut Context<'_>,
    signed: &Signed,
    concern: impl FnOnce(&Reader) -> Result<Concern, Failure>,
) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let concern = concern(clerk.ledger().reader())?;
    let with = cx.signed(&signed.by)?;
    let ended = clerk.give_together(&signed.by, &with, |together| {
        let mut recall = Recall { together, concern: &concern, signed };
        let lot = recall.hold_lot()?;
        Ok(Recalled { of: concern.name(), lot, units: recall.hold_units()? })
    })?;
    match ended {
        Ended::Done(recalled, _receipt) => recall_answer::tell(cx, &recalled),
        Ended::Refused(settled) => tell(cx, &concern.name(), &settled),
    }
}

/// A recall that is being made.
struct Recall<'t, 'l> {
    together: &'t mut Together<'l, Writer>,
    concern: &'t Concern,
    signed: &'t Signed,
}

impl Recall<'_, '_> {
    /// The lot itself comes first: nothing more of it is used. Whether it was held just now.
    fn hold_lot(&mut self) -> Result<Option<(LotId, bool)>, Stopped> {
        let Concern::Used(what) = self.concern else { return Ok(None) };
        let Ok(lot) = LotId::parse(what) else { return Ok(None) };
        let Some(before) = self.together.ledger().reader().lot(&lot)? else { return Ok(None) };
        let goes_on = matches!(before.standing, LotStanding::Free | LotStanding::Quarantined);
        if goes_on {
            let (reason, by) = (self.signed.reason.clone(), self.signed.by.clone());
            self.together.give(&Command::ChangeLot { lot: lot.clone(), to: LotMove::Hold, reason, by })?;
        }
        Ok(Some((lot, goes_on)))
    }

    /// Every unit that is concerned. Of each, its number and how it was met are kept, and nothing of its record.
    fn hold_units(&mut self) -> Result<Vec<Met>, Stopped> {
        let all = self.concern.all(self.together.ledger().reader())?;
        let mut met = Vec::with_capacity(all.len());
        for some in all.chunks(UNITS_AT_ONCE_MOST) {
            let held = self.hold_some(some)?;
            met.extend(some.iter().map(|concerned| {
                let Concerned { unit, state } = concerned.clone();
                let held = held.contains(&unit);
                let covered = matches!(state, State::Scrapped | State::Dispatched);
                Met { unit, state: if held && !covered { State::Held } else { state }, held }
            }));
        }
        Ok(met)
    }

    /// The units that were held just now. What is scrapped goes nowhere; what is held for this already stays so.
    fn hold_some(&mut self, some: &[Concerned]) -> Result<Vec<UnitId>, Stopped> {
        let goes_on = |c: &&Concerned| c.state != State::Scrapped;
        let units: Vec<_> = some.iter().filter(goes_on).map(|c| c.unit.clone()).collect();
        if units.is_empty() {
            return Ok(Vec::new());
        }
        let (of, reason, by) = (self.concern.name(), self.signed.reason.clone(), self.signed.by.clone());
        let enacted = self.together.give(&Command::HoldUnits { units, of, reason, by })?;
        let holds = enacted.events.into_iter().filter(|event| matches!(event.what, What::UnitHeld(_)));
        Ok(holds.filter_map(|event| event.about.unit).collect())
    }
}

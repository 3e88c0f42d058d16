//! A recall: everything that a lot, a component, a gauge, a person or a station concerns is held as one act, or nothing
//! is.

use super::answer::tell;
use super::args::Signed;
use super::concern::{Concern, Concerned};
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::recall_answer::{self, Met};
use crate::app::together::{Ended, Stopped, Together};
use crate::domain::command::{Command, LotMove, UNITS_AT_ONCE_MOST};
use crate::domain::id::{LotId, UnitId};
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
    let ended = clerk.give_together(&signed.by, &with, |together| hold(together, &concern, signed))?;
    match ended {
        Ended::Done(recalled, _receipt) => recall_answer::tell(cx, clerk.ledger().reader(), &recalled),
        Ended::Refused(settled) => tell(cx, &concern.name(), &settled),
    }
}

/// What a recall came to.
pub(super) struct Recalled {
    /// What the units have in common.
    pub(super) of: String,
    /// The lots that are recalled, and whether each was held just now.
    pub(super) lots: Vec<(LotId, bool)>,
    /// Every unit that is concerned.
    pub(super) units: Vec<Met>,
}

/// Holds everything within one transaction.
pub(super) fn hold(
    together: &mut Together<'_, Writer>,
    concern: &Concern,
    signed: &Signed,
) -> Result<Recalled, Stopped> {
    let mut recall = Recall { together, concern, signed };
    let lots = recall.hold_lots()?;
    Ok(Recalled { of: concern.name(), lots, units: recall.hold_units()? })
}

/// A recall that is being made.
struct Recall<'t, 'l> {
    together: &'t mut Together<'l, Writer>,
    concern: &'t Concern,
    signed: &'t Signed,
}

impl Recall<'_, '_> {
    /// The lots themselves come first: nothing more of them is used. Whether each was held just now.
    fn hold_lots(&mut self) -> Result<Vec<(LotId, bool)>, Stopped> {
        let lots = self.concern.lots(self.together.ledger().reader())?;
        for (lot, _) in lots.iter().filter(|(_, goes_on)| *goes_on) {
            let (reason, by) = (self.signed.reason.clone(), self.signed.by.clone());
            self.together.give(&Command::ChangeLot { lot: lot.clone(), to: LotMove::Hold, reason, by })?;
        }
        Ok(lots)
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

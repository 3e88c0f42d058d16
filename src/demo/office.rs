//! What the lead and quality decide: units that failed, units on hold, lots that were stopped.

use crate::app::port::{Fault, Ledger};
use crate::app::settlement::Work;
use crate::domain::command::{Command, Decide, LotMove};
use crate::domain::id::{Badge, OrderId, StepId, UnitId};
use crate::domain::route::Step;
use crate::domain::what::{Fate, Outcome, Piece, Removed, What};

use super::act::Act;
use super::cast::{LEAD, Pins, QUALITY};
use super::fault::defect;
use super::job::{Luck, Matter, Way};
use super::plant::Plant;

/// Acts of a station that a matter waits before somebody comes to it.
const PATIENCE: i64 = 12;

/// What the lead decides, one after the other; what a unit does not allow is decided about the next one that does.
pub(super) const VERDICTS: [Verdict; 8] = [
    Verdict::Replace,
    Verdict::Rework,
    Verdict::UseAsIs,
    Verdict::Scrap,
    Verdict::Replace,
    Verdict::Rework,
    Verdict::UseAsIs,
    Verdict::Rework,
];

/// What becomes of a failed unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It goes back, and a component is taken out.
    Replace,
    /// It goes back.
    Rework,
    /// Quality accepts it.
    UseAsIs,
    /// It is no product any more.
    Scrap,
}

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// Comes to the oldest matter that has waited long enough; near the end the last failed unit and the last one on
    /// hold are left for whoever opens the terminal.
    pub(super) fn hold_office(&mut self, work: i64, pace: i64) -> Result<(), Fault> {
        let ripe = |since: i64| work.saturating_sub(since) > pace * PATIENCE;
        if self.call_back(work, pace * PATIENCE)? {
            return Ok(());
        }
        if self.change_engineering(work)? || self.explain_an_hour(work)? {
            return Ok(());
        }
        if let Some(order) = self.order_to_close() {
            return self.close(work, order);
        }
        if let Some((lot, _)) = self.stopped.pop_front_if(|(_, since)| ripe(*since)) {
            let (to, reason) = if self.dice.once_in(2) {
                (LotMove::Release, "measured 20 pieces, all good")
            } else {
                (LotMove::Reject, "goes back to the supplier")
            };
            return self.change_lot(work, &lot, to, reason);
        }
        let Some((oldest, late)) = self.floor.matters.front().map(|m| (m.job.way, m.late)) else { return Ok(()) };
        let others = self.floor.matters.iter().skip(1).any(|m| m.job.way == oldest && !m.late);
        if self.is_tail() && !others && !late {
            self.floor.matters.rotate_left(1);
            return Ok(());
        }
        let Some(matter) = self.floor.matters.pop_front_if(|m| ripe(m.since)) else { return Ok(()) };
        if oldest == Way::Quality { self.release(work, matter) } else { self.dispose(work, matter) }
    }

    /// An order that is full is closed in the last quarter of the week.
    fn order_to_close(&self) -> Option<OrderId> {
        let late = self.floor.products.iter().filter(|p| p.begun * 4 > p.quota * 3);
        late.filter_map(|p| p.full_order()).find(|order| !self.closed.contains(*order)).cloned()
    }

    fn close(&mut self, work: i64, order: OrderId) -> Result<(), Fault> {
        let by = self.cast.badge(LEAD)?;
        self.closed.insert(order.clone());
        let close = Command::CloseOrder { order, reason: "all units began".to_owned(), by: by.clone() };
        self.give(self.week.at(work), None, &Act::by_hand(close, by)).map(|_done| ())
    }

    fn release(&mut self, work: i64, mut matter: Matter) -> Result<(), Fault> {
        let by = self.cast.badge(QUALITY)?;
        let reason = "looked at it: within the drawing".to_owned();
        // A recall is not quality's to end here.
        let holds = &self.look(&matter.job.unit)?.traveller.holds;
        let hold = holds.iter().find(|h| h.of.is_none()).map(|held| held.event.clone());
        let release = Command::ReleaseHold { unit: matter.job.unit.clone(), hold, reason, by: by.clone() };
        self.give(self.week.at(work), None, &Act::by_hand(release, by))?;
        let seen = self.look(&matter.job.unit)?;
        matter.job.send(&seen.traveller, &self.floor)?;
        matter.job.luck = Luck::Spared;
        self.wait(matter.job, work)
    }

    fn dispose(&mut self, work: i64, mut matter: Matter) -> Result<(), Fault> {
        let seen = self.look(&matter.job.unit)?;
        let due = seen.traveller.due.as_ref().and_then(|d| seen.route.step(&d.step));
        let lost = || defect(format!("unit {} failed at no step", matter.job.unit));
        let failed = due.ok_or_else(lost)?;
        let late = failed.minutes_since.as_ref().filter(|_| matter.late).map(|window| window.step.clone());
        let command = if let Some(again) = late {
            self.do_again(&seen, again)?
        } else {
            let replaced = self.replaced(&seen, failed);
            let verdict = self.verdict(&seen, failed, replaced.is_some());
            self.disposition(verdict, &seen, replaced.filter(|_| verdict == Verdict::Replace))?
        };
        let by = command.signer().cloned().ok_or_else(|| defect("nobody disposes"))?;
        drop(seen);
        let enacted = self.give(self.week.at(work), None, &Act::by_hand(command, by))?;
        for event in &enacted.events {
            let What::Disposed(disposed) = &event.what else { continue };
            matter.job.luck = Luck::Spared;
            if disposed.outcome == Outcome::Scrap {
                self.count(Some((matter.job.product, matter.job.run)), -1);
                return self.recover(work, &matter.job.unit);
            }
        }
        matter.job.send(&self.look(&matter.job.unit)?.traveller, &self.floor)?;
        self.wait(matter.job, work)
    }

    /// What came too late is done again from where the time is measured.
    fn do_again(&self, seen: &Work, again: StepId) -> Result<Command, Fault> {
        Ok(Command::Dispose {
            unit: seen.traveller.unit.clone(),
            decision: Decide::Rework,
            to: Some(again),
            removed: Vec::new(),
            defect: None,
            reason: "its time has passed, do it again".to_owned(),
            badge: self.cast.badge(LEAD)?,
        })
    }

    /// A sub-assembly in a scrapped unit is good, and goes into another one.
    fn recover(&mut self, work: i64, unit: &UnitId) -> Result<(), Fault> {
        let seen = self.look(unit)?;
        let made_by = |part| seen.route.parts.get(part).and_then(|about| about.made_by.clone());
        let inside = seen.traveller.installed.iter().filter(|i| i.out.is_none());
        let mut good = inside.filter_map(|i| {
            let Piece::Serial(serial) = &i.piece else { return None };
            Some((serial.clone(), made_by(&i.part)?))
        });
        let Some((serial, made_by)) = good.next() else { return Ok(()) };
        let kept = UnitId::parse(serial.as_str()).map_err(|e| defect(e.to_string()))?;
        let by = self.cast.badge(LEAD)?;
        let removed = vec![Removed { serial, fate: Fate::Reuse }];
        let recover =
            Command::Recover { unit: unit.clone(), removed, reason: "tested good".to_owned(), by: by.clone() };
        self.give(self.week.at(work), None, &Act::by_hand(recover, by))?;
        self.keep(&made_by, kept);
        Ok(())
    }

    /// The next verdict that a unit allows; then it comes last.
    fn verdict(&mut self, seen: &Work, failed: &Step, has_component: bool) -> Verdict {
        let used_up = seen.traveller.failed_attempts(&failed.id) >= failed.attempts;
        let allowed = |verdict: &Verdict| match verdict {
            Verdict::Replace => has_component && !used_up,
            Verdict::Rework => !used_up,
            Verdict::UseAsIs | Verdict::Scrap => true,
        };
        let at = self.verdicts.iter().position(allowed);
        let verdict = at.and_then(|at| self.verdicts.remove(at)).unwrap_or(Verdict::Scrap);
        self.verdicts.push_back(verdict);
        verdict
    }

    fn disposition(
        &mut self,
        verdict: Verdict,
        seen: &Work,
        replaced: Option<(StepId, Removed)>,
    ) -> Result<Command, Fault> {
        let (decision, who, reason) = match verdict {
            Verdict::Replace => (Decide::Rework, LEAD, "component is faulty, replace it"),
            Verdict::Rework => (Decide::Rework, LEAD, "do it again with care"),
            Verdict::UseAsIs => (Decide::UseAsIs, QUALITY, "customer agrees, no effect on function"),
            Verdict::Scrap => (Decide::Scrap, LEAD, "not worth another attempt"),
        };
        let defects: Vec<_> = seen.route.defects.keys().cloned().collect();
        let badge: Badge = self.cast.badge(who)?;
        let (to, removed) = replaced.map_or((None, Vec::new()), |(to, removed)| (Some(to), vec![removed]));
        Ok(Command::Dispose {
            unit: seen.traveller.unit.clone(),
            decision,
            to,
            removed,
            defect: self.dice.pick(&defects).cloned(),
            reason: reason.to_owned(),
            badge,
        })
    }

    /// A component that may be taken out, and the step that puts in another: one that rework may go back to.
    fn replaced(&mut self, seen: &Work, failed: &Step) -> Option<(StepId, Removed)> {
        let ways: Vec<&StepId> = std::iter::once(&failed.on_fail).chain(&failed.rework_to).collect();
        let inside = seen.traveller.installed.iter().filter(|i| i.out.is_none() && ways.contains(&&i.step));
        let found: Vec<_> = inside
            .filter_map(|i| {
                if let Piece::Serial(serial) = &i.piece { Some((i.step.clone(), serial.clone())) } else { None }
            })
            .collect();
        let (step, serial) = self.dice.pick(&found).cloned()?;
        let fate = if self.dice.once_in(4) { Fate::Quarantine } else { Fate::Scrap };
        Some((step, Removed { serial, fate }))
    }
}

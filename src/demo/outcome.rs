//! What becomes of an act at a station: where the unit goes, who is there, and what is done about a lot or a gauge that
//! is not to be used.

use crate::app::port::{Fault, Ledger};
use crate::domain::command::Command;
use crate::domain::event::Event;
use crate::domain::id::{Badge, DeviceId, LotId};
use crate::domain::lot::LotStanding;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::time::At;
use crate::domain::what::{Next, Piece, PutDown, What};

use super::act::Act;
use super::cast::{Pins, QUALITY};
use super::job::{Job, Matter, Way};
use super::material::{day_after, inspected};
use super::plant::Plant;

/// Of so many inspections one finds the lot bad.
const BAD_LOTS: u64 = 6;
/// Days that a calibration counts.
pub(super) const CALIBRATED: i64 = 180;

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// Somebody acts at a station, and sees what becomes of it.
    pub(super) fn perform(&mut self, bench: usize, work: i64, act: &Act) -> Result<(), Fault> {
        let at = self.week.at(work);
        let seat = self.floor.bench(bench)?.seat();
        let enacted = self.give(at, Some(&seat), act)?;
        for event in &enacted.events {
            self.learn(bench, work, event)?;
        }
        if let Err(refusal) = &enacted.answer
            && act.is_not_permitted(refusal.code)
        {
            self.stop_short(bench)?;
            self.see_to(at, refusal)?;
        }
        Ok(())
    }

    /// What was planned is off; a unit that could not be taken up is laid aside.
    fn stop_short(&mut self, bench: usize) -> Result<(), Fault> {
        let at = self.floor.bench(bench)?;
        at.acts.clear();
        let name = at.place.station.clone();
        let open = self.station(&name)?.open;
        let at = self.floor.bench(bench)?;
        if let Some(job) = at.job.take_if(|job| Some(&job.unit) != open.as_ref()) {
            at.aside.push_front(job);
        }
        Ok(())
    }

    /// Quality sees to a lot or a gauge that is not to be used.
    fn see_to(&mut self, at: At, refusal: &Refusal) -> Result<(), Fault> {
        let evidence = &refusal.evidence;
        if let Some(gauge) = &evidence.gauge {
            return self.calibrate(gauge, at);
        }
        let Some(lot) = &evidence.lot else { return Ok(()) };
        if evidence.reason.as_deref() == Some(LotStanding::Quarantined.word()) {
            let turn = u32::from(self.dice.once_in(2));
            let inspector = self.cast.badge(self.cast.holder(Role::Inspector, &[], turn).unwrap_or(QUALITY))?;
            let passed = !self.dice.once_in(BAD_LOTS);
            self.give(at, None, &inspected(lot.clone(), passed, &inspector))?;
            if passed {
                return Ok(());
            }
        }
        self.replace(lot, at)
    }

    /// A lot is put away, and another one comes in.
    pub(super) fn replace(&mut self, lot: &LotId, at: At) -> Result<(), Fault> {
        let quality = self.cast.badge(QUALITY)?;
        if let Some(receipt) = self.store.put_away(lot, at, &quality)? {
            self.give(at, None, &receipt)?;
        }
        Ok(())
    }

    fn calibrate(&mut self, gauge: &DeviceId, at: At) -> Result<(), Fault> {
        let by = self.cast.badge(QUALITY)?;
        let (gauge, due, reason) = (gauge.clone(), day_after(at, CALIBRATED)?, "within its tolerance".to_owned());
        let calibrated = Command::CalibrateGauge { gauge, due, good: true, reason, by: by.clone() };
        self.give(at, None, &Act::by_hand(calibrated, by)).map(|_done| ())
    }

    /// What an event says about the unit in hand and the person there.
    #[expect(clippy::wildcard_enum_match_arm, reason = "few events move a unit or a person")]
    fn learn(&mut self, bench: usize, work: i64, event: &Event) -> Result<(), Fault> {
        match &event.what {
            What::StepPassed(e) => {
                if let Some(step) = &event.about.step {
                    let route =
                        self.in_hand(bench, |job| job.clone())?.map(|job| self.floor.route(&job)).transpose()?;
                    if let Some(route) = route {
                        self.in_hand(bench, |job| job.note(&route, step, event.stamp.at))?;
                    }
                }
                self.goes_to(bench, e.next.as_ref())
            }
            What::StepSkipped(e) => self.goes_to(bench, Some(&e.next)),
            What::UnitOpened(e) => e.due.as_ref().map_or(Ok(()), |due| self.goes_to(bench, Some(due))),
            What::UnitStarted(e) => {
                let begun = self.in_hand(bench, |job| {
                    job.begun = true;
                    (job.product, job.run)
                })?;
                self.count(begun, 1);
                self.goes_to(bench, Some(&e.first))
            }
            What::MaterialInstalled(e) => {
                if let (Piece::Lot(lot), Some(unit)) = (&e.piece, &event.about.unit) {
                    self.recall.note(lot, unit);
                }
                Ok(())
            }
            What::OrderSelected(e) => {
                let at = self.floor.bench(bench)?;
                at.orders.retain(|(route, _)| Some(route) != event.about.route.as_ref());
                at.orders.extend(event.about.route.clone().map(|route| (route, e.order.clone())));
                Ok(())
            }
            What::StepFailed(_) => self.in_hand(bench, |job| job.way = Way::Lead).map(|_job| ()),
            What::UnitHeld(_) => self.in_hand(bench, |job| job.way = Way::Quality).map(|_job| ()),
            What::UnitClosed(e) => self.put_down(bench, work, e.why),
            What::SignedOn(e) => {
                let shift = self.week.shift(work);
                let who = self.who(&e.badge);
                let bench = self.floor.bench(bench)?;
                (bench.present, bench.shift) = (who, shift);
                Ok(())
            }
            What::SignedOff(_) => {
                self.floor.bench(bench)?.present = None;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Something is seen or noted about the unit in hand.
    fn in_hand<T>(&mut self, bench: usize, note: impl FnOnce(&mut Job) -> T) -> Result<Option<T>, Fault> {
        Ok(self.floor.bench(bench)?.job.as_mut().map(note))
    }

    /// The unit in hand is due for a step. Where that takes a sub-assembly, it waits for one.
    fn goes_to(&mut self, bench: usize, next: Option<&Next>) -> Result<(), Fault> {
        let way = next.map_or(Ok(Way::Out), |next| self.floor.class_of(&next.station).map(Way::Class))?;
        let Some(product) = self.in_hand(bench, |job| job.product)? else { return Ok(()) };
        let route = self.floor.product(product)?.route.clone();
        let step = next.and_then(|next| route.step(&next.step));
        let mut parts = step.into_iter().flat_map(|s| s.uses.keys());
        let lacks = parts.find_map(|part| route.parts.get(part)?.made_by.clone());
        self.in_hand(bench, |job| {
            job.way = way;
            job.step = next.map(|next| next.step.clone());
            job.lacks = lacks;
        })?;
        Ok(())
    }

    /// A unit counts for its order, or no more.
    pub(super) fn count(&mut self, of: Option<(usize, usize)>, more: i64) {
        let run = of.and_then(|(product, run)| self.floor.products.get_mut(product)?.runs.get_mut(run));
        if let Some(run) = run {
            run.counted = run.counted.saturating_add_signed(more);
        }
    }

    fn who(&self, badge: &Badge) -> Option<usize> {
        self.cast.members().iter().position(|m| m.badge == *badge)
    }

    /// The unit in hand goes its way.
    fn put_down(&mut self, bench: usize, work: i64, why: PutDown) -> Result<(), Fault> {
        let at = self.floor.bench(bench)?;
        let Some(job) = at.job.take() else { return Ok(()) };
        match job.way {
            Way::Class(_) if why == PutDown::SignedOff => at.aside.push_back(job),
            Way::Class(_) | Way::Out => self.wait(job, work)?,
            Way::Lead | Way::Quality => self.floor.matters.push_back(Matter { job, since: work, late: false }),
        }
        Ok(())
    }
}

//! A lot is called back: quality holds it and every unit that it went into, finds that nothing is wrong, and lets all
//! of them go on.

use std::collections::VecDeque;

use crate::app::port::{Fault, Ledger};
use crate::domain::command::{Command, LotMove, UNITS_AT_ONCE_MOST};
use crate::domain::id::{LotId, UnitId};
use crate::domain::what::What;

use super::act::Act;
use super::cast::{Pins, QUALITY};
use super::job::Job;
use super::plant::Plant;

/// Units of the lot after which the supplier calls.
const UNITS: usize = 2;
const CALLED_BACK: &str = "supplier calls the lot back";
const ALL_CLEAR: &str = "supplier: another lot is meant";

/// The lot that is called back this week.
#[derive(Debug, Default)]
pub(super) struct Recall {
    /// Which; none once all is over, or where there is none.
    pub(super) lot: Option<LotId>,
    /// The units that it went into.
    pub(super) units: Vec<UnitId>,
    /// Since when they are held, in working time.
    since: Option<i64>,
    /// Those that would wait at a station.
    jobs: Vec<Job>,
}

impl Recall {
    /// Whether a unit is held by it.
    pub(super) fn holds(&self, unit: &UnitId) -> bool {
        self.since.is_some() && self.units.contains(unit)
    }

    /// A lot went into a unit.
    pub(super) fn note(&mut self, lot: &LotId, unit: &UnitId) {
        if self.since.is_none() && self.lot.as_ref() == Some(lot) && !self.units.contains(unit) {
            self.units.push(unit.clone());
        }
    }
}

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// Whether the office is busy with the recall.
    pub(super) fn call_back(&mut self, work: i64, patience: i64) -> Result<bool, Fault> {
        let Some(lot) = self.recall.lot.clone() else { return Ok(false) };
        match self.recall.since {
            None if self.recall.units.len() < UNITS => return Ok(false),
            None => self.hold_all(work, &lot)?,
            Some(since) if work.saturating_sub(since) > patience => self.let_go(work, &lot)?,
            Some(_) => {}
        }
        Ok(true)
    }

    fn hold_all(&mut self, work: i64, lot: &LotId) -> Result<(), Fault> {
        self.change_lot(work, lot, LotMove::Hold, CALLED_BACK)?;
        let units = std::mem::take(&mut self.recall.units);
        for bench in 0..self.floor.benches.len() {
            self.put_aside(bench, work, &units)?;
        }
        let by = self.cast.badge(QUALITY)?;
        for some in units.chunks(UNITS_AT_ONCE_MOST) {
            let (units, of, reason) = (some.to_vec(), lot.to_string(), CALLED_BACK.to_owned());
            let hold = Command::HoldUnits { units, of, reason, by: by.clone() };
            let enacted = self.give(self.week.at(work), None, &Act::by_hand(hold, by.clone()))?;
            let stopped = enacted.events.iter().filter(|e| matches!(e.what, What::UnitHeld(_)));
            self.recall.units.extend(stopped.filter_map(|e| e.about.unit.clone()));
        }
        self.recall.since = Some(work);
        let held = |job: &Job| self.recall.units.contains(&job.unit);
        let mut jobs = Vec::new();
        for class in &mut self.floor.classes {
            jobs.extend(taken_out(&mut class.waiting, held));
            jobs.extend(taken_out(&mut class.lacking, held));
            jobs.extend(taken_out(&mut class.curing, |(_, job)| held(job)).into_iter().map(|(_, job)| job));
        }
        self.recall.jobs = jobs;
        Ok(())
    }

    /// What is in hand at a station, or was put down there half done, waits with all others.
    fn put_aside(&mut self, bench: usize, work: i64, units: &[UnitId]) -> Result<(), Fault> {
        let at = self.floor.bench(bench)?;
        let is_held = |job: &Job| units.contains(&job.unit);
        let mut down = taken_out(&mut at.aside, is_held);
        if at.job.as_ref().is_some_and(is_held) {
            at.acts.clear();
            let (name, unit) = (at.place.station.clone(), at.job.as_ref().map(|job| job.unit.clone()));
            if self.station(&name)?.open == unit {
                self.perform(bench, work, &Act::new(Command::Close))?;
            } else {
                down.extend(self.floor.bench(bench)?.job.take());
            }
        }
        down.into_iter().try_for_each(|job| self.wait(job, work))
    }

    fn let_go(&mut self, work: i64, lot: &LotId) -> Result<(), Fault> {
        self.change_lot(work, lot, LotMove::Release, ALL_CLEAR)?;
        let by = self.cast.badge(QUALITY)?;
        for unit in std::mem::take(&mut self.recall.units) {
            let hold =
                self.look(&unit)?.traveller.holds.iter().find(|h| h.of.as_deref() == Some(lot.as_str())).cloned();
            let hold = hold.map(|held| held.event);
            let release = Command::ReleaseHold { unit, hold, reason: ALL_CLEAR.to_owned(), by: by.clone() };
            self.give(self.week.at(work), None, &Act::by_hand(release, by.clone()))?;
        }
        self.recall.lot = None;
        std::mem::take(&mut self.recall.jobs).into_iter().try_for_each(|job| self.wait(job, work))
    }

    /// Quality decides about a lot.
    pub(super) fn change_lot(&mut self, work: i64, lot: &LotId, to: LotMove, reason: &str) -> Result<(), Fault> {
        let by = self.cast.badge(QUALITY)?;
        let change = Command::ChangeLot { lot: lot.clone(), to, reason: reason.to_owned(), by: by.clone() };
        self.give(self.week.at(work), None, &Act::by_hand(change, by)).map(|_done| ())
    }
}

/// Takes out of a queue what is wanted; the others keep their order.
fn taken_out<T>(queue: &mut VecDeque<T>, wanted: impl Fn(&T) -> bool) -> Vec<T> {
    let (out, stay): (Vec<T>, Vec<T>) = std::mem::take(queue).into_iter().partition(wanted);
    *queue = VecDeque::from(stay);
    out
}

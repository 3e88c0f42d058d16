//! Which unit somebody takes up next, and what goes before that: a lot that is to be loaded anew, an order that is to
//! be chosen, a colleague who stands by.

use crate::app::port::{Fault, Ledger};
use crate::domain::command::Command;
use crate::domain::id::{Badge, RouteId, StepId, UnitId};
use crate::domain::refusal::Code;
use crate::domain::route::{Start, Step};
use crate::domain::station::Station;
use crate::domain::time::SECOND;
use crate::domain::way;

use super::act::{Act, Foreseen};
use super::cast::{Pins, Who};
use super::job::{Job, Matter, Way};
use super::plant::Plant;
use super::story::Mishap;

/// Microseconds within which nobody begins what would come too late then.
const SOON: i64 = 900 * SECOND;

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    pub(super) fn take_up(&mut self, bench: usize, work: i64) -> Result<Vec<Act>, Fault> {
        let at = self.floor.bench(bench)?;
        let (name, class) = (at.place.station.clone(), at.class);
        if self.floor.class(class)?.loads {
            let station = self.station(&name)?;
            if let Some(load) = self.load_anew(&station, None)? {
                return Ok(vec![load]);
            }
        }
        let Some(job) = self.next_job(bench, work)? else { return Ok(Vec::new()) };
        let mishap = self.mishap_between_units(bench, work)?;
        if let Some(mishap) = mishap {
            self.floor.bench(bench)?.aside.push_front(job);
            return Ok(vec![mishap]);
        }
        if job.begun { self.reopen(bench, work, job) } else { self.begin_unit(bench, work, &job) }
    }

    /// The next unit for a station: one put aside, one that waits, or a new one.
    fn next_job(&mut self, bench: usize, work: i64) -> Result<Option<Job>, Fault> {
        let keep = self.kept_waiting(work);
        let at = self.floor.bench(bench)?;
        if let Some(job) = at.aside.pop_front() {
            return Ok(Some(job));
        }
        let class = at.class;
        self.wake(class, work)?;
        let waiting = &mut self.floor.class(class)?.waiting;
        if waiting.len() > keep
            && let Some(job) = waiting.pop_front()
        {
            return Ok(Some(job));
        }
        let due = self.due_product(class, work).filter(|_| !self.floor.is_full());
        due.map(|product| self.floor.begin(product)).transpose()
    }

    /// Units whose time has come wait like all others.
    fn wake(&mut self, class: usize, work: i64) -> Result<(), Fault> {
        let now = self.week.at(work);
        let class = self.floor.class(class)?;
        while let Some((_, job)) = class.curing.pop_front_if(|(ready, _)| *ready <= now) {
            class.waiting.push_back(job);
        }
        Ok(())
    }

    /// A unit that is on record is scanned. One that comes too late goes to the lead.
    fn reopen(&mut self, bench: usize, work: i64, mut job: Job) -> Result<Vec<Act>, Fault> {
        let now = self.week.at(work);
        let route = self.floor.route(&job)?;
        let late = job.late(&route, now).is_some();
        if !late && job.late(&route, now.plus(SOON)).is_some() {
            // It would come too late before it is open.
            return self.wait(job, work).map(|()| Vec::new());
        }
        let step = job.step.as_ref().and_then(|step| route.step(step));
        let scan = Act::scan(&job.unit).permitting();
        let mut acts = match step {
            Some(step) => self.supervised(bench, step, scan)?,
            None => vec![scan],
        };
        if late {
            if let Some(opens) = acts.last_mut() {
                opens.foreseen = Foreseen::No(Code::TooLate);
            }
            job.way = Way::Lead;
            self.floor.matters.push_back(Matter { job, since: work, late });
        } else {
            self.floor.bench(bench)?.job = Some(job);
        }
        Ok(acts)
    }

    /// A new label is scanned, under its order, and once more where the route asks for that.
    fn begin_unit(&mut self, bench: usize, work: i64, job: &Job) -> Result<Vec<Act>, Fault> {
        let keep = self.kept_waiting(work);
        let product = self.floor.product(job.product)?;
        let route = product.route.clone();
        let planned = product.order_of(job);
        let variant = planned.and_then(|o| o.variant.clone());
        let order = planned.filter(|o| o.serials.is_none()).map(|o| o.order.clone());
        let at = self.floor.bench(bench)?;
        let chosen = at.orders.iter().find(|(of, _)| *of == route.id).map(|(_, order)| order.clone());
        at.job = Some(job.clone());
        let class = at.class;
        let scan = Act::scan(&job.unit).permitting();
        let mut acts = Vec::new();
        if let Some(order) = order.filter(|order| chosen.as_ref() != Some(order)) {
            if chosen.is_none() && self.story.strikes(Mishap::NoOrder, &mut self.dice) {
                acts.push(scan.clone().refused(Code::OrderMissing));
            }
            acts.push(Act::scan(&order));
        }
        let opening = match way::first(&route, variant.as_deref()) {
            Some(first) => self.supervised(bench, first, scan.clone())?,
            None => vec![scan.clone()],
        };
        // Where somebody stands by, that badge is the second scan.
        if route.identifier.start == Start::Twice && opening.len() == 1 {
            acts.push(scan.refused(Code::ConfirmStart));
        }
        acts.extend(opening);
        if self.floor.class(class)?.waiting.len() < keep {
            // It is only labelled now, and put down for later.
            acts.push(Act::new(Command::Close));
        }
        Ok(acts)
    }

    /// The scan of a unit; where the operator is still learning its step, somebody else's badge opens it.
    fn supervised(&mut self, bench: usize, step: &Step, scan: Act) -> Result<Vec<Act>, Fault> {
        let Some((learner, supervisor)) = self.stands_by(bench, step)? else { return Ok(vec![scan]) };
        let asked = scan.refused(Code::SecondPerson);
        let mut acts = vec![asked.clone()];
        let name = step.qualification.as_deref().unwrap_or_default();
        let able = |who: &Who| self.cast.get(*who).is_ok_and(|m| m.qualifications.iter().all(|q| q.name != name));
        let others: Vec<Who> = (0..self.cast.members().len()).filter(|who| *who != learner && able(who)).collect();
        if let Some(other) = self.dice.pick(&others).copied()
            && self.story.strikes(Mishap::WrongSupervisor, &mut self.dice)
        {
            acts.extend([Act::scan(self.cast.badge(other)?).refused(Code::NotQualified), asked]);
        }
        acts.push(Act::scan(supervisor).permitting());
        Ok(acts)
    }

    /// Who is at a station and learns a step, and the badge of whoever stands by.
    pub(super) fn stands_by(&mut self, bench: usize, step: &Step) -> Result<Option<(Who, Badge)>, Fault> {
        let Some((name, learner)) = step.qualification.as_deref().zip(self.floor.bench(bench)?.present) else {
            return Ok(None);
        };
        if !self.cast.get(learner)?.learns(name) {
            return Ok(None);
        }
        Ok(Some((learner, self.floor.supervisor(&self.cast, learner, name)?)))
    }

    /// A lot that is loaded at a station and is not on its rack any more is replaced: before a unit, or in the middle
    /// of a step that draws from it.
    pub(super) fn load_anew(&self, at: &Station, step: Option<&Step>) -> Result<Option<Act>, Fault> {
        let drawn = |part| step.is_none_or(|s| s.uses.contains_key(part));
        let gone = at.loaded.iter().find(|l| drawn(&l.part) && self.store.is_gone(&l.lot));
        gone.map(|l| Ok(Act::read(self.store.label(&l.part)?).permitting())).transpose()
    }

    /// A unit waits where it is due; one that is done leaves, or is kept to go into others.
    pub(super) fn wait(&mut self, mut job: Job, work: i64) -> Result<(), Fault> {
        let route = self.floor.route(&job)?;
        if job.way == Way::Out {
            if self.floor.product(job.product)?.is_part {
                self.keep(&route.id, job.unit);
            }
            return Ok(());
        }
        let step = job.step.as_ref().and_then(|step| route.step(step));
        if job.begun && step.is_some_and(|s| s.group.is_some()) {
            self.walk_around(&mut job)?;
        }
        let Way::Class(class) = job.way else { return Ok(()) };
        let ready = job.ready_at(&route).filter(|ready| *ready > self.week.at(work));
        let lacks = job.lacks.as_ref().is_some_and(|made_by| !self.store.has(made_by));
        let class = self.floor.class(class)?;
        match ready {
            Some(ready) => class.curing.push_back((ready, job)),
            None if lacks => class.lacking.push_back(job),
            None => class.waiting.push_back(job),
        }
        Ok(())
    }

    /// A sub-assembly is there: one of the units that wait for it can go on.
    pub(super) fn keep(&mut self, made_by: &RouteId, unit: UnitId) {
        self.store.keep(made_by, unit);
        for class in &mut self.floor.classes {
            let waits = class.lacking.iter().position(|job| job.lacks.as_ref() == Some(made_by));
            if let Some(job) = waits.and_then(|at| class.lacking.remove(at)) {
                class.waiting.push_back(job);
                return;
            }
        }
    }

    /// Of steps in any order, one is done first.
    fn walk_around(&mut self, job: &mut Job) -> Result<(), Fault> {
        let seen = self.look(&job.unit)?;
        let ways: Vec<(StepId, usize)> = way::open(&seen.traveller, &seen.route)
            .into_iter()
            .map(|step| Ok((step.id.clone(), self.floor.class_of(&step.station)?)))
            .collect::<Result<_, Fault>>()?;
        if let Some((step, class)) = self.dice.pick(&ways).cloned() {
            (job.step, job.way) = (Some(step), Way::Class(class));
        }
        Ok(())
    }
}

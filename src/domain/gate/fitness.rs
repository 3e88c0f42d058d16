//! Whether this person may do this step of this unit, here and now.

use crate::domain::id::{Badge, StepId, UnitId};
use crate::domain::person::Person;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{Route, Step};
use crate::domain::traveller::Traveller;

use super::case::Case;

/// A unit, a step of its route, and who stands by where the worker is learning it.
#[derive(Clone, Copy)]
pub(super) struct Job<'a> {
    pub(super) unit: &'a UnitId,
    pub(super) traveller: &'a Traveller,
    pub(super) route: &'a Route,
    pub(super) step: &'a Step,
    pub(super) supervisor: Option<&'a Person>,
}

impl Job<'_> {
    /// What every refusal of it says.
    pub(super) fn evidence(&self) -> Evidence {
        Evidence { unit: Some(self.unit.clone()), step: Some(self.step.id.clone()), ..Evidence::default() }
    }
}

/// Refuses a step that is done at another class of stations.
pub(super) fn right_place(case: &Case<'_>, unit: &UnitId, step: &Step) -> Result<(), Refusal> {
    let place = case.now.station.as_ref();
    if place.is_some_and(|p| p.class == step.station) {
        return Ok(());
    }
    Err(Refusal::new(
        Code::WrongStation,
        Evidence {
            unit: Some(unit.clone()),
            due_step: Some(step.id.clone()),
            due_station: Some(step.station.clone()),
            station: place.map(|p| p.station.clone()),
            ..Evidence::default()
        },
    ))
}

/// Refuses a person who lacks the role or the qualification that the step asks for, or who worked where the route says
/// that somebody else must go on.
pub(super) fn right_person(case: &Case<'_>, job: &Job<'_>) -> Result<(), Refusal> {
    let worker = case.worker()?;
    if !worker.has(job.step.role) {
        let (role, badge) = (Some(job.step.role), Some(worker.badge.clone()));
        return Err(Refusal::new(Code::Role, Evidence { role, badge, ..job.evidence() }));
    }
    qualified(case, job, worker).or_else(|refusal| {
        // A permit is for whoever works. It makes nobody fit to stand by.
        let is_of_worker = refusal.evidence.badge.as_ref() == Some(&worker.badge);
        if is_of_worker { case.unless_let_go(&job.place(), refusal) } else { Err(refusal) }
    })?;
    apart(job.traveller, job.step, &worker.badge)
        .map_err(|step| second_person(job, &worker.badge, Evidence { since: Some(step), ..Evidence::default() }))
}

/// The step that keeps a person from another one: who worked there neither does it nor signs it. Whoever ended a step
/// worked on it too: one that asks for nothing has no other trace.
pub(super) fn apart(traveller: &Traveller, step: &Step, badge: &Badge) -> Result<(), StepId> {
    let worked = |id: &&StepId| traveller.had_hands(id, badge);
    step.not_by.iter().find(worked).map_or(Ok(()), |step| Err(step.clone()))
}

fn second_person(job: &Job<'_>, badge: &Badge, why: Evidence) -> Refusal {
    let Evidence { unit, step, .. } = job.evidence();
    Refusal::new(Code::SecondPerson, Evidence { unit, step, badge: Some(badge.clone()), ..why })
}

/// The worker holds the qualification; or is learning it, and somebody who holds it stands by.
fn qualified(case: &Case<'_>, job: &Job<'_>, worker: &Person) -> Result<(), Refusal> {
    let Some(name) = job.step.qualification.as_deref() else { return Ok(()) };
    if !is_learning(case, job, worker, name)? {
        return Ok(());
    }
    let Some(supervisor) = job.supervisor else {
        let why = Evidence { qualification: Some(name.to_owned()), ..Evidence::default() };
        return Err(second_person(job, &worker.badge, why));
    };
    if supervisor.badge == worker.badge || is_learning(case, job, supervisor, name)? {
        return Err(lacking(job, supervisor, name, None));
    }
    Ok(())
}

/// Whether a person who holds a qualification is still learning it.
fn is_learning(case: &Case<'_>, job: &Job<'_>, person: &Person, name: &str) -> Result<bool, Refusal> {
    let held = person.qualification(name).ok_or_else(|| lacking(job, person, name, None))?;
    if case.is_over(job.route.clock, held.until, &job.evidence())? {
        return Err(lacking(job, person, name, Some(held.until)));
    }
    Ok(held.supervised)
}

fn lacking(job: &Job<'_>, person: &Person, name: &str, expired: Option<crate::domain::time::Day>) -> Refusal {
    let (qualification, badge) = (Some(name.to_owned()), Some(person.badge.clone()));
    Refusal::new(Code::NotQualified, Evidence { expired, qualification, badge, ..job.evidence() })
}

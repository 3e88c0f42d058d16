//! When facts were recorded: after their step, after their shift, out of the order of time; and how long a unit stood.

use super::finding::Finding;
use super::kind::Kind;
use super::one::Limits;
use crate::app::shifts::calendar::Calendar;
use crate::domain::event::Event;
use crate::domain::id::{StepId, UnitId};
use crate::domain::time::{At, SECOND};
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::{Outcome, PutDown, What};

const MINUTE: i64 = 60 * SECOND;

/// Facts that were recorded late.
pub fn late(unit: &UnitId, events: &[Event], calendar: &Calendar, limits: &Limits) -> Vec<Finding> {
    let mut passed: Vec<(&StepId, u32)> = Vec::new();
    let mut found = Vec::new();
    for event in events.iter().filter(|event| event.what.changes_a_unit()) {
        let of = event.about.step.as_ref().map(|step| (step, event.about.attempt.unwrap_or(1)));
        let after_its_step = is_fact(&event.what) && of.is_some_and(|of| passed.contains(&of));
        let why = match event.about.happened {
            _ if after_its_step => Some("after its step had passed".to_owned()),
            Some(happened) => after_its_time(happened, event.stamp.at, calendar, limits),
            None => None,
        };
        if let Some(why) = why {
            let what = format!("{}: recorded {why}", event.what.kind());
            found.push(Finding::of_unit(unit, Kind::Late, event.about.step.as_ref(), what).at(event));
        }
        if let (What::StepPassed(_), Some(of)) = (&event.what, of) {
            passed.push(of);
        }
    }
    found
}

/// Whether a paper record was entered long after what it tells, or in another shift.
fn after_its_time(happened: At, at: At, calendar: &Calendar, limits: &Limits) -> Option<String> {
    if let Some(turn) = calendar.at(happened).filter(|turn| turn.end <= at) {
        return Some(format!("after shift {} in which it happened, at {happened}", turn.name));
    }
    let minutes = at.0.saturating_sub(happened.0) / MINUTE;
    (minutes >= limits.late / MINUTE).then(|| format!("{minutes} min after it happened, at {happened}"))
}

fn is_fact(what: &What) -> bool {
    matches!(
        what,
        What::MaterialInstalled(_) | What::MaterialVerified(_) | What::CheckRecorded(_) | What::SignatureRecorded(_)
    )
}

/// Facts that bear an earlier time than the one that they build on.
pub fn backwards(unit: &UnitId, events: &[Event]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut before: Option<At> = None;
    for event in events.iter().filter(|event| event.what.changes_a_unit()) {
        let at = event.stamp.at;
        if let Some(before) = before.filter(|before| at < *before) {
            let what = format!("{}: at {at}, and what comes before it at {before}", event.what.kind());
            found.push(Finding::of_unit(unit, Kind::Backwards, event.about.step.as_ref(), what).at(event));
        }
        before = Some(at);
    }
    found
}

/// How long the unit stood between two steps, where that was too long; and where it still stands.
pub fn waiting(unit: &UnitId, traveller: &Traveller, events: &[Event], limits: &Limits) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut put_down: Option<(At, StepId)> = None;
    let mut place: Option<StepId> = None;
    for event in events {
        if let Some((since, step)) = put_down.take_if(|_| takes_up(&event.what))
            && event.when().0.saturating_sub(since.0) > limits.waiting
        {
            let what = format!("stood {} before step {step}", hours(since, event.when()));
            found.push(Finding { at: Some(since), ..Finding::of_unit(unit, Kind::Waiting, Some(&step), what) });
        }
        place = goes_to(event).or(place);
        if let Some(step) = place.clone().filter(|_| puts_down(&event.what)) {
            put_down = Some((event.when(), step));
        }
    }
    let is_loose = traveller.standing == Standing::InProcess && traveller.open.is_none() && !traveller.is_held();
    if let (Some((since, _)), Some(due)) = (put_down.filter(|(since, _)| limits.is_too_long(*since)), &traveller.due)
        && is_loose
    {
        let what = format!("stands for {} before step {}", hours(since, limits.now), due.step);
        let finding = Finding::of_unit(unit, Kind::Waiting, Some(&due.step), what);
        found.push(Finding { at: Some(since), station: Some(due.station.clone()), ..finding });
    }
    found
}

/// Whether somebody has the unit in hand again, or put it where it is meant to stay.
fn takes_up(what: &What) -> bool {
    matches!(
        what,
        What::UnitOpened(_)
            | What::UnitHeld(_)
            | What::StepFailed(_)
            | What::UnitCompleted(_)
            | What::UnitDispatched(_)
            | What::UnitPacked(_)
            | What::UnitTreated(_)
            | What::LoadEntered(_)
            | What::StepPassed(_)
    )
}

/// The step at which a unit is from this event on.
#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds bring a unit to another step")]
fn goes_to(event: &Event) -> Option<StepId> {
    match &event.what {
        What::UnitStarted(started) => Some(started.first.step.clone()),
        What::UnitOpened(_) => event.about.step.clone(),
        What::StepPassed(passed) => passed.next.as_ref().map(|next| next.step.clone()),
        What::StepSkipped(skipped) => Some(skipped.next.step.clone()),
        What::RouteMoved(moved) => Some(moved.plan.due.step.clone()),
        What::SentBack(back) => Some(back.to.clone()),
        What::Disposed(disposed) => match &disposed.outcome {
            Outcome::Rework { to, .. } => Some(to.clone()),
            Outcome::UseAsIs | Outcome::Scrap => None,
        },
        _ => None,
    }
}

/// Whether nobody has the unit in hand from then on.
#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds put a unit down")]
fn puts_down(what: &What) -> bool {
    match what {
        What::StepPassed(passed) => passed.next.is_some(),
        What::Disposed(disposed) => disposed.outcome != Outcome::Scrap,
        // The step's own end tells when it was done.
        What::UnitClosed(closed) => closed.why != PutDown::Done,
        _ => matches!(what, What::HoldReleased(_) | What::SentBack(_)),
    }
}

pub(super) fn hours(from: At, to: At) -> String {
    format!("{} h", to.0.saturating_sub(from.0) / (60 * MINUTE))
}

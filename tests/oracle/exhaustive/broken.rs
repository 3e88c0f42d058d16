//! Gates that are broken on purpose: what they decide is recorded, and the oracle has to find it.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::domain::command::Command;
use traveller::domain::event::{About, Event, How, Link};
use traveller::domain::load::LoadOver;
use traveller::domain::refusal::Code;
use traveller::domain::route::Route;
use traveller::domain::what::{
    CartonClosed, CheckRecorded, LoadEnded, Next, RuleWaived, StepPassed, StepSkipped, UnitOpened, What,
};

use crate::oracle::folds::Folds;

/// What is wrong with a gate.
#[derive(Clone, Copy, Debug)]
pub(super) enum Broken {
    /// It passes a step and forgets to record the observation that was its last need.
    ForgetsChecks,
    /// It lets a step pass although a check is missing.
    PassesEarly,
    /// It leaves out steps that are not optional.
    SkipsAnything,
    /// It takes up a unit although too little time has passed.
    NeverWaits,
    /// It lets whoever did the work sign for it.
    SignsAlone,
    /// It takes what names no unit for the first of those that are open.
    GuessesUnit,
    /// It ends a load before its time.
    EndsEarly,
    /// It counts every step where a unit moves to another revision.
    KeepsAll,
    /// It lets a rule go by a permit that does not count.
    PermitsForever,
    /// It takes a value of a unit whose new label was not scanned back.
    WorksUnlabelled,
    /// It closes a carton that is not full as if it were.
    ClosesUncounted,
}

impl Broken {
    /// What such a gate would have recorded.
    pub(super) fn makes_of(self, events: &[Event], texts: &BTreeMap<String, Arc<Route>>, folds: &Folds) -> Vec<Event> {
        let route = texts.values().next().unwrap();
        let mut events = events.to_vec();
        let is_over = |code: Code, event: &Event| matches!(&event.what, What::Refused(r) if r.code == code);
        let instead = |event: &mut Event, what: What| {
            (event.about.builds_on, event.about.saw) = (event.about.saw.take(), None);
            event.about.attempt = Some(1);
            event.what = what;
        };
        let next = |event: &Event| {
            let following = event.about.step.as_ref().and_then(|id| route.after(id));
            following.map(|s| Next { step: s.id.clone(), station: s.station.clone() })
        };
        match self {
            Self::ForgetsChecks if events.iter().any(|e| matches!(e.what, What::StepPassed(_))) => forget(&mut events),
            Self::PassesEarly if is_over(Code::CheckMissing, &events[0]) && events[0].about.unit.is_some() => {
                let passed = StepPassed { next: next(&events[0]), samples: Vec::new(), gauges: Vec::new() };
                instead(&mut events[0], What::StepPassed(passed));
            }
            Self::SkipsAnything if is_over(Code::CheckMissing, &events[0]) && events[0].about.unit.is_some() => {
                if let Some(next) = next(&events[0]) {
                    instead(&mut events[0], What::StepSkipped(StepSkipped { next }));
                }
            }
            Self::NeverWaits if is_over(Code::TooEarly, &events[0]) => {
                let opened = UnitOpened { takeover_from: None, supervisor: None, due: None };
                events[0].what = What::UnitOpened(opened);
            }
            Self::SignsAlone if is_over(Code::SecondPerson, &events[0]) && events[0].about.unit.is_some() => {
                let passed = StepPassed { next: next(&events[0]), samples: Vec::new(), gauges: Vec::new() };
                instead(&mut events[0], What::StepPassed(passed));
            }
            Self::GuessesUnit if is_over(Code::WhichUnit, &events[0]) => guess(&mut events[0], route, folds),
            Self::EndsEarly if is_over(Code::TooEarly, &events[0]) => {
                let What::Refused(refused) = &events[0].what else { return events };
                let (load, step) = (refused.evidence.load.clone(), refused.evidence.step.clone());
                (events[0].about.load, events[0].about.step) = (load, step);
                events[0].what = What::LoadEnded(LoadEnded { over: LoadOver::InTime });
            }
            Self::KeepsAll => {
                if let What::RouteMoved(moved) = &mut events[0].what {
                    let again = std::mem::take(&mut moved.plan.again);
                    moved.plan.counts.extend(again.into_iter().map(|again| again.step));
                }
            }
            Self::PermitsForever if is_over(Code::TooLate, &events[0]) => permit(&mut events),
            Self::WorksUnlabelled if is_over(Code::LabelUnverified, &events[0]) => {
                let check = route.steps[0].checks[0].id.clone();
                let (value, point, gauge) = ("pass".to_owned(), None, None);
                instead(
                    &mut events[0],
                    What::CheckRecorded(CheckRecorded { check, point, value, passed: true, gauge }),
                );
                events[0].about.how = Some(How::Typed);
            }
            Self::ClosesUncounted if is_over(Code::CartonNotFull, &events[0]) => {
                let What::Refused(refused) = &events[0].what else { return events };
                let carton = refused.evidence.carton.clone().unwrap();
                events[0].what = What::CartonClosed(CartonClosed { carton, units: 2 });
            }
            _ => {}
        }
        events
    }
}

/// What named no unit is said of the first one.
fn guess(event: &mut Event, route: &Route, folds: &Folds) {
    let What::Refused(refused) = &event.what else { return };
    let unit = refused.evidence.fits.first().and_then(|unit| unit.parse().ok());
    let is_value = event.cause.as_ref().is_some_and(|cause| matches!(cause.cmd, Command::Value { .. }));
    let Some(known) = unit.as_ref().and_then(|unit| folds.travellers.get(unit)).filter(|_| is_value) else { return };
    let Some(step) = known.due.as_ref().and_then(|due| route.step(&due.step)) else { return };
    let (route, revision) = known.route.clone().unzip();
    let (builds_on, nest) = (known.head.clone(), known.open.as_ref().and_then(|open| open.nest));
    let (attempt, how) = (Some(known.attempt_number(&step.id)), Some(How::Typed));
    let step_id = Some(step.id.clone());
    let (check, point) = (step.checks[0].id.clone(), step.checks[0].points.first().cloned());
    let about = event.about.clone();
    event.about = About { unit, route, revision, builds_on, saw: None, nest, attempt, how, step: step_id, ..about };
    event.what =
        What::CheckRecorded(CheckRecorded { check, point, value: "pass".to_owned(), passed: true, gauge: None });
}

/// The unit is opened under the permit that does not help.
fn permit(events: &mut Vec<Event>) {
    let What::Refused(refused) = &events[0].what else { return };
    let Some(permit) = refused.evidence.permit.as_ref().map(|unhelpful| unhelpful.permit.clone()) else { return };
    let opened = UnitOpened { takeover_from: None, supervisor: None, due: None };
    let mut waived = events[0].clone();
    (waived.stamp.seq, waived.cause) = (waived.stamp.seq + 1, None);
    (waived.about.builds_on, waived.about.permit) = (waived.about.saw.take(), Some(permit));
    waived.what = What::RuleWaived(RuleWaived { rule: Code::TooLate, first: true });
    events[0].what = What::UnitOpened(opened);
    events.push(waived);
}

/// Takes the observation out of an action, and closes the gap.
fn forget(events: &mut Vec<Event>) {
    let Some(at) = events.iter().position(|e| matches!(e.what, What::CheckRecorded(_))) else { return };
    let gone = events.remove(at);
    let moved = |link: &mut Option<Link>| match link {
        Some(Link::Here(seq)) if *seq == gone.stamp.seq => link.clone_from(&gone.about.builds_on),
        Some(Link::Here(seq)) if *seq > gone.stamp.seq => *seq -= 1,
        _ => {}
    };
    for event in events.iter_mut() {
        event.stamp.seq -= u64::from(event.stamp.seq > gone.stamp.seq);
        moved(&mut event.about.builds_on);
        moved(&mut event.about.saw);
    }
    if at == 0 {
        events[0].cause = gone.cause;
    }
}

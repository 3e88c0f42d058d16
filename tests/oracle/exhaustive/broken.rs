//! Gates that are broken on purpose: what they decide is recorded, and the oracle has to find it.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::domain::event::{Event, Link};
use traveller::domain::refusal::Code;
use traveller::domain::route::Route;
use traveller::domain::what::{Next, StepPassed, StepSkipped, What};

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
}

impl Broken {
    /// What such a gate would have recorded.
    pub(super) fn makes_of(self, events: &[Event], texts: &BTreeMap<String, Arc<Route>>) -> Vec<Event> {
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
                let opened = traveller::domain::what::UnitOpened { takeover_from: None, supervisor: None, due: None };
                events[0].what = What::UnitOpened(opened);
            }
            Self::SignsAlone if is_over(Code::SecondPerson, &events[0]) && events[0].about.unit.is_some() => {
                let passed = StepPassed { next: next(&events[0]), samples: Vec::new(), gauges: Vec::new() };
                instead(&mut events[0], What::StepPassed(passed));
            }
            _ => {}
        }
        events
    }
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

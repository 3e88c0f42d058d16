//! Sampling: which units have a step that only some have. The same units for everyone, by counting alone.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::{RouteId, StepId};
use super::route::Sample;
use super::what::What;

/// How far the sampling of one step of one route is. Folded from the units that came by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampling {
    /// The route, in whichever revision.
    pub route: RouteId,
    /// The step.
    pub step: StepId,
    /// Units that came by since the last one that had the step; of batches, their pieces.
    pub since: u32,
    /// Units that passed the step in a row since one failed there; none where none ever failed, or enough passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passed_since_failure: Option<u32>,
    /// The last event that counted.
    pub event: Link,
}

impl Sampling {
    /// The sampling after an event, or the one that an event begins.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(before: Option<Self>, route: &RouteId, step: &StepId, event: &Event) -> Option<Self> {
        if event.about.route.as_ref() != Some(route) {
            return before;
        }
        let link = event.stamp.link();
        let fresh = || Self {
            route: route.clone(),
            step: step.clone(),
            since: 0,
            passed_since_failure: None,
            event: link.clone(),
        };
        let pieces = event.about.pieces.unwrap_or(1);
        let is_here = event.about.step.as_ref() == Some(step);
        match &event.what {
            What::StepPassed(e) => {
                let drawn = e.samples.iter().find(|s| s.step == *step);
                if drawn.is_none() && before.is_none() {
                    return None;
                }
                let mut next = before.unwrap_or_else(fresh);
                if is_here && let Some(passed) = &mut next.passed_since_failure {
                    *passed = passed.saturating_add(pieces);
                    next.event = link.clone();
                }
                if let Some(drawn) = drawn {
                    next.since = if drawn.taken { 0 } else { next.since.saturating_add(pieces) };
                    next.event = link;
                }
                Some(next)
            }
            What::StepFailed(_) if is_here => {
                let mut next = before?;
                next.passed_since_failure = Some(0);
                next.event = link;
                Some(next)
            }
            _ => before,
        }
    }

    /// Whether the next unit that comes by has the step. The first one of all has it. A batch counts by its pieces: it
    /// has the step where one of them is to have it.
    pub fn is_drawn(this: Option<&Self>, rule: Sample, pieces: u32) -> bool {
        this.is_none_or(|s| s.is_tightened(rule) || s.since.saturating_add(pieces) >= rule.one_in)
    }

    /// Whether every unit has the step, since one failed there not long ago.
    pub fn is_tightened(&self, rule: Sample) -> bool {
        self.passed_since_failure.is_some_and(|passed| passed < rule.tightened)
    }
}

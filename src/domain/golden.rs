//! Golden samples: things of known values by which a tester proves that it tells good from bad.
//!
//! A sample is a unit of the route that names it, made for that purpose alone. It has one step, the one that it is the
//! sample of, and stays there: each run is an attempt. It is never completed, counted or dispatched.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link, Purpose};
use super::id::{CheckId, RouteId, StepId, UnitId};
use super::route::{Route, Step};
use super::shift::Turn;
use super::time::{At, Moment, SECOND};
use super::traveller::Traveller;
use super::what::What;

/// Samples that a station remembers the last run of.
pub const KEPT_MOST: usize = 64;

/// What a step asks of the tester that it is done at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Golden {
    /// Samples that pass: one of them has to.
    pub good: Vec<UnitId>,
    /// Samples that fail: one of them has to be found bad, where there are any.
    pub bad: Vec<UnitId>,
    /// How often.
    pub every: Every,
}

/// How often a golden sample is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// Each shift; each day where the plant has no shifts.
    Shift,
    /// After so many minutes at the latest.
    Minutes(u32),
}

impl Golden {
    /// The samples of each sort that a tester is proved by; whether they are bad ones.
    pub fn sorts(&self) -> impl Iterator<Item = (bool, &[UnitId])> {
        [(false, self.good.as_slice()), (true, self.bad.as_slice())].into_iter().filter(|(_, all)| !all.is_empty())
    }

    /// Whether something is one of its samples.
    pub fn has(&self, unit: &UnitId) -> bool {
        self.names(unit.as_str())
    }

    fn names(&self, unit: &str) -> bool {
        self.good.iter().chain(&self.bad).any(|u| u.as_str() == unit)
    }

    /// Until when a run counts by the wall clock, where that is a time.
    pub fn until(&self, run: &SampleRun) -> Option<At> {
        match self.every {
            Every::Shift => None,
            Every::Minutes(n) => Some(run.moment.at.plus(i64::from(n) * 60 * SECOND)),
        }
    }
}

impl Golden {
    /// Whether a run counts by the wall clock alone, in the shift or on the day that it is.
    pub fn counts(&self, run: &SampleRun, turn: Option<&Turn>, now: At) -> bool {
        match self.every {
            Every::Shift => turn == Some(&run.turn),
            Every::Minutes(_) => self.until(run).is_some_and(|until| now <= until),
        }
    }
}

impl Route {
    /// The step that something is a golden sample of.
    pub fn golden_step(&self, text: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.golden.as_ref().is_some_and(|golden| golden.names(text)))
    }

    /// Whether a text is the number of a unit of this route, of a panel of them, or of a golden sample.
    pub fn claims(&self, text: &str) -> bool {
        self.identifier.claims(text) || self.golden_step(text).is_some()
    }
}

impl Traveller {
    /// Whether it is a golden sample. A unit that an order makes for that purpose is none yet: no route names it.
    pub fn is_sample(&self) -> bool {
        self.purpose == Purpose::Golden && self.order.is_none()
    }
}

/// The last run of a golden sample at a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleRun {
    /// Of which route.
    pub route: RouteId,
    /// At which step.
    pub step: StepId,
    /// Which sample.
    pub unit: UnitId,
    /// Whether the tester found what it should.
    pub passed: bool,
    /// The observation that failed, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<CheckId>,
    /// In which shift or on which day.
    pub turn: Turn,
    /// When.
    pub moment: Moment,
    /// Which event.
    pub event: Link,
}

/// The last run of each golden sample at a station, the newest last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SampleRuns(Vec<SampleRun>);

impl SampleRuns {
    /// Whether there was none yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The newest run of any of these samples at a step.
    pub fn last(&self, route: &RouteId, step: &StepId, samples: &[UnitId]) -> Option<&SampleRun> {
        self.0.iter().rev().find(|r| r.route == *route && r.step == *step && samples.contains(&r.unit))
    }

    /// The last runs in which the tester did not find what it should.
    pub fn found_wanting(&self) -> impl Iterator<Item = &SampleRun> {
        self.0.iter().filter(|run| !run.passed)
    }

    /// Folds an event of the station.
    pub(super) fn apply(&mut self, event: &Event) {
        let about = &event.about;
        let What::GoldenRun(run) = &event.what else { return };
        let (Some(unit), Some(route), Some(step)) = (&about.unit, &about.route, &about.step) else { return };
        self.0.retain(|r| r.unit != *unit || r.step != *step || r.route != *route);
        while self.0.len() >= KEPT_MOST {
            self.0.remove(0);
        }
        self.0.push(SampleRun {
            route: route.clone(),
            step: step.clone(),
            unit: unit.clone(),
            passed: run.passed,
            check: run.check.clone(),
            turn: run.turn.clone(),
            moment: event.moment(),
            event: event.stamp.link(),
        });
    }
}

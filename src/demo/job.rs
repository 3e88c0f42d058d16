//! A unit on the floor: where it goes next, how its checks come out, and what it waits for.

use crate::domain::id::{RouteId, StepId, UnitId};
use crate::domain::route::{MinutesSince, Route};
use crate::domain::time::{At, SECOND};

/// Where a unit goes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To a class of stations.
    Class(usize),
    /// To the lead: a step failed, or its time has passed.
    Lead,
    /// To quality: it is on hold.
    Quality,
    /// Out: every step is done.
    Out,
}

/// A unit on the floor.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) unit: UnitId,
    pub(super) product: usize,
    pub(super) way: Way,
    /// Whether it is on record.
    pub(super) begun: bool,
    /// The place of the order among those of its product.
    pub(super) run: usize,
    /// How its checks come out.
    pub(super) luck: Luck,
    /// The step that it is due for, once it began.
    pub(super) step: Option<StepId>,
    /// When those steps passed that times are measured from.
    pub(super) passed: Vec<(StepId, At)>,
    /// A sub-assembly that its step takes, by the route that makes it, and that is not there yet.
    pub(super) lacks: Option<RouteId>,
}

/// How the checks of a unit come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Luck {
    /// One may fail.
    Open,
    /// It had its share of trouble.
    Spared,
    /// The next one fails.
    Bad,
}

/// A unit that somebody has to decide about.
#[derive(Debug, Clone)]
pub(super) struct Matter {
    pub(super) job: Job,
    /// Since when, in working time.
    pub(super) since: i64,
    /// Whether nothing failed, and only its time has passed.
    pub(super) late: bool,
}

impl Job {
    /// A unit that is to be begun.
    pub(super) fn new(unit: UnitId, (product, run): (usize, usize), class: usize) -> Self {
        let (way, luck) = (Way::Class(class), Luck::Open);
        Self { unit, product, way, begun: false, run, luck, step: None, passed: Vec::new(), lacks: None }
    }

    /// A step passed: from when on the time to others is measured.
    pub(super) fn note(&mut self, route: &Route, step: &StepId, at: At) {
        if route.steps.iter().filter_map(|s| s.minutes_since.as_ref()).any(|window| window.step == *step) {
            self.passed.retain(|(passed, _)| passed != step);
            self.passed.push((step.clone(), at));
        }
    }

    /// The time limit of the step that is due, and since when it runs.
    fn window<'r>(&self, route: &'r Route) -> Option<(&'r MinutesSince, At)> {
        let window = route.step(self.step.as_ref()?)?.minutes_since.as_ref()?;
        let (_, since) = self.passed.iter().find(|(step, _)| *step == window.step)?;
        Some((window, *since))
    }

    /// From when on its step may be begun, where there is a limit.
    pub(super) fn ready_at(&self, route: &Route) -> Option<At> {
        let (window, since) = self.window(route)?;
        window.min.map(|min| since.plus(minutes(min)))
    }

    /// Whether its step can come too late.
    pub(super) fn has_window(&self, route: &Route) -> bool {
        self.window(route).is_some_and(|(window, _)| window.max.is_some())
    }

    /// The step that its time is measured from, where it comes too late.
    pub(super) fn late<'r>(&self, route: &'r Route, now: At) -> Option<&'r StepId> {
        let (window, since) = self.window(route)?;
        window.max.filter(|max| since.plus(minutes(*max)) < now).map(|_| &window.step)
    }
}

fn minutes(minutes: u32) -> i64 {
    i64::from(minutes) * 60 * SECOND
}

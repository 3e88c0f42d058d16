//! One unit on its route: what its due step lacks, what stands in the way, and where it may go.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::domain::id::Point;
use traveller::domain::route::{Capture, Route, Step};

use super::model::{Bench, Product, State, Work};
use super::rework::Back;

impl Product {
    /// A unit of which nothing is known but its route.
    pub(super) fn fresh(route: &Arc<Route>, head: u64) -> Self {
        let work = vec![Work::default(); route.steps.len()];
        Self {
            route: Arc::clone(route),
            heap: None,
            variant: None,
            order: None,
            head,
            state: State::Working,
            holds: Vec::new(),
            due: 0,
            open: None,
            inside: None,
            back: Back::default(),
            was: State::Working,
            stripped: false,
            work,
            elsewhere: BTreeMap::new(),
            sample: None,
            last: None,
            firsts: Vec::new(),
            moved: None,
        }
    }

    /// A golden sample of a step.
    pub(super) fn of_sample(route: &Arc<Route>, at: usize, bad: bool, head: u64) -> Self {
        Self { due: at, sample: Some(bad), ..Self::fresh(route, head) }
    }

    pub(super) fn step(&self) -> Option<&Step> {
        self.route.steps.get(self.due)
    }

    /// Whether a unit has a step: of its variant, drawn where it is a sample, and not left out.
    pub(super) fn has(&self, at: usize) -> bool {
        let when = self.route.steps[at].when.as_ref();
        // Only rework leads to some.
        if self.route.steps[at].rework && !self.back.led_to(&self.route.steps[at].id) {
            return false;
        }
        when.is_none_or(|when| self.variant.as_ref() == Some(when)) && !self.work[at].left_out
    }

    /// The steps that it has and has not done.
    pub(super) fn ahead(&self) -> Vec<usize> {
        (0..self.route.steps.len()).filter(|at| self.has(*at) && !self.work[*at].passed).collect()
    }

    /// An optional step may be left out, while it never failed and never passed.
    pub(super) fn may_leave_out(&self, at: usize) -> bool {
        let work = &self.work[at];
        self.route.steps[at].optional && work.failed == 0 && work.retests == 0 && work.passed_at.is_none()
    }

    /// The steps that somebody may take it up for: the due one; any of its group; or what lies behind optional ones.
    /// Where something is recorded in the due step, that one.
    pub(super) fn choices(&self) -> Vec<usize> {
        let Some(step) = self.step() else { return Vec::new() };
        if self.is_touched() || self.sample.is_some() {
            return vec![self.due];
        }
        let steps = &self.route.steps;
        let others = self.ahead().into_iter().filter(|at| *at != self.due);
        let mut all = vec![self.due];
        if step.group.is_some() {
            all.extend(others.filter(|at| steps[*at].group == step.group));
        } else {
            for at in others.filter(|_| self.may_leave_out(self.due)) {
                all.push(at);
                if !self.may_leave_out(at) {
                    break;
                }
            }
        }
        all
    }

    /// What a step lacks at a bench, in the order that the contract names: material, gauges, checks, signature. What is
    /// loaded there is not lacking.
    pub(super) fn lacks(&self, at: usize, bench: Option<&Bench>) -> Vec<(&'static str, String, u32)> {
        let (step, work) = (&self.route.steps[at], &self.work[at]);
        let mut all = Vec::new();
        for part in step.uses.keys() {
            let is_loaded =
                self.route.parts[part].capture == Capture::Loaded && bench.is_some_and(|b| b.loaded.contains_key(part));
            let missing = self.missing(at, part);
            if missing > 0 && !is_loaded && self.sample.is_none() {
                all.push(("material", part.to_string(), missing));
            }
        }
        for kind in kinds(step) {
            if bench.is_none_or(|b| !b.gauges.contains_key(kind)) {
                all.push(("gauge", kind.to_owned(), 1));
            }
        }
        for check in &step.checks {
            let seen = |point: Option<&Point>| {
                work.goes_on && work.seen.iter().any(|s| s.check == check.id && s.point.as_ref() == point)
            };
            let missing = if check.points.is_empty() {
                usize::from(!seen(None))
            } else {
                check.points.iter().filter(|p| !seen(Some(p))).count()
            };
            if missing > 0 {
                all.push(("check", check.id.to_string(), u32::try_from(missing).unwrap()));
            }
        }
        if self.sample.is_none() && step.sign_off.is_some() && !(work.goes_on && work.signed.is_some()) {
            all.push(("signature", "sign-off".to_owned(), 1));
        }
        if bench.is_some() && self.awaits_approval(at) {
            all.push(("signature", "first-piece".to_owned(), 1));
        }
        all
    }

    /// How many of a part are in for a step, and were met since the unit last came back.
    pub(super) fn met(&self, at: usize, part: &traveller::domain::id::PartId) -> u32 {
        self.work[at].pieces.iter().filter(|p| p.part == *part && p.met).map(|p| p.quantity).sum()
    }

    pub(super) fn has_failed(&self) -> bool {
        let work = self.work.get(self.due).filter(|w| w.goes_on);
        self.state == State::Nonconforming || work.is_some_and(|w| w.seen.iter().any(|s| !s.good && !s.accepted))
    }

    /// Whether the operator may try once more after the attempt that goes on.
    pub(super) fn may_retest(&self) -> bool {
        let Some(step) = self.step() else { return false };
        let work = &self.work[self.due];
        step.retest.as_ref().is_some_and(|r| work.retests < r.max) && work.failed + 1 < step.attempts
    }

    /// Whether anything is recorded in the unfinished step.
    pub(super) fn is_touched(&self) -> bool {
        let Some(work) = self.work.get(self.due).filter(|_| self.state == State::Working) else { return false };
        work.retests > 0 && !work.passed
            || work.goes_on
                && (!work.seen.is_empty() || !work.done.is_empty() || work.signed.is_some() || work.approved)
    }
}

/// The kinds of gauges that a step asks for: its own, and those that a check is measured by.
pub(super) fn kinds(step: &Step) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for kind in step.gauges.iter().chain(step.checks.iter().filter_map(|c| c.source_gauge.as_ref())) {
        if !all.contains(&kind.as_str()) {
            all.push(kind);
        }
    }
    all
}

//! The record of a load: which units were in it, from when to when, what was observed of it, and who did that. Folded
//! from the events of the load, whichever stations and terminals told them.

use serde::Serialize;

use super::event::Event;
use super::id::{Badge, CheckId, DeviceId, Revision, RouteId, StationId, StepId, UnitId};
use super::load::LoadOver;
use super::time::{At, Moment, SECOND};
use super::what::What;

/// A load, open or ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadRecord {
    /// Its number.
    pub load: String,
    /// At which station.
    pub station: Option<StationId>,
    /// The route of its units, and its revision.
    pub route: Option<(RouteId, Revision)>,
    /// The step.
    pub step: Option<StepId>,
    /// The units that went in, in their order.
    pub units: Vec<InIt>,
    /// When it began, and who said so.
    pub begun: Option<Done>,
    /// What was observed of it.
    pub checks: Vec<Checked>,
    /// When it ended, how, and who said so.
    pub ended: Option<(Done, LoadOver)>,
}

/// A unit that went into a load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InIt {
    /// The unit.
    pub unit: UnitId,
    /// When it went in, and who put it there.
    pub entered: Done,
    /// Who stood by.
    pub stood_by: Option<Badge>,
    /// Whether it was taken out before the load began.
    pub taken_out: bool,
    /// Whether the load ended for it.
    pub treated: bool,
}

/// That something was done, and by whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// When.
    pub moment: Moment,
    /// Who.
    pub by: Option<Badge>,
}

/// Something that was observed of a load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The check.
    pub check: CheckId,
    /// The value, with the digits entered.
    pub value: String,
    /// Whether it lies within what the route asks.
    pub passed: bool,
    /// What it was measured with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gauge: Option<DeviceId>,
    /// When.
    pub at: At,
    /// Who.
    pub by: Option<Badge>,
}

/// Where a load stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoadState {
    /// Units go in.
    Filling,
    /// Every unit was taken out before it began.
    Emptied,
    /// It runs.
    Begun,
    /// It is over.
    Ended,
}

impl LoadState {
    /// The word of it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Filling => "filling",
            Self::Emptied => "emptied",
            Self::Begun => "begun",
            Self::Ended => "ended",
        }
    }

    /// Whether something is still to be done with it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Filling | Self::Begun)
    }
}

impl LoadRecord {
    /// The load after its events; none where they tell of none.
    pub fn of<'e>(load: &str, events: impl IntoIterator<Item = &'e Event>) -> Option<Self> {
        let mut record = Self {
            load: load.to_owned(),
            station: None,
            route: None,
            step: None,
            units: Vec::new(),
            begun: None,
            checks: Vec::new(),
            ended: None,
        };
        for event in events.into_iter().filter(|event| event.about.load.as_deref() == Some(load)) {
            record.apply(event);
        }
        (!record.units.is_empty()).then_some(record)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    fn apply(&mut self, event: &Event) {
        let about = &event.about;
        let done = Done { moment: event.moment(), by: about.by.clone() };
        match &event.what {
            What::LoadEntered(entered) => {
                self.station = self.station.take().or_else(|| about.station.clone());
                self.route = self.route.take().or_else(|| about.route.clone().zip(about.revision.clone()));
                self.step = self.step.take().or_else(|| about.step.clone());
                let stood_by = entered.supervisor.clone();
                let new = |unit: UnitId| InIt { unit, entered: done, stood_by, taken_out: false, treated: false };
                self.units.extend(about.unit.clone().map(new));
            }
            What::LoadLeft(_) => self.each_of(about.unit.as_ref(), |unit| unit.taken_out = true),
            What::UnitTreated(_) => self.each_of(about.unit.as_ref(), |unit| unit.treated = true),
            What::LoadBegun(_) => self.begun = Some(done),
            What::LoadChecked(seen) => self.checks.push(Checked {
                check: seen.check.clone(),
                value: seen.value.clone(),
                passed: seen.passed,
                gauge: seen.gauge.clone(),
                at: event.when(),
                by: about.by.clone(),
            }),
            What::LoadEnded(ended) => self.ended = Some((done, ended.over)),
            _ => {}
        }
    }

    /// Changes what is said of a unit. One that was taken out may have gone in once more.
    fn each_of(&mut self, unit: Option<&UnitId>, change: impl Fn(&mut InIt)) {
        self.units.iter_mut().rfind(|inside| Some(&inside.unit) == unit).map(change);
    }

    /// The units that are in it, or that it ended for.
    pub fn inside(&self) -> impl Iterator<Item = &InIt> {
        self.units.iter().filter(|inside| !inside.taken_out)
    }

    /// Where it stands.
    pub fn state(&self) -> LoadState {
        match (&self.begun, &self.ended) {
            (_, Some(_)) => LoadState::Ended,
            (Some(_), None) => LoadState::Begun,
            (None, None) if self.inside().next().is_none() => LoadState::Emptied,
            (None, None) => LoadState::Filling,
        }
    }

    /// Whole minutes from its beginning to its end, or by the wall clock until now where it still runs; none before it
    /// began.
    pub fn minutes(&self, now: At) -> Option<i64> {
        let begun = &self.begun.as_ref()?.moment;
        let micros = match &self.ended {
            Some((ended, _over)) => begun.until(&ended.moment, None).best,
            None => now.0.saturating_sub(begun.at.0).max(0),
        };
        Some(micros / (60 * SECOND))
    }
}

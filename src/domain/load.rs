//! Loads: many units that go through one process together, such as an oven, a wash or a cure.
//!
//! Units go in by their labels, the load begins, and after its time it ends for all of them at once. What is observed
//! of the load (its temperature) is observed once and stands in the record of each unit.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::{Badge, CheckId, DeviceId, Revision, RouteId, StationId, StepId, UnitId};
use super::route::Step;
use super::station::Station;
use super::time::{At, Moment};
use super::traveller::Traveller;
use super::what::What;

/// What a route says of a step that is done in loads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadRule {
    /// Units that a load has at most.
    pub units: u32,
    /// At least so many minutes.
    pub min: Option<u32>,
    /// At most so many minutes.
    pub max: Option<u32>,
    /// The checks of the step that are made once, of the load.
    pub checks: Vec<CheckId>,
}

/// What is done with the load of a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoadAct {
    /// It begins: no more units go in.
    Begin,
    /// It ends for all of its units.
    End,
    /// One of its units is through with it. The end of the load says so of each.
    Unload {
        /// Which.
        unit: UnitId,
    },
    /// A unit is taken out before it begins.
    TakeOut {
        /// Which.
        unit: UnitId,
    },
}

/// The load of a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Its number.
    pub load: String,
    /// The route of its units.
    pub route: RouteId,
    /// Its revision.
    pub revision: Revision,
    /// The step.
    pub step: StepId,
    /// Its units, in the order in which they went in.
    pub units: Vec<UnitId>,
    /// When a unit went in or was taken out last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<At>,
    /// When it began; none while it is filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<Moment>,
    /// What was observed of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<LoadSeen>,
    /// Whether it is over, and whether it took too long; none while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<LoadOver>,
}

/// How a load ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoadOver {
    /// Within its time.
    InTime,
    /// It took too long.
    TooLate,
}

/// What was observed of a load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadSeen {
    /// The check.
    pub check: CheckId,
    /// The value.
    pub value: String,
    /// Whether it passed.
    pub passed: bool,
    /// What it was measured with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gauge: Option<DeviceId>,
    /// The event.
    pub event: Link,
}

/// That a unit went through a load.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Treated {
    /// At which step.
    pub step: StepId,
    /// In which load.
    pub load: String,
    /// How that ended.
    pub over: LoadOver,
    /// Who stood by as it went in, until an attempt at the step tells that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<Badge>,
}

/// A load that a unit is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InLoad {
    /// Which.
    pub load: String,
    /// At which station.
    pub station: Option<StationId>,
    /// Who stood by as it went in.
    pub supervisor: Option<Badge>,
    /// The event.
    pub event: Link,
}

impl Load {
    /// What was observed for a check.
    pub fn seen(&self, check: &CheckId) -> Option<&LoadSeen> {
        self.seen.iter().find(|seen| seen.check == *check)
    }
}

impl Station {
    /// The number of the load that would begin to be filled here next.
    pub fn next_load(&self) -> Option<String> {
        Some(format!("{}-{}", self.station.as_ref()?, self.loads.saturating_add(1)))
    }

    /// Folds what happens to loads.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn hear_of_load(&mut self, event: &Event) {
        let about = &event.about;
        let Some(name) = &about.load else { return };
        if matches!(event.what, What::LoadEntered(_)) && self.load.as_ref().is_none_or(|load| load.load != *name) {
            let (Some((route, revision)), Some(step)) =
                (about.route.clone().zip(about.revision.clone()), about.step.clone())
            else {
                return;
            };
            let (load, units) = (name.clone(), Vec::new());
            self.loads = self.loads.saturating_add(1);
            self.load = Some(Load {
                load,
                route,
                revision,
                step,
                units,
                filled: None,
                begun: None,
                seen: Vec::new(),
                over: None,
            });
        }
        let Some(load) = self.load.as_mut().filter(|load| load.load == *name) else { return };
        match &event.what {
            What::LoadEntered(_) => load.units.extend(about.unit.clone()),
            What::LoadLeft(_) | What::UnitTreated(_) => load.units.retain(|unit| Some(unit) != about.unit.as_ref()),
            What::LoadBegun(_) => load.begun = Some(event.moment()),
            What::LoadChecked(seen) => load.seen.push(LoadSeen {
                check: seen.check.clone(),
                value: seen.value.clone(),
                passed: seen.passed,
                gauge: seen.gauge.clone(),
                event: event.stamp.link(),
            }),
            What::LoadEnded(ended) => load.over = Some(ended.over),
            _ => {}
        }
        if matches!(event.what, What::LoadEntered(_) | What::LoadLeft(_)) {
            load.filled = load.filled.max(Some(event.when()));
        }
        if load.units.is_empty() {
            self.load = None;
        }
    }
}

impl Traveller {
    /// Whether the unit went through a load for a step since that last became due.
    pub fn treated(&self, step: &StepId) -> Option<&Treated> {
        self.treated.iter().find(|treated| treated.step == *step)
    }

    /// Who stood by at the load of a step, for the first attempt that follows it.
    pub(super) fn stood_by_load(&mut self, step: &StepId) -> Option<Badge> {
        self.treated.iter_mut().find(|treated| treated.step == *step)?.supervisor.take()
    }

    /// Whether a step is done in a load that the unit did not go through yet.
    pub fn wants_load(&self, step: &Step) -> bool {
        step.load.is_some() && self.treated(&step.id).is_none()
    }

    /// Folds what happens to the unit in loads.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn hear_of_load(&mut self, event: &Event) {
        let (Some(load), Some(step)) = (&event.about.load, &event.about.step) else { return };
        match &event.what {
            What::LoadEntered(entered) => {
                let (station, supervisor) = (event.about.station.clone(), entered.supervisor.clone());
                self.in_load = Some(InLoad { load: load.clone(), station, supervisor, event: event.stamp.link() });
            }
            What::LoadLeft(_) => self.in_load = None,
            What::UnitTreated(treated) => {
                let supervisor = self.in_load.take().and_then(|inside| inside.supervisor);
                self.treated.retain(|t| t.step != *step);
                let (load, step, over) = (load.clone(), step.clone(), treated.over);
                self.treated.push(Treated { step, load, over, supervisor });
            }
            _ => {}
        }
    }
}

//! What a shift leaves: the units that are open, half done and on hold, and what waits at the stations.

use serde::Serialize;

use crate::domain::id::{Badge, Revision, RouteId, StationId, StepId, UnitId};
use crate::domain::station::Station;
use crate::domain::time::At;
use crate::domain::traveller::{State, Traveller};
use crate::domain::watch::Watched;

/// What is left as it stands now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Left {
    /// Units that are open at a station.
    pub open: Vec<LeftUnit>,
    /// Units that were put down in the middle of a step.
    pub half_done: Vec<LeftUnit>,
    /// Units on hold.
    pub held: Vec<LeftUnit>,
    /// Loads that are filled or go on.
    pub loads: Vec<LeftLoad>,
    /// Stations that are down, that call for a lead, or where notes wait.
    pub stations: Vec<Watched>,
    /// Whether there are more units than these lists have room for.
    pub more: bool,
}

/// A load that is filled or goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftLoad {
    /// Where.
    pub station: StationId,
    /// Which.
    pub load: String,
    /// How many units are in it.
    pub units: usize,
    /// When it began; none while it is filled.
    pub begun: Option<At>,
}

impl LeftLoad {
    /// The load of a station, while it is not over.
    pub fn of(station: &Station) -> Option<Self> {
        let load = station.load.as_ref().filter(|load| load.over.is_none())?;
        let begun = load.begun.as_ref().map(|begun| begun.at);
        Some(Self { station: station.station.clone()?, load: load.load.clone(), units: load.units.len(), begun })
    }
}

/// A unit that is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftUnit {
    /// Which.
    pub unit: UnitId,
    /// Its route.
    pub route: Option<RouteId>,
    /// The revision that it has.
    pub revision: Option<Revision>,
    /// The step that is due.
    pub step: Option<StepId>,
    /// Where it is open, or was worked on last.
    pub station: Option<StationId>,
    /// Who has it open, worked on it last, or held it.
    pub by: Option<Badge>,
    /// Since when.
    pub at: At,
    /// Why it is on hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl LeftUnit {
    /// A unit that is open somewhere.
    pub fn open(unit: &Traveller) -> Option<Self> {
        let open = unit.open.as_ref()?;
        Self::of(unit, Some(open.station.clone()), open.by.clone(), open.at, None)
    }

    /// A unit that lies somewhere in the middle of a step.
    pub fn half_done(unit: &Traveller) -> Option<Self> {
        let step = unit.due.as_ref().filter(|_| unit.open.is_none() && unit.touched())?;
        let attempt = unit.step(&step.step)?.attempts.last()?;
        Self::of(unit, attempt.station.clone(), attempt.workers.last().cloned(), attempt.began, None)
    }

    /// A unit on hold.
    pub fn held(unit: &Traveller) -> Option<Self> {
        let hold = unit.holds.first().filter(|_| unit.state() == State::Held)?;
        Self::of(unit, None, hold.by.clone(), hold.at, Some(hold.reason.clone()))
    }

    fn of(
        unit: &Traveller,
        station: Option<StationId>,
        by: Option<Badge>,
        at: At,
        reason: Option<String>,
    ) -> Option<Self> {
        let (route, revision) = unit.route.clone().unzip();
        let step = unit.due.as_ref().map(|due| due.step.clone());
        Some(Self { unit: unit.unit.clone()?, route, revision, step, station, by, at, reason })
    }
}

//! One finding: what, where, who can mend it, and how.

use serde::Serialize;

use super::kind::{Kind, Place};
use crate::domain::event::Event;
use crate::domain::id::{Badge, LotId, StationId, StepId, UnitId};
use crate::domain::route::{Route, Step};
use crate::domain::time::At;
use crate::domain::traveller::Attempt;

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// About which unit; none: about the lot, or the ledger.
    pub unit: Option<UnitId>,
    /// About which lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<LotId>,
    /// What it is.
    pub code: Kind,
    /// At which step.
    pub step: Option<StepId>,
    /// In words.
    pub what: String,
    /// Where: the station, or the class of stations of the step.
    pub station: Option<StationId>,
    /// Whose work it is about.
    pub by: Option<Badge>,
    /// When it came to be, or since when it lasts.
    pub at: Option<At>,
    /// Who can mend it.
    pub who: String,
    /// How.
    pub how: String,
}

impl Finding {
    /// A finding about a unit, mended as its kind usually is.
    pub fn of_unit(unit: &UnitId, code: Kind, step: Option<&StepId>, what: String) -> Self {
        Self {
            unit: Some(unit.clone()),
            lot: None,
            code,
            step: step.cloned(),
            what,
            station: None,
            by: None,
            at: None,
            who: code.who().to_owned(),
            how: code.how(Place { unit: Some(unit), lot: None, step }),
        }
    }

    /// A finding about a lot, mended as its kind usually is.
    pub fn of_lot(lot: &LotId, code: Kind, what: String) -> Self {
        let how = code.how(Place { lot: Some(lot), ..Place::default() });
        Self { lot: Some(lot.clone()), ..Self::of_ledger(code, what, how) }
    }

    /// A finding about what an event took from a lot.
    pub fn of_draw(lot: &LotId, code: Kind, event: &Event, what: String) -> Self {
        let (unit, step) = (event.about.unit.clone(), event.about.step.clone());
        let how = code.how(Place { unit: unit.as_ref(), lot: Some(lot), step: step.as_ref() });
        Self { unit, step, how, ..Self::of_lot(lot, code, what) }.at(event)
    }

    /// A finding about the ledger as a whole.
    pub fn of_ledger(code: Kind, what: String, how: String) -> Self {
        let who = code.who().to_owned();
        Self { unit: None, lot: None, code, step: None, what, station: None, by: None, at: None, who, how }
    }

    /// The same, about what an event recorded.
    #[must_use]
    pub fn at(self, event: &Event) -> Self {
        let (station, by) = (event.about.station.clone(), event.about.by.clone());
        Self { station, by, at: Some(event.stamp.at), ..self }
    }

    /// The same, about what was done in an attempt at a step.
    #[must_use]
    pub fn whose(self, attempt: Option<&Attempt>) -> Self {
        let Some(attempt) = attempt else { return self };
        let ended = attempt.result.as_ref();
        let by = ended.and_then(|ended| ended.by.clone()).or_else(|| attempt.workers.last().cloned());
        let at = ended.map_or(attempt.began, |ended| ended.at);
        Self { station: attempt.station.clone(), by, at: Some(at), ..self }
    }

    /// The same, at the stations of its step where none is named.
    #[must_use]
    pub fn placed(self, route: &Route) -> Self {
        let class = || self.step.as_ref().and_then(|step| route.step(step)).map(|step| step.station.clone());
        Self { station: self.station.clone().or_else(class), ..self }
    }

    /// The same, to be mended by whoever does the step.
    #[must_use]
    pub fn for_step(self, step: &Step) -> Self {
        Self { who: format!("{} at {}", step.role.word(), step.station), ..self }
    }
}

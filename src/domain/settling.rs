//! What ends a fork or a hole in the history of a unit: a lead who names the events, and says where the unit goes on.
//!
//! Nothing is taken out of the record for it. All that several ledgers told of the unit stays and counts; the decision
//! is one more event, which comes after all of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::causal::Break;
use super::event::{Event, Link};
use super::id::{Badge, StationId, StepId, UnitId};
use super::traveller::Traveller;
use super::what::What;

/// Broken events that are told as evidence.
pub const BROKEN_TOLD_MOST: usize = 32;

/// Ends what is broken in the history of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settle {
    /// Which unit.
    pub unit: UnitId,
    /// Every event that is broken, by the names that they are told with: whoever decides has seen them.
    pub events: Vec<String>,
    /// The step from which it is done again; none: it goes on where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<StepId>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Badge,
}

/// Data of [`What::HistorySettled`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistorySettled {
    /// The events that were broken: those that build on one that others build on too, or on one that is not there.
    pub events: Vec<Link>,
    /// The other ends of the history that it comes after, besides the one that it builds on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<Link>,
    /// What is done again; none: the unit goes on where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<Again>,
}

/// What is done again after a settled history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Again {
    /// The step that is due.
    pub to: StepId,
    /// Where.
    pub station: StationId,
    /// The steps that are due again.
    pub due: Vec<StepId>,
}

/// What is broken in a history, as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Whether it forks; else something is missing.
    pub forks: bool,
    /// The events that are broken; at most [`BROKEN_TOLD_MOST`].
    pub events: Vec<Link>,
    /// What the first of them builds on; none where each begins the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Link>,
}

impl Broken {
    /// What is broken in the history of a unit; a fork is told first. None where nothing is.
    pub fn of(traveller: &Traveller) -> Option<Self> {
        let is_fork = |broken: &&Break| matches!(broken, Break::Fork { .. });
        let first = traveller.breaks.iter().find(is_fork).or(traveller.breaks.first())?;
        let on = match first {
            Break::Fork { parent, .. } => parent.clone(),
            Break::Hole { missing, .. } => Some(missing.clone()),
        };
        let events = traveller.broken().into_iter().take(BROKEN_TOLD_MOST).cloned().collect();
        Some(Self { forks: is_fork(&first), events, on })
    }
}

impl Event {
    /// Every event that it names as part of its history.
    pub fn names(&self) -> impl Iterator<Item = &Link> {
        let about = &self.about;
        let (events, ends) = if let What::HistorySettled(settled) = &self.what {
            (settled.events.as_slice(), settled.ends.as_slice())
        } else {
            (&[][..], &[][..])
        };
        [&about.builds_on, &about.saw, &about.corrects].into_iter().flatten().chain(events).chain(ends)
    }

    /// The same, to be called otherwise.
    pub(super) fn names_mut(&mut self) -> impl Iterator<Item = &mut Link> {
        let about = &mut self.about;
        let (events, ends) = if let What::HistorySettled(settled) = &mut self.what {
            (settled.events.as_mut_slice(), settled.ends.as_mut_slice())
        } else {
            (&mut [][..], &mut [][..])
        };
        [&mut about.builds_on, &mut about.saw, &mut about.corrects].into_iter().flatten().chain(events).chain(ends)
    }
}

impl Break {
    /// The events that whoever ends it has to name.
    pub fn events(&self) -> &[Link] {
        match self {
            Self::Hole { event, .. } => std::slice::from_ref(event),
            Self::Fork { children, .. } => children,
        }
    }

    /// Whether it ends with a decision that names these.
    pub fn is_ended_by(&self, events: &[Link]) -> bool {
        self.events().iter().all(|event| events.contains(event))
    }
}

impl Traveller {
    /// Every event that is broken in its history, each once.
    pub fn broken(&self) -> BTreeSet<&Link> {
        self.breaks.iter().flat_map(Break::events).collect()
    }

    /// Folds a decision about its history.
    pub(super) fn settle(&mut self, settled: &HistorySettled) {
        self.breaks.retain(|broken| !broken.is_ended_by(&settled.events));
        if self.breaks.is_empty() {
            self.ends.clear();
        }
        if let Some(Again { to, station, due }) = &settled.again {
            self.open = None;
            self.send_back(to, station, due);
        }
    }

    /// Where an event that changes a broken history leaves its ends.
    pub(super) fn move_ends(&mut self, event: &Event) {
        if self.ends.is_empty() {
            return;
        }
        let joined = if let What::HistorySettled(settled) = &event.what { settled.ends.as_slice() } else { &[] };
        self.ends.retain(|end| event.about.builds_on.as_ref() != Some(end) && !joined.contains(end));
        self.ends.push(event.stamp.link());
    }
}

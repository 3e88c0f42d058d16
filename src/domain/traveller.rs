//! The traveller: everything recorded about one unit, folded from its events.
//!
//! The fold knows no route. It keeps what was recorded; what that means against the route is derived elsewhere.

use serde::{Deserialize, Serialize};

pub use super::attempt::{Attempt, Ended, Ending, Installed, Observation, Out, Signature, StepRecord, Undo};
pub use super::batch::Batch;
pub use super::causal::Break;
use super::event::{Link, Purpose};
use super::id::{Badge, OrderId, PartId, Revision, RouteId, StationId, StepId, UnitId};
pub use super::labelling::Labels;
pub use super::let_go::LetGo;
use super::load::{InLoad, Treated};
use super::moving::Moved;
use super::packing::Packed;
pub use super::reworking::Rework;
use super::route::Route;
use super::time::At;
use super::what::{Next, Piece};

/// Holds that a unit has at once.
pub const HOLDS_MOST: usize = 32;

/// Everything recorded about one unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traveller {
    /// The unit's number.
    pub unit: Option<UnitId>,
    /// The route and the revision it is pinned to; none before the unit began.
    pub route: Option<(RouteId, Revision)>,
    /// What it is made for.
    pub purpose: Purpose,
    /// Its work order.
    pub order: Option<OrderId>,
    /// The variant that it is.
    pub variant: Option<String>,
    /// The last event that changed the record.
    pub head: Option<Link>,
    /// What it is beyond a unit, where it is a batch.
    pub batch: Option<Box<Batch>>,
    /// When the unit began.
    pub started: Option<At>,
    /// When the record last changed.
    pub changed: Option<At>,
    /// When something was done to it last, as a paper states where it is from paper.
    pub worked: Option<At>,
    /// The step that is due, and where; none when every step is done.
    pub due: Option<Next>,
    /// The steps that it passed and that are not due again.
    pub passed: Vec<StepId>,
    /// The sampled steps that it was drawn for.
    pub drawn: Vec<StepId>,
    /// The steps that it does not have: not drawn as a sample, or left out.
    pub skipped: Vec<StepId>,
    /// The steps whose missed time limit quality accepted.
    pub excused: Vec<StepId>,
    /// Where the unit stands, holds aside.
    pub standing: Standing,
    /// Its holds, the oldest first. It goes on when none is left.
    pub holds: Vec<Held>,
    /// Its moves to other revisions, the oldest first.
    pub moves: Vec<Moved>,
    /// Where it is open.
    pub open: Option<Opened>,
    /// The load that it is in.
    pub in_load: Option<InLoad>,
    /// The loads that it went through, for the steps that are not due again.
    pub treated: Vec<Treated>,
    /// The steps that were worked on, in the order they first were.
    pub steps: Vec<StepRecord>,
    /// What went into it, removed pieces included.
    pub installed: Vec<Installed>,
    /// The labels that it had and has.
    pub labels: Labels,
    /// What it is packed in, and what it left with.
    pub packed: Packed,
    /// Its refusals: how many.
    pub refusals: u32,
    /// Each time that it went back.
    pub rework: Rework,
    /// The rules that were let go for it.
    pub let_go: LetGo,
    /// What is broken in its history, where several streams tell of it. It keeps the unit like a hold.
    pub breaks: Vec<Break>,
    /// Where its history ends, while it is broken: whoever settles it comes after all of them.
    pub ends: Vec<Link>,
}

/// Where a unit stands, holds aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// It never began.
    #[default]
    Unborn,
    /// It is on its way.
    InProcess,
    /// A step failed and nobody has decided yet.
    Nonconforming,
    /// Every step is done.
    Complete,
    /// It left.
    Dispatched,
    /// It came back, and nobody has decided yet.
    Returned,
    /// It is no product any more.
    Scrapped,
    /// All its pieces are in another batch.
    Merged,
}

/// A unit's state, as scripts and screens say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// On its way.
    InProcess,
    /// Every step is done.
    Complete,
    /// On hold.
    Held,
    /// Waits for a decision.
    Nonconforming,
    /// No product any more.
    Scrapped,
    /// It left.
    Dispatched,
    /// All its pieces are in another batch.
    Merged,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::InProcess,
        Self::Complete,
        Self::Held,
        Self::Nonconforming,
        Self::Scrapped,
        Self::Dispatched,
        Self::Merged,
    ];

    /// The word of the contract.
    pub fn word(self) -> &'static str {
        match self {
            Self::InProcess => "in-process",
            Self::Complete => "complete",
            Self::Held => "held",
            Self::Nonconforming => "nonconforming",
            Self::Scrapped => "scrapped",
            Self::Dispatched => "dispatched",
            Self::Merged => "merged",
        }
    }
}

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What the units that were held with it have in common, such as a recalled lot.
    pub of: Option<String>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
}

/// Where a unit is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The station.
    pub station: StationId,
    /// In which nest of it, where several units may be open there.
    pub nest: Option<u32>,
    /// Who opened it.
    pub by: Option<Badge>,
    /// Who stands by.
    pub supervisor: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
}

impl Traveller {
    /// A unit that is not on record.
    pub fn unborn(unit: UnitId) -> Self {
        Self { unit: Some(unit), ..Self::default() }
    }

    /// Whether the unit ever began.
    pub fn exists(&self) -> bool {
        self.standing != Standing::Unborn
    }

    /// Whether it is on hold, also beneath another state; a broken history holds it too.
    pub fn is_held(&self) -> bool {
        !self.holds.is_empty() || !self.breaks.is_empty()
    }

    /// Whether one of its holds is of a recall. One that has as many as it may have takes no more of them.
    pub fn is_held_of(&self, of: &str) -> bool {
        self.holds.len() >= HOLDS_MOST || self.holds.iter().any(|hold| hold.of.as_deref() == Some(of))
    }

    /// The unit's state; a hold covers whatever lies beneath.
    pub fn state(&self) -> State {
        match self.standing {
            Standing::Scrapped => State::Scrapped,
            Standing::Dispatched => State::Dispatched,
            Standing::Merged => State::Merged,
            _ if self.is_held() => State::Held,
            Standing::Nonconforming | Standing::Returned => State::Nonconforming,
            Standing::Complete => State::Complete,
            Standing::InProcess | Standing::Unborn => State::InProcess,
        }
    }

    /// What was done at a step.
    pub fn step(&self, step: &StepId) -> Option<&StepRecord> {
        self.steps.iter().find(|s| s.step == *step)
    }

    /// The attempt that goes on at a step, or that failed and still takes observations.
    pub fn current(&self, step: &StepId) -> Option<&Attempt> {
        let last = self.step(step)?.attempts.last()?;
        let goes_on = match last.result.as_ref().map(|r| r.how) {
            None => true,
            Some(Ended::Failed) => self.standing == Standing::Nonconforming,
            Some(Ended::Passed | Ended::Retested | Ended::SentBack) => false,
        };
        goes_on.then_some(last)
    }

    /// The number of the attempt that the next record at a step belongs to.
    pub fn attempt_number(&self, step: &StepId) -> u32 {
        let own = || self.step(step).and_then(|s| s.attempts.last()).map_or(0, |a| a.number);
        let before = || own().max(self.done_before(step).map_or(0, |done| done.attempts));
        self.current(step).map_or_else(|| before() + 1, |a| a.number)
    }

    /// How many attempts at a step failed.
    pub fn failed_attempts(&self, step: &StepId) -> u32 {
        self.failed_here(step).saturating_add(self.done_before(step).map_or(0, |done| done.failed))
    }

    /// How many of those it made itself.
    pub(super) fn failed_here(&self, step: &StepId) -> u32 {
        let failed = |a: &&Attempt| a.result.as_ref().is_some_and(|r| matches!(r.how, Ended::Failed | Ended::Retested));
        let count = self.step(step).map_or(0, |s| s.attempts.iter().filter(failed).count());
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// How many of those the operator followed with another attempt since the unit last came back from rework.
    pub fn retests(&self, step: &StepId) -> u32 {
        let Some(record) = self.step(step) else { return 0 };
        let retested = record
            .attempts
            .iter()
            .rev()
            .skip_while(|a| a.result.is_none())
            .take_while(|a| a.result.as_ref().is_some_and(Ending::is_retested))
            .count();
        u32::try_from(retested).unwrap_or(u32::MAX)
    }

    /// Whether anything is recorded in the unfinished step that is due.
    pub fn touched(&self) -> bool {
        let due = self.due.as_ref().filter(|_| self.standing == Standing::InProcess);
        // What was taken back is gone; the attempt before it, that was to be tried again, is not.
        let last = due.and_then(|d| self.step(&d.step)).and_then(|s| s.attempts.iter().rfind(|a| !a.is_empty()));
        last.is_some_and(|a| a.result.as_ref().is_none_or(Ending::is_retested))
    }

    /// Pieces of a part that count for a step: in the unit, and met again where rework asks for that.
    pub fn counted(&self, step: &StepId, part: &PartId) -> u32 {
        self.installed
            .iter()
            .filter(|i| i.step == *step && i.part == *part && i.out.is_none() && !i.to_verify)
            .map(|i| i.quantity)
            .sum()
    }

    /// The units that it is made of: what is in it of parts that another route makes, in the order of installation.
    pub fn sub_assemblies<'a>(&'a self, route: &'a Route) -> impl Iterator<Item = UnitId> + 'a {
        let is_made = |part: &PartId| route.parts.get(part).is_some_and(|p| p.made_by.is_some());
        let inside =
            self.installed.iter().filter(move |i| i.out.is_none() && is_made(i.is.as_ref().unwrap_or(&i.part)));
        inside.filter_map(|i| match &i.piece {
            Piece::Serial(serial) => UnitId::parse(serial.as_str()).ok(),
            Piece::Lot(_) => None,
        })
    }

    /// The component of that number, where it is in the unit.
    pub fn component(&self, serial: &str) -> Option<&Installed> {
        self.installed.iter().find(|i| i.out.is_none() && matches!(&i.piece, Piece::Serial(s) if s.as_str() == serial))
    }
}

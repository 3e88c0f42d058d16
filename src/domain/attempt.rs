//! What was done at a step: attempts with their observations, material and signatures.

use super::event::{Event, How, Link};
use super::id::{Badge, CheckId, DeviceId, PartId, Point, Serial, StationId, StepId};
use super::paper::Transcribed;
use super::role::Role;
use super::time::{At, Moment};
use super::what::{Fate, Piece, Voided};

/// What was done at one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRecord {
    /// The step.
    pub step: StepId,
    /// Every attempt, in order; at least one.
    pub attempts: Vec<Attempt>,
}

/// One attempt at a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    /// Where.
    pub station: Option<StationId>,
    /// When it began.
    pub began: At,
    /// Observations, voided ones included.
    pub observations: Vec<Observation>,
    /// Components met again after rework.
    pub verified: Vec<Serial>,
    /// The signature.
    pub signature: Option<Signature>,
    /// The approval of the first piece, where the unit is one.
    pub approval: Option<Signature>,
    /// Who worked on it, each once.
    pub workers: Vec<Badge>,
    /// Who stood by, each once.
    pub supervisors: Vec<Badge>,
    /// What can be taken back, last one last.
    pub undo: Vec<Undo>,
    /// How it ended; none while it goes on.
    pub result: Option<Ending>,
    /// Who entered something of it from paper, and who witnessed that.
    pub transcribed: Option<Transcribed>,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Passed, or not.
    pub how: Ended,
    /// Who ended it.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// When, by both clocks.
    pub moment: Moment,
    /// Which event.
    pub event: Link,
    /// Why, where it failed.
    pub reason: Option<String>,
    /// How many pieces it had then, where it is a batch.
    pub pieces: Option<u32>,
    /// Whether the unit went back since: what was to be tried again is done again anyhow.
    pub went_back: bool,
}

impl Ending {
    /// The end that an event makes of an attempt.
    pub(super) fn of(how: Ended, event: &Event) -> Self {
        Self {
            how,
            by: event.about.by.clone(),
            at: event.when(),
            moment: event.moment(),
            event: event.stamp.link(),
            reason: event.about.reason.clone(),
            pieces: event.about.pieces,
            went_back: false,
        }
    }

    /// Whether another attempt is to follow, or followed.
    pub(super) fn is_retested(&self) -> bool {
        self.how == Ended::Retested && !self.went_back
    }
}

/// How an attempt ended, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It failed, and the operator began another.
    Retested,
    /// It was not over when the unit went back.
    SentBack,
}

/// One observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The check.
    pub check: CheckId,
    /// Where, for a check with points.
    pub point: Option<Point>,
    /// The value, with the digits entered.
    pub value: String,
    /// Whether it passed.
    pub passed: bool,
    /// What it was measured with.
    pub gauge: Option<DeviceId>,
    /// How it came in.
    pub how: Option<How>,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
    /// Whether it was taken back.
    pub voided: bool,
    /// Whether quality accepted it although it failed.
    pub conceded: bool,
}

/// A signature: who, when, and what it says (21 CFR 11.50).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub by: Option<Badge>,
    /// The printed name.
    pub name: String,
    /// What it says.
    pub meaning: String,
    /// In which role.
    pub role: Role,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
}

/// Something that its maker can take back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// Which event.
    pub event: Link,
    /// Who made it.
    pub by: Option<Badge>,
    /// What it was.
    pub of: Voided,
    /// Whether it was a failing observation, which is never taken back.
    pub failed: bool,
}

/// A piece of material in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// The part.
    pub part: PartId,
    /// The piece.
    pub piece: Piece,
    /// How many of it; none of a loaded lot that was replaced in the middle of the unit.
    pub quantity: u32,
    /// What it is, where that is an approved alternate of the part.
    pub is: Option<PartId>,
    /// The step that installed it.
    pub step: StepId,
    /// In which attempt.
    pub attempt: u32,
    /// How it came in.
    pub how: Option<How>,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
    /// Whether rework asks to meet it again.
    pub to_verify: bool,
    /// Whether and how it came out again.
    pub out: Option<Out>,
}

/// How a piece came out of a unit again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Out {
    /// Its record was taken back.
    Voided,
    /// Rework removed it.
    Removed(Fate),
}

impl Attempt {
    /// Whether nothing is recorded in it.
    pub fn is_empty(&self) -> bool {
        let unsigned = self.signature.is_none() && self.approval.is_none();
        self.undo.is_empty() && unsigned && self.result.is_none() && self.standing().next().is_none()
    }

    /// Observations that were not taken back.
    pub fn standing(&self) -> impl Iterator<Item = &Observation> {
        self.observations.iter().filter(|o| !o.voided)
    }

    /// The observation of a check, at a point where it has points.
    pub fn observation(&self, check: &CheckId, point: Option<&Point>) -> Option<&Observation> {
        self.standing().find(|o| o.check == *check && o.point.as_ref() == point)
    }

    /// The first observation that failed and was not accepted as it is.
    pub fn failed(&self) -> Option<&Observation> {
        self.standing().find(|o| !o.passed && !o.conceded)
    }
}

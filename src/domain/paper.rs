//! Paper: what was written down while a terminal was dead, and is entered afterwards. One person enters it, another one
//! witnesses it; it counts for the time that the paper states, and shows for ever as what it is.

use serde::{Deserialize, Serialize};

use super::event::{Event, How, Link};
use super::id::Badge;
use super::refusal::{Code, Evidence};
use super::shift::Turn;
use super::time::{At, Moment, SECOND};
use super::what::{Leaving, What};

/// Days that a paper may be old.
pub const PAPER_DAYS_MOST: i64 = 31;
/// Lines that one paper may have.
pub const PAPER_LINES_MOST: usize = 1_000;

/// What is said of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    /// From now on what is said at the station is read from paper. Whoever is signed on reads it.
    Begin {
        /// When it happened, as the paper states.
        time: At,
        /// Who witnesses it, by badge and PIN.
        witness: Badge,
    },
    /// All of it is entered.
    End,
    /// A paper was entered as a whole, and one of its lines was refused: nothing of it counts.
    Refused(Box<PaperRefused>),
}

/// Why a paper was refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRefused {
    /// When it happened, as the paper states.
    pub time: At,
    /// Who entered it.
    pub by: Badge,
    /// Who witnessed it.
    pub witness: Badge,
    /// The line, from 1.
    pub line: u32,
    /// Why.
    pub code: Code,
    /// What the refusal of the line rests on.
    pub evidence: Evidence,
}

impl Paper {
    /// The person who gives the PIN.
    pub fn signer(&self) -> Option<&Badge> {
        match self {
            Self::Begin { witness, .. } => Some(witness),
            Self::End | Self::Refused(_) => None,
        }
    }
}

/// A paper that is being entered at a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenPaper {
    /// When it happened, as the paper states.
    pub time: At,
    /// Who enters it.
    pub by: Badge,
    /// Who witnesses it.
    pub witness: Badge,
    /// The shift or the day that it is of; none where nobody could say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turn: Option<Turn>,
    /// The event that began it.
    pub event: Link,
}

impl OpenPaper {
    /// How what it says came in.
    pub fn how(&self) -> How {
        How::Transcribed { by: self.by.clone(), witness: self.witness.clone() }
    }

    /// The paper at a station after an event there. Whoever is relieved leaves it to the next person whom it names; it
    /// ends with whoever leaves the station.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn after(before: Option<Self>, event: &Event) -> Option<Self> {
        match &event.what {
            What::PaperBegun(e) => Some(Self {
                time: event.about.happened?,
                by: e.by.clone(),
                witness: event.about.by.clone()?,
                turn: e.turn.clone(),
                event: event.stamp.link(),
            }),
            What::PaperEnded(_) => None,
            What::SignedOff(e) if e.why != Leaving::Relieved => None,
            _ => before,
        }
    }
}

/// Who entered something from paper, who witnessed it, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transcribed {
    /// Who entered it.
    pub by: Badge,
    /// Who witnessed it.
    pub witness: Badge,
    /// When it was entered.
    pub entered: At,
}

impl Transcribed {
    /// Of an event from paper.
    pub fn of(event: &Event) -> Option<Self> {
        let Some(How::Transcribed { by, witness }) = &event.about.how else { return None };
        Some(Self { by: by.clone(), witness: witness.clone(), entered: event.stamp.at })
    }
}

/// The minute that a moment lies in: a paper states no more than that.
pub fn minute(at: At) -> i64 {
    at.0.div_euclid(60 * SECOND)
}

/// Whether it is done to a unit, so that no paper tells of an earlier time any more. A hold, a permit and a label are
/// nothing that is done to it: it was worked on before them.
pub(super) fn is_work(what: &What) -> bool {
    matches!(
        what,
        What::UnitStarted(_)
            | What::MaterialInstalled(_)
            | What::MaterialVerified(_)
            | What::CheckRecorded(_)
            | What::ObservationVoided(_)
            | What::RetestBegun(_)
            | What::SignatureRecorded(_)
            | What::SignatureLapsed(_)
            | What::FirstPieceApproved(_)
            | What::GoldenRun(_)
            | What::LoadEntered(_)
            | What::LoadLeft(_)
            | What::UnitTreated(_)
            | What::StepPassed(_)
            | What::StepFailed(_)
            | What::StepSkipped(_)
            | What::Disposed(_)
            | What::SentBack(_)
            | What::ScrapReversed(_)
            | What::ComponentsRecovered(_)
            | What::RouteMoved(_)
            | What::BatchSplit(_)
            | What::BatchBegun(_)
            | What::BatchJoined(_)
            | What::BatchMerged(_)
            | What::UnitPacked(_)
            | What::UnitUnpacked(_)
            | What::UnitReturned(_)
    )
}

impl Event {
    /// When it happened: as a paper states, else when it was recorded.
    pub fn when(&self) -> At {
        self.about.happened.unwrap_or(self.stamp.at)
    }

    /// The same, by both clocks.
    pub fn moment(&self) -> Moment {
        self.about.happened.and_then(Moment::of_paper).unwrap_or_else(|| self.stamp.moment())
    }
}

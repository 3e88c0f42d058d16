//! Rework beyond the decision about a failed unit: a conforming unit is sent back, a scrap is reversed, a component in
//! quarantine is judged. And what a unit's record keeps of all its rework.

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::id::{Badge, Serial, StepId, UnitId};
use super::route::{Route, Step};
use super::time::At;
use super::traveller::{Ended, Ending, Installed, Out, Standing, Traveller};
use super::what::{Fate, Outcome, Piece, Removed, What};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reworking {
    /// A unit that nothing is wrong with goes back to a step that it passed.
    SendBack {
        /// Which; none: the open one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        /// To which step.
        to: StepId,
        /// What was taken out.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<Removed>,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// A scrapped unit waits for a decision again.
    Reverse {
        /// Which.
        unit: UnitId,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// It is decided what becomes of a component in quarantine.
    Judge {
        /// The unit that it was taken out of.
        unit: UnitId,
        /// Which.
        serial: Serial,
        /// What becomes of it.
        fate: Fate,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
}

impl Reworking {
    /// Who gives the command.
    pub fn by(&self) -> &Badge {
        match self {
            Self::SendBack { by, .. } | Self::Reverse { by, .. } | Self::Judge { by, .. } => by,
        }
    }

    /// Why.
    pub fn reason(&self) -> &String {
        match self {
            Self::SendBack { reason, .. } | Self::Reverse { reason, .. } | Self::Judge { reason, .. } => reason,
        }
    }

    /// The unit that it names.
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::SendBack { unit, .. } => unit.as_ref(),
            Self::Reverse { unit, .. } | Self::Judge { unit, .. } => Some(unit),
        }
    }
}

/// What a unit's record keeps of its rework.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rework {
    /// Each time that it went back, the oldest first; of a batch, that any of its pieces did.
    pub loops: Vec<Loop>,
    /// How often any of its pieces went back in all.
    pub times: u32,
    /// What was taken out since it was scrapped: then nobody would put another in.
    pub stripped: Vec<Serial>,
    /// What it was before it was scrapped.
    pub was: Standing,
}

/// One time that a unit went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loop {
    /// The step that failed, or that was due.
    pub from: Option<StepId>,
    /// Where it went back to.
    pub to: StepId,
    /// The steps that became due again.
    pub due: Vec<StepId>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
}

impl Traveller {
    /// What was begun and is not over when the unit goes back is done again.
    pub(super) fn break_off(&mut self, event: &Event) {
        for attempt in self.steps.iter_mut().filter_map(|s| s.attempts.last_mut()) {
            match &mut attempt.result {
                Some(ending) => ending.went_back = true,
                None => attempt.result = Some(Ending::of(Ended::SentBack, event)),
            }
        }
    }

    /// It is decided about a component that came out of the unit.
    pub(super) fn judge(&mut self, serial: &Serial, fate: Fate) {
        let waits = |i: &&mut Installed| {
            i.out == Some(Out::Removed(Fate::Quarantine)) && i.piece == Piece::Serial(serial.clone())
        };
        if let Some(piece) = self.installed.iter_mut().rev().find(waits) {
            piece.out = Some(Out::Removed(fate));
        }
    }
}

impl Rework {
    /// Folds one event of the unit.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn apply(&mut self, event: &Event) {
        let about = &event.about;
        let mut went_back = |to: &StepId, due: &[StepId]| {
            self.times = self.times.saturating_add(1);
            self.loops.push(Loop {
                from: about.step.clone(),
                to: to.clone(),
                due: due.to_vec(),
                reason: about.reason.clone(),
                by: about.by.clone(),
                at: event.stamp.at,
            });
        };
        match &event.what {
            What::Disposed(e) => match &e.outcome {
                Outcome::Rework { to, due, .. } => went_back(to, due),
                Outcome::Scrap => self.stripped.extend(e.removed.iter().map(|gone| gone.serial.clone())),
                Outcome::UseAsIs => {}
            },
            What::SentBack(e) => went_back(&e.to, &e.due),
            What::ComponentsRecovered(e) => self.stripped.extend(e.removed.iter().map(|gone| gone.serial.clone())),
            _ => {}
        }
    }

    /// Whether rework ever led to a step.
    pub fn led_to(&self, step: &StepId) -> bool {
        self.loops.iter().any(|l| l.to == *step)
    }

    /// Takes in how often the pieces of another batch went back. From each step, and in all, the greater count stays.
    pub(super) fn join(&mut self, theirs: &[Loop], times: Option<u32>) {
        let all = times.unwrap_or_else(|| u32::try_from(theirs.len()).unwrap_or(u32::MAX));
        self.times = self.times.max(all);
        for (at, back) in theirs.iter().enumerate() {
            let before = theirs.iter().take(at).filter(|l| l.from == back.from).count();
            if before >= self.loops.iter().filter(|l| l.from == back.from).count() {
                self.loops.push(back.clone());
            }
        }
    }

    /// How often any piece went back, where that is not as often as there are loops.
    pub fn times_told(&self) -> Option<u32> {
        Some(self.times).filter(|times| usize::try_from(*times) != Ok(self.loops.len()))
    }

    /// How often the unit went back, and how often it may, where it may not once more from a step.
    pub fn is_used_up(&self, route: &Route, from: &Step) -> Option<(u32, u32)> {
        let from_here = self.loops.iter().filter(|l| l.from.as_ref() == Some(&from.id)).count();
        let from_here = u32::try_from(from_here).unwrap_or(u32::MAX);
        let limits = [(from.rework_max, from_here), (route.rework_max, self.times)];
        limits.into_iter().find_map(|(most, count)| most.filter(|most| count >= *most).map(|most| (count, most)))
    }

    /// The last time that it went back, where a step is due for that.
    pub fn at(&self, step: &StepId) -> Option<&Loop> {
        self.loops.last().filter(|l| l.due.contains(step))
    }
}

//! What is done with pieces of the open batch: some of them fail, some go into a batch of their own, or those of
//! another batch come in. Asked one thing at a time; the last answer is the label of the other batch.

use super::acts::why;
use super::lead_choices::defects;
use super::question::{Answer, Choice, Doing, Picked, Question, Title, Unfit, pick, words};
use super::settlement::Work;
use crate::domain::command::{Batch, Command};
use crate::domain::id::UnitId;
use crate::domain::route::Route;

/// Digits that a number of pieces may have.
const DIGITS_MOST: usize = 7;

/// What may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// Some pieces fail the step.
    Reject,
    /// The whole batch fails the step.
    FailAll,
    /// Some pieces go into a batch of their own.
    Split,
    /// The pieces of another batch come in.
    Merge,
}

impl Handling {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Reject, Self::FailAll, Self::Split, Self::Merge];

    fn code(self) -> &'static str {
        match self {
            Self::Reject => "reject",
            Self::FailAll => "fail-all",
            Self::Split => "split",
            Self::Merge => "merge",
        }
    }
}

/// What is asked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// What is to be done.
    What,
    /// How many pieces.
    Count,
    /// Why they fail: from the route's list.
    Defect,
    /// Why they fail: in words.
    Words,
    /// The label of the other batch.
    Label,
}

/// A move of pieces in the making.
#[derive(Debug, Clone)]
pub struct Pieces {
    /// How many there are.
    pub there: u32,
    defects: Vec<Choice>,
    stage: Stage,
    trail: Vec<Stage>,
    /// What is to be done.
    pub moving: Option<Handling>,
    /// How many.
    pub count: Option<u32>,
    reason: String,
}

impl Pieces {
    /// Begins to ask; nothing where no batch is open.
    pub(super) fn of(work: &Work) -> Option<Self> {
        Some(Self {
            there: work.traveller.pieces()?,
            defects: defects(&work.route),
            stage: Stage::What,
            trail: Vec::new(),
            moving: None,
            count: None,
            reason: String::new(),
        })
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    pub(super) fn name(&self) -> &'static str {
        match self.stage {
            Stage::What => "pieces",
            Stage::Count => "pieces-count",
            Stage::Defect => "pieces-defect",
            Stage::Words => "pieces-words",
            Stage::Label => "pieces-label",
        }
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        match self.stage {
            Stage::What => {
                Handling::ALL.map(|m| Choice { code: m.code().to_owned(), title: Title::Handling(m) }).into()
            }
            Stage::Defect => self.defects.clone(),
            Stage::Count | Stage::Words | Stage::Label => Vec::new(),
        }
    }

    pub(super) fn back(mut self) -> Option<Self> {
        self.stage = self.trail.pop()?;
        Some(self)
    }

    pub(super) fn answer(mut self, text: &str, scanned: bool, route: Option<&Route>) -> Answer {
        match self.stage {
            Stage::What => match pick(text, scanned, &self.choices()) {
                Picked::One(Choice { title: Title::Handling(handling), .. }) => self.moves(handling),
                Picked::One(_) | Picked::Zero | Picked::Beyond => self.unfit(Unfit::NotListed),
                Picked::NoNumber => Answer::Stray,
            },
            Stage::Count => match counted(text, scanned) {
                Some(count) => {
                    self.count = Some(count);
                    let next = if self.moving == Some(Handling::Reject) { self.why() } else { Stage::Label };
                    self.go(next)
                }
                None => self.unfit(Unfit::NoQuantity),
            },
            Stage::Defect => match pick(text, scanned, &self.defects) {
                Picked::One(choice) => {
                    self.reason = choice.code;
                    self.go(Stage::Label)
                }
                Picked::Zero => self.go(Stage::Words),
                Picked::Beyond => self.unfit(Unfit::NotListed),
                Picked::NoNumber => Answer::Stray,
            },
            Stage::Words => match words(text, scanned, route) {
                Some(reason) => {
                    self.reason = reason;
                    self.go(Stage::Label)
                }
                None => Answer::Stray,
            },
            Stage::Label => match UnitId::parse(text).ok().and_then(|other| self.command(other)) {
                Some(command) => Answer::Submit(command, None),
                None => self.unfit(Unfit::NotListed),
            },
        }
    }

    fn moves(mut self, moving: Handling) -> Answer {
        self.moving = Some(moving);
        match moving {
            Handling::FailAll => Answer::Ask(why(Doing::Fail, self.defects)),
            Handling::Merge => self.go(Stage::Label),
            Handling::Reject | Handling::Split => self.go(Stage::Count),
        }
    }

    fn why(&self) -> Stage {
        if self.defects.is_empty() { Stage::Words } else { Stage::Defect }
    }

    fn go(mut self, next: Stage) -> Answer {
        self.trail.push(self.stage);
        self.stage = next;
        Answer::Ask(Question::Pieces(Box::new(self)))
    }

    fn unfit(self, why: Unfit) -> Answer {
        Answer::Unfit(Question::Pieces(Box::new(self)), why)
    }

    fn command(&self, other: UnitId) -> Option<Command> {
        let pieces = self.count.unwrap_or(0);
        let batch = match self.moving? {
            Handling::Reject => Batch::Reject { pieces, into: other, reason: self.reason.clone() },
            Handling::Split => Batch::Split { unit: None, pieces, into: other, by: None },
            Handling::Merge => Batch::Merge { unit: None, from: other, by: None },
            Handling::FailAll => return None,
        };
        Some(Command::Batch(batch))
    }
}

/// A number of pieces: typed, and a whole one.
pub(super) fn counted(text: &str, scanned: bool) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= DIGITS_MOST && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| digits && !scanned && *n > 0)
}

//! A lead says at a terminal why an hour fell short: which hour, why, badge and PIN. In the same list a paper may be
//! entered instead.

use super::from_paper::FromPaper;
use super::handover::downtime;
use super::line::Said;
use super::model::Model;
use super::question::{Answer, Choice, Picked, Question, Title, Unfit, pick};
use super::shifts::hours;
use super::signing::{Signature, Signed, Signing};
use crate::domain::command::Command;
use crate::domain::route::Route;
use crate::domain::time::At;
use crate::domain::watch::{WatchAct, Watching};

/// Hours that can be chosen: one digit names each.
const HOURS_MOST: usize = 9;

/// What is asked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Which hour.
    Hour,
    /// Why: from the plant's list.
    Reason,
    /// Why in words, and who says so.
    Signing(Signing),
}

impl Stage {
    /// Its name, in the code and in tests.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Reason => "hour-reason",
            Self::Signing(Signing::Words) => "hour-words",
            Self::Signing(Signing::Badge) => "hour-badge",
            Self::Signing(Signing::Pin) => "hour-pin",
        }
    }
}

/// An explanation in the making.
#[derive(Debug, Clone)]
pub struct Explaining {
    hours: Vec<At>,
    reasons: Vec<Choice>,
    stage: Stage,
    trail: Vec<Stage>,
    hour: Option<At>,
    signature: Signature,
    /// A paper that could be entered instead.
    paper: Option<Box<FromPaper>>,
}

impl Explaining {
    /// Begins to ask; nothing where no shift is known, or what time it is.
    pub(super) fn of(model: &Model) -> Option<Self> {
        let hours = hours::last(&model.settings.calendar, model.status.now.as_ref()?.at, HOURS_MOST);
        let reasons = downtime(model);
        let is_any = !hours.is_empty();
        let (stage, trail, signature) = (Stage::Hour, Vec::new(), Signature::default());
        let paper = FromPaper::of(model).map(Box::new);
        let explaining = Self { hours, reasons, stage, trail, hour: None, signature, paper };
        is_any.then_some(explaining)
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    pub(super) fn signing(&self) -> Option<Signing> {
        if let Stage::Signing(at) = self.stage { Some(at) } else { None }
    }

    /// Whether a paper could be entered instead.
    pub fn may_be_paper(&self) -> bool {
        self.stage == Stage::Hour && self.paper.is_some()
    }

    /// The hour that was chosen.
    pub fn hour(&self) -> Option<At> {
        self.hour
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        match self.stage {
            Stage::Hour => {
                let choice = |hour: &At| Choice { code: hour.to_string(), title: Title::Hour(*hour) };
                self.hours.iter().map(choice).collect()
            }
            Stage::Reason => self.reasons.clone(),
            Stage::Signing(_) => Vec::new(),
        }
    }

    pub(super) fn back(mut self) -> Option<Self> {
        self.stage = self.trail.pop()?;
        Some(self)
    }

    pub(super) fn answer(self: Box<Self>, said: Said, scanned: bool, route: Option<&Route>) -> Answer {
        match (self.stage, said) {
            (Stage::Signing(at), said) => self.sign(at, said, scanned, route),
            (Stage::Hour | Stage::Reason, Said::Text(text)) => self.choose(&text, scanned),
            (Stage::Hour | Stage::Reason, Said::Secret(_)) => Answer::Unfit(self.stands(), Unfit::NotListed),
        }
    }

    fn choose(mut self: Box<Self>, text: &str, scanned: bool) -> Answer {
        match (pick(text, scanned, &self.choices()), self.stage) {
            (Picked::One(Choice { title: Title::Hour(hour), .. }), _) => {
                self.hour = Some(hour);
                let words = Stage::Signing(Signing::Words);
                let next = if self.reasons.is_empty() { words } else { Stage::Reason };
                self.go(next)
            }
            (Picked::One(choice), _) => {
                self.signature.reason = choice.code;
                self.ask(Signing::Badge)
            }
            (Picked::Zero, Stage::Hour) if self.may_be_paper() => match self.paper {
                Some(paper) => Answer::Ask(Question::Paper(paper)),
                None => Answer::Unfit(self.stands(), Unfit::NotListed),
            },
            (Picked::Zero, Stage::Reason) => self.ask(Signing::Words),
            (Picked::Zero | Picked::Beyond, _) => Answer::Unfit(self.stands(), Unfit::NotListed),
            (Picked::NoNumber, _) => Answer::Stray,
        }
    }

    fn go(mut self: Box<Self>, next: Stage) -> Answer {
        self.trail.push(self.stage);
        self.stage = next;
        Answer::Ask(self.stands())
    }
}

impl Signed for Explaining {
    fn signature(&mut self) -> &mut Signature {
        &mut self.signature
    }

    fn ask(self: Box<Self>, next: Signing) -> Answer {
        self.go(Stage::Signing(next))
    }

    fn stands(self: Box<Self>) -> Question {
        Question::Hour(self)
    }

    fn command(&self) -> Option<Command> {
        let Signature { reason, badge } = self.signature.clone();
        let act = WatchAct::Explain { hour: self.hour?, reason };
        Some(Command::Watch(Box::new(Watching { at: None, act, by: Some(badge?) })))
    }
}

//! A paper is entered at the terminal: the time that it states, and whoever witnesses it, by badge and PIN. Whoever is
//! signed on enters it. From then on the screens are those of live work, until the paper is at its end.

use jiff::tz::TimeZone;

use super::line::Said;
use super::model::Model;
use super::question::{Answer, Question, Unfit};
use super::signing::{Signature, Signed, Signing};
use super::stated::stated;
use crate::domain::command::Command;
use crate::domain::paper::{OpenPaper, Paper};
use crate::domain::route::Route;
use crate::domain::time::At;

/// What is asked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// When it happened.
    Time,
    /// Who witnesses it.
    Signing(Signing),
}

/// A paper that is about to be entered.
#[derive(Debug, Clone)]
pub struct FromPaper {
    zone: TimeZone,
    now: Option<At>,
    stage: Stage,
    time: Option<At>,
    signature: Signature,
}

impl FromPaper {
    /// Begins to ask; nothing where nobody is here to enter it.
    pub(super) fn of(model: &Model) -> Option<Self> {
        let (zone, now) = (model.settings.calendar.zone().clone(), model.status.now.as_ref().map(|now| now.at));
        let (stage, signature) = (Stage::Time, Signature::default());
        model.desk.operator.as_ref().map(|_| Self { zone, now, stage, time: None, signature })
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The time that it states.
    pub fn time(&self) -> Option<At> {
        self.time
    }

    /// Its name, in the code and in tests.
    pub(super) fn name(&self) -> &'static str {
        match self.stage {
            Stage::Time => "paper-time",
            Stage::Signing(Signing::Words | Signing::Badge) => "paper-badge",
            Stage::Signing(Signing::Pin) => "paper-pin",
        }
    }

    pub(super) fn signing(&self) -> Option<Signing> {
        if let Stage::Signing(at) = self.stage { Some(at) } else { None }
    }

    pub(super) fn answer(mut self: Box<Self>, said: Said, scanned: bool, route: Option<&Route>) -> Answer {
        match (self.stage, said) {
            (Stage::Signing(at), said) => self.sign(at, said, scanned, route),
            (Stage::Time, Said::Text(text)) => match stated(&text, &self.zone, self.now).filter(|_| !scanned) {
                Some(time) => {
                    self.time = Some(time);
                    self.ask(Signing::Badge)
                }
                None => Answer::Unfit(self.stands(), Unfit::NoTime),
            },
            (Stage::Time, Said::Secret(_)) => Answer::Unfit(self.stands(), Unfit::NoTime),
        }
    }

    /// The question before; none: back to the screen.
    pub(super) fn back(mut self: Box<Self>) -> Option<Box<Self>> {
        self.stage = match self.stage {
            Stage::Time => return None,
            Stage::Signing(Signing::Words | Signing::Badge) => Stage::Time,
            Stage::Signing(Signing::Pin) => Stage::Signing(Signing::Badge),
        };
        Some(self)
    }
}

impl Signed for FromPaper {
    fn signature(&mut self) -> &mut Signature {
        &mut self.signature
    }

    fn ask(mut self: Box<Self>, next: Signing) -> Answer {
        self.stage = Stage::Signing(next);
        Answer::Ask(self.stands())
    }

    fn stands(self: Box<Self>) -> Question {
        Question::Paper(self)
    }

    fn command(&self) -> Option<Command> {
        let witness = self.signature.badge.clone()?;
        Some(Command::Paper(Paper::Begin { time: self.time?, witness }))
    }
}

impl Model {
    /// The paper that is being entered here.
    pub fn paper(&self) -> Option<&OpenPaper> {
        self.desk.station.paper.as_ref()
    }
}

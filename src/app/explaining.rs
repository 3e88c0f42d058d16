//! A lead says at a terminal why an hour fell short: which hour, why, badge and PIN.

use super::line::Said;
use super::model::Model;
use super::question::{Answer, Choice, Picked, Question, Title, Unfit, digits, pick, words};
use super::secret::Secret;
use super::shifts::hours;
use crate::domain::command::Command;
use crate::domain::id::Badge;
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
    /// Why: in words.
    Words,
    /// Who says so.
    Badge,
    /// The PIN of that badge.
    Pin,
}

impl Stage {
    /// Its name, in the code and in tests.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Reason => "hour-reason",
            Self::Words => "hour-words",
            Self::Badge => "hour-badge",
            Self::Pin => "hour-pin",
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
    reason: String,
    badge: Option<Badge>,
}

impl Explaining {
    /// Begins to ask; nothing where no shift is known, or what time it is.
    pub(super) fn of(model: &Model) -> Option<Self> {
        let hours = hours::last(&model.settings.calendar, model.status.now.as_ref()?.at, HOURS_MOST);
        let plain =
            |(code, title): &(String, String)| Choice { code: code.clone(), title: Title::Plain(title.clone()) };
        let reasons = model.settings.downtime.iter().map(plain).collect();
        let is_any = !hours.is_empty();
        let explaining = Self {
            hours,
            reasons,
            stage: Stage::Hour,
            trail: Vec::new(),
            hour: None,
            reason: String::new(),
            badge: None,
        };
        is_any.then_some(explaining)
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        self.stage
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
            Stage::Words | Stage::Badge | Stage::Pin => Vec::new(),
        }
    }

    pub(super) fn back(mut self) -> Option<Self> {
        self.stage = self.trail.pop()?;
        Some(self)
    }

    pub(super) fn answer(mut self: Box<Self>, said: Said, scanned: bool, route: Option<&Route>) -> Answer {
        let text = match said {
            Said::Secret(pin) => return self.sign(pin),
            Said::Text(text) => text,
        };
        match self.stage {
            Stage::Hour | Stage::Reason => self.choose(&text, scanned),
            Stage::Words => match words(&text, scanned, route) {
                Some(reason) => {
                    self.reason = reason;
                    self.go(Stage::Badge)
                }
                None => Answer::Stray,
            },
            Stage::Badge => match Badge::parse(&text) {
                Ok(badge) => {
                    self.badge = Some(badge);
                    self.go(Stage::Pin)
                }
                Err(_bad) => Answer::Unfit(Question::Hour(self), Unfit::NoBadge),
            },
            Stage::Pin => Answer::Stray,
        }
    }

    fn choose(mut self: Box<Self>, text: &str, scanned: bool) -> Answer {
        match (pick(text, scanned, &self.choices()), self.stage) {
            (Picked::One(Choice { title: Title::Hour(hour), .. }), _) => {
                self.hour = Some(hour);
                let next = if self.reasons.is_empty() { Stage::Words } else { Stage::Reason };
                self.go(next)
            }
            (Picked::One(choice), _) => {
                self.reason = choice.code;
                self.go(Stage::Badge)
            }
            (Picked::Zero, Stage::Reason) => self.go(Stage::Words),
            (Picked::Zero | Picked::Beyond, _) => Answer::Unfit(Question::Hour(self), Unfit::NotListed),
            (Picked::NoNumber, _) => Answer::Stray,
        }
    }

    fn go(mut self: Box<Self>, next: Stage) -> Answer {
        self.trail.push(self.stage);
        self.stage = next;
        Answer::Ask(Question::Hour(self))
    }

    fn sign(self: Box<Self>, pin: Secret) -> Answer {
        match (digits(pin), self.command()) {
            (Some(pin), Some(command)) => Answer::Submit(command, Some(pin)),
            _ => Answer::Unfit(Question::Hour(self), Unfit::NotDigits),
        }
    }

    fn command(&self) -> Option<Command> {
        let act = WatchAct::Explain { hour: self.hour?, reason: self.reason.clone() };
        Some(Command::Watch(Box::new(Watching { at: None, act, by: Some(self.badge.clone()?) })))
    }
}

//! A second lead confirms a recovered PIN at the terminal: a badge, then its PIN.

use super::line::Said;
use super::question::{Answer, Question, Unfit, digits};
use crate::domain::command::Command;
use crate::domain::confirming::ConfirmPin;
use crate::domain::id::Badge;

/// The confirmation in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// Whose PIN it is about.
    pub of: Badge,
    /// Who confirms it, once that is known.
    by: Option<Badge>,
}

impl Confirm {
    /// Begins to ask.
    pub(super) fn of(of: Badge) -> Self {
        Self { of, by: None }
    }

    /// Whether the PIN is asked for; else the badge is.
    pub fn asks_pin(&self) -> bool {
        self.by.is_some()
    }

    pub(super) fn answer(mut self, said: Said) -> Answer {
        match (said, self.by.clone()) {
            (Said::Text(text), None) => match Badge::parse(&text) {
                Ok(badge) => {
                    self.by = Some(badge);
                    Answer::Ask(Question::Confirm(self))
                }
                Err(_bad) => Answer::Unfit(Question::Confirm(self), Unfit::NoBadge),
            },
            (Said::Text(_), Some(_)) => Answer::Stray,
            (Said::Secret(pin), Some(by)) => match digits(pin) {
                Some(pin) => Answer::Submit(Command::ConfirmPin(ConfirmPin { badge: self.of, by }), Some(pin)),
                None => Answer::Unfit(Question::Confirm(self), Unfit::NotDigits),
            },
            (Said::Secret(_), None) => Answer::Unfit(Question::Confirm(self), Unfit::NotListed),
        }
    }

    pub(super) fn back(mut self) -> Option<Self> {
        self.by.take().map(|_| self)
    }
}

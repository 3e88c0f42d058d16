//! A first piece is given up at the terminal, so that the next unit is: why, a badge, its PIN.

use super::line::Said;
use super::model::{Face, Model};
use super::question::{Answer, Question, Unfit, digits, words};
use crate::domain::command::Command;
use crate::domain::first_piece::DropFirstPiece;
use crate::domain::id::{Badge, UnitId};
use crate::domain::refusal::Code;
use crate::domain::route::Route;

/// What is asked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Why.
    Words,
    /// Who says so.
    Badge,
    /// The PIN of that badge.
    Pin,
}

/// What is said so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivingUp {
    /// The first piece.
    pub unit: UnitId,
    reason: Option<String>,
    by: Option<Badge>,
}

impl GivingUp {
    /// Its name, in the code and in tests.
    pub(super) fn name(&self) -> &'static str {
        match self.stage() {
            Stage::Words => "give-up-words",
            Stage::Badge => "give-up-badge",
            Stage::Pin => "give-up-pin",
        }
    }

    /// Begins to ask, where the stop that shows is about a first piece.
    pub(super) fn of(model: &Model) -> Option<Self> {
        let Face::Stopped(stop) = &model.face else { return None };
        let first = stop.refusal.evidence.first.clone().filter(|_| stop.refusal.code == Code::FirstPiece);
        first.map(|unit| Self { unit, reason: None, by: None })
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        match (&self.reason, &self.by) {
            (None, _) => Stage::Words,
            (Some(_), None) => Stage::Badge,
            (Some(_), Some(_)) => Stage::Pin,
        }
    }

    pub(super) fn answer(mut self: Box<Self>, said: Said, scanned: bool, route: Option<&Route>) -> Answer {
        match (self.stage(), said) {
            (Stage::Words, Said::Text(text)) => match words(&text, scanned, route) {
                Some(reason) => {
                    self.reason = Some(reason);
                    Answer::Ask(Question::GivingUp(self))
                }
                None => Answer::Stray,
            },
            (Stage::Badge, Said::Text(text)) => match Badge::parse(&text) {
                Ok(badge) => {
                    self.by = Some(badge);
                    Answer::Ask(Question::GivingUp(self))
                }
                Err(_bad) => Answer::Unfit(Question::GivingUp(self), Unfit::NoBadge),
            },
            (Stage::Pin, Said::Secret(pin)) => match (digits(pin), self.reason.clone().zip(self.by.clone())) {
                (Some(pin), Some((reason, by))) => {
                    let dropped = DropFirstPiece { unit: self.unit, reason, by };
                    Answer::Submit(Command::DropFirstPiece(Box::new(dropped)), Some(pin))
                }
                _ => Answer::Unfit(Question::GivingUp(self), Unfit::NotDigits),
            },
            (Stage::Pin, Said::Text(_)) => Answer::Stray,
            (Stage::Words | Stage::Badge, Said::Secret(_)) => Answer::Unfit(Question::GivingUp(self), Unfit::NotListed),
        }
    }

    /// The question before; none: back to the screen.
    pub(super) fn back(mut self: Box<Self>) -> Option<Box<Self>> {
        if self.by.take().is_some() {
            return Some(self);
        }
        self.reason.take().map(|_| self)
    }
}

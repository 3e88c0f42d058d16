//! How a question ends that somebody signs: why, whose badge, and the PIN of that badge. What is asked before is each
//! question's own.

use super::line::Said;
use super::question::{Answer, Question, Unfit, digits, words};
use crate::domain::command::Command;
use crate::domain::id::Badge;
use crate::domain::route::Route;

/// What is asked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// Why: in words.
    Words,
    /// Who says so.
    Badge,
    /// The PIN of that badge.
    Pin,
}

/// The reason and the badge, as far as they were given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Signature {
    pub(super) reason: String,
    pub(super) badge: Option<Badge>,
}

/// A question that ends with a signature.
pub(super) trait Signed {
    /// What was given of it so far.
    fn signature(&mut self) -> &mut Signature;

    /// Goes on to ask.
    fn ask(self: Box<Self>, next: Signing) -> Answer;

    /// The question as it stands.
    fn stands(self: Box<Self>) -> Question;

    /// What is signed, once everything is said.
    fn command(&self) -> Option<Command>;

    /// Takes a line where a part of the signature is asked for.
    fn sign(mut self: Box<Self>, at: Signing, said: Said, scanned: bool, route: Option<&Route>) -> Answer {
        match (at, said) {
            (Signing::Words, Said::Text(text)) => match words(&text, scanned, route) {
                Some(reason) => {
                    self.signature().reason = reason;
                    self.ask(Signing::Badge)
                }
                None => Answer::Stray,
            },
            (Signing::Badge, Said::Text(text)) => match Badge::parse(&text) {
                Ok(badge) => {
                    self.signature().badge = Some(badge);
                    self.ask(Signing::Pin)
                }
                Err(_bad) => Answer::Unfit(self.stands(), Unfit::NoBadge),
            },
            (Signing::Pin, Said::Secret(pin)) => match (digits(pin), self.command()) {
                (Some(pin), Some(command)) => Answer::Submit(command, Some(pin)),
                _ => Answer::Unfit(self.stands(), Unfit::NotDigits),
            },
            (Signing::Pin, Said::Text(_)) => Answer::Stray,
            (Signing::Words | Signing::Badge, Said::Secret(_)) => Answer::Unfit(self.stands(), Unfit::NotListed),
        }
    }
}

//! A first piece is given up at the terminal, so that the next unit is: why, a badge, its PIN.

use super::line::Said;
use super::model::{Face, Model};
use super::question::{Answer, Question};
use super::signing::{Signature, Signed, Signing};
use crate::domain::command::Command;
use crate::domain::first_piece::DropFirstPiece;
use crate::domain::id::UnitId;
use crate::domain::refusal::Code;
use crate::domain::route::Route;

/// What is said so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivingUp {
    /// The first piece.
    pub unit: UnitId,
    signing: Signing,
    signature: Signature,
}

impl GivingUp {
    /// Its name, in the code and in tests.
    pub(super) fn name(&self) -> &'static str {
        match self.signing {
            Signing::Words => "give-up-words",
            Signing::Badge => "give-up-badge",
            Signing::Pin => "give-up-pin",
        }
    }

    /// Begins to ask, where the stop that shows is about a first piece.
    pub(super) fn of(model: &Model) -> Option<Self> {
        let Face::Stopped(stop) = &model.face else { return None };
        let first = stop.refusal.evidence.first.clone().filter(|_| stop.refusal.code == Code::FirstPiece);
        first.map(|unit| Self { unit, signing: Signing::Words, signature: Signature::default() })
    }

    /// What is asked for at the moment.
    pub fn signing(&self) -> Signing {
        self.signing
    }

    pub(super) fn answer(self: Box<Self>, said: Said, scanned: bool, route: Option<&Route>) -> Answer {
        let at = self.signing;
        self.sign(at, said, scanned, route)
    }

    /// The question before; none: back to the screen.
    pub(super) fn back(mut self: Box<Self>) -> Option<Box<Self>> {
        self.signing = match self.signing {
            Signing::Words => return None,
            Signing::Badge => Signing::Words,
            Signing::Pin => Signing::Badge,
        };
        Some(self)
    }
}

impl Signed for GivingUp {
    fn signature(&mut self) -> &mut Signature {
        &mut self.signature
    }

    fn ask(mut self: Box<Self>, next: Signing) -> Answer {
        self.signing = next;
        Answer::Ask(self.stands())
    }

    fn stands(self: Box<Self>) -> Question {
        Question::GivingUp(self)
    }

    fn command(&self) -> Option<Command> {
        let Signature { reason, badge } = self.signature.clone();
        let dropped = DropFirstPiece { unit: self.unit.clone(), reason, by: badge? };
        Some(Command::DropFirstPiece(Box::new(dropped)))
    }
}

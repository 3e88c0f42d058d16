//! Packing at the terminal: what keys do beside scanning.

use super::model::{Model, Screen};
use crate::domain::command::Command;
use crate::domain::gate::decision::Did;
use crate::domain::id::UnitId;
use crate::domain::packing::Packing;
use crate::domain::packing::command::Number;

/// A carton begins with the next number of the house.
pub(super) fn begin(model: &Model) -> Option<Command> {
    let number = Number::Next(model.settings.cartons.clone()?);
    Some(Command::Pack(Packing::Begin { number, holds: None, same: Vec::new(), by: None }))
}

impl Model {
    /// The unit that was packed with the last answer, where its carton is still at hand.
    pub fn last_packed(&self) -> Option<&UnitId> {
        let Screen::Carton(carton) = self.screen() else { return None };
        let last = self.last.as_ref().filter(|last| last.answer == Ok(Did::UnitPacked))?;
        let is_here = last.carton.as_ref().is_some_and(|packed| packed.carton == carton.carton);
        last.unit.as_ref().filter(|_| is_here)
    }
}

/// The unit that was packed last comes out again.
pub(super) fn take_out(unit: UnitId, reason: String) -> Command {
    Command::Pack(Packing::TakeOut { unit, reason, by: None })
}

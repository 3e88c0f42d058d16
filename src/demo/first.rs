//! First pieces and golden samples in the week of the example plant.

use super::act::Act;
use super::cast::Pins;
use super::operator::Task;
use super::plant::Plant;
use crate::app::port::{Fault, Ledger};
use crate::domain::command::Command;
use crate::domain::role::Role;

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// Quality comes to approve the first piece.
    pub(super) fn approve(&mut self, bench: usize, task: &Task<'_>) -> Result<Vec<Act>, Fault> {
        let at = self.floor.bench(bench)?;
        let (present, turn) = (at.present, at.shift);
        let attempts = task.work.traveller.step(&task.step.id).map(|s| s.attempts.as_slice()).unwrap_or_default();
        let mut not: Vec<_> = attempts.iter().flat_map(|a| a.workers.iter().cloned()).collect();
        not.extend(present.map(|who| self.cast.badge(who)).transpose()?);
        let found = [Role::Quality, Role::Lead].into_iter().find_map(|role| self.cast.holder(role, &not, turn));
        let nobody = || Fault::new("nobody of the plant may approve a first piece", "enrol somebody who may");
        let badge = self.cast.badge(found.ok_or_else(nobody)?)?;
        Ok(vec![Act::by_hand(Command::Sign { badge: badge.clone() }, badge)])
    }
}

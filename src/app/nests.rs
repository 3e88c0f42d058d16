//! Several units open at one station: the screen shows one of them, and what is done is said of that one.

use super::model::Model;
use super::settlement::{Desk, Work};
use crate::domain::command::Command;
use crate::domain::id::UnitId;

impl Model {
    /// A command, said of the unit that shows, where several are open.
    pub(super) fn said_of(&self, command: Command) -> Command {
        match self.shown_unit().filter(|_| !self.desk.beside.is_empty()) {
            Some(unit) => command.of(unit),
            None => command,
        }
    }

    /// The unit that shows.
    pub(super) fn shown_unit(&self) -> Option<&UnitId> {
        self.desk.open.as_ref().and_then(|work| work.traveller.unit.as_ref())
    }

    /// Turns to the unit in the next nest, or in the one before. Nothing is recorded.
    pub(super) fn turn_nest(&mut self, forward: bool) {
        let of = |work: &&Work| work.traveller.unit.clone();
        let all: Vec<UnitId> = self.desk.all_open().iter().filter_map(of).collect();
        let here = self.shown_unit().and_then(|unit| all.iter().position(|u| u == unit));
        let step = if forward { 1 } else { all.len().saturating_sub(1) };
        let to = here.and_then(|at| all.get((at + step) % all.len().max(1)));
        if let Some(to) = to {
            self.desk.turn_to(to);
        }
    }
}

impl Desk {
    /// The station as it stands now, still turned to the unit that showed, where that is open.
    #[must_use]
    pub(super) fn still_turned(mut self, before: &Self) -> Self {
        if let Some(unit) = before.open.as_ref().and_then(|work| work.traveller.unit.as_ref()) {
            self.turn_to(unit);
        }
        self
    }
}

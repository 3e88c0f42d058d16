//! Many commands under one commit: all of them, or none.
//!
//! A recall concerns a hundred thousand units and is one act all the same. Each command is decided by the gate as if it
//! came alone; what was decided before it is seen by it. The first refusal ends the whole, and is itself a record.

use super::port::{Fault, Ledger, Receipt, commit};
use super::settlement::{Desk, Settlement};
use super::submit::{Enacted, enact};
use crate::domain::ambient::Ambient;
use crate::domain::command::Command;

/// Commands that are being given under one commit.
pub struct Together<'l, L> {
    ledger: &'l mut L,
    now: Ambient,
}

/// Why it ended before all was given.
#[derive(Debug)]
pub enum Stopped {
    /// A command was refused.
    Refused(Box<(Command, Enacted)>),
    /// The machine failed.
    Fault(Fault),
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What became of all of them.
#[derive(Debug)]
pub enum Ended<T> {
    /// All was done, and is durable.
    Done(T, Receipt),
    /// Nothing was done. The refusal is on record.
    Refused(Box<Settlement>),
}

impl<L: Ledger> Together<'_, L> {
    /// Gives one more command to the gate.
    pub fn give(&mut self, command: &Command) -> Result<Enacted, Stopped> {
        let enacted = enact(self.ledger, command, &self.now)?;
        if enacted.answer.is_err() {
            return Err(Stopped::Refused(Box::new((command.clone(), enacted))));
        }
        Ok(enacted)
    }

    /// Gives one more command, with what the outside knows of it. A refusal ends nothing by itself.
    pub fn give_as(&mut self, command: &Command, now: &Ambient) -> Result<Enacted, Fault> {
        enact(self.ledger, command, now)
    }

    /// The ledger, to read between two commands.
    pub fn ledger(&mut self) -> &mut L {
        self.ledger
    }
}

/// Has `work` give commands one after another, and makes what they did durable in one commit.
pub fn submit_together<L: Ledger, T>(
    ledger: &mut L,
    now: &Ambient,
    work: impl FnOnce(&mut Together<'_, L>) -> Result<T, Stopped>,
) -> Result<Ended<T>, Fault> {
    ledger.begin()?;
    let mut together = Together { ledger, now: now.clone() };
    match work(&mut together) {
        Ok(done) => Ok(Ended::Done(done, commit(ledger).inspect_err(|_fault| ledger.rollback())?)),
        Err(Stopped::Fault(fault)) => {
            ledger.rollback();
            Err(fault)
        }
        Err(Stopped::Refused(refused)) => {
            ledger.rollback();
            let (command, enacted) = *refused;
            record(ledger, &command, now, enacted).map(|settled| Ended::Refused(Box::new(settled)))
        }
    }
}

/// Puts the refusal on record, as that of the one command. Where the command is refused only for what was given before
/// it and is now forgotten, nothing is recorded: nothing has happened.
fn record(ledger: &mut impl Ledger, command: &Command, now: &Ambient, before: Enacted) -> Result<Settlement, Fault> {
    ledger.begin()?;
    let again = enact(ledger, command, now).inspect_err(|_fault| ledger.rollback())?;
    if again.answer.is_err() && !again.events.is_empty() {
        let receipt = commit(ledger).inspect_err(|_fault| ledger.rollback())?;
        return Ok(again.settled(Some(receipt)));
    }
    ledger.rollback();
    Ok(Enacted { event: None, ..before }.settled(None))
}

impl Enacted {
    /// The settlement of a command that was given away from any station.
    pub fn settled(self, receipt: Option<Receipt>) -> Settlement {
        Settlement {
            step: self.events.iter().find_map(|e| e.about.step.clone()),
            answer: self.answer,
            receipt,
            event: self.event,
            unit: self.unit,
            work: None,
            passed: self.passed,
            carton: None,
            remarks: self.remarks,
            desk: Desk::default(),
        }
    }
}

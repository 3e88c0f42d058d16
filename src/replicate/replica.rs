//! What a run asks of a place that holds a replica, wherever that is.

use serde::{Deserialize, Serialize};

use super::replaced::other_lives;
use super::segment::Name;
use super::target::{Found, Target};
use crate::app::port::Fault;
use crate::domain::event::EventRef;
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::chain::Hash;

/// A life of a terminal that goes on from another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Life {
    /// The life.
    pub epoch: Epoch,
    /// The event that it was begun after.
    pub after: EventRef,
}

/// A place that holds a replica.
pub trait Replica {
    /// Its mark.
    fn mark(&self) -> &str;
    /// The lives of a terminal there that go on from another one, but those that are known.
    fn other_lives(&mut self, terminal: &TerminalId, known: &[Epoch]) -> Result<Vec<Life>, Fault>;
    /// The segments of a stream, by their names.
    fn found(&mut self, terminal: &TerminalId, epoch: &Epoch) -> Result<Found, Fault>;
    /// Removes what a run that ended early left half written in a stream.
    fn tidy(&mut self, terminal: &TerminalId, epoch: &Epoch) -> Result<(), Fault>;
    /// Reads a segment again, and proves that it is what its name says.
    fn prove(&mut self, name: &Name, previous: Hash) -> Result<(), Fault>;
    /// Whether it still is where it was: what was acknowledged is found there again.
    fn is_in_place(&mut self) -> Result<(), Fault>;
    /// Takes a segment; when this returns it is durable there, and was read back and proven.
    fn send(&mut self, name: &Name, previous: Hash, file: &[u8]) -> Result<(), Fault>;
}

impl Replica for Target {
    fn mark(&self) -> &str {
        Self::mark(self)
    }

    fn other_lives(&mut self, terminal: &TerminalId, known: &[Epoch]) -> Result<Vec<Life>, Fault> {
        other_lives(self, terminal, known)
    }

    fn found(&mut self, terminal: &TerminalId, epoch: &Epoch) -> Result<Found, Fault> {
        Self::found(self, terminal, epoch)
    }

    fn tidy(&mut self, terminal: &TerminalId, epoch: &Epoch) -> Result<(), Fault> {
        Self::tidy(self, terminal, epoch)
    }

    fn prove(&mut self, name: &Name, previous: Hash) -> Result<(), Fault> {
        Self::prove(self, name, previous)
    }

    fn is_in_place(&mut self) -> Result<(), Fault> {
        Self::is_in_place(self)
    }

    fn send(&mut self, name: &Name, previous: Hash, file: &[u8]) -> Result<(), Fault> {
        Self::send(self, name, previous, file)
    }
}

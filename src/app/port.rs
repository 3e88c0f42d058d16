//! What the app needs of a ledger, and the one place where a receipt is made.

use std::sync::Arc;

use crate::domain::event::Event;
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::{Badge, Epoch, Revision, RouteId, StationId, TerminalId, UnitId};
use crate::domain::route::Route;
use crate::domain::station::Station;
use crate::domain::traveller::Traveller;

/// Where a stream of events stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The ledger's device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// The last event; 0 before the first.
    pub seq: u64,
    /// Its hash, in lowercase hex; 64 zeros before the first.
    pub hash: String,
    /// The latest moment of the record: of the last event, or a later one that could be trusted; none before the first.
    pub at: Option<crate::domain::time::At>,
}

/// The machine failed. Nothing of the action is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}; {instead}")]
pub struct Fault {
    /// What failed, as a sentence without a full stop.
    pub what: String,
    /// What to do about it.
    pub instead: String,
}

impl Fault {
    /// A fault, and what to do about it.
    pub fn new(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { what: what.into(), instead: instead.into() }
    }
}

/// A ledger that takes actions. Between `begin` and `commit` or `rollback` everything is one write transaction, and
/// every answer is what that transaction sees, the action's own events included.
pub trait Ledger {
    /// Takes the write lock.
    fn begin(&mut self) -> Result<(), Fault>;
    /// Where the stream stands.
    fn head(&mut self) -> Result<Head, Fault>;
    /// The station as it stands; a fresh one where nothing was recorded yet.
    fn station(&mut self, station: &StationId) -> Result<Station, Fault>;
    /// The unit's history, folded; an unborn one where there is none.
    fn traveller(&mut self, unit: &UnitId) -> Result<Arc<Traveller>, Fault>;
    /// A released route revision, withdrawn ones included.
    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault>;
    /// Answers one question, into `facts`. `Ask::Unit` brings the route it is pinned to, or, for an unborn unit,
    /// the route that claims its number: the newest release, and a withdrawn one only where no other claims it.
    /// `Ask::Labelled` does so by the GTIN, where no plain text was answered with a unit before.
    fn answer(&mut self, ask: &Ask, facts: &mut Facts) -> Result<(), Fault>;
    /// The lead whose PIN was given without one, and whom no second lead confirmed yet.
    fn unconfirmed(&mut self) -> Result<Option<Badge>, Fault>;
    /// Appends the events of one action, in order; they follow the head.
    fn append(&mut self, events: &[Event]) -> Result<(), Fault>;
    /// Makes everything since `begin` durable. Returns only when it is.
    fn commit(&mut self) -> Result<Head, Fault>;
    /// Forgets everything since `begin`.
    fn rollback(&mut self);
}

/// Proof that events are durable: made only after a commit returned, in [`commit`], and nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    head: Head,
}

impl Receipt {
    /// Where the stream stood after the commit.
    pub fn head(&self) -> &Head {
        &self.head
    }
}

/// Commits, and makes the receipt of it.
pub fn commit(ledger: &mut impl Ledger) -> Result<Receipt, Fault> {
    let head = ledger.commit()?;
    Ok(Receipt { head })
}

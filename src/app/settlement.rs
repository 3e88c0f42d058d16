//! What became of a command: the answer, and the station as it stands afterwards.

use std::sync::Arc;

use super::port::Receipt;
use crate::domain::gate::decision::Did;
use crate::domain::id::{Badge, Epoch, StepId, TerminalId, UnitId};
use crate::domain::order::Order;
use crate::domain::packing::{Carton, Shipment};
use crate::domain::person::Person;
use crate::domain::refusal::Refusal;
use crate::domain::route::Route;
use crate::domain::station::Station;
use crate::domain::traveller::Traveller;
use crate::domain::what::Remark;

/// Identifies an event.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct EventId {
    /// The ledger's device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// Its number there.
    pub seq: u64,
}

/// A unit's record, and the route that it is pinned to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The record.
    pub traveller: Arc<Traveller>,
    /// The route.
    pub route: Arc<Route>,
}

/// A station as it stands: who is there, and what is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Desk {
    /// The fold of the station.
    pub station: Station,
    /// Who is signed on.
    pub operator: Option<Person>,
    /// The open unit; where several are open, the one that is worked on.
    pub open: Option<Work>,
    /// The carton at hand.
    pub carton: Option<Carton>,
    /// The shipment at hand.
    pub shipment: Option<Shipment>,
    /// The others that are open, in the order of their nests.
    pub beside: Vec<Work>,
    /// The first unit of the load here: what is observed of the load is what its step asks.
    pub load: Option<Work>,
    /// Its order, and how far that is.
    pub order: Option<Order>,
    /// The lead whose PIN was given without one, and whom no second lead confirmed yet.
    pub recovered: Option<Badge>,
}

impl Desk {
    /// Turns to a unit that is open here.
    pub fn turn_to(&mut self, unit: &UnitId) {
        let Some(at) = self.beside.iter().position(|w| w.traveller.unit.as_ref() == Some(unit)) else { return };
        let before = self.open.replace(self.beside.remove(at));
        self.beside.extend(before);
        self.beside.sort_by_key(Work::nest);
    }

    /// Every unit that is open here, in the order of the nests.
    pub fn all_open(&self) -> Vec<&Work> {
        let mut all: Vec<&Work> = self.open.iter().chain(&self.beside).collect();
        all.sort_by_key(|w| w.nest());
        all
    }
}

impl Work {
    /// The nest in which the unit is open.
    pub fn nest(&self) -> Option<u32> {
        self.traveller.open.as_ref()?.nest
    }
}

/// What became of a command. Made only after what it reports is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// What was done, or why not.
    pub answer: Result<Did, Refusal>,
    /// Proof that it is durable; none where nothing was to be recorded.
    pub receipt: Option<Receipt>,
    /// The event that reports it: the last one appended, or the one that the answer rests on.
    pub event: Option<EventId>,
    /// The unit that the answer is about.
    pub unit: Option<UnitId>,
    /// The step that the answer is about.
    pub step: Option<StepId>,
    /// That unit's record afterwards, open or not.
    pub work: Option<Work>,
    /// Whether the observation that was recorded passed; none where none was.
    pub passed: Option<bool>,
    /// The carton that was begun, closed, loaded or packed into, where the answer is about one.
    pub carton: Option<Carton>,
    /// What there is to know about the material of it, which stops nothing.
    pub remarks: Vec<Remark>,
    /// The station afterwards.
    pub desk: Desk,
}

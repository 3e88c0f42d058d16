//! What the ledger has for a station: what it works with now, and what could be chosen there.

use std::sync::Arc;

use crate::domain::gauge::Gauge;
use crate::domain::id::PartId;
use crate::domain::label::Label;
use crate::domain::lot::Lot;
use crate::domain::order::Order;
use crate::domain::route::{Part, Route};
use crate::domain::time::At;
use crate::domain::watch::Watched;

/// Lines that one list has at most: their numbers are typed with two digits.
pub const LINES_MOST: usize = 99;

/// What a station works with, as far as the ledger knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stock {
    /// The orders that new units start under here.
    pub orders: Vec<Order>,
    /// The lots that are loaded.
    pub lots: Vec<Lot>,
    /// The gauges that are measured with.
    pub gauges: Vec<Gauge>,
    /// Other stations that call for a lead.
    pub calling: Vec<Watched>,
}

/// What could be chosen at a station; of each at most [`LINES_MOST`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// When it was looked at.
    pub at: At,
    /// Open orders of the routes that begin here.
    pub orders: Vec<Order>,
    /// Lots that may be used here, those that expire first at the top.
    pub lots: Vec<ShelfLot>,
    /// Gauges of the kinds that are used here, those in calibration at the top.
    pub gauges: Vec<ShelfGauge>,
    /// Parts that come in lots, of every released route.
    pub parts: Vec<ShelfPart>,
    /// The released routes, the newest revision first.
    pub routes: Vec<Arc<Route>>,
}

/// A lot that may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfLot {
    /// The lot.
    pub lot: Lot,
    /// The part that a step here asks for: its own, or one that it may stand in for.
    pub part: PartId,
    /// What people call that.
    pub title: String,
    /// Whether it is loaded, or scanned for each unit.
    pub loads: bool,
}

/// A gauge that is in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfGauge {
    /// The gauge.
    pub gauge: Gauge,
    /// Whether its calibration counts no more.
    pub overdue: bool,
}

/// A part that comes in lots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfPart {
    /// Its number.
    pub part: PartId,
    /// What the route says of it.
    pub about: Part,
}

/// Something to be looked at between two actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// What could be chosen.
    Shelf,
    /// What a label says by the standard that it follows.
    Label(Label),
    /// Whether a label is the badge of somebody.
    Badge(Label),
}

/// What was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// What could be chosen.
    Shelf(Box<Shelf>),
    /// The label, read.
    Label(Label),
    /// Whether it is a badge.
    Badge(bool),
}

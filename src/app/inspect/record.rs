//! What a look into the ledger brought: a unit's record with everything around it, an event, the streams.

use std::sync::Arc;

use super::things::LotLook;
use crate::app::settlement::EventId;
use crate::domain::event::Event;
use crate::domain::id::{Badge, Epoch, LotId, PartId, Revision, StepId, TerminalId, UnitId};
use crate::domain::load_record::LoadRecord;
use crate::domain::route::Route;
use crate::domain::time::At;
use crate::domain::traveller::{State, Traveller};
use crate::domain::what::{Fate, Piece};

/// Events of one unit that are read at once; of more, the latest.
pub const EVENTS_MOST: u32 = 2_000;
/// Units that a page of where-used lists.
pub const USED_MOST: u32 = 500;

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// What it is called.
    pub id: EventId,
    /// What it says.
    pub event: Event,
    /// The exact text that was hashed.
    pub body: String,
    /// The hash stored with it.
    pub hash: String,
    /// The hash of the event before it; none where that is missing.
    pub previous: Option<String>,
    /// Whether the text and the hash before it give the hash stored with it.
    pub holds: bool,
}

/// A unit's record, with what it is made of, where it went, and the route that it follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The unit.
    pub unit: UnitId,
    /// All of its events, folded.
    pub traveller: Traveller,
    /// The route that it is pinned to; none where its text is missing or cannot be read.
    pub route: Option<Arc<Route>>,
    /// Its events, oldest first.
    pub events: Vec<Logged>,
    /// Earlier events that are not among these.
    pub earlier: u32,
    /// What it is made of.
    pub tree: Tree,
    /// Where it went.
    pub used: UsedIn,
    /// The text of the route, and how the current revision differs from it.
    pub text: RouteText,
    /// What the record lacks, and what is out of the ordinary in it.
    pub lacks: Vec<Lack>,
}

/// Something that a record lacks, or that is out of the ordinary in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The word for it.
    pub code: &'static str,
    /// Whether a fact lacks. Otherwise it is a remark.
    pub is_gap: bool,
    /// At which step.
    pub step: Option<StepId>,
    /// In words.
    pub what: String,
    /// Who can mend it.
    pub who: String,
    /// How.
    pub how: String,
}

impl Record {
    /// What lacks; remarks are none.
    pub fn gaps(&self) -> impl Iterator<Item = &Lack> {
        self.lacks.iter().filter(|lack| lack.is_gap)
    }
}

/// What a unit is made of: each piece after the one that it is part of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    /// The pieces.
    pub pieces: Vec<Node>,
    /// Why there may be more than these.
    pub cut: Option<String>,
}

/// A piece in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// How deep: 1 is in the unit itself.
    pub level: usize,
    /// The part.
    pub part: PartId,
    /// The lot or the component.
    pub piece: Piece,
    /// How many; none where nobody knows.
    pub quantity: u32,
    /// The step that installed it.
    pub step: StepId,
    /// When.
    pub at: At,
    /// Who.
    pub by: Option<Badge>,
    /// What became of it, where it was taken out.
    pub gone: Option<Fate>,
    /// Whether it is a unit on record itself.
    pub is_unit: bool,
}

/// The units that have something in them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UsedIn {
    /// What.
    pub of: String,
    /// The units, as far as they are listed.
    pub units: Vec<Used>,
    /// How many there are; none where nobody counted.
    pub total: Option<u32>,
}

/// A unit that has something in it, or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// The unit.
    pub unit: UnitId,
    /// The units in between, from the outside to the inside.
    pub via: Vec<UnitId>,
    /// The unit's state.
    pub state: State,
    /// Whether it is there no more.
    pub was_in: bool,
}

/// The text of a route, with what the current revision says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RouteText {
    /// The lines, in order.
    pub lines: Vec<RouteLine>,
    /// The current revision; none where the unit follows it.
    pub current: Option<Revision>,
}

/// A line of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteLine {
    /// Whether it is in both revisions, or in one.
    pub sign: Sign,
    /// The line.
    pub text: String,
}

/// Which revision has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Both.
    Both,
    /// Only the one that the unit follows.
    Old,
    /// Only the current one.
    New,
}

/// A stream of events in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamRow {
    /// The device.
    pub terminal: TerminalId,
    /// The ledger's life.
    pub epoch: Epoch,
    /// Whether this ledger appends to it.
    pub own: bool,
    /// The number of its last event.
    pub seq: u64,
    /// The hash of that.
    pub hash: String,
    /// When that was recorded.
    pub at: Option<At>,
    /// Whether that event's text gives that hash.
    pub end_holds: bool,
    /// How far its chain was computed anew, and whether it held so far; none where nobody asked.
    pub computed: Option<Computed>,
}

/// How far a chain was computed anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Computed {
    /// The last event that was looked at.
    pub to: u64,
    /// The first event that does not follow from the ones before it.
    pub broken_at: Option<u64>,
}

/// What a look into the ledger is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A unit's record.
    Unit(UnitId),
    /// A lot's record.
    Lot(LotId),
    /// A load's record.
    Load(String),
    /// Where a lot or a component was used.
    Used(String),
    /// An event.
    Event(EventId),
    /// The event of that number in the ledger's own stream, or in its only one.
    Numbered(u64),
    /// The streams of the ledger.
    Ledger,
    /// The streams, their chains computed anew from the first event on.
    Verify,
}

/// What a look brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Looked {
    /// A unit's record.
    Unit(Box<Record>),
    /// A lot's record.
    Lot(Box<LotLook>),
    /// A load's record.
    Load(Box<LoadRecord>),
    /// Where something was used.
    Used(UsedIn),
    /// An event.
    Event(Box<Logged>),
    /// The streams.
    Ledger(Vec<StreamRow>),
    /// There is no such thing on record.
    Nothing,
}

//! A lot and a load: what a look brings of them, and their pages.

use super::page::{Cursor, LACK_ROWS, Tab};
use super::record::{Lack, Logged, UsedIn, Wanted};
use crate::domain::id::LotId;
use crate::domain::load::LoadOver;
use crate::domain::load_record::{Checked, Done, InIt, LoadRecord};
use crate::domain::lot::Lot;

/// Events of one lot that are read at once; of more, the latest.
pub const LOT_EVENTS_MOST: u32 = 500;

/// What is on record of a lot.
#[derive(Debug, Clone, PartialEq)]
pub struct LotLook {
    /// The lot.
    pub lot: LotId,
    /// How it stands; none where no receipt is on record.
    pub stands: Option<Lot>,
    /// Its events, oldest first: its receipt, what was decided about it, what units took.
    pub events: Vec<Logged>,
    /// Events that are not among these.
    pub unlisted: u32,
    /// The units that it went into.
    pub used: UsedIn,
    /// What its record lacks, and what is out of the ordinary in it.
    pub lacks: Vec<Lack>,
}

/// A lot's page.
#[derive(Debug, Clone, PartialEq)]
pub struct LotPage {
    /// Its record.
    pub look: LotLook,
    /// What of it shows: its record, where it went, or what lacks.
    pub tab: Tab,
    /// Where each tab was left.
    pub cursors: [Cursor; Tab::ALL.len()],
}

impl LotPage {
    /// The tabs that a lot has.
    pub const TABS: [Tab; 3] = [Tab::Record, Tab::Used, Tab::Gaps];

    /// What a look brought, from its beginning.
    pub(super) fn new(look: LotLook) -> Self {
        Self { look, tab: Tab::Record, cursors: [Cursor::default(); Tab::ALL.len()] }
    }

    /// How many rows the tab has that shows.
    pub fn extent(&self) -> usize {
        match self.tab {
            Tab::Record => self.look.events.len(),
            Tab::Used => self.look.used.units.len(),
            Tab::Gaps => self.look.lacks.len() * LACK_ROWS,
            Tab::Parts | Tab::Route => 0,
        }
    }

    pub(super) fn opens(&self, at: usize) -> Option<Wanted> {
        match self.tab {
            Tab::Record => self.look.events.get(at).map(|logged| Wanted::Event(logged.id.clone())),
            Tab::Used => self.look.used.units.get(at).map(|used| Wanted::Unit(used.unit.clone())),
            Tab::Gaps | Tab::Parts | Tab::Route => None,
        }
    }

    pub(super) fn copies(&self, at: usize) -> Option<String> {
        match self.tab {
            Tab::Record => self.look.events.get(at).map(|logged| logged.body.clone()),
            Tab::Used => self.look.used.units.get(at).map(|used| used.unit.to_string()),
            Tab::Gaps => self.look.lacks.get(at / LACK_ROWS).map(|lack| lack.how.clone()),
            Tab::Parts | Tab::Route => None,
        }
    }
}

/// A row of a load's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadRow<'a> {
    /// It began.
    Begun(&'a Done),
    /// Something was observed of it.
    Check(&'a Checked),
    /// It ended.
    Ended(&'a Done, LoadOver),
    /// A unit went in.
    Unit(&'a InIt),
}

/// What happened to the load, then its units.
pub fn load_rows(load: &LoadRecord) -> impl Iterator<Item = LoadRow<'_>> {
    let begun = load.begun.iter().map(LoadRow::Begun);
    let ended = load.ended.iter().map(|(done, over)| LoadRow::Ended(done, *over));
    begun.chain(load.checks.iter().map(LoadRow::Check)).chain(ended).chain(load.units.iter().map(LoadRow::Unit))
}

pub(super) fn load_opens(load: &LoadRecord, at: usize) -> Option<Wanted> {
    match load_rows(load).nth(at)? {
        LoadRow::Unit(inside) => Some(Wanted::Unit(inside.unit.clone())),
        LoadRow::Begun(_) | LoadRow::Check(_) | LoadRow::Ended(..) => None,
    }
}

pub(super) fn load_copies(load: &LoadRecord, at: usize) -> Option<String> {
    Some(match load_rows(load).nth(at)? {
        LoadRow::Unit(inside) => inside.unit.to_string(),
        LoadRow::Check(seen) => format!("{} {}", seen.check, seen.value),
        LoadRow::Begun(_) | LoadRow::Ended(..) => load.load.clone(),
    })
}

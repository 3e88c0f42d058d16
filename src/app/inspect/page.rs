//! A page over the search: a unit, a lot, a load, where something was used, an event, the ledger itself.

use super::record::{Logged, Record, StreamRow, UsedIn, Wanted};
use super::things::{LotPage, load_copies, load_opens};
use crate::domain::id::UnitId;
use crate::domain::load_record::LoadRecord;
use crate::domain::what::{Piece, What};

/// Pages that lie on one another at most; the oldest goes.
pub const PAGES_MOST: usize = 16;

/// Which row the cursor is on, and which is the first that shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cursor {
    /// The row.
    pub at: usize,
    /// The first row that shows.
    pub top: usize,
}

impl Cursor {
    /// Moves by so many rows. Where it would leave what shows, the list moves with it.
    pub(super) fn step(&mut self, by: isize, extent: usize, rows: usize) {
        self.at = self.at.saturating_add_signed(by).min(extent.saturating_sub(1));
        self.settle(extent, rows);
    }

    /// Moves by half of what shows: the eye keeps its place, and half of the rows are not sent again.
    pub(super) fn leap(&mut self, sign: isize, extent: usize, rows: usize) {
        let half = isize::try_from((rows / 2).max(1)).unwrap_or(1) * sign;
        self.top = self.top.saturating_add_signed(half).min(extent.saturating_sub(rows));
        self.step(half, extent, rows);
    }

    /// Stays within a list of that length, and in sight.
    pub(super) fn settle(&mut self, extent: usize, rows: usize) {
        self.at = self.at.min(extent.saturating_sub(1));
        self.top = self.top.min(extent.saturating_sub(rows)).min(self.at);
        if rows > 0 && self.at >= self.top + rows {
            self.top = self.at + 1 - rows;
        }
    }
}

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub enum Page {
    /// A unit.
    Unit(Box<UnitPage>),
    /// A lot.
    Lot(Box<LotPage>),
    /// A load.
    Load(Box<LoadRecord>),
    /// Where something was used.
    Used(UsedIn),
    /// An event.
    Event(Box<Logged>),
    /// The ledger: its streams, and whether their chains hold.
    Ledger(Vec<StreamRow>),
}

/// A unit's page.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitPage {
    /// Its record.
    pub record: Record,
    /// What of it shows.
    pub tab: Tab,
    /// Where each tab was left.
    pub cursors: [Cursor; Tab::ALL.len()],
}

/// Rows of one thing that a record lacks: what, who can mend it, and how.
pub const LACK_ROWS: usize = 3;

/// What of a unit shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Every event.
    Record,
    /// What it is made of.
    Parts,
    /// Where it went.
    Used,
    /// The route that it follows.
    Route,
    /// What its record lacks, and who can mend that.
    Gaps,
}

impl Tab {
    /// In the order in which the key goes through them.
    pub const ALL: [Self; 5] = [Self::Record, Self::Parts, Self::Used, Self::Route, Self::Gaps];

    /// Its place in that order.
    pub fn place(self) -> usize {
        match self {
            Self::Record => 0,
            Self::Parts => 1,
            Self::Used => 2,
            Self::Route => 3,
            Self::Gaps => 4,
        }
    }

    /// The tab after it among those that a page has; after the last one the first.
    pub(super) fn next(self, tabs: &[Self]) -> Self {
        let after = tabs.iter().skip_while(|tab| **tab != self).nth(1);
        after.or_else(|| tabs.first()).copied().unwrap_or(self)
    }
}

/// A page, and where its cursor is.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// The page.
    pub page: Page,
    /// The cursor; of a unit, that of the tab that shows.
    pub cursor: Cursor,
}

impl Page {
    /// What to look for to read it again.
    pub(super) fn wanted(&self) -> Option<Wanted> {
        match self {
            Self::Unit(page) => Some(Wanted::Unit(page.record.unit.clone())),
            Self::Lot(page) => Some(Wanted::Lot(page.look.lot.clone())),
            Self::Load(load) => Some(Wanted::Load(load.load.clone())),
            Self::Used(used) => Some(Wanted::Used(used.of.clone())),
            Self::Ledger(streams) if streams.iter().any(|s| s.computed.is_some()) => None,
            Self::Ledger(_) => Some(Wanted::Ledger),
            // An event never changes.
            Self::Event(_) => None,
        }
    }

    /// What the row under the cursor leads to.
    pub(super) fn opens(&self, at: usize) -> Option<Wanted> {
        match self {
            Self::Unit(page) => match page.tab {
                Tab::Record => page.record.events.get(at).map(|logged| Wanted::Event(logged.id.clone())),
                Tab::Parts => page.record.tree.pieces.get(at).and_then(|node| match &node.piece {
                    Piece::Serial(serial) if node.is_unit => UnitId::parse(serial.as_str()).ok().map(Wanted::Unit),
                    Piece::Serial(serial) => Some(Wanted::Used(serial.to_string())),
                    Piece::Lot(lot) => Some(Wanted::Lot(lot.clone())),
                }),
                Tab::Used => page.record.used.units.get(at).map(|used| Wanted::Unit(used.unit.clone())),
                Tab::Route | Tab::Gaps => None,
            },
            Self::Lot(page) => page.opens(at),
            Self::Load(load) => load_opens(load, at),
            Self::Used(used) => used.units.get(at).map(|used| Wanted::Unit(used.unit.clone())),
            Self::Event(logged) => logged.event.about.unit.clone().map(Wanted::Unit),
            Self::Ledger(_) => None,
        }
    }

    /// The load that the row under the cursor tells of.
    pub(super) fn load(&self, at: usize) -> Option<Wanted> {
        let logged = match self {
            Self::Event(logged) => Some(logged.as_ref()),
            Self::Unit(page) if page.tab == Tab::Record => page.record.events.get(at),
            Self::Unit(_) | Self::Lot(_) | Self::Load(_) | Self::Used(_) | Self::Ledger(_) => None,
        };
        logged?.event.about.load.clone().map(Wanted::Load)
    }

    /// The tabs that it has; none where it shows one thing.
    pub(super) fn tabs(&mut self) -> Option<(&mut Tab, &mut [Cursor; Tab::ALL.len()], &'static [Tab])> {
        match self {
            Self::Unit(page) => Some((&mut page.tab, &mut page.cursors, &Tab::ALL)),
            Self::Lot(page) => Some((&mut page.tab, &mut page.cursors, &LotPage::TABS)),
            Self::Load(_) | Self::Used(_) | Self::Event(_) | Self::Ledger(_) => None,
        }
    }

    /// What of the row under the cursor is worth copying.
    pub(super) fn copies(&self, at: usize) -> Option<String> {
        match self {
            Self::Unit(page) => match page.tab {
                Tab::Record => page.record.events.get(at).map(|logged| logged.body.clone()),
                Tab::Parts => page.record.tree.pieces.get(at).map(|node| match &node.piece {
                    Piece::Serial(serial) => serial.to_string(),
                    Piece::Lot(lot) => lot.to_string(),
                }),
                Tab::Used => page.record.used.units.get(at).map(|used| used.unit.to_string()),
                Tab::Route => page.record.text.lines.get(at).map(|line| line.text.clone()),
                // How it is mended: a command, most often.
                Tab::Gaps => page.record.lacks.get(at / LACK_ROWS).map(|lack| lack.how.clone()),
            },
            Self::Lot(page) => page.copies(at),
            Self::Load(load) => load_copies(load, at),
            Self::Used(used) => used.units.get(at).map(|used| used.unit.to_string()),
            Self::Event(logged) => Some(logged.body.clone()),
            Self::Ledger(streams) => streams.get(at).map(|stream| stream.hash.clone()),
        }
    }
}

/// Whether an event tells that something went wrong: what the key for the next failure stops at.
pub fn is_trouble(logged: &Logged) -> bool {
    #[expect(clippy::wildcard_enum_match_arm, reason = "most kinds of events are no trouble, and new ones neither")]
    let says_so = match &logged.event.what {
        What::Refused(_) | What::StepFailed(_) | What::UnitHeld(_) => true,
        What::CheckRecorded(check) => !check.passed,
        _ => false,
    };
    says_so || !logged.holds
}

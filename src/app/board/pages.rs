//! The pages of the board, and the tables of each.

use jiff::tz::TimeZone;

use super::content::Board;
use super::table::Table;
use super::word::Word;
use super::{page_limits, page_line, page_quality, page_shift, page_units};

/// Things that need a person and stand on the first page.
const ON_FIRST_PAGE: usize = 5;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The stations, and what needs a person most.
    Line,
    /// Hour by hour against the plan; downtime and notes.
    Shift,
    /// All that needs a person now.
    Now,
    /// Orders, queues, and what lies half done.
    Units,
    /// Yields, failures, refusals, and how it was recorded.
    Quality,
    /// What is proved, what ends this shift, and what of the exceptions is used.
    Limits,
    /// The trend of a check.
    Trend,
}

impl Page {
    /// In the order of their keys.
    pub const ALL: [Self; 7] =
        [Self::Line, Self::Shift, Self::Now, Self::Units, Self::Quality, Self::Limits, Self::Trend];

    /// Its place in that order.
    pub fn place(self) -> usize {
        match self {
            Self::Line => 0,
            Self::Shift => 1,
            Self::Now => 2,
            Self::Units => 3,
            Self::Quality => 4,
            Self::Limits => 5,
            Self::Trend => 6,
        }
    }

    /// What it is called.
    pub fn word(self) -> Word {
        match self {
            Self::Line => Word::PageLine,
            Self::Shift => Word::PageShift,
            Self::Now => Word::PageNow,
            Self::Units => Word::PageUnits,
            Self::Quality => Word::PageQuality,
            Self::Limits => Word::PageLimits,
            Self::Trend => Word::PageTrend,
        }
    }
}

/// The tables of a page. The chart of a trend is drawn beside its table, by whoever has the room.
pub fn tables(board: &Board, page: Page, zone: &TimeZone) -> Vec<Table> {
    match page {
        Page::Line => {
            let first = page_line::attention(board, zone).first(ON_FIRST_PAGE);
            vec![page_line::stations(board), first, page_shift::hours(board, zone)]
        }
        Page::Shift => vec![
            page_shift::hours(board, zone),
            page_shift::plan(board),
            page_shift::downtime(board, zone),
            page_shift::notes(board, zone),
        ],
        Page::Now => vec![page_line::attention(board, zone)],
        Page::Units => vec![page_units::orders(board), page_units::work(board), page_units::half_done(board)],
        Page::Quality => vec![
            page_quality::failures(board),
            page_quality::first_pass(board),
            page_quality::refusals(board),
            page_quality::shares(board),
        ],
        Page::Limits => vec![
            page_limits::proofs(board, zone),
            page_limits::expiring(board, zone),
            page_limits::permits(board, zone),
            page_limits::overrides(board, zone),
        ],
        Page::Trend => board.trend.iter().map(|trend| page_quality::values(trend, zone)).collect(),
    }
}

/// Every table once, for paper and for the wall.
pub fn all(board: &Board, zone: &TimeZone) -> Vec<Table> {
    let first = page_line::attention(board, zone);
    let stations = page_line::stations_apart(board);
    let rest = [Page::Shift, Page::Units, Page::Quality, Page::Limits];
    std::iter::once(first).chain(stations).chain(rest.into_iter().flat_map(|page| tables(board, page, zone))).collect()
}

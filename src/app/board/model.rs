//! The model of the board's screen: everything that it is drawn from.

use jiff::tz::TimeZone;

use super::content::Board;
use super::pages::Page;
use super::trend::CheckName;
use crate::app::lang::Lang;
use crate::app::port::Fault;

/// What somebody is told in passing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The machine failed at reading.
    Failed(Fault),
    /// Another file lies where the ledger lay.
    Replaced,
}

/// Everything that the screen is drawn from.
#[derive(Debug)]
pub struct Model {
    /// The language.
    pub lang: Lang,
    /// The time of the plant.
    pub zone: TimeZone,
    /// The time, as it is shown.
    pub time: String,
    /// The board; none before it was read.
    pub board: Option<Box<Board>>,
    /// The page that shows.
    pub page: Page,
    /// The check whose trend is asked for.
    pub check: Option<CheckName>,
    /// Whether the help lies on top.
    pub help: bool,
    /// What is told in passing.
    pub note: Option<Note>,
    /// The first row of each page that shows, and of the help.
    tops: [usize; Page::ALL.len() + 1],
    rows: usize,
    extent: usize,
}

/// What should happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read the trend of this check from now on.
    Trend(CheckName),
    /// End.
    Quit,
}

impl Model {
    /// The board as it begins.
    pub fn new(lang: Lang, zone: TimeZone, check: Option<CheckName>) -> Self {
        Self {
            lang,
            zone,
            time: String::new(),
            board: None,
            page: if check.is_some() { Page::Trend } else { Page::Line },
            check,
            help: false,
            note: None,
            tops: [0; Page::ALL.len() + 1],
            rows: 0,
            extent: 0,
        }
    }

    /// The first row that shows.
    pub fn top(&self) -> usize {
        self.tops.get(self.place()).copied().unwrap_or(0)
    }

    /// The screen shows so many rows of what is so long. It does not show beyond the end.
    pub fn settle(&mut self, rows: usize, extent: usize) {
        (self.rows, self.extent) = (rows, extent);
        self.scroll(0);
    }

    fn place(&self) -> usize {
        if self.help { Page::ALL.len() } else { self.page.place() }
    }

    pub(super) fn scroll(&mut self, by: isize) {
        let last = self.extent.saturating_sub(self.rows);
        let place = self.place();
        if let Some(top) = self.tops.get_mut(place) {
            *top = top.saturating_add_signed(by).min(last);
        }
    }

    /// Half of what shows: the eye keeps its place.
    pub(super) fn half(&self) -> isize {
        isize::try_from((self.rows / 2).max(1)).unwrap_or(1)
    }
}

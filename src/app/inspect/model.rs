//! The inspector's model: everything that its screen is drawn from.

use super::completion::{Words, completions};
use super::found::{Hit, Reach};
use super::page::{Cursor, Open, Page};
use super::query::{Misread, Query};
use super::record::Wanted;
use super::when::Wall;
use crate::app::lang::Lang;
use crate::app::port::Fault;
use crate::domain::time::At;

/// What the inspector may do beside looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// Whether it may write a file beside the shell that started it. Never under a forced command.
    pub export: bool,
    /// Whether the terminal takes what is copied (OSC 52). The Linux console does not.
    pub copy: bool,
}

/// The ledger that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its terminal, where it is of one.
    pub terminal: Option<String>,
    /// How many streams it holds.
    pub streams: usize,
    /// How many events.
    pub events: u64,
    /// When the last of them was recorded.
    pub last: Option<At>,
    /// Whether the last event of every stream gives the hash that is stored with it.
    pub ends_hold: bool,
}

/// What somebody is told in passing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Copied; so many characters.
    Copied(usize),
    /// The terminal cannot copy.
    NoCopy,
    /// It is too long to copy.
    TooLong,
    /// Written to this file.
    Exported(String),
    /// Under a forced command no file is written; `ssh ... export` gives it.
    NoExport,
    /// There is no such thing on record.
    NotThere,
    /// No failure follows.
    NoTrouble,
    /// No command is called so.
    NoCommand(String),
    /// A word of the search line cannot be gone by.
    Misread(Misread),
    /// The machine failed.
    Failed(Fault),
    /// The file of the ledger was replaced by another one.
    Replaced,
}

/// The search.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Find {
    /// What is searched for.
    pub query: Query,
    /// What was found so far.
    pub hits: Vec<Hit>,
    /// How far the search has looked; none before its first answer.
    pub reach: Option<Reach>,
    /// The cursor in the hits.
    pub cursor: Cursor,
    /// The line that is asked for now.
    pub(super) request: u64,
    /// Whether the answer to that is to be opened at once where it is certain what was meant.
    pub(super) enter: bool,
}

/// What the keyboard types into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The search line.
    Line,
    /// The list or the page: letters are keys.
    List,
    /// The command line.
    Command,
}

/// Everything that the screen is drawn from.
#[derive(Debug)]
pub struct Model {
    /// The language.
    pub lang: Lang,
    /// What it may do beside looking.
    pub leave: Leave,
    /// The reader's clock.
    pub wall: Wall,
    /// The time of it, as it is shown.
    pub time: String,
    /// The ledger.
    pub standing: Option<Standing>,
    /// Words to complete with.
    pub words: Words,
    /// The number that a scanned label names; none where a text is no label.
    pub reads: fn(&str) -> Option<String>,
    /// The search line.
    pub line: String,
    /// What the keyboard types into.
    pub focus: Focus,
    /// The search.
    pub find: Find,
    /// The pages over it, the last one on top.
    pub pages: Vec<Open>,
    /// The command line.
    pub command: String,
    /// The help page, and the first of its rows that shows.
    pub help: Option<Cursor>,
    /// What is told in passing.
    pub note: Option<Note>,
    /// Rows that a list has on the screen, and how long it is.
    pub(super) rows: usize,
    pub(super) extent: usize,
    pub(super) requests: u64,
    /// The look that is under way, and whether it puts a page on top.
    pub(super) looking: Option<(u64, Look)>,
}

/// What becomes of the answer to a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Look {
    /// A page on top of what shows.
    Over,
    /// In the place of the page that shows.
    Again,
    /// The same, and it goes on: an event beside the one that shows.
    Beside,
}

/// What should happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Search; the newest search alone counts.
    Search(u64, Query),
    /// Look into the ledger; the newest look alone counts.
    Look(u64, Wanted),
    /// Give this to the clipboard of the terminal.
    Copy(String),
    /// Write what shows to a file.
    Export,
    /// End.
    Quit,
}

impl Model {
    /// The inspector as it begins.
    pub fn new(lang: Lang, leave: Leave, wall: Wall) -> Self {
        Self {
            lang,
            leave,
            wall,
            time: String::new(),
            standing: None,
            words: Words::default(),
            reads: |_no_scanner| None,
            line: String::new(),
            focus: Focus::Line,
            find: Find::default(),
            pages: Vec::new(),
            command: String::new(),
            help: None,
            note: None,
            rows: 0,
            extent: 0,
            requests: 0,
            looking: None,
        }
    }

    /// The page on top; none where the search itself shows.
    pub fn page(&self) -> Option<&Open> {
        self.pages.last()
    }

    /// The cursor of what shows.
    pub fn cursor(&self) -> Cursor {
        self.help.or_else(|| self.page().map(|open| open.cursor)).unwrap_or(self.find.cursor)
    }

    /// How the last word of the line may go on; nothing while nobody types there.
    pub fn completions(&self) -> Vec<String> {
        let typing = self.focus == Focus::Line && self.pages.is_empty() && self.help.is_none();
        if typing { completions(&self.line, &self.words) } else { Vec::new() }
    }

    /// The screen shows so many rows of a list that is so long. What it shows stays within.
    pub fn settle(&mut self, rows: usize, extent: usize) {
        (self.rows, self.extent) = (rows, extent);
        self.cursor_mut().settle(extent, rows);
    }

    pub(super) fn cursor_mut(&mut self) -> &mut Cursor {
        match (&mut self.help, self.pages.last_mut()) {
            (Some(cursor), _) => cursor,
            (None, Some(open)) => &mut open.cursor,
            (None, None) => &mut self.find.cursor,
        }
    }

    /// Asks for a search of the line as it is.
    pub(super) fn search(&mut self, effects: &mut Vec<Effect>) {
        // The label stays in the line as it was scanned; its number is searched for.
        let named = (self.reads)(&self.line);
        match Query::read(named.as_deref().unwrap_or(&self.line), self.wall) {
            Ok(query) => {
                self.requests += 1;
                self.find.request = self.requests;
                self.find.query = query.clone();
                self.find.cursor = Cursor::default();
                if matches!(self.note, Some(Note::Misread(_))) {
                    self.note = None;
                }
                effects.push(Effect::Search(self.requests, query));
            }
            Err(misread) => {
                self.find.hits.clear();
                self.find.reach = None;
                self.find.request = 0;
                self.note = Some(Note::Misread(misread));
            }
        }
    }

    pub(super) fn look(&mut self, wanted: Wanted, what: Look, effects: &mut Vec<Effect>) {
        self.requests += 1;
        self.looking = Some((self.requests, what));
        effects.push(Effect::Look(self.requests, wanted));
    }

    /// The unit that shows, where one does.
    pub fn shown_unit(&self) -> Option<&super::page::UnitPage> {
        match self.page().map(|open| &open.page) {
            Some(Page::Unit(page)) => Some(page),
            Some(Page::Lot(_) | Page::Load(_) | Page::Used(_) | Page::Event(_) | Page::Ledger(_)) | None => None,
        }
    }
}

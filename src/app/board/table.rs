//! A table of the board: what stands in it, before anybody knows how wide the paper is.

use super::word::Word;
use crate::app::lang::Lang;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is about.
    pub title: Word,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// Rows that there is no room for here; another page has them.
    pub more: usize,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub name: Word,
    /// Whether it holds figures, which stand at the right.
    pub figures: bool,
    /// How much it matters: where the paper is narrow, what matters least is left out. 0 is never left out.
    pub rank: u8,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Whether it is out of the ordinary.
    pub tone: Tone,
    /// Its cells, as many as there are columns.
    pub cells: Vec<Cell>,
}

/// Whether a row is out of the ordinary. The sign says it without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It is not.
    Plain,
    /// It is what runs now.
    Now,
    /// Something is wrong.
    Trouble,
    /// Nothing is known.
    Silent,
}

impl Tone {
    /// The sign before the row.
    pub fn sign(self) -> char {
        match self {
            Self::Plain => ' ',
            Self::Now => '▶',
            Self::Trouble => '!',
            Self::Silent => '?',
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// As it is on record.
    Text(String),
    /// A word of the board.
    Word(Word),
    /// A word of the board, and what follows it.
    Both(Word, String),
    /// What is on record, and a word behind it.
    Before(String, Word),
    /// Nothing.
    None,
}

impl Cell {
    /// Something on record.
    pub(super) fn of(text: &(impl ToString + ?Sized)) -> Self {
        Self::Text(text.to_string())
    }

    /// Something on record, or nothing.
    pub(super) fn some(text: Option<impl ToString>) -> Self {
        text.map_or(Self::None, |text| Self::Text(text.to_string()))
    }

    /// What it says.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Word(word) => word.text(lang).to_owned(),
            Self::Both(word, text) => format!("{} {text}", word.text(lang)),
            Self::Before(text, word) => format!("{text} {}", word.text(lang)),
            Self::None => "-".to_owned(),
        }
    }
}

impl Table {
    pub(super) fn new(title: Word, columns: Vec<Column>) -> Self {
        Self { title, columns, rows: Vec::new(), more: 0 }
    }

    pub(super) fn row(&mut self, tone: Tone, cells: Vec<Cell>) {
        self.rows.push(Row { tone, cells });
    }

    /// Its first rows; how many there are more is told.
    #[must_use]
    pub(super) fn first(mut self, most: usize) -> Self {
        self.more += self.rows.len().saturating_sub(most);
        self.rows.truncate(most);
        self
    }
}

/// A column of text that is never left out.
pub(super) fn text(name: Word) -> Column {
    Column { name, figures: false, rank: 0 }
}

/// A column of figures that is never left out.
pub(super) fn figures(name: Word) -> Column {
    Column { name, figures: true, rank: 0 }
}

impl Column {
    /// The same, left out where there is no room.
    pub(super) fn rank(self, rank: u8) -> Self {
        Self { rank, ..self }
    }
}

/// How long something lasts or is ago, in as few letters as tell it, and in steps: on a slow line, what waits long is
/// not sent anew each minute.
pub fn age(minutes: i64) -> String {
    match minutes {
        0..=9 => format!("{minutes}m"),
        10..=59 => format!("{}m", minutes / 5 * 5),
        60..=119 => format!("{}m", minutes / 10 * 10),
        120..=2_879 => format!("{}h", minutes / 60),
        _ => format!("{}d", minutes / 1_440),
    }
}

/// Tenths of a percent, as percent.
pub fn percent(permille: u32) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

/// How much more or less than what was due.
pub fn difference(made: u32, due: u32) -> String {
    format!("{:+}", i64::from(made) - i64::from(due))
}

//! The board as plain text of 80 columns.

use jiff::tz::TimeZone;

use crate::app::board::content::Board;
use crate::app::board::pages::{Page, all, tables};
use crate::app::board::plot::{drawn, plot};
use crate::app::board::table::Table;
use crate::app::board::trend::Trend;
use crate::app::board::word::Word;
use crate::app::lang::Lang;
use crate::app::wall::clock;
use crate::domain::text::{clipped, display_safe};
use crate::domain::time::At;
use crate::report::columns::COLUMNS;
use crate::report::shift::content::Section;
use crate::report::shift::text::write_section;

/// Characters of a cell.
const CELL_MOST: usize = 60;
/// Rows of a chart.
const CHART: usize = 16;

/// The board as lines of text, by the time of the place. Every text in it is safe to show.
pub fn page(board: &Board, zone: &TimeZone) -> String {
    let mut lines = vec![title(board, zone)];
    if let Some(trend) = &board.trend {
        lines.push(String::new());
        lines.extend(chart(trend));
        for table in &tables(board, Page::Trend, zone) {
            write(&mut lines, table);
        }
    }
    for table in &all(board, zone) {
        write(&mut lines, table);
    }
    lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// The shift, and as of when.
pub(super) fn title(board: &Board, zone: &TimeZone) -> String {
    let time = |at: Option<At>| at.map_or_else(|| "-".to_owned(), |at| clock(at, zone));
    let shift = board.shift.as_ref().map_or_else(|| say(Word::NoShift).to_owned(), |name| format!("shift {name}"));
    format!("BOARD  {shift}  from {}  as of {}", time(board.from), time(board.at))
}

fn say(word: Word) -> &'static str {
    word.text(Lang::English)
}

/// A chart, with its figures above.
pub(super) fn chart(trend: &Trend) -> Vec<String> {
    let title = trend.title.as_deref().unwrap_or_default();
    let measure = trend.measure.as_deref().unwrap_or_default();
    let figures = trend.control.as_ref().map_or_else(
        || say(Word::TooFew).to_owned(),
        |control| {
            format!(
                "mean {}  moving range {}  control {} .. {}",
                control.mean, control.moving_range, control.lower, control.upper
            )
        },
    );
    let mut lines = vec![format!("Trend of {}  {} {measure}", trend.check, display_safe(title)), figures];
    lines.extend(drawn(&plot(trend, COLUMNS, CHART)));
    lines.push(say(Word::Legend).to_owned());
    lines
}

fn write(lines: &mut Vec<String>, table: &Table) {
    lines.push(String::new());
    write_section(lines, &section(table));
}

/// A table with the signs of its rows in a column of their own.
pub(super) fn section(table: &Table) -> Section {
    let cell = |cell: &crate::app::board::table::Cell| {
        let text = cell.text(Lang::English);
        clipped(&display_safe(&text), CELL_MOST).into_owned()
    };
    let row = |row: &crate::app::board::table::Row| {
        let sign = row.tone.sign().to_string();
        std::iter::once(sign).chain(row.cells.iter().map(cell)).collect()
    };
    Section {
        title: say(table.title).to_owned(),
        columns: std::iter::once("").chain(table.columns.iter().map(|column| say(column.name))).collect(),
        rows: table.rows.iter().map(row).collect(),
        more: u64::try_from(table.more).unwrap_or(u64::MAX),
    }
}

//! A table on the screen: as many columns as there is room for, those that matter least left out first.

use crate::app::board::table::{Table, Tone as Of};
use crate::app::board::word::Word;
use crate::domain::text::display_safe;
use crate::ui::glyph::cells;
use crate::ui::pen::{Pen, u16_of};
use crate::ui::row::{Row, Tone};
use crate::ui::wrap::fit;

/// Cells before a row, for its sign.
const SIGN: usize = 2;
/// Cells that one column of text may take: a long reason is cut, and the record has it whole.
const TEXT_MOST: usize = 60;
/// Cells that the last column keeps where it is cut.
const LAST_LEAST: usize = 20;

/// A column that is shown: which, how wide, and where it begins.
struct Shown {
    column: usize,
    width: usize,
    x: usize,
    figures: bool,
}

/// The rows of a table, with its title and its heads.
pub(super) fn rows(pen: &Pen<'_>, table: &Table, width: u16) -> Vec<Row> {
    let title = pen.say(table.title);
    if table.rows.is_empty() {
        let nothing = format!("{title}: {}", pen.say(Word::Nothing));
        return vec![Row::line(nothing, Tone::Plain)];
    }
    let heads: Vec<String> = table.columns.iter().map(|column| pen.say(column.name).to_owned()).collect();
    let texts: Vec<Vec<String>> = table.rows.iter().map(|row| texts(pen, row)).collect();
    let shown = layout(table, &heads, &texts, usize::from(width));
    let mut rows = vec![Row::line(title, Tone::Strong), line(&shown, &heads, Tone::Plain, ' ', width)];
    for (row, texts) in table.rows.iter().zip(&texts) {
        let tone = match row.tone {
            Of::Plain | Of::Silent | Of::Now => Tone::Plain,
            Of::Trouble => Tone::Trouble,
        };
        rows.push(line(&shown, texts, tone, row.tone.sign(), width));
    }
    if table.more > 0 {
        rows.push(Row::line(format!("  {} {}", table.more, pen.say(Word::More)), Tone::Plain));
    }
    rows
}

fn texts(pen: &Pen<'_>, row: &crate::app::board::table::Row) -> Vec<String> {
    let text = |cell: &crate::app::board::table::Cell| fit(&display_safe(&cell.text(pen.speech.lang)), TEXT_MOST);
    row.cells.iter().map(text).collect()
}

/// Which columns are shown, and where.
fn layout(table: &Table, heads: &[String], texts: &[Vec<String>], width: usize) -> Vec<Shown> {
    let widest = |column: usize| {
        let all = std::iter::once(heads.get(column)).chain(texts.iter().map(|row| row.get(column))).flatten();
        all.map(|text| cells(text)).max().unwrap_or(0)
    };
    let mut kept: Vec<(usize, usize)> = (0..table.columns.len()).map(|column| (column, widest(column))).collect();
    let rank = |column: usize| table.columns.get(column).map_or(0, |column| column.rank);
    loop {
        let all: usize = SIGN + kept.iter().map(|(_, wide)| wide + 1).sum::<usize>();
        // The last column of text may be cut.
        let cut = kept.last().map_or(0, |(_, wide)| wide.saturating_sub(LAST_LEAST));
        let least = kept.iter().max_by_key(|(column, _)| rank(*column)).filter(|(column, _)| rank(*column) > 0);
        let Some((least, _)) = least.copied().filter(|_| all > width + 1 + cut) else { break };
        kept.retain(|(column, _)| *column != least);
    }
    let all: usize = SIGN + kept.iter().map(|(_, wide)| wide + 2).sum::<usize>();
    let gap = if all <= width + 2 { 2 } else { 1 };
    let mut x = SIGN;
    let place = |(column, wide): (usize, usize)| {
        let at = x;
        x += wide + gap;
        let figures = table.columns.get(column).is_some_and(|column| column.figures);
        Shown { column, width: wide, x: at, figures }
    };
    kept.into_iter().map(place).collect()
}

fn line(shown: &[Shown], texts: &[String], tone: Tone, sign: char, width: u16) -> Row {
    let mut row = Row::default();
    if sign != ' ' {
        row = row.put(0, 1, sign.to_string(), tone);
    }
    for Shown { column, width: wide, x, figures } in shown {
        let Some(text) = texts.get(*column).filter(|text| !text.is_empty()) else { continue };
        let x = if *figures { x + wide.saturating_sub(cells(text)) } else { *x };
        if x < usize::from(width) {
            row = row.put(u16_of(x), u16_of(*wide), text, tone);
        }
    }
    row
}

//! The sheet as plain text of 80 columns, for a printer that has only letters.

use super::content::{HeadSheet, Section, ShiftSheet};
use crate::report::columns::{COLUMNS, filled, words};
use crate::report::sheet::plain::square;

/// Columns before what belongs to a section, and before what of a row did not fit its line.
const ROW: usize = 2;
const REST: usize = 6;
/// Columns between two cells.
const GAP: usize = 2;
/// Columns that the last cell of a row needs, unless it is shorter.
const LAST_LEAST: usize = 10;

/// The sheet as lines of text.
pub fn page(sheet: &ShiftSheet) -> String {
    let mut lines = vec!["SHIFT REPORT".to_owned(), String::new()];
    for (name, says) in &sheet.facts {
        lines.extend(filled(0, REST, 1, &words(&format!("{name:<8} {says}"))));
    }
    for remark in &sheet.remarks {
        lines.extend(filled(0, ROW, 1, &words(&format!("! {remark}"))));
    }
    for section in &sheet.sections {
        lines.extend([String::new(), "-".repeat(COLUMNS)]);
        write_section(&mut lines, section);
    }
    lines.extend([String::new(), "-".repeat(COLUMNS), super::html::WITNESS_TITLE.to_owned()]);
    lines.extend(filled(ROW, ROW, 1, &words(super::html::WITNESS)));
    for head in &sheet.heads {
        write_head(&mut lines, head);
    }
    lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

pub(in crate::report) fn write_section(lines: &mut Vec<String>, section: &Section) {
    lines.extend(filled(0, ROW, 1, &words(&section.title)));
    if section.rows.is_empty() {
        return lines.push(format!("{}nothing", " ".repeat(ROW)));
    }
    let heads: Vec<String> = section.columns.iter().map(|&column| column.to_owned()).collect();
    let all: Vec<&[String]> = std::iter::once(&heads).chain(&section.rows).map(Vec::as_slice).collect();
    let form = Form::of(&all);
    lines.extend(all.iter().flat_map(|row| form.written(row)));
    if section.more > 0 {
        lines.push(format!("{}and {} more, for which this sheet has no room", " ".repeat(ROW), section.more));
    }
}

/// How the rows of a section stand.
enum Form {
    /// Each cell below the one above it, so wide; the last one has what is left, over several lines where it must.
    Columns(Vec<usize>),
    /// One cell after the other.
    Running,
}

impl Form {
    /// What fits all rows. The last cell of a row is its last column.
    fn of(rows: &[&[String]]) -> Self {
        let wide = |cell: &String| cell.chars().count();
        let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(wide).max();
        let mut widths: Vec<usize> = (0..).map_while(width).collect();
        let last = widths.pop().unwrap_or(0);
        let before = ROW + widths.iter().map(|width| width + GAP).sum::<usize>();
        if before + last.min(LAST_LEAST) <= COLUMNS { Self::Columns(widths) } else { Self::Running }
    }

    fn written(&self, row: &[String]) -> Vec<String> {
        let Self::Columns(widths) = self else { return filled(ROW, REST, GAP, row) };
        let cells = row.iter().zip(widths).map(|(cell, &width)| format!("{cell:<width$}{}", " ".repeat(GAP)));
        let begun = format!("{}{}", " ".repeat(ROW), cells.collect::<String>());
        let left = begun.chars().count();
        let mut lines = filled(left, left, 1, &words(row.last().map_or("", String::as_str)));
        if let Some(first) = lines.first_mut() {
            first.replace_range(..left, &begun);
        }
        lines
    }
}

fn write_head(lines: &mut Vec<String>, head: &HeadSheet) {
    lines.extend([String::new(), format!("{}{}", " ".repeat(ROW), head.title)]);
    lines.extend(filled(ROW, ROW, 1, &words(&head.words)));
    lines.push(String::new());
    lines.extend(square(&head.code));
    lines.push(String::new());
}

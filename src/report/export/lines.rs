//! A dossier as lines of 80 columns.

use super::dossier::{Dossier, Part};
use crate::report::columns::{COLUMNS, filled, words};

/// Columns before what belongs to a part, and before what of a row did not fit its line.
const ROW: usize = 2;
const REST: usize = 6;
/// Columns between two cells.
const GAP: usize = 2;

/// A line, and whether it is the head of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Whether it stays with the line after it.
    pub is_head: bool,
}

/// The lines of a dossier.
pub fn lines(dossier: &Dossier) -> Vec<Line> {
    let mut all = vec![head(dossier.title.to_uppercase()), body("")];
    all.extend(facts(&dossier.facts));
    for part in &dossier.parts {
        all.push(body(""));
        write_part(&mut all, part);
    }
    all
}

/// Facts, one a line.
pub fn facts(facts: &[(String, String)]) -> Vec<Line> {
    let width = facts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let fact = |(name, says): &(String, String)| filled(0, width + GAP, 1, &words(&format!("{name:<width$} {says}")));
    facts.iter().flat_map(fact).map(|line| body(&line)).collect()
}

fn write_part(all: &mut Vec<Line>, part: &Part) {
    let indent = if part.is_below { ROW } else { 0 };
    all.extend(filled(indent, indent + ROW, 1, &words(&part.title)).into_iter().map(head));
    let widths: Vec<usize> = (0..part.columns.len()).map(|column| width(part, column)).collect();
    let row_width = indent + ROW + widths.iter().map(|width| width + GAP).sum::<usize>();
    if row_width <= COLUMNS + GAP {
        let begin = " ".repeat(indent + ROW);
        let row = |cells: &Vec<String>| {
            let cells = cells.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}{}", " ".repeat(GAP)));
            format!("{begin}{}", cells.collect::<String>()).trim_end().to_owned()
        };
        if !part.rows.is_empty() {
            all.push(head(row(&part.columns)));
        }
        all.extend(part.rows.iter().map(row).map(|line| body(&line)));
        return;
    }
    // Too wide for columns: each cell bears its name.
    for row in &part.rows {
        let cells = part.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
        let cells: Vec<String> = cells.map(|(name, cell)| format!("{name}: {cell}")).collect();
        let pieces: Vec<String> = cells.iter().flat_map(|cell| words(cell)).collect();
        let joined =
            if cells.iter().all(|cell| cell.chars().count() + indent + REST <= COLUMNS) { cells } else { pieces };
        let gap = if joined.len() == part.columns.len() { GAP } else { 1 };
        all.extend(filled(indent + ROW, indent + REST, gap, &joined).into_iter().map(|line| body(&line)));
    }
}

fn width(part: &Part, column: usize) -> usize {
    let cells = part.rows.iter().chain([&part.columns]).filter_map(|row| row.get(column));
    cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
}

fn head(text: String) -> Line {
    Line { text, is_head: true }
}

fn body(text: &str) -> Line {
    Line { text: text.trim_end().to_owned(), is_head: false }
}

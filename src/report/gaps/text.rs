//! What was found, as text of 80 columns.

use super::content::Told;
use super::sections::{facts, sections};
use crate::report::columns::{COLUMNS, filled, words};
use crate::report::shift::text::write_section;

/// Columns before what of a line did not fit it.
const REST: usize = 7;

/// The lines.
pub fn page(told: &Told<'_>) -> String {
    let mut lines = vec!["TRACEABILITY GAP CHECK".to_owned(), String::new()];
    for (name, says) in facts(told) {
        lines.extend(filled(0, REST, 1, &words(&format!("{name:<6} {says}"))));
    }
    for section in sections(told) {
        lines.extend([String::new(), "-".repeat(COLUMNS)]);
        write_section(&mut lines, &section);
    }
    lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

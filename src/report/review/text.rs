//! The review as text of 80 columns.

use super::content::Review;
use super::map;
use super::sections::{facts, remarks, sections};
use crate::report::columns::{COLUMNS, filled, words};
use crate::report::shift::text::write_section;

/// Columns before what of a line did not fit it.
const REST: usize = 8;

/// The review as lines of text; of what, where it is of a route.
pub fn page(of: Option<&str>, review: &Review) -> String {
    let of = of.map_or_else(String::new, |of| format!(": {of}"));
    let mut lines = vec![format!("PRODUCTION WORKFLOW REVIEW{of}"), String::new()];
    for (name, says) in facts(review) {
        lines.extend(filled(0, REST, 1, &words(&format!("{name:<7} {says}"))));
    }
    for remark in remarks(review) {
        lines.extend(filled(0, 2, 1, &words(&format!("! {remark}"))));
    }
    lines.extend([String::new(), "-".repeat(COLUMNS), "How work went".to_owned()]);
    lines.extend(map::lines(review));
    for section in sections(review) {
        lines.extend([String::new(), "-".repeat(COLUMNS)]);
        write_section(&mut lines, &section);
    }
    lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

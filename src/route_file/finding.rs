//! What is wrong in a route file, where, and what to write instead.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::bounds::FINDINGS_MOST;

/// Whether a finding makes the route unsound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// The route is unsound.
    Wrong,
    /// The route is sound; the gate does not enforce this yet, so it is not released.
    NotEnforced,
}

/// One finding, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The character within the line, from 1.
    pub column: usize,
    /// The place in bytes, for a program that marks it.
    #[serde(skip)]
    pub span: Range<usize>,
    /// Whether it makes the route unsound.
    pub weight: Weight,
    /// What is wrong, as a sentence without a full stop.
    pub what: String,
    /// What to write instead: it follows the word `write`.
    #[serde(rename = "write")]
    pub write_instead: String,
    /// The line it is on.
    #[serde(skip)]
    pub excerpt: Excerpt,
}

/// The line that a finding is on, harmless and short, with the place marked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// The line.
    pub line: String,
    /// The place, in bytes of `line`.
    pub mark: Range<usize>,
}

/// Findings of one file in its order, and no more than are reported: where there are more, the last one says so.
pub(super) fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|f| f.span.start);
    if let Some(first_beyond) = findings.get_mut(FINDINGS_MOST) {
        first_beyond.what = String::from("there are more findings from here on");
        first_beyond.write_instead = String::from("those right that are shown");
    }
    findings.truncate(FINDINGS_MOST + 1);
    findings
}

/// One line, as scripts rely on it.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}; write {}", self.file, self.line, self.column, self.what, self.write_instead)
    }
}

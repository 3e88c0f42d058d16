//! A check: one required observation within a step, and what counts for it.

use super::id::{CheckId, Point};
use super::limits::Limits;
use super::number::Number;
use super::pattern::Pattern;

/// One required observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its id within the step.
    pub id: CheckId,
    /// What people call it.
    pub title: String,
    /// What is observed.
    pub kind: CheckKind,
    /// One observation for each; empty: one observation.
    pub points: Vec<Point>,
    /// What the datum is kept for.
    pub why: Option<Why>,
    /// Whether a typed answer counts, or only a scan or a gauge.
    pub typed: Typed,
    /// The gauge kind that gives the value.
    pub source_gauge: Option<String>,
}

/// What is observed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckKind {
    /// A number within limits.
    Number {
        /// The limits, inclusive.
        limits: Limits,
        /// Outside of this the value is not believed.
        plausible: Option<(Number, Number)>,
    },
    /// Yes or no.
    Confirm,
    /// A text.
    Text {
        /// What the text looks like.
        pattern: Option<Pattern>,
    },
    /// One of a list.
    Choice {
        /// Answers that pass.
        pass: Vec<String>,
        /// Answers that fail.
        fail: Vec<String>,
    },
    /// A label that must read right.
    Scan {
        /// What the label must say.
        expect: Expect,
    },
}

/// What a scanned check expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// Exactly this text.
    Equals(String),
    /// A text of this form.
    Pattern(Pattern),
}

/// Whether a typed answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// It does.
    Allow,
    /// Only a scan or a gauge counts.
    Refuse,
}

/// What a datum is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A customer asks for it.
    Customer,
    /// An audit asks for it.
    Audit,
    /// A trace needs it.
    Trace,
    /// The process is steered by it.
    Process,
}

impl Check {
    /// The word for its kind in routes and records.
    pub fn kind_word(&self) -> &'static str {
        match self.kind {
            CheckKind::Number { .. } => "number",
            CheckKind::Confirm => "confirm",
            CheckKind::Text { .. } => "text",
            CheckKind::Choice { .. } => "choice",
            CheckKind::Scan { .. } => "scan",
        }
    }
}

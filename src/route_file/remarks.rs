//! What a reading of one file notes down: findings, and where the things are that a proof may have to name.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::domain::id::{CheckId, PartId, StepId};

use super::bounds::{FINDINGS_MOST, PATTERNS_MOST};
use super::finding::{Finding, Weight};
use super::source::Source;

/// A thing of a route that a proof may name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The name of the route.
    Route,
    /// The pattern of the units' numbers.
    Identifier,
    /// The GTIN.
    Gtin,
    /// The pattern of a part.
    Part(PartId),
    /// The route that makes a part.
    MadeBy(PartId),
    /// What a scanned check expects.
    Scan(StepId, CheckId),
    /// A step.
    Step(StepId),
    /// Where rework of a step goes back to by default.
    OnFail(StepId),
    /// Another step that rework of a step may go back to.
    ReworkTo(StepId, StepId),
}

/// Where they are.
pub(super) type Places = BTreeMap<Place, Range<usize>>;

/// What is noted down while a file is read.
pub(super) struct Remarks<'t> {
    source: Source<'t>,
    wrong: Vec<Finding>,
    not_yet: Vec<Finding>,
    places: Places,
    patterns: usize,
    /// The first finding beyond the most that are reported, and how many there are.
    beyond: Option<(Range<usize>, usize)>,
}

impl<'t> Remarks<'t> {
    pub(super) fn new(source: Source<'t>) -> Self {
        let places = Places::new();
        Self { source, wrong: Vec::new(), not_yet: Vec::new(), places, patterns: 0, beyond: None }
    }

    pub(super) fn source(&self) -> &Source<'t> {
        &self.source
    }

    /// Something is wrong.
    pub(super) fn wrong(&mut self, span: &Range<usize>, what: impl Into<String>, write: impl Into<String>) {
        if self.wrong.len() < FINDINGS_MOST {
            self.wrong.push(self.source.finding(span, Weight::Wrong, what.into(), write.into()));
        } else {
            let (_, count) = self.beyond.get_or_insert_with(|| (span.clone(), 0));
            *count += 1;
        }
    }

    /// Something is right that the gate does not enforce yet.
    pub(super) fn not_yet(&mut self, span: &Range<usize>, what: &str, write: &str) {
        if self.not_yet.len() < FINDINGS_MOST {
            let what = format!("{what} is not enforced yet, and a route that asks for it is not released");
            self.not_yet.push(self.source.finding(span, Weight::NotEnforced, what, write.to_owned()));
        }
    }

    /// Remembers where a thing is.
    pub(super) fn mark(&mut self, place: Place, span: &Range<usize>) {
        self.places.insert(place, span.clone());
    }

    /// Whether one more pattern may be compiled. Compiling is the costliest part of reading.
    pub(super) fn may_compile(&mut self, span: &Range<usize>) -> bool {
        self.patterns += 1;
        if self.patterns == PATTERNS_MOST + 1 {
            self.wrong(
                span,
                format!("this is pattern {} of the file", self.patterns),
                format!("at most {PATTERNS_MOST}"),
            );
        }
        self.patterns <= PATTERNS_MOST
    }

    /// Everything noted down, in the order of the file: what is wrong, what is not enforced yet, and the places.
    pub(super) fn finish(mut self) -> (Vec<Finding>, Vec<Finding>, Places) {
        if let Some((span, count)) = self.beyond.take() {
            let what = format!("{count} more findings from here on are not shown");
            self.wrong.push(self.source.finding(&span, Weight::Wrong, what, "those right that are shown".to_owned()));
        }
        self.wrong.sort_by_key(|f| f.span.start);
        self.not_yet.sort_by_key(|f| f.span.start);
        (self.wrong, self.not_yet, self.places)
    }
}

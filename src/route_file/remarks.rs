//! What a reading of one file notes down: findings, and where the things are that a proof may have to name.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::domain::id::{CheckId, PartId, StepId};

use super::bounds::{FINDINGS_MOST, PATTERNS_MOST};
use super::finding::{Finding, Weight, in_order};
use super::source::Source;

/// How many patterns one counts for that is too large.
const TOO_LARGE_COUNTS: usize = 6;

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
    /// The GTIN of a part.
    PartGtin(PartId),
    /// The route that makes a part.
    MadeBy(PartId),
    /// What a scanned check expects, or what a text looks like.
    Scan(StepId, CheckId),
    /// A step.
    Step(StepId),
    /// A key of a step.
    Key(StepId, &'static str),
    /// A step whose people may not do another one.
    NotBy(StepId, StepId),
    /// The variants.
    Variants,
    /// A variant.
    Variant(String),
    /// A part that may take the place of another one.
    Alternate(PartId, PartId),
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
    patterns_left: usize,
    patterns_ended: bool,
}

impl<'t> Remarks<'t> {
    pub(super) fn new(source: Source<'t>) -> Self {
        Self {
            source,
            wrong: Vec::new(),
            not_yet: Vec::new(),
            places: Places::new(),
            patterns_left: PATTERNS_MOST,
            patterns_ended: false,
        }
    }

    pub(super) fn source(&self) -> &Source<'t> {
        &self.source
    }

    /// Something is wrong.
    pub(super) fn wrong(&mut self, span: &Range<usize>, what: impl Into<String>, write: impl Into<String>) {
        if !self.are_enough() {
            self.wrong.push(self.source.finding(span, Weight::Wrong, what.into(), write.into()));
        }
    }

    /// Whether more is wrong than will be reported, so that looking further is in vain.
    pub(super) fn are_enough(&self) -> bool {
        self.wrong.len() > FINDINGS_MOST
    }

    /// Something is right that the gate does not enforce yet.
    pub(super) fn not_yet(&mut self, span: &Range<usize>, what: &str, write: &str) {
        if self.not_yet.len() <= FINDINGS_MOST {
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
        if let Some(left) = self.patterns_left.checked_sub(1) {
            self.patterns_left = left;
            return true;
        }
        if !std::mem::replace(&mut self.patterns_ended, true) {
            let write = format!("at most {PATTERNS_MOST}, and fewer where some are too large");
            self.wrong(span, "the patterns of the file take too much from here on", write);
        }
        false
    }

    /// A pattern was too large: finding that out took as long as compiling several.
    pub(super) fn too_large(&mut self) {
        self.patterns_left = self.patterns_left.saturating_sub(TOO_LARGE_COUNTS - 1);
    }

    /// Everything noted down, in the order of the file: what is wrong, what is not enforced yet, and the places.
    pub(super) fn finish(self) -> (Vec<Finding>, Vec<Finding>, Places) {
        (in_order(self.wrong), in_order(self.not_yet), self.places)
    }
}

#[cfg(test)]
mod tests {
    use crate::route_file::bounds::FINDINGS_MOST;
    use crate::route_file::testing::{SOUND, each, found};

    #[test]
    fn all_findings_come_in_the_order_of_the_file_and_not_without_end() {
        let wrong = each(0..200, |n| format!("x{n} = 1\n"));
        let found = found(&format!("{wrong}{SOUND}").replace("title = \"Test\"", "title = 1"));
        assert_eq!(found.len(), FINDINGS_MOST + 1);
        assert!(found[0].starts_with("1:1: `x0` is no key"), "{}", found[0]);
        assert!(
            found[FINDINGS_MOST].contains(": there are more findings from here on; write those right that are shown"),
            "{}",
            found[FINDINGS_MOST]
        );
        let lines: Vec<usize> = found.iter().map(|f| f.split(':').next().unwrap().parse().unwrap()).collect();
        assert!(lines.is_sorted());
    }
}

//! What was copied from paper: it is as it should be, and whoever reads the record is told.

use super::finding::Finding;
use super::kind::Kind;
use crate::domain::event::Event;
use crate::domain::id::{StepId, UnitId};
use crate::domain::paper::Transcribed;
use crate::domain::time::At;

/// One remark for each paper and each step that it tells of.
pub fn told(unit: &UnitId, events: &[Event]) -> Vec<Finding> {
    let mut sheets: Vec<Sheet<'_>> = Vec::new();
    for event in events.iter().filter(|event| event.what.changes_a_unit()) {
        let Some(by) = Transcribed::of(event) else { continue };
        let sheet = Sheet { of: event.when(), step: event.about.step.as_ref(), first: event, by, records: 1 };
        match sheets.iter_mut().find(|known| known.is_like(&sheet)) {
            Some(known) => known.records += 1,
            None => sheets.push(sheet),
        }
    }
    sheets.into_iter().map(|sheet| sheet.finding(unit)).collect()
}

/// What one paper says of a step.
struct Sheet<'a> {
    of: At,
    step: Option<&'a StepId>,
    first: &'a Event,
    by: Transcribed,
    records: u32,
}

impl Sheet<'_> {
    fn is_like(&self, other: &Self) -> bool {
        let people = |sheet: &Self| (sheet.by.by.clone(), sheet.by.witness.clone());
        (self.of, self.step) == (other.of, other.step) && people(self) == people(other)
    }

    fn finding(&self, unit: &UnitId) -> Finding {
        let Transcribed { by, witness, .. } = &self.by;
        let what = format!("{} records from a paper of {}, by {by}, witness {witness}", self.records, self.of);
        Finding::of_unit(unit, Kind::Paper, self.step, what).at(self.first)
    }
}

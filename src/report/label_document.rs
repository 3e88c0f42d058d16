//! The labels of a unit in its document: which one counts, and each time that it was replaced or printed again.

use serde::Serialize;

use crate::domain::event::Link;
use crate::domain::id::{Badge, UnitId};
use crate::domain::labelling::{Found, Labelled, Labels};
use crate::domain::time::At;

/// The labels that a unit had and has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LabelDocument {
    /// The number on the one that counts.
    pub number: UnitId,
    /// Whether it was scanned back.
    pub scanned_back: bool,
    /// How often it was printed once more.
    pub reprints: u32,
    /// Each time that it was replaced or printed again, the oldest first.
    pub changes: Vec<ChangeDocument>,
}

/// A time that a label was replaced or printed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeDocument {
    /// The number on the label that counts since.
    pub number: UnitId,
    /// The number on the one before; none: it was printed once more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<UnitId>,
    /// How the unit was known, where it was found without a label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<Found>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// The event.
    pub event: Link,
}

impl LabelDocument {
    /// The labels of a unit; none where it has the one that it began with.
    pub(super) fn new(unit: &UnitId, labels: &Labels) -> Option<Self> {
        let change = |change: &Labelled| {
            let Labelled { label, was, found, reason, by, at, event } = change.clone();
            ChangeDocument { number: label, was, found, reason, by, at, event }
        };
        (!labels.changes.is_empty()).then(|| Self {
            number: labels.valid(unit).clone(),
            scanned_back: labels.waits.is_none(),
            reprints: labels.reprints(),
            changes: labels.changes.iter().map(change).collect(),
        })
    }

    /// The lines about them.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let waits = if self.scanned_back { "" } else { ", not scanned back yet" };
        let first = format!("Label     {}{waits}", self.number);
        let change = |change: &ChangeDocument| {
            let what = match &change.was {
                None => "printed once more".to_owned(),
                Some(was) if *was == change.number => "replaced".to_owned(),
                Some(was) => format!("{} in place of {was}", change.number),
            };
            let found = match &change.found {
                None => String::new(),
                Some(Found::Component(serial)) => format!(", found by component {serial}"),
                Some(Found::Carton(carton)) => format!(", found in carton {carton}"),
                Some(Found::Open) => ", found open at its station".to_owned(),
                Some(Found::Choice) => ", found and known".to_owned(),
            };
            let by = change.by.as_ref().map_or("-", Badge::as_str);
            format!("          {what}{found} ({}; by {by}, {})", change.reason, change.at)
        };
        std::iter::once(first).chain(self.changes.iter().map(change).collect::<Vec<_>>())
    }
}

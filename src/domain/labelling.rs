//! The labels of a unit. Its number is its identity for ever; a label may be worn, wrong or lost, and another one takes
//! its place: with the same number, or with a new one that means the same unit from then on.
//!
//! Who brings the new label scans it back: until then nobody works on the unit.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::{Badge, CartonId, Serial, UnitId};
use super::time::At;
use super::what::What;

/// Times that the label of a unit is replaced or printed again.
pub const LABELS_MOST: usize = 64;

/// What is done with a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Labelling {
    /// The label is worn, wrong or lost: another one counts.
    Replace {
        /// Of which unit; none: the one that has the component by which it was found, or the open one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        /// How the unit is known, where it was found without a label.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        found: Option<Found>,
        /// The number on the new label; none: the same as on the old one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<UnitId>,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
    /// The label is printed once more.
    Reprint {
        /// Of which unit; none: the open one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        /// Why.
        reason: String,
        /// Who.
        by: Badge,
    },
}

/// How a unit is known that was found without a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// This component is in it.
    Component(Serial),
    /// It is in this carton.
    Carton(CartonId),
    /// It is open at the station.
    Open,
    /// Whoever signs knows it.
    Choice,
}

impl Labelling {
    /// Why.
    pub fn reason(&self) -> &str {
        match self {
            Self::Replace { reason, .. } | Self::Reprint { reason, .. } => reason,
        }
    }

    /// Who.
    pub fn by(&self) -> &Badge {
        match self {
            Self::Replace { by, .. } | Self::Reprint { by, .. } => by,
        }
    }

    /// The unit that it names.
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Replace { unit, .. } | Self::Reprint { unit, .. } => unit.as_ref(),
        }
    }

    /// The component by which the unit is found, where nothing else names it.
    pub fn component(&self) -> Option<&Serial> {
        match self {
            Self::Replace { found: Some(Found::Component(serial)), .. } => Some(serial),
            Self::Replace { .. } | Self::Reprint { .. } => None,
        }
    }

    /// The number on the new label, where that is another one.
    pub fn number(&self) -> Option<&UnitId> {
        match self {
            Self::Replace { number, .. } => number.as_ref(),
            Self::Reprint { .. } => None,
        }
    }
}

/// A label with another number than the unit's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// The number on it.
    pub label: UnitId,
    /// The unit that it means, also where another label of it counts by now.
    pub unit: UnitId,
    /// The event that says so.
    pub event: Link,
}

impl Tag {
    /// Whether an event says that this label means that unit.
    pub fn follows_from(&self, event: &Event) -> bool {
        let of_unit = event.about.unit.as_ref() == Some(&self.unit);
        of_unit && matches!(&event.what, What::LabelReplaced(e) if e.label == self.label)
    }
}

/// The labels that a unit had and has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    /// The number on the label that counts; none: the unit's own.
    pub number: Option<UnitId>,
    /// Each time that it was replaced or printed again, the oldest first.
    pub changes: Vec<Labelled>,
    /// The replacement whose label was not scanned back yet.
    pub waits: Option<Link>,
}

/// A time that the label of a unit was replaced or printed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// The number on the label that counts since.
    pub label: UnitId,
    /// The number on the label that counted before; none: it was printed once more.
    pub was: Option<UnitId>,
    /// How the unit was known, where it was found without a label.
    pub found: Option<Found>,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Which event.
    pub event: Link,
}

impl Labels {
    /// The number on the label of a unit that counts.
    pub fn valid<'a>(&'a self, own: &'a UnitId) -> &'a UnitId {
        self.number.as_ref().unwrap_or(own)
    }

    /// By what a label counts no more.
    pub fn replaced(&self, label: &UnitId) -> Option<&Labelled> {
        self.changes.iter().rfind(|c| c.was.as_ref() == Some(label) && c.label != *label)
    }

    /// How often it was printed once more.
    pub fn reprints(&self) -> u32 {
        u32::try_from(self.changes.iter().filter(|c| c.was.is_none()).count()).unwrap_or(u32::MAX)
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub(super) fn apply(&mut self, event: &Event) {
        let (label, was, found) = match &event.what {
            What::LabelReplaced(e) => {
                let own = event.about.unit.as_ref() == Some(&e.label);
                self.number = Some(e.label.clone()).filter(|_| !own);
                self.waits = Some(event.stamp.link());
                (e.label.clone(), Some(e.was.clone()), e.found.clone())
            }
            What::LabelReprinted(e) => (e.label.clone(), None, None),
            What::LabelVerified(_) => {
                self.waits = None;
                return;
            }
            _ => return,
        };
        self.changes.push(Labelled {
            label,
            was,
            found,
            reason: event.about.reason.clone().unwrap_or_default(),
            by: event.about.by.clone(),
            at: event.stamp.at,
            event: event.stamp.link(),
        });
    }
}

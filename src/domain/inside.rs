//! What is known of a sub-assembly within a unit.

use serde::{Deserialize, Serialize};

use super::event::Link;
use super::id::{Badge, UnitId};
use super::settling::Broken;
use super::time::At;
use super::traveller::{Held, Traveller};

/// A unit on hold within another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// The units from the outer one to the one on hold, each installed in the one before.
    pub path: Vec<UnitId>,
    /// Why that one is on hold: its oldest reason. Nothing where it is its history that is broken.
    pub reason: String,
    /// Who held it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// The event of the hold; where there is none, the last one of the unit.
    pub event: Link,
    /// What is broken in its history, where nobody holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken: Option<Broken>,
}

impl Inside {
    /// The fact, where the last unit of a path is on hold, or its history is broken.
    pub fn at_the_end_of(path: Vec<UnitId>, held: &Traveller) -> Option<Self> {
        if let Some(Held { reason, by, at, event, .. }) = held.holds.first().cloned() {
            return Some(Self { path, reason, by, at, event, broken: None });
        }
        let (at, event) = (held.changed?, held.head.clone()?);
        Some(Self { path, reason: String::new(), by: None, at, event, broken: Some(Broken::of(held)?) })
    }
}

//! What somebody wants done with the pieces of a batch.

use serde::{Deserialize, Serialize};

use super::id::{Badge, UnitId};

/// What is done with the pieces of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Batch {
    /// Some go into a batch of their own.
    Split {
        /// Of which batch; none: of the open one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        /// How many.
        pieces: u32,
        /// The number of the new batch.
        into: UnitId,
        /// Who, by badge and PIN; none: whoever is signed on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Badge>,
    },
    /// All of another batch go into this one.
    Merge {
        /// Into which; none: into the open one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        /// The other batch.
        from: UnitId,
        /// Who, by badge and PIN; none: whoever is signed on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Badge>,
    },
    /// Some of the open batch fail its step, and become a batch of their own.
    Reject {
        /// How many.
        pieces: u32,
        /// The number of the new batch.
        into: UnitId,
        /// Why: a defect of the route, or a sentence.
        reason: String,
    },
}

impl Batch {
    /// The same, by whoever signs it with badge and PIN. That is said once; pieces fail by whoever has them in hand.
    #[must_use]
    pub fn signed(self, badge: Option<Badge>) -> Option<Self> {
        match (self, badge) {
            (batch, None) => batch.signer().is_none().then_some(batch),
            (Self::Split { unit, pieces, into, by: None }, by) => Some(Self::Split { unit, pieces, into, by }),
            (Self::Merge { unit, from, by: None }, by) => Some(Self::Merge { unit, from, by }),
            (Self::Split { by: Some(_), .. } | Self::Merge { by: Some(_), .. } | Self::Reject { .. }, Some(_)) => None,
        }
    }

    /// Whoever gives it by badge and PIN.
    pub(super) fn signer(&self) -> Option<&Badge> {
        match self {
            Self::Split { by, .. } | Self::Merge { by, .. } => by.as_ref(),
            Self::Reject { .. } => None,
        }
    }
}

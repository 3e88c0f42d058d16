//! What happens to batches: they are split, and merged again.

use serde::{Deserialize, Serialize};

use super::terms::Next;
use crate::domain::id::{Badge, PartId, StepId, UnitId};
use crate::domain::load::Treated;
use crate::domain::reworking::Loop;
use crate::domain::time::Moment;

/// Data of [`What::BatchSplit`](crate::domain::what::What::BatchSplit).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchSplit {
    /// The batch that has the pieces now.
    pub into: UnitId,
    /// How many went there.
    pub took: u32,
}

/// Data of [`What::BatchBegun`](crate::domain::what::What::BatchBegun): the batch that the pieces come from, and all
/// that was done on it and counts for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchBegun {
    /// Where the pieces come from.
    pub from: UnitId,
    /// How they stand.
    pub stands: Stands,
    /// The step that is due; none where every step is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Next>,
    /// The variant that they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The steps that they passed and that are not due again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<StepId>,
    /// The sampled steps that they were drawn for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drawn: Vec<StepId>,
    /// The steps that they do not have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<StepId>,
    /// The steps whose missed time limit quality accepted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excused: Vec<StepId>,
    /// The loads that they went through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub treated: Vec<Treated>,
    /// What was done at each step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<DoneBefore>,
    /// Each time that they went back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loops: Vec<Loop>,
    /// How often any of them did in all; none: each time all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

/// How pieces stand that go from one batch into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stands {
    /// On their way.
    InProcess,
    /// They wait for a decision.
    Nonconforming,
    /// Every step is done.
    Complete,
}

/// What was done at a step of a batch before its pieces went into another one, as far as it counts there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneBefore {
    /// The step.
    pub step: StepId,
    /// Attempts that ended.
    pub attempts: u32,
    /// Those of them that failed.
    #[serde(default, skip_serializing_if = "is_none")]
    pub failed: u32,
    /// When it passed; several moments where batches were merged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<Moment>,
    /// Whoever worked on it, or ended it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<Badge>,
    /// The parts that it has all of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<PartId>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_none(n: &u32) -> bool {
    *n == 0
}

/// Data of [`What::BatchJoined`](crate::domain::what::What::BatchJoined).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchJoined {
    /// The batch whose pieces these were.
    pub from: UnitId,
    /// How many came.
    pub brought: u32,
    /// What was done on them at each step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<DoneBefore>,
    /// Each time that they went back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loops: Vec<Loop>,
    /// How often any of them did in all; none: each time all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
}

/// Data of [`What::BatchMerged`](crate::domain::what::What::BatchMerged).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchMerged {
    /// The batch that has the pieces now.
    pub into: UnitId,
}

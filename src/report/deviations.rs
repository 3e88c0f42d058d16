//! What a unit's document says of the rules that were let go for it, and of its rework.

use serde::Serialize;

use crate::domain::event::Link;
use crate::domain::id::{Badge, PermitId, StepId};
use crate::domain::let_go::Ground;
use crate::domain::time::At;
use crate::domain::traveller::Traveller;

/// A rule that was let go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetGoDocument {
    /// The refusal that there would have been.
    pub rule: &'static str,
    /// The deviation permit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permit: Option<PermitId>,
    /// The event of the override, where it was let go by one.
    #[serde(rename = "override", skip_serializing_if = "Option::is_none")]
    pub over: Option<Link>,
    /// At which step.
    pub step: Option<StepId>,
    /// Who worked.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
}

/// A time that the unit went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReworkDocument {
    /// The step that failed, or that was due.
    pub from: Option<StepId>,
    /// Where it went back to.
    pub to: StepId,
    /// The steps that became due again.
    pub due: Vec<StepId>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
}

/// Every rule that was let go for a unit, the oldest first.
pub fn let_go(traveller: &Traveller) -> Vec<LetGoDocument> {
    let waived = traveller.let_go.waived.iter().map(|w| {
        let (permit, over) = match &w.ground {
            Ground::Permit(permit) => (Some(permit.clone()), None),
            Ground::Override(event) => (None, Some(event.clone())),
        };
        LetGoDocument { rule: w.rule.word(), permit, over, step: w.step.clone(), by: w.by.clone(), at: w.at }
    });
    waived.collect()
}

/// Each time that a unit went back, the oldest first.
pub fn rework(traveller: &Traveller) -> Vec<ReworkDocument> {
    let back = traveller.rework.loops.iter().map(|l| ReworkDocument {
        from: l.from.clone(),
        to: l.to.clone(),
        due: l.due.clone(),
        reason: l.reason.clone(),
        by: l.by.clone(),
        at: l.at,
    });
    back.collect()
}

/// What both say, a line each.
pub fn lines(let_go: &[LetGoDocument], rework: &[ReworkDocument]) -> Vec<String> {
    let who = |by: &Option<Badge>| by.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    let step = |id: &Option<StepId>| id.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
    let waived = let_go.iter().map(|w| {
        let ground = match (&w.permit, &w.over) {
            (Some(permit), _) => format!("permit {permit}"),
            (None, Some(event)) => format!("override {}", event.seq()),
            (None, None) => "-".to_owned(),
        };
        format!("Let go    {} at step {}, {ground} (by {}, {})", w.rule, step(&w.step), who(&w.by), w.at)
    });
    let back = rework.iter().map(|r| {
        let reason = r.reason.as_deref().unwrap_or("-");
        format!("Went back from step {} to {}: {reason} (by {}, {})", step(&r.from), r.to, who(&r.by), r.at)
    });
    waived.chain(back).collect()
}

//! One step of the traveller document: what the route asks, and every attempt at it.

use serde::Serialize;

use crate::domain::event::How;
use crate::domain::id::{Badge, CheckId, DeviceId, PartId, Point, Serial, StationId, StepId};
use crate::domain::lacking;
use crate::domain::paper::Transcribed;
use crate::domain::role::Role;
use crate::domain::route::Step;
use crate::domain::time::At;
use crate::domain::traveller::{Attempt, Ended, Installed, Observation, Out, Signature, Standing, Traveller};
use crate::domain::what::Piece;

/// A step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepDocument {
    /// Its id.
    pub id: StepId,
    /// What people call it.
    pub title: String,
    /// `passed`, `due`, `failed` or `ahead`; where the unit lacks it `not-of-variant`, `not-sampled`,
    /// `skipped` or `rework-only`.
    pub state: &'static str,
    /// Every attempt, in order.
    pub attempts: Vec<AttemptDocument>,
}

/// One attempt at a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttemptDocument {
    /// From 1.
    pub number: u32,
    /// When it began.
    pub at: At,
    /// Who ended it; while it goes on, who worked on it last.
    pub by: Option<Badge>,
    /// Everybody who worked on it.
    pub workers: Vec<Badge>,
    /// Everybody who stood by while somebody worked who was learning it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supervisors: Vec<Badge>,
    /// Where.
    pub station: Option<StationId>,
    /// Observations, taken back ones included.
    pub checks: Vec<CheckDocument>,
    /// Material that went in.
    pub materials: Vec<MaterialDocument>,
    /// Components met again after rework.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verified: Vec<Serial>,
    /// Signatures.
    pub signatures: Vec<SignatureDocument>,
    /// `passed`, `failed` or `retested`; none while it goes on.
    pub result: Option<&'static str>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<At>,
    /// Who entered something of it from paper, who witnessed that, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcribed: Option<Transcribed>,
    /// Why, where it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// An observation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckDocument {
    /// The check.
    pub id: CheckId,
    /// Where, for a check with points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// The value, with the digits entered.
    pub value: String,
    /// `pass` or `fail`.
    pub verdict: &'static str,
    /// How it came in.
    pub how: Option<&'static str>,
    /// By which device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// What it was measured with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gauge: Option<DeviceId>,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// Whether it was taken back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub voided: bool,
    /// Whether it failed and was accepted as it is.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub accepted: bool,
}

/// A piece of material.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MaterialDocument {
    /// The part.
    pub part: PartId,
    /// `lot` or `serial`, and its number.
    #[serde(flatten)]
    pub piece: Piece,
    /// What it is, where that is an approved alternate of the part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is: Option<PartId>,
    /// How many; none of a loaded lot that was replaced in the middle of the unit.
    pub quantity: u32,
    /// How it came in.
    pub how: Option<&'static str>,
    /// Who.
    pub by: Option<Badge>,
    /// When.
    pub at: At,
    /// How it came out again: `voided`, or its fate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out: Option<&'static str>,
}

/// A signature: who, when, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureDocument {
    /// Who.
    pub by: Option<Badge>,
    /// The printed name.
    pub name: String,
    /// What it says.
    pub meaning: String,
    /// In which role.
    pub role: Role,
    /// When.
    pub at: At,
}

/// A step of the document.
pub fn step(traveller: &Traveller, step: &Step) -> StepDocument {
    let record = traveller.step(&step.id);
    StepDocument {
        id: step.id.clone(),
        title: step.title.clone(),
        state: state(traveller, step),
        attempts: record.map_or_else(Vec::new, |r| r.attempts.iter().map(|a| attempt(traveller, step, a)).collect()),
    }
}

fn state(traveller: &Traveller, step: &Step) -> &'static str {
    let is_due = traveller.due.as_ref().is_some_and(|due| due.step == step.id);
    let before = traveller.done_before(&step.id).is_some_and(|d| !d.passed.is_empty());
    if lacking::passed(traveller, step).is_some() || before && traveller.passed.contains(&step.id) {
        "passed"
    } else if !step.is_of(traveller.variant.as_deref()) {
        "not-of-variant"
    } else if !lacking::has(traveller, step) {
        match (step.rework, step.sample.is_some()) {
            (true, _) => "rework-only",
            (false, true) => "not-sampled",
            (false, false) => "skipped",
        }
    } else if is_due && matches!(traveller.standing, Standing::Nonconforming | Standing::Scrapped) {
        "failed"
    } else if is_due {
        "due"
    } else {
        "ahead"
    }
}

fn attempt(traveller: &Traveller, step: &Step, attempt: &Attempt) -> AttemptDocument {
    let ending = attempt.result.as_ref();
    let is_of_it = |i: &&Installed| i.step == step.id && i.attempt == attempt.number;
    AttemptDocument {
        number: attempt.number,
        at: attempt.began,
        by: ending.and_then(|e| e.by.clone()).or_else(|| attempt.workers.last().cloned()),
        workers: attempt.workers.clone(),
        supervisors: attempt.supervisors.clone(),
        transcribed: attempt.transcribed.clone(),
        station: attempt.station.clone(),
        checks: attempt.observations.iter().map(check).collect(),
        materials: traveller.installed.iter().filter(is_of_it).map(material).collect(),
        verified: attempt.verified.clone(),
        signatures: attempt.signature.iter().chain(&attempt.approval).map(signature).collect(),
        result: ending.map(|e| match e.how {
            Ended::Passed => "passed",
            Ended::Failed => "failed",
            Ended::Retested => "retested",
            Ended::SentBack => "sent-back",
        }),
        ended: ending.map(|e| e.at),
        reason: ending.and_then(|e| e.reason.clone()),
    }
}

fn check(seen: &Observation) -> CheckDocument {
    let device = match &seen.how {
        Some(How::Scanned(device) | How::Gauge(device) | How::Machine(device)) => Some(device.clone()),
        Some(How::Typed | How::Loaded | How::Transcribed { .. }) | None => None,
    };
    CheckDocument {
        id: seen.check.clone(),
        point: seen.point.clone(),
        value: seen.value.clone(),
        verdict: if seen.passed { "pass" } else { "fail" },
        how: seen.how.as_ref().map(How::word),
        gauge: seen.gauge.clone().or_else(|| sent_by(seen)),
        device,
        by: seen.by.clone(),
        at: seen.at,
        voided: seen.voided,
        accepted: seen.conceded,
    }
}

/// The gauge that sent the value itself.
fn sent_by(seen: &Observation) -> Option<DeviceId> {
    if let Some(How::Gauge(gauge)) = &seen.how { Some(gauge.clone()) } else { None }
}

fn material(piece: &Installed) -> MaterialDocument {
    MaterialDocument {
        part: piece.part.clone(),
        piece: piece.piece.clone(),
        is: piece.is.clone(),
        quantity: piece.quantity,
        how: piece.how.as_ref().map(How::word),
        by: piece.by.clone(),
        at: piece.at,
        out: piece.out.map(|out| match out {
            Out::Voided => "voided",
            Out::Removed(fate) => fate.word(),
        }),
    }
}

fn signature(signed: &Signature) -> SignatureDocument {
    SignatureDocument {
        by: signed.by.clone(),
        name: signed.name.clone(),
        meaning: signed.meaning.clone(),
        role: signed.role,
        at: signed.at,
    }
}

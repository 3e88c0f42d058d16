//! What a step still requires of a unit, in the order it is asked for.

use serde::Serialize;

use super::first_piece::{FirstStands, MEANING};
use super::id::{CheckId, PartId, Point};
use super::route::{Capture, Check, Route, SignOff, Step};
use super::station::Station;
use super::traveller::{Attempt, Traveller};

/// One thing that is still required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need<'a> {
    /// Material.
    Material {
        /// The part.
        part: &'a PartId,
        /// What people call it.
        title: &'a str,
        /// How a piece of it is identified.
        capture: Capture,
        /// How many are missing.
        left: u32,
    },
    /// A gauge of that kind is to be chosen.
    Gauge(&'a str),
    /// An observation.
    Check {
        /// The check.
        check: &'a Check,
        /// The next point, for a check with points.
        point: Option<&'a Point>,
        /// How many observations are missing.
        left: u32,
    },
    /// A signature.
    Signature(&'a SignOff),
    /// The approval of a first piece, by a second person.
    FirstPiece,
}

/// A need, as scripts read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeedLine {
    /// `material`, `gauge`, `check` or `signature`.
    pub kind: &'static str,
    /// The part, the check, or `sign-off`.
    pub id: String,
    /// The part, for material.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// How it is captured: `serial`, `lot`, `loaded` for material; the kind of a check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture: Option<&'static str>,
    /// What people call it.
    pub title: String,
    /// The next point, for a check with points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<String>,
    /// How many are missing.
    pub left: u32,
}

impl Need<'_> {
    /// The need, as scripts read it.
    pub fn line(&self) -> NeedLine {
        match self {
            Self::Material { part, title, capture, left } => NeedLine {
                kind: "material",
                id: part.to_string(),
                part: Some(part.to_string()),
                capture: Some(capture.word()),
                title: (*title).to_owned(),
                point: None,
                left: *left,
            },
            Self::Gauge(kind) => NeedLine {
                kind: "gauge",
                id: (*kind).to_owned(),
                part: None,
                capture: None,
                title: (*kind).to_owned(),
                point: None,
                left: 1,
            },
            Self::Check { check, point, left } => NeedLine {
                kind: "check",
                id: check.id.to_string(),
                part: None,
                capture: Some(check.kind_word()),
                title: check.title.clone(),
                point: point.map(ToString::to_string),
                left: *left,
            },
            Self::Signature(sign_off) => NeedLine {
                kind: "signature",
                id: "sign-off".to_owned(),
                part: None,
                capture: None,
                title: sign_off.meaning.clone(),
                point: None,
                left: 1,
            },
            Self::FirstPiece => NeedLine {
                kind: "signature",
                id: "first-piece".to_owned(),
                part: None,
                capture: None,
                title: MEANING.to_owned(),
                point: None,
                left: 1,
            },
        }
    }
}

/// Everything that a step still requires of a unit at a station: material, then gauges, then checks, then the
/// signatures. A part of which a lot is loaded there is no need: it is drawn when the step passes.
pub fn needs<'a>(traveller: &Traveller, route: &'a Route, step: &'a Step, at: &Station) -> Vec<Need<'a>> {
    let attempt = traveller.current(&step.id);
    let mut open = Vec::new();
    for (part, wanted) in &step.uses {
        let left = traveller.lacks(&step.id, part, *wanted);
        if left > 0
            && let Some(about) = route.parts.get(part)
            && !(about.capture == Capture::Loaded && at.loaded(part).is_some())
        {
            open.push(Need::Material { part, title: &about.title, capture: about.capture, left });
        }
    }
    open.extend(step.gauge_kinds().into_iter().filter(|kind| at.gauge(kind).is_none()).map(Need::Gauge));
    let recorded = attempt.map_or_else(Vec::new, |a| recorded(step, a));
    for (n, check) in step.checks.iter().enumerate() {
        let seen = |slot: usize| recorded.get(n).and_then(|slots| slots.get(slot)).copied().unwrap_or(false);
        if check.points.is_empty() {
            if !seen(0) {
                open.push(Need::Check { check, point: None, left: 1 });
            }
        } else {
            let mut points =
                check.points.iter().enumerate().filter(|(slot, _)| !seen(*slot)).map(|(_, p)| p).peekable();
            if let Some(point) = points.peek().copied() {
                let left = u32::try_from(points.count()).unwrap_or(u32::MAX);
                open.push(Need::Check { check, point: Some(point), left });
            }
        }
    }
    if let Some(sign_off) = &step.sign_off
        && attempt.is_none_or(|a| a.signature.is_none())
        && !traveller.is_sample()
    {
        open.push(Need::Signature(sign_off));
    }
    let first = traveller.unit.as_ref().and_then(|unit| at.first_pieces.waiting(unit, &step.id));
    if first.is_some_and(|f| f.stands != FirstStands::Approved) {
        open.push(Need::FirstPiece);
    }
    open
}

/// Whether nothing is missing but a signature: of the step, or of the first piece.
pub fn is_signature_due(needs: &[Need<'_>]) -> bool {
    matches!(needs.first(), Some(Need::Signature(_) | Need::FirstPiece))
}

/// For each check of a step, which of its points have an observation; a check without points has one slot.
///
/// Observations mostly come in the order of the checks, so each is looked for from where the last one was: a long
/// record is gone through once.
fn recorded(step: &Step, attempt: &Attempt) -> Vec<Vec<bool>> {
    let mut slots: Vec<Vec<bool>> = step.checks.iter().map(|c| vec![false; c.points.len().max(1)]).collect();
    let (mut check, mut slot) = (0, 0);
    for seen in attempt.standing() {
        let Some(found) = around(&step.checks, check, |c| c.id == seen.check) else { continue };
        slot = if found == check { slot } else { 0 };
        check = found;
        let points = step.checks.get(check).map(|c| c.points.as_slice()).unwrap_or_default();
        let at = match &seen.point {
            None if points.is_empty() => 0,
            None => usize::MAX,
            Some(point) => around(points, slot, |p| p == point).unwrap_or(usize::MAX),
        };
        if let Some(done) = slots.get_mut(check).and_then(|s| s.get_mut(at)) {
            *done = true;
            slot = at;
        }
    }
    slots
}

/// The place of the first that fits, looked for from a place onwards and around.
fn around<T>(all: &[T], from: usize, fits: impl Fn(&T) -> bool) -> Option<usize> {
    (from..all.len()).chain(0..from.min(all.len())).find(|n| all.get(*n).is_some_and(&fits))
}

/// The need of that check, where it is open.
pub fn check_need<'n, 'a>(needs: &'n [Need<'a>], id: &CheckId) -> Option<&'n Need<'a>> {
    needs.iter().find(|n| matches!(n, Need::Check { check, .. } if check.id == *id))
}

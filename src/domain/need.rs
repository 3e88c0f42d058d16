//! What a step still requires of a unit, in the order it is asked for.

use serde::Serialize;

use super::id::{CheckId, PartId, Point};
use super::route::{Capture, Check, Route, SignOff, Step};
use super::traveller::Traveller;

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
        }
    }
}

/// Everything that a step still requires of a unit: material, then checks, then the signature.
pub fn needs<'a>(traveller: &Traveller, route: &'a Route, step: &'a Step) -> Vec<Need<'a>> {
    let attempt = traveller.current(&step.id);
    let mut open = Vec::new();
    for (part, wanted) in &step.uses {
        let left = wanted.saturating_sub(traveller.counted(&step.id, part));
        if left > 0
            && let Some(about) = route.parts.get(part)
        {
            open.push(Need::Material { part, title: &about.title, capture: about.capture, left });
        }
    }
    for check in &step.checks {
        let missing = |point: Option<&Point>| attempt.is_none_or(|a| a.observation(&check.id, point).is_none());
        if check.points.is_empty() {
            if missing(None) {
                open.push(Need::Check { check, point: None, left: 1 });
            }
        } else {
            let mut points = check.points.iter().filter(|p| missing(Some(p))).peekable();
            if let Some(point) = points.peek().copied() {
                let left = u32::try_from(points.count()).unwrap_or(u32::MAX);
                open.push(Need::Check { check, point: Some(point), left });
            }
        }
    }
    if let Some(sign_off) = &step.sign_off
        && attempt.is_none_or(|a| a.signature.is_none())
    {
        open.push(Need::Signature(sign_off));
    }
    open
}

/// The need of that check, where it is open.
pub fn check_need<'n, 'a>(needs: &'n [Need<'a>], id: &CheckId) -> Option<&'n Need<'a>> {
    needs.iter().find(|n| matches!(n, Need::Check { check, .. } if check.id == *id))
}

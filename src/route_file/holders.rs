//! What a label may be meant as, by one route: in which form, of which pattern, and at which steps.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::gs1::{AI_GTIN, Gtin};
use crate::domain::id::{CheckId, PartId, RouteId, StepId};
use crate::domain::route::{Capture, CheckKind, Expect, Route, Step};

use super::automaton::Among;
use super::remarks::Place;
use super::source::quoted;
use super::variant::Variants;

/// What a label may be meant as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder<'r> {
    /// A unit of the route.
    Unit(&'r RouteId),
    /// A component, and the route that makes it.
    Component(&'r PartId, Option<&'r RouteId>),
    /// A scanned check.
    Scan(&'r StepId, &'r CheckId),
    /// A text that is typed.
    Text(&'r StepId, &'r CheckId),
}

/// In which form a label is meant as something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// By the number itself.
    Number,
    /// By a GS1 label with the GTIN, whose text may be read as it stands where the scanner does not mark it.
    Gs1,
}

impl Holder<'_> {
    pub(super) fn place(self, form: Form) -> Place {
        match (self, form) {
            (Self::Unit(_), Form::Number) => Place::Identifier,
            (Self::Unit(_), Form::Gs1) => Place::Gtin,
            (Self::Component(part, _), Form::Number) => Place::Part(part.clone()),
            (Self::Component(part, _), Form::Gs1) => Place::PartGtin(part.clone()),
            (Self::Scan(step, check) | Self::Text(step, check), _) => Place::Scan(step.clone(), check.clone()),
        }
    }

    pub(super) fn among(self) -> Among {
        match self {
            Self::Unit(_) | Self::Component(..) => Among::Identifiers,
            Self::Scan(..) | Self::Text(..) => Among::Labels,
        }
    }

    pub(super) fn words(self) -> String {
        match self {
            Self::Unit(route) => format!("a unit of {}", quoted(route.as_str())),
            Self::Component(part, _) => format!("part {}", quoted(part.as_str())),
            Self::Scan(step, check) | Self::Text(step, check) => {
                format!("check {} of step {}", quoted(check.as_str()), quoted(step.as_str()))
            }
        }
    }
}

/// The text of a GS1 label that begins with this GTIN.
fn element_string(gtin: &Gtin) -> Cow<'static, str> {
    Cow::Owned(format!("{AI_GTIN}{gtin}[!-~]*"))
}

/// Something that a label may be meant as: its holder, in which form, its pattern, and the steps where it can be.
pub(super) type Held<'r> = (Holder<'r>, Form, Cow<'r, str>, Vec<&'r StepId>);

/// Everything that a label of a route may be meant as.
pub(super) fn holders(route: &Route) -> Vec<Held<'_>> {
    let unit = Holder::Unit(&route.id);
    let mut all = vec![(unit, Form::Number, Cow::Borrowed(route.identifier.pattern.as_str()), Vec::new())];
    let panels = route.identifier.panel.iter().map(|panel| Cow::Borrowed(panel.pattern.as_str()));
    all.extend(panels.map(|pattern| (unit, Form::Number, pattern, Vec::new())));
    all.extend(route.identifier.gtin.iter().map(|gtin| (unit, Form::Gs1, element_string(gtin), Vec::new())));
    for (id, part) in &route.parts {
        let steps: Vec<&StepId> = route.steps.iter().filter(|s| takes(route, s, id)).map(|s| &s.id).collect();
        let component = Holder::Component(id, part.made_by.as_ref());
        if let (Capture::Serial, Some(pattern)) = (part.capture, &part.pattern) {
            all.push((component, Form::Number, Cow::Borrowed(pattern.as_str()), steps.clone()));
        }
        all.extend(part.gtin.iter().map(|gtin| (component, Form::Gs1, element_string(gtin), steps.clone())));
    }
    for step in &route.steps {
        for check in &step.checks {
            let (holder, pattern) = match &check.kind {
                CheckKind::Scan { expect: Expect::Pattern(pattern) } => {
                    (Holder::Scan(&step.id, &check.id), Cow::Borrowed(pattern.as_str()))
                }
                CheckKind::Scan { expect: Expect::Equals(text) } => {
                    (Holder::Scan(&step.id, &check.id), Cow::Owned(exact(text, &route.variants)))
                }
                CheckKind::Text { pattern: Some(pattern) } => {
                    (Holder::Text(&step.id, &check.id), Cow::Borrowed(pattern.as_str()))
                }
                CheckKind::Number { .. }
                | CheckKind::Confirm
                | CheckKind::Choice { .. }
                | CheckKind::Text { pattern: None } => continue,
            };
            all.push((holder, Form::Number, pattern, vec![&step.id]));
        }
    }
    all
}

/// Whether a piece of a part may be scanned at a step: it is needed there, or takes the place of what is.
fn takes(route: &Route, step: &Step, part: &PartId) -> bool {
    step.uses.keys().any(|needed| route.takes(needed, part))
}

/// The pattern of a text, in which `{key}` stands for the value of any variant.
fn exact(text: &str, variants: &Variants) -> String {
    let of_variant = |values: &BTreeMap<String, String>| {
        let insert = |text: String, (key, value): (&String, &String)| text.replace(&format!("{{{key}}}"), value);
        regex::escape(&values.iter().fold(text.to_owned(), insert))
    };
    if variants.is_empty() {
        return regex::escape(text);
    }
    variants.values().map(of_variant).collect::<Vec<_>>().join("|")
}

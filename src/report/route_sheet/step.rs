//! What is on the sheet of one step.

use super::content::{Fact, Handover, safe};
use super::first;
use crate::domain::id::{PartId, StepId};
use crate::domain::route::{Capture, Check, CheckKind, Expect, MinutesSince, Phase, Route, SignOff, Step, Typed};

/// Pieces of a part that get a place each to write their numbers; of more there is one place for all.
const PLACES_MOST: u32 = 12;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StepSheet {
    pub(super) id: String,
    pub(super) title: String,
    /// Where, by whom, by which document, with which gauges.
    pub(super) facts: Vec<Fact>,
    /// What to do.
    pub(super) instructions: Option<String>,
    /// Which units have it, when it is done, and what follows.
    pub(super) rules: Vec<String>,
    /// Whether there is a place to mark that a unit has not got this step.
    pub(super) may_be_absent: Option<&'static str>,
    pub(super) materials: Vec<Asked>,
    pub(super) gauges: Vec<Asked>,
    pub(super) checks: Vec<Asked>,
    pub(super) signatures: Vec<Asked>,
    /// Where the unit goes next, where that is another class of stations.
    pub(super) handovers: Vec<String>,
}

/// Something that is asked for, with a place for each answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) what: String,
    /// What it must be.
    pub(super) says: String,
    pub(super) places: Vec<Place>,
}

/// A place to write or to mark an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// A line to write on, with its name.
    Line(String),
    /// A box to mark, with its name.
    Box(String),
}

impl Asked {
    pub(super) fn new(what: &str, says: &str, places: Vec<Place>) -> Self {
        Self { what: safe(what), says: safe(says), places }
    }
}

/// What is on the sheet of a step.
pub(super) fn step_sheet(route: &Route, step: &Step, handovers: &[Handover<'_>]) -> StepSheet {
    StepSheet {
        id: safe(step.id.as_str()),
        title: safe(&step.title),
        facts: facts(step),
        instructions: step.instructions.as_deref().map(safe),
        rules: rules(route, step).iter().map(|rule| safe(rule)).collect(),
        may_be_absent: match (step.sample.is_some(), step.optional) {
            (true, _) => Some("not drawn"),
            (false, true) => Some("left out"),
            (false, false) => None,
        },
        materials: step.uses.iter().map(|(part, pieces)| material(route, part, *pieces)).collect(),
        gauges: step.gauge_kinds().into_iter().map(|kind| Asked::new(kind, "", vec![line("gauge")])).collect(),
        checks: step.checks.iter().map(|c| check(route, c)).collect(),
        signatures: std::iter::once(done_by())
            .chain(step.sign_off.as_ref().map(signature))
            .chain(first::approval(step))
            .collect(),
        handovers: handovers.iter().filter(|h| h.from.id == step.id).map(handover).collect(),
    }
}

fn facts(step: &Step) -> Vec<Fact> {
    let phase = match step.phase {
        Phase::Receiving => "receiving",
        Phase::Assembly => "assembly",
        Phase::Test => "test",
        Phase::Packing => "packing",
        Phase::Dispatch => "dispatch",
    };
    let mut facts = vec![
        Fact::new("Phase", phase),
        Fact::new("Station", step.station.as_str()),
        Fact::new("Role", step.role.word()),
    ];
    facts.extend(step.qualification.iter().map(|q| Fact::new("Qualification", q)));
    facts.extend(step.document.iter().map(|d| Fact::new("Document", d)));
    facts
}

/// Which units have the step, when it is done, by whom it is not, and what follows when it fails.
fn rules(route: &Route, step: &Step) -> Vec<String> {
    let mut rules = Vec::new();
    rules.extend(step.when.iter().map(|variant| format!("Only units of variant {variant}.")));
    if let Some(sample) = step.sample {
        let (one_in, tightened) = (sample.one_in, sample.tightened);
        rules.push(format!(
            "A sample: one unit in {one_in}. After a failure every unit, until {tightened} passed in a row."
        ));
    }
    if step.optional {
        rules.push("May be left out.".to_owned());
    }
    if let Some(group) = &step.group {
        let others = route.steps.iter().filter(|s| s.group == step.group && s.id != step.id).map(|s| &s.id);
        rules.push(format!("In any order with {} (group {group}).", steps(others)));
    }
    rules.extend(step.minutes_since.iter().map(window));
    if !step.not_by.is_empty() {
        rules.push(format!("Neither done nor signed by anybody who worked on {}.", steps(&step.not_by)));
    }
    if let Some(retest) = &step.retest {
        let reasons =
            if retest.reasons.is_empty() { String::new() } else { format!(": {}", retest.reasons.join(", ")) };
        rules.push(format!("The operator may begin another attempt, at most {}{reasons}.", retest.max));
    }
    rules.extend(first::rules(step));
    rules.push(rework(step));
    rules
}

fn window(since: &MinutesSince) -> String {
    let when = match (since.min, since.max) {
        (Some(min), Some(max)) => format!("At least {min} and at most {max} minutes"),
        (Some(min), None) => format!("At least {min} minutes"),
        (None, Some(max)) => format!("At most {max} minutes"),
        (None, None) => "Any time".to_owned(),
    };
    format!("{when} after step {}.", since.step)
}

fn rework(step: &Step) -> String {
    let others = step.rework_to.iter().filter(|to| **to != step.on_fail);
    let others: Vec<&StepId> = others.collect();
    let or = if others.is_empty() { String::new() } else { format!(", or to {}", steps(others)) };
    format!("Where it fails, rework goes to step {}{or}; at most {} failures.", step.on_fail, step.attempts)
}

/// Steps, as a sentence names them.
fn steps<'s>(ids: impl IntoIterator<Item = &'s StepId>) -> String {
    let ids: Vec<&str> = ids.into_iter().map(StepId::as_str).collect();
    format!("{} {}", if ids.len() == 1 { "step" } else { "steps" }, ids.join(", "))
}

fn material(route: &Route, id: &PartId, pieces: u32) -> Asked {
    let part = route.parts.get(id);
    let title = part.map(|p| p.title.as_str()).filter(|title| *title != id.as_str());
    let what = format!("{pieces} x {id}{}", title.map_or_else(String::new, |title| format!(" {title}")));
    let capture = part.map_or(Capture::Lot, |p| p.capture);
    let mut says = vec![match capture {
        Capture::Serial => "serial number".to_owned(),
        Capture::Lot => "lot".to_owned(),
        Capture::Loaded => "lot loaded at the station".to_owned(),
    }];
    if let Some(part) = part {
        says.extend(part.made_by.iter().map(|route| format!("a complete unit of {route}")));
        if !part.alternates.is_empty() {
            let others: Vec<&str> = part.alternates.iter().map(PartId::as_str).collect();
            says.push(format!("or {}", others.join(", ")));
        }
        if part.inspect {
            says.push("inspected".to_owned());
        }
        says.extend(part.floor_minutes.iter().map(|minutes| format!("open for at most {minutes} minutes")));
    }
    let (name, count) = match capture {
        Capture::Serial if pieces <= PLACES_MOST => ("serial", pieces),
        Capture::Serial => ("serials", 1),
        Capture::Lot | Capture::Loaded => ("lot", 1),
    };
    Asked::new(&what, &says.join("; "), (0..count).map(|_| line(name)).collect())
}

fn check(route: &Route, check: &Check) -> Asked {
    let mut says = vec![asks(route, check)];
    if check.typed == Typed::Refuse {
        says.push("not typed".to_owned());
    }
    says.extend(check.source_gauge.iter().map(|kind| format!("by gauge: {kind}")));
    let says: Vec<String> = says.into_iter().filter(|text| !text.is_empty()).collect();
    let points: Vec<&str> =
        if check.points.is_empty() { vec![""] } else { check.points.iter().map(AsRef::as_ref).collect() };
    let places = points.iter().flat_map(|point| answers(check, point)).collect();
    Asked::new(&check.title, &says.join("; "), places)
}

/// What a check asks for.
fn asks(route: &Route, check: &Check) -> String {
    match &check.kind {
        CheckKind::Number { limits, .. } => limits.to_string(),
        CheckKind::Confirm => String::new(),
        CheckKind::Text { pattern } => {
            pattern.as_ref().map_or_else(|| "text".to_owned(), |p| format!("text such as {}", p.as_str()))
        }
        CheckKind::Choice { pass, fail } if fail.is_empty() => format!("passes: {}", pass.join(", ")),
        CheckKind::Choice { pass, fail } => format!("passes: {}; fails: {}", pass.join(", "), fail.join(", ")),
        CheckKind::Scan { expect: Expect::Equals(text) } => format!("scan {}", of_each_variant(route, text)),
        CheckKind::Scan { expect: Expect::Pattern(pattern) } => format!("scan such as {}", pattern.as_str()),
    }
}

/// A text of the route, as it is for each variant where it is another for each.
fn of_each_variant(route: &Route, text: &str) -> String {
    if !text.contains('{') || route.variants.is_empty() {
        return text.to_owned();
    }
    let variants = route.variants.keys().map(|name| format!("{} for {name}", route.text_for(text, Some(name))));
    variants.collect::<Vec<_>>().join(" or ")
}

/// Where the answer of a check goes, at one of its points.
fn answers(check: &Check, point: &str) -> Vec<Place> {
    let at = |word: &str| if point.is_empty() { word.to_owned() } else { format!("{point} {word}") };
    match &check.kind {
        CheckKind::Confirm => vec![tick(&at("yes")), tick(&at("no"))],
        CheckKind::Choice { pass, fail } => pass.iter().chain(fail).map(|answer| tick(&at(answer))).collect(),
        CheckKind::Number { .. } | CheckKind::Text { .. } | CheckKind::Scan { .. } => vec![line(point)],
    }
}

fn done_by() -> Asked {
    Asked::new("Done by", "", vec![line("name"), line("date")])
}

fn signature(sign_off: &SignOff) -> Asked {
    let second = if sign_off.second { ", another person than the one who did it" } else { "" };
    let says = format!("{}{second}", sign_off.role.word());
    Asked::new(&format!("Signed: {}", sign_off.meaning), &says, vec![line("name"), line("signature"), line("date")])
}

fn handover(handover: &Handover<'_>) -> String {
    let (to, why) = (handover.to, if handover.rework { "For rework to" } else { "On to" });
    safe(&format!("{why} step {} at {}.", to.id, to.station))
}

pub(super) fn line(name: &str) -> Place {
    Place::Line(safe(name))
}

fn tick(name: &str) -> Place {
    Place::Box(safe(name))
}

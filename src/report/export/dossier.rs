//! The copy of a record laid out for people: facts, then tables. Whatever the copy says has its place, also what is
//! added to it one day, since the layout follows the copy and not a list of its own. Every text is harmless to show.

use serde_json::{Map, Value};

use super::lot_copy::LotCopy;
use super::unit_copy::UnitCopy;
use crate::domain::event::Event;
use crate::domain::text::display_safe;

/// Fields that come first in a table, in this order; then by their names.
const FIRST: [&str; 24] = [
    "id", "number", "title", "code", "step", "part", "lot", "serial", "is", "point", "quantity", "value", "verdict",
    "result", "state", "what", "name", "role", "meaning", "badge", "by", "station", "at", "ended",
];

/// A record laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Of what.
    pub title: String,
    /// What there is to say in a word.
    pub facts: Vec<(String, String)>,
    /// The rest, in tables.
    pub parts: Vec<Part>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it lists.
    pub title: String,
    /// Whether it belongs to the part before.
    pub is_below: bool,
    /// The heads.
    pub columns: Vec<String>,
    /// The rows, each with as many cells.
    pub rows: Vec<Vec<String>>,
}

impl Dossier {
    /// The dossier of a unit.
    pub fn of(copy: &UnitCopy) -> serde_json::Result<Self> {
        let title = format!("Unit {}", display_safe(copy.document.unit.as_str()));
        Ok(Self::laid(title, &copy.value()?, &copy.events))
    }

    /// The dossier of a lot.
    pub fn of_lot(copy: &LotCopy) -> serde_json::Result<Self> {
        let title = format!("Lot {}", display_safe(copy.document.lot.as_str()));
        Ok(Self::laid(title, &copy.value()?, &copy.events))
    }

    fn laid(title: String, value: &Value, of: &[Event]) -> Self {
        let mut dossier = Self { title, facts: Vec::new(), parts: Vec::new() };
        let fields = value.as_object().into_iter().flat_map(ordered);
        for (name, value) in fields.filter(|(name, _)| *name != "steps") {
            match value {
                Value::Array(list) if !list.is_empty() => dossier.parts.push(table(&words(name), list, false)),
                Value::Object(_) => dossier.parts.push(table(&words(name), std::slice::from_ref(value), false)),
                other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_)) => {
                    dossier.facts.extend(said(other).map(|says| (words(name), says)));
                }
            }
        }
        for step in value.get("steps").and_then(Value::as_array).into_iter().flatten() {
            dossier.step(step);
        }
        dossier.parts.push(events(of));
        dossier
    }

    /// A step: its own line, then each attempt with what was recorded in it.
    fn step(&mut self, step: &Value) {
        let text = |key: &str| step.get(key).and_then(said).unwrap_or_default();
        let title = format!("Step {} {}: {}", text("id"), text("title"), text("state"));
        let attempts = step.get("attempts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        self.parts.push(table(&title, attempts, false));
        for attempt in attempts {
            for (name, value) in attempt.as_object().into_iter().flat_map(ordered) {
                let Some(list) = value.as_array().filter(|list| list.iter().any(Value::is_object)) else { continue };
                let number = attempt.get("number").and_then(said).unwrap_or_default();
                self.parts.push(table(&format!("Attempt {number}: {}", words(name)), list, true));
            }
        }
    }
}

/// A list as a table. Lists of things within a thing are tables of their own, and lists of words are cells.
fn table(title: &str, list: &[Value], is_below: bool) -> Part {
    if list.iter().all(|item| !item.is_object()) {
        let rows = list.iter().filter_map(said).map(|says| vec![says]).collect();
        return Part { title: title.to_owned(), is_below, columns: vec![String::new()], rows };
    }
    let mut names: Vec<&str> = Vec::new();
    for (name, value) in list.iter().filter_map(Value::as_object).flat_map(ordered) {
        if !names.contains(&name) && said(value).is_some() {
            names.push(name);
        }
    }
    names.sort_by_key(|name| place(name));
    let row = |item: &Value| names.iter().map(|name| item.get(*name).and_then(said).unwrap_or_default()).collect();
    Part {
        title: title.to_owned(),
        is_below,
        columns: names.iter().map(|name| words(name)).collect(),
        rows: list.iter().map(row).collect(),
    }
}

/// What a value says in a cell; nothing where it says nothing, or is a list with a table of its own.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Bool(false) => Some("no".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(display_safe(text).into_owned()),
        Value::Array(list) if list.iter().any(|item| has_lists(item) || is_record(item)) => None,
        Value::Array(list) if list.is_empty() => None,
        Value::Array(list) => Some(list.iter().filter_map(said).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let field = |(name, value)| said(value).map(|says| format!("{} {says}", words(name)));
            Some(ordered(fields).filter_map(field).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Whether a thing has so much to say that it needs a table: something was done, at a time.
fn is_record(value: &Value) -> bool {
    value.get("at").is_some()
}

fn has_lists(value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|fields| fields.values().any(|v| v.as_array().is_some_and(|l| l.iter().any(Value::is_object))))
}

/// The events, each with its number, which finds it in the copy.
fn events(events: &[Event]) -> Part {
    let dash = |text: Option<String>| text.map_or_else(String::new, |text| display_safe(&text).into_owned());
    let row = |event: &Event| {
        let about = &event.about;
        vec![
            event.stamp.terminal.to_string(),
            event.stamp.seq.to_string(),
            event.stamp.at.to_string(),
            event.what.kind().to_owned(),
            dash(about.step.as_ref().map(ToString::to_string)),
            dash(about.station.as_ref().map(ToString::to_string)),
            dash(about.by.as_ref().map(ToString::to_string)),
            dash(about.reason.clone()),
        ]
    };
    Part {
        title: "Events".to_owned(),
        is_below: false,
        columns: ["terminal", "event", "at", "what", "step", "station", "by", "reason"].map(str::to_owned).to_vec(),
        rows: events.iter().map(row).collect(),
    }
}

fn ordered(fields: &Map<String, Value>) -> impl Iterator<Item = (&str, &Value)> {
    let mut all: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value)).collect();
    all.sort_by_key(|(name, _)| place(name));
    all.into_iter()
}

fn place(name: &str) -> usize {
    FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len())
}

fn words(name: &str) -> String {
    name.replace('_', " ")
}

//! The electronic copy of a unit's record: its document, with the names of the people in it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::id::Badge;
use crate::domain::route::Route;
use crate::domain::what::What;
use crate::ledger::read::around::Record;
use crate::report::traveller_document::TravellerDocument;

/// The copy of one record.
#[derive(Debug)]
pub struct UnitCopy {
    /// The document, without the events.
    pub document: TravellerDocument,
    /// Who is who.
    pub people: Vec<PersonCopy>,
    /// The events.
    pub events: Vec<Event>,
    bodies: Vec<String>,
}

/// A person in the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonCopy {
    /// The badge.
    pub badge: Badge,
    /// The printed name.
    pub name: String,
}

/// Everybody in a record.
pub fn badges(events: &[Event]) -> BTreeSet<Badge> {
    let mut badges = BTreeSet::new();
    for event in events {
        badges.extend(event.about.by.clone());
        if let What::UnitOpened(opened) = &event.what {
            badges.extend(opened.takeover_from.iter().chain(&opened.supervisor).cloned());
        }
        if let What::LoadEntered(entered) = &event.what {
            badges.extend(entered.supervisor.clone());
        }
    }
    badges
}

/// Everybody in a record, with the names that are known.
pub(super) fn people(events: &[Event], names: &BTreeMap<Badge, String>) -> Vec<PersonCopy> {
    let person = |badge: Badge| PersonCopy { name: names.get(&badge).cloned().unwrap_or_default(), badge };
    badges(events).into_iter().map(person).collect()
}

impl UnitCopy {
    /// The copy of a record; none of a unit that never began.
    pub fn of(record: Record, route: &Route, names: &BTreeMap<Badge, String>) -> Result<Option<Self>, Fault> {
        let Record { traveller, events, bodies } = record;
        let document = TravellerDocument::new(&traveller, route, Vec::new())
            .map_err(|bad| Fault::new(bad.to_string(), "run `traveller verify`"))?;
        let transcribed = events.iter().filter(|event| event.about.happened.is_some()).count();
        let document = document.map(|document| TravellerDocument { transcribed, ..document });
        let people = people(&events, names);
        Ok(document.map(|document| Self { document, people, events, bodies }))
    }

    /// The copy as one JSON object, its events as they are stored.
    pub fn json(&self) -> serde_json::Result<String> {
        let document = serde_json::to_string(&self.document)?;
        let people = serde_json::to_string(&self.people)?;
        let head = document.strip_suffix("\"events\":[]}").unwrap_or(&document);
        Ok(format!("{head}\"people\":{people},\"events\":[{}]}}", self.bodies.join(",")))
    }

    /// Everything in the copy but the events, as a value.
    pub fn value(&self) -> serde_json::Result<Value> {
        let mut value = serde_json::to_value(&self.document)?;
        if let Some(fields) = value.as_object_mut() {
            fields.remove("events");
            fields.insert("people".to_owned(), serde_json::to_value(&self.people)?);
        }
        Ok(value)
    }
}

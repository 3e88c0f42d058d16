//! The electronic copy of a lot's record: its document, with the names of the people in it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::unit_copy::{PersonCopy, people};
use crate::domain::event::Event;
use crate::domain::id::Badge;
use crate::ledger::lots::LotRecord;
use crate::report::lot_document::LotDocument;

/// The copy of the record of a lot.
#[derive(Debug)]
pub struct LotCopy {
    /// The document.
    pub document: LotDocument,
    /// Who is who.
    pub people: Vec<PersonCopy>,
    /// The events.
    pub events: Vec<Event>,
    bodies: Vec<String>,
}

impl LotCopy {
    /// The copy of a record.
    pub fn of(record: LotRecord, names: &BTreeMap<Badge, String>) -> Self {
        let document = LotDocument::new(&record);
        let LotRecord { events, bodies, .. } = record;
        Self { document, people: people(&events, names), events, bodies }
    }

    /// The copy as one JSON object, its events as they are stored.
    pub fn json(&self) -> serde_json::Result<String> {
        let said = serde_json::to_string(&self.value()?)?;
        let head = said.strip_suffix('}').unwrap_or(&said);
        Ok(format!("{head},\"events\":[{}]}}", self.bodies.join(",")))
    }

    /// Everything in the copy but the events, as a value.
    pub fn value(&self) -> serde_json::Result<Value> {
        let mut value = serde_json::to_value(&self.document)?;
        if let Some(fields) = value.as_object_mut() {
            fields.insert("people".to_owned(), serde_json::to_value(&self.people)?);
        }
        Ok(value)
    }

    /// The printed name of somebody in it.
    pub fn name(&self, badge: &Badge) -> &str {
        self.people.iter().find(|person| person.badge == *badge).map_or("", |person| person.name.as_str())
    }
}

//! The form of an EPCIS event.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::domain::event::Event;
use crate::domain::time::At;

/// The vocabulary in which events are written.
pub const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/// An event, with the fields that apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EpcisEvent {
    /// Its sort.
    #[serde(rename = "type")]
    pub sort: Sort,
    /// Its name anywhere.
    #[serde(rename = "eventID")]
    pub id: String,
    /// When it happened.
    pub event_time: At,
    /// When it was recorded, where that was later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record_time: Option<At>,
    /// The plant's time then.
    pub event_time_zone_offset: String,
    /// That it did not happen, where it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_declaration: Option<ErrorDeclaration>,
    /// The things, of an object event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub epc_list: Vec<String>,
    /// The things, where they have no numbers of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quantity_list: Vec<Quantity>,
    /// What has others in it.
    #[serde(rename = "parentID", skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// What is in it.
    #[serde(rename = "childEPCs", skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<String>,
    /// What is in it by class and quantity.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub child_quantity_list: Vec<Quantity>,
    /// What ceases to be in making something else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub input_quantity_list: Vec<Quantity>,
    /// What comes of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub output_quantity_list: Vec<Quantity>,
    /// What is common to all events of one transformation, which takes its time.
    #[serde(rename = "transformationID", skip_serializing_if = "Option::is_none")]
    pub transformation: Option<String>,
    /// What it does to the things; none of a transformation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// In which step of business; none where the vocabulary has no word for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub biz_step: Option<&'static str>,
    /// In which state they are afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition: Option<&'static str>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_point: Option<Place>,
    /// Under which order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub biz_transaction_list: Vec<Transaction>,
}

/// Sorts of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Sort {
    /// Something happened to things.
    ObjectEvent,
    /// Things were put together for a while.
    AggregationEvent,
    /// Things were put together to stay.
    AssociationEvent,
    /// Things became other things.
    TransformationEvent,
}

/// What an event does to things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Action {
    /// They come to be, or into something.
    Add,
    /// They are seen.
    Observe,
    /// They cease to be, or come out.
    Delete,
}

/// That an event did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorDeclaration {
    /// When that was said.
    pub declaration_time: At,
    /// Why.
    pub reason: &'static str,
}

/// So many of a class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quantity {
    /// The class.
    pub epc_class: String,
    /// How many; none where nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its name.
    pub id: String,
}

/// What an event belongs to in business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Transaction {
    /// Its sort.
    #[serde(rename = "type")]
    pub sort: &'static str,
    /// Its name.
    pub biz_transaction: String,
}

/// The name of what a recorded event says, of several things the one of that number: the same in every export, so that
/// whoever takes it twice has it once.
pub fn id(event: &Event, of: usize) -> String {
    let stamp = &event.stamp;
    let digest = Sha256::digest(format!("{}/{}/{}/{of}", stamp.terminal, stamp.epoch, stamp.seq));
    uuid(&digest)
}

/// A name that follows from texts.
pub fn id_of(texts: &[&str]) -> String {
    uuid(&Sha256::digest(texts.join("/")))
}

/// A UUID made of a digest: version 8, RFC 9562.
fn uuid(digest: &[u8]) -> String {
    let nibble = |n: usize| {
        let byte = digest.get(n / 2).copied().unwrap_or_default();
        let half = if n.is_multiple_of(2) { byte >> 4 } else { byte & 0xf };
        match n {
            12 => 8,
            16 => 8 | (half & 3),
            _ => half,
        }
    };
    let hex = |from: usize, to: usize| {
        (from..to).filter_map(|n| char::from_digit(u32::from(nibble(n)), 16)).collect::<String>()
    };
    format!("urn:uuid:{}-{}-{}-{}-{}", hex(0, 8), hex(8, 12), hex(12, 16), hex(16, 20), hex(20, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_uuid_and_follows_from_what_it_names() {
        let one = id_of(&["T1", "a"]);
        assert_eq!(one, id_of(&["T1", "a"]));
        assert_ne!(one, id_of(&["T1", "b"]));
        let uuid = one.strip_prefix("urn:uuid:").unwrap();
        let parts: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert!(uuid.as_bytes()[14] == b'8' && b"89ab".contains(&uuid.as_bytes()[19]), "{uuid}");
    }
}

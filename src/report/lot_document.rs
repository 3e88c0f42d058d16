//! The document of a lot: how it stands, and its history, from its receipt on: what was found and decided, where it was
//! loaded, and which unit took how much.

use serde::Serialize;

use crate::domain::event::{Event, How, Link};
use crate::domain::id::{Badge, DeviceId, LotId, PartId, PermitId, StationId, StepId, UnitId};
use crate::domain::lot::Lot;
use crate::domain::number::Number;
use crate::domain::paper::Transcribed;
use crate::domain::time::{At, Day};
use crate::domain::what::{MaterialInstalled, Piece, Voided, What};
use crate::ledger::lots::LotRecord;

/// What is on record about a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LotDocument {
    /// Its number.
    pub lot: LotId,
    /// What it is of.
    pub part: Option<PartId>,
    /// Who delivered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// The last day on which it may be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
    /// Whether it may be used: `free`, `quarantined`, `held`, `rejected`; `unknown` where no receipt is on record.
    pub state: &'static str,
    /// Whether its inspection passed; none where nobody inspected it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inspected: Option<bool>,
    /// Since when it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_since: Option<At>,
    /// How many are left.
    pub left: Option<Number>,
    /// Each thing that happened to it.
    pub history: Vec<LotEntry>,
}

/// A thing that happened to a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LotEntry {
    /// `received`, `inspected`, `held`, `released`, `rejected`, `opened`, `sealed`, `loaded`, `drawn`, `taken-back`.
    pub what: &'static str,
    /// When it was recorded.
    pub at: At,
    /// Who.
    pub by: Option<Badge>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub station: Option<StationId>,
    /// Into which unit, or out of which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// At which step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// How many. None of a loaded lot that was replaced in the middle of the unit, where nobody knows how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Number>,
    /// What an inspection came to: `passed` or `failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<&'static str>,
    /// How it was known which lot it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub how: Option<&'static str>,
    /// The scanner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The permit by which a rule was let go.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permit: Option<PermitId>,
    /// Who entered it from paper, and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcribed: Option<Transcribed>,
    /// How it stood afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<&'static str>,
    /// How many were left afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Number>,
    /// The event.
    pub event: Link,
}

/// What an event says about a lot.
struct Said<'e> {
    what: &'static str,
    quantity: Option<Number>,
    result: Option<&'static str>,
    part: Option<&'e PartId>,
}

impl LotDocument {
    /// The document of a record.
    pub fn new(record: &LotRecord) -> Self {
        let stands = record.stands.as_ref();
        let mut document = Self {
            lot: record.lot.clone(),
            part: stands.map(|lot| lot.part.clone()),
            supplier: stands.and_then(|lot| lot.supplier.clone()),
            expires: stands.and_then(|lot| lot.expires),
            state: stands.map_or("unknown", |lot| lot.standing.word()),
            inspected: stands.and_then(|lot| lot.inspected),
            open_since: stands.and_then(|lot| lot.open_since.as_ref()).map(|since| since.at),
            left: stands.map(|lot| lot.left),
            history: Vec::new(),
        };
        let mut lot: Option<Lot> = None;
        for event in &record.events {
            lot = Lot::apply(lot, event);
            let Some(said) = said(event, &record.lot) else { continue };
            document.part = document.part.or_else(|| said.part.cloned());
            document.history.push(entry(event, &said, lot.as_ref()));
        }
        document
    }

    /// Different units that it went into and that still have it.
    pub fn units(&self) -> usize {
        let mut of: std::collections::BTreeMap<&UnitId, i64> = std::collections::BTreeMap::new();
        for entry in &self.history {
            let Some(unit) = &entry.unit else { continue };
            *of.entry(unit).or_default() += if entry.what == "drawn" { 1 } else { -1 };
        }
        of.values().filter(|times| **times > 0).count()
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about a lot")]
fn said<'e>(event: &'e Event, lot: &LotId) -> Option<Said<'e>> {
    let plain = |what| Said { what, quantity: None, result: None, part: None };
    let of = |piece: &Piece| *piece == Piece::Lot(lot.clone());
    Some(match &event.what {
        What::LotReceived(e) => Said { quantity: Some(e.quantity), part: Some(&e.part), ..plain("received") },
        What::LotInspected(e) => Said { result: Some(verdict(e.passed)), ..plain("inspected") },
        What::LotHeld(_) => plain("held"),
        What::LotReleased(_) => plain("released"),
        What::LotRejected(_) => plain("rejected"),
        What::LotOpened(_) => plain("opened"),
        What::LotSealed(_) => plain("sealed"),
        What::LotLoaded(e) => Said { part: Some(&e.part), ..plain("loaded") },
        What::MaterialInstalled(MaterialInstalled { piece, quantity, part, .. }) if of(piece) => {
            Said { quantity: known(*quantity), part: Some(part), ..plain("drawn") }
        }
        What::ObservationVoided(e) => match &e.of {
            Voided::Material { piece, quantity, .. } if of(piece) => {
                Said { quantity: known(*quantity), ..plain("taken-back") }
            }
            _ => return None,
        },
        _ => return None,
    })
}

/// The word for what an inspection came to.
pub fn verdict(passed: bool) -> &'static str {
    if passed { "passed" } else { "failed" }
}

fn known(quantity: u32) -> Option<Number> {
    (quantity > 0).then(|| Number::whole(quantity))
}

fn entry(event: &Event, said: &Said<'_>, after: Option<&Lot>) -> LotEntry {
    let about = &event.about;
    let device = match &about.how {
        Some(How::Scanned(device)) => Some(device.clone()),
        _ => None,
    };
    LotEntry {
        what: said.what,
        at: event.when(),
        by: about.by.clone(),
        station: about.station.clone(),
        unit: about.unit.clone(),
        step: about.step.clone(),
        quantity: said.quantity,
        result: said.result,
        how: about.how.as_ref().map(How::word),
        device,
        reason: about.reason.clone(),
        permit: about.permit.clone(),
        transcribed: Transcribed::of(event),
        state: after.map(|lot| lot.standing.word()),
        left: after.map(|lot| lot.left),
        event: event.stamp.link(),
    }
}

//! What the house is told: people, routes, lots, orders, gauges, and who and what is at a station.

use serde::{Deserialize, Serialize};

use super::terms::{Leaving, Qualification};
use crate::domain::event::{EventRef, Purpose};
use crate::domain::id::{Badge, DeviceId, LotId, OrderId, PartId, PinId, Session};
use crate::domain::number::Number;
use crate::domain::order::SerialRange;
use crate::domain::role::Role;
use crate::domain::time::Day;

/// Data of [`What::LedgerCreated`](crate::domain::what::What::LedgerCreated).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerCreated {
    /// The last event before a restore.
    pub after: Option<EventRef>,
    /// Whether this is a demonstration.
    pub demo: bool,
    /// The last events of other lives of the terminal, as far as they were known to whoever restored it: from none of
    /// them anybody goes on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ended: Vec<EventRef>,
}

/// Data of [`What::OperatorEnrolled`](crate::domain::what::What::OperatorEnrolled).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorEnrolled {
    /// The badge; for ever this person's.
    pub badge: Badge,
    /// The person's name, as printed with a signature.
    pub name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// What the person is qualified for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qualifications: Vec<Qualification>,
    /// Which entry of the PIN file is theirs.
    pub pin_id: PinId,
}

/// Data of an event about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonChanged {
    /// Whose.
    pub badge: Badge,
}

/// Data of [`What::PinChanged`](crate::domain::what::What::PinChanged).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinChanged {
    /// Whose.
    pub badge: Badge,
    /// The new entry of the PIN file.
    pub pin_id: PinId,
}

/// Data of [`What::RouteReleased`](crate::domain::what::What::RouteReleased).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteReleased {
    /// SHA-256 of the text, in lowercase hex.
    pub sha256: String,
    /// The exact text.
    pub text: String,
}

/// Data of [`What::LotReceived`](crate::domain::what::What::LotReceived).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotReceived {
    /// The lot.
    pub lot: LotId,
    /// What it is of.
    pub part: PartId,
    /// How many.
    pub quantity: Number,
    /// Who delivered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// The last day on which it may be used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
    /// Whether it waits for its inspection.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quarantined: bool,
}

/// Data of [`What::LotInspected`](crate::domain::what::What::LotInspected).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotInspected {
    /// Which.
    pub lot: LotId,
    /// Whether it may be used.
    pub passed: bool,
}

/// Data of [`What::LotLoaded`](crate::domain::what::What::LotLoaded).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotLoaded {
    /// The part that routes use.
    pub part: PartId,
    /// The lot, of this part or of an approved alternate.
    pub lot: LotId,
    /// The last day on the label by which it was loaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Day>,
    /// What to know about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// Something to know about material that stops nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remark {
    /// Another lot of the same part expires earlier.
    EarlierExpiry {
        /// That lot.
        lot: LotId,
        /// Its last day.
        expires: Day,
    },
    /// By the book less than nothing is left.
    BookShort {
        /// The lot.
        lot: LotId,
        /// What is left by the book.
        left: Number,
    },
}

/// Data of [`What::OrderOpened`](crate::domain::what::What::OrderOpened). Route and revision are in the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderOpened {
    /// The order.
    pub order: OrderId,
    /// The variant that is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// How many.
    pub quantity: u32,
    /// The numbers that its units have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serials: Option<SerialRange>,
    /// For whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// What its units are made for, where that is not production.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<Purpose>,
}

/// Data of an event about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderChanged {
    /// Which.
    pub order: OrderId,
}

/// Data of [`What::GaugeRegistered`](crate::domain::what::What::GaugeRegistered).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaugeRegistered {
    /// The gauge.
    pub gauge: DeviceId,
    /// What it measures, as routes say it: `torque`.
    pub kind: String,
    /// The last day on which its calibration counts.
    pub due: Day,
}

/// Data of [`What::GaugeCalibrated`](crate::domain::what::What::GaugeCalibrated).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaugeCalibrated {
    /// The gauge.
    pub gauge: DeviceId,
    /// The last day on which the calibration counts.
    pub due: Day,
    /// Whether it was found within its tolerance. If not, what it measured since the last good one is suspect.
    pub good: bool,
}

/// Data of an event about a gauge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaugeChanged {
    /// Which.
    pub gauge: DeviceId,
}

/// Data of [`What::GaugeSelected`](crate::domain::what::What::GaugeSelected).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaugeSelected {
    /// Which.
    pub gauge: DeviceId,
    /// Its kind.
    pub kind: String,
}

/// Data of [`What::OperatorQualified`](crate::domain::what::What::OperatorQualified).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorQualified {
    /// Whose.
    pub badge: Badge,
    /// All that the person is qualified for from now on.
    pub qualifications: Vec<Qualification>,
}

/// Data of an event about a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotChanged {
    /// Which.
    pub lot: LotId,
}

/// Data of [`What::SignedOn`](crate::domain::what::What::SignedOn).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOn {
    /// Who.
    pub badge: Badge,
    /// The run of the program.
    pub session: Session,
}

/// Data of [`What::SignedOff`](crate::domain::what::What::SignedOff).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOff {
    /// Who.
    pub badge: Badge,
    /// Why.
    pub why: Leaving,
}

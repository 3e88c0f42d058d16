//! What each kind of event says.

use serde::{Deserialize, Serialize};

use super::event::EventRef;
use super::id::{
    Badge, CheckId, DefectId, DeviceId, LotId, OrderId, PartId, PinId, Point, Serial, Session, StationId, StepId,
};
use super::number::Number;
use super::order::SerialRange;
use super::refusal::{Code, Evidence};
use super::role::Role;
use super::time::Day;

/// A piece of material: by lot or by its own number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// Some of a lot.
    Lot(LotId),
    /// One component.
    Serial(Serial),
}

/// A qualification that a person holds, and the last day of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualification {
    /// Its name, such as `torque-m4`.
    pub name: String,
    /// The last day on which it counts.
    pub until: Day,
    /// Whether the person is learning it: a second one who holds it stands by.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub supervised: bool,
}

/// Why a unit was put down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PutDown {
    /// The operator put it down.
    Closed,
    /// Another unit was opened, and nothing was recorded in this one's step.
    Switched,
    /// Its step is done.
    Done,
    /// The operator left.
    SignedOff,
}

/// Why an operator is no longer signed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leaving {
    /// The operator signed off.
    SignOff,
    /// Another badge was scanned.
    Relieved,
    /// Nothing happened for too long.
    Idle,
    /// The program at the station ended or began anew.
    Restart,
}

/// What became of a nonconforming unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It goes back to a step.
    Rework {
        /// The step, and the class of stations where it is done.
        to: StepId,
        /// Where that is done.
        station: StationId,
        /// Every step that is due again.
        due: Vec<StepId>,
    },
    /// It is no product any more.
    Scrap,
    /// What failed is accepted as it is; whatever else the step requires is still required.
    UseAsIs,
}

/// A component taken out by rework, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Which.
    pub serial: Serial,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a removed component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It may be installed again.
    Reuse,
    /// It is no component any more.
    Scrap,
    /// It waits for a decision.
    Quarantine,
}

impl Fate {
    /// The word for it in records.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reuse => "reuse",
            Self::Scrap => "scrap",
            Self::Quarantine => "quarantine",
        }
    }
}

/// The step that follows and the class of stations where it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// The step.
    pub step: StepId,
    /// The class of stations.
    pub station: StationId,
}

/// What failed a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Failure {
    /// A check outside its limits, without a retest left.
    Check(CheckId),
    /// The operator.
    Operator,
}

/// No data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nothing;

/// Data of [`What::LedgerCreated`](super::what::What::LedgerCreated).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerCreated {
    /// The last event before a restore.
    pub after: Option<EventRef>,
    /// Whether this is a demonstration.
    pub demo: bool,
}

/// Data of [`What::OperatorEnrolled`](super::what::What::OperatorEnrolled).
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

/// Data of [`What::PinChanged`](super::what::What::PinChanged).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinChanged {
    /// Whose.
    pub badge: Badge,
    /// The new entry of the PIN file.
    pub pin_id: PinId,
}

/// Data of [`What::RouteReleased`](super::what::What::RouteReleased).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteReleased {
    /// SHA-256 of the text, in lowercase hex.
    pub sha256: String,
    /// The exact text.
    pub text: String,
}

/// Data of [`What::LotReceived`](super::what::What::LotReceived).
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

/// Data of [`What::LotInspected`](super::what::What::LotInspected).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotInspected {
    /// Which.
    pub lot: LotId,
    /// Whether it may be used.
    pub passed: bool,
}

/// Data of [`What::LotLoaded`](super::what::What::LotLoaded).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotLoaded {
    /// The part that routes use.
    pub part: PartId,
    /// The lot, of this part or of an approved alternate.
    pub lot: LotId,
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

/// Data of [`What::OrderOpened`](super::what::What::OrderOpened). Route and revision are in the event.
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
}

/// Data of an event about an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderChanged {
    /// Which.
    pub order: OrderId,
}

/// Data of [`What::GaugeRegistered`](super::what::What::GaugeRegistered).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaugeRegistered {
    /// The gauge.
    pub gauge: DeviceId,
    /// What it measures, as routes say it: `torque`.
    pub kind: String,
    /// The last day on which its calibration counts.
    pub due: Day,
}

/// Data of [`What::GaugeCalibrated`](super::what::What::GaugeCalibrated).
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

/// Data of [`What::GaugeSelected`](super::what::What::GaugeSelected).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GaugeSelected {
    /// Which.
    pub gauge: DeviceId,
    /// Its kind.
    pub kind: String,
}

/// Data of [`What::OperatorQualified`](super::what::What::OperatorQualified).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorQualified {
    /// Whose.
    pub badge: Badge,
    /// All that the person is qualified for from now on.
    pub qualifications: Vec<Qualification>,
}

/// Data of [`What::ComponentsRecovered`](super::what::What::ComponentsRecovered).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentsRecovered {
    /// What was taken out of the scrapped unit.
    pub removed: Vec<Removed>,
}

/// Data of [`What::StepSkipped`](super::what::What::StepSkipped).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepSkipped {
    /// What is due next.
    pub next: Next,
}

/// Whether a unit has a sampled step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sampled {
    /// The step.
    pub step: StepId,
    /// Whether the unit has it.
    pub taken: bool,
}

/// Data of an event about a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotChanged {
    /// Which.
    pub lot: LotId,
}

/// Data of [`What::SignedOn`](super::what::What::SignedOn).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOn {
    /// Who.
    pub badge: Badge,
    /// The run of the program.
    pub session: Session,
}

/// Data of [`What::SignedOff`](super::what::What::SignedOff).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOff {
    /// Who.
    pub badge: Badge,
    /// Why.
    pub why: Leaving,
}

/// Data of [`What::UnitStarted`](super::what::What::UnitStarted).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitStarted {
    /// The first step, and where it is done.
    pub first: Next,
    /// The variant that it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

/// Data of [`What::UnitOpened`](super::what::What::UnitOpened).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitOpened {
    /// Whose unfinished work it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takeover_from: Option<Badge>,
    /// Who stands by while somebody works who is learning it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervisor: Option<Badge>,
    /// The step of a group that is taken up, where it is another than the one that was due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Next>,
}

/// Data of [`What::UnitClosed`](super::what::What::UnitClosed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitClosed {
    /// Why.
    pub why: PutDown,
}

/// Data of [`What::MaterialInstalled`](super::what::What::MaterialInstalled).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialInstalled {
    /// The part.
    pub part: PartId,
    /// The piece.
    pub piece: Piece,
    /// How many of it. None of a loaded lot that was replaced in the middle of a unit: how many is not known.
    pub quantity: u32,
    /// What it is, where that is an approved alternate of the part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<PartId>,
    /// What to know about it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// Data of [`What::MaterialVerified`](super::what::What::MaterialVerified).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialVerified {
    /// The part.
    pub part: PartId,
    /// The component.
    pub serial: Serial,
}

/// Data of [`What::CheckRecorded`](super::what::What::CheckRecorded).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRecorded {
    /// The check.
    pub check: CheckId,
    /// Where, for a check with points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
    /// What was observed, with the digits entered.
    pub value: String,
    /// Whether it lies within what the route asks.
    pub passed: bool,
    /// What it was measured with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gauge: Option<DeviceId>,
}

/// Data of [`What::ObservationVoided`](super::what::What::ObservationVoided).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObservationVoided {
    /// The check or part of the observation that is taken back.
    pub of: Voided,
}

/// What was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voided {
    /// An observation.
    Check {
        /// The check.
        check: CheckId,
        /// Where, for a check with points.
        point: Option<Point>,
    },
    /// A piece of material.
    Material {
        /// The part.
        part: PartId,
        /// The piece.
        piece: Piece,
        /// How many of it.
        quantity: u32,
    },
    /// The meeting of a component after rework.
    Verified {
        /// The component.
        serial: Serial,
    },
}

impl Voided {
    /// The component that it was about.
    pub fn component(&self) -> Option<&Serial> {
        match self {
            Self::Material { piece: Piece::Serial(serial), .. } | Self::Verified { serial } => Some(serial),
            Self::Material { piece: Piece::Lot(_), .. } | Self::Check { .. } => None,
        }
    }
}

/// Data of [`What::SignatureRecorded`](super::what::What::SignatureRecorded).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureRecorded {
    /// The printed name of the person (21 CFR 11.50).
    pub name: String,
    /// What the signature says.
    pub meaning: String,
    /// In which role.
    pub role: Role,
}

/// Data of [`What::StepPassed`](super::what::What::StepPassed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPassed {
    /// What is due next; none after the last step.
    pub next: Option<Next>,
    /// Which of the sampled steps that follow the unit has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<Sampled>,
}

/// Data of [`What::StepFailed`](super::what::What::StepFailed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFailed {
    /// What failed it.
    pub because: Failure,
    /// The defect, where the route lists it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defect: Option<DefectId>,
}

/// Data of [`What::Disposed`](super::what::What::Disposed).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposed {
    /// What becomes of the unit.
    pub outcome: Outcome,
    /// What was taken out of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
    /// The defect, where the route lists it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub defect: Option<DefectId>,
}

/// Data of [`What::Refused`](super::what::What::Refused).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Why, as a code.
    pub code: Code,
    /// What it rests on.
    pub evidence: Box<Evidence>,
}

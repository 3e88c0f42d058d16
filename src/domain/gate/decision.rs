//! The gate's answer: what was done, with the events to append, or a refusal.

use serde::Serialize;

use crate::domain::command::Command;
use crate::domain::event::{About, Link};
use crate::domain::id::{Badge, CartonId, DeviceId, LotId, OrderId, PermitId, RouteId, ShipmentId, UnitId};
use crate::domain::refusal::Refusal;
use crate::domain::what::{LotLoaded, MaterialInstalled, Remark, What};

/// What an accepted command did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Did {
    /// An operator is at the station.
    SignedOn,
    /// The operator left.
    SignedOff,
    /// A badge was read; its PIN is to be given before it signs on.
    BadgeRead,
    /// A badge was read while a signature is due; its PIN is to be given.
    SignatureOpened,
    /// A unit is open.
    UnitOpened,
    /// A unit is in a load.
    LoadEntered,
    /// A unit was taken out of a load.
    LoadLeft,
    /// A load began.
    LoadBegun,
    /// A load ended.
    LoadEnded,
    /// Material went in.
    MaterialInstalled,
    /// A component was met again.
    MaterialVerified,
    /// An observation is on record.
    CheckRecorded,
    /// Another attempt began.
    RetestBegun,
    /// A signature is on record.
    SignatureRecorded,
    /// The step is done.
    StepPassed,
    /// The step failed.
    StepFailed,
    /// The last step is done.
    UnitCompleted,
    /// The last step is done, and the unit leaves.
    UnitDispatched,
    /// The unit is on hold.
    UnitHeld,
    /// The unit is no longer on hold.
    HoldReleased,
    /// What was broken in the history of a unit is decided.
    HistorySettled,
    /// A record was taken back.
    Voided,
    /// It is decided what becomes of the unit.
    Disposed,
    /// The unit was put down.
    Closed,
    /// A person has a badge.
    Enrolled,
    /// A badge counts no more.
    Revoked,
    /// A person has another PIN.
    PinChanged,
    /// A recovered PIN is confirmed.
    PinConfirmed,
    /// A route revision may be worked to.
    RouteReleased,
    /// No new unit starts under a route revision.
    RouteWithdrawn,
    /// A lot came in.
    LotReceived,
    /// A lot was inspected, opened, sealed, held, released or rejected.
    LotChanged,
    /// A lot is loaded at the station.
    LotLoaded,
    /// New units at the station start under an order.
    OrderSelected,
    /// The station measures with a gauge.
    GaugeSelected,
    /// An optional step is left out.
    StepSkipped,
    /// Units are on hold.
    UnitsHeld,
    /// Components were taken out of a scrapped unit.
    Recovered,
    /// An order may be worked on.
    OrderOpened,
    /// No new unit starts under an order.
    OrderClosed,
    /// A gauge may be measured with.
    GaugeRegistered,
    /// A gauge was calibrated or taken out of use.
    GaugeChanged,
    /// A person is qualified for other things than before.
    Qualified,
    /// Pieces of a batch are a batch of their own.
    BatchSplit,
    /// The pieces of two batches are one batch.
    BatchMerged,
    /// Pieces of a batch failed its step, and are a batch of their own.
    PiecesRejected,
    /// Another label of a unit counts.
    LabelReplaced,
    /// A label was printed once more.
    LabelReprinted,
    /// A new label was scanned back.
    LabelVerified,
    /// What is said here is read from paper.
    PaperBegun,
    /// All of a paper is entered.
    PaperEnded,
    /// A conforming unit goes back.
    SentBack,
    /// A scrapped unit waits for a decision again.
    ScrapReversed,
    /// It is decided what becomes of a component.
    ComponentJudged,
    /// A deviation is permitted.
    PermitOpened,
    /// Nothing more is done under a permit.
    PermitClosed,
    /// A rule is let go for a unit, for some minutes.
    Overridden,
    /// A unit runs another revision.
    RouteMoved,
    /// That was seen at a bench.
    MoveSeen,
    /// A station is down.
    StationDown,
    /// A station works again.
    StationUp,
    /// A note waits.
    NoteLeft,
    /// Notes were read.
    NoteRead,
    /// A lead is to come.
    LeadCalled,
    /// Nobody need come any more.
    CallWithdrawn,
    /// A lead came.
    CallAnswered,
    /// It was said why an hour fell short.
    HourExplained,
    /// A carton is there to be packed.
    CartonBegun,
    /// A carton was taken up.
    CartonOpened,
    /// The unit is in the carton.
    UnitPacked,
    /// The unit is out of its carton.
    UnitUnpacked,
    /// The carton is closed.
    CartonClosed,
    /// Something may be loaded for a customer.
    ShipmentOpened,
    /// What is scanned is loaded on this shipment.
    ShipmentSelected,
    /// The carton is on the shipment.
    CartonLoaded,
    /// The unit is on the shipment.
    UnitLoaded,
    /// It is off its shipment.
    Unloaded,
    /// The carton or the shipment at hand is put aside.
    PutAside,
    /// All that was loaded left.
    ShipmentDispatched,
    /// The unit is back.
    UnitReturned,
    /// The unit stays outside.
    ReturnEnded,
    /// The first piece is approved.
    FirstPieceApproved,
    /// It is no first piece any more.
    FirstPieceDropped,
    /// The tester found in the golden sample what it should.
    GoldenPassed,
    /// It did not.
    GoldenFailed,
}

impl Decision {
    /// What there is to know about the material of this action.
    pub fn remarks(&self) -> Vec<Remark> {
        let mut all = Vec::new();
        for draft in &self.drafts {
            if let What::MaterialInstalled(MaterialInstalled { remarks, .. })
            | What::LotLoaded(LotLoaded { remarks, .. }) = &draft.what
            {
                all.extend(remarks.iter().cloned());
            }
        }
        all
    }
}

impl Did {
    /// The word of the contract.
    #[expect(clippy::too_many_lines, reason = "a word for each answer")]
    pub fn word(self) -> &'static str {
        match self {
            Self::SignedOn => "signed-on",
            Self::SignedOff => "signed-off",
            Self::BadgeRead => "badge-read",
            Self::SignatureOpened => "signature-opened",
            Self::UnitOpened => "unit-opened",
            Self::LoadEntered => "load-entered",
            Self::LoadLeft => "load-left",
            Self::LoadBegun => "load-begun",
            Self::LoadEnded => "load-ended",
            Self::MaterialInstalled => "material-installed",
            Self::MaterialVerified => "material-verified",
            Self::CheckRecorded => "check-recorded",
            Self::RetestBegun => "retest-begun",
            Self::SignatureRecorded => "signature-recorded",
            Self::StepPassed => "step-passed",
            Self::StepFailed => "step-failed",
            Self::UnitCompleted => "unit-completed",
            Self::UnitDispatched => "unit-dispatched",
            Self::UnitHeld => "unit-held",
            Self::HoldReleased => "hold-released",
            Self::HistorySettled => "history-settled",
            Self::Voided => "voided",
            Self::Disposed => "disposed",
            Self::Closed => "closed",
            Self::Enrolled => "enrolled",
            Self::Revoked => "revoked",
            Self::PinChanged => "pin-changed",
            Self::PinConfirmed => "pin-confirmed",
            Self::RouteReleased => "route-released",
            Self::RouteWithdrawn => "route-withdrawn",
            Self::LotReceived => "lot-received",
            Self::LotChanged => "lot-changed",
            Self::LotLoaded => "lot-loaded",
            Self::OrderSelected => "order-selected",
            Self::GaugeSelected => "gauge-selected",
            Self::StepSkipped => "step-skipped",
            Self::UnitsHeld => "units-held",
            Self::Recovered => "recovered",
            Self::OrderOpened => "order-opened",
            Self::OrderClosed => "order-closed",
            Self::GaugeRegistered => "gauge-registered",
            Self::GaugeChanged => "gauge-changed",
            Self::Qualified => "qualified",
            Self::BatchSplit => "batch-split",
            Self::BatchMerged => "batch-merged",
            Self::PiecesRejected => "pieces-rejected",
            Self::LabelReplaced => "label-replaced",
            Self::LabelReprinted => "label-reprinted",
            Self::LabelVerified => "label-verified",
            Self::PaperBegun => "paper-begun",
            Self::PaperEnded => "paper-ended",
            Self::SentBack => "sent-back",
            Self::ScrapReversed => "scrap-reversed",
            Self::ComponentJudged => "component-judged",
            Self::PermitOpened => "permit-opened",
            Self::PermitClosed => "permit-closed",
            Self::Overridden => "overridden",
            Self::RouteMoved => "route-moved",
            Self::MoveSeen => "move-seen",
            Self::StationDown => "station-down",
            Self::StationUp => "station-up",
            Self::NoteLeft => "note-left",
            Self::NoteRead => "note-read",
            Self::LeadCalled => "lead-called",
            Self::CallWithdrawn => "call-withdrawn",
            Self::CallAnswered => "call-answered",
            Self::HourExplained => "hour-explained",
            Self::CartonBegun => "carton-begun",
            Self::CartonOpened => "carton-opened",
            Self::UnitPacked => "unit-packed",
            Self::UnitUnpacked => "unit-unpacked",
            Self::CartonClosed => "carton-closed",
            Self::ShipmentOpened => "shipment-opened",
            Self::ShipmentSelected => "shipment-selected",
            Self::CartonLoaded => "carton-loaded",
            Self::UnitLoaded => "unit-loaded",
            Self::Unloaded => "unloaded",
            Self::PutAside => "put-aside",
            Self::ShipmentDispatched => "shipment-dispatched",
            Self::UnitReturned => "unit-returned",
            Self::ReturnEnded => "return-ended",
            Self::FirstPieceApproved => "first-piece-approved",
            Self::FirstPieceDropped => "first-piece-dropped",
            Self::GoldenPassed => "golden-passed",
            Self::GoldenFailed => "golden-failed",
        }
    }
}

/// Whose record an event changes, and so what it builds on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A unit.
    Unit(UnitId),
    /// A lot.
    Lot(LotId),
    /// A person.
    Person(Badge),
    /// A route.
    Route(RouteId),
    /// An order.
    Order(OrderId),
    /// A gauge.
    Gauge(DeviceId),
    /// A deviation permit.
    Permit(PermitId),
    /// A carton.
    Carton(CartonId),
    /// A shipment.
    Shipment(ShipmentId),
    /// Nobody's: the event only saw the unit, where it is about one.
    Saw,
}

/// An event to be, before the ledger gives it a number and a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Whose record it changes.
    pub subject: Subject,
    /// About what.
    pub about: About,
    /// What.
    pub what: What,
}

/// The gate's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// What was done, or why not.
    pub answer: Result<Did, Refusal>,
    /// The events to append, the refusal's own among them; none where nothing is to be recorded.
    pub drafts: Vec<Draft>,
    /// The unit that the answer is about.
    pub unit: Option<UnitId>,
    /// The event that the answer rests on, where none is appended.
    pub rests_on: Option<Link>,
    /// Whether the last observation of the answer passed; none where there was none.
    pub passed: Option<bool>,
    /// What belongs to it and is decided next, under the same commit.
    pub then: Vec<Command>,
}

//! The kinds of events, their names and versions in the record.

use serde::Serialize;

use super::event::{EventRef, Unreadable};

pub use super::payload::*;
pub use super::settling::HistorySettled;

macro_rules! what {
    ($($(#[$doc:meta])* $name:ident($data:ident) = $word:literal v $version:literal,)*) => {
        /// What an event says: its kind, and the data of that kind.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum What {
            $($(#[$doc])* $name($data),)*
        }

        impl What {
            /// The names of all kinds.
            pub const KINDS: &'static [&'static str] = &[$($word,)*];

            /// The kind's name in the record.
            pub fn kind(&self) -> &'static str {
                match self { $(Self::$name(_) => $word,)* }
            }

            /// The version of the kind.
            pub fn version(&self) -> u8 {
                match self { $(Self::$name(_) => $version,)* }
            }

            /// Reads the data of a kind.
            pub(super) fn parse(version: u8, kind: &str, data: &str) -> Result<Self, Unreadable> {
                match (kind, version) {
                    $(($word, 1..=$version) => serde_json::from_str(data)
                        .map(Self::$name)
                        .map_err(|e| Unreadable(format!("{kind}: {e}"))),)*
                    _ => Err(Unreadable(format!("kind {kind:?} version {version} is not known to this program"))),
                }
            }
        }
    };
}

what! {
    /// A ledger began.
    LedgerCreated(LedgerCreated) = "ledger-created" v 2,
    /// A person got a badge.
    OperatorEnrolled(OperatorEnrolled) = "operator-enrolled" v 2,
    /// A badge counts no more.
    OperatorRevoked(PersonChanged) = "operator-revoked" v 1,
    /// A person is qualified for other things than before.
    OperatorQualified(OperatorQualified) = "operator-qualified" v 1,
    /// A person got another PIN.
    PinChanged(PinChanged) = "pin-changed" v 1,
    /// A second lead confirmed a PIN that somebody was given without one: by the event that this one corrects.
    PinConfirmed(PersonChanged) = "pin-confirmed" v 1,
    /// A route revision may be worked to.
    RouteReleased(RouteReleased) = "route-released" v 1,
    /// No new unit starts under a route revision.
    RouteWithdrawn(Nothing) = "route-withdrawn" v 1,
    /// A lot came in.
    LotReceived(LotReceived) = "lot-received" v 2,
    /// A lot is on hold.
    LotHeld(LotChanged) = "lot-held" v 1,
    /// A lot may be used.
    LotReleased(LotChanged) = "lot-released" v 1,
    /// A lot is never used.
    LotRejected(LotChanged) = "lot-rejected" v 1,
    /// A lot was inspected.
    LotInspected(LotInspected) = "lot-inspected" v 1,
    /// A lot was opened: its floor life runs.
    LotOpened(LotChanged) = "lot-opened" v 1,
    /// A lot was sealed again: its floor life rests.
    LotSealed(LotChanged) = "lot-sealed" v 1,
    /// A lot is loaded at a station, and drawn from by each unit that passes there.
    LotLoaded(LotLoaded) = "lot-loaded" v 1,
    /// A work order may be worked on.
    OrderOpened(OrderOpened) = "order-opened" v 2,
    /// No new unit starts under an order.
    OrderClosed(OrderChanged) = "order-closed" v 1,
    /// New units at a station start under this order.
    OrderSelected(OrderChanged) = "order-selected" v 1,
    /// A gauge may be measured with.
    GaugeRegistered(GaugeRegistered) = "gauge-registered" v 1,
    /// A gauge was calibrated.
    GaugeCalibrated(GaugeCalibrated) = "gauge-calibrated" v 1,
    /// Nobody measures with a gauge any more.
    GaugeRetired(GaugeChanged) = "gauge-retired" v 1,
    /// A station measures with this gauge.
    GaugeSelected(GaugeSelected) = "gauge-selected" v 1,
    /// An operator is at a station.
    SignedOn(SignedOn) = "signed-on" v 1,
    /// An operator left a station.
    SignedOff(SignedOff) = "signed-off" v 1,
    /// A unit came into being.
    UnitStarted(UnitStarted) = "unit-started" v 2,
    /// A unit was taken up at a station.
    UnitOpened(UnitOpened) = "unit-opened" v 2,
    /// A unit was put down.
    UnitClosed(UnitClosed) = "unit-closed" v 1,
    /// A unit went into a load.
    LoadEntered(LoadEntered) = "load-entered" v 2,
    /// A unit was taken out of a load before that began.
    LoadLeft(Nothing) = "load-left" v 1,
    /// A load began.
    LoadBegun(LoadBegun) = "load-begun" v 1,
    /// Something was observed of a load.
    LoadChecked(LoadChecked) = "load-checked" v 2,
    /// A load ended.
    LoadEnded(LoadEnded) = "load-ended" v 1,
    /// A unit went through a load.
    UnitTreated(LoadEnded) = "unit-treated" v 1,
    /// Material went into a unit.
    MaterialInstalled(MaterialInstalled) = "material-installed" v 2,
    /// A component was met again after rework.
    MaterialVerified(MaterialVerified) = "material-verified" v 1,
    /// An observation.
    CheckRecorded(CheckRecorded) = "check-recorded" v 2,
    /// An observation was taken back.
    ObservationVoided(ObservationVoided) = "observation-voided" v 1,
    /// The operator began another attempt.
    RetestBegun(Nothing) = "retest-begun" v 1,
    /// A signature.
    SignatureRecorded(SignatureRecorded) = "signature-recorded" v 1,
    /// A step passed.
    StepPassed(StepPassed) = "step-passed" v 2,
    /// An optional step is left out.
    StepSkipped(StepSkipped) = "step-skipped" v 1,
    /// A step failed: the unit is nonconforming.
    StepFailed(StepFailed) = "step-failed" v 2,
    /// What became of a nonconforming unit.
    Disposed(Disposed) = "disposed" v 1,
    /// Components were taken out of a scrapped unit.
    ComponentsRecovered(ComponentsRecovered) = "components-recovered" v 1,
    /// A fork or a hole in the history of a unit was decided about.
    HistorySettled(HistorySettled) = "history-settled" v 1,
    /// A unit is on hold.
    UnitHeld(UnitHeld) = "unit-held" v 2,
    /// A hold of a unit ended: the one that the event corrects. In older records every one that there was.
    HoldReleased(Nothing) = "hold-released" v 1,
    /// Pieces of a batch went into another one.
    BatchSplit(BatchSplit) = "batch-split" v 1,
    /// A batch came into being with pieces of another one.
    BatchBegun(BatchBegun) = "batch-begun" v 2,
    /// All pieces of another batch came into this one.
    BatchJoined(BatchJoined) = "batch-joined" v 1,
    /// A batch ended: all its pieces went into another one.
    BatchMerged(BatchMerged) = "batch-merged" v 1,
    /// Another label of a unit counts.
    LabelReplaced(LabelReplaced) = "label-replaced" v 1,
    /// The label of a unit was printed once more.
    LabelReprinted(LabelReprinted) = "label-reprinted" v 1,
    /// The new label of a unit was scanned back.
    LabelVerified(Nothing) = "label-verified" v 1,
    /// From now on what is said at a station is read from paper.
    PaperBegun(PaperBegun) = "paper-begun" v 1,
    /// All of a paper is entered.
    PaperEnded(Nothing) = "paper-ended" v 1,
    /// Every step of a unit is done.
    UnitCompleted(UnitCompleted) = "unit-completed" v 2,
    /// A unit left, complete.
    UnitDispatched(UnitDispatched) = "unit-dispatched" v 2,
    /// A unit runs another revision of its route.
    RouteMoved(RouteMoved) = "route-moved" v 1,
    /// Somebody at a bench has seen that the unit was moved.
    MoveSeen(Nothing) = "move-seen" v 1,
    /// A station is down.
    StationDown(Nothing) = "station-down" v 1,
    /// A station works again.
    StationUp(Lasted) = "station-up" v 1,
    /// A note waits for whoever comes next.
    NoteLeft(NoteLeft) = "note-left" v 1,
    /// A note was read.
    NoteRead(NoteRead) = "note-read" v 1,
    /// A lead is to come.
    LeadCalled(Nothing) = "lead-called" v 1,
    /// Nobody need come any more.
    CallWithdrawn(Lasted) = "call-withdrawn" v 1,
    /// A lead came.
    CallAnswered(Lasted) = "call-answered" v 1,
    /// A lead said why an hour fell short of its plan.
    HourExplained(HourExplained) = "hour-explained" v 1,
    /// A carton is there to be packed.
    CartonBegun(CartonBegun) = "carton-begun" v 1,
    /// A carton was taken up at a station.
    CartonOpened(OfCarton) = "carton-opened" v 1,
    /// A unit is in a carton.
    UnitPacked(UnitPacked) = "unit-packed" v 1,
    /// A unit is in a carton no more.
    UnitUnpacked(OfCarton) = "unit-unpacked" v 1,
    /// A carton's label was scanned back.
    CartonClosed(CartonClosed) = "carton-closed" v 1,
    /// A closed carton was opened again.
    CartonReopened(OfCarton) = "carton-reopened" v 1,
    /// Something may be loaded for a customer.
    ShipmentOpened(ShipmentOpened) = "shipment-opened" v 1,
    /// What is scanned at a station is loaded on a shipment.
    ShipmentSelected(OfShipment) = "shipment-selected" v 1,
    /// A station has no carton and no shipment at hand any more.
    PutAside(Nothing) = "put-aside" v 1,
    /// A carton is on a shipment.
    CartonLoaded(CartonLoaded) = "carton-loaded" v 1,
    /// A carton is on its shipment no more.
    CartonUnloaded(CartonLoaded) = "carton-unloaded" v 1,
    /// A unit is on a shipment by itself.
    UnitLoaded(OfShipment) = "unit-loaded" v 1,
    /// A unit is on its shipment no more.
    UnitUnloaded(OfShipment) = "unit-unloaded" v 1,
    /// A shipment left.
    ShipmentDispatched(ShipmentDispatched) = "shipment-dispatched" v 1,
    /// A unit that left is back.
    UnitReturned(Nothing) = "unit-returned" v 1,
    /// A unit that was registered as returned stays outside.
    ReturnEnded(Nothing) = "return-ended" v 1,
    /// Quality permits a deviation.
    PermitOpened(PermitOpened) = "permit-opened" v 1,
    /// Nothing more is done under a permit.
    PermitClosed(PermitChanged) = "permit-closed" v 1,
    /// A rule was let go for a unit: by the permit that the event names, or by the override that it corrects.
    RuleWaived(RuleWaived) = "rule-waived" v 1,
    /// A second person lets a rule go for a unit at a step, for some minutes.
    RuleOverridden(RuleOverridden) = "rule-overridden" v 1,
    /// A conforming unit goes back to a step that it passed.
    SentBack(SentBack) = "sent-back" v 1,
    /// A scrapped unit waits for a decision again.
    ScrapReversed(Nothing) = "scrap-reversed" v 1,
    /// It was decided what becomes of a component in quarantine.
    ComponentJudged(ComponentJudged) = "component-judged" v 1,
    /// What was signed has changed since: it is to be signed again.
    SignatureLapsed(Nothing) = "signature-lapsed" v 1,
    /// A unit is the first piece of a shift, an order or a lot at a station.
    FirstPieceBegun(FirstPieceBegun) = "first-piece-begun" v 1,
    /// A second person approved a first piece.
    FirstPieceApproved(FirstPieceApproved) = "first-piece-approved" v 1,
    /// A unit is no first piece any more, before it passed.
    FirstPieceDropped(Nothing) = "first-piece-dropped" v 1,
    /// A golden sample was run: the tester found what it should, or not.
    GoldenRun(GoldenRun) = "golden-run" v 1,
    /// The gate said no.
    Refused(Refused) = "refused" v 1,
}

impl What {
    /// Whether there is no data to write.
    pub(super) fn is_bare(&self) -> bool {
        matches!(
            self,
            Self::RouteWithdrawn(_)
                | Self::RetestBegun(_)
                | Self::LoadEntered(LoadEntered { supervisor: None })
                | Self::LoadLeft(_)
                | Self::UnitHeld(UnitHeld { of: None })
                | Self::HoldReleased(_)
                | Self::MoveSeen(_)
                | Self::LabelVerified(_)
                | Self::PaperEnded(_)
                | Self::StationDown(_)
                | Self::LeadCalled(_)
                | Self::UnitCompleted(UnitCompleted { again: false })
                | Self::UnitDispatched(UnitDispatched { shipment: None, again: false })
                | Self::PutAside(_)
                | Self::UnitReturned(_)
                | Self::ReturnEnded(_)
                | Self::ScrapReversed(_)
                | Self::SignatureLapsed(_)
                | Self::FirstPieceDropped(_)
        )
    }
}

impl What {
    /// How a ledger began, where this event begins it.
    pub fn beginning(self) -> Option<LedgerCreated> {
        if let Self::LedgerCreated(created) = self { Some(created) } else { None }
    }

    /// The event that a ledger was begun after, where this one begins it and it goes on where another one ended.
    pub fn begun_after(self) -> Option<EventRef> {
        self.beginning()?.after
    }

    /// Whether the event changes a unit's record. Openings, closings and refusals do not: they only saw it.
    #[expect(clippy::too_many_lines, reason = "a line for each kind, and no kind is forgotten")]
    pub fn changes_a_unit(&self) -> bool {
        match self {
            Self::UnitStarted(_)
            | Self::UnitTreated(_)
            | Self::MaterialInstalled(_)
            | Self::MaterialVerified(_)
            | Self::CheckRecorded(_)
            | Self::ObservationVoided(_)
            | Self::RetestBegun(_)
            | Self::SignatureRecorded(_)
            | Self::StepPassed(_)
            | Self::StepSkipped(_)
            | Self::ComponentsRecovered(_)
            | Self::StepFailed(_)
            | Self::Disposed(_)
            | Self::HistorySettled(_)
            | Self::UnitHeld(_)
            | Self::HoldReleased(_)
            | Self::BatchSplit(_)
            | Self::BatchBegun(_)
            | Self::BatchJoined(_)
            | Self::BatchMerged(_)
            | Self::LabelReplaced(_)
            | Self::LabelReprinted(_)
            | Self::LabelVerified(_)
            | Self::RouteMoved(_)
            | Self::UnitCompleted(_)
            | Self::UnitDispatched(_)
            | Self::UnitPacked(_)
            | Self::UnitUnpacked(_)
            | Self::UnitLoaded(_)
            | Self::UnitUnloaded(_)
            | Self::UnitReturned(_)
            | Self::ReturnEnded(_)
            | Self::RuleWaived(_)
            | Self::RuleOverridden(_)
            | Self::SentBack(_)
            | Self::ScrapReversed(_)
            | Self::ComponentJudged(_)
            | Self::SignatureLapsed(_)
            | Self::FirstPieceApproved(_)
            | Self::GoldenRun(_) => true,
            Self::LedgerCreated(_)
            | Self::OperatorEnrolled(_)
            | Self::OperatorRevoked(_)
            | Self::PinChanged(_)
            | Self::PinConfirmed(_)
            | Self::RouteReleased(_)
            | Self::RouteWithdrawn(_)
            | Self::LotReceived(_)
            | Self::LotHeld(_)
            | Self::LotReleased(_)
            | Self::LotRejected(_)
            | Self::LotInspected(_)
            | Self::LotOpened(_)
            | Self::LotSealed(_)
            | Self::LotLoaded(_)
            | Self::OrderOpened(_)
            | Self::OrderClosed(_)
            | Self::OrderSelected(_)
            | Self::GaugeRegistered(_)
            | Self::GaugeCalibrated(_)
            | Self::GaugeRetired(_)
            | Self::GaugeSelected(_)
            | Self::OperatorQualified(_)
            | Self::SignedOn(_)
            | Self::SignedOff(_)
            | Self::UnitOpened(_)
            | Self::UnitClosed(_)
            | Self::PaperBegun(_)
            | Self::PaperEnded(_)
            | Self::PermitOpened(_)
            | Self::PermitClosed(_)
            | Self::MoveSeen(_)
            | Self::StationDown(_)
            | Self::StationUp(_)
            | Self::NoteLeft(_)
            | Self::NoteRead(_)
            | Self::LeadCalled(_)
            | Self::CallWithdrawn(_)
            | Self::CallAnswered(_)
            | Self::HourExplained(_)
            | Self::LoadEntered(_)
            | Self::LoadLeft(_)
            | Self::LoadBegun(_)
            | Self::LoadChecked(_)
            | Self::LoadEnded(_)
            | Self::CartonBegun(_)
            | Self::CartonOpened(_)
            | Self::CartonClosed(_)
            | Self::CartonReopened(_)
            | Self::ShipmentOpened(_)
            | Self::ShipmentSelected(_)
            | Self::PutAside(_)
            | Self::CartonLoaded(_)
            | Self::CartonUnloaded(_)
            | Self::ShipmentDispatched(_)
            | Self::FirstPieceBegun(_)
            | Self::FirstPieceDropped(_)
            | Self::Refused(_) => false,
        }
    }
}

//! The kinds of events, their names and versions in the record.

use serde::Serialize;

use super::event::Unreadable;

pub use super::payload::*;

macro_rules! what {
    ($($(#[$doc:meta])* $name:ident($data:ident) = $word:literal v $version:literal,)*) => {
        /// What an event says: its kind, and the data of that kind.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum What {
            $($(#[$doc])* $name($data),)*
        }

        impl What {
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
    LedgerCreated(LedgerCreated) = "ledger-created" v 1,
    /// A person got a badge.
    OperatorEnrolled(OperatorEnrolled) = "operator-enrolled" v 1,
    /// A badge counts no more.
    OperatorRevoked(PersonChanged) = "operator-revoked" v 1,
    /// A person got another PIN.
    PinChanged(PinChanged) = "pin-changed" v 1,
    /// A route revision may be worked to.
    RouteReleased(RouteReleased) = "route-released" v 1,
    /// No new unit starts under a route revision.
    RouteWithdrawn(Nothing) = "route-withdrawn" v 1,
    /// A lot came in.
    LotReceived(LotReceived) = "lot-received" v 1,
    /// A lot is on hold.
    LotHeld(LotChanged) = "lot-held" v 1,
    /// A lot may be used.
    LotReleased(LotChanged) = "lot-released" v 1,
    /// A lot is never used.
    LotRejected(LotChanged) = "lot-rejected" v 1,
    /// An operator is at a station.
    SignedOn(SignedOn) = "signed-on" v 1,
    /// An operator left a station.
    SignedOff(SignedOff) = "signed-off" v 1,
    /// A unit came into being.
    UnitStarted(UnitStarted) = "unit-started" v 1,
    /// A unit was taken up at a station.
    UnitOpened(UnitOpened) = "unit-opened" v 1,
    /// A unit was put down.
    UnitClosed(UnitClosed) = "unit-closed" v 1,
    /// Material went into a unit.
    MaterialInstalled(MaterialInstalled) = "material-installed" v 1,
    /// A component was met again after rework.
    MaterialVerified(MaterialVerified) = "material-verified" v 1,
    /// An observation.
    CheckRecorded(CheckRecorded) = "check-recorded" v 1,
    /// An observation was taken back.
    ObservationVoided(ObservationVoided) = "observation-voided" v 1,
    /// The operator began another attempt.
    RetestBegun(Nothing) = "retest-begun" v 1,
    /// A signature.
    SignatureRecorded(SignatureRecorded) = "signature-recorded" v 1,
    /// A step passed.
    StepPassed(StepPassed) = "step-passed" v 1,
    /// A step failed: the unit is nonconforming.
    StepFailed(StepFailed) = "step-failed" v 1,
    /// What became of a nonconforming unit.
    Disposed(Disposed) = "disposed" v 1,
    /// A unit is on hold.
    UnitHeld(Nothing) = "unit-held" v 1,
    /// A unit is no longer on hold.
    HoldReleased(Nothing) = "hold-released" v 1,
    /// Every step of a unit is done.
    UnitCompleted(Nothing) = "unit-completed" v 1,
    /// A unit left, complete.
    UnitDispatched(Nothing) = "unit-dispatched" v 1,
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
                | Self::UnitHeld(_)
                | Self::HoldReleased(_)
                | Self::UnitCompleted(_)
                | Self::UnitDispatched(_)
        )
    }
}

impl What {
    /// Whether the event changes a unit's record. Openings, closings and refusals do not: they only saw it.
    pub fn changes_a_unit(&self) -> bool {
        match self {
            Self::UnitStarted(_)
            | Self::MaterialInstalled(_)
            | Self::MaterialVerified(_)
            | Self::CheckRecorded(_)
            | Self::ObservationVoided(_)
            | Self::RetestBegun(_)
            | Self::SignatureRecorded(_)
            | Self::StepPassed(_)
            | Self::StepFailed(_)
            | Self::Disposed(_)
            | Self::UnitHeld(_)
            | Self::HoldReleased(_)
            | Self::UnitCompleted(_)
            | Self::UnitDispatched(_) => true,
            Self::LedgerCreated(_)
            | Self::OperatorEnrolled(_)
            | Self::OperatorRevoked(_)
            | Self::PinChanged(_)
            | Self::RouteReleased(_)
            | Self::RouteWithdrawn(_)
            | Self::LotReceived(_)
            | Self::LotHeld(_)
            | Self::LotReleased(_)
            | Self::LotRejected(_)
            | Self::SignedOn(_)
            | Self::SignedOff(_)
            | Self::UnitOpened(_)
            | Self::UnitClosed(_)
            | Self::Refused(_) => false,
        }
    }
}

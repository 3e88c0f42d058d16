//! Who and what a command names.

use super::command::{Batch, Command};
use super::id::{Badge, Serial, UnitId};

impl Command {
    /// The person who gives the command by name, beside whoever is signed on at the station.
    pub fn signer(&self) -> Option<&Badge> {
        match self {
            Self::Sign { badge } | Self::Dispose { badge, .. } | Self::SignOn { badge } => Some(badge),
            Self::HoldUnit { by, .. }
            | Self::ReleaseHold { by, .. }
            | Self::Revoke { by, .. }
            | Self::ChangePin { by, .. }
            | Self::ReleaseRoute { by, .. }
            | Self::WithdrawRoute { by, .. }
            | Self::ReceiveLot { by, .. }
            | Self::InspectLot { by, .. }
            | Self::ChangeLot { by, .. }
            | Self::HoldUnits { by, .. }
            | Self::Recover { by, .. }
            | Self::OpenOrder { by, .. }
            | Self::CloseOrder { by, .. }
            | Self::RegisterGauge { by, .. }
            | Self::CalibrateGauge { by, .. }
            | Self::RetireGauge { by, .. }
            | Self::Qualify { by, .. } => Some(by),
            Self::Enrol { by, .. } => by.as_ref(),
            Self::Batch(batch) => batch.signer(),
            Self::Pack(packing) => packing.by(),
            Self::Scan { .. }
            | Self::Value { .. }
            | Self::Pass
            | Self::Fail { .. }
            | Self::Hold { .. }
            | Self::Void { .. }
            | Self::Retest { .. }
            | Self::Skip
            | Self::Close
            | Self::SignOff { .. }
            | Self::Malformed { .. } => None,
        }
    }

    /// The unit that the command names itself.
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Scan { unit, .. }
            | Self::Value { unit, .. }
            | Self::Dispose { unit, .. }
            | Self::Batch(Batch::Split { unit, .. } | Batch::Merge { unit, .. }) => unit.as_ref(),
            Self::Pack(packing) => packing.unit(),
            Self::HoldUnit { unit, .. } | Self::ReleaseHold { unit, .. } | Self::Recover { unit, .. } => Some(unit),
            Self::Pass
            | Self::Fail { .. }
            | Self::Hold { .. }
            | Self::Void { .. }
            | Self::Retest { .. }
            | Self::Skip
            | Self::Close
            | Self::SignOn { .. }
            | Self::SignOff { .. }
            | Self::Sign { .. }
            | Self::Enrol { .. }
            | Self::Revoke { .. }
            | Self::ChangePin { .. }
            | Self::ReleaseRoute { .. }
            | Self::WithdrawRoute { .. }
            | Self::ReceiveLot { .. }
            | Self::InspectLot { .. }
            | Self::ChangeLot { .. }
            | Self::HoldUnits { .. }
            | Self::OpenOrder { .. }
            | Self::CloseOrder { .. }
            | Self::RegisterGauge { .. }
            | Self::CalibrateGauge { .. }
            | Self::RetireGauge { .. }
            | Self::Qualify { .. }
            | Self::Batch(Batch::Reject { .. })
            | Self::Malformed { .. } => None,
        }
    }

    /// The components that the command names.
    pub fn components(&self) -> Vec<&Serial> {
        if let Self::Dispose { removed, .. } | Self::Recover { removed, .. } = self {
            removed.iter().map(|r| &r.serial).collect()
        } else {
            Vec::new()
        }
    }
}

//! Who and what a command names.

use super::command::{Batch, Command};
use super::id::{Badge, Serial, UnitId};
use super::label::Label;
use super::load::LoadAct;
use super::panel::Board;

impl Command {
    /// The person who gives the command by name, beside whoever is signed on at the station.
    pub fn signer(&self) -> Option<&Badge> {
        match self {
            Self::Sign { badge } | Self::Dispose { badge, .. } | Self::SignOn { badge } => Some(badge),
            Self::Settle(settle) => Some(&settle.by),
            Self::ConfirmPin(confirm) => Some(&confirm.by),
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
            Self::Permit(permitting) => Some(permitting.by()),
            Self::Override(over) => Some(&over.by),
            Self::Rework(reworking) => Some(reworking.by()),
            Self::Enrol { by, .. } => by.as_ref(),
            Self::Batch(batch) => batch.signer(),
            Self::Label(labelling) => Some(labelling.by()),
            Self::Paper(paper) => paper.signer(),
            Self::Watch(watching) => watching.by.as_ref(),
            Self::Move(moved) => Some(&moved.by),
            Self::DropFirstPiece(drop) => Some(&drop.by),
            Self::For { command, .. } => command.signer(),
            Self::Pack(packing) => packing.by(),
            Self::Scan { .. }
            | Self::Board(_)
            | Self::Load(_)
            | Self::Value { .. }
            | Self::Pass
            | Self::Fail { .. }
            | Self::Hold { .. }
            | Self::Void { .. }
            | Self::Retest { .. }
            | Self::Skip
            | Self::Close
            | Self::SignOff { .. }
            | Self::SeenMove
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
            Self::Settle(settle) => Some(&settle.unit),
            Self::Pack(packing) => packing.unit(),
            Self::Move(moved) => Some(&moved.unit),
            Self::DropFirstPiece(drop) => Some(&drop.unit),
            Self::Load(LoadAct::Unload { unit } | LoadAct::TakeOut { unit })
            | Self::Board(Board { unit, .. })
            | Self::For { unit, .. }
            | Self::HoldUnit { unit, .. }
            | Self::ReleaseHold { unit, .. }
            | Self::Recover { unit, .. } => Some(unit),
            Self::Override(over) => over.unit.as_ref(),
            Self::Rework(reworking) => reworking.unit(),
            Self::Label(labelling) => labelling.unit(),
            Self::Load(LoadAct::Begin | LoadAct::End)
            | Self::Pass
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
            | Self::ConfirmPin(_)
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
            | Self::Paper(_)
            | Self::Permit(_)
            | Self::Watch(_)
            | Self::SeenMove
            | Self::Malformed { .. } => None,
        }
    }

    /// The label that was scanned.
    pub fn label(&self) -> Option<&Label> {
        if let Self::Board(board) = self {
            return Some(board.scanned());
        }
        if let Self::Scan { label, .. } = self { Some(label) } else { None }
    }

    /// What is wanted, without the unit that it is said of.
    pub fn inner(&self) -> &Self {
        if let Self::For { command, .. } = self { command } else { self }
    }

    /// Whether it concerns the open unit and has no place to name it.
    pub fn is_about_the_open_unit(&self) -> bool {
        matches!(
            self,
            Self::Pass
                | Self::Fail { .. }
                | Self::Hold { .. }
                | Self::Void { .. }
                | Self::Retest { .. }
                | Self::Skip
                | Self::Close
                | Self::Sign { .. }
        )
    }

    /// The same, said of a unit, where it is about the open one and names none.
    #[must_use]
    pub fn of(mut self, named: &UnitId) -> Self {
        if self.is_about_the_open_unit() {
            return Self::For { unit: named.clone(), command: Box::new(self) };
        }
        if let Self::Scan { unit, .. } | Self::Value { unit, .. } | Self::Dispose { unit, .. } = &mut self {
            unit.get_or_insert_with(|| named.clone());
        }
        self
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

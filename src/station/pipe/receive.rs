//! A lot that comes in over the pipe: at a receiving station, by whoever is there.

use serde::Deserialize;

use crate::domain::command::Command;
use crate::domain::id::{Badge, LotId, PartId};
use crate::domain::label::Label;
use crate::domain::number::Number;
use crate::domain::time::Day;

/// A lot that comes in. Who receives it is the signature of the line, else `by`, else the operator who is signed on.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receive {
    lot: LotId,
    part: PartId,
    quantity: Number,
    #[serde(default)]
    expires: Option<Day>,
    #[serde(default)]
    supplier: Option<String>,
    #[serde(default)]
    quarantine: bool,
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    by: Option<Badge>,
}

impl Receive {
    /// The same with whoever signed the line; none where the line names somebody else too.
    pub(super) fn signed(self, by: Option<&Badge>) -> Option<Self> {
        match (by, &self.by) {
            (Some(_), Some(_)) => None,
            (Some(by), None) => Some(Self { by: Some(by.clone()), ..self }),
            (None, _) => Some(self),
        }
    }

    /// Whether the line leaves it to the station to say who receives it.
    pub(super) fn is_open(&self) -> bool {
        self.by.is_none()
    }

    /// The command. Where nobody receives it there is none to give: the line is refused as malformed.
    pub fn command(&self, operator: Option<&Badge>) -> Command {
        let Some(by) = self.by.as_ref().or(operator) else {
            return Command::Malformed { input: format!("receive {}: nobody is signed on", self.lot) };
        };
        Command::ReceiveLot {
            lot: self.lot.clone(),
            part: self.part.clone(),
            quantity: self.quantity,
            supplier: self.supplier.clone(),
            expires: self.expires,
            quarantine: self.quarantine,
            label: self.label.as_ref().map(|text| Label::read(text.as_bytes())),
            by: by.clone(),
        }
    }
}

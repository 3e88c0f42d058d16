//! What is done with labels over the pipe, by whoever signs.

use serde::Deserialize;

use crate::domain::command::Command;
use crate::domain::id::{Badge, UnitId};
use crate::domain::labelling::{Found, Labelling};

/// `{"label":{"replace":{"unit":"...","found":...,"number":"...","reason":"..."}}}` or
/// `{"label":{"reprint":{"unit":"...","reason":"..."}}}`; without `unit` it is the open one.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum LabelAct {
    /// Another label counts.
    Replace {
        #[serde(default)]
        unit: Option<UnitId>,
        #[serde(default)]
        found: Option<Found>,
        #[serde(default)]
        number: Option<UnitId>,
        reason: String,
    },
    /// The label is printed once more.
    Reprint {
        #[serde(default)]
        unit: Option<UnitId>,
        reason: String,
    },
}

impl LabelAct {
    pub(super) fn signed(self, by: Badge) -> Command {
        Command::Label(Box::new(match self {
            Self::Replace { unit, found, number, reason } => Labelling::Replace { unit, found, number, reason, by },
            Self::Reprint { unit, reason } => Labelling::Reprint { unit, reason, by },
        }))
    }
}

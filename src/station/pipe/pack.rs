//! What is packed over the pipe beside scanning it, by whoever is signed on.

use serde::Deserialize;

use crate::domain::command::Command;
use crate::domain::id::{CartonId, UnitId};
use crate::domain::packing::Packing;
use crate::domain::packing::command::Number;
use crate::domain::packing::sscc::Stem;

/// `{"pack":{"begin":{"carton":"..."}}}`, `{"pack":{"begin":{"next":"30614141"}}}` or
/// `{"pack":{"take_out":{"unit":"...","reason":"..."}}}`.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Pack {
    /// A carton begins.
    Begin(Begin),
    /// A unit comes out of its open carton.
    TakeOut {
        /// Which.
        unit: UnitId,
        /// Why.
        reason: String,
    },
}

/// Its number, or the extension digit and company prefix that the next number is made from.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Begin {
    /// This number.
    Carton(CartonId),
    /// The next one.
    Next(Stem),
}

impl Pack {
    pub(super) fn command(self) -> Command {
        let begin = |number| Packing::Begin { number, holds: None, same: Vec::new(), by: None };
        Command::Pack(match self {
            Self::Begin(Begin::Carton(carton)) => begin(Number::Given(carton)),
            Self::Begin(Begin::Next(stem)) => begin(Number::Next(stem)),
            Self::TakeOut { unit, reason } => Packing::TakeOut { unit, reason, by: None },
        })
    }
}

//! What the oracle knows of labels: which unit, component or lot they name, and whether they were scanned.

use traveller::domain::code::Code;
use traveller::domain::command::Command;
use traveller::domain::event::How;
use traveller::domain::id::UnitId;
use traveller::domain::label::Label;
use traveller::domain::route::{Identifier, Part, Typed};
use traveller::domain::structured::Structured;
use traveller::domain::time::At;
use traveller::domain::what::{MaterialInstalled, Piece};

use super::hear::Told;
use super::model::{Heard, must};

/// The structured label that an action began with, where it did.
fn structured(told: Told<'_>) -> Option<&Structured> {
    match &told.cause.cmd {
        Command::Scan { label: Label::Structured(label), .. } => Some(label),
        _ => None,
    }
}

/// An event that a label brought says whether a device sent it.
pub(super) fn says_how(told: Told<'_>) -> Heard {
    let (Command::Scan { .. }, Some(how)) = (&told.cause.cmd, &told.event.about.how) else { return Ok(()) };
    let device = told.cause.ambient.device.clone();
    let by_itself = *how == How::Loaded || told.event.about.happened.is_some();
    must(by_itself || *how == device.map_or(How::Typed, How::Scanned), format!("came in {how:?}, and that is not so"))
}

/// Where only a scan counts, nothing is typed.
fn is_scanned(told: Told<'_>, typed: Typed) -> Heard {
    let by_hand = told.by_hand();
    let is_let_go = told.lets_go(Code::TypedEntry, None);
    must(!(by_hand && typed == Typed::Refuse) || is_let_go, "is typed where only a scan counts")
}

/// The same for a unit that was named before, when somebody answers what was asked about it.
pub(super) fn was_scanned(told: Told<'_>, by_hand: bool, typed: Typed) -> Heard {
    let is_let_go = typed == Typed::Allow || told.lets_go(Code::TypedEntry, None);
    must(!(by_hand || told.is_on_paper()) || is_let_go, "was typed before where only a scan counts")
}

/// The label of a unit names it: plainly, or by the GTIN of its route, and by the number on it that counts.
pub(super) fn names_the_unit(told: Told<'_>, unit: &UnitId, number: &UnitId, identifier: &Identifier) -> Heard {
    is_scanned(told, identifier.typed)?;
    let Some(label) = structured(told) else { return Ok(()) };
    let by_gtin = label.field("01") == identifier.gtin.as_ref().map(traveller::domain::gs1::Gtin::as_str)
        && label.field("21") == Some(number.as_str());
    must(by_gtin || label.body() == number.as_str(), format!("opens {unit} by the label {}", label.raw))
}

/// The label of a piece names it, is of its part, and is not past the last day that it says, unless that is let go.
pub(super) fn names_the_piece(
    told: Told<'_>,
    (latest, is_let_go): (At, bool),
    part: &Part,
    found: &Part,
    installed: &MaterialInstalled,
) -> Heard {
    is_scanned(told, part.typed)?;
    let Some(label) = structured(told) else { return Ok(()) };
    let (key, number) = match &installed.piece {
        Piece::Serial(serial) => ("21", serial.as_str()),
        Piece::Lot(lot) => ("10", lot.as_str()),
    };
    let by_gtin = label.field("01") == found.gtin.as_ref().map(traveller::domain::gs1::Gtin::as_str)
        && label.field(key) == Some(number);
    must(by_gtin || label.body() == number, format!("installs {number} by the label {}", label.raw))?;
    let today = latest.to_string().replace('-', "");
    let is_over = by_gtin && label.field("17").is_some_and(|day| day < &today[2..8]);
    must(!is_over || is_let_go, "installs what is expired by its label")
}

/// A component is met by a label that counts.
pub(super) fn may_be_met(told: Told<'_>, part: &Part) -> Heard {
    is_scanned(told, part.typed)
}

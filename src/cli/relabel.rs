//! `traveller relabel` and `traveller reprint`: the labels of units.

use super::answer::give_all;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::relabel_args::{RelabelArgs, ReprintArgs};
use crate::domain::command::Command;
use crate::domain::id::{Serial, UnitId};
use crate::domain::labelling::{Found, Labelling};
use crate::ledger::Reader;
use crate::station::open::Make;

/// Another label counts from now on.
pub(super) fn run(cx: &mut Context<'_>, args: RelabelArgs) -> Result<Outcome, Failure> {
    let known = args.known.then_some(Found::Choice);
    let component = args.component.map(|serial| within(cx, serial)).transpose()?;
    let found = component.map(Found::Component).or(args.carton.map(Found::Carton)).or(known);
    let (number, reason, by) = (args.number, args.signed.reason, args.signed.by);
    let unit = args.unit.map(|unit| meant(cx, unit)).transpose()?;
    let about = unit.as_ref().map_or_else(|| "the unit".to_owned(), ToString::to_string);
    give(cx, about, Labelling::Replace { unit, found, number, reason, by })
}

/// A component that is a unit itself is in the record by its own number, whichever of its labels was scanned.
fn within(cx: &Context<'_>, serial: Serial) -> Result<Serial, Failure> {
    let Ok(number) = UnitId::parse(serial.as_str()) else { return Ok(serial) };
    Ok(Serial::parse(meant(cx, number)?.as_str()).unwrap_or(serial))
}

/// The label is printed once more.
pub(super) fn reprint(cx: &mut Context<'_>, args: ReprintArgs) -> Result<Outcome, Failure> {
    let unit = meant(cx, args.unit)?;
    let about = unit.to_string();
    give(cx, about, Labelling::Reprint { unit: Some(unit), reason: args.signed.reason, by: args.signed.by })
}

fn give(cx: &mut Context<'_>, about: String, labelling: Labelling) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(labelling.by())?;
    give_all(cx, &mut clerk, &with, [(about, Command::Label(Box::new(labelling)))])
}

/// The unit that a number means: its own, or one that is on a label of it. What a label means never changes.
pub(super) fn meant(cx: &Context<'_>, number: UnitId) -> Result<UnitId, Failure> {
    named(&cx.reader()?, number)
}

/// The same in a ledger that is open already.
pub(super) fn named(reader: &Reader, number: UnitId) -> Result<UnitId, Failure> {
    if reader.traveller(&number)?.is_some() {
        return Ok(number);
    }
    let units = reader.units_labelled(&number)?;
    match units.as_slice() {
        [] => Ok(number),
        [unit] => Ok(unit.clone()),
        several => {
            let all = several.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            Err(Failure::no(format!("label {number} means several units: {all}"), "name the unit by its own number"))
        }
    }
}

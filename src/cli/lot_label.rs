//! The number of a lot, or the label on it: what `traveller lot receive` was given.

use super::failure::Failure;
use crate::app::lang::Lang;
use crate::capture::label;
use crate::domain::gs1::{AI_LOT, Gtin};
use crate::domain::id::{LotId, PartId};
use crate::domain::item::Item;
use crate::domain::label::Label;
use crate::domain::refusal::{Code, Evidence};
use crate::domain::text::display_safe;
use crate::domain::time::{At, Day};
use crate::ledger::Reader;
use crate::route_file::parse;
use crate::ui::words;

/// What to do about a label that does not say it.
const TYPE_IT: &str = "give the number of the lot itself";

/// A lot, as its label names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Labelled {
    /// Its number.
    pub(super) lot: LotId,
    /// The last day on which it may be used.
    pub(super) expires: Option<Day>,
    /// The product that it is of.
    pub(super) gtin: Option<Gtin>,
    /// The label, where there is one. Whether it is of the part, the gate says.
    pub(super) label: Option<Label>,
}

/// Reads what was given as the number, and the supplier's label beside it, where there is one. A GS1 label fills the
/// lot and its last day; one of ISO/IEC 15434 the lot. A day that was given beside it has to agree.
pub(super) fn read(given: &str, beside: Option<&str>, expires: Option<Day>, now: At) -> Result<Labelled, Failure> {
    let label = label::read(Label::read(given.as_bytes()));
    if let Some(beside) = beside {
        let Labelled { lot, .. } = plain(&label, None)?;
        // A label that cannot be read is the gate's to refuse: the lot is known.
        let label = label::read(Label::read(beside.as_bytes()));
        let (expires, gtin) = on_label(&label, &lot, expires, now)?;
        return Ok(Labelled { lot, expires, gtin, label: Some(label) });
    }
    if let Label::Broken(broken) = &label {
        let (flaw, field) = (Some(broken.flaw.clone()), broken.key.clone());
        let why = words::message(Lang::English, Code::Misread, &Evidence { flaw, field, ..Evidence::default() });
        return Err(Failure::wrong_use(why.trim_end_matches('.'), format!("scan it again, or {TYPE_IT}")));
    }
    let item = Item::of(&label);
    let Some(lot) = item.as_ref().and_then(Item::lot) else { return plain(&label, expires) };
    let lot = number(lot)?;
    let (expires, gtin) = on_label(&label, &lot, expires, now)?;
    Ok(Labelled { lot, expires, gtin, label: Some(label) })
}

/// The last day and the product that a label names.
fn on_label(label: &Label, lot: &LotId, expires: Option<Day>, now: At) -> Result<(Option<Day>, Option<Gtin>), Failure> {
    let Some(item) = Item::of(label) else { return Ok((expires, None)) };
    let on_label = item.expires(now);
    if let (Some(given), Some(on_label)) = (expires, on_label)
        && given != on_label
    {
        let what = format!("the label on lot {lot} says that it expires on {on_label}, and --expires says {given}");
        return Err(Failure::wrong_use(what, "leave --expires out, or give the day of the label"));
    }
    Ok((expires.or(on_label), item.gtin().cloned()))
}

/// A label without a lot in a field of its own: its text is the number.
fn plain(label: &Label, expires: Option<Day>) -> Result<Labelled, Failure> {
    let Some(text) = label.plain() else {
        let what = if label.text().is_some() { format!("the label names no lot (AI {AI_LOT})") } else { no_text() };
        return Err(Failure::wrong_use(what, TYPE_IT));
    };
    Ok(Labelled { lot: number(text)?, expires, gtin: None, label: None })
}

fn no_text() -> String {
    "the label has characters that no label has".to_owned()
}

fn number(text: &str) -> Result<LotId, Failure> {
    LotId::parse(text)
        .map_err(|e| Failure::wrong_use(format!("{} is no lot number", display_safe(text)), e.to_string()))
}

/// Refuses a label of another part, where no route says which labels the part itself has: the gate can tell only where
/// one does.
pub(super) fn of_part(reader: &Reader, part: &PartId, labelled: &Labelled) -> Result<(), Failure> {
    let Some(gtin) = &labelled.gtin else { return Ok(()) };
    let mut told = None;
    for released in reader.routes()?.iter().filter(|r| !r.release.withdrawn) {
        let (route, revision) = (&released.release.route, &released.release.revision);
        let text = reader.route_text(route, revision)?.unwrap_or_default();
        let Ok(file) = parse("released", &text) else { continue };
        for (id, of) in file.route.parts.iter().filter_map(|(id, about)| Some((id, about.gtin.as_ref()?))) {
            if id == part {
                return Ok(());
            }
            if of == gtin {
                told = Some(format!("GTIN {gtin} is that of part {id}, by route {route} revision {revision}"));
            }
        }
    }
    told.map_or(Ok(()), |what| Err(Failure::wrong_use(what, "look at the label, and give the part that it is of")))
}

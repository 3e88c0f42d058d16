//! What the oracle knows of the labels of units: which one counts, and whether it was scanned back.

use traveller::domain::command::Command;
use traveller::domain::id::UnitId;
use traveller::domain::labelling::{Found, Labelling};
use traveller::domain::refusal::{Code, Evidence};
use traveller::domain::role::Role;
use traveller::domain::what::{LabelReplaced, LabelReprinted, What};

use super::batches::is_a_trace;
use super::hear::Told;
use super::model::{Heard, Oracle, State, Whereabouts, must};

/// Times that the label of a unit is replaced or printed again.
const MOST: usize = 64;

/// The labels of one unit.
#[derive(Clone, Default)]
pub(super) struct Sticker {
    /// The numbers of labels that counted, the last one first; the unit's own is not among them.
    numbers: Vec<UnitId>,
    changes: usize,
    reprints: u32,
    /// Whether the new one was not scanned back yet.
    waits: bool,
}

impl Oracle {
    /// The number on the label of a unit that counts.
    pub(crate) fn label_of<'a>(&'a self, unit: &'a UnitId) -> &'a UnitId {
        self.stickers.get(unit).and_then(|s| s.numbers.last()).unwrap_or(unit)
    }

    fn waits_for_label(&self, unit: &UnitId) -> bool {
        self.stickers.get(unit).is_some_and(|s| s.waits)
    }

    /// Whether a number is, or was, on the label of a unit that has another one.
    pub(super) fn is_on_a_label(&self, number: &UnitId) -> bool {
        self.stickers.values().any(|s| s.numbers.contains(number))
    }

    pub(super) fn relabels(&mut self, told: Told<'_>) -> Heard {
        match &told.event.what {
            What::LabelReplaced(e) => self.label_replaced(told, e),
            What::LabelReprinted(e) => self.label_reprinted(told, e),
            _ => self.label_verified(told),
        }
    }

    fn may_be_labelled(&self, told: Told<'_>) -> Heard<UnitId> {
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        let product = self.units.get(&unit).ok_or("labels what never began")?;
        let may = matches!(product.state, State::Working | State::Nonconforming | State::Complete | State::Returned);
        must(may, format!("labels what is {:?}", product.state))?;
        must(self.stickers.get(&unit).is_none_or(|s| s.changes < MOST), "has had as many labels as it may have")?;
        Ok(unit)
    }

    fn label_replaced(&mut self, told: Told<'_>, e: &LabelReplaced) -> Heard {
        self.has_authority(told, &[Role::Lead, Role::Quality])?;
        let unit = self.may_be_labelled(told)?;
        let Command::Label(said) = &told.cause.cmd else { return Err("is replaced, and nobody said so".to_owned()) };
        let Labelling::Replace { unit: named, found, number, .. } = said.as_ref() else {
            return Err("is replaced where it was to be printed".to_owned());
        };
        must(named.as_ref().is_none_or(|named| *named == unit), "is of another unit than was named")?;
        must(e.found == *found && e.was == *self.label_of(&unit), "says of itself what is not so")?;
        let product = &self.units[&unit];
        match found {
            Some(Found::Component(serial)) => {
                let at = self.components.get(serial);
                must(matches!(at, Some(Whereabouts::In(holder)) if *holder == unit), "is found by what is not in it")?;
            }
            Some(Found::Open) => must(product.open.is_some(), "is found open, and is not")?,
            Some(Found::Carton(_)) => return Err("is found in a carton, and nothing here is packed".to_owned()),
            Some(Found::Choice) | None => {}
        }
        match number {
            None => must(e.label == e.was, "changes a number that was to stay")?,
            Some(number) => {
                must(e.label == *number, "has another number than was said")?;
                must(product.route.identifier.pattern.matches(number.as_str()), "has a number of another form")?;
                must(!self.units.contains_key(number), "has the number of a unit")?;
                must(!self.is_on_a_label(number), "has a number that is on a label")?;
                must(!self.is_installed(number.as_str()), "has the number of an installed component")?;
            }
        }
        let sticker = self.stickers.entry(unit.clone()).or_default();
        sticker.numbers.extend(Some(e.label.clone()).filter(|label| *label != unit && *label != e.was));
        (sticker.changes, sticker.waits) = (sticker.changes + 1, true);
        Ok(())
    }

    fn label_reprinted(&mut self, told: Told<'_>, e: &LabelReprinted) -> Heard {
        self.has_authority(told, &Role::ALL)?;
        let unit = self.may_be_labelled(told)?;
        must(e.label == *self.label_of(&unit), "prints another label than the one that counts")?;
        let sticker = self.stickers.entry(unit).or_default();
        (sticker.changes, sticker.reprints) = (sticker.changes + 1, sticker.reprints + 1);
        must(e.copies == sticker.reprints, "is counted wrong")
    }

    fn label_verified(&mut self, told: Told<'_>) -> Heard {
        self.operator(told)?;
        let unit = told.event.about.unit.clone().ok_or("is about no unit")?;
        must(self.waits_for_label(&unit), "scans back what waits for nothing")?;
        must(matches!(told.cause.cmd, Command::Scan { .. }), "is scanned back without a scan")?;
        self.stickers.get_mut(&unit).unwrap().waits = false;
        Ok(())
    }

    /// A unit is taken up, or its label scanned back, by the label of it that counts; and until that was scanned back,
    /// nothing is done on it.
    pub(super) fn counts_by_its_label(&self, told: Told<'_>) -> Heard {
        let Some(unit) = &told.event.about.unit else { return Ok(()) };
        let kind = told.event.what.kind();
        let by_its_label = matches!(kind, "unit-opened" | "load-entered" | "label-verified");
        if let (Command::Scan { label, .. }, true) = (&told.cause.cmd, by_its_label)
            && let Some(text) = label.plain().and_then(|text| UnitId::parse(text).ok())
            && (text == *unit || self.is_on_a_label(&text))
        {
            must(text == *self.label_of(unit), format!("is taken up by {text}, a label that counts no more"))?;
        }
        let is_work = match &told.event.what {
            // What was drawn from a loaded lot is noted when the unit is put down.
            What::MaterialInstalled(m) => m.quantity > 0 && !is_a_trace(told),
            _ => matches!(
                kind,
                "material-verified" | "check-recorded" | "signature-recorded" | "step-passed" | "step-failed"
            ),
        };
        let comes_out = matches!(told.cause.cmd, Command::Load(_));
        must(
            !(is_work && !comes_out && self.waits_for_label(unit)),
            "is worked on before its new label was scanned back",
        )
    }

    /// Whether a label, or the lack of one, stands in the way as a refusal says.
    pub(super) fn is_right_of_labels(&self, code: Code, evidence: &Evidence) -> bool {
        let Some(unit) = &evidence.unit else { return false };
        let label = evidence.label.as_deref();
        match code {
            Code::LabelReplaced => label.is_some_and(|label| label != self.label_of(unit).as_str()),
            _ => self.waits_for_label(unit),
        }
    }
}

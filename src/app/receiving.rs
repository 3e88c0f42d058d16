//! Receiving a lot: the supplier's label says most of it, and only what it does not say is asked for.

use std::sync::Arc;

use super::question::{Answer, Choice, Picked, Question, Title, Unfit, pick};
use super::shelf::{Shelf, ShelfPart};
use super::supplier;
use crate::domain::command::Command;
use crate::domain::command_code::CommandCode;
use crate::domain::id::{Badge, LotId, PartId};
use crate::domain::item::Item;
use crate::domain::label::Label;
use crate::domain::number::Number;
use crate::domain::structured::without_symbology;
use crate::domain::time::Day;

/// Pieces that a lot may have: whoever means more typed something else.
const QUANTITY_MOST: u32 = 1_000_000_000;

/// The last day of use: known, none, or not asked for yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastDay {
    /// It is asked for.
    Open,
    /// It has none.
    None,
    /// This one.
    On(Day),
}

/// What is asked for at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The supplier's label, or the part.
    Part,
    /// The lot's number.
    Lot,
    /// How many.
    Quantity,
    /// The last day on which it may be used.
    LastDay,
    /// Whether all of it is right.
    Confirm,
}

/// A lot that is being received.
#[derive(Debug, Clone)]
pub struct Receiving {
    shelf: Arc<Shelf>,
    stage: Stage,
    trail: Vec<Stage>,
    /// The part.
    pub part: Option<PartId>,
    /// The lot's number.
    pub lot: Option<LotId>,
    /// How many.
    pub quantity: Option<Number>,
    /// Who delivered it, where the label says so.
    pub supplier: Option<String>,
    /// The last day on which it may be used.
    pub last_day: LastDay,
    label: Option<Label>,
}

impl Receiving {
    /// Begins with the label.
    pub fn begin(shelf: Arc<Shelf>) -> Self {
        Self {
            shelf,
            stage: Stage::Part,
            trail: Vec::new(),
            part: None,
            lot: None,
            quantity: None,
            supplier: None,
            last_day: LastDay::Open,
            label: None,
        }
    }

    /// The next lot, received in the same way.
    #[must_use]
    pub fn next(&self) -> Self {
        Self::begin(self.shelf.clone())
    }

    /// What is asked for at the moment.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The part, with what the routes say of it.
    pub fn about(&self) -> Option<&ShelfPart> {
        let part = self.part.as_ref()?;
        self.shelf.parts.iter().find(|p| p.part == *part)
    }

    /// Whether its last day of use is over: it is recorded, and cannot be used.
    pub fn is_over(&self) -> bool {
        matches!(self.last_day, LastDay::On(day) if day.is_over(self.shelf.at))
    }

    pub(super) fn name(&self) -> &'static str {
        match self.stage {
            Stage::Part => "receive-part",
            Stage::Lot => "receive-lot",
            Stage::Quantity => "receive-quantity",
            Stage::LastDay => "receive-last-day",
            Stage::Confirm => "receive-confirm",
        }
    }

    /// What there is to choose from.
    pub fn choices(&self) -> Vec<Choice> {
        match self.stage {
            Stage::Part => {
                let choice =
                    |p: &ShelfPart| Choice { code: p.part.to_string(), title: Title::Part(Box::new(p.clone())) };
                self.shelf.parts.iter().map(choice).collect()
            }
            Stage::Confirm => {
                [true, false].map(|yes| Choice { code: String::new(), title: Title::Receive(yes) }).into()
            }
            Stage::Lot | Stage::Quantity | Stage::LastDay => Vec::new(),
        }
    }

    pub(super) fn back(mut self) -> Option<Self> {
        self.stage = self.trail.pop()?;
        match self.stage {
            Stage::Part => Some(self.next()),
            Stage::Lot => Some(Self { lot: None, ..self }),
            Stage::Quantity => Some(Self { quantity: None, ..self }),
            Stage::LastDay => Some(Self { last_day: LastDay::Open, ..self }),
            Stage::Confirm => Some(self),
        }
    }

    pub(super) fn answer(mut self: Box<Self>, text: &str, scanned: bool, by: Option<&Badge>) -> Answer {
        match self.stage {
            Stage::Part => match pick(text, scanned, &self.choices()) {
                Picked::One(choice) => {
                    self.part = PartId::parse(&choice.code).ok();
                    self.go_on()
                }
                Picked::Zero | Picked::Beyond => Answer::Unfit(Question::Receive(self), Unfit::NotListed),
                Picked::NoNumber => Answer::Read(Question::Receive(self)),
            },
            Stage::Lot => Answer::Read(Question::Receive(self)),
            Stage::Quantity => match quantity(text).filter(|_| !scanned) {
                Some(quantity) => {
                    self.quantity = Some(quantity);
                    self.go_on()
                }
                None => Answer::Unfit(Question::Receive(self), Unfit::NoQuantity),
            },
            Stage::LastDay => match last_day(text).filter(|_| !scanned) {
                Some(last_day) => {
                    self.last_day = last_day;
                    self.go_on()
                }
                None => Answer::Unfit(Question::Receive(self), Unfit::NoDay),
            },
            Stage::Confirm => match pick(text, scanned, &self.choices()) {
                Picked::One(Choice { title: Title::Receive(true), .. }) => match self.command(by) {
                    Some(command) => Answer::Submit(command, None),
                    None => Answer::Unfit(Question::Receive(self), Unfit::NotListed),
                },
                Picked::One(_) => Answer::Ask(Question::Receive(Box::new(self.next()))),
                Picked::Zero | Picked::Beyond | Picked::NoNumber => {
                    Answer::Unfit(Question::Receive(self), Unfit::NotListed)
                }
            },
        }
    }

    /// Takes what a label says that was read.
    pub(super) fn labelled(mut self: Box<Self>, label: &Label) -> Answer {
        let Some(text) = label.text() else { return Answer::Label };
        let plain = without_symbology(text);
        // Whoever leaves or signs on from here does.
        if CommandCode::read(plain).is_some() {
            return Answer::Label;
        }
        let Label::Structured(fields) = label else { return self.plain(plain) };
        if fields.fields.is_empty() {
            return self.plain(plain);
        }
        let said = supplier::said(label, self.shelf.at);
        if self.part.is_none() {
            self.part = self.names(label);
        }
        self.lot = said.lot.and_then(|lot| LotId::parse(&lot).ok()).or(self.lot.take());
        self.quantity = said.quantity.as_deref().and_then(quantity).or(self.quantity);
        self.supplier = said.supplier.or(self.supplier.take());
        self.last_day = said.last_day.map_or(self.last_day, LastDay::On);
        // The gate compares what names a part; a label of a pallet names none.
        self.label = Item::of(label).map(|_| label.clone()).or(self.label.take());
        if self.part.is_some() || self.stage != Stage::Part {
            return self.go_on();
        }
        // What the label says is kept; the part is asked for.
        Answer::Unfit(Question::Receive(self), Unfit::UnknownPart)
    }

    fn plain(mut self: Box<Self>, text: &str) -> Answer {
        match self.stage {
            Stage::Lot => match LotId::parse(text) {
                Ok(lot) => {
                    self.lot = Some(lot);
                    self.go_on()
                }
                Err(_bad) => Answer::Unfit(Question::Receive(self), Unfit::NoLot),
            },
            Stage::Part => match self.supplies(text) {
                Some(part) => {
                    self.part = Some(part);
                    self.go_on()
                }
                // A badge, a unit, or nothing known: the gate says.
                None => Answer::Label,
            },
            Stage::Quantity | Stage::LastDay | Stage::Confirm => Answer::Label,
        }
    }

    /// The one part that a label names.
    fn names(&self, label: &Label) -> Option<PartId> {
        let item = Item::of(label)?;
        let own = self.shelf.parts.iter().find(|p| item.is_of(&p.part, &p.about)).map(|p| p.part.clone());
        own.or_else(|| supplier::part_numbers(label).find_map(|number| self.supplies(number)))
    }

    /// The one part that has a number on its suppliers' labels.
    fn supplies(&self, number: &str) -> Option<PartId> {
        let has = |p: &&ShelfPart| p.about.supplier_parts.iter().any(|n| n == number);
        let mut all = self.shelf.parts.iter().filter(has);
        let one = all.next()?;
        all.next().is_none().then(|| one.part.clone())
    }

    /// Asks for the first thing that is missing.
    fn go_on(mut self: Box<Self>) -> Answer {
        let next = match () {
            () if self.part.is_none() => Stage::Part,
            () if self.lot.is_none() => Stage::Lot,
            () if self.quantity.is_none() => Stage::Quantity,
            () if self.last_day == LastDay::Open => Stage::LastDay,
            () => Stage::Confirm,
        };
        self.trail.push(self.stage);
        self.stage = next;
        Answer::Ask(Question::Receive(self))
    }

    fn command(&self, by: Option<&Badge>) -> Option<Command> {
        let expires = if let LastDay::On(day) = self.last_day { Some(day) } else { None };
        Some(Command::ReceiveLot {
            lot: self.lot.clone()?,
            part: self.part.clone()?,
            quantity: self.quantity?,
            supplier: self.supplier.clone(),
            expires,
            quarantine: false,
            label: self.label.clone(),
            by: by?.clone(),
        })
    }
}

/// A quantity that somebody may have meant: more than nothing, and not beyond all measure.
fn quantity(text: &str) -> Option<Number> {
    let number: Number = text.parse().ok()?;
    (Number::whole(0) < number && number <= Number::whole(QUANTITY_MOST)).then_some(number)
}

/// A day as `2027-03-31`, or 0 for none.
fn last_day(text: &str) -> Option<LastDay> {
    if text == "0" { Some(LastDay::None) } else { text.parse().ok().map(LastDay::On) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_more_than_nothing_and_believable() {
        for bad in ["0", "-5", "0.0", "1000000001", "4006381333931", "1e3", "ten", "", "1,5"] {
            assert_eq!(quantity(bad), None, "{bad}");
        }
        for good in ["1", "0.5", "500", "1000000000"] {
            assert!(quantity(good).is_some(), "{good}");
        }
    }

    #[test]
    fn a_day_is_one_of_the_calendar_or_none() {
        for bad in ["2027-02-30", "31.03.2027", "270331", "tomorrow", ""] {
            assert_eq!(last_day(bad), None, "{bad}");
        }
        assert_eq!(last_day("0"), Some(LastDay::None));
        assert_eq!(last_day("2027-03-31"), Some(LastDay::On("2027-03-31".parse().unwrap())));
    }
}

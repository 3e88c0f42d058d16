//! A label, in the ways in which it may be meant: as the text that it is, and as the thing that it names.
//!
//! A label that says itself by which standard it is to be read is never taken for a number that happens to read the
//! same. One that only has the form of a structured label may be meant in both ways.

use crate::domain::facts::{Component, Facts};
use crate::domain::id::{PartId, Serial, UnitId};
use crate::domain::item::Item;
use crate::domain::label::Label;
use crate::domain::lot::Lot;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::{Part, Route};
use crate::domain::traveller::{Installed, Traveller};
use crate::domain::what::Piece;

use super::case::Case;

/// What a label says.
pub(super) struct Said<'a> {
    /// The text, without what tells the symbology.
    pub(super) body: &'a str,
    /// The number that it may be.
    pub(super) plain: Option<&'a str>,
    /// The thing that it names.
    pub(super) item: Option<Item<'a>>,
    /// The number that it has, where it is the label of a unit of another number.
    pub(super) tag: Option<&'a UnitId>,
    /// The thing that such a label names, where the number on it is only that of this thing.
    pub(super) tagged: Option<Item<'a>>,
}

impl<'a> Said<'a> {
    /// Reads a label; one that cannot be read for certain says nothing.
    pub(super) fn of(case: &Case<'_>, label: &'a Label) -> Result<Self, Refusal> {
        match label {
            Label::Text(_) | Label::Structured(_) => {
                let body = label.text().ok_or_else(|| Refusal::bare(Code::Misread))?;
                Ok(Self { body, plain: label.plain(), item: Item::of(label), tag: None, tagged: None })
            }
            Label::Broken(broken) => {
                let (flaw, field) = (Some(broken.flaw.clone()), broken.key.clone());
                let evidence = Evidence { label: case.label_shown(), flaw, field, ..Evidence::default() };
                Err(Refusal::new(Code::Misread, evidence))
            }
            Label::Lost(loss) => {
                Err(Refusal::new(Code::Misread, Evidence { lost: Some(*loss), ..Evidence::default() }))
            }
            Label::SelfTest(tested) => {
                let evidence =
                    Evidence { label: case.label_shown(), scanner: Some(tested.came.clone()), ..Evidence::default() };
                Err(Refusal::new(Code::ScannerTest, evidence))
            }
            Label::Unsafe(_) | Label::NotText(_) | Label::TooLong(_) | Label::Empty => {
                Err(Refusal::bare(Code::Misread))
            }
        }
    }

    /// The thing that it names, where that is a piece of a part.
    pub(super) fn item_of(&self, id: &PartId, part: &Part) -> Option<&Item<'a>> {
        self.item.as_ref().filter(|item| item.is_of(id, part))
    }

    /// The part of a route that it names a piece of.
    pub(super) fn part<'r>(&self, route: &'r Route) -> Option<(&'r PartId, &'r Part)> {
        route.parts.iter().find(|(id, part)| self.item_of(id, part).is_some())
    }

    /// The serial number of a piece of a part.
    pub(super) fn serial(&self, id: &PartId, part: &Part) -> Option<Serial> {
        let pattern = part.pattern.as_ref()?;
        let plain = self.plain.filter(|text| pattern.matches(text) && self.may_be(id, part)).map(str::to_owned);
        let number = plain.or_else(|| self.item_of(id, part)?.number(pattern))?;
        Serial::parse(&number).ok()
    }

    /// Whether its number may be that of a piece of a part: the label of another thing is none, whoever it names now.
    fn may_be(&self, id: &PartId, part: &Part) -> bool {
        self.tagged.as_ref().is_none_or(|item| item.is_of(id, part))
    }

    /// The lot of a part, where it was received.
    pub(super) fn lot<'f>(&self, id: &PartId, part: &Part, facts: &'f Facts) -> Option<&'f Lot> {
        let plain = self.plain.and_then(|text| facts.lot(text));
        let labelled = || facts.lot(self.item_of(id, part)?.lot()?);
        plain.filter(|lot| lot.part == *id).or_else(labelled).filter(|lot| lot.part == *id)
    }

    /// The lot of the number that the thing's label has, of whichever part it was received.
    pub(super) fn lot_named<'f>(&self, facts: &'f Facts) -> Option<&'f Lot> {
        facts.lot(self.item.as_ref()?.lot()?)
    }

    /// The component that it names, where that is in the unit.
    pub(super) fn installed<'t>(&self, traveller: &'t Traveller, route: &Route) -> Option<&'t Installed> {
        let names = |piece: &Installed, serial: &Serial| {
            let labelled = route.parts.get(&piece.part).and_then(|part| self.item_of(&piece.part, part));
            let is_it = |part| self.plain == Some(serial.as_str()) && self.may_be(&piece.part, part);
            route.parts.get(&piece.part).is_some_and(is_it)
                || labelled.is_some_and(|item| item.numbers().any(|number| number == serial.as_str()))
        };
        let mut inside = traveller.installed.iter().filter(|i| i.out.is_none());
        inside.find(|i| matches!(&i.piece, Piece::Serial(serial) if names(i, serial)))
    }

    /// A component that is in some unit: known by its whole number, or as a piece of a part of the route.
    pub(super) fn component<'f>(&self, route: Option<&Route>, facts: &'f Facts) -> Option<&'f Component> {
        let of_part = || {
            let (id, part) = self.part(route?)?;
            Some(self.serial(id, part)?.to_string())
        };
        let whole = || {
            let item = self.item.as_ref()?;
            Some(item.gtin()?.with_serial(item.serial()?))
        };
        let numbers = [self.plain.map(str::to_owned), of_part(), whole()];
        numbers.iter().flatten().find_map(|n| facts.component(n)).filter(|c| c.in_unit.is_some())
    }
}

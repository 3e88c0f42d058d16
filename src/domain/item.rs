//! What a structured label says of the thing that it is on, as far as the gate goes by it.
//!
//! Of GS1 that is the trade item with its lot, expiry and serial; of ISO/IEC 15434 the part with its lot and serial.
//! Whatever else a label says is on record with it, and decides nothing.

use super::gs1::{self, AI_EXPIRY, AI_EXPIRY_TIME, AI_GTIN, AI_LOT, AI_SERIAL, Gtin};
use super::id::{PartId, UnitId};
use super::label::Label;
use super::pattern::Pattern;
use super::route::{Identifier, IdentifierKind, Part, Route};
use super::structured::{Structured, Syntax};
use super::time::{At, Day};

/// Fields that the gate goes by. A label of several records, such as that of a mixed carton, may have one twice.
const DECIDING: [&str; 10] = [AI_GTIN, AI_LOT, AI_SERIAL, AI_EXPIRY, AI_EXPIRY_TIME, "P", "1P", "T", "1T", "S"];

/// A thing, as its label names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'a> {
    sort: Sort<'a>,
    lot: Option<&'a str>,
    serial: Option<&'a str>,
    /// Six digits each, of the day and of the day with a time.
    expires: [Option<&'a str>; 2],
}

/// Of which sort it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sort<'a> {
    /// A trade item.
    Gtin(Gtin),
    /// The customer's and the supplier's part number: data identifiers P and 1P.
    Part([Option<&'a str>; 2]),
}

impl<'a> Item<'a> {
    /// The thing that a label names; none where it names no sort of thing, or two things.
    pub fn of(label: &'a Label) -> Option<Self> {
        let Label::Structured(label) = label else { return None };
        let label: &Structured = label;
        if DECIDING.iter().any(|key| label.has_two(key)) {
            return None;
        }
        match label.syntax {
            Syntax::Plain => None,
            Syntax::Gs1 | Syntax::DigitalLink => Some(Self {
                sort: Sort::Gtin(label.field(AI_GTIN)?.parse().ok()?),
                lot: label.field(AI_LOT),
                serial: label.field(AI_SERIAL),
                expires: [label.field(AI_EXPIRY), label.field(AI_EXPIRY_TIME).and_then(|time| time.get(..6))],
            }),
            Syntax::Iso15434 => {
                let parts = [label.field("P"), label.field("1P")];
                let lot = label.field("1T").or_else(|| label.field("T"));
                let item = Self { sort: Sort::Part(parts), lot, serial: label.field("S"), expires: [None; 2] };
                parts.iter().any(Option::is_some).then_some(item)
            }
        }
    }

    /// Its GTIN.
    pub fn gtin(&self) -> Option<&Gtin> {
        match &self.sort {
            Sort::Gtin(gtin) => Some(gtin),
            Sort::Part(_) => None,
        }
    }

    /// Its lot.
    pub fn lot(&self) -> Option<&'a str> {
        self.lot
    }

    /// Its serial number, as the label has it.
    pub fn serial(&self) -> Option<&'a str> {
        self.serial
    }

    /// The last day on which it may be used, as its label is read at a moment. Of a label that has the time too, the
    /// day counts: the time is that of the place that the label is made for.
    pub fn expires(&self, now: At) -> Option<Day> {
        self.expires.iter().flatten().filter_map(|day| gs1::day(day, now)).min()
    }

    /// Whether it is a piece of that part.
    pub fn is_of(&self, id: &PartId, part: &Part) -> bool {
        match &self.sort {
            Sort::Gtin(gtin) => part.gtin.as_ref() == Some(gtin),
            Sort::Part(numbers) => {
                let listed = |number: &&str| part.supplier_parts.iter().any(|known| known == number);
                self.names(id) || numbers.iter().flatten().any(listed)
            }
        }
    }

    /// Whether its label names that part by the part's own number.
    pub fn names(&self, id: &PartId) -> bool {
        match &self.sort {
            Sort::Gtin(_) => false,
            Sort::Part(numbers) => numbers.iter().flatten().any(|number| *number == id.as_str()),
        }
    }

    /// The part number on its label: the customer's, else the supplier's.
    pub fn part_number(&self) -> Option<&'a str> {
        match &self.sort {
            Sort::Gtin(_) => None,
            Sort::Part(numbers) => numbers.iter().flatten().next().copied(),
        }
    }

    /// The numbers that it can have in the record: the serial alone, or with the GTIN before it.
    pub fn numbers(&self) -> impl Iterator<Item = String> {
        let whole = self.gtin().zip(self.serial).map(|(gtin, serial)| gtin.with_serial(serial));
        self.serial.map(str::to_owned).into_iter().chain(whole)
    }

    /// The number of the unit that it is, of that form: a single one has a serial, a batch has a lot.
    pub fn unit(&self, identifier: &Identifier) -> Option<String> {
        match identifier.kind {
            IdentifierKind::Serial => self.number(&identifier.pattern),
            IdentifierKind::Batch => {
                let whole = self.gtin().zip(self.lot).map(|(gtin, lot)| gtin.with_lot(lot));
                let numbers = self.lot.map(str::to_owned).into_iter().chain(whole);
                numbers.into_iter().find(|number| identifier.pattern.matches(number))
            }
        }
    }

    /// The one of them that has this form.
    pub fn number(&self, pattern: &Pattern) -> Option<String> {
        self.numbers().find(|number| pattern.matches(number))
    }
}

/// The unit, or the panel of some, that a label names to a route. A text is first the plain one that it may be; only
/// then a GS1 label of the route's product.
pub fn unit_of(label: &Label, route: &Route) -> Option<UnitId> {
    let identifier = &route.identifier;
    let names = |text: &&str| identifier.claims(text) || route.golden_step(text).is_some();
    let plain = label.plain().filter(names).and_then(|t| UnitId::parse(t).ok());
    plain.or_else(|| {
        let item = Item::of(label).filter(|item| item.gtin().is_some() && item.gtin() == identifier.gtin.as_ref())?;
        UnitId::parse(&item.unit(identifier)?).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::structured::Field;

    fn label(syntax: Syntax, marked: bool, fields: &[(&str, &str)]) -> Label {
        let fields = fields.iter().map(|(k, v)| Field { key: (*k).to_owned(), value: (*v).to_owned() });
        Label::Structured(Box::new(Structured {
            raw: "RAW".to_owned(),
            symbology: None,
            syntax,
            marked,
            fields: fields.collect(),
        }))
    }

    const GTIN: &str = "09506000134352";

    #[test]
    fn a_label_without_a_sort_names_nothing() {
        assert_eq!(Item::of(&Label::Text("0109506000134352".to_owned())), None);
        assert_eq!(Item::of(&label(Syntax::Gs1, true, &[("00", "106141412345678908")])), None);
        assert_eq!(Item::of(&label(Syntax::Iso15434, true, &[("S", "1"), ("1T", "L")])), None);
        assert_eq!(Item::of(&label(Syntax::Plain, true, &[("01", GTIN)])), None);
    }

    #[test]
    fn a_label_of_two_things_names_neither() {
        let two = |syntax, fields: &[(&str, &str)]| Item::of(&label(syntax, true, fields)).is_none();
        assert!(two(Syntax::Gs1, &[("01", "09521000000025"), ("01", GTIN), ("21", "1")]));
        assert!(two(Syntax::Iso15434, &[("1P", "SEAL"), ("1T", "A"), ("1P", "RING"), ("1T", "B")]));
        assert!(two(Syntax::Iso15434, &[("1P", "SEAL"), ("S", "1"), ("S", "2")]));
        assert!(!two(Syntax::Iso15434, &[("1P", "SEAL"), ("1T", "A"), ("1P", "SEAL"), ("Q", "1"), ("Q", "2")]));
    }

    #[test]
    fn the_number_is_the_one_that_the_pattern_takes() {
        let label = label(Syntax::DigitalLink, true, &[("01", GTIN), ("21", "PU000001")]);
        let item = Item::of(&label).unwrap();
        let number = |pattern: &str| item.number(&Pattern::parse(pattern).unwrap());
        assert_eq!(number(r"PU\d{6}").as_deref(), Some("PU000001"));
        let whole = item.gtin().unwrap().serial_pattern();
        assert_eq!(number(&whole).as_deref(), Some("(01)09506000134352(21)PU000001"));
        assert_eq!(number(r"FA\d{6}"), None);
    }

    #[test]
    fn the_last_day_of_use_may_come_with_a_time() {
        let expires = |fields: &[(&str, &str)]| {
            let label = label(Syntax::Gs1, true, &[&[("01", GTIN)], fields].concat());
            let day = Item::of(&label).unwrap().expires("2026-11-23T12:00:00Z".parse().unwrap());
            day.map(|day| day.to_string())
        };
        assert_eq!(expires(&[("17", "270331")]).as_deref(), Some("2027-03-31"));
        assert_eq!(expires(&[("7003", "2703301430")]).as_deref(), Some("2027-03-30"));
        assert_eq!(expires(&[("7003", "2703301430"), ("17", "270331")]).as_deref(), Some("2027-03-30"));
        assert_eq!(expires(&[]), None);
    }

    #[test]
    fn the_lot_of_the_supplier_comes_first() {
        let both = label(Syntax::Iso15434, true, &[("P", "SEAL"), ("T", "OURS"), ("1T", "THEIRS")]);
        assert_eq!(Item::of(&both).unwrap().lot(), Some("THEIRS"));
        let ours = label(Syntax::Iso15434, true, &[("1P", "SEAL"), ("T", "OURS")]);
        assert_eq!(Item::of(&ours).unwrap().lot(), Some("OURS"));
    }
}

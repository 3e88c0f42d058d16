//! What a supplier's label says of a lot: fields of GS1 (Application Identifiers) and of ISO/IEC 15434 (data
//! identifiers of ANSI MH10.8.2). What it says twice in two ways, it does not say.

use crate::domain::item::Item;
use crate::domain::label::Label;
use crate::domain::structured::Structured;
use crate::domain::text::is_safe;
use crate::domain::time::{At, Day};

/// Where a label has how many: GS1 variable count and count of trade items, and `Q`.
const QUANTITY: [&str; 3] = ["30", "37", "Q"];
/// Where a label has who delivered it.
const SUPPLIER: [&str; 4] = ["V", "1V", "12V", "18V"];
/// Where a label has the lot, beside what an item has.
const LOT: [&str; 3] = ["10", "1T", "T"];
/// The day on which it expires, as `YYYYMMDD`.
const EXPIRES: &str = "14D";
/// Where a label has the part's number: the customer's, the supplier's, the maker's, and GS1's additional ones.
const PART: [&str; 5] = ["P", "1P", "30P", "240", "241"];
/// Characters that the name of a supplier may have.
const SUPPLIER_CHARS_MOST: usize = 60;

/// What a label says of a lot.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) lot: Option<String>,
    pub(super) quantity: Option<String>,
    pub(super) supplier: Option<String>,
    pub(super) last_day: Option<Day>,
}

/// What a label says, read at a moment.
pub(super) fn said(label: &Label, now: At) -> Said {
    let Label::Structured(fields) = label else { return Said::default() };
    let item = Item::of(label);
    let fits = |s: &&str| s.chars().all(is_safe) && s.chars().count() <= SUPPLIER_CHARS_MOST;
    Said {
        lot: item.as_ref().and_then(Item::lot).or_else(|| first(fields, &LOT)).map(str::to_owned),
        quantity: first(fields, &QUANTITY).map(plain_number),
        supplier: first(fields, &SUPPLIER).filter(fits).map(str::to_owned),
        last_day: item.and_then(|i| i.expires(now)).or_else(|| first(fields, &[EXPIRES]).and_then(day)),
    }
}

/// The numbers of the part on a label.
pub(super) fn part_numbers(label: &Label) -> impl Iterator<Item = &str> {
    let fields = if let Label::Structured(fields) = label { Some(fields) } else { None };
    fields.into_iter().flat_map(|f| PART.iter().filter_map(|key| first(f, &[*key])))
}

/// The first of these that the label has, where it has that once.
fn first<'a>(label: &'a Structured, keys: &[&str]) -> Option<&'a str> {
    keys.iter().filter(|key| !label.has_two(key)).find_map(|key| label.field(key))
}

/// A number without the zeros before it and the `PCS` behind it that some labels have.
fn plain_number(text: &str) -> String {
    let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let unit = text.get(digits.len()..).unwrap_or_default().trim();
    let counts = unit.is_empty() || ["PCS", "PCE", "EA", "ST"].contains(&unit.to_ascii_uppercase().as_str());
    if counts { digits.trim_start_matches('0').to_owned() } else { text.to_owned() }
}

fn day(text: &str) -> Option<Day> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let small = |from: usize, to: usize| i8::try_from(number(from, to)?).ok();
    (text.len() == 8).then_some(())?;
    Day::new(number(0, 4)?, small(4, 6)?, small(6, 8)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::structured::{Field, Syntax};

    fn label(syntax: Syntax, fields: &[(&str, &str)]) -> Label {
        let fields = fields.iter().map(|(k, v)| Field { key: (*k).to_owned(), value: (*v).to_owned() });
        let (raw, symbology) = ("RAW".to_owned(), None);
        Label::Structured(Box::new(Structured { raw, symbology, syntax, marked: true, fields: fields.collect() }))
    }

    fn now() -> At {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_label_by_either_standard_says_the_same() {
        let gs1 = label(Syntax::Gs1, &[("01", "09506000134352"), ("10", "L-7"), ("17", "270331"), ("37", "00500")]);
        let iso = [("1P", "SEAL"), ("1T", "L-7"), ("Q", "500 PCS"), ("14D", "20270331"), ("V", "ACME")];
        let iso = label(Syntax::Iso15434, &iso);
        for (label, supplier) in [(&gs1, None), (&iso, Some("ACME"))] {
            let said = said(label, now());
            assert_eq!((said.lot.as_deref(), said.quantity.as_deref()), (Some("L-7"), Some("500")));
            assert_eq!(said.last_day.map(|d| d.to_string()).as_deref(), Some("2027-03-31"));
            assert_eq!(said.supplier.as_deref(), supplier);
        }
        assert_eq!(part_numbers(&iso).collect::<Vec<_>>(), ["SEAL"]);
    }

    #[test]
    fn what_a_label_says_twice_is_asked_for() {
        let two =
            label(Syntax::Iso15434, &[("1P", "SEAL"), ("1T", "L-7"), ("Q", "1"), ("Q", "2"), ("14D", "20270231")]);
        let said = said(&two, now());
        assert_eq!((said.lot.as_deref(), said.quantity, said.last_day), (Some("L-7"), None, None));
    }

    #[test]
    fn a_quantity_by_weight_is_no_count() {
        assert_eq!(plain_number("12KG"), "12KG");
        assert_eq!(plain_number("0012EA"), "12");
    }
}

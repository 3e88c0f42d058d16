//! `[identifier]`: how units of the route are identified.

use toml::Spanned;

use crate::domain::route::{Identifier, IdentifierKind, Start};

use super::bounds::SHORT_CHARS_MOST;
use super::form::{GS1, IDENTIFIER};
use super::pattern;
use super::remarks::{Place, Remarks};
use super::source::quoted;
use super::table::Table;

/// Digits of a GTIN as application identifier 01 carries it.
const GTIN_DIGITS: usize = 14;

/// Reads `[identifier]`.
pub(super) fn read(route: &Table<'_>, to: &mut Remarks<'_>) -> Option<Identifier> {
    let table = route.table(to, "identifier", &IDENTIFIER)?;
    let kinds = [("serial", IdentifierKind::Serial), ("batch", IdentifierKind::Batch)];
    let kind = table.word(to, "kind", &kinds);
    if let Some(batch) = kind.as_ref().filter(|k| *k.get_ref() == IdentifierKind::Batch) {
        to.not_yet(&batch.span(), "`kind = \"batch\"`", "`kind = \"serial\"`");
    }
    let starts = [("twice", Start::Twice), ("once", Start::Once), ("order", Start::Order)];
    let start = table.word(to, "start", &starts);
    if let Some(order) = start.as_ref().filter(|s| *s.get_ref() == Start::Order) {
        to.not_yet(&order.span(), "`start = \"order\"`", "`start = \"twice\"`");
    }
    let pattern = pattern::of_labels(&table, to, "pattern");
    if let Some(pattern) = &pattern {
        to.mark(Place::Identifier, &pattern.span());
    }
    let gtin = gtin(&table, to);
    Some(Identifier {
        kind: kind?.into_inner(),
        pattern: pattern?.into_inner(),
        start: start.map_or(Start::Twice, Spanned::into_inner),
        gtin,
    })
}

fn gtin(identifier: &Table<'_>, to: &mut Remarks<'_>) -> Option<String> {
    let gs1 = identifier.table(to, "gs1", &GS1)?;
    let gtin = gs1.text(to, "gtin", SHORT_CHARS_MOST)?;
    let text = *gtin.get_ref();
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let all_digits = digits.len() == text.chars().count();
    if all_digits && matches!(digits.len(), 8 | 12 | 13) {
        let what = format!("{} has {} digits, and a label carries {GTIN_DIGITS}", quoted(text), digits.len());
        to.wrong(&gtin.span(), what, format!("`{text:0>GTIN_DIGITS$}`"));
        return None;
    }
    let [body @ .., check] = digits.as_slice() else { return no_gtin(&gtin, to) };
    if !all_digits || digits.len() != GTIN_DIGITS {
        return no_gtin(&gtin, to);
    }
    // The check digit fills the sum, in which every second digit from the right counts three times, to a full ten.
    let sum: u32 = body.iter().rev().zip([3, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    let due = (10 - sum % 10) % 10;
    if *check != due {
        let what = format!("the check digit of {} is {check}, and its digits ask for {due}", quoted(text));
        to.wrong(&gtin.span(), what, "the number as the product's label has it");
        return None;
    }
    to.mark(Place::Gtin, &gtin.span());
    to.not_yet(&identifier.key_span("gs1"), "`gs1`", "the identifier without it");
    Some(text.to_owned())
}

fn no_gtin(text: &Spanned<&str>, to: &mut Remarks<'_>) -> Option<String> {
    to.wrong(&text.span(), format!("{} is no GTIN", quoted(text.get_ref())), format!("its {GTIN_DIGITS} digits"));
    None
}

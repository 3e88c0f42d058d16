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

#[cfg(test)]
mod tests {
    use crate::route_file::parse;
    use crate::route_file::testing::{found_with, not_yet_with, with};

    #[test]
    fn the_words_of_an_identifier_are_checked() {
        assert_eq!(
            found_with("kind = \"serial\"", "kind = \"serail\""),
            ["8:8: `kind` cannot be `serail`; write `serial`"]
        );
        assert_eq!(
            found_with("start = \"twice\"", "start = 2"),
            ["10:9: `start` cannot be a whole number; write `start = \"twice\"`"]
        );
        assert_eq!(
            found_with("pattern = 'PU\\d{6}'\n", ""),
            ["7:1: the identifier needs `pattern`; write `pattern = 'PC2\\d{2}-\\d{6}'`"]
        );
    }

    #[test]
    fn a_gtin_has_fourteen_digits_and_the_right_check_digit() {
        let gtin = |written: &str| found_with("start = \"twice\"", &format!("gs1 = {{ gtin = \"{written}\" }}"));
        assert_eq!(
            gtin("9506000134352"),
            ["10:16: `9506000134352` has 13 digits, and a label carries 14; write `09506000134352`"]
        );
        assert_eq!(
            gtin("09506000134351"),
            ["10:16: the check digit of `09506000134351` is 1, and its digits ask for 2; \
                 write the number as the product's label has it"],
        );
        assert_eq!(gtin("0950600013435X"), ["10:16: `0950600013435X` is no GTIN; write its 14 digits"]);
        assert_eq!(gtin("A"), ["10:16: `A` is no GTIN; write its 14 digits"]);
        let sound = with("start = \"twice\"", "gs1 = { gtin = \"09506000134352\" }");
        assert_eq!(parse("r.toml", &sound).unwrap().route.identifier.gtin.as_deref(), Some("09506000134352"));
    }

    #[test]
    fn what_the_gate_does_not_enforce_yet_is_noted() {
        assert_eq!(
            not_yet_with("kind = \"serial\"", "kind = \"batch\""),
            ["8:8: `kind = \"batch\"` is not enforced yet, and a route that asks for it is not released; \
                 write `kind = \"serial\"`"],
        );
    }
}

//! `[identifier]`: how units of the route are identified.

use toml::Spanned;

use crate::domain::panel::Panel;
use crate::domain::route::{Identifier, IdentifierKind, Start};

use super::bounds::NESTS_MOST;
use super::form::{IDENTIFIER, PANEL};
use super::remarks::{Place, Remarks};
use super::table::Table;
use super::{gtin, pattern};

/// Reads `[identifier]`.
pub(super) fn read(route: &Table<'_>, to: &mut Remarks<'_>) -> Option<Identifier> {
    let table = route.table(to, "identifier", &IDENTIFIER)?;
    let kinds = [("serial", IdentifierKind::Serial), ("batch", IdentifierKind::Batch)];
    let kind = table.word(to, "kind", &kinds);
    let is_batch = kind.as_ref().is_some_and(|kind| *kind.get_ref() == IdentifierKind::Batch);
    let starts = [("twice", Start::Twice), ("once", Start::Once), ("order", Start::Order)];
    let start = table.word(to, "start", &starts);
    let written = pattern::of_labels(&table, to, "pattern");
    let gtin = gtin::read(&table, to, Place::Gtin);
    let pattern = match (&written, &gtin) {
        (Some(pattern), _) => {
            to.mark(Place::Identifier, &pattern.span());
            Some(pattern.get_ref().clone())
        }
        (None, Some(gtin)) if !table.has("pattern") => {
            to.mark(Place::Identifier, &table.key_span("gs1"));
            let form = if is_batch { gtin.lot_pattern() } else { gtin.serial_pattern() };
            gtin::pattern(&table, to, &form)
        }
        (None, Some(_) | None) => None,
    };
    if !table.has("pattern") && !table.has("gs1") {
        to.wrong(
            table.span(),
            "the identifier needs `pattern` or `gs1`",
            format!("`{}`", IDENTIFIER.example("pattern")),
        );
    }
    let typed = gtin::typed(&table, to);
    let panel = panel(&table, to);
    Some(Identifier {
        kind: kind?.into_inner(),
        pattern: pattern?,
        start: start.map_or(Start::Twice, Spanned::into_inner),
        gtin,
        typed,
        panel,
    })
}

/// Reads `panel`: the units lie on panels until a step separates them.
fn panel(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<Panel> {
    let table = table.table(to, "panel", &PANEL)?;
    let pattern = pattern::of_labels(&table, to, "pattern");
    let boards = table.count(to, "boards", 2..=NESTS_MOST);
    Some(Panel { pattern: pattern?.into_inner(), boards: boards?.into_inner() })
}

#[cfg(test)]
mod tests {
    use crate::domain::route::Typed;
    use crate::route_file::read;
    use crate::route_file::testing::{found_with, with};

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
            ["7:1: the identifier needs `pattern` or `gs1`; write `pattern = 'PC2\\d{2}-\\d{6}'`"]
        );
    }

    #[test]
    fn a_gtin_has_its_digits_and_the_right_check_digit() {
        let gtin = |written: &str| found_with("start = \"twice\"", &format!("gs1 = {{ gtin = \"{written}\" }}"));
        assert_eq!(
            gtin("09506000134351"),
            ["10:16: the check digit of `09506000134351` is 1, and its digits ask for 2; \
                 write the number as the product's label has it"],
        );
        for bad in ["0950600013435X", "A", "123456789", "(01)09506000134352"] {
            assert_eq!(
                gtin(bad),
                [format!(
                    "10:16: `{bad}` is no GTIN; write its digits: 14, 13, 12 or 8 of them, as the label has them"
                )],
            );
        }
        for written in ["09506000134352", "9506000134352"] {
            let sound = with("start = \"twice\"", &format!("gs1 = {{ gtin = \"{written}\" }}"));
            let read = read("r.toml", &sound).unwrap();
            assert_eq!(read.unenforced, []);
            assert_eq!(read.route.identifier.gtin, "09506000134352".parse().ok());
        }
    }

    #[test]
    fn without_a_pattern_a_number_is_the_gtin_and_the_serial() {
        let route = read("r.toml", &with("pattern = 'PU\\d{6}'", "gs1 = { gtin = \"09506000134352\" }")).unwrap().route;
        assert!(route.identifier.pattern.matches("(01)09506000134352(21)A/7"));
        assert!(!route.identifier.pattern.matches("(01)09506000134369(21)A/7"));
        assert_eq!(route.identifier.typed, Typed::Allow);
        let only_scanned = read("r.toml", &with("start = \"twice\"", "typed = \"refuse\"")).unwrap().route;
        assert_eq!(only_scanned.identifier.typed, Typed::Refuse);
    }

    #[test]
    fn without_a_pattern_the_number_of_a_batch_is_the_gtin_and_the_lot() {
        let batch = with("pattern = 'PU\\d{6}'", "gs1 = { gtin = \"09506000134352\" }");
        let batch = batch.replace("kind = \"serial\"", "kind = \"batch\"");
        let batch = batch.replace("capture = \"serial\"\npattern = 'B\\d{7}'", "capture = \"lot\"");
        let pattern = read("r.toml", &batch).unwrap().route.identifier.pattern;
        assert!(pattern.matches("(01)09506000134352(10)A/7"));
        assert!(!pattern.matches("(01)09506000134352(21)A/7"));
    }
}

//! `gs1 = { gtin = "..." }`: the GTIN by which labels identify a product or a part, and the form of the numbers that
//! follow from it.

use toml::Spanned;

use crate::domain::gs1::{BadGtin, GTIN_DIGITS, Gtin};
use crate::domain::pattern::Pattern;
use crate::domain::route::Typed;

use super::bounds::SHORT_CHARS_MOST;
use super::form::GS1;
use super::remarks::{Place, Remarks};
use super::source::quoted;
use super::table::Table;

/// Reads the `gs1` of a table.
pub(super) fn read(table: &Table<'_>, to: &mut Remarks<'_>, place: Place) -> Option<Gtin> {
    let gs1 = table.table(to, "gs1", &GS1)?;
    let text = gs1.text(to, "gtin", SHORT_CHARS_MOST)?;
    let written = quoted(text.get_ref());
    match text.get_ref().parse() {
        Ok(gtin) => {
            to.mark(place, &text.span());
            Some(gtin)
        }
        Err(BadGtin::Form) => {
            let write = format!("its digits: {GTIN_DIGITS}, 13, 12 or 8 of them, as the label has them");
            to.wrong(&text.span(), format!("{written} is no GTIN"), write);
            None
        }
        Err(BadGtin::CheckDigit { is, due }) => {
            let what = format!("the check digit of {written} is {is}, and its digits ask for {due}");
            to.wrong(&text.span(), what, "the number as the product's label has it");
            None
        }
    }
}

/// What numbers look like where `pattern` says nothing of it: the GTIN, and any serial number or lot.
pub(super) fn pattern(table: &Table<'_>, to: &mut Remarks<'_>, form: &str) -> Option<Pattern> {
    let span = table.key_span("gs1");
    if !to.may_compile(&span) {
        return None;
    }
    Pattern::parse(form).ok()
}

/// Reads the `typed` of a table.
pub(super) fn typed(table: &Table<'_>, to: &mut Remarks<'_>) -> Typed {
    let typed = table.word(to, "typed", &[("allow", Typed::Allow), ("refuse", Typed::Refuse)]);
    typed.map_or(Typed::Allow, Spanned::into_inner)
}

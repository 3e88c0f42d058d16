//! Patterns of a file: compiled within the limits of the domain, and no more of them than the file may have.

use toml::Spanned;

use crate::domain::pattern::{BadPattern, Pattern};
use crate::domain::text::display_safe;

use super::bounds::EQUALS_CHARS_MOST;
use super::remarks::Remarks;
use super::source::quoted;
use super::table::Table;

/// What a text may look like.
pub(super) fn of_text(table: &Table<'_>, to: &mut Remarks<'_>, key: &str) -> Option<Spanned<Pattern>> {
    let text = table.text(to, key, usize::MAX)?;
    if !to.may_compile(&text.span()) {
        return None;
    }
    match Pattern::parse(text.get_ref()) {
        Ok(pattern) => Some(Spanned::new(text.span(), pattern)),
        Err(BadPattern::TooLarge) => {
            let write = "at most 200 characters and small repeats, with `[0-9]` for `\\d` and `[A-Z0-9]` for `\\w`";
            to.wrong(&text.span(), "the pattern is too large", write);
            None
        }
        Err(BadPattern::Syntax(why)) => {
            let what = format!("the pattern is no regular expression ({})", display_safe(&why));
            to.wrong(&text.span(), what, "one such as `B[0-9]{7}`");
            None
        }
    }
}

/// What a label looks like. Labels that identify something are ASCII.
pub(super) fn of_labels(table: &Table<'_>, to: &mut Remarks<'_>, key: &str) -> Option<Spanned<Pattern>> {
    let pattern = of_text(table, to, key)?;
    let text = pattern.get_ref().as_str();
    if let Some(stranger) = text.chars().find(|c| !c.is_ascii()) {
        let what = format!("the pattern of a label cannot have {}", quoted(&stranger.to_string()));
        to.wrong(&pattern.span(), what, "letters, digits and signs of ASCII");
        return None;
    }
    Some(pattern)
}

/// The exact text of a label.
pub(super) fn exact(table: &Table<'_>, to: &mut Remarks<'_>, key: &str) -> Option<Spanned<String>> {
    let text = table.text(to, key, EQUALS_CHARS_MOST)?;
    Some(Spanned::new(text.span(), (*text.get_ref()).to_owned()))
}

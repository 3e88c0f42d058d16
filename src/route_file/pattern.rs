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
            to.too_large();
            let write =
                "at most 200 characters and small repeats, with `[0-9]` for `\\d`, and `[A-Z0-9]` for `\\w` and `.`";
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

#[cfg(test)]
mod tests {
    use crate::route_file::bounds::PATTERNS_MOST;
    use crate::route_file::testing::{SOUND, each, found, found_with};

    #[test]
    fn a_pattern_is_a_small_regular_expression() {
        let pattern = |written: &str| found_with("'PU\\d{6}'", written);
        assert_eq!(
            pattern("'PU(\\d{6}'"),
            ["9:11: the pattern is no regular expression (unclosed group); write one such as `B[0-9]{7}`"],
        );
        let large = "9:11: the pattern is too large; \
         write at most 200 characters and small repeats, with `[0-9]` for `\\d`, and `[A-Z0-9]` for `\\w` and `.`";
        assert_eq!(pattern("'\\w{500}\\w{500}'"), [large]);
        assert_eq!(pattern(&format!("'{}'", "A".repeat(201))), [large]);
        assert_eq!(pattern(&format!("'{}a{}'", "(".repeat(30), ")".repeat(30))).len(), 1);
        assert_eq!(
            pattern("'\u{dc}\\d{6}'"),
            ["9:11: the pattern of a label cannot have `\u{dc}`; write letters, digits and signs of ASCII"]
        );
        assert_eq!(pattern("7"), ["9:11: `pattern` cannot be a whole number; write `pattern = 'PC2\\d{2}-\\d{6}'`"]);
    }

    #[test]
    fn a_text_may_look_like_any_language() {
        assert_eq!(found_with("'[a-z ]+'", "'[a-z\u{e4}\u{f6}\u{fc}]+'"), Vec::<String>::new());
    }

    #[test]
    fn patterns_are_counted() {
        let check = |n| format!("[[step.check]]\nid = \"t{n}\"\nkind = \"text\"\npattern = 'a'\n");
        let head = |n| format!("[[step]]\nid = \"x{n}\"\ntitle = \"X\"\nphase = \"test\"\nstation = \"test\"\n");
        let steps = each(0..2, |n| format!("{}{}", head(n), each(0..PATTERNS_MOST / 2, check)));
        let found = found(&format!("{SOUND}\n{steps}"));
        assert_eq!(found.len(), 1, "{found:?}");
        let what = ": the patterns of the file take too much from here on; \
         write at most 60, and fewer where some are too large";
        assert!(found[0].ends_with(what), "{found:?}");
    }
}

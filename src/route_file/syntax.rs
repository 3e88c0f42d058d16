//! What is no TOML at all, in the words of this house.

use std::ops::Range;

use toml::de::Error;

use super::bounds::FILE_BYTES_MOST;
use super::finding::{Finding, Weight};
use super::remarks::Remarks;
use super::source::{Source, quoted};

/// Notes down a file that is too large, at the line where it becomes so.
pub(super) fn fits(text: &str, to: &mut Remarks<'_>) -> bool {
    if text.len() > FILE_BYTES_MOST {
        let first_beyond = (0..=FILE_BYTES_MOST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
        let what = format!("the file has {} bytes", text.len());
        to.wrong(&(first_beyond..first_beyond), what, format!("at most {FILE_BYTES_MOST}, in a file for each route"));
        return false;
    }
    true
}

/// Notes down the first thing that is no TOML.
pub(super) fn broken(error: &Error, text: &str, to: &mut Remarks<'_>) {
    let span = error.span().unwrap_or_else(|| longest_key(text));
    let there = text.get(span.clone()).unwrap_or_default();
    let (what, expected) = error.message().split_once(", expected ").unwrap_or((error.message(), ""));
    let (what, write) = match what {
        "duplicate key" => (format!("{} is there twice", quoted(there)), "it once".to_owned()),
        "string values must be quoted" if there.is_empty() => {
            ("a value is missing".to_owned(), "one, such as `\"text\"` or `3`".to_owned())
        }
        "string values must be quoted" => {
            ("a text needs quotes".to_owned(), format!("`\"{}\"`", quoted(there).replace('`', "")))
        }
        "recursion limit" | "cannot recurse further; max recursion depth met" => {
            ("tables or lists are nested too deeply".to_owned(), "them as the example routes have them".to_owned())
        }
        other if expected.is_empty() || expected == "nothing" => {
            (format!("this is no TOML, {other}"), "texts in quotes, lists in `[ ]`, and each key once".to_owned())
        }
        other => (format!("this is no TOML, {other}"), expected.to_owned()),
    };
    to.wrong(&span, what, write);
}

/// The one error without a place is a key of too many parts: the line with the most points.
fn longest_key(text: &str) -> Range<usize> {
    let mut start = 0;
    let mut most = (0, 0..0);
    for line in text.split_inclusive('\n') {
        let points = line.bytes().filter(|b| *b == b'.').count();
        if points > most.0 {
            most = (points, start..start + line.trim_end().len());
        }
        start += line.len();
    }
    most.1
}

/// The text of a file, which is UTF-8.
pub(super) fn text_of<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Vec<Finding>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let sound = error.valid_up_to();
        let before = bytes.get(..sound).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
        let what = "the file is no UTF-8 from here on".to_owned();
        let write = "it with an editor that saves UTF-8".to_owned();
        vec![Source::new(name, before).finding(&(sound..sound), Weight::Wrong, what, write)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route_file::bounds::FILE_BYTES_MOST;
    use crate::route_file::testing::{SOUND, found, found_with};

    #[test]
    fn what_is_no_toml_is_said_in_plain_words() {
        let second = |written: &str| found_with("second = true", written);
        assert_eq!(second("second = true\nsecond = false"), ["68:1: `second` is there twice; write it once"]);
        assert_eq!(second("second = yes"), ["67:10: a text needs quotes; write `\"yes\"`"]);
        assert_eq!(second("second ="), ["67:9: a value is missing; write one, such as `\"text\"` or `3`"]);
        assert_eq!(second("second = [\"a\""), ["67:14: this is no TOML, unclosed array; write `]`"]);
        assert_eq!(
            second("second = 01"),
            ["67:10: this is no TOML, unexpected leading zero; \
                 write texts in quotes, lists in `[ ]`, and each key once"]
        );
        assert_eq!(found_with("[defect]", "[part.GASKET]"), ["19:7: `GASKET` is there twice; write it once"]);
        assert_eq!(
            found_with("[[step]]\nid = \"30\"", "[[step]\nid = \"30\""),
            ["43:8: this is no TOML, unclosed array table; write `]`"]
        );
    }

    #[test]
    fn deep_nesting_is_refused_at_its_line() {
        let deep = format!("a = 1\nb = {}{}\n", "[".repeat(5_000), "]".repeat(5_000));
        assert_eq!(
            found(&deep),
            ["2:85: tables or lists are nested too deeply; write them as the example routes have them"]
        );
        let dotted = format!("a = 1\n[{}a]\nb = 1\n", "a.".repeat(5_000));
        assert_eq!(
            found(&dotted),
            ["2:1: tables or lists are nested too deeply; write them as the example routes have them"]
        );
    }

    #[test]
    fn a_file_has_a_size_and_is_utf_8() {
        let large = format!("{SOUND}{}", "# more\n".repeat(FILE_BYTES_MOST / 7));
        let found = found(&large);
        assert_eq!(
            found,
            [format!("9285:5: the file has {} bytes; write at most 65536, in a file for each route", large.len())]
        );
        assert_eq!(text_of("r.toml", SOUND.as_bytes()), Ok(SOUND));
        let broken = text_of("r.toml", b"a = 1\nb = \"\xff\"\n").unwrap_err();
        assert_eq!(
            broken[0].to_string(),
            "r.toml:2:6: the file is no UTF-8 from here on; write it with an editor that saves UTF-8"
        );
    }

    #[test]
    fn an_editor_may_save_a_byte_order_mark_and_other_line_ends() {
        let windows = format!("\u{feff}{}", SOUND.replace('\n', "\r\n"));
        assert_eq!(found(&windows), Vec::<String>::new());
        assert_eq!(
            found(&windows.replace("title = \"Kit\"", "titel = \"Kit\"")),
            ["24:1: `titel` is no key of a step; write `title`"]
        );
        assert_eq!(
            found(&windows.replace("route = \"pump\"", "rout = \"pump\"")),
            ["1:1: `rout` is no key of a route; write `route`"]
        );
    }
}

//! One value of the file: what it must be, and what is noted down where it is not.

use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use toml::Spanned;
use toml::de::DeValue;

use crate::domain::id::BadId;
use crate::domain::text::is_safe;

use super::remarks::Remarks;
use super::source::quoted;

/// A value of the file, at its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// What a value is called, and how it is written.
pub(super) struct Called<'c> {
    pub(super) name: &'c str,
    pub(super) example: &'c str,
}

/// A text of at most so many characters, on one line and harmless.
pub(super) fn text<'t>(
    to: &mut Remarks<'_>,
    called: &Called<'_>,
    value: &'t Value<'t>,
    most: usize,
) -> Option<Spanned<&'t str>> {
    let Some(text) = value.get_ref().as_str() else { return another_type(to, called, value) };
    let name = quoted(called.name);
    let chars = text.chars().count();
    if text.trim().is_empty() {
        to.wrong(&value.span(), format!("{name} is empty"), format!("`{}`", called.example));
    } else if chars > most {
        to.wrong(&value.span(), format!("{name} has {chars} characters"), format!("at most {most} characters"));
    } else if !text.chars().all(is_safe) {
        let what = format!("{name} has a character that no screen may show: {}", quoted(text));
        to.wrong(&value.span(), what, "it without that character, on one line");
    } else {
        return Some(Spanned::new(value.span(), text));
    }
    None
}

/// A whole number within a range.
pub(super) fn count(
    to: &mut Remarks<'_>,
    called: &Called<'_>,
    value: &Value<'_>,
    range: RangeInclusive<u32>,
) -> Option<Spanned<u32>> {
    let DeValue::Integer(number) = value.get_ref() else { return another_type(to, called, value) };
    let found = u32::from_str_radix(number.as_str(), number.radix()).ok().filter(|n| range.contains(n));
    if found.is_none() {
        let what = format!("{} cannot be {}", quoted(called.name), quoted(&number.to_string()));
        to.wrong(&value.span(), what, format!("a whole number from {} to {}", range.start(), range.end()));
    }
    found.map(|n| Spanned::new(value.span(), n))
}

/// A text that has the form of some sort of identifier.
pub(super) fn id<T: FromStr<Err = BadId>>(
    to: &mut Remarks<'_>,
    called: &Called<'_>,
    value: &Value<'_>,
) -> Option<Spanned<T>> {
    let Some(text) = value.get_ref().as_str() else { return another_type(to, called, value) };
    parsed(to, text, &value.span())
}

/// A text, a key perhaps, that has the form of some sort of identifier.
pub(super) fn parsed<T: FromStr<Err = BadId>>(
    to: &mut Remarks<'_>,
    text: &str,
    span: &Range<usize>,
) -> Option<Spanned<T>> {
    match text.parse() {
        Ok(id) => Some(Spanned::new(span.clone(), id)),
        Err(BadId { sort, rule }) => {
            to.wrong(span, format!("{} cannot be {sort}", quoted(text)), rule);
            None
        }
    }
}

/// Notes down that a value is of another type than it should be.
pub(super) fn another_type<T>(to: &mut Remarks<'_>, called: &Called<'_>, value: &Value<'_>) -> Option<T> {
    let what = format!("{} cannot be {}", quoted(called.name), type_word(value.get_ref()));
    to.wrong(&value.span(), what, format!("`{}`", called.example));
    None
}

fn type_word(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::found_with;

    #[test]
    fn a_text_is_short_harmless_and_says_something() {
        let title = |written: &str| found_with("title = \"Pump\"", written);
        assert_eq!(title("title = 3"), ["4:9: `title` cannot be a whole number; write `title = \"Pump controller\"`"]);
        assert_eq!(title("title = 2026-01-01"), ["4:9: `title` cannot be a date; write `title = \"Pump controller\"`"]);
        assert_eq!(title("title = \" \""), ["4:9: `title` is empty; write `title = \"Pump controller\"`"]);
        assert_eq!(
            title("title = \"a\\u001bb\\u202e\""),
            ["4:9: `title` has a character that no screen may show: `a<1B>b<202E>`; \
                 write it without that character, on one line"],
        );
        assert_eq!(
            title(&format!("title = \"{}\"", "ä".repeat(41))),
            ["4:9: `title` has 41 characters; write at most 40 characters"]
        );
        assert_eq!(title(&format!("title = \"{}\"", "ä".repeat(40))), Vec::<String>::new());
    }

    #[test]
    fn a_count_is_a_whole_number_within_its_range() {
        let attempts = |written: &str| found_with("on_fail = \"20\"", &format!("attempts = {written}"));
        let out = |n: &str| vec![format!("48:12: `attempts` cannot be `{n}`; write a whole number from 1 to 20")];
        for bad in ["0", "21", "-1", "99999999999999999999999999999999999999"] {
            assert_eq!(attempts(bad), out(bad));
        }
        for bad in ["1e308", "nan", "inf", "3.0"] {
            assert_eq!(attempts(bad), ["48:12: `attempts` cannot be a number with a point; write `attempts = 3`"]);
        }
        assert_eq!(attempts("0x14"), Vec::<String>::new());
        assert_eq!(attempts("\"3\""), ["48:12: `attempts` cannot be a text; write `attempts = 3`"]);
        assert_eq!(
            found_with("second = true", "second = \"yes\""),
            ["67:10: `second` cannot be a text; write `second = true`"]
        );
    }

    #[test]
    fn an_identifier_has_the_form_of_its_sort() {
        assert_eq!(
            found_with("route = \"pump\"", "route = \"p\u{fc}mp\""),
            ["1:9: `p\u{fc}mp` cannot be a route's name; write 1 to 32 letters, digits and - _ . /"],
        );
        assert_eq!(
            found_with("id = \"visual\"", "id = 7"),
            ["40:6: `id` cannot be a whole number; write `id = \"torque\"`"]
        );
    }
}

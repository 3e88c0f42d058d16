//! What a check observes: a number, a yes, a text, a choice or a scan, each with the keys that belong to it.

use toml::Spanned;

use crate::domain::limits::{BadLimits, Limits};
use crate::domain::number::Number;
use crate::domain::route::{CheckKind, Expect};

use super::bounds::{ANSWERS_MOST, SHORT_CHARS_MOST};
use super::pattern;
use super::remarks::Remarks;
use super::source::quoted;
use super::table::Table;
use super::variant::Variants;

/// What a check observes, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Confirm,
    Text,
    Choice,
    Scan,
}

impl Kind {
    pub(super) const ALL: [(&'static str, Self); 5] = [
        ("number", Self::Number),
        ("confirm", Self::Confirm),
        ("text", Self::Text),
        ("choice", Self::Choice),
        ("scan", Self::Scan),
    ];

    pub(super) fn word(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// Keys that belong to this kind, those first that it needs one of.
    pub(super) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Number => &["limits", "plausible", "source", "typed"],
            Self::Confirm => &[],
            Self::Text => &["pattern", "typed"],
            Self::Choice => &["pass", "fail"],
            Self::Scan => &["equals", "pattern", "typed"],
        }
    }
}

/// Reads what the keys of a kind say.
pub(super) fn read(table: &Table<'_>, kind: Kind, variants: &Variants, to: &mut Remarks<'_>) -> Option<CheckKind> {
    match kind {
        Kind::Number => number(table, to),
        Kind::Confirm => Some(CheckKind::Confirm),
        Kind::Text => {
            Some(CheckKind::Text { pattern: pattern::of_text(table, to, "pattern").map(Spanned::into_inner) })
        }
        Kind::Choice => choice(table, to),
        Kind::Scan => scan(table, variants, to),
    }
}

fn number(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<CheckKind> {
    if !table.has("limits") {
        to.wrong(
            table.span(),
            "a number needs `limits`",
            "`limits = \"2.00 .. 2.40 N.m\"`, `\"<= 0.50 kPa\"` or `\">= 5 mm\"`",
        );
    }
    let limits = limits(table, to, "limits");
    let plausible = limits_of_belief(table, to, limits.as_ref().map(Spanned::get_ref));
    Some(CheckKind::Number { limits: limits?.into_inner(), plausible })
}

fn limits(table: &Table<'_>, to: &mut Remarks<'_>, key: &str) -> Option<Spanned<Limits>> {
    let text = table.text(to, key, SHORT_CHARS_MOST)?;
    let span = text.span();
    let why = match text.get_ref().parse::<Limits>() {
        Ok(limits) => return Some(Spanned::new(span, limits)),
        Err(why) => why,
    };
    let (what, write) = match why {
        BadLimits::Form => ("is no limits", "`\"2.00 .. 2.40 N.m\"`, `\"<= 0.50 kPa\"` or `\">= 5 mm\"`"),
        BadLimits::Order => ("has the lower limit above the upper limit", "the lower one first"),
        BadLimits::Digits => (
            "gives its two limits different digits after the point",
            "both with the digits that a value must have: `\"2.00 .. 2.40\"`",
        ),
        BadLimits::Unit => ("has a unit of measure that is too long", "a unit of at most 12 characters, such as `N.m`"),
    };
    to.wrong(&span, format!("{} {what}", quoted(text.get_ref())), write);
    None
}

/// `plausible`: both ends given, and nothing within the limits outside of it.
fn limits_of_belief(table: &Table<'_>, to: &mut Remarks<'_>, limits: Option<&Limits>) -> Option<(Number, Number)> {
    let belief = self::limits(table, to, "plausible")?;
    let Limits { low: Some(low), high: Some(high), unit } = belief.get_ref() else {
        to.wrong(&belief.span(), "`plausible` needs both ends", "both: `plausible = \"0.5 .. 5.0\"`");
        return None;
    };
    let limits = limits?;
    if !unit.is_empty() && *unit != limits.unit {
        let what = format!("`plausible` is in {}, and `limits` in {}", quoted(unit), quoted(&limits.unit));
        to.wrong(&belief.span(), what, "it without a unit of measure");
    }
    let inside = |end: Option<Number>| end.is_none_or(|end| *low <= end && end <= *high);
    if !inside(limits.low) || !inside(limits.high) {
        let what = format!("`plausible` is narrower than the limits {}", quoted(&limits.to_string()));
        to.wrong(&belief.span(), what, "ends at or beyond the limits");
    }
    Some((*low, *high))
}

fn choice(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<CheckKind> {
    let pass = table.texts(to, "pass", ANSWERS_MOST, SHORT_CHARS_MOST);
    let fail = table.texts(to, "fail", ANSWERS_MOST, SHORT_CHARS_MOST);
    for answer in &fail {
        if pass.iter().any(|p| p.get_ref() == answer.get_ref()) {
            let what = format!("{} both passes and fails", quoted(answer.get_ref()));
            to.wrong(&answer.span(), what, "it in one of the two lists");
        }
    }
    if pass.is_empty() {
        to.wrong(&table.key_span("pass"), "a choice needs an answer that passes", "`pass = [\"clear\"]`");
    }
    if pass.len() + fail.len() > ANSWERS_MOST {
        let what = format!("a choice has {} answers", pass.len() + fail.len());
        to.wrong(&table.key_span("fail"), what, format!("at most {ANSWERS_MOST}"));
    }
    let texts = |all: Vec<Spanned<&str>>| all.into_iter().map(|t| t.into_inner().to_owned()).collect::<Vec<_>>();
    (!pass.is_empty()).then(|| CheckKind::Choice { pass: texts(pass), fail: texts(fail) })
}

fn scan(table: &Table<'_>, variants: &Variants, to: &mut Remarks<'_>) -> Option<CheckKind> {
    match (table.has("equals"), table.has("pattern")) {
        (true, true) => {
            to.wrong(&table.key_span("pattern"), "a scan has both `equals` and `pattern`", "one of them");
            None
        }
        (false, false) => {
            to.wrong(
                table.span(),
                "a scan needs `equals` or `pattern`",
                "`equals = \"PC200-2.4.1\"` or `pattern = 'FW\\d{3}'`",
            );
            None
        }
        (false, true) => {
            let pattern = pattern::of_labels(table, to, "pattern")?;
            Some(CheckKind::Scan { expect: Expect::Pattern(pattern.into_inner()) })
        }
        (true, false) => {
            let text = pattern::exact(table, to, "equals")?;
            of_variant(&text, variants, to)?;
            Some(CheckKind::Scan { expect: Expect::Equals(text.into_inner()) })
        }
    }
}

/// `{key}` stands for a value of the variant; a brace that does not is a slip.
fn of_variant(text: &Spanned<String>, variants: &Variants, to: &mut Remarks<'_>) -> Option<()> {
    let Some((_, rest)) = text.get_ref().split_once('{') else { return Some(()) };
    let key = rest.split_once('}').map_or(rest, |(key, _)| key);
    if variants.values().next().is_some_and(|values| values.contains_key(key)) {
        return Some(());
    }
    let what = format!("{} is no value of a variant", quoted(&format!("{{{key}}}")));
    to.wrong(&text.span(), what, "the text itself, or a value that every `[variant]` has");
    None
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::found_with;

    #[test]
    fn limits_are_read_as_people_write_them() {
        let limits = |written: &str| found_with("limits = \"2.00 .. 2.40 N.m\"\nplausible = \"0.5 .. 5.0\"", written);
        assert_eq!(
            limits("limits = 1e308"),
            ["36:10: `limits` cannot be a number with a point; write `limits = \"2.00 .. 2.40 N.m\"`"]
        );
        for bad in ["1e308", "NaN", "2.0", "2,00 .. 2,40 N.m", "1e3 .. 2e3"] {
            assert_eq!(
                limits(&format!("limits = \"{bad}\"")),
                [format!(
                    "36:10: `{bad}` is no limits; write `\"2.00 .. 2.40 N.m\"`, `\"<= 0.50 kPa\"` or `\">= 5 mm\"`"
                )],
            );
        }
        assert_eq!(
            limits("limits = \"2.0 .. 2.40 N.m\""),
            ["36:10: `2.0 .. 2.40 N.m` gives its two limits different digits after the point; \
                 write both with the digits that a value must have: `\"2.00 .. 2.40\"`"],
        );
        assert_eq!(
            limits("limits = \"2.50 .. 2.40\""),
            ["36:10: `2.50 .. 2.40` has the lower limit above the upper limit; write the lower one first"]
        );
        assert_eq!(
            limits("limits = \">= 5 millimetres of water\""),
            ["36:10: `>= 5 millimetres of water` has a unit of measure that is too long; \
                 write a unit of at most 12 characters, such as `N.m`"],
        );
        assert_eq!(
            limits("kind = \"number\""),
            ["34:1: a number needs `limits`; \
                 write `limits = \"2.00 .. 2.40 N.m\"`, `\"<= 0.50 kPa\"` or `\">= 5 mm\"`"],
        );
    }

    #[test]
    fn plausible_contains_the_limits() {
        let plausible = |written: &str| found_with("\"0.5 .. 5.0\"", written);
        assert_eq!(
            plausible("\"2.1 .. 5.0 kPa\""),
            [
                "37:13: `plausible` is in `kPa`, and `limits` in `N.m`; write it without a unit of measure",
                "37:13: `plausible` is narrower than the limits `2.00 .. 2.40 N.m`; write ends at or beyond the limits",
            ],
        );
        assert_eq!(
            plausible("\"<= 5.0\""),
            ["37:13: `plausible` needs both ends; write both: `plausible = \"0.5 .. 5.0\"`"]
        );
        assert_eq!(plausible("\"2.00 .. 2.40 N.m\""), Vec::<String>::new());
    }

    #[test]
    fn a_choice_has_answers_that_pass_and_none_in_both_lists() {
        assert_eq!(
            found_with("pass = [\"clear\"]", "pass = [\"dim\"]"),
            ["59:9: `dim` both passes and fails; write it in one of the two lists"]
        );
        assert_eq!(
            found_with("pass = [\"clear\"]", "pass = []"),
            ["58:1: a choice needs an answer that passes; write `pass = [\"clear\"]`"]
        );
        let many: Vec<String> = (0..20).map(|n| format!("\"{n}\"")).collect();
        assert_eq!(
            found_with("pass = [\"clear\"]", &format!("pass = [{}]", many.join(", "))),
            ["59:1: a choice has 21 answers; write at most 20"],
        );
    }

    #[test]
    fn a_scan_expects_a_text_or_a_pattern() {
        let scan = |written: &str| found_with("equals = \"FW-1.2\"\n", written);
        assert_eq!(
            scan(""),
            ["51:1: a scan needs `equals` or `pattern`; write `equals = \"PC200-2.4.1\"` or `pattern = 'FW\\d{3}'`"]
        );
        assert_eq!(
            scan("equals = \"a\"\npattern = 'b'\n"),
            ["55:1: a scan has both `equals` and `pattern`; write one of them"]
        );
        assert_eq!(
            scan("equals = \"{fw}\"\n"),
            ["54:10: `{fw}` is no value of a variant; write the text itself, or a value that every `[variant]` has"],
        );
    }
}

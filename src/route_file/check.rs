//! `[[step.check]]`: one required observation.

use toml::Spanned;

use crate::domain::id::{CheckId, Point, StepId};
use crate::domain::route::{Check, CheckKind, Typed, Why};

use super::bounds::{POINTS_MOST, SHORT_CHARS_MOST, TITLE_CHARS_MOST};
use super::observed::{self, Kind};
use super::remarks::{Place, Remarks};
use super::source::quoted;
use super::table::Table;
use super::variant::Variants;

/// Keys that belong to some kinds only.
const KEYS_OF_KINDS: [&str; 8] = ["limits", "plausible", "source", "typed", "pattern", "equals", "pass", "fail"];

/// Reads one check of a step.
pub(super) fn read(
    table: &Table<'_>,
    step: Option<&StepId>,
    variants: &Variants,
    to: &mut Remarks<'_>,
) -> Option<Check> {
    let id = table.id::<CheckId>(to, "id");
    let title = table.text(to, "title", TITLE_CHARS_MOST);
    let points = table.ids::<Point>(to, "points", POINTS_MOST);
    let whys = [("customer", Why::Customer), ("audit", Why::Audit), ("trace", Why::Trace), ("process", Why::Process)];
    let why = table.word(to, "why", &whys);
    let typed = table.word(to, "typed", &[("allow", Typed::Allow), ("refuse", Typed::Refuse)]);
    let source_gauge = source(table, to);
    let kind = kind(table, to)?;
    strangers(table, kind, to);
    let kind = observed::read(table, kind, variants, to);
    if let (Some(step), Some(id), Some(CheckKind::Scan { .. } | CheckKind::Text { pattern: Some(_) })) =
        (step, &id, &kind)
    {
        let key = if table.has("equals") { "equals" } else { "pattern" };
        let span = table.value(key).map_or_else(|| table.span().clone(), Spanned::span);
        to.mark(Place::Scan(step.clone(), id.get_ref().clone()), &span);
    }
    let id = id?.into_inner();
    Some(Check {
        title: title.map_or_else(|| id.to_string(), |t| t.into_inner().to_owned()),
        id,
        kind: kind?,
        points: points.into_iter().map(Spanned::into_inner).collect(),
        why: why.map(Spanned::into_inner),
        typed: typed.map_or(Typed::Allow, Spanned::into_inner),
        source_gauge,
    })
}

/// The kind as written, or as `limits` implies it.
fn kind(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<Kind> {
    if table.has("kind") {
        return table.word(to, "kind", &Kind::ALL).map(Spanned::into_inner);
    }
    if table.has("limits") {
        return Some(Kind::Number);
    }
    let meant = if table.has("pass") || table.has("fail") {
        Kind::Choice
    } else if table.has("equals") || table.has("pattern") {
        Kind::Scan
    } else {
        Kind::Confirm
    };
    to.wrong(table.span(), "a check needs `kind` or `limits`", format!("`kind = \"{}\"`", meant.word()));
    None
}

/// Notes down keys that belong to other kinds.
fn strangers(table: &Table<'_>, kind: Kind, to: &mut Remarks<'_>) {
    let strange = |key: &&str| table.has(key) && !kind.keys().contains(key);
    for key in KEYS_OF_KINDS.iter().filter(|key| strange(key)) {
        let homes = Kind::ALL.into_iter().filter(|(_, kind)| kind.keys().contains(key));
        let homes: Vec<String> = homes.map(|(word, _)| format!("`kind = \"{word}\"`")).collect();
        let what = format!("`{key}` has no place in a check of `kind = \"{}\"`", kind.word());
        to.wrong(&table.key_span(key), what, format!("the check without it, or {}", homes.join(" or ")));
    }
}

fn source(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<String> {
    let source = table.text(to, "source", SHORT_CHARS_MOST)?;
    let Some(kind) = source.get_ref().strip_prefix("gauge:").filter(|kind| !kind.is_empty()) else {
        to.wrong(
            &source.span(),
            format!("`source` cannot be {}", quoted(source.get_ref())),
            "`source = \"gauge:leak\"`",
        );
        return None;
    };
    Some(kind.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::route_file::testing::found_with;

    #[test]
    fn a_check_says_what_it_observes() {
        assert_eq!(
            found_with("kind = \"confirm\"\n", ""),
            ["39:1: a check needs `kind` or `limits`; write `kind = \"confirm\"`"],
        );
        assert_eq!(
            found_with("kind = \"choice\"\n", ""),
            ["55:1: a check needs `kind` or `limits`; write `kind = \"choice\"`"],
        );
        assert_eq!(
            found_with("kind = \"scan\"\n", ""),
            ["51:1: a check needs `kind` or `limits`; write `kind = \"scan\"`"]
        );
        assert_eq!(
            found_with("kind = \"confirm\"", "kind = \"konfirm\""),
            ["41:8: `kind` cannot be `konfirm`; write `confirm`"]
        );
    }

    #[test]
    fn the_keys_of_a_check_match_its_kind() {
        assert_eq!(
            found_with("kind = \"confirm\"", "kind = \"confirm\"\npattern = 'x'\ntyped = \"refuse\""),
            [
                "42:1: `pattern` has no place in a check of `kind = \"confirm\"`; \
                 write the check without it, or `kind = \"text\"` or `kind = \"scan\"`",
                "43:1: `typed` has no place in a check of `kind = \"confirm\"`; \
                 write the check without it, or `kind = \"number\"` or `kind = \"text\"` or `kind = \"scan\"`",
            ],
        );
    }

    #[test]
    fn a_source_is_a_kind_of_gauge() {
        assert_eq!(
            found_with("points = [\"A\", \"B\"]", "source = \"torque\""),
            ["38:10: `source` cannot be `torque`; write `source = \"gauge:leak\"`"],
        );
        assert_eq!(
            found_with("points = [\"A\", \"B\"]", "why = \"fun\""),
            ["38:7: `why` cannot be `fun`; write one of `customer`, `audit`, `trace`, `process`"],
        );
    }
}

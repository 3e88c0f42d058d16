//! `first_piece = "shift"` and `golden = { ... }`: what a station proves before a step is done there one unit after the
//! other.

use toml::Spanned;

use crate::domain::first_piece::FirstPieceRule;
use crate::domain::golden::{Every, Golden};
use crate::domain::id::{PartId, UnitId};
use crate::domain::route::{Capture, Check, CheckKind, Expect, Route, Step};

use super::bounds::{GOLDEN_MOST, MINUTES_MOST, SHORT_CHARS_MOST};
use super::choices::Slip;
use super::form::GOLDEN;
use super::remarks::{Place, Remarks};
use super::source::quoted;
use super::table::Table;

/// How `first_piece` is written.
const WRITE: &str = "`shift`, `order` or `lot:PART`";

/// After what a step asks for a first piece.
pub(super) fn first_piece(step: &Table<'_>, to: &mut Remarks<'_>) -> Option<FirstPieceRule> {
    let word = step.text(to, "first_piece", SHORT_CHARS_MOST)?;
    let rule = match *word.get_ref() {
        "shift" => Some(FirstPieceRule::Shift),
        "order" => Some(FirstPieceRule::Order),
        other => other.strip_prefix("lot:").and_then(|part| PartId::parse(part).ok()).map(FirstPieceRule::Lot),
    };
    if rule.is_none() {
        to.wrong(&word.span(), format!("`first_piece` cannot be {}", quoted(word.get_ref())), WRITE);
    }
    rule
}

/// The golden samples of a step.
pub(super) fn golden(step: &Table<'_>, to: &mut Remarks<'_>) -> Option<Golden> {
    let table = step.table(to, "golden", &GOLDEN)?;
    let good = samples(&table, "good", to);
    let bad = samples(&table, "bad", to);
    for twice in bad.iter().filter(|id| good.iter().any(|other| other.get_ref() == id.get_ref())) {
        let what = format!("{} cannot be a good sample and a bad one", quoted(twice.get_ref().as_str()));
        to.wrong(&twice.span(), what, "it in `good` or in `bad`");
    }
    let shift = table.word(to, "each", &[("shift", Every::Shift)]).map(Spanned::into_inner);
    let minutes = table.count(to, "minutes", 1..=MINUTES_MOST).map(|n| Every::Minutes(n.into_inner()));
    if table.has("each") == table.has("minutes") {
        let what = "golden says how often its samples are run: by `each` or by `minutes`";
        to.wrong(table.span(), what, "`each = \"shift\"` or `minutes = 240`");
    }
    let ids = |all: Vec<Spanned<UnitId>>| all.into_iter().map(Spanned::into_inner).collect();
    Some(Golden { good: ids(good), bad: ids(bad), every: shift.or(minutes)? })
}

fn samples(table: &Table<'_>, key: &str, to: &mut Remarks<'_>) -> Vec<Spanned<UnitId>> {
    table.ids::<UnitId>(to, key, GOLDEN_MOST)
}

/// What contradicts the rest of the route.
pub(super) fn slips(route: &Route) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (at, step) in route.steps.iter().enumerate() {
        slips.extend(of_first_piece(route, at, step));
        slips.extend(of_golden(route, at, step));
    }
    slips
}

fn slip(step: &Step, key: &'static str, what: impl Into<String>, write: impl Into<String>) -> Slip {
    Slip::new(Place::Key(step.id.clone(), key), what, write)
}

fn of_first_piece(route: &Route, at: usize, step: &Step) -> Vec<Slip> {
    let Some(rule) = &step.first_piece else { return Vec::new() };
    let slip = |what: &str, write: &str| slip(step, "first_piece", what, write);
    let mut slips = Vec::new();
    if step.load.is_some() || step.pack.is_some() {
        slips.push(slip("many units at once have no first piece", "the step without `first_piece`"));
    }
    let parts = route.steps.iter().position(|s| s.depanel).unwrap_or(route.steps.len());
    if route.identifier.panel.is_some() && at <= parts {
        slips.push(slip("the boards of a panel have no first piece", "it at a step after `depanel`"));
    }
    match rule {
        FirstPieceRule::Order if !route.order_required => {
            slips.push(slip("units of this route need no order", "`order = \"required\"`, or another word"));
        }
        FirstPieceRule::Shift | FirstPieceRule::Order => {}
        FirstPieceRule::Lot(part) => {
            let is_loaded = route.parts.get(part).is_some_and(|p| p.capture == Capture::Loaded);
            if !is_loaded || !step.uses.contains_key(part) {
                let what = format!("{} is no part that is loaded for this step", quoted(part.as_str()));
                slips.push(slip(&what, "a part of its `use` with `capture = \"loaded\"`"));
            }
        }
    }
    slips
}

fn of_golden(route: &Route, at: usize, step: &Step) -> Vec<Slip> {
    let Some(golden) = &step.golden else { return Vec::new() };
    let slip = |what: &str, write: &str| slip(step, "golden", what, write);
    let mut slips = Vec::new();
    if step.load.is_some() || step.pack.is_some() {
        slips.push(slip("golden samples prove a tester, which takes one unit at a time", "the step without `golden`"));
    }
    if step.checks.is_empty() || step.checks.iter().any(varies) {
        let what = "a golden sample needs checks that ask every unit for the same";
        slips.push(slip(what, "a step of its own for what is measured"));
    }
    for sample in golden.good.iter().chain(&golden.bad) {
        if route.identifier.claims(sample.as_str()) {
            let what = format!("{} is a number that units of this route have", quoted(sample.as_str()));
            slips.push(slip(&what, "a number that `pattern` does not match"));
        }
        if route.steps.iter().take(at).any(|s| s.golden.as_ref().is_some_and(|g| g.has(sample))) {
            let what = format!("{} is a sample of an earlier step", quoted(sample.as_str()));
            slips.push(slip(&what, "a sample of its own for each step"));
        }
    }
    slips
}

/// Whether a check asks for something else of each variant.
fn varies(check: &Check) -> bool {
    matches!(&check.kind, CheckKind::Scan { expect: Expect::Equals(text) } if text.contains('{'))
}

#[cfg(test)]
mod tests {
    use crate::domain::first_piece::FirstPieceRule;
    use crate::domain::golden::Every;
    use crate::domain::id::StepId;
    use crate::domain::route::Step;
    use crate::route_file::parse;
    use crate::route_file::testing::{found_with, with};

    /// What is found where step 20 says something more.
    fn step(written: &str) -> Vec<String> {
        found_with("id = \"20\"\n", &format!("id = \"20\"\n{written}\n"))
    }

    fn sound(written: &str) -> Step {
        let text = with("id = \"20\"\n", &format!("id = \"20\"\n{written}\n"));
        parse("r.toml", &text).unwrap().route.step(&StepId::parse("20").unwrap()).unwrap().clone()
    }

    #[test]
    fn a_first_piece_is_of_a_shift_an_order_or_a_loaded_lot() {
        assert_eq!(sound("first_piece = \"shift\"").first_piece, Some(FirstPieceRule::Shift));
        assert_eq!(
            step("first_piece = \"day\""),
            ["31:15: `first_piece` cannot be `day`; write `shift`, `order` or `lot:PART`"]
        );
        assert_eq!(
            step("first_piece = \"order\""),
            ["31:15: units of this route need no order; write `order = \"required\"`, or another word"]
        );
        assert_eq!(
            step("first_piece = \"lot:GASKET\""),
            ["31:15: `GASKET` is no part that is loaded for this step; \
              write a part of its `use` with `capture = \"loaded\"`"]
        );
        let load = step("first_piece = \"shift\"\nload = { units = 4, min = 3, max = 9 }");
        assert!(load.iter().any(|f| f.contains("many units at once have no first piece")), "{load:?}");
    }

    #[test]
    fn a_golden_sample_has_a_number_of_its_own_and_a_time() {
        let golden = sound("golden = { good = [\"GOLD-1\"], bad = [\"GOLD-9\"], minutes = 240 }").golden.unwrap();
        assert_eq!((golden.good.len(), golden.bad.len(), golden.every), (1, 1, Every::Minutes(240)));
        assert_eq!(sound("golden = { good = [\"GOLD-1\"], each = \"shift\" }").golden.unwrap().every, Every::Shift);
        assert_eq!(
            step("golden = { good = [\"GOLD-1\"] }"),
            ["31:10: golden says how often its samples are run: by `each` or by `minutes`; \
              write `each = \"shift\"` or `minutes = 240`"]
        );
        assert!(step("golden = { each = \"shift\" }").iter().any(|f| f.contains("good")));
        assert_eq!(
            step("golden = { good = [\"GOLD-1\"], bad = [\"GOLD-1\"], each = \"shift\" }"),
            ["31:38: `GOLD-1` cannot be a good sample and a bad one; write it in `good` or in `bad`"]
        );
        let own = step("golden = { good = [\"PU000001\"], each = \"shift\" }");
        assert!(own.iter().any(|f| f.contains("is a number that units of this route have")), "{own:?}");
        let nothing = found_with("id = \"10\"\n", "id = \"10\"\ngolden = { good = [\"GOLD-1\"], each = \"shift\" }\n");
        assert!(nothing.iter().any(|f| f.contains("checks that ask every unit for the same")), "{nothing:?}");
    }
}

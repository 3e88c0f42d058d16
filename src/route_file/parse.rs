//! The text of a file to a route: what the file says, checked for what each key may say by itself.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::DeTable;

use crate::domain::id::{PartId, Revision, RouteId, StepId};
use crate::domain::route::{ClockRule, IdentifierKind, Part, Route};

use super::bounds::{
    PRODUCTS_MOST, REVIEW_MONTHS_MOST, REWORK_LOOPS_MOST, SHORT_CHARS_MOST, STEPS_MOST, TITLE_CHARS_MOST,
};
use super::finding::Finding;
use super::form::{ROUTE, STEP};
use super::remarks::{Place, Places, Remarks};
use super::source::{Source, quoted};
use super::step::{ADVANCES, Known};
use super::table::Table;
use super::{identifier, part, part_rules, step, syntax, variant};

/// A file that says a route.
#[derive(Debug, Clone)]
pub struct RouteFile {
    /// The file's name, as given.
    pub name: String,
    /// Its exact text.
    pub text: String,
    /// The route.
    pub route: Route,
    /// What the route asks for that the gate does not enforce yet. While there is any, the route is not released.
    pub unenforced: Vec<Finding>,
    pub(super) places: Places,
}

/// Reads a text that is already proven, such as one that is released. A new text is read with [`super::read()`], which
/// proves it too.
pub fn parse(name: &str, text: &str) -> Result<RouteFile, Vec<Finding>> {
    let mut to = Remarks::new(Source::new(name, text));
    let route = route_of(text, &mut to);
    let (wrong, unenforced, places) = to.finish();
    match route {
        Some(route) if wrong.is_empty() => {
            Ok(RouteFile { name: name.to_owned(), text: text.to_owned(), route, unenforced, places })
        }
        _ => Err(wrong),
    }
}

fn route_of(text: &str, to: &mut Remarks<'_>) -> Option<Route> {
    if !syntax::fits(text, to) {
        return None;
    }
    match DeTable::parse(text) {
        Ok(entries) => route(&Table::open(&ROUTE, entries.get_ref(), 0..0, to), to),
        Err(error) => {
            syntax::broken(&error, text, to);
            None
        }
    }
}

fn route(table: &Table<'_>, to: &mut Remarks<'_>) -> Option<Route> {
    let id = table.id::<RouteId>(to, "route");
    if let Some(id) = &id {
        to.mark(Place::Route, &id.span());
    }
    let revision = table.id::<Revision>(to, "revision");
    let title = table.text(to, "title", TITLE_CHARS_MOST);
    let products = table.texts(to, "product", PRODUCTS_MOST, SHORT_CHARS_MOST);
    let order = table.word(to, "order", &[("required", true), ("none", false)]);
    let clock = table.word(
        to,
        "clock",
        &[("steps", ClockRule::Steps), ("trusted", ClockRule::Trusted), ("any", ClockRule::Any)],
    );
    let advance = table.word(to, "advance", &ADVANCES).map(Spanned::into_inner);
    let rework_max = table.count(to, "rework_max", 1..=REWORK_LOOPS_MOST);
    let review_months = table.count(to, "review_months", 1..=REVIEW_MONTHS_MOST);
    let identifier = identifier::read(table, to);
    let variants = variant::variants(table, to);
    let parts = part::parts(table, to);
    let defects = part::defects(table, to);

    let tables = table.tables(to, "step", &STEP, STEPS_MOST);
    if tables.is_empty() && table.value("step").is_some_and(|v| v.get_ref().is_array()) {
        to.wrong(&table.key_span("step"), "a route needs a step", "`[[step]]`");
    }
    let ids = step_ids(&tables, to);
    let known = Known { steps: &ids, parts: &parts, variants: &variants, advance };
    let count = tables.len();
    let steps: Vec<_> = tables.iter().enumerate().filter_map(|(at, t)| step::read(t, at, &known, to)).collect();
    unused(table, &tables, &parts, to);
    if identifier.as_ref().is_some_and(|i| i.kind == IdentifierKind::Batch) {
        part_rules::by_lot_only(table, &parts, to);
    }

    let parts: BTreeMap<PartId, Part> = parts.into_iter().filter_map(|(id, part)| Some((id, part?))).collect();
    (steps.len() == count && count > 0).then_some(())?;
    Some(Route {
        id: id?.into_inner(),
        revision: revision?.into_inner(),
        products: products.into_iter().map(|p| p.into_inner().to_owned()).collect(),
        title: title?.into_inner().to_owned(),
        identifier: identifier?,
        order_required: order.is_some_and(Spanned::into_inner),
        variants,
        parts,
        defects,
        steps,
        rework_max: rework_max.map(Spanned::into_inner),
        review_months: review_months.map(Spanned::into_inner),
        clock: clock.map(Spanned::into_inner).unwrap_or_default(),
    })
}

/// The ids of all steps first, since a step may name any other.
fn step_ids(tables: &[Table<'_>], to: &mut Remarks<'_>) -> Vec<Option<Spanned<StepId>>> {
    let mut seen: BTreeMap<StepId, usize> = BTreeMap::new();
    let mut ids = Vec::new();
    for table in tables {
        let id = table.id::<StepId>(to, "id");
        if let Some(id) = &id {
            let (line, _) = to.source().place(id.span().start);
            if let Some(first) = seen.insert(id.get_ref().clone(), line) {
                let what = format!("step {} is there already, at line {first}", quoted(id.get_ref().as_str()));
                to.wrong(&id.span(), what, "an id of its own");
            }
        }
        ids.push(id);
    }
    ids
}

/// A part that no step uses, nor takes in the place of another, is a part that nobody records: a slip, not a wish.
fn unused<'t>(route: &Table<'t>, steps: &[Table<'t>], parts: &BTreeMap<PartId, Option<Part>>, to: &mut Remarks<'_>) {
    let names = |table: &Table<'t>, key| {
        let entries = table.value(key).and_then(|v| v.get_ref().as_table());
        entries.into_iter().flat_map(DeTable::keys)
    };
    let used: BTreeSet<&str> = steps.iter().flat_map(|step| names(step, "use")).map(|k| k.get_ref().as_ref()).collect();
    let alternates = parts.iter().filter(|(id, _)| used.contains(id.as_str())).filter_map(|(_, part)| part.as_ref());
    let alternates: BTreeSet<&str> = alternates.flat_map(|part| &part.alternates).map(PartId::as_str).collect();
    for name in names(route, "part") {
        let text: &str = name.get_ref();
        if !used.contains(text) && !alternates.contains(text) && parts.keys().any(|id| id.as_str() == text) {
            let what = format!("part {} is used by no step", quoted(text));
            to.wrong(&name.span(), what, "it into the `use` of a step, or the route without it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::first_piece::FirstPieceRule;
    use crate::domain::golden::Every;
    use crate::domain::id::CheckId;
    use crate::domain::role::Role;
    use crate::domain::route::{Advance, Capture, CheckKind, Expect, IdentifierKind, Phase, Sample, Start, Typed, Why};
    use crate::route_file::testing::{EVERY_KEY, SOUND};

    fn step<'r>(route: &'r Route, id: &str) -> &'r crate::domain::route::Step {
        route.step(&StepId::parse(id).unwrap()).unwrap()
    }

    #[test]
    fn every_key_reaches_the_route() {
        let route = parse("r.toml", EVERY_KEY).unwrap().route;
        assert_eq!(
            (route.id.as_str(), route.revision.as_str(), route.title.as_str()),
            ("pc200", "C", "Pump controller PC-200")
        );
        assert_eq!(route.products, ["PC-200", "PC-200EX"]);
        assert_eq!((route.order_required, route.review_months, route.clock), (true, Some(12), ClockRule::Any));
        assert_eq!((route.identifier.kind, route.identifier.start), (IdentifierKind::Serial, Start::Order));
        assert_eq!(route.identifier.gtin, "09506000134352".parse().ok());
        assert!(route.identifier.pattern.matches("PC226-000417"));
        assert_eq!(route.variants["EX"]["fw"], "PC200-2.4.1X");
        let board = &route.parts[&PartId::parse("PCB-0417").unwrap()];
        assert_eq!((board.title.as_str(), board.capture), ("Main board", Capture::Serial));
        assert_eq!(board.made_by, Some(RouteId::parse("pcb0417").unwrap()));
        assert_eq!(board.alternates, [PartId::parse("PCB-0418").unwrap()]);
        let gasket = &route.parts[&PartId::parse("GSK-4410").unwrap()];
        assert_eq!((gasket.inspect, gasket.floor_minutes), (true, Some(10_080)));
        assert_eq!(gasket.supplier_parts, ["4410-B", "HG 7"]);
        let screw = &route.parts[&PartId::parse("SCR-M4x12").unwrap()];
        assert_eq!((screw.capture, screw.overrun), (Capture::Loaded, 20));
        assert_eq!(route.defects.values().collect::<Vec<_>>(), ["Leaks", "Scratched"]);
        assert_eq!(
            route.steps.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(),
            ["10", "20", "25", "30", "35", "38", "40"]
        );
    }

    #[test]
    fn every_key_reaches_its_step() {
        let route = parse("r.toml", EVERY_KEY).unwrap().route;
        let kit = step(&route, "10");
        assert_eq!((kit.phase, kit.role, kit.advance), (Phase::Receiving, Role::Lead, Advance::Auto));
        assert_eq!(kit.document.as_deref(), Some("WI-1001 rev D"));
        assert_eq!(kit.instructions.as_deref(), Some("Count the kit against the pick list."));
        assert_eq!(kit.uses[&PartId::parse("GSK-4410").unwrap()], 2);
        let close = step(&route, "30");
        assert_eq!((close.qualification.as_deref(), close.gauge_kinds()), (Some("torque-m4"), vec!["torque"]));
        let since = close.minutes_since.as_ref().unwrap();
        assert_eq!((since.step.as_str(), since.min, since.max), ("10", Some(30), Some(240)));
        assert_eq!(
            (close.when.as_deref(), close.sample, close.optional),
            (Some("EX"), Some(Sample { one_in: 20, tightened: 3 }), false)
        );
        assert_eq!((close.later.hub_lost.as_deref(), close.nests), (Some("refuse"), 4));
        assert_eq!(step(&route, "20").group.as_deref(), Some("harness"));
        assert_eq!(step(&route, "25").group.as_deref(), Some("harness"));
        assert!(step(&route, "35").optional && step(&route, "38").rework);
        assert_eq!((route.rework_max, step(&route, "40").rework_max), (Some(3), Some(2)));
        let test = step(&route, "40");
        assert_eq!(step(&route, "35").first_piece, Some(FirstPieceRule::Order));
        let golden = step(&route, "35").golden.as_ref().unwrap();
        assert_eq!((golden.good.len(), golden.bad.len(), golden.every), (1, 1, Every::Minutes(240)));
        let retest = test.retest.as_ref().unwrap();
        assert_eq!(
            (retest.max, retest.reasons.as_slice()),
            (1, ["reseat".to_owned(), "fixture".to_owned()].as_slice())
        );
        assert_eq!((test.on_fail.as_str(), test.attempts, test.rework_to.len()), ("25", 4, 3));
        assert_eq!(test.not_by, [StepId::parse("30").unwrap()]);
        let sign_off = test.sign_off.as_ref().unwrap();
        assert_eq!(
            (sign_off.role, sign_off.meaning.as_str(), sign_off.second),
            (Role::Inspector, "tested and accepted", true)
        );
    }

    #[test]
    fn every_key_reaches_its_check() {
        let route = parse("r.toml", EVERY_KEY).unwrap().route;
        let check = |at: &str, id: &str| step(&route, at).check(&CheckId::parse(id).unwrap()).unwrap();
        let torque = check("30", "torque");
        assert_eq!((torque.title.as_str(), torque.why, torque.points.len()), ("Torque", Some(Why::Customer), 4));
        assert!(matches!(&torque.kind, CheckKind::Number { limits, plausible: Some((low, _)) }
            if limits.to_string() == "2.00 .. 2.40 N.m" && low.to_string() == "0.5"));
        assert!(matches!(check("30", "visual").kind, CheckKind::Confirm));
        assert!(matches!(&check("40", "fw").kind, CheckKind::Scan { expect: Expect::Equals(text) } if text == "{fw}"));
        assert_eq!((check("40", "fw").typed, check("40", "plate").typed), (Typed::Refuse, Typed::Allow));
        assert!(
            matches!(&check("40", "plate").kind, CheckKind::Scan { expect: Expect::Pattern(p) } if p.matches("T123"))
        );
        assert_eq!(check("40", "leak").source_gauge.as_deref(), Some("leak"));
        let CheckKind::Choice { pass, fail } = &check("40", "display").kind else { panic!("no choice") };
        assert_eq!((pass.len(), fail.len()), (1, 3));
        assert!(matches!(&check("40", "note").kind, CheckKind::Text { pattern: Some(p) } if p.matches("abc")));
    }

    #[test]
    fn what_is_left_out_has_its_default() {
        let route = parse("r.toml", SOUND).unwrap().route;
        let close = step(&route, "20");
        assert_eq!((close.role, close.attempts, close.on_fail.as_str()), (Role::Operator, 3, "20"));
        assert_eq!(
            (close.rework_to.len(), &close.retest, &close.later),
            (0, &None, &crate::domain::route::StepLater::default())
        );
        assert_eq!(close.checks[0].title, "torque");
        let brief = SOUND
            .replace("start = \"twice\"\n", "")
            .replace("order = \"none\"\n", "")
            .replace("product = [\"P-1\"]\n", "");
        let brief = parse("r.toml", &brief).unwrap().route;
        assert_eq!((brief.identifier.start, brief.order_required, brief.products.len()), (Start::Twice, false, 0));
    }

    #[test]
    fn a_route_says_which_clock_counts() {
        let clock = |word: &str| {
            let text = SOUND.replace("order = \"none\"", &format!("order = \"none\"\nclock = \"{word}\""));
            parse("r.toml", &text).map(|file| file.route.clock)
        };
        assert_eq!(parse("r.toml", SOUND).unwrap().route.clock, ClockRule::Steps);
        for (word, rule) in [("steps", ClockRule::Steps), ("trusted", ClockRule::Trusted), ("any", ClockRule::Any)] {
            assert_eq!(clock(word).unwrap(), rule);
        }
        let found = clock("trust").unwrap_err();
        assert_eq!(found[0].to_string(), "r.toml:6:9: `clock` cannot be `trust`; write `trusted`");
    }

    #[test]
    fn everything_that_is_not_enforced_yet_is_named_at_its_place() {
        let file = parse("r.toml", EVERY_KEY).unwrap();
        let named: Vec<String> = file
            .unenforced
            .iter()
            .map(|f| format!("{}:{} {}", f.line, f.column, f.what.split(" is not enforced").next().unwrap()))
            .collect();
        assert_eq!(named, ["87:1 `hub_lost`"]);
    }
}

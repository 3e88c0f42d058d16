//! The text of a file to a route: what the file says, checked for what each key may say by itself.

use std::collections::{BTreeMap, BTreeSet};

use toml::Spanned;
use toml::de::DeTable;

use crate::domain::id::{PartId, Revision, RouteId, StepId};
use crate::domain::route::{Part, Route};

use super::bounds::{PRODUCTS_MOST, REVIEW_MONTHS_MOST, SHORT_CHARS_MOST, STEPS_MOST, TITLE_CHARS_MOST};
use super::finding::Finding;
use super::form::{ROUTE, STEP};
use super::remarks::{Place, Places, Remarks};
use super::source::{Source, quoted};
use super::step::{ADVANCES, Known};
use super::table::Table;
use super::{identifier, part, step, syntax};

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

/// Reads a text that is already proven, such as one that is released. A new text is read with [`super::read`], which
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
    if let Some(order) = order.as_ref().filter(|order| *order.get_ref()) {
        to.not_yet(&order.span(), "`order = \"required\"`", "`order = \"none\"`");
    }
    let advance = table.word(to, "advance", &ADVANCES).map(Spanned::into_inner);
    let review_months = table.count(to, "review_months", 1..=REVIEW_MONTHS_MOST);
    let identifier = identifier::read(table, to);
    let variants = part::variants(table, to);
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
        review_months: review_months.map(Spanned::into_inner),
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

/// A part that no step uses is a part that nobody records: a slip, not a wish.
fn unused<'t>(route: &Table<'t>, steps: &[Table<'t>], parts: &BTreeMap<PartId, Option<Part>>, to: &mut Remarks<'_>) {
    let names = |table: &Table<'t>, key| {
        let entries = table.value(key).and_then(|v| v.get_ref().as_table());
        entries.into_iter().flat_map(DeTable::keys)
    };
    let used: BTreeSet<&str> = steps.iter().flat_map(|step| names(step, "use")).map(|k| k.get_ref().as_ref()).collect();
    for name in names(route, "part") {
        let text: &str = name.get_ref();
        if !used.contains(text) && parts.keys().any(|id| id.as_str() == text) {
            let what = format!("part {} is used by no step", quoted(text));
            to.wrong(&name.span(), what, "it into the `use` of a step, or the route without it");
        }
    }
}

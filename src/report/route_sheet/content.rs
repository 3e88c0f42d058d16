//! What is on the sheet. Every text is harmless to show.

use super::step::{StepSheet, step_sheet};
use crate::app::port::Fault;
use crate::domain::route::{ClockRule, IdentifierKind, Route, Start, Step};
use crate::domain::text::display_safe;
use crate::report::sheet::symbol::{Symbol, Symbology};

/// The sheet, to be drawn.
#[derive(Debug)]
pub struct RouteSheet {
    /// What the route is called.
    pub(super) title: String,
    /// A code that says the route and its revision.
    pub(super) code: Symbol,
    /// What there is to know of the route: what it is called, and how it is.
    pub(super) head: Vec<Fact>,
    /// What is written down before work begins.
    pub(super) blanks: Vec<&'static str>,
    /// The variants, one of which is marked.
    pub(super) variants: Vec<String>,
    /// The steps, in order.
    pub(super) steps: Vec<StepSheet>,
    /// The reasons of failure: the code, and what it says.
    pub(super) defects: Vec<Fact>,
}

/// Something with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) says: String,
}

impl Fact {
    pub(super) fn new(name: &str, says: &str) -> Self {
        Self { name: safe(name), says: safe(says) }
    }
}

/// A unit goes from the stations of one class to those of another.
#[derive(Debug, Clone, Copy)]
pub struct Handover<'r> {
    /// The step that it comes from.
    pub from: &'r Step,
    /// The step that it goes to.
    pub to: &'r Step,
    /// Whether it goes back for rework.
    pub rework: bool,
}

impl RouteSheet {
    /// The sheet of a route, with its handovers between stations.
    pub fn of(route: &Route, handovers: &[Handover<'_>]) -> Result<Self, Fault> {
        let variants = route.variants.iter().map(|(name, values)| {
            let values: Vec<String> = values.iter().map(|(key, value)| format!("{key} {value}")).collect();
            let values = if values.is_empty() { String::new() } else { format!(" ({})", values.join(", ")) };
            safe(&format!("{name}{values}"))
        });
        Ok(Self {
            title: safe(&route.title),
            code: Symbol::of(&code(route), Symbology::DataMatrix)?,
            head: head(route),
            blanks: vec!["Unit number", "Work order", "Quantity", "Date"],
            variants: variants.collect(),
            steps: route.steps.iter().map(|step| step_sheet(route, step, handovers)).collect(),
            defects: route.defects.iter().map(|(id, title)| Fact::new(id.as_str(), title)).collect(),
        })
    }
}

/// What the code on the sheet says.
pub(super) fn code(route: &Route) -> String {
    format!("{} {}", route.id, route.revision)
}

fn head(route: &Route) -> Vec<Fact> {
    let sort = match route.identifier.kind {
        IdentifierKind::Serial => "serial number",
        IdentifierKind::Batch => "batch",
    };
    let begins = match route.identifier.start {
        Start::Twice => "its label is scanned twice",
        Start::Once => "its label is scanned once",
        Start::Order => "its number is in the range of an open order",
    };
    let mut head = vec![
        Fact::new("Route", route.id.as_str()),
        Fact::new("Revision", route.revision.as_str()),
        Fact::new("Product", &or_dash(&route.products.join(", "))),
        Fact::new("Unit", &format!("{sort} {}; it begins when {begins}", route.identifier.pattern.as_str())),
        Fact::new("Order", if route.order_required { "required" } else { "not required" }),
    ];
    match route.clock {
        ClockRule::Steps => {}
        ClockRule::Trusted => head.push(Fact::new("Clock", "days and times count by a trusted clock only")),
        ClockRule::Any => head.push(Fact::new("Clock", "days and times count by any clock, trusted or not")),
    }
    if let Some(months) = route.review_months {
        head.push(Fact::new("Review", &format!("every {months} months")));
    }
    head
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.to_owned() }
}

/// A text that is harmless to show.
pub(super) fn safe(text: &str) -> String {
    display_safe(text).into_owned()
}

//! The example routes, as they lie in `routes/`, and what the plant makes of any route.

use std::sync::Arc;

use crate::app::port::Fault;
use crate::domain::route::{Advance, Route, Start, Step};
use crate::route_file;

/// A route file: its name and its exact text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// The name, for messages.
    pub name: &'static str,
    /// The text.
    pub text: &'static str,
}

/// The example routes.
pub fn examples() -> [Text; 4] {
    [
        Text { name: "pcb0417.toml", text: include_str!("../../routes/pcb0417.toml") },
        Text { name: "pc200.toml", text: include_str!("../../routes/pc200.toml") },
        Text { name: "gearbox.toml", text: include_str!("../../routes/gearbox.toml") },
        Text { name: "label.toml", text: include_str!("../../routes/label.toml") },
    ]
}

/// Reads a route that is to be played.
pub(super) fn read(text: Text) -> Result<Arc<Route>, Fault> {
    let instead = "run traveller route check on it";
    match route_file::read(text.name, text.text) {
        Ok(file) if file.unenforced.is_empty() => Ok(Arc::new(file.route)),
        Ok(file) => {
            let found = file.unenforced.first().map(ToString::to_string).unwrap_or_default();
            Err(Fault::new(found, instead))
        }
        Err(findings) => Err(Fault::new(findings.first().map(ToString::to_string).unwrap_or_default(), instead)),
    }
}

/// How many things an operator does at a class of stations for one unit that runs the route without trouble.
pub(super) fn acts_at(route: &Route, class: &str) -> u64 {
    let mut acts = 0;
    let mut before: Option<&Step> = None;
    for step in &route.steps {
        if step.station.as_str() == class {
            let opens = before.is_none_or(|b| b.station != step.station);
            let twice = before.is_none() && route.identifier.start == Start::Twice;
            acts += u64::from(opens) + u64::from(twice) + acts_of(step);
        }
        before = Some(step);
    }
    acts
}

fn acts_of(step: &Step) -> u64 {
    let checks: usize = step.checks.iter().map(|c| c.points.len().max(1)).sum();
    let uses: u32 = step.uses.values().sum();
    let passes = step.advance == Advance::Pass || !step.has_needs();
    u64::try_from(checks).unwrap_or(0) + u64::from(uses) + u64::from(step.sign_off.is_some()) + u64::from(passes)
}

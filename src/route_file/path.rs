//! A way through a route in words, step by step.

use crate::domain::id::StepId;

use super::source::quoted;

/// Steps of a long stretch of a way that are printed at each of its ends.
const STRETCH_ENDS: usize = 2;

/// One step of a way, and what becomes of a unit there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hop<'r> {
    /// It passes.
    Passes(&'r StepId),
    /// It fails.
    Fails(&'r StepId),
    /// It is not drawn for the step.
    NotDrawn(&'r StepId),
    /// The step is left out.
    LeftOut(&'r StepId),
    /// There is no step any more.
    Ends,
}

/// The way of a unit in words: of which variant it is, where there are any, and its stretches. The long ones are
/// printed at their ends only.
pub(super) fn told(variant: Option<&str>, stretches: &[&[Hop<'_>]]) -> String {
    let way = stretches.iter().flat_map(|hops| stretch(hops)).collect::<Vec<_>>().join(" > ");
    variant.map_or_else(|| way.clone(), |variant| format!("variant {}: {way}", quoted(variant)))
}

fn stretch(hops: &[Hop<'_>]) -> Vec<String> {
    if hops.len() <= 2 * STRETCH_ENDS + 1 {
        return hops.iter().map(|hop| word(*hop)).collect();
    }
    let first = hops.iter().take(STRETCH_ENDS).map(|hop| word(*hop));
    let last = hops.iter().skip(hops.len() - STRETCH_ENDS).map(|hop| word(*hop));
    first.chain(["...".to_owned()]).chain(last).collect()
}

fn word(hop: Hop<'_>) -> String {
    match hop {
        Hop::Passes(step) => step.to_string(),
        Hop::Fails(step) => format!("{step} fails"),
        Hop::NotDrawn(step) => format!("{step} not drawn"),
        Hop::LeftOut(step) => format!("{step} left out"),
        Hop::Ends => "end".to_owned(),
    }
}

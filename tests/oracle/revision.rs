//! A second revision of a random route, for units to move to.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::domain::id::{Revision, StepId};
use traveller::domain::route::Route;

use super::routes::CheckSpec;

/// The number of the revision that units of the first route may move to.
pub(crate) const NEXT: usize = 3;

/// Another revision of a route: a step comes before the first one, the last one asks for one thing more, and step 20
/// goes by another name.
pub(crate) fn next_revision(route: &Route) -> Arc<Route> {
    let mut next = Route { revision: Revision::parse("C").unwrap(), ..route.clone() };
    let confirm = CheckSpec { kind: 1, points: 0, scanned_only: false, source: None }.build(9, false);
    let (old, new): (StepId, StepId) = ("20".parse().unwrap(), "25".parse().unwrap());
    let rename = |id: &mut StepId| {
        if *id == old {
            *id = new.clone();
        }
    };
    for step in &mut next.steps {
        rename(&mut step.id);
        rename(&mut step.on_fail);
        step.rework_to.iter_mut().chain(&mut step.not_by).for_each(rename);
        step.minutes_since.iter_mut().for_each(|window| rename(&mut window.step));
    }
    let mut first = next.steps[0].clone();
    first.id = "05".parse().unwrap();
    first.on_fail = first.id.clone();
    (first.uses, first.checks, first.sign_off) = (BTreeMap::new(), vec![confirm.clone()], None);
    (first.group, first.when, first.sample, first.optional) = (None, None, None, false);
    (first.minutes_since, first.not_by, first.rework_to) = (None, Vec::new(), Vec::new());
    next.steps.insert(0, first);
    next.steps.last_mut().unwrap().checks.push(confirm);
    Arc::new(next)
}

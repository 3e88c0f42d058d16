//! What was planned for the shift, and what came of it.

use serde::Serialize;

use super::tally::Tally;
use crate::app::shifts::calendar::Turn;
use crate::app::shifts::plan::Plan;
use crate::domain::id::{RouteId, StationId};
use crate::domain::time::At;

/// One plan and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// The route; none: every route.
    pub route: Option<RouteId>,
    /// The station where steps were to pass; none: units were to be finished.
    pub station: Option<StationId>,
    /// Units that were planned for the whole shift.
    pub planned: u32,
    /// Of these, what was due by now.
    pub due: u32,
    /// Units that were finished, or steps that passed at the station.
    pub made: u64,
    /// Seconds from one unit to the next.
    pub takt_seconds: Option<u32>,
}

/// What came of every plan in a shift, as of a moment.
pub fn planned(tally: &Tally, plans: &[Plan], turn: &Turn, now: At) -> Vec<Planned> {
    let made = |plan: &Plan| {
        let of_route = tally.made.all().filter(|row| plan.route.as_ref().is_none_or(|route| row.route == *route));
        match &plan.station {
            Some(at) => of_route.filter(|row| row.station.as_ref() == Some(at)).map(|row| row.passed).sum(),
            None => of_route.map(|row| row.finished).sum(),
        }
    };
    let line = |plan: &Plan| Planned {
        route: plan.route.clone(),
        station: plan.station.clone(),
        planned: plan.in_all(turn),
        due: plan.due(turn, now),
        made: made(plan),
        takt_seconds: plan.takt(turn),
    };
    plans.iter().map(line).collect()
}

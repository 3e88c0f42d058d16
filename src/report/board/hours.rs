//! The shift, hour by hour against the plan.

use std::collections::BTreeMap;

use super::compute::sum;
use super::seen::Seen;
use crate::app::board::content::Hour;
use crate::app::shifts::plan::Plan;
use crate::domain::projection::{QUARTER, quarter};
use crate::domain::time::At;
use crate::ledger::read::counts::Tally;

/// Quarters of an hour in an hour.
const QUARTERS: i64 = 4;
/// Hours that are told.
const HOURS_MOST: usize = 24;

/// The plan that counts what the whole plant finishes.
fn plant_plan(seen: &Seen) -> Option<&Plan> {
    seen.plans.iter().find(|plan| plan.route.is_none() && plan.station.is_none())
}

/// The hours, from the beginning of what is counted; where that is long ago, the last ones.
pub(super) fn hours(seen: &Seen) -> Vec<Hour> {
    let (Some(from), Some(now)) = (seen.from, seen.now) else { return Vec::new() };
    let (first, last) = (quarter(from), quarter(now));
    let mut by_hour: BTreeMap<i64, Vec<&Tally>> = BTreeMap::new();
    for hour in 0..=(last - first).div_euclid(QUARTERS) {
        by_hour.insert(hour, Vec::new());
    }
    for count in seen.counts.iter().filter(|count| (first..=last).contains(&count.quarter)) {
        by_hour.entry((count.quarter - first).div_euclid(QUARTERS)).or_default().push(count);
    }
    let begin = |hour: i64| At((first + hour * QUARTERS) * QUARTER);
    let skipped = by_hour.len().saturating_sub(HOURS_MOST);
    by_hour
        .into_iter()
        .skip(skipped)
        .map(|(hour, counts)| {
            let counted = |what: &str| sum(counts.iter().copied(), what);
            let due = seen.turn.as_ref().zip(plant_plan(seen)).map(|(turn, plan)| {
                let until = begin(hour + 1).min(now);
                plan.due(turn, until).saturating_sub(plan.due(turn, begin(hour)))
            });
            Hour {
                from: begin(hour),
                runs: begin(hour + 1) > now,
                reasons: seen.fold.reasons(begin(hour), begin(hour + 1)),
                finished: counted("finished"),
                due,
                passed: counted("passed"),
                failed: counted("failed"),
                refused: counted("refused"),
            }
        })
        .collect()
}

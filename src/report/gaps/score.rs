//! How whole the record is, as one figure: of the facts that routes asked for so far, how many are on record. And how
//! that changed from week to week.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::lacking::{has, passed};
use crate::domain::route::Route;
use crate::domain::time::{At, SECOND};
use crate::domain::traveller::Traveller;

/// Weeks that the trend tells of.
pub const WEEKS_MOST: usize = 8;
const WEEK: i64 = 7 * 24 * 3_600 * SECOND;
/// The first moment of 1970 was on a Thursday; weeks begin on Monday.
const MONDAY: i64 = 3 * 24 * 3_600 * SECOND;
const WHOLE: u64 = 1_000;

/// What was asked for, and what lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Sum {
    /// Units.
    pub units: u64,
    /// Of those, done and without a gap.
    pub complete: u64,
    /// Facts that the routes asked for so far.
    pub asked: u64,
    /// Gaps.
    pub gaps: u64,
    /// Remarks.
    pub remarks: u64,
}

impl Sum {
    /// Adds another one.
    pub fn add(&mut self, other: Self) {
        self.units += other.units;
        self.complete += other.complete;
        self.asked += other.asked;
        self.gaps += other.gaps;
        self.remarks += other.remarks;
    }

    /// Of a thousand facts, how many are on record; a thousand only where none lacks. None where none was asked for.
    pub fn score(&self) -> Option<u64> {
        let there = self.asked.checked_sub(self.gaps.min(self.asked))?;
        let score = (there * WHOLE).checked_div(self.asked)?;
        Some(if self.gaps == 0 { score } else { score.min(WHOLE - 1) })
    }
}

/// A week of a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Week {
    /// Monday, at its first moment in UTC.
    pub from: At,
    /// The figure.
    pub score: Option<u64>,
    /// What it is made of.
    #[serde(flatten)]
    pub sum: Sum,
}

/// The weeks in which records last changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Weeks(BTreeMap<i64, Sum>);

impl Weeks {
    /// Adds a unit to its week. Older weeks than the trend tells of are forgotten.
    pub fn add(&mut self, changed: At, sum: Sum) {
        let week = (changed.0 + MONDAY).div_euclid(WEEK);
        self.0.entry(week).or_default().add(sum);
        while self.0.len() > WEEKS_MOST {
            self.0.pop_first();
        }
    }

    /// The weeks, the oldest first.
    pub fn told(&self) -> Vec<Week> {
        let week = |(week, sum): (&i64, &Sum)| Week { from: At(week * WEEK - MONDAY), score: sum.score(), sum: *sum };
        self.0.iter().map(week).collect()
    }
}

/// `better`, `worse` or `same`: the last week beside the one before it. None where there are not two.
pub fn trend(weeks: &[Week]) -> Option<&'static str> {
    let mut last = weeks.iter().rev().filter_map(|week| week.score);
    let (now, before) = (last.next()?, last.next()?);
    Some(match now.cmp(&before) {
        std::cmp::Ordering::Greater => "better",
        std::cmp::Ordering::Less => "worse",
        std::cmp::Ordering::Equal => "same",
    })
}

/// Facts that a route asks of a unit for the steps that it has passed, each passing one of them.
pub fn asked(traveller: &Traveller, route: &Route) -> u64 {
    let steps = route.steps.iter().filter(|step| has(traveller, step) && passed(traveller, step).is_some());
    let facts = steps.flat_map(|step| {
        let points = step.checks.iter().map(|check| check.points.len().max(1));
        let rest = [1, step.uses.len(), usize::from(step.load.is_some()), usize::from(step.sign_off.is_some())];
        points.chain(rest).collect::<Vec<_>>()
    });
    u64::try_from(facts.sum::<usize>()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_is_only_where_nothing_lacks() {
        let score = |asked, gaps| Sum { asked, gaps, ..Sum::default() }.score();
        assert_eq!(score(0, 0), None);
        assert_eq!(score(10, 0), Some(1_000));
        assert_eq!(score(1_000_000, 1), Some(999));
        assert_eq!(score(4, 1), Some(750));
        assert_eq!(score(4, 9), Some(0));
    }

    #[test]
    fn weeks_begin_on_monday_and_the_oldest_are_forgotten() {
        let mut weeks = Weeks::default();
        let sum = |gaps| Sum { units: 1, asked: 10, gaps, ..Sum::default() };
        weeks.add("2026-11-23T00:00:00Z".parse().unwrap(), sum(0));
        weeks.add("2026-11-22T23:59:59Z".parse().unwrap(), sum(5));
        let told = weeks.told();
        let from: Vec<_> = told.iter().map(|week| week.from.to_string()).collect();
        assert_eq!(from, ["2026-11-16T00:00:00.000000Z", "2026-11-23T00:00:00.000000Z"]);
        assert_eq!(trend(&told), Some("better"));
        assert_eq!(trend(&told[1..]), None);
        for week in 0..20 {
            weeks.add(At(week * WEEK), sum(1));
        }
        assert_eq!(weeks.told().len(), WEEKS_MOST);
        assert_eq!(weeks.told()[7].from.to_string(), "2026-11-23T00:00:00.000000Z");
    }
}

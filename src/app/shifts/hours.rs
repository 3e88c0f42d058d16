//! The hours of a shift, as the board counts them: from the quarter of an hour in which the shift began.

use super::calendar::{Calendar, Turn};
use crate::domain::projection::{QUARTER, quarter};
use crate::domain::time::{At, SECOND};

/// Microseconds of an hour.
const HOUR: i64 = 3_600 * SECOND;

/// The hours of a shift that have begun at a moment, the first one first.
pub fn begun(turn: &Turn, now: At) -> Vec<At> {
    let first = At(quarter(turn.begin).saturating_mul(QUARTER));
    let begun = |at: &At| *at <= now && *at < turn.end;
    std::iter::successors(Some(first), |at| Some(at.plus(HOUR))).take_while(begun).collect()
}

/// The last hours that began, of the shift that runs and of the one before it, the newest first.
pub fn last(calendar: &Calendar, now: At, most: usize) -> Vec<At> {
    let turns = calendar.at(now).into_iter().chain(calendar.before(now));
    let mut hours: Vec<At> = turns.flat_map(|turn| begun(&turn, now)).collect();
    hours.sort_unstable_by(|a, b| b.cmp(a));
    hours.dedup();
    hours.truncate(most);
    hours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> At {
        format!("2026-11-23T{text}:00Z").parse().unwrap()
    }

    #[test]
    fn hours_begin_with_the_shift_and_end_with_it() {
        let turn = Turn { name: "early".parse().unwrap(), begin: at("05:30"), end: at("08:00"), breaks: Vec::new() };
        assert_eq!(begun(&turn, at("05:29")), []);
        assert_eq!(begun(&turn, at("05:30")), [at("05:30")]);
        assert_eq!(begun(&turn, at("07:29")), [at("05:30"), at("06:30")]);
        assert_eq!(begun(&turn, at("23:00")), [at("05:30"), at("06:30"), at("07:30")], "it is over");
        assert_eq!(last(&Calendar::default(), at("07:00"), 9), []);
    }
}

//! The time that a paper states, as somebody types it: by the clock of the plant, to the minute.

use jiff::ToSpan as _;
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

use crate::domain::time::At;

/// Digits of hour and minute; with month and day before them; with the year before those.
const CLOCK: usize = 4;
const DAY: usize = 8;
const YEAR: usize = 12;

/// The moment that a text states: `1040` is today, `11231040` has month and day, `2026-11-23 10:40` is the whole.
/// Without a year it is the last such day. An hour that the clock of the plant skips or has twice is none.
pub fn stated(text: &str, zone: &TimeZone, now: Option<At>) -> Option<At> {
    let text = text.trim().replacen('T', " ", 1);
    let civil = DateTime::strptime("%Y-%m-%d %H:%M", &text).ok().or_else(|| digits(&text, zone, now?));
    let zoned = zone.to_ambiguous_zoned_datetime(civil?).unambiguous().ok()?;
    Some(At(zoned.timestamp().as_microsecond()))
}

fn digits(text: &str, zone: &TimeZone, now: At) -> Option<DateTime> {
    let text = if text.len() == CLOCK + 1 { text.replacen(':', "", 1) } else { text.to_owned() };
    let here = zone.to_datetime(jiff::Timestamp::from_microsecond(now.0).ok()?);
    let whole = |year: i16, rest: &str| DateTime::strptime("%Y%m%d%H%M", format!("{year:04}{rest}")).ok();
    match text.len() {
        _ if !text.bytes().all(|b| b.is_ascii_digit()) => None,
        CLOCK => Some(here.date().to_datetime(Time::strptime("%H%M", &text).ok()?)),
        DAY => {
            let this_year = whole(here.year(), &text).filter(|at| *at <= here);
            this_year.or_else(|| whole(here.checked_sub(1.year()).ok()?.year(), &text))
        }
        YEAR => DateTime::strptime("%Y%m%d%H%M", &text).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, now: &str) -> Option<String> {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        stated(text, &zone, now.parse().ok()).map(|at| at.to_string())
    }

    #[test]
    fn a_paper_states_minutes_by_the_clock_of_the_plant() {
        let now = "2026-11-23T13:00:00Z";
        for text in ["1040", "10:40", "11231040", "202611231040", "2026-11-23 10:40", "2026-11-23T10:40", " 1040 "] {
            assert_eq!(at(text, now).as_deref(), Some("2026-11-23T09:40:00.000000Z"), "{text}");
        }
        assert_eq!(at("2026-10-25 02:30", now), None, "an hour that the clock has twice");
        assert_eq!(at("2026-03-29 02:30", now), None, "an hour that it skips");
        for text in ["", "10", "104", "2460", "1060", "13231040", "11311040", "2026-11-23 10:40:12", "10.40", "1040Z"] {
            assert_eq!(at(text, now), None, "{text}");
        }
    }

    #[test]
    fn without_a_year_it_is_the_last_such_day() {
        assert_eq!(at("12302200", "2027-01-02T08:00:00Z").as_deref(), Some("2026-12-30T21:00:00.000000Z"));
        assert_eq!(at("01020800", "2027-01-02T08:00:00Z").as_deref(), Some("2027-01-02T07:00:00.000000Z"));
        // What is typed for today may lie ahead: the gate says so, and nobody guesses.
        assert_eq!(at("2330", "2026-11-23T13:00:00Z").as_deref(), Some("2026-11-23T22:30:00.000000Z"));
        assert_eq!(at("1040", "never"), None, "nobody knows what day it is");
        assert_eq!(at("2026-11-23 10:40", "never").as_deref(), Some("2026-11-23T09:40:00.000000Z"));
    }
}

//! The times of a log, as people and programs write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// Which number of a date with slashes is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slashes {
    /// `23/11/2026`.
    DayFirst,
    /// `11/23/2026`.
    MonthFirst,
}

/// Why a text is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTime {
    /// It is written in no way that is known here.
    Unreadable,
    /// It may be either of two days.
    EitherDay,
}

/// Microseconds since 1970. A time without a zone is taken as it stands: what counts here is how long things took.
///
/// Read are RFC 3339 (`2026-11-23T06:00:00Z`), the same with a space or without seconds or zone (`2026-11-23 06:00`),
/// `23.11.2026 06:00`, and, where it is said which number is the day, `23/11/2026 06:00`. A day alone is its first
/// moment.
pub fn micros(text: &str, slashes: Option<Slashes>) -> Result<i64, NoTime> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at.as_microsecond());
    }
    let (day, hour) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let time = of_day(hour.trim()).ok_or(NoTime::Unreadable)?;
    let moment = DateTime::from_parts(date(day, slashes)?, time);
    let since = TimeZone::UTC.to_timestamp(moment).map_err(|_beyond| NoTime::Unreadable)?;
    Ok(since.as_microsecond())
}

fn of_day(hour: &str) -> Option<Time> {
    if hour.is_empty() { Some(Time::midnight()) } else { hour.parse().ok() }
}

fn date(day: &str, slashes: Option<Slashes>) -> Result<Date, NoTime> {
    let unreadable = |_error| NoTime::Unreadable;
    if day.contains('.') {
        return Date::strptime("%d.%m.%Y", day).map_err(unreadable);
    }
    if day.contains('/') {
        return match slashes {
            Some(Slashes::DayFirst) => Date::strptime("%d/%m/%Y", day).map_err(unreadable),
            Some(Slashes::MonthFirst) => Date::strptime("%m/%d/%Y", day).map_err(unreadable),
            None => Err(NoTime::EitherDay),
        };
    }
    day.parse().map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_in_the_ways_of_writing_it() {
        let same = micros("2026-11-23T06:05:00Z", None);
        for text in ["2026-11-23T06:05", "2026-11-23 06:05:00", " 23.11.2026 06:05", "2026-11-23T07:05+01:00"] {
            assert_eq!(micros(text, None), same, "{text}");
        }
        assert_eq!(micros("23/11/2026 06:05", Some(Slashes::DayFirst)), same);
        assert_eq!(micros("11/23/2026 06:05:00.000", Some(Slashes::MonthFirst)), same);
        assert_eq!(micros("23.11.2026", None), micros("2026-11-23T00:00:00Z", None));
        assert_eq!(micros("2026-11-23 06:05:00.25", None), same.map(|at| at + 250_000));
    }

    #[test]
    fn what_may_be_two_days_is_not_guessed() {
        assert_eq!(micros("05/06/2026 06:00", None), Err(NoTime::EitherDay));
        for bad in ["", "soon", "2026-13-01 06:00", "2026-11-23 25:00", "23.11.26x", "06:00"] {
            assert_eq!(micros(bad, None), Err(NoTime::Unreadable), "{bad}");
        }
    }
}

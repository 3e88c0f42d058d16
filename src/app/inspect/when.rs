//! Moments as people type them into a search: a day, a day and a time, a time of today, or how long ago.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::domain::time::{At, SECOND};

/// The reader's clock: what it says now, and how far it is ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wall {
    /// Now.
    pub now: At,
    /// Seconds ahead of UTC.
    pub utc_offset: i32,
}

/// Which end of what was typed is meant: a day begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Its first moment.
    First,
    /// Its last moment.
    Last,
}

/// The moment that a text names: `2026-11-23`, `2026-11-23T14:00`, `14:00` of today, or `7d`, `2h`, `30m` ago. What
/// names itself in UTC (`2026-11-23T14:00:00Z`) is taken so; all else is by the reader's clock.
pub fn when(text: &str, end: End, wall: Wall) -> Option<At> {
    if let Ok(at) = text.parse::<At>() {
        return Some(at);
    }
    ago(text, wall.now).or_else(|| local(text, end, wall))
}

fn ago(text: &str, now: At) -> Option<At> {
    let unit = text.chars().next_back()?;
    let number: i64 = text.strip_suffix(unit)?.parse().ok().filter(|n| (0..=100_000).contains(n))?;
    let seconds = match unit {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        _ => return None,
    };
    Some(now.plus(-number.saturating_mul(seconds).saturating_mul(SECOND)))
}

fn local(text: &str, end: End, wall: Wall) -> Option<At> {
    let offset = Offset::from_seconds(wall.utc_offset).ok()?;
    let at = |moment: DateTime| offset.to_timestamp(moment).ok().map(|t| At(t.as_microsecond()));
    let last = |first: At, span: i64| if end == End::Last { first.plus(span * SECOND - 1) } else { first };
    if let Ok(day) = text.parse::<Date>()
        && !text.contains('T')
    {
        return at(day.to_datetime(Time::midnight())).map(|first| last(first, 86_400));
    }
    if text.contains('T') {
        return text.parse::<DateTime>().ok().and_then(at).map(|first| last(first, 60));
    }
    let (hour, minute) = text.split_once(':')?;
    let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    let today = offset.to_datetime(jiff::Timestamp::from_microsecond(wall.now.0).ok()?).date();
    at(today.to_datetime(time)).map(|first| last(first, 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_typed_as_people_say_them() {
        let now: At = "2026-11-23T13:07:30Z".parse().unwrap();
        let wall = Wall { now, utc_offset: 3_600 };
        let first = |text| when(text, End::First, wall).map(|at| at.to_string());
        let last = |text| when(text, End::Last, wall).map(|at| at.to_string());
        assert_eq!(first("2026-11-23").unwrap(), "2026-11-22T23:00:00.000000Z");
        assert_eq!(last("2026-11-23").unwrap(), "2026-11-23T22:59:59.999999Z");
        assert_eq!(first("2026-11-22T06:00").unwrap(), "2026-11-22T05:00:00.000000Z");
        assert_eq!(last("14:00").unwrap(), "2026-11-23T13:00:59.999999Z");
        assert_eq!(first("2h").unwrap(), "2026-11-23T11:07:30.000000Z");
        assert_eq!(first("2026-11-22T06:00:00Z").unwrap(), "2026-11-22T06:00:00.000000Z");
        for wrong in ["", "d", "-2h", "25:00", "tomorrow", "9999999999d", "2026-13-01", "ü"] {
            assert_eq!(first(wrong), None, "{wrong}");
        }
    }
}

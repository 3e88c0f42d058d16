//! The clock on the wall of the plant.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::time::At;

/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;

/// A moment as calendars have it; one that none has is the first one that they have.
fn moment(at: At) -> Timestamp {
    Timestamp::from_microsecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// How far the wall is ahead of UTC, in seconds.
pub fn utc_offset(at: At, zone: &TimeZone) -> i32 {
    zone.to_offset(moment(at)).seconds()
}

/// The time of the day.
pub fn clock(at: At, zone: &TimeZone) -> String {
    let local = zone.to_datetime(moment(at));
    format!("{:02}:{:02}", local.hour(), local.minute())
}

/// The day of the year and the time of the day.
pub fn day_and_clock(at: At, zone: &TimeZone) -> String {
    let local = zone.to_datetime(moment(at));
    format!("{:02}-{:02} {}", local.month(), local.day(), clock(at, zone))
}

/// Milliseconds until the minute on the wall changes.
pub fn until_next_minute(at: At) -> u64 {
    u64::try_from((MINUTE - at.0.rem_euclid(MINUTE)).div_euclid(1_000)).unwrap_or(0) + 1
}

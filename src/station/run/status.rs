//! The facts of the status line, as they are now.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::app::msg::Status;
use crate::app::port::Head;
use crate::domain::ambient::Given;
use crate::station::clock::{StationClock, trust};
use crate::station::replicas::Replicas;

/// Microseconds in a minute.
const MINUTE: i64 = 60_000_000;

/// What the status line tells of a ledger that stands at a head; none where it cannot be worked with.
pub(super) fn status(clock: &StationClock, zone: &TimeZone, head: Option<&Head>, replicas: &Replicas) -> Status {
    let last_event = head.and_then(|head| head.at);
    let now = clock.read();
    let moment = Timestamp::from_microsecond(now.at.0).unwrap_or(Timestamp::UNIX_EPOCH);
    let offset = zone.to_offset(moment);
    let local = offset.to_datetime(moment);
    Status {
        now: Some(clock.ambient(None, Given::default(), last_event).moment()),
        time: format!("{:02}:{:02}", local.hour(), local.minute()),
        utc_offset: offset.seconds(),
        clock: trust(&now, last_event),
        replica: replicas.now(now.at),
        unsent: replicas.unsent(head),
    }
}

/// Milliseconds until the minute on the wall changes.
pub(super) fn until_next_minute(clock: &StationClock) -> u64 {
    let into = clock.read().at.0.rem_euclid(MINUTE);
    u64::try_from((MINUTE - into).div_euclid(1_000)).unwrap_or(0) + 1
}

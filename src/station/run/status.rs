//! The facts of the status line, as they are now.

use jiff::tz::TimeZone;

use crate::app::msg::Status;
use crate::app::port::Head;
use crate::app::wall;
use crate::domain::ambient::Given;
use crate::station::clock::{StationClock, trust};
use crate::station::replicas::Replicas;

/// What the status line tells of a ledger that stands at a head; none where it cannot be worked with.
pub(super) fn status(clock: &StationClock, zone: &TimeZone, head: Option<&Head>, replicas: &Replicas) -> Status {
    let last_event = head.and_then(|head| head.at);
    let now = clock.read();
    Status {
        now: Some(clock.ambient(None, Given::default(), last_event).moment()),
        time: wall::clock(now.at, zone),
        utc_offset: wall::utc_offset(now.at, zone),
        clock: trust(&now, last_event),
        replica: replicas.now(now.at),
        unsent: replicas.unsent(head),
    }
}

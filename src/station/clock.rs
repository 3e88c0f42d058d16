//! The only place that reads clocks: the wall clock, the boot clock, and whether the wall clock can be trusted.
//!
//! Trust is read from the mark that a time service leaves. `systemd-timesyncd` touches its mark each time it has heard
//! from its server, at least every 35 minutes; where another service keeps the clock (chrony, PTP), a job of the site
//! touches ours while that service says that it is synchronised. The kernel's own flag would need `adjtimex`, which the
//! hardened service (`ProtectClock=yes`) may not call.

use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rustix::time::{ClockId, Timespec, clock_gettime};

use crate::app::port::Fault;
use crate::app::shifts::calendar::Calendar;
use crate::domain::ambient::{Ambient, Given, Place};
use crate::domain::id::Boot;
use crate::domain::shift::InShift;
use crate::domain::time::{At, Clock, SECOND};

/// The marks of a synchronised clock. `/run` is empty after a boot, so each was made in this boot.
const SYNC_MARKS: [&str; 2] = ["/run/systemd/timesync/synchronized", "/run/traveller/synchronized"];
/// Older than this, a mark says that the clock was synchronised, not that it is: five missed calls of timesyncd.
const SYNC_FRESH: i64 = 3 * 3_600 * SECOND;
/// What two processes may differ while they take turns at one ledger, or a time service corrects in passing.
const SLACK: i64 = 5 * SECOND;
/// 2026-11-01, when this release was made: no clock that says less is right.
const RELEASED: At = At(1_793_491_200 * SECOND);

/// What the clocks said at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// By the wall clock.
    pub at: At,
    /// Microseconds since the machine booted, sleep included.
    pub mono: u64,
    /// When the wall clock was last known to be synchronised in this boot, by the wall clock.
    pub synced: Option<At>,
}

/// Where readings come from: the machine, or a test.
pub trait Source: Send + Sync {
    /// Which boot of the machine this is.
    fn boot(&self) -> &Boot;
    /// Reads the clocks now.
    fn read(&self) -> Reading;
}

/// The clocks of a station.
#[derive(Clone)]
pub struct StationClock {
    source: Arc<dyn Source>,
    calendar: Arc<Calendar>,
}

impl StationClock {
    /// The machine's own clocks.
    pub fn of_machine() -> Result<Self, Fault> {
        Machine::open().map(Self::with)
    }

    /// The machine's own clocks, taken as they are: for a demonstration, which has no time service to vouch for them.
    pub fn as_it_is() -> Result<Self, Fault> {
        Machine::open().map(|machine| Self::with(AsItIs(machine)))
    }

    /// Clocks of another source.
    pub fn with(source: impl Source + 'static) -> Self {
        Self { source: Arc::new(source), calendar: Arc::default() }
    }

    /// The same clocks, with the shifts of the plant: each action is told the one that it falls into.
    #[must_use]
    pub fn in_shifts(self, calendar: &Calendar) -> Self {
        Self { calendar: Arc::new(calendar.clone()), ..self }
    }

    /// Microseconds since the machine booted: what deadlines are measured by.
    pub fn mono(&self) -> u64 {
        self.source.read().mono
    }

    /// What the clocks say now.
    pub fn read(&self) -> Reading {
        self.source.read()
    }

    /// The shift of the plant that a moment falls into.
    pub fn shift_at(&self, moment: At) -> Option<InShift> {
        self.calendar.stand(moment)
    }

    /// What only the outside knows, as of now. `last_event` is when the ledger's last event was recorded.
    pub fn ambient(&self, place: Option<Place>, given: Given, last_event: Option<At>) -> Ambient {
        let now = self.source.read();
        let class = place.as_ref().map(|p| p.class.clone());
        Ambient {
            at: now.at,
            clock: trust(&now, last_event),
            boot: self.source.boot().clone(),
            mono: now.mono,
            station: place,
            given: Given { class, shift: self.calendar.stand(now.at), ..given },
        }
    }
}

/// How far a reading can be trusted.
pub fn trust(now: &Reading, last_event: Option<At>) -> Clock {
    let Some(synced) = now.synced else { return Clock::Doubt };
    let age = now.at.0.saturating_sub(synced.0);
    let uptime = i64::try_from(now.mono).unwrap_or(i64::MAX);
    let set_back = age < -SLACK || last_event.is_some_and(|last| now.at.plus(SLACK) < last);
    // The mark is of this boot: one that seems older means that the clock was set forward since.
    let set_forward = age > uptime.saturating_add(SLACK);
    if now.at < RELEASED || set_back || set_forward {
        Clock::Doubt
    } else if age <= SYNC_FRESH {
        Clock::Synced
    } else {
        Clock::Held
    }
}

/// The machine's own clocks.
struct Machine {
    boot: Boot,
}

impl Machine {
    fn open() -> Result<Self, Fault> {
        let file = "/proc/sys/kernel/random/boot_id";
        let bad = |why: String| Fault::new(format!("{file} does not say which boot this is: {why}"), "mount /proc");
        let id = std::fs::read_to_string(file).map_err(|e| bad(e.to_string()))?;
        let boot = Boot::parse(id.get(..8).unwrap_or_default()).map_err(|e| bad(e.to_string()))?;
        Ok(Self { boot })
    }
}

impl Source for Machine {
    fn boot(&self) -> &Boot {
        &self.boot
    }

    fn read(&self) -> Reading {
        let synced = SYNC_MARKS.iter().filter_map(|mark| touched(Path::new(mark))).max();
        let at = At(micros(clock_gettime(ClockId::Realtime)));
        let mono = u64::try_from(micros(clock_gettime(ClockId::Boottime))).unwrap_or(0);
        Reading { at, mono, synced }
    }
}

/// The machine's own clocks, as if a time service had just set them.
struct AsItIs(Machine);

impl Source for AsItIs {
    fn boot(&self) -> &Boot {
        self.0.boot()
    }

    fn read(&self) -> Reading {
        let reading = self.0.read();
        Reading { synced: Some(reading.at), ..reading }
    }
}

fn micros(time: Timespec) -> i64 {
    time.tv_sec.saturating_mul(SECOND).saturating_add(time.tv_nsec / 1_000)
}

/// When a file was last touched, where there is one.
fn touched(file: &Path) -> Option<At> {
    let time: SystemTime = std::fs::metadata(file).ok()?.modified().ok()?;
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_micros()).ok().map(At)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600 * SECOND;

    #[test]
    fn a_clock_is_believed_only_as_far_as_something_speaks_for_it() {
        let noon: At = "2027-03-01T12:00:00Z".parse().unwrap();
        let case = |at: At, synced: Option<i64>, up_hours: i64, last: Option<i64>| {
            let mono = u64::try_from(up_hours * HOUR).unwrap();
            trust(&Reading { at, mono, synced: synced.map(|s| noon.plus(s)) }, last.map(|l| noon.plus(l)))
        };
        // Never synchronised in this boot, though it may be right.
        assert_eq!(case(noon, None, 5, None), Clock::Doubt);
        assert_eq!(case(noon, Some(-HOUR / 2), 5, None), Clock::Synced);
        assert_eq!(case(noon, Some(-3 * HOUR), 5, Some(-HOUR)), Clock::Synced);
        assert_eq!(case(noon, Some(-3 * HOUR - 1), 5, Some(-HOUR)), Clock::Held);
        // Earlier than the last event, beyond what two writers differ.
        assert_eq!(case(noon, Some(-HOUR), 5, Some(SLACK)), Clock::Synced);
        assert_eq!(case(noon, Some(-HOUR), 5, Some(SLACK + 1)), Clock::Doubt);
        // Set back an hour after the mark was made; set forward ten years.
        assert_eq!(case(noon.plus(-HOUR), Some(0), 5, None), Clock::Doubt);
        assert_eq!(case(noon.plus(87_600 * HOUR), Some(-HOUR), 5, None), Clock::Doubt);
        // Earlier than the program itself.
        assert_eq!(trust(&Reading { at: At(0), mono: 9, synced: Some(At(0)) }, None), Clock::Doubt);
    }

    #[test]
    fn the_release_is_the_day_that_the_comment_says() {
        assert_eq!(RELEASED.to_string(), "2026-11-01T00:00:00.000000Z");
    }

    #[test]
    fn the_boot_clock_of_the_machine_only_goes_forward() {
        let clock = StationClock::of_machine().unwrap();
        let first = clock.ambient(None, Given::default(), None);
        let second = clock.ambient(None, Given::default(), Some(first.at));
        assert!(first.mono > 0 && second.mono >= first.mono);
        assert_eq!(first.boot, second.boot);
    }
}

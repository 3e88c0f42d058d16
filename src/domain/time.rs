//! Moments, and how far the clock that named them can be trusted.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::id::Boot;

/// A moment: microseconds since 1970-01-01 UTC. Written as RFC 3339 with six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At(pub i64);

/// Microseconds in a second.
pub const SECOND: i64 = 1_000_000;

impl At {
    /// The moment so many microseconds later.
    #[must_use]
    pub fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(moment) => write!(f, "{moment:.6}"),
            Err(_beyond_the_calendar) => write!(f, "{}us", self.0),
        }
    }
}

/// The text is no moment such as `2026-11-23T14:07:00.000000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time such as 2026-11-23T14:07:00Z")]
pub struct BadTime;

impl FromStr for At {
    type Err = BadTime;
    fn from_str(text: &str) -> Result<Self, BadTime> {
        text.parse::<jiff::Timestamp>().map(|t| Self(t.as_microsecond())).map_err(|_bad| BadTime)
    }
}

impl Serialize for At {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A calendar day, `2027-03-31`, read in UTC; it ends with its last microsecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(jiff::civil::Date);

impl Day {
    /// The day of a calendar, where there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The last day of a month.
    pub fn last_of(year: i16, month: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, 1).ok().map(|first| Self(first.last_of_month()))
    }

    /// The day that a moment lies in.
    pub fn of(at: At) -> Option<Self> {
        jiff::Timestamp::from_microsecond(at.0).ok().map(|t| Self(jiff::tz::Offset::UTC.to_datetime(t).date()))
    }

    /// Its year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Whether a moment lies after the end of this day.
    pub fn is_over(self, now: At) -> bool {
        jiff::Timestamp::from_microsecond(now.0).is_ok_and(|t| jiff::tz::Offset::UTC.to_datetime(t).date() > self.0)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = BadDay;
    fn from_str(text: &str) -> Result<Self, BadDay> {
        text.parse().map(Self).map_err(|_bad| BadDay)
    }
}

/// The text is no day such as `2027-03-31`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day such as 2027-03-31")]
pub struct BadDay;

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How far a moment can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// The clock is disciplined by a time source.
    Synced,
    /// It was disciplined earlier in this boot.
    Held,
    /// Earlier than the ledger's last event or than the program, or never synchronised in this boot.
    Doubt,
}

/// A moment by both clocks: the wall clock, and the boot clock that nobody sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// By the wall clock.
    pub at: At,
    /// How far that can be trusted.
    pub clock: Clock,
    /// Which boot of the machine.
    pub boot: Boot,
    /// Microseconds since that boot.
    pub mono: u64,
}

/// How much time has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// Microseconds that have passed for certain.
    pub least: i64,
    /// Microseconds, as far as is known.
    pub best: i64,
    /// Whether that is certain.
    pub certain: bool,
}

/// What two clocks of one machine may differ while processes take turns, or a time service corrects in passing.
pub(super) const SLACK: i64 = 5 * SECOND;

/// The boot of what is on paper: a clock of its own, which begins with 1970.
const PAPER_BOOT: &str = "00000000";

impl Moment {
    /// The moment that a paper states. The minutes between two papers are those between the times that they state.
    pub fn of_paper(time: At) -> Option<Self> {
        let mono = u64::try_from(time.0).unwrap_or(0);
        Some(Self { at: time, clock: Clock::Synced, boot: Boot::parse(PAPER_BOOT).ok()?, mono })
    }

    /// Whether a paper states it.
    pub fn is_of_paper(&self) -> bool {
        self.boot.as_str() == PAPER_BOOT
    }

    /// How much time has passed from this moment until another, later one.
    ///
    /// Within one boot the boot clock says so, whatever the wall clock was set to. Over a restart it takes a wall clock
    /// that can be trusted at both ends, and that no later moment of the record denies. Where it cannot, only what has
    /// passed since the restart is certain, and what lies between two moments that could be trusted.
    ///
    /// What a paper states is of no boot: the machine may have run all the while. No time has passed until a paper of
    /// before.
    pub fn until(&self, later: &Self, newest: Option<At>) -> Elapsed {
        let micros = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        if self.boot == later.boot {
            let passed = micros(later.mono.saturating_sub(self.mono));
            return Elapsed { least: passed, best: passed, certain: true };
        }
        let since = |at: At| at.0.saturating_sub(self.at.0);
        let (by_wall, trusted) = (since(later.at), self.clock != Clock::Doubt);
        let denied = newest.is_some_and(|newest| newest.0.saturating_sub(later.at.0) > SLACK);
        if trusted && later.clock != Clock::Doubt && (by_wall >= 0 || later.is_of_paper()) && !denied {
            let passed = by_wall.max(0);
            return Elapsed { least: passed, best: passed, certain: true };
        }
        let on_record = newest.filter(|_| trusted).map_or(0, since);
        let since_restart = if self.is_of_paper() || later.is_of_paper() { 0 } else { micros(later.mono) };
        let least = since_restart.max(on_record);
        Elapsed { least, best: by_wall.max(newest.map_or(0, since)).max(least), certain: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(at: &str, clock: Clock, boot: &str, minutes: u64) -> Moment {
        let micros = minutes * 60 * 1_000_000;
        Moment { at: at.parse().unwrap(), clock, boot: Boot::parse(boot).unwrap(), mono: micros }
    }

    fn minutes(elapsed: Elapsed) -> (i64, i64, bool) {
        (elapsed.least / (60 * SECOND), elapsed.best / (60 * SECOND), elapsed.certain)
    }

    const BEFORE: &str = "2026-11-23T10:00:00Z";
    const AFTER: &str = "2026-11-23T11:00:00Z";

    #[test]
    fn within_a_boot_nobody_sets_the_time() {
        let from = moment(BEFORE, Clock::Synced, "0000000a", 5);
        for (at, clock) in [(AFTER, Clock::Synced), ("2020-01-01T00:00:00Z", Clock::Doubt), (BEFORE, Clock::Held)] {
            assert_eq!(minutes(from.until(&moment(at, clock, "0000000a", 35), None)), (30, 30, true));
        }
    }

    #[test]
    fn over_a_restart_it_takes_clocks_that_can_be_trusted() {
        let from = moment(BEFORE, Clock::Synced, "0000000a", 5);
        let later = |at, clock| moment(at, clock, "0000000b", 2);
        let until = |at, clock, newest: Option<&str>| {
            minutes(from.until(&later(at, clock), newest.map(|n| n.parse().unwrap())))
        };
        assert_eq!(until(AFTER, Clock::Held, None), (60, 60, true));
        assert_eq!(until(AFTER, Clock::Doubt, None), (2, 60, false), "it may be any time");
        assert_eq!(until(BEFORE, Clock::Doubt, Some(AFTER)), (60, 60, false), "set back, and the record knows better");
        assert_eq!(until("2026-11-23T09:00:00Z", Clock::Synced, None), (2, 2, false), "before it began");
        assert_eq!(until(AFTER, Clock::Synced, Some("2026-11-23T12:00:00Z")), (120, 120, false), "the record is later");
        assert_eq!(
            until(AFTER, Clock::Synced, Some("2026-11-23T11:00:03Z")),
            (60, 60, true),
            "by a whim of two clocks"
        );
        let doubted = moment(BEFORE, Clock::Doubt, "0000000a", 5);
        assert_eq!(minutes(doubted.until(&later(AFTER, Clock::Synced), Some(AFTER.parse().unwrap()))), (2, 60, false));
    }

    #[test]
    fn a_paper_is_of_no_boot() {
        let paper = |at: &str| Moment::of_paper(at.parse().unwrap()).unwrap();
        let live = |at: &str, clock| moment(at, clock, "0000000a", 600);
        assert_eq!(minutes(paper(BEFORE).until(&paper(AFTER), None)), (60, 60, true));
        assert_eq!(minutes(paper(BEFORE).until(&live(AFTER, Clock::Synced), None)), (60, 60, true));
        assert_eq!(minutes(live(BEFORE, Clock::Synced).until(&paper(AFTER), None)), (60, 60, true));
        assert_eq!(minutes(live(AFTER, Clock::Synced).until(&paper(BEFORE), None)), (0, 0, true), "it was not yet");
        assert_eq!(minutes(live(BEFORE, Clock::Doubt).until(&paper(AFTER), None)), (0, 60, false));
        assert_eq!(minutes(paper(BEFORE).until(&live(AFTER, Clock::Doubt), None)), (0, 60, false));
        assert_eq!(minutes(paper(AFTER).until(&live(BEFORE, Clock::Doubt), None)), (0, 0, false), "it was set back");
        assert_eq!(
            minutes(paper(BEFORE).until(&live(BEFORE, Clock::Doubt), Some(AFTER.parse().unwrap()))),
            (60, 60, false),
            "the record knows better"
        );
    }

    #[test]
    fn moments_are_written_with_microseconds() {
        let at: At = "2026-11-23T14:07:00.5Z".parse().unwrap();
        assert_eq!(at.to_string(), "2026-11-23T14:07:00.500000Z");
        let day: Day = "2026-11-23".parse().unwrap();
        assert!(!day.is_over("2026-11-23T23:59:59.999999Z".parse().unwrap()));
        assert!(day.is_over("2026-11-24T00:00:00Z".parse().unwrap()));
    }
}

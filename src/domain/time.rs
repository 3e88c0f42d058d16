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
    /// Microseconds, as far as is known; never less than what is certain.
    pub micros: i64,
    /// Whether that is certain.
    pub certain: bool,
}

impl Moment {
    /// How much time has passed from this moment until another, later one.
    ///
    /// Within one boot the boot clock says so, whatever the wall clock was set to. Over a restart it takes a wall clock
    /// that can be trusted at both ends; where it cannot, the time is at least what has passed since the restart, and
    /// since the newest moment of the record that could be trusted.
    pub fn until(&self, later: &Self, newest: Option<At>) -> Elapsed {
        let micros = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        if self.boot == later.boot {
            return Elapsed { micros: micros(later.mono.saturating_sub(self.mono)), certain: true };
        }
        let now = newest.map_or(later.at, |newest| newest.max(later.at));
        let by_wall = now.0.saturating_sub(self.at.0);
        let certain = self.clock != Clock::Doubt && later.clock != Clock::Doubt && by_wall >= 0 && now == later.at;
        if certain {
            return Elapsed { micros: by_wall, certain };
        }
        Elapsed { micros: by_wall.max(micros(later.mono)), certain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_with_microseconds() {
        let at: At = "2026-11-23T14:07:00.5Z".parse().unwrap();
        assert_eq!(at.to_string(), "2026-11-23T14:07:00.500000Z");
        let day: Day = "2026-11-23".parse().unwrap();
        assert!(!day.is_over("2026-11-23T23:59:59.999999Z".parse().unwrap()));
        assert!(day.is_over("2026-11-24T00:00:00Z".parse().unwrap()));
    }
}

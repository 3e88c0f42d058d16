//! Arguments of `traveller report`, as they are typed. Doc comments are what `--help` says.

use std::str::FromStr;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::domain::id::{ShiftName, StationId};
use crate::domain::time::At;

/// `traveller report`.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// What was made, refused and held in a shift, with the head of the record, to print and keep
    Shift(ShiftArgs),
}

/// `traveller report shift`.
#[derive(Debug, Args)]
pub struct ShiftArgs {
    /// Only what happened at this station
    #[arg(long)]
    pub station: Option<StationId>,
    /// The last one of that name in traveller.toml; left out with both times: the shift that runs, or ran last
    #[arg(long, value_name = "NAME", conflicts_with_all = ["from", "to"])]
    pub shift: Option<ShiftName>,
    /// When it began, such as 06:00, 2026-11-23T06:00 or 2026-11-23T05:00:00Z; 8 hours before its end where left out
    #[arg(long, value_name = "TIME")]
    pub from: Option<When>,
    /// When it ended, written likewise; with the last event on record where it is left out
    #[arg(long, value_name = "TIME")]
    pub to: Option<When>,
    /// As a page for a browser to print on A4; else as text of 80 columns
    #[arg(long, conflicts_with = "json")]
    pub html: bool,
}

/// A moment as people of the shift name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Anywhere.
    Moment(At),
    /// By the clock on the wall.
    Wall(DateTime),
    /// By the clock on the wall, on the day that fits.
    Hour(Time),
}

/// The text is no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a time such as 06:00, 2026-11-23T06:00 or 2026-11-23T05:00:00Z")]
pub struct BadWhen;

impl FromStr for When {
    type Err = BadWhen;
    fn from_str(text: &str) -> Result<Self, BadWhen> {
        if let Ok(at) = text.parse() {
            return Ok(Self::Moment(at));
        }
        // A day alone would be its first moment as a beginning, and its last as an end: neither is a shift.
        let wall = if text.contains('T') { text.parse().map(Self::Wall) } else { text.parse().map(Self::Hour) };
        wall.map_err(|_neither| BadWhen)
    }
}

impl When {
    /// The last such moment that is not after another one: when a shift began.
    pub(super) fn until(self, now: At, zone: &TimeZone) -> Option<At> {
        let found = |hour: Time| {
            let day = day(now, zone)?;
            let today = moment(day.to_datetime(hour), zone)?;
            if today <= now { Some(today) } else { moment(day.yesterday().ok()?.to_datetime(hour), zone) }
        };
        self.or_else(found, zone)
    }

    /// The first such moment that is after another one: when a shift that began then ends.
    pub(super) fn after(self, begun: At, zone: &TimeZone) -> Option<At> {
        let found = |hour: Time| {
            let day = day(begun, zone)?;
            let today = moment(day.to_datetime(hour), zone)?;
            if today > begun { Some(today) } else { moment(day.tomorrow().ok()?.to_datetime(hour), zone) }
        };
        self.or_else(found, zone)
    }

    fn or_else(self, of_hour: impl FnOnce(Time) -> Option<At>, zone: &TimeZone) -> Option<At> {
        match self {
            Self::Moment(at) => Some(at),
            Self::Wall(wall) => moment(wall, zone),
            Self::Hour(hour) => of_hour(hour),
        }
    }
}

fn day(at: At, zone: &TimeZone) -> Option<Date> {
    Timestamp::from_microsecond(at.0).ok().map(|moment| zone.to_datetime(moment).date())
}

fn moment(wall: DateTime, zone: &TimeZone) -> Option<At> {
    zone.to_timestamp(wall).ok().map(|moment| At(moment.as_microsecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> At {
        text.parse().unwrap()
    }

    #[test]
    fn an_hour_is_of_the_day_that_fits() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        let when = |text: &str| text.parse::<When>().unwrap();
        let begun = |text: &str, now: &str| when(text).until(at(now), &zone).unwrap();
        let ended = |text: &str, begun: &str| when(text).after(at(begun), &zone).unwrap();
        assert_eq!(begun("06:00", "2026-11-23T13:00:00Z"), at("2026-11-23T05:00:00Z"));
        assert_eq!(begun("22:00", "2026-11-23T04:00:00Z"), at("2026-11-22T21:00:00Z"), "over midnight");
        assert_eq!(begun("06:00", "2026-11-23T05:00:00Z"), at("2026-11-23T05:00:00Z"), "at that very moment");
        assert_eq!(ended("14:00", "2026-11-23T05:00:00Z"), at("2026-11-23T13:00:00Z"));
        assert_eq!(ended("06:00", "2026-11-23T21:00:00Z"), at("2026-11-24T05:00:00Z"), "over midnight");
        assert_eq!(ended("06:00", "2026-11-23T05:00:00Z"), at("2026-11-24T05:00:00Z"), "no shift of no time");
        assert_eq!(ended("06:00", "2026-10-24T20:00:00Z"), at("2026-10-25T05:00:00Z"), "a night of nine hours");
        assert_eq!(begun("2026-07-01T06:00", "2026-11-23T05:00:00Z"), at("2026-07-01T04:00:00Z"));
        assert_eq!(begun("2026-11-23T05:00:00Z", "2030-01-01T00:00:00Z"), at("2026-11-23T05:00:00Z"));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for bad in ["", "yesterday", "25:00", "2026-11-23", "2026-11-23T25:00", "6"] {
            assert_eq!(bad.parse::<When>(), Err(BadWhen), "{bad}");
        }
    }
}

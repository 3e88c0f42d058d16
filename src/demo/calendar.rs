//! The plant's week: two shifts from Monday to Friday, with breaks, up to now.
//!
//! The play counts working time only: microseconds of shifts since the week began. A moment of it becomes a moment of
//! the calendar here, so nothing ever happens in a break, at night, on a weekend, or after now.

use jiff::civil::{Date, Time, Weekday, time};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};

use crate::app::shifts::calendar::{Calendar, Hours, Shift};
use crate::domain::id::ShiftName;
use crate::domain::shift::InShift;
use crate::domain::time::{At, SECOND};

/// Working days of the week that is played.
const DAYS: usize = 5;

/// Working time of a day, with the shift it belongs to; between two lies a break.
const HOURS: [(Time, Time, u32); 6] = [
    (time(6, 0, 0, 0), time(9, 0, 0, 0), 0),
    (time(9, 15, 0, 0), time(12, 0, 0, 0), 0),
    (time(12, 30, 0, 0), time(14, 0, 0, 0), 0),
    (time(14, 0, 0, 0), time(17, 0, 0, 0), 1),
    (time(17, 15, 0, 0), time(20, 0, 0, 0), 1),
    (time(20, 30, 0, 0), time(22, 0, 0, 0), 1),
];

/// The shifts, which are what the hours above leave of them.
fn shifts() -> Vec<Shift> {
    let days: Vec<Weekday> = Weekday::cycle_forward(Weekday::Monday).take(DAYS).collect();
    let named = |(number, name): (u32, &str)| {
        let mut parts = HOURS.iter().filter(|(.., shift)| *shift == number).map(|(from, to, _)| (*from, *to));
        let (from, mut to) = parts.next()?;
        let mut breaks = Vec::new();
        for (again, until) in parts {
            breaks.push(Hours { from: to, to: again });
            to = until;
        }
        Some(Shift { name: ShiftName::parse(name).ok()?, hours: Hours { from, to }, days: days.clone(), breaks })
    };
    [(0, "early"), (1, "late")].into_iter().filter_map(named).collect()
}

/// A stretch of working time without a break.
#[derive(Debug, Clone)]
struct Stretch {
    from: At,
    micros: i64,
    /// Working time before it.
    before: i64,
    shift: u32,
    /// The working time at which the plant closes that day; none where the week ends before.
    closing: Option<i64>,
}

/// The week that ends now.
#[derive(Debug, Clone)]
pub(super) struct Week {
    stretches: Vec<Stretch>,
    total: i64,
    /// Up to when nothing happens.
    now: At,
    /// Its shifts, as the plant would write them.
    calendar: Calendar,
}

impl Week {
    /// The last five working days up to now, today included where its first shift has begun.
    pub(super) fn until(now: At, zone: &TimeZone) -> Self {
        let calendar = Calendar::new(zone.clone(), shifts());
        let mut week = Self { stretches: Vec::new(), total: 0, now, calendar };
        for (number, day) in (0..).zip(working_days(now, zone)) {
            week.add_day(number, day, zone);
        }
        week
    }

    /// The shift of a moment.
    pub(super) fn in_shift(&self, at: At) -> Option<InShift> {
        self.calendar.stand(at)
    }

    fn add_day(&mut self, number: u32, day: Date, zone: &TimeZone) {
        let first = self.stretches.len();
        let mut whole = true;
        for (from, to, shift) in HOURS {
            let at = |time| zone.to_timestamp(day.to_datetime(time)).map_or(self.now, |t| At(t.as_microsecond()));
            let (from, to) = (at(from), at(to));
            whole = to <= self.now;
            let micros = to.min(self.now).0.saturating_sub(from.0);
            if micros > 0 {
                let shift = number * 2 + shift;
                self.stretches.push(Stretch { from, micros, before: self.total, shift, closing: None });
                self.total += micros;
            }
        }
        if whole {
            let closing = Some(self.total);
            self.stretches.iter_mut().skip(first).for_each(|s| s.closing = closing);
        }
    }

    /// All working time of the week, in microseconds.
    pub(super) fn total(&self) -> i64 {
        self.total
    }

    /// When the first shift begins.
    pub(super) fn begin(&self) -> At {
        self.stretches.first().map_or(self.now, |s| s.from)
    }

    fn stretch(&self, work: i64) -> Option<&Stretch> {
        let after = self.stretches.partition_point(|s| s.before <= work);
        self.stretches.get(after.saturating_sub(1))
    }

    /// The moment of the calendar; never after now.
    pub(super) fn at(&self, work: i64) -> At {
        self.stretch(work).map_or(self.now, |s| s.from.plus((work - s.before).clamp(0, s.micros)))
    }

    /// The number of the shift, from 0; even ones are early, odd ones late.
    pub(super) fn shift(&self, work: i64) -> u32 {
        self.stretch(work).map_or(0, |s| s.shift)
    }

    /// The working time at which the plant closes on that day; none where the week ends before.
    pub(super) fn closing(&self, work: i64) -> Option<i64> {
        self.stretch(work)?.closing
    }
}

/// The last five days on which the plant had worked by now, the first one first.
fn working_days(now: At, zone: &TimeZone) -> Vec<Date> {
    let local = |at: At| Timestamp::from_microsecond(at.0).map(|t| zone.to_datetime(t));
    let Ok(here) = local(now) else { return Vec::new() };
    let opens = HOURS[0].0;
    let mut day = here.date();
    if here.time() <= opens {
        day = day.saturating_sub(1.day());
    }
    let mut days = Vec::new();
    while days.len() < DAYS && day > Date::MIN {
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            days.push(day);
        }
        day = day.saturating_sub(1.day());
    }
    days.reverse();
    days
}

/// Microseconds in an hour.
#[cfg(test)]
const HOUR: i64 = 3_600 * SECOND;

/// Microseconds in a minute.
pub(super) const MINUTE: i64 = 60 * SECOND;

#[cfg(test)]
mod tests {
    use super::*;

    fn week(now: &str) -> Week {
        Week::until(now.parse().unwrap(), &TimeZone::UTC)
    }

    #[test]
    fn a_week_is_five_working_days_up_to_now() {
        // A Wednesday, in the late shift.
        let w = week("2026-11-25T15:00:00Z");
        assert_eq!(w.begin().to_string(), "2026-11-19T06:00:00.000000Z", "the Thursday before");
        // A day is two shifts of eight hours, three quarters of an hour each for breaks.
        assert_eq!(w.total(), 4 * (14 * HOUR + HOUR / 2) + 8 * HOUR + HOUR / 4);
        assert_eq!(w.at(w.total()).to_string(), "2026-11-25T15:00:00.000000Z");
        assert_eq!(w.at(i64::MAX).to_string(), "2026-11-25T15:00:00.000000Z");
        assert_eq!(w.at(3 * HOUR).to_string(), "2026-11-19T09:15:00.000000Z", "after the break");
        assert_eq!((w.shift(0), w.shift(w.total())), (0, 9));
        let day = 14 * HOUR + HOUR / 2;
        assert_eq!(w.closing(0), Some(day));
        assert_eq!(w.closing(w.total() - 1), None, "it is still open");
        assert_eq!(w.at(2 * day).to_string(), "2026-11-23T06:00:00.000000Z", "the weekend is left out");
    }

    #[test]
    fn before_the_first_shift_the_week_ended_yesterday() {
        for (now, begin) in [
            ("2026-11-25T06:00:00Z", "2026-11-18T06:00:00.000000Z"),
            ("2026-11-22T12:00:00Z", "2026-11-16T06:00:00.000000Z"),
            ("2026-11-23T03:00:00Z", "2026-11-16T06:00:00.000000Z"),
        ] {
            let w = week(now);
            assert_eq!(w.begin().to_string(), begin, "{now}");
            assert!(w.at(w.total()) <= now.parse().unwrap());
            assert_eq!(w.closing(w.total()), Some(w.total()), "{now}");
        }
    }

    #[test]
    fn no_moment_lies_in_a_break_or_goes_back() {
        let w = week("2026-11-25T09:10:00Z");
        let mut last = w.begin();
        for work in (0..=w.total()).step_by(usize::try_from(7 * MINUTE).unwrap()) {
            let at = w.at(work);
            assert!(at >= last);
            last = at;
            let hour = at.to_string()[11..16].to_owned();
            assert!(("06:00".."22:01").contains(&hour.as_str()), "{at}");
            assert!(!("20:01".."20:30").contains(&hour.as_str()), "{at}");
        }
    }
}

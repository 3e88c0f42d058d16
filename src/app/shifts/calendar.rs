//! The calendar of shifts: hours by the clock on the wall of the plant, laid over time.
//!
//! A shift belongs to the day on which it begins. One that ends at an earlier hour than it begins ends on the next day.
//! Where the clock is put forward, an hour that does not exist is the one after it; where it is put back, one that
//! exists twice is the first. So a night may have seven hours or nine, and no moment falls between two shifts that
//! meet.

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use crate::domain::id::ShiftName;
use crate::domain::shift::{InShift, OFF};
use crate::domain::time::{At, SECOND};

/// Days that are searched for the shift before or after a moment. Every shift comes once a week or more often.
const DAYS_SEARCHED: usize = 9;

/// How long a shift is where nobody says.
pub const SHIFT: i64 = 8 * 3_600 * SECOND;

/// Hours by the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// From.
    pub from: Time,
    /// To; where that is not later, on the next day.
    pub to: Time,
}

/// A shift as the plant names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Its name.
    pub name: ShiftName,
    /// From when to when.
    pub hours: Hours,
    /// The days on which it begins.
    pub days: Vec<Weekday>,
    /// Its breaks, in order.
    pub breaks: Vec<Hours>,
}

/// The shifts of a plant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The time of the place.
    zone: TimeZone,
    /// The shifts; no two of them run at once.
    shifts: Vec<Shift>,
}

/// A shift on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Its name.
    pub name: ShiftName,
    /// When it begins.
    pub begin: At,
    /// When it ends; that moment is of the next.
    pub end: At,
    /// Its breaks, each with its end.
    pub breaks: Vec<(At, At)>,
}

impl Calendar {
    /// These shifts, by that time.
    pub fn new(zone: TimeZone, shifts: Vec<Shift>) -> Self {
        Self { zone, shifts }
    }

    /// The time of the place.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The shifts.
    pub fn shifts(&self) -> &[Shift] {
        &self.shifts
    }

    /// The shift that runs at a moment; none between two.
    pub fn at(&self, moment: At) -> Option<Turn> {
        self.near(moment, -1, 2).find(|turn| turn.runs_at(moment))
    }

    /// The shift that ended last, at that moment or before.
    pub fn before(&self, moment: At) -> Option<Turn> {
        self.near(moment, 1 - days(), days() + 1).filter(|turn| turn.end <= moment).max_by_key(|turn| turn.end)
    }

    /// The shift that begins next after a moment.
    pub fn after(&self, moment: At) -> Option<Turn> {
        self.near(moment, -1, days() + 1).filter(|turn| turn.begin > moment).min_by_key(|turn| turn.begin)
    }

    /// The shift of that name that began last, at that moment or before.
    pub fn last_of(&self, name: &ShiftName, moment: At) -> Option<Turn> {
        let of_name = self.near(moment, 1 - days(), days() + 1).filter(|turn| turn.name == *name);
        of_name.filter(|turn| turn.begin <= moment).max_by_key(|turn| turn.begin)
    }

    /// What an action at a moment is told of its shift: the one that runs, or the pause since the last one ended. None
    /// where the plant has no shifts.
    pub fn stand(&self, moment: At) -> Option<InShift> {
        if let Some(Turn { name, begin, .. }) = self.at(moment) {
            return Some(InShift { name, begin });
        }
        let name = ShiftName::parse(OFF).ok()?;
        self.before(moment).map(|last| InShift { name, begin: last.end })
    }

    /// The shifts that begin on the days around a moment.
    fn near(&self, moment: At, from: i64, days: i64) -> impl Iterator<Item = Turn> + '_ {
        let today = Timestamp::from_microsecond(moment.0).ok().map(|m| self.zone.to_datetime(m).date());
        let all = (from..from.saturating_add(days)).filter_map(move |day| day_after(today?, day));
        all.flat_map(move |date| self.shifts.iter().filter_map(move |shift| self.turn(shift, date)))
    }

    fn turn(&self, shift: &Shift, date: Date) -> Option<Turn> {
        if !shift.days.contains(&date.weekday()) {
            return None;
        }
        let (begin, end) = self.span(shift.hours, date)?;
        let pause = |hours: &Hours| {
            // A break after midnight is of the day on which the shift ends.
            let day = if hours.from < shift.hours.from { date.tomorrow().ok()? } else { date };
            self.span(*hours, day)
        };
        let breaks = shift.breaks.iter().filter_map(pause).collect();
        Some(Turn { name: shift.name.clone(), begin, end, breaks })
    }

    fn span(&self, hours: Hours, date: Date) -> Option<(At, At)> {
        let until = if hours.to <= hours.from { date.tomorrow().ok()? } else { date };
        Some((self.moment(date, hours.from)?, self.moment(until, hours.to)?))
    }

    fn moment(&self, date: Date, hour: Time) -> Option<At> {
        self.zone.to_timestamp(date.to_datetime(hour)).ok().map(|moment| At(moment.as_microsecond()))
    }
}

impl Default for Calendar {
    fn default() -> Self {
        Self::new(TimeZone::system(), Vec::new())
    }
}

fn days() -> i64 {
    i64::try_from(DAYS_SEARCHED).unwrap_or(i64::MAX)
}

fn day_after(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

impl Turn {
    /// Whether it runs at a moment.
    pub fn runs_at(&self, moment: At) -> bool {
        self.begin <= moment && moment < self.end
    }

    /// Whether a moment lies in one of its breaks.
    pub fn is_break(&self, moment: At) -> bool {
        self.breaks.iter().any(|(from, to)| *from <= moment && moment < *to)
    }

    /// Microseconds of work between its beginning and a moment, breaks left out.
    pub fn worked(&self, until: At) -> i64 {
        let until = until.clamp(self.begin, self.end);
        let within = |from: At, to: At| to.min(until).0.saturating_sub(from.min(until).0);
        let paused: i64 = self.breaks.iter().map(|(from, to)| within(*from, *to)).sum();
        within(self.begin, self.end).saturating_sub(paused).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BERLIN: &str = "CET-1CEST,M3.5.0,M10.5.0/3";
    const HOUR: i64 = 3_600 * SECOND;

    fn hours(text: &str) -> Hours {
        let (from, to) = text.split_once('-').unwrap();
        Hours { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    fn shift(name: &str, from_to: &str, days: &[Weekday], breaks: &[&str]) -> Shift {
        Shift {
            name: ShiftName::parse(name).unwrap(),
            hours: hours(from_to),
            days: days.to_vec(),
            breaks: breaks.iter().map(|b| hours(b)).collect(),
        }
    }

    fn three() -> Calendar {
        use Weekday::{Friday, Monday, Sunday, Thursday, Tuesday, Wednesday};
        let week = [Monday, Tuesday, Wednesday, Thursday, Friday];
        let nights = [Sunday, Monday, Tuesday, Wednesday, Thursday];
        Calendar::new(
            TimeZone::posix(BERLIN).unwrap(),
            vec![
                shift("early", "06:00-14:00", &week, &["09:00-09:15", "12:00-12:30"]),
                shift("late", "14:00-22:00", &week, &[]),
                shift("night", "22:00-06:00", &nights, &["01:00-01:30"]),
            ],
        )
    }

    fn at(text: &str) -> At {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_is_in_one_shift_and_the_end_is_of_the_next() {
        let calendar = three();
        let name = |moment: &str| calendar.stand(at(moment)).map(|s| (s.name.to_string(), s.begin));
        let cases = [
            ("2026-11-23T05:00:00Z", "early", "2026-11-23T05:00:00Z"),
            ("2026-11-23T12:59:59.999999Z", "early", "2026-11-23T05:00:00Z"),
            ("2026-11-23T13:00:00Z", "late", "2026-11-23T13:00:00Z"),
            ("2026-11-23T23:30:00Z", "night", "2026-11-23T21:00:00Z"),
            ("2026-11-24T04:59:59Z", "night", "2026-11-23T21:00:00Z"),
            ("2026-11-27T21:00:00Z", "off", "2026-11-27T21:00:00Z"),
            ("2026-11-29T20:59:59Z", "off", "2026-11-27T21:00:00Z"),
            ("2026-11-29T21:00:00Z", "night", "2026-11-29T21:00:00Z"),
        ];
        for (moment, shift, begin) in cases {
            assert_eq!(name(moment), Some((shift.to_owned(), at(begin))), "{moment}");
        }
        assert_eq!(Calendar::default().stand(at("2026-11-23T05:00:00Z")), None);
    }

    #[test]
    fn a_night_in_which_the_clock_is_put_has_an_hour_less_or_more() {
        let calendar = three();
        let length = |moment: &str| {
            let turn = calendar.at(at(moment)).unwrap();
            (turn.end.0 - turn.begin.0) / HOUR
        };
        assert_eq!(length("2026-10-25T21:30:00Z"), 8, "the night after");
        let every = Weekday::cycle_forward(Weekday::Monday).take(7).collect::<Vec<_>>();
        let daily = Calendar::new(TimeZone::posix(BERLIN).unwrap(), vec![shift("n", "22:00-06:00", &every, &[])]);
        let length = |moment: &str| {
            let turn = daily.at(at(moment)).unwrap();
            (turn.end.0 - turn.begin.0) / HOUR
        };
        assert_eq!(length("2026-10-25T00:30:00Z"), 9, "02:30 comes twice");
        assert_eq!(length("2026-03-29T00:30:00Z"), 7, "02:30 does not come");
        // Both passes of the hour that comes twice are of the same shift.
        for moment in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
            assert_eq!(daily.at(at(moment)).unwrap().begin, at("2026-10-24T20:00:00Z"));
        }
        let odd = Calendar::new(
            TimeZone::posix(BERLIN).unwrap(),
            vec![shift("a", "22:00-02:30", &every, &[]), shift("b", "02:30-06:00", &every, &[])],
        );
        for n in 0..96 {
            let moment = at("2026-03-28T12:00:00Z").plus(n * HOUR / 4);
            let runs = odd.at(moment);
            let hour = odd.zone().to_datetime(Timestamp::from_microsecond(moment.0).unwrap()).hour();
            assert_eq!(runs.is_some(), !(6..22).contains(&hour), "{moment}");
        }
    }

    #[test]
    fn breaks_are_no_work_also_after_midnight() {
        let calendar = three();
        let early = calendar.at(at("2026-11-23T06:00:00Z")).unwrap();
        assert_eq!(early.worked(early.end), 8 * HOUR - 45 * 60 * SECOND);
        assert_eq!(early.worked(at("2026-11-23T08:10:00Z")), 3 * HOUR, "in the break");
        assert!(early.is_break(at("2026-11-23T08:10:00Z")) && !early.is_break(at("2026-11-23T08:15:00Z")));
        assert_eq!((early.worked(at("2020-01-01T00:00:00Z")), early.worked(early.begin)), (0, 0));
        let night = calendar.at(at("2026-11-23T23:30:00Z")).unwrap();
        assert_eq!(night.breaks, [(at("2026-11-24T00:00:00Z"), at("2026-11-24T00:30:00Z"))]);
    }

    #[test]
    fn the_shifts_before_and_after_are_found_over_the_weekend() {
        let calendar = three();
        let saturday = at("2026-11-28T12:00:00Z");
        assert_eq!(calendar.before(saturday).unwrap().name.as_str(), "late");
        assert_eq!(calendar.after(saturday).unwrap().begin, at("2026-11-29T21:00:00Z"));
        assert_eq!(calendar.before(at("2026-11-23T13:00:00Z")).unwrap().name.as_str(), "early", "it just ended");
        let name = ShiftName::parse("early").unwrap();
        assert_eq!(calendar.last_of(&name, saturday).unwrap().begin, at("2026-11-27T05:00:00Z"));
        assert_eq!(calendar.last_of(&name, at("2026-11-27T05:00:00Z")).unwrap().begin, at("2026-11-27T05:00:00Z"));
    }
}

//! `[[shift]]`, `[[plan]]` and `[downtime]` of `traveller.toml`: when people work, what is planned, and why a station
//! may be down.

use std::collections::BTreeMap;

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use super::config::BadConfig;
use super::config_file::Text;
use crate::app::shifts::calendar::{Calendar, Hours, Shift};
use crate::app::shifts::plan::{Plan, Rate};
use crate::domain::id::StationId;
use crate::domain::shift::OFF;
use crate::domain::text::is_safe;

/// Shifts that a plant may have.
const SHIFTS_MOST: usize = 20;
/// Breaks that a shift may have.
const BREAKS_MOST: usize = 12;
/// Plans that a plant may have.
const PLANS_MOST: usize = 200;
/// Reasons of downtime that a plant may have: more than this nobody chooses from.
const REASONS_MOST: usize = 40;
/// Characters that a reason may have.
const REASON_CHARS_MOST: usize = 60;
/// Units that may be planned for an hour or a shift, and seconds of a takt.
const UNITS_MOST: u32 = 100_000;
/// Minutes in a day, and in a week.
const DAY: i32 = 24 * 60;
const WEEK: i32 = 7 * DAY;

/// The days as they are written.
const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

/// When people work, what is planned, and why a station may be down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// The shifts.
    pub calendar: Calendar,
    /// What is planned.
    pub plans: Vec<Plan>,
    /// Why a station may be down: what is recorded, and what people read.
    pub downtime: Vec<(String, String)>,
}

/// A shift as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenShift {
    name: Spanned<String>,
    from: Spanned<String>,
    to: Spanned<String>,
    #[serde(default)]
    days: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    breaks: Vec<Spanned<String>>,
}

/// A plan as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPlan {
    #[serde(default)]
    route: Option<Spanned<String>>,
    #[serde(default)]
    station: Option<Spanned<String>>,
    #[serde(default)]
    per_hour: Option<Spanned<i64>>,
    #[serde(default)]
    per_shift: Option<Spanned<i64>>,
    #[serde(default)]
    takt_seconds: Option<Spanned<i64>>,
}

/// The parts of the file that are about work.
pub(super) struct Written {
    pub(super) time_zone: Option<Spanned<String>>,
    pub(super) shift: Vec<Spanned<WrittenShift>>,
    pub(super) plan: Vec<Spanned<WrittenPlan>>,
    pub(super) downtime: BTreeMap<Spanned<String>, Spanned<String>>,
}

/// Finds what is wrong with them, else what they say.
pub(super) fn check(
    text: &Text<'_>,
    written: &Written,
    stations: &BTreeMap<StationId, StationId>,
) -> Result<Work, BadConfig> {
    let zone = match &written.time_zone {
        Some(name) => TimeZone::get(name.get_ref()).map_err(|_unknown| {
            let what = format!("\"{}\" is no time zone of this machine", name.get_ref());
            text.bad(name.span(), &what, "write one such as \"Europe/Berlin\", and install tzdata where none is known")
        })?,
        None => TimeZone::system(),
    };
    if let (None, Some(first)) = (&written.time_zone, written.shift.first()) {
        let instead = "write time_zone = \"Europe/Berlin\", or what yours is, above the first [table]";
        return Err(text.bad(first.span(), "a shift has hours, and no time zone is named", instead));
    }
    if written.shift.len() > SHIFTS_MOST || written.plan.len() > PLANS_MOST || written.downtime.len() > REASONS_MOST {
        let most =
            format!("list at most {SHIFTS_MOST} shifts, {PLANS_MOST} plans and {REASONS_MOST} reasons of downtime");
        return Err(text.bad(0..0, "it lists too much", &most));
    }
    let mut shifts: Vec<Shift> = Vec::new();
    for one in &written.shift {
        let read = shift(text, one.get_ref())?;
        if let Some(other) = shifts.iter().find(|other| other.name == read.name || overlap(other, &read)) {
            let what = if other.name == read.name {
                format!("there is a shift {} already", read.name)
            } else {
                format!("shift {} runs while {} does", read.name, other.name)
            };
            return Err(text.bad(one.span(), &what, "let one shift run at a time, each under a name of its own"));
        }
        shifts.push(read);
    }
    let plans = written.plan.iter().map(|one| plan(text, one, stations)).collect::<Result<_, _>>()?;
    let downtime = written.downtime.iter().map(|(code, title)| reason(text, code, title)).collect::<Result<_, _>>()?;
    Ok(Work { calendar: Calendar::new(zone, shifts), plans, downtime })
}

fn shift(text: &Text<'_>, written: &WrittenShift) -> Result<Shift, BadConfig> {
    let name = text.id(&written.name)?;
    if written.name.get_ref() == OFF {
        return Err(text.bad(written.name.span(), "the time between two shifts is called so", "write another name"));
    }
    let hours = Hours { from: hour(text, &written.from)?, to: hour(text, &written.to)? };
    let days = match &written.days {
        None => DAYS.iter().map(|(_, day)| *day).collect(),
        Some(listed) => listed
            .iter()
            .map(|day| text.word_or(Some(day.clone()), Weekday::Monday, &DAYS))
            .collect::<Result<Vec<_>, _>>()?,
    };
    if days.is_empty() || written.breaks.len() > BREAKS_MOST {
        let instead = format!("write the days on which it begins, and at most {BREAKS_MOST} breaks");
        return Err(text.bad(written.name.span(), "the shift is on no day, or has too many breaks", &instead));
    }
    let mut breaks: Vec<Hours> = Vec::new();
    for one in &written.breaks {
        let bad = |what: &str| text.bad(one.span(), what, "write breaks such as \"09:00-09:15\", in order");
        let (from, to) = one.get_ref().split_once('-').ok_or_else(|| bad("this is no break"))?;
        let both = from.trim().parse().ok().zip(to.trim().parse().ok());
        let (from, to): (Time, Time) = both.ok_or_else(|| bad("this is no break"))?;
        let after = |time: Time| minutes_after(hours.from, time);
        let last = breaks.last().map_or(0, |b| after(b.to));
        let length = minutes_after(hours.from, hours.to);
        let (begins, ends) = (after(from), after(to));
        if begins < last || ends <= begins || ends > if length == 0 { DAY } else { length } {
            return Err(bad("the break does not lie in the shift after the one before"));
        }
        breaks.push(Hours { from, to });
    }
    Ok(Shift { name, hours, days, breaks })
}

fn hour(text: &Text<'_>, written: &Spanned<String>) -> Result<Time, BadConfig> {
    let bad =
        || text.bad(written.span(), &format!("\"{}\" is no hour", written.get_ref()), "write one such as \"06:00\"");
    written.get_ref().parse().map_err(|_no_hour| bad())
}

fn minute(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// Minutes from one hour to the next time that it is another.
fn minutes_after(from: Time, to: Time) -> i32 {
    (minute(to) - minute(from)).rem_euclid(DAY)
}

/// Whether two shifts run at once in any week.
fn overlap(one: &Shift, other: &Shift) -> bool {
    let spans = |shift: &Shift| {
        let length = match minutes_after(shift.hours.from, shift.hours.to) {
            0 => DAY,
            some => some,
        };
        let begins = |day: &Weekday| i32::from(day.to_monday_zero_offset()) * DAY + minute(shift.hours.from);
        shift.days.iter().map(|day| (begins(day), length)).collect::<Vec<_>>()
    };
    let meets = |(a, a_long): (i32, i32), (b, b_long): (i32, i32)| {
        (b - a).rem_euclid(WEEK) < a_long || (a - b).rem_euclid(WEEK) < b_long
    };
    spans(one).into_iter().any(|a| spans(other).into_iter().any(|b| meets(a, b)))
}

fn plan(
    text: &Text<'_>,
    written: &Spanned<WrittenPlan>,
    stations: &BTreeMap<StationId, StationId>,
) -> Result<Plan, BadConfig> {
    let WrittenPlan { route, station, per_hour, per_shift, takt_seconds } = written.get_ref();
    let number = |n: &Spanned<i64>| {
        let fits = u32::try_from(*n.get_ref()).ok().filter(|n| (1..=UNITS_MOST).contains(n));
        fits.ok_or_else(|| text.bad(n.span(), "this is no such number", &format!("write 1 to {UNITS_MOST}")))
    };
    let rate = match (per_hour, per_shift) {
        (Some(units), None) => Rate::Hour(number(units)?),
        (None, Some(units)) => Rate::Shift(number(units)?),
        (Some(_), Some(_)) | (None, None) => {
            let what = "a plan is for an hour or for a shift";
            return Err(text.bad(written.span(), what, "write either per_hour or per_shift"));
        }
    };
    let at: Option<StationId> = station.as_ref().map(|s| text.id(s)).transpose()?;
    if let (Some(at), Some(station)) = (&at, station)
        && !stations.is_empty()
        && !stations.contains_key(at)
    {
        let known: Vec<_> = stations.keys().map(StationId::as_str).collect();
        let instead = format!("write one of {}", known.join(", "));
        return Err(text.bad(station.span(), &format!("there is no station {at}"), &instead));
    }
    let takt_seconds = takt_seconds.as_ref().map(number).transpose()?;
    Ok(Plan { route: route.as_ref().map(|r| text.id(r)).transpose()?, station: at, rate, takt_seconds })
}

fn reason(text: &Text<'_>, code: &Spanned<String>, title: &Spanned<String>) -> Result<(String, String), BadConfig> {
    for part in [code, title] {
        let said = part.get_ref();
        let fits = !said.trim().is_empty() && said.chars().count() <= REASON_CHARS_MOST && said.chars().all(is_safe);
        if !fits {
            let instead = format!("write MACHINE = \"Machine broken\", each of at most {REASON_CHARS_MOST} characters");
            return Err(text.bad(part.span(), "this is no reason of downtime", &instead));
        }
    }
    Ok((code.get_ref().clone(), title.get_ref().clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::station::config_file;

    fn read(text: &str) -> Result<Work, BadConfig> {
        config_file::check("traveller.toml", text).map(|file| file.work)
    }

    const EARLY: &str = "time_zone = 'UTC'\n[[shift]]\nname = 'early'\nfrom = '06:00'\nto = '14:00'\n";

    #[test]
    fn shifts_plans_and_reasons_read() {
        let work = read(&format!(
            "{EARLY}days = ['mon', 'fri']\nbreaks = ['09:00-09:15', '12:00-12:30']\n\
             [[shift]]\nname = 'night'\nfrom = '22:00'\nto = '06:00'\nbreaks = ['23:50-00:10', '01:00-01:30']\n\
             [[plan]]\nroute = 'pc200'\nper_shift = 40\n\
             [[plan]]\nstation = 'TEST-1'\nper_hour = 6\ntakt_seconds = 540\n\
             [downtime]\nMACHINE = 'Machine broken'\n"
        ))
        .unwrap();
        let names: Vec<_> =
            work.calendar.shifts().iter().map(|s| (s.name.as_str(), s.days.len(), s.breaks.len())).collect();
        assert_eq!(names, [("early", 2, 2), ("night", 7, 2)]);
        assert_eq!(work.plans.iter().map(|p| p.rate).collect::<Vec<_>>(), [Rate::Shift(40), Rate::Hour(6)]);
        assert_eq!(work.downtime, [("MACHINE".to_owned(), "Machine broken".to_owned())]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place_and_what_to_write() {
        let cases = [
            ("time_zone = 'Mars/Dome'\n".to_owned(), "1:13: \"Mars/Dome\" is no time zone", "write one such as"),
            (EARLY.replace("time_zone = 'UTC'\n", ""), "1:1: a shift has hours", "write time_zone"),
            (EARLY.replace("06:00", "6 am"), "4:8: \"6 am\" is no hour", "write one such as \"06:00\""),
            (EARLY.replace("'early'", "'off'"), "3:8: the time between two shifts", "write another name"),
            (format!("{EARLY}days = ['mo']"), "6:9: \"mo\" is none of its values", "write \"mon\" or"),
            (format!("{EARLY}days = []"), "3:8: the shift is on no day", "write the days"),
            (format!("{EARLY}breaks = ['14:00-14:10']"), "6:11: the break does not lie in the shift", "write breaks"),
            (format!("{EARLY}breaks = ['09:00-09:15', '09:10-09:30']"), "6:26: the break does not lie", "write breaks"),
            (format!("{EARLY}breaks = ['noon']"), "6:11: this is no break", "write breaks such as"),
            (
                format!("{EARLY}[[shift]]\nname = 'early'\nfrom = '15:00'\nto = '16:00'"),
                "6:1: there is a shift early",
                "let one",
            ),
            (
                format!("{EARLY}[[shift]]\nname = 'b'\nfrom = '22:00'\nto = '06:01'"),
                "6:1: shift b runs while early",
                "let one",
            ),
            ("[[plan]]\nroute = 'x'".to_owned(), "1:1: a plan is for an hour", "write either per_hour or per_shift"),
            ("[[plan]]\nper_hour = 0".to_owned(), "2:12: this is no such number", "write 1 to 100000"),
            (
                "[station.A-1]\nclass = 'a'\n[[plan]]\nstation = 'B-1'\nper_hour = 1".to_owned(),
                "4:11: there is no station B-1",
                "write one of A-1",
            ),
            ("[downtime]\nX = ''".to_owned(), "2:5: this is no reason", "write MACHINE"),
        ];
        for (text, what, instead) in cases {
            let bad = read(&text).unwrap_err();
            assert!(bad.what.starts_with(&format!("traveller.toml:{what}")), "{text}\n{bad}");
            assert!(bad.instead.starts_with(instead), "{text}\n{bad}");
        }
    }
}

//! Dates and times.

use super::sets::Set;
use crate::capture::label::flaw::Flaw;

/// YYMMDD.
pub(super) fn date(text: &str) -> Result<(), Flaw> {
    day_of(short(text)?, false)
}

/// YYMMDD, where day 00 is the whole month.
pub(super) fn date_or_month(text: &str) -> Result<(), Flaw> {
    day_of(short(text)?, true)
}

/// YYYYMMDD.
pub(super) fn long_date(text: &str) -> Result<(), Flaw> {
    let (year, rest) = text.split_at_checked(4).ok_or(Flaw::WrongLength)?;
    let (month, day) = rest.split_at_checked(2).ok_or(Flaw::WrongLength)?;
    Set::Digits.check(text)?;
    day_of((number(year, 4)?, number(month, 2)?, number(day, 2)?), false)
}

/// 00 to 23.
pub(super) fn hour(text: &str) -> Result<(), Flaw> {
    if number(text, 2)? < 24 { Ok(()) } else { Err(Flaw::BadTime) }
}

/// 00 to 59, of minutes and seconds.
pub(super) fn sixtieth(text: &str) -> Result<(), Flaw> {
    if number(text, 2)? < 60 { Ok(()) } else { Err(Flaw::BadTime) }
}

/// HHMM.
pub(super) fn hour_minute(text: &str) -> Result<(), Flaw> {
    let (hours, minutes) = text.split_at_checked(2).ok_or(Flaw::WrongLength)?;
    Set::Digits.check(text)?;
    hour(hours)?;
    sixtieth(minutes)
}

/// Year, month and day of YYMMDD. The century is that in which the label is read: a label is about the present, and
/// only the 29th of February depends on it.
fn short(text: &str) -> Result<(u32, u32, u32), Flaw> {
    let (year, rest) = text.split_at_checked(2).ok_or(Flaw::WrongLength)?;
    let (month, day) = rest.split_at_checked(2).ok_or(Flaw::WrongLength)?;
    Set::Digits.check(text)?;
    Ok((number(year, 2)?.saturating_add(2_000), number(month, 2)?, number(day, 2)?))
}

fn number(text: &str, digits: usize) -> Result<u32, Flaw> {
    if text.len() != digits {
        return Err(Flaw::WrongLength);
    }
    Set::Digits.check(text)?;
    text.parse().map_err(|_too_long| Flaw::WrongLength)
}

/// Whether the month has the day.
fn day_of((year, month, day): (u32, u32, u32), may_be_zero: bool) -> Result<(), Flaw> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => return Err(Flaw::BadMonth),
    };
    let first = u32::from(!may_be_zero);
    if (first..=last).contains(&day) { Ok(()) } else { Err(Flaw::BadDay) }
}

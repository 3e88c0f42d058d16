//! Dates and times.

use super::sets::Set;
use crate::capture::label::flaw::Flaw;
use crate::domain::time::Day;

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
    let [c1, c2, y1, y2, m1, m2, d1, d2] = digits(text)?;
    day_of((year(two(c1, c2), two(y1, y2)), two(m1, m2), two(d1, d2)), false)
}

/// 00 to 23.
pub(super) fn hour(text: &str) -> Result<(), Flaw> {
    let [h1, h2] = digits(text)?;
    time_of(two(h1, h2), 0)
}

/// 00 to 59, of minutes and seconds.
pub(super) fn sixtieth(text: &str) -> Result<(), Flaw> {
    let [m1, m2] = digits(text)?;
    time_of(0, two(m1, m2))
}

/// HHMM.
pub(super) fn hour_minute(text: &str) -> Result<(), Flaw> {
    let [h1, h2, m1, m2] = digits(text)?;
    time_of(two(h1, h2), two(m1, m2))
}

/// Year, month and day of YYMMDD. The century is that in which the label is read: a label is about the present, and
/// only the 29th of February depends on it.
fn short(text: &str) -> Result<(i16, u8, u8), Flaw> {
    let [y1, y2, m1, m2, d1, d2] = digits(text)?;
    Ok((year(20, two(y1, y2)), two(m1, m2), two(d1, d2)))
}

fn year(century: u8, year: u8) -> i16 {
    i16::from(century) * 100 + i16::from(year)
}

/// So many digits, as they are written.
fn digits<const N: usize>(text: &str) -> Result<[u8; N], Flaw> {
    let digits = text.as_bytes().try_into().map_err(|_other_length| Flaw::WrongLength)?;
    Set::Digits.check(text).map(|()| digits)
}

/// The number of two digits.
fn two(tens: u8, ones: u8) -> u8 {
    (tens & 15) * 10 + (ones & 15)
}

/// Whether a day has the hour, and an hour the sixtieth.
fn time_of(hour: u8, sixtieth: u8) -> Result<(), Flaw> {
    if hour < 24 && sixtieth < 60 { Ok(()) } else { Err(Flaw::BadTime) }
}

/// Whether the month has the day.
fn day_of((year, month, day): (i16, u8, u8), may_be_zero: bool) -> Result<(), Flaw> {
    if !(1..=12).contains(&month) {
        return Err(Flaw::BadMonth);
    }
    let day = if may_be_zero { day.max(1) } else { day };
    Day::new(year, month.cast_signed(), day.cast_signed()).map(|_day| ()).ok_or(Flaw::BadDay)
}

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
    let [c1, c2, y1, y2, m1, m2, d1, d2] = digits(text)?;
    day_of((two(c1, c2) * 100 + two(y1, y2), two(m1, m2), two(d1, d2)), false)
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
fn short(text: &str) -> Result<(u32, u32, u32), Flaw> {
    let [y1, y2, m1, m2, d1, d2] = digits(text)?;
    Ok((2_000 + two(y1, y2), two(m1, m2), two(d1, d2)))
}

/// So many digits, as they are written.
fn digits<const N: usize>(text: &str) -> Result<[u8; N], Flaw> {
    let digits = text.as_bytes().try_into().map_err(|_other_length| Flaw::WrongLength)?;
    Set::Digits.check(text).map(|()| digits)
}

/// The number of two digits.
fn two(tens: u8, ones: u8) -> u32 {
    u32::from(tens & 15) * 10 + u32::from(ones & 15)
}

/// Whether a day has the hour, and an hour the sixtieth.
fn time_of(hour: u32, sixtieth: u32) -> Result<(), Flaw> {
    if hour < 24 && sixtieth < 60 { Ok(()) } else { Err(Flaw::BadTime) }
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

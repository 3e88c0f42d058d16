//! What numbers and texts must be or must not be.

use super::sets::Set;
use crate::capture::label::flaw::Flaw;
use crate::capture::label::percent;

/// Digits of a latitude or longitude: ten millionths of a degree.
const PLACE_DIGITS: usize = 10;
/// 180 degrees, from the south pole on.
const LATITUDE_MOST: &str = "1800000000";
/// 360 degrees.
const LONGITUDE_MOST: &str = "3600000000";

fn kept(is_kept: bool, flaw: Flaw) -> Result<(), Flaw> {
    if is_kept { Ok(()) } else { Err(flaw) }
}

pub(super) fn percent_encoded(text: &str) -> Result<(), Flaw> {
    let mut encoded = text.split('%').skip(1).map(str::as_bytes);
    let is_encoded = |bytes: &[u8]| matches!(bytes, [high, low, ..] if percent::hex(*high, *low).is_some());
    kept(encoded.all(is_encoded), Flaw::BadPercent)
}

pub(super) fn latitude(text: &str) -> Result<(), Flaw> {
    place(text, LATITUDE_MOST)
}

pub(super) fn longitude(text: &str) -> Result<(), Flaw> {
    place(text, LONGITUDE_MOST)
}

/// Texts of as many digits compare like their numbers, here and below.
fn place(text: &str, most: &str) -> Result<(), Flaw> {
    Set::Digits.check(text)?;
    kept(text.len() == PLACE_DIGITS && text <= most, Flaw::BadPlace)
}

/// `0103`: the first of three.
pub(super) fn piece_of_total(text: &str) -> Result<(), Flaw> {
    Set::Digits.check(text)?;
    let (piece, total) = text.split_at_checked(text.len() / 2).unwrap_or_default();
    let is_zero = |number: &str| number.bytes().all(|byte| byte == b'0');
    kept(piece.len() == total.len() && !is_zero(piece) && piece <= total, Flaw::BadPiece)
}

/// `1/3`: the first of three.
pub(super) fn position_in_sequence(text: &str) -> Result<(), Flaw> {
    let (position, last) = text.split_once('/').ok_or(Flaw::BadPiece)?;
    let is_number = |number: &str| !number.is_empty() && Set::Digits.check(number).is_ok();
    kept(is_number(position) && is_number(last), Flaw::BadPiece)?;
    no_leading_zero(position)?;
    no_leading_zero(last)?;
    kept((position.len(), position) <= (last.len(), last), Flaw::BadPiece)
}

pub(super) fn hyphens(text: &str) -> Result<(), Flaw> {
    kept(!text.is_empty() && text.bytes().all(|byte| byte == b'-'), Flaw::NotHyphen)
}

pub(super) fn yes_no(text: &str) -> Result<(), Flaw> {
    kept(matches!(text, "0" | "1"), Flaw::NotYesNo)
}

pub(super) fn zero(text: &str) -> Result<(), Flaw> {
    kept(!text.is_empty() && text.bytes().all(|byte| byte == b'0'), Flaw::NotZero)
}

pub(super) fn non_zero(text: &str) -> Result<(), Flaw> {
    Set::Digits.check(text)?;
    kept(text.bytes().any(|byte| byte != b'0'), Flaw::Zero)
}

pub(super) fn no_leading_zero(text: &str) -> Result<(), Flaw> {
    Set::Digits.check(text)?;
    kept(!text.starts_with('0'), Flaw::LeadingZero)
}

pub(super) fn non_digit(text: &str) -> Result<(), Flaw> {
    kept(text.bytes().any(|byte| !byte.is_ascii_digit()), Flaw::DigitsOnly)
}

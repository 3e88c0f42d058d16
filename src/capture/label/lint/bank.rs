//! International bank account numbers.

use super::lists::COUNTRY_LETTERS;
use crate::capture::label::flaw::Flaw;

/// The shortest number of any country, and the longest that the standard allows.
const LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;
/// Characters of the country and the check digits, which go to the end before the sum.
const HEAD: usize = 4;

/// A country, and the remainder 1 modulo 97 with letters as 10 to 35 (ISO 13616, ISO 7064).
pub(super) fn iban(text: &str) -> Result<(), Flaw> {
    let head = text.split_at_checked(HEAD).filter(|_| LENGTHS.contains(&text.len()));
    let (head, account) = head.ok_or(Flaw::BadIban)?;
    let country = head.get(..2).unwrap_or_default();
    let mut remainder = 0;
    for character in account.chars().chain(head.chars()) {
        let value = character.to_digit(36).filter(|_| !character.is_ascii_lowercase()).ok_or(Flaw::BadIban)?;
        remainder = (remainder * if value < 10 { 10 } else { 100 } + value) % 97;
    }
    if remainder == 1 && COUNTRY_LETTERS.binary_search(&country).is_ok() { Ok(()) } else { Err(Flaw::BadIban) }
}

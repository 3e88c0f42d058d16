//! Check digits, check characters and company prefixes.

use super::sets::Set;
use crate::capture::label::flaw::Flaw;
use crate::domain::gs1;

/// The fewest digits of a GS1 company prefix.
const PREFIX_DIGITS_LEAST: usize = 4;
/// Characters of the pair.
const PAIR: usize = 2;
/// The modulus of the pair, a prime below 32 squared.
const PAIR_MODULUS: u32 = 1_021;
/// The characters of a value, each worth its place in the order (GS1 General Specifications, section 7.9.5).
const VALUES: &[u8] = b"!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
/// The characters of the pair, likewise.
const PAIR_VALUES: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// The most characters before the pair.
const PAIR_DATA_MOST: usize = 97;
/// The weight of the character furthest from the pair: the 97th prime.
const WEIGHT_MOST: u32 = 509;

/// The last digit is the check digit of those before it.
pub(super) fn digit(text: &str) -> Result<(), Flaw> {
    Set::Digits.check(text)?;
    let is_right = |(last, body): (&u8, &[u8])| gs1::digit(*last) == gs1::check_digit(body);
    if text.as_bytes().split_last().is_some_and(is_right) { Ok(()) } else { Err(Flaw::BadCheckDigit) }
}

/// The characters before the pair, weighted by the primes from the right, modulo 1021, are the pair's two values to the
/// base 32 (GS1 General Specifications, section 7.9.5).
pub(super) fn pair(text: &str) -> Result<(), Flaw> {
    let at = text.len().checked_sub(PAIR).ok_or(Flaw::BadCheckPair)?;
    let (data, pair) = text.split_at_checked(at).ok_or(Flaw::NotInSet82)?;
    if data.len() > PAIR_DATA_MOST {
        return Err(Flaw::BadCheckPair);
    }
    let mut sum = 0;
    for (byte, prime) in data.bytes().rev().zip(primes()) {
        sum += place(VALUES, byte).ok_or(Flaw::NotInSet82)? * prime;
    }
    let sum = sum % PAIR_MODULUS;
    let is_right = pair.bytes().map(|byte| place(PAIR_VALUES, byte)).eq([Some(sum >> 5), Some(sum & 31)]);
    if is_right { Ok(()) } else { Err(Flaw::BadCheckPair) }
}

fn place(among: &[u8], byte: u8) -> Option<u32> {
    among.iter().position(|own| *own == byte).and_then(|at| u32::try_from(at).ok())
}

fn primes() -> impl Iterator<Item = u32> {
    (2..=WEIGHT_MOST).filter(|n| (2..*n).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d)))
}

/// A company prefix begins the text. Whose it is, is not known here.
pub(super) fn prefix(text: &str) -> Result<(), Flaw> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits >= PREFIX_DIGITS_LEAST { Ok(()) } else { Err(Flaw::BadPrefix) }
}

/// A company prefix begins behind the first character, which is an indicator or an extension.
pub(super) fn prefix_second(text: &str) -> Result<(), Flaw> {
    prefix(text.get(1..).ok_or(Flaw::BadPrefix)?)
}

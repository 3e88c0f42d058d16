//! Measured values: decimals with the digits that were entered, never binary floats.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits that a number may have, before and after the point together.
pub const DIGITS_MOST: usize = 18;

/// A decimal number that keeps the digits entered: `2.20` stays `2.20`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(Decimal);

/// The text is no plain decimal number such as `12` or `-0.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a plain decimal number such as 2.21")]
pub struct BadNumber;

impl Number {
    /// The number itself.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// A whole number.
    pub fn whole(n: u32) -> Self {
        Self(Decimal::from(n))
    }

    /// The whole number at or below it; none where that is below nothing, or too large.
    pub fn floor(self) -> Option<u32> {
        self.0.floor().try_into().ok()
    }

    /// Digits after the point, as entered.
    pub fn scale(self) -> u32 {
        self.0.scale()
    }

    /// The sum, or `None` where it would not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or `None` where it would not fit.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }
}

impl FromStr for Number {
    type Err = BadNumber;

    /// Only an optional minus, digits, and a point with digits behind it: no comma, exponent, space,
    /// plus, underscore, NaN or infinity.
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = digits.split_once('.').map_or((digits, None), |(w, p)| (w, Some(p)));
        let all_digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        let sound = all_digits(whole) && part.is_none_or(all_digits);
        if !sound || whole.len() + part.map_or(0, str::len) > DIGITS_MOST {
            return Err(BadNumber);
        }
        Decimal::from_str(text).map(Self).map_err(|_overflow| BadNumber)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_are_numbers() {
        for bad in
            ["", "2,21", "1e9", "NaN", "inf", "+1", "1_000", " 1", "1.", ".5", "--1", "1.2.3", "1234567890123456789"]
        {
            assert!(bad.parse::<Number>().is_err(), "{bad:?}");
        }
        assert_eq!("2.20".parse::<Number>().unwrap().to_string(), "2.20");
        assert_eq!("-0.50".parse::<Number>().unwrap().scale(), 2);
    }
}

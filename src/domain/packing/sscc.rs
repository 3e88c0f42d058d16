//! Serial Shipping Container Codes: 18 digits that name one carton worldwide (GS1 General Specifications, section
//! 2.2.1): an extension digit, the company's prefix, a serial reference, and a check digit.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::gs1::{check_digit, digit};
use crate::domain::id::CartonId;
use crate::domain::label::Label;
use crate::domain::structured::{Structured, Syntax};

/// Application Identifier of the SSCC.
pub const AI_SSCC: &str = "00";
/// Digits of an SSCC.
pub const SSCC_DIGITS: usize = 18;
/// Digits that a company prefix may have.
const PREFIX_DIGITS: std::ops::RangeInclusive<usize> = 4..=12;

/// What the numbers have in common that a plant makes itself: the extension digit and the company's prefix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stem(String);

/// The text is no stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an extension digit and a company prefix are 5 to 13 digits together")]
pub struct BadStem;

impl Stem {
    /// The stem of an extension digit and a company's prefix.
    pub fn new(extension: u8, prefix: &str) -> Result<Self, BadStem> {
        format!("{extension}{prefix}").parse()
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The serial reference of a number that was made from this stem.
    fn serial_of(&self, carton: &CartonId) -> Option<u64> {
        is_sscc(carton.as_str()).then_some(())?;
        let rest = carton.as_str().strip_prefix(self.0.as_str())?;
        rest.get(..rest.len().checked_sub(1)?)?.parse().ok()
    }

    /// The number after another one, or the first; none where every one is used.
    pub fn after(&self, last: Option<&CartonId>) -> Option<CartonId> {
        let serial = match last {
            Some(last) => self.serial_of(last)?.checked_add(1)?,
            None => 0,
        };
        let digits = SSCC_DIGITS.checked_sub(1)?.checked_sub(self.0.len())?;
        let body = format!("{}{serial:0digits$}", self.0);
        if body.len() + 1 != SSCC_DIGITS {
            return None;
        }
        CartonId::parse(&format!("{body}{}", check_digit(body.as_bytes()))).ok()
    }
}

impl FromStr for Stem {
    type Err = BadStem;

    fn from_str(text: &str) -> Result<Self, BadStem> {
        let prefix = text.len().checked_sub(1).filter(|n| PREFIX_DIGITS.contains(n));
        let is_one = prefix.is_some() && text.bytes().all(|b| b.is_ascii_digit());
        if is_one { Ok(Self(text.to_owned())) } else { Err(BadStem) }
    }
}

impl fmt::Display for Stem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Stem {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Stem {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Whether a text is an SSCC: 18 digits, the last of which fits the others.
pub fn is_sscc(text: &str) -> bool {
    let digits = text.len() == SSCC_DIGITS && text.bytes().all(|b| b.is_ascii_digit());
    digits && text.as_bytes().split_last().is_some_and(|(last, body)| digit(*last) == check_digit(body))
}

/// The carton that a label names by its SSCC; none where the label names a thing too, such as a supplier's pallet with
/// its lot.
pub fn of_label(label: &Label) -> Option<CartonId> {
    let Label::Structured(label) = label else { return None };
    let label: &Structured = label;
    match label.syntax {
        Syntax::Gs1 | Syntax::DigitalLink => {}
        Syntax::Plain | Syntax::Iso15434 => return None,
    }
    let number = label.field(AI_SSCC).filter(|_| label.fields.len() == 1)?;
    CartonId::parse(number).ok().filter(|carton| is_sscc(carton.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_one_another_and_end() {
        let stem = Stem::new(3, "0614141").unwrap();
        let first = stem.after(None).unwrap();
        assert_eq!(&first.as_str()[..17], "30614141000000000");
        assert!(is_sscc(first.as_str()));
        let second = stem.after(Some(&first)).unwrap();
        assert_eq!(&second.as_str()[..17], "30614141000000001");
        // The example of the GS1 General Specifications.
        assert!(is_sscc("006141411234567890") && !is_sscc("006141411234567891"));
        let last = "3061414199999999".to_owned() + "9";
        let last = CartonId::parse(&format!("{last}{}", check_digit(last.as_bytes()))).unwrap();
        assert_eq!(stem.after(Some(&last)), None, "every number is used");
    }

    #[test]
    fn a_stem_is_an_extension_digit_and_a_prefix() {
        for bad in ["", "3", "306a", "3061", "30614141012345", "3 061414"] {
            assert!(bad.parse::<Stem>().is_err(), "{bad}");
        }
        assert_eq!(Stem::new(0, "1234").unwrap().as_str(), "01234");
        assert!(Stem::new(12, "123456789012").is_err(), "two digits of extension");
    }
}

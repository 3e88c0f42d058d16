//! What the gate goes by in GS1 labels: trade item numbers, and dates of six digits.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::time::{At, Day};

/// Digits of a GTIN as Application Identifier 01 carries it.
pub const GTIN_DIGITS: usize = 14;
/// Digits that a GTIN may be written with (GS1 General Specifications, section 3.3.2).
pub const GTIN_LENGTHS: [usize; 4] = [8, 12, 13, 14];

/// Application Identifier of the GTIN.
pub const AI_GTIN: &str = "01";
/// Application Identifier of the batch or lot.
pub const AI_LOT: &str = "10";
/// Application Identifier of the last day of use.
pub const AI_EXPIRY: &str = "17";
/// Application Identifier of the moment of the last use, `YYMMDDHHMM`.
pub const AI_EXPIRY_TIME: &str = "7003";
/// Application Identifier of the serial number.
pub const AI_SERIAL: &str = "21";

/// A global trade item number: 14 digits, the last one a check digit. A shorter one has zeros in front.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(Arc<str>);

/// Why a text is no GTIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadGtin {
    /// It has other characters than digits, or another number of them.
    #[error("a GTIN has 8, 12, 13 or 14 digits")]
    Form,
    /// Its last digit does not fit the others.
    #[error("the check digit is {is}, and the other digits ask for {due}")]
    CheckDigit {
        /// The last digit.
        is: u32,
        /// What it should be.
        due: u32,
    },
}

impl Gtin {
    /// The 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number of one item of this sort: unique worldwide, since the GTIN is, and the serial is within it.
    pub fn with_serial(&self, serial: &str) -> String {
        format!("({AI_GTIN}){self}({AI_SERIAL}){serial}")
    }

    /// The number of one batch of this sort.
    pub fn with_lot(&self, lot: &str) -> String {
        format!("({AI_GTIN}){self}({AI_LOT}){lot}")
    }

    /// A pattern of such numbers: a lot has the form of a serial.
    pub fn lot_pattern(&self) -> String {
        format!(r#"\({AI_GTIN}\){self}\({AI_LOT}\)[!"%-?A-Z_a-z]{{1,20}}"#)
    }

    /// A pattern of such numbers: a serial is 1 to 20 characters of set 82 (GS1 General Specifications, section 7.11).
    pub fn serial_pattern(&self) -> String {
        format!(r#"\({AI_GTIN}\){self}\({AI_SERIAL}\)[!"%-?A-Z_a-z]{{1,20}}"#)
    }
}

impl FromStr for Gtin {
    type Err = BadGtin;

    fn from_str(text: &str) -> Result<Self, BadGtin> {
        let is_form = GTIN_LENGTHS.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let (last, body) = text.as_bytes().split_last().filter(|_| is_form).ok_or(BadGtin::Form)?;
        let (is, due) = (digit(*last), check_digit(body));
        if is != due {
            return Err(BadGtin::CheckDigit { is, due });
        }
        Ok(Self(Arc::from(format!("{text:0>GTIN_DIGITS$}"))))
    }
}

/// The check digit behind these digits: it fills the sum to a full ten, in which every second digit from the right
/// counts three times (GS1 General Specifications, section 7.9.1).
pub fn check_digit(body: &[u8]) -> u32 {
    let weighted = body.iter().rev().zip([3, 1].into_iter().cycle());
    let sum: u32 = weighted.map(|(byte, weight)| digit(*byte) * weight).sum();
    (10 - sum % 10) % 10
}

/// The number of a digit in ASCII.
pub fn digit(byte: u8) -> u32 {
    u32::from(byte & 15)
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Gtin {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Gtin {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The GTIN that a text has where a GS1 label without separators has its own: in front, or in the path of a web
/// address.
pub fn gtin_in(text: &str) -> Option<Gtin> {
    let is_address = text.starts_with("http") || text.starts_with("HTTP");
    if let Some((_, behind)) = text.rsplit_once("/01/").filter(|_| is_address) {
        return behind.split(['/', '?', '#']).next()?.parse().ok();
    }
    text.strip_prefix(AI_GTIN)?.get(..GTIN_DIGITS)?.parse().ok()
}

/// The day of a label, `YYMMDD`, read at a moment. Day 00 is the last one of its month, and the century is the nearest
/// (GS1 General Specifications, sections 3.4 and 7.12).
pub fn day(text: &str, now: At) -> Option<Day> {
    let two = |at: std::ops::Range<usize>| {
        text.get(at).filter(|t| t.bytes().all(|b| b.is_ascii_digit())).and_then(|t| t.parse::<i8>().ok())
    };
    let (year, month, day) = (two(0..2)?, two(2..4)?, two(4..6)?);
    if text.len() != 6 {
        return None;
    }
    let year = full_year(i16::from(year), Day::of(now)?.year());
    if day == 0 { Day::last_of(year, month) } else { Day::new(year, month, day) }
}

/// The year nearest to this one that ends in these two digits.
fn full_year(last_two: i16, this_year: i16) -> i16 {
    let century = this_year - this_year % 100;
    let century = match last_two - this_year % 100 {
        51..=99 => century - 100,
        -99..=-50 => century + 100,
        _ => century,
    };
    century + last_two
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gtin_has_one_of_four_lengths_and_a_check_digit() {
        for written in ["09506000134352", "9506000134352"] {
            assert_eq!(written.parse::<Gtin>().unwrap().as_str(), "09506000134352");
        }
        assert_eq!("614141007349".parse::<Gtin>().unwrap().as_str(), "00614141007349");
        assert_eq!("95200002".parse::<Gtin>().unwrap().as_str(), "00000095200002");
        assert_eq!("09506000134351".parse::<Gtin>(), Err(BadGtin::CheckDigit { is: 1, due: 2 }));
        for bad in ["", "0950600013435", "950600013435X", "095060001343520", "\u{663}5060001343523"] {
            assert!(bad.parse::<Gtin>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_gtin_of_a_typed_label_is_found() {
        for text in [
            "010950600013435221A1",
            "0109506000134352",
            "https://id.example.com/01/09506000134352/21/A1",
            "http://example.com/a/01/9506000134352?17=270101",
        ] {
            assert_eq!(gtin_in(text).as_ref().map(Gtin::as_str), Some("09506000134352"), "{text}");
        }
        for none in ["", "01", "A0109506000134352", "0109506000134351", "010950600013435\u{fc}", "http://a.b/01/x"] {
            assert_eq!(gtin_in(none), None, "{none}");
        }
    }

    #[test]
    fn the_century_of_a_day_is_the_nearest_one() {
        let at = |moment: &str, text: &str| day(text, moment.parse().unwrap()).map(|d| d.to_string());
        let now = "2026-11-23T12:00:00Z";
        assert_eq!(at(now, "270331").as_deref(), Some("2027-03-31"));
        assert_eq!(at(now, "760101").as_deref(), Some("2076-01-01"));
        assert_eq!(at(now, "770101").as_deref(), Some("1977-01-01"));
        assert_eq!(at("2080-01-01T00:00:00Z", "300101").as_deref(), Some("2130-01-01"));
        assert_eq!(at("2080-01-01T00:00:00Z", "310101").as_deref(), Some("2031-01-01"));
        assert_eq!(at(now, "280200").as_deref(), Some("2028-02-29"));
        assert_eq!(at(now, "270200").as_deref(), Some("2027-02-28"));
        for bad in ["270230", "271301", "27033", "2703311", "27o331", "+10101"] {
            assert_eq!(at(now, bad), None, "{bad}");
        }
    }

    #[test]
    fn a_number_made_of_both_fits_its_pattern_and_the_identifiers() {
        let gtin: Gtin = "09506000134352".parse().unwrap();
        let pattern = crate::domain::pattern::Pattern::parse(&gtin.serial_pattern()).unwrap();
        let longest = gtin.with_serial("!\"%&'()*+,-./:;<=>?_");
        assert!(pattern.matches(&longest));
        assert!(crate::domain::id::UnitId::parse(&longest).is_ok());
        for strange in ["", "A B", "A#", "A@", "A$", "123456789012345678901"] {
            assert!(!pattern.matches(&gtin.with_serial(strange)), "{strange}");
        }
    }
}

//! Codes of lists that others keep.

use super::lists::{COUNTRIES, COUNTRY_LETTERS, CURRENCIES, PACKAGES};
use crate::capture::label::flaw::Flaw;

fn listed(list: &[&str], text: &str, flaw: Flaw) -> Result<(), Flaw> {
    list.binary_search(&text).map(|_at| ()).map_err(|_none| flaw)
}

/// ISO 3166-1 numeric.
pub(super) fn country(text: &str) -> Result<(), Flaw> {
    listed(COUNTRIES, text, Flaw::BadCountry)
}

/// ISO 3166-1 numeric, or 999 for more than one country.
pub(super) fn country_or_999(text: &str) -> Result<(), Flaw> {
    if text == "999" { Ok(()) } else { country(text) }
}

/// ISO 3166-1 alpha-2.
pub(super) fn country_letters(text: &str) -> Result<(), Flaw> {
    listed(COUNTRY_LETTERS, text, Flaw::BadCountry)
}

/// ISO 4217 numeric.
pub(super) fn currency(text: &str) -> Result<(), Flaw> {
    listed(CURRENCIES, text, Flaw::BadCurrency)
}

/// A type of package.
pub(super) fn package_type(text: &str) -> Result<(), Flaw> {
    listed(PACKAGES, text, Flaw::BadPackageType)
}

/// ISO/IEC 5218.
pub(super) fn sex(text: &str) -> Result<(), Flaw> {
    if matches!(text, "0" | "1" | "2" | "9") { Ok(()) } else { Err(Flaw::BadSex) }
}

/// The AIDC media types: 01 to 10 are assigned, 80 to 99 are for companies.
pub(super) fn media_type(text: &str) -> Result<(), Flaw> {
    let is_assigned = matches!(text.as_bytes(), [b'0', b'1'..=b'9'] | b"10" | [b'8' | b'9', b'0'..=b'9']);
    if is_assigned { Ok(()) } else { Err(Flaw::BadMediaType) }
}

/// One letter, digit, hyphen or underscore.
pub(super) fn importer(text: &str) -> Result<(), Flaw> {
    match text.as_bytes() {
        [one] if one.is_ascii_alphanumeric() || matches!(one, b'-' | b'_') => Ok(()),
        _ => Err(Flaw::BadImporter),
    }
}

/// 0 face out, 1 face in, 9 unknown.
pub(super) fn winding(text: &str) -> Result<(), Flaw> {
    if matches!(text, "0" | "1" | "9") { Ok(()) } else { Err(Flaw::BadWinding) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order() {
        for list in [COUNTRIES, COUNTRY_LETTERS, CURRENCIES, PACKAGES] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}

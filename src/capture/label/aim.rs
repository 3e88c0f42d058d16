//! AIM symbology identifiers (ISO/IEC 15424): what a scanner says the symbol was, `]`, a letter and a modifier.

use super::retail::Retail;

/// Bytes of a symbology identifier.
const BYTES: usize = 3;

/// What a symbology says about the data behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// FNC1 in the first position: a GS1 element string.
    Gs1,
    /// A retail code: digits with a check digit.
    Retail(Retail),
    /// Anything.
    Any,
}

/// The symbology identifier that a text begins with, and the rest.
pub fn split(text: &str) -> Option<(&str, &str)> {
    let (symbology, rest) = text.split_at_checked(BYTES)?;
    let [b']', code, modifier] = symbology.as_bytes() else { return None };
    let is_one = code.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric();
    is_one.then_some((symbology, rest))
}

/// What the data of a symbology is.
pub fn carrier(symbology: &str) -> Carrier {
    match symbology {
        // GS1-128, GS1 DataBar and composites, GS1 DataMatrix, GS1 QR Code, GS1 DotCode.
        "]C1" | "]e0" | "]d2" | "]Q3" | "]J1" => Carrier::Gs1,
        // EAN-13, UPC-A and UPC-E as scanners send them: thirteen digits.
        "]E0" => Carrier::Retail(Retail::Thirteen),
        "]E4" => Carrier::Retail(Retail::Eight),
        _ => Carrier::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbology_identifier_is_a_bracket_a_letter_and_a_modifier() {
        assert_eq!(split("]C1010950"), Some(("]C1", "010950")));
        assert_eq!(split("]A0"), Some(("]A0", "")));
        for none in ["", "]", "]C", "C10", "]10A", "]C-1", "]ä1", "]Cä"] {
            assert_eq!(split(none), None, "{none}");
        }
    }
}

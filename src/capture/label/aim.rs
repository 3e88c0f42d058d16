//! AIM symbology identifiers (ISO/IEC 15424): what a scanner says the symbol was.

use super::retail::Retail;

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

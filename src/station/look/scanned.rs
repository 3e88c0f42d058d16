//! What a label that is scanned into the search line is searched by: the number that it names.

use crate::capture::label;
use crate::domain::gs1::{AI_GTIN, AI_LOT, AI_SERIAL};
use crate::domain::label::Label;
use crate::domain::structured::Syntax;

/// The Application Identifier of a logistic unit: a carton or a pallet.
const AI_SSCC: &str = "00";
/// The fields of a GS1 label that are searched by, the first that is there.
const GS1: [&str; 4] = [AI_SERIAL, AI_SSCC, AI_LOT, AI_GTIN];
/// The same of a supplier's label (ISO/IEC 15434, ANSI MH10.8.2).
const SUPPLIER: [&str; 6] = ["S", "25S", "1T", "T", "1P", "P"];

/// The number that a label names; none where the text is no label of a standard, or a broken one: then it is searched
/// for as it stands.
pub fn number(text: &str) -> Option<String> {
    let Label::Structured(read) = label::read(Label::read(text.trim_matches(' ').as_bytes())) else { return None };
    let first = |keys: &[&str]| keys.iter().find_map(|key| read.field(key)).map(str::to_owned);
    match read.syntax {
        Syntax::Plain => read.symbology.is_some().then(|| read.body().to_owned()),
        Syntax::Gs1 | Syntax::DigitalLink => first(&GS1),
        Syntax::Iso15434 => first(&SUPPLIER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_searched_by_the_number_that_it_names() {
        let cases = [
            ("]d2010950600013435221PC226-000417", "PC226-000417"),
            ("]C1010950600013435210L2611-00022\u{1d}21A7", "A7"),
            ("]C1010950600013435210L2611-00022", "L2611-00022"),
            ("010950600013435221PC226-000417", "PC226-000417"),
            ("https://id.gs1.org/01/09506000134352/21/PC226-000417", "PC226-000417"),
            ("[)>\u{1e}06\u{1d}1PSEAL-7\u{1d}1TL-9\u{1e}\u{4}", "L-9"),
            ("]A0PC226-000417", "PC226-000417"),
        ];
        for (text, wanted) in cases {
            assert_eq!(number(text).as_deref(), Some(wanted), "{text:?}");
        }
        for plain in ["", "417", "PC226-000417", "op:OP-2001", "21A7", "state:held 417", "]d201095060001343"] {
            assert_eq!(number(plain), None, "{plain:?}");
        }
    }
}

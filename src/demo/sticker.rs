//! The labels of makers and suppliers, as a scanner sends them.

use crate::domain::gs1::{AI_EXPIRY, AI_GTIN, AI_LOT, Gtin};
use crate::domain::id::LotId;
use crate::domain::label::Label;
use crate::domain::packing::sscc::AI_SSCC;
use crate::domain::structured::{Field, Structured, Syntax};
use crate::domain::time::Day;

/// What a scanner sends before a GS1-128 label.
const GS1_128: &str = "]C1";
/// What it sends before a Data Matrix with an envelope of ISO/IEC 15434.
const DATA_MATRIX: &str = "]d1";

/// A maker's GS1 label: which item, its last day, and the lot. The lot is last, so that no separator is needed after it
/// (GS1 General Specifications, section 7.8).
pub(super) fn gs1(gtin: &Gtin, day: Day, lot: &LotId) -> Label {
    let digits = day.to_string().replace('-', "");
    let six = digits.get(2..).unwrap_or_default();
    let fields = [(AI_GTIN, gtin.as_str()), (AI_EXPIRY, six), (AI_LOT, lot.as_str())];
    let text = fields.map(|(key, value)| format!("{key}{value}")).concat();
    label(GS1_128, &text, Syntax::Gs1, &fields)
}

/// The GS1 label of a logistic unit: its SSCC (GS1 General Specifications, section 3.2).
pub(super) fn of_carton(sscc: &str) -> Label {
    label(GS1_128, &format!("{AI_SSCC}{sscc}"), Syntax::Gs1, &[(AI_SSCC, sscc)])
}

/// A supplier's label: his own number of the part, and the lot.
pub(super) fn of_supplier(number: &str, lot: &LotId) -> Label {
    let fields = [("1P", number), ("1T", lot.as_str())];
    let text = format!("[)>\u{1e}06\u{1d}1P{number}\u{1d}1T{lot}\u{1e}\u{4}");
    label(DATA_MATRIX, &text, Syntax::Iso15434, &fields)
}

fn label(symbology: &str, text: &str, syntax: Syntax, fields: &[(&str, &str)]) -> Label {
    Label::Structured(Box::new(Structured {
        raw: format!("{symbology}{text}"),
        symbology: Some(symbology.to_owned()),
        syntax,
        marked: true,
        fields: fields
            .iter()
            .map(|(key, value)| Field { key: (*key).to_owned(), value: (*value).to_owned() })
            .collect(),
    }))
}

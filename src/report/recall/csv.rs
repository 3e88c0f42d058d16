//! The units of a recall as a table for a spreadsheet (RFC 4180).

use std::borrow::Cow;
use std::fmt::Write as _;

use super::content::RecallSheet;
use crate::domain::text::display_safe;

/// Characters with which a spreadsheet would begin to calculate.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// One line for each unit, below a line of heads.
pub fn csv(sheet: &RecallSheet) -> String {
    let mut out = String::from("unit,state,held,carton,shipment,customer,left\r\n");
    for unit in &sheet.units {
        let sent = &unit.sent;
        let text = |id: Option<&str>| cell(id.unwrap_or_default()).into_owned();
        let _ok = write!(
            out,
            "{},{},{},{},{},{},{}\r\n",
            cell(unit.unit.as_str()),
            unit.state.word(),
            if unit.held { "yes" } else { "no" },
            text(sent.carton.as_ref().map(AsRef::as_ref)),
            text(sent.shipment.as_ref().map(AsRef::as_ref)),
            text(sent.customer.as_deref()),
            if sent.dispatched { "yes" } else { "no" },
        );
    }
    out
}

/// A value that stays a value: quoted where it has to be, and never a formula.
fn cell(text: &str) -> Cow<'_, str> {
    let safe = display_safe(text);
    let is_formula = safe.starts_with(FORMULA);
    let is_plain = !safe.contains([',', '"', '\r', '\n']);
    if is_plain && !is_formula {
        return safe;
    }
    let mark = if is_formula { "'" } else { "" };
    Cow::Owned(format!("\"{mark}{}\"", safe.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_never_a_formula_and_never_two() {
        for (text, written) in
            [("A1", "A1"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=1+1", "\"'=1+1\""), ("-2", "\"'-2\"")]
        {
            assert_eq!(cell(text), written);
        }
    }
}

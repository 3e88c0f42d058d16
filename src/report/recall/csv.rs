//! The units of a recall as a table for a spreadsheet (RFC 4180).

use std::fmt::Write as _;

use super::content::RecallSheet;
use crate::report::export::csv::cell;

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

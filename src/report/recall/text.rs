//! The sheet of a recall as text.

use std::fmt::Write as _;

use super::content::RecallSheet;

/// The sheet; its units are left to whoever lists them page by page.
pub fn text(sheet: &RecallSheet) -> String {
    let mut out = String::new();
    let counts = sheet.counts;
    for lot in &sheet.lots {
        let became = match (lot.held, sheet.drill) {
            (true, true) => "would be on hold",
            (true, false) => "on hold",
            (false, _) => "was not to be used before",
        };
        let _ok = writeln!(out, "lot {}: {became}", lot.lot);
    }
    for part in &sheet.shipments {
        let customer = part.customer.as_deref().unwrap_or("-");
        let left = if part.dispatched { "left" } else { "is still here" };
        let cartons: Vec<&str> = part.cartons.iter().map(AsRef::as_ref).collect();
        let within = if cartons.is_empty() { String::new() } else { format!(", cartons {}", cartons.join(" ")) };
        let _ok = writeln!(
            out,
            "shipment {} for {customer}: {left}, {} of its units are concerned{within}",
            part.shipment, part.units
        );
    }
    let would = if sheet.drill { "would be on hold" } else { "on hold now" };
    let _ok = writeln!(
        out,
        "{} units: {} {would}, {} on hold for it before, {} scrapped; {} have left",
        counts.units, counts.held, counts.already, counts.scrapped, counts.dispatched
    );
    let what = if sheet.drill { "drill: nothing was held" } else { "recall" };
    let _ok = writeln!(out, "{what}, answered in {} ms", sheet.took_ms);
    out
}

//! The document of a lot as plain text, to read on a terminal or to print.

use std::fmt::Write as _;

use super::lot_document::{LotDocument, LotEntry, verdict};

/// The document as lines of text. It is not yet safe to show: its texts are as they were recorded.
pub fn text(document: &LotDocument, events: usize) -> String {
    let d = document;
    let mut page = String::new();
    let mut fact = |name: &str, says: Option<String>| {
        if let Some(says) = says {
            let _ok = writeln!(page, "{name:<10}{says}");
        }
    };
    fact("Lot", Some(d.lot.to_string()));
    fact("Part", d.part.as_ref().map(ToString::to_string));
    fact("Supplier", d.supplier.clone());
    fact("Expires", d.expires.map(|day| day.to_string()));
    fact("State", Some(if d.left.is_some() { d.state.to_owned() } else { "no receipt is on record".to_owned() }));
    fact("Inspected", d.inspected.map(|passed| verdict(passed).to_owned()));
    fact("Open", d.open_since.map(|at| format!("since {at}")));
    fact("Left", d.left.map(|left| left.to_string()));
    fact("Units", Some(format!("{} have it", d.units())));
    page.push('\n');
    for entry in &d.history {
        write_entry(&mut page, entry);
    }
    let _ok = write!(page, "\n{events} events on record.");
    page
}

fn write_entry(page: &mut String, entry: &LotEntry) {
    let _ok = write!(page, "{}  {}", entry.at, entry.what);
    let mut also = |before: &str, says: Option<String>| {
        if let Some(says) = says {
            let _ok = write!(page, "{before}{says}");
        }
    };
    also(" ", entry.result.map(str::to_owned));
    also(" ", entry.quantity.map(|quantity| quantity.to_string()));
    also(if entry.what == "drawn" { " into " } else { " out of " }, entry.unit.as_ref().map(ToString::to_string));
    also(", step ", entry.step.as_ref().map(ToString::to_string));
    also(" at ", entry.station.as_ref().map(ToString::to_string));
    also(", ", entry.how.map(str::to_owned));
    also(" by ", entry.by.as_ref().map(ToString::to_string));
    also(", permit ", entry.permit.as_ref().map(ToString::to_string));
    also(": ", entry.reason.clone());
    let paper = entry.transcribed.as_ref();
    also("; from paper, ", paper.map(|p| format!("entered {} by {}, witnessed by {}", p.entered, p.by, p.witness)));
    also("; ", entry.left.map(|left| format!("{left} left")));
    also(", ", entry.state.map(str::to_owned));
    page.push('\n');
}

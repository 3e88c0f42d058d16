//! The sheet of a recall as one page for a browser to print: what the customers' letters say. It loads nothing.

use std::fmt::{Arguments, Write};

use super::content::{RecallSheet, RecalledUnit, ShipmentPart};
use crate::report::page;
use crate::report::sheet::svg::escaped;

/// What it looks like.
const STYLE: &str = include_str!("recall.css");

/// The page: shipment by shipment, each on a page of its own, then what is still in the house.
pub fn page(sheet: &RecallSheet) -> String {
    let title = if sheet.drill { "Recall drill" } else { "Recall" };
    let mut page = page::begin(title, STYLE, "");
    put(&mut page, format_args!("<h1>{title}: {}</h1>", escaped(&sheet.of)));
    let counts = sheet.counts;
    put(
        &mut page,
        format_args!(
            "<p>{}: {} units, {} on hold now, {} on hold before, {} scrapped, {} have left. Answered in {} ms.</p>",
            sheet.at, counts.units, counts.held, counts.already, counts.scrapped, counts.dispatched, sheet.took_ms
        ),
    );
    for lot in &sheet.lots {
        put(&mut page, format_args!("<p>Lot {}</p>", escaped(lot.lot.as_str())));
    }
    for part in &sheet.shipments {
        shipment(&mut page, sheet, part);
    }
    let here: Vec<_> = sheet.units.iter().filter(|unit| unit.sent.shipment.is_none()).collect();
    if !here.is_empty() {
        put(&mut page, format_args!("<section>\n<h2>On no shipment</h2>"));
        table(&mut page, &here);
        put(&mut page, format_args!("</section>"));
    }
    page.push_str(page::END);
    page
}

fn shipment(page: &mut String, sheet: &RecallSheet, part: &ShipmentPart) {
    let customer = escaped(part.customer.as_deref().unwrap_or("-"));
    let left = if part.dispatched { "" } else { " (still here)" };
    put(page, format_args!("<section class=\"letter\">\n<h2>{customer}</h2>"));
    put(page, format_args!("<p>Shipment {}{left}: {} units</p>", escaped(part.shipment.as_str()), part.units));
    let is_of = |unit: &&RecalledUnit| unit.sent.shipment.as_ref() == Some(&part.shipment);
    table(page, &sheet.units.iter().filter(is_of).collect::<Vec<_>>());
    put(page, format_args!("</section>"));
}

fn table(page: &mut String, units: &[&RecalledUnit]) {
    put(page, format_args!("<table>\n<tr><th>unit</th><th>carton</th><th>state</th></tr>"));
    for unit in units {
        let carton = unit.sent.carton.as_ref().map_or("-", AsRef::as_ref);
        let (name, carton) = (escaped(unit.unit.as_str()), escaped(carton));
        put(page, format_args!("<tr><td>{name}</td><td>{carton}</td><td>{}</td></tr>", unit.state.word()));
    }
    put(page, format_args!("</table>"));
}

/// Writing to memory has no way to fail.
fn put(page: &mut String, line: Arguments<'_>) {
    let _always_ok = writeln!(page, "{line}");
}

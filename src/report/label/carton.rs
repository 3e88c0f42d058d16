//! The label of a carton: its number as bars by GS1-128 and as a square by GS1 Data Matrix, and in digits below.

use std::fmt::Write as _;

use datamatrix::{DataMatrix, SymbolList};

use super::gs1_128;
use crate::app::port::Fault;
use crate::domain::packing::Carton;
use crate::domain::packing::sscc::{AI_SSCC, is_sscc};
use crate::report::page;
use crate::report::sheet::svg::{alone, escaped};
use crate::report::sheet::symbol::{Symbol, Symbology};

/// What it looks like: pages of 105 by 74 millimetres, which is A7.
const STYLE: &str = include_str!("carton.css");

/// One page for each carton, for a browser to print.
pub fn page(cartons: &[Carton]) -> Result<String, Fault> {
    let mut page = page::begin("Carton labels", STYLE, "");
    for carton in cartons {
        label(&mut page, carton)?;
    }
    page.push_str(page::END);
    Ok(page)
}

fn label(page: &mut String, carton: &Carton) -> Result<(), Fault> {
    let number = carton.carton.as_str();
    let [bars, square] = symbols(number)?;
    let _ok = writeln!(page, "<section>\n<p class=\"square\">{}</p>", alone(&square));
    if let Some(of) = &carton.of {
        let customer = of.customer.as_deref().map(|c| format!("for {c}"));
        let order = of.order.as_ref().map(|o| format!("order {o}"));
        let facts = [Some(format!("{} rev {}", of.route, of.revision)), order, customer];
        let facts: Vec<String> = facts.into_iter().flatten().map(|fact| escaped(&fact)).collect();
        let _ok = writeln!(page, "<p>{}</p>", facts.join("<br/>"));
    }
    if carton.units > 0 {
        let _ok = writeln!(page, "<p class=\"count\">{} units</p>", carton.units);
    }
    let shown = if is_sscc(number) { format!("({AI_SSCC}){number}") } else { number.to_owned() };
    let _ok = writeln!(page, "<div class=\"bars\">{}<p>{}</p></div>\n</section>", alone(&bars), escaped(&shown));
    Ok(())
}

/// The bars and the square of a number. One that is no SSCC is a plain text to a scanner.
fn symbols(number: &str) -> Result<[Symbol; 2], Fault> {
    let unfit = || Fault::new(format!("carton {number} fits no barcode"), "give the carton a shorter number");
    if !is_sscc(number) {
        return Ok([Symbol::of(number, Symbology::Code128)?, Symbol::of(number, Symbology::DataMatrix)?]);
    }
    let text = format!("{AI_SSCC}{number}");
    let bars = gs1_128::modules(&text).ok_or_else(unfit)?;
    let square = DataMatrix::encode_gs1(text.as_bytes(), SymbolList::default().enforce_square());
    let map = square.map_err(|_no_room| unfit())?;
    let map = map.bitmap();
    let mut rows = vec![vec![false; map.width()]; map.height()];
    for (x, y) in map.pixels() {
        rows.get_mut(y).and_then(|row| row.get_mut(x)).into_iter().for_each(|module| *module = true);
    }
    let bars = Symbol { symbology: Symbology::Code128, rows: vec![bars] };
    Ok([bars, Symbol { symbology: Symbology::DataMatrix, rows }])
}

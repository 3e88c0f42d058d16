//! Dossiers as one page for a browser, to print on A4 or to pass on: written unit by unit, so that the page may be
//! longer than memory. It loads nothing and runs nothing.

use std::fmt::Write as _;

use super::dossier::{Dossier, Part};
use crate::app::port::Fault;
use crate::ledger::head_file::Witnessed;
use crate::report::page;
use crate::report::sheet::svg::escaped;
use crate::report::shift::content::HeadSheet;
use crate::report::shift::html::{begin, write_witness};

/// The page up to its first dossier.
pub fn head(facts: &[(String, String)]) -> String {
    let mut page = begin("Device history record");
    write_facts(&mut page, facts);
    page
}

/// One dossier.
pub fn dossier(dossier: &Dossier) -> String {
    let mut page = String::new();
    let _ok = write!(page, "<article>\n<h1>{}</h1>\n", escaped(&dossier.title));
    write_facts(&mut page, &dossier.facts);
    for part in &dossier.parts {
        write_part(&mut page, part);
    }
    page.push_str("</article>\n");
    page
}

/// The end of the page: the heads of the ledger, which make it a witness.
pub fn end(heads: &[Witnessed]) -> Result<String, Fault> {
    let mut page = String::new();
    let heads = heads.iter().map(HeadSheet::of).collect::<Result<Vec<_>, Fault>>()?;
    write_witness(&mut page, &heads);
    page.push_str(page::END);
    Ok(page)
}

fn write_facts(page: &mut String, facts: &[(String, String)]) {
    page.push_str("<dl>\n");
    for (name, says) in facts {
        let _ok = writeln!(page, "<div><dt>{}</dt> <dd>{}</dd></div>", escaped(name), escaped(says));
    }
    page.push_str("</dl>\n");
}

fn write_part(page: &mut String, part: &Part) {
    let level = if part.is_below { "h3" } else { "h2" };
    let _ok = write!(page, "<section>\n<{level}>{}</{level}>\n", escaped(&part.title));
    if !part.rows.is_empty() {
        page.push_str("<table>\n");
        write_row(page, "th", &part.columns);
        for row in &part.rows {
            write_row(page, "td", row);
        }
        page.push_str("</table>\n");
    }
    page.push_str("</section>\n");
}

fn write_row(page: &mut String, cell: &str, row: &[String]) {
    page.push_str("<tr>");
    for text in row {
        let _ok = write!(page, "<{cell}>{}</{cell}>", escaped(text));
    }
    page.push_str("</tr>\n");
}

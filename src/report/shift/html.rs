//! The sheet as one page for a browser to print on A4. It loads nothing: what it looks like and the codes are in it,
//! and no script is.

use std::fmt::{Arguments, Write};

use super::content::{HeadSheet, Section, ShiftSheet};
use crate::report::page;
use crate::report::sheet::svg::{alone, escaped};

/// What it looks like.
pub(in crate::report) const STYLE: &str = include_str!("shift.css");

/// What the heads are called.
pub(in crate::report) const WITNESS_TITLE: &str = "Witness";
/// What the heads are for.
pub(in crate::report) const WITNESS: &str = "Keep this sheet. A record that was changed or put back later no longer \
                                             agrees with it: traveller verify --head TEXT tells, TEXT being what \
                                             stands below or what the code says.";

/// The page.
pub fn page(sheet: &ShiftSheet) -> String {
    let mut page = begin("Shift report");
    write_facts(&mut page, &sheet.facts);
    for remark in &sheet.remarks {
        put(&mut page, format_args!("<p class=\"remark\">{}</p>", escaped(remark)));
    }
    for section in &sheet.sections {
        write_section(&mut page, section);
    }
    write_witness(&mut page, &sheet.heads);
    page.push_str(page::END);
    page
}

/// A page up to its title. It loads nothing and runs nothing.
pub(in crate::report) fn begin(title: &str) -> String {
    let mut page = page::begin(title, STYLE, "");
    put(&mut page, format_args!("<h1>{}</h1>", escaped(title)));
    page
}

/// What there is to know of it.
pub(in crate::report) fn write_facts(page: &mut String, facts: &[(&'static str, String)]) {
    put(page, format_args!("<dl>"));
    for (name, says) in facts {
        put(page, format_args!("<div><dt>{}</dt> <dd>{}</dd></div>", escaped(name), escaped(says)));
    }
    put(page, format_args!("</dl>"));
}

pub(in crate::report) fn write_section(page: &mut String, section: &Section) {
    put(page, format_args!("<section>\n<h2>{}</h2>", escaped(&section.title)));
    if section.rows.is_empty() {
        return put(page, format_args!("<p>nothing</p>\n</section>"));
    }
    put(page, format_args!("<table>"));
    let heads = section.columns.iter().map(|column| format!("<th>{}</th>", escaped(column)));
    put(page, format_args!("<tr>{}</tr>", heads.collect::<String>()));
    for row in &section.rows {
        let cells = row.iter().map(|cell| format!("<td>{}</td>", escaped(cell)));
        put(page, format_args!("<tr>{}</tr>", cells.collect::<String>()));
    }
    put(page, format_args!("</table>"));
    if section.more > 0 {
        put(page, format_args!("<p>and {} more, for which this sheet has no room</p>", section.more));
    }
    put(page, format_args!("</section>"));
}

/// The heads of the ledger, which make the page a witness.
pub(in crate::report) fn write_witness(page: &mut String, heads: &[HeadSheet]) {
    put(page, format_args!("<section>\n<h2>{WITNESS_TITLE}</h2>\n<p>{}</p>", escaped(WITNESS)));
    for head in heads {
        write_head(page, head);
    }
    put(page, format_args!("</section>"));
}

fn write_head(page: &mut String, head: &HeadSheet) {
    put(page, format_args!("<div class=\"head\">\n{}", alone(&head.code)));
    put(page, format_args!("<p>{}</p>\n<p class=\"words\">{}</p>", escaped(&head.title), escaped(&head.words)));
    put(page, format_args!("</div>"));
}

/// Writing to memory has no way to fail.
fn put(page: &mut String, line: Arguments<'_>) {
    let _always_ok = writeln!(page, "{line}");
}

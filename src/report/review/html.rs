//! The review as one page for a browser, to print or to pass on. It loads nothing and runs nothing.

use std::fmt::{Arguments, Write};

use super::content::Review;
use super::map;
use super::sections::{facts, remarks, sections};
use crate::report::page;
use crate::report::sheet::svg::escaped;
use crate::report::shift::html::{STYLE, write_section};

/// The page; of what, where it is of a route.
pub fn page(of: Option<&str>, review: &Review) -> String {
    let of = of.map_or_else(String::new, |of| format!(": {}", escaped(of)));
    let mut page = page::begin("Production workflow review", STYLE, "");
    put(&mut page, format_args!("<h1>Production workflow review{of}</h1>\n<dl>"));
    for (name, says) in facts(review) {
        put(&mut page, format_args!("<div><dt>{}</dt> <dd>{}</dd></div>", escaped(name), escaped(&says)));
    }
    put(&mut page, format_args!("</dl>"));
    for remark in remarks(review) {
        put(&mut page, format_args!("<p class=\"remark\">{}</p>", escaped(&remark)));
    }
    put(&mut page, format_args!("<section>\n<h2>How work went</h2>\n{}</section>", map::svg(review)));
    for section in sections(review) {
        write_section(&mut page, &section);
    }
    page.push_str(page::END);
    page
}

/// Writing to memory has no way to fail.
fn put(page: &mut String, line: Arguments<'_>) {
    let _always_ok = writeln!(page, "{line}");
}

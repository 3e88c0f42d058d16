//! The sheet as one page for a browser to print on A4. It loads nothing: what it looks like and the code are in it, and
//! no script is.

use std::fmt::{Arguments, Write};

use super::content::{Fact, RouteSheet};
use super::step::{Asked, Place, StepSheet};
use crate::report::page;
use crate::report::sheet::svg::{alone, escaped};

/// What it looks like.
const STYLE: &str = include_str!("sheet.css");

/// The page.
pub fn page(sheet: &RouteSheet) -> String {
    let mut page = page::begin(&sheet.title, STYLE, "");
    let title = escaped(&sheet.title);
    put(&mut page, format_args!("<header>\n<div>\n<p>Manufacturing traveller</p>\n<h1>{title}</h1>"));
    write_facts(&mut page, &sheet.head);
    put(&mut page, format_args!("</div>\n{}</header>", alone(&sheet.code)));
    put(&mut page, format_args!("<p class=\"places\">"));
    for name in &sheet.blanks {
        put(&mut page, format_args!("{}", line(name)));
    }
    put(&mut page, format_args!("</p>"));
    if !sheet.variants.is_empty() {
        let marks: Vec<String> = sheet.variants.iter().map(|variant| mark(variant)).collect();
        put(&mut page, format_args!("<p class=\"places\">Variant {}</p>", marks.join(" ")));
    }
    for step in &sheet.steps {
        write_step(&mut page, step);
    }
    if !sheet.defects.is_empty() {
        put(&mut page, format_args!("<section>\n<h2>Reasons of failure</h2>"));
        write_facts(&mut page, &sheet.defects);
        put(&mut page, format_args!("</section>"));
    }
    page.push_str(page::END);
    page
}

fn write_facts(page: &mut String, facts: &[Fact]) {
    put(page, format_args!("<dl>"));
    for Fact { name, says } in facts {
        put(page, format_args!("<div><dt>{}</dt> <dd>{}</dd></div>", escaped(name), escaped(says)));
    }
    put(page, format_args!("</dl>"));
}

fn write_step(page: &mut String, step: &StepSheet) {
    put(page, format_args!("<section>\n<h2><span>{}</span> {}</h2>", escaped(&step.id), escaped(&step.title)));
    write_facts(page, &step.facts);
    if let Some(instructions) = &step.instructions {
        put(page, format_args!("<p class=\"instructions\">{}</p>", escaped(instructions)));
    }
    write_list(page, "rules", &step.rules);
    if let Some(absent) = step.may_be_absent {
        put(page, format_args!("<p class=\"places\">{}</p>", mark(absent)));
    }
    for (title, all) in [
        ("Material", &step.materials),
        ("Gauges", &step.gauges),
        ("Checks", &step.checks),
        ("Signatures", &step.signatures),
    ] {
        write_asked(page, title, all);
    }
    if !step.handovers.is_empty() {
        put(page, format_args!("<h3>Handover</h3>"));
        write_list(page, "handovers", &step.handovers);
    }
    put(page, format_args!("</section>"));
}

fn write_list(page: &mut String, class: &str, texts: &[String]) {
    if texts.is_empty() {
        return;
    }
    put(page, format_args!("<ul class=\"{class}\">"));
    for text in texts {
        put(page, format_args!("<li>{}</li>", escaped(text)));
    }
    put(page, format_args!("</ul>"));
}

fn write_asked(page: &mut String, title: &str, all: &[Asked]) {
    if all.is_empty() {
        return;
    }
    put(page, format_args!("<h3>{title}</h3>\n<table>"));
    for Asked { what, says, places } in all {
        let places: Vec<String> = places
            .iter()
            .map(|place| match place {
                Place::Line(name) => line(name),
                Place::Box(name) => mark(name),
            })
            .collect();
        let (what, says, places) = (escaped(what), escaped(says), places.join(" "));
        put(page, format_args!("<tr><th>{what}</th><td>{says}</td><td class=\"places\">{places}</td></tr>"));
    }
    put(page, format_args!("</table>"));
}

/// A line to write on.
fn line(name: &str) -> String {
    format!("<span class=\"line\">{}</span>", escaped(name))
}

/// A box to mark.
fn mark(name: &str) -> String {
    format!("<span class=\"mark\"><i></i>{}</span>", escaped(name))
}

/// Writing to memory has no way to fail.
fn put(page: &mut String, line: Arguments<'_>) {
    let _always_ok = writeln!(page, "{line}");
}

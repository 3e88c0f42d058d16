//! The sheet as plain text of 80 columns, for a printer that has only letters.

use super::content::{Fact, RouteSheet};
use super::step::{Asked, Place, StepSheet};
use crate::report::columns::{COLUMNS, filled, words};
use crate::report::sheet::plain::square;

/// Columns of a place to write.
const LINE: usize = 16;
/// Columns between two places, and between two facts.
const GAP: usize = 2;
/// Columns before what belongs to a step, and before the places of what is asked for.
const STEP: usize = 4;
const PLACES: usize = 8;

/// The sheet as lines of text.
pub fn page(sheet: &RouteSheet) -> String {
    let mut lines = vec!["MANUFACTURING TRAVELLER".to_owned()];
    lines.extend(filled(0, 0, 1, &words(&sheet.title)));
    lines.push(String::new());
    lines.extend(head(sheet));
    lines.push(String::new());
    let blanks: Vec<String> = sheet.blanks.iter().map(|name| written(name)).collect();
    lines.extend(filled(0, 0, GAP, &blanks));
    if !sheet.variants.is_empty() {
        let marks = sheet.variants.iter().map(|variant| marked(variant));
        let all: Vec<String> = std::iter::once("Variant".to_owned()).chain(marks).collect();
        lines.extend(filled(0, STEP, GAP, &all));
    }
    for step in &sheet.steps {
        lines.extend([String::new(), "-".repeat(COLUMNS)]);
        write_step(&mut lines, step);
    }
    if !sheet.defects.is_empty() {
        lines.extend([String::new(), "-".repeat(COLUMNS), "Reasons of failure".to_owned()]);
        lines.extend(sheet.defects.iter().flat_map(|d| filled(STEP, PLACES, 1, &words(&fact(d)))));
    }
    lines.iter().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// The code, and beside it what there is to know of the route.
fn head(sheet: &RouteSheet) -> Vec<String> {
    let code = square(&sheet.code);
    let beside = sheet.code.width() + 2 * sheet.code.quiet() + GAP;
    let facts: Vec<String> =
        sheet.head.iter().flat_map(|f| filled(beside, beside + GAP, 1, &words(&fact(f)))).collect();
    let line = |at: usize| {
        let code = code.get(at).map_or("", String::as_str);
        let fact: String = facts.get(at).map_or("", String::as_str).chars().skip(beside).collect();
        format!("{code:<beside$}{fact}")
    };
    (0..code.len().max(facts.len())).map(line).collect()
}

fn write_step(lines: &mut Vec<String>, step: &StepSheet) {
    lines.extend(filled(0, STEP, 1, &words(&format!("{:<3} {}", step.id, step.title))));
    let facts: Vec<String> = step.facts.iter().map(fact).collect();
    lines.extend(filled(STEP, STEP, GAP, &facts));
    if let Some(instructions) = &step.instructions {
        lines.extend(filled(STEP, STEP, 1, &words(instructions)));
    }
    for rule in &step.rules {
        lines.extend(filled(STEP, STEP + 2, 1, &words(&format!("- {rule}"))));
    }
    lines.extend(step.may_be_absent.map(|absent| format!("{}{}", " ".repeat(STEP), marked(absent))));
    for (title, all) in [
        ("Material", &step.materials),
        ("Gauges", &step.gauges),
        ("Checks", &step.checks),
        ("Signatures", &step.signatures),
    ] {
        if !all.is_empty() {
            lines.push(format!("  {title}"));
        }
        for asked in all {
            write_asked(lines, asked);
        }
    }
    for (at, handover) in step.handovers.iter().enumerate() {
        if at == 0 {
            lines.push("  Handover".to_owned());
        }
        lines.extend(filled(STEP, STEP + 2, 1, &words(handover)));
    }
}

fn write_asked(lines: &mut Vec<String>, asked: &Asked) {
    let says = if asked.says.is_empty() { String::new() } else { format!(" ({})", asked.says) };
    lines.extend(filled(STEP, STEP + 2, 1, &words(&format!("{}{says}", asked.what))));
    let places = asked.places.iter().map(|place| match place {
        Place::Line(name) => written(name),
        Place::Box(name) => marked(name),
    });
    lines.extend(filled(PLACES, PLACES, GAP, &places.collect::<Vec<_>>()));
}

fn fact(fact: &Fact) -> String {
    format!("{} {}", fact.name, fact.says)
}

fn written(name: &str) -> String {
    let line = "_".repeat(LINE);
    if name.is_empty() { line } else { format!("{name} {line}") }
}

fn marked(name: &str) -> String {
    format!("[ ] {name}")
}

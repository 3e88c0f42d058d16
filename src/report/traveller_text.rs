//! The traveller document as plain text, to read on a terminal or to print.

use std::fmt::Write;

use super::step_document::{AttemptDocument, StepDocument};
use super::traveller_document::TravellerDocument;
use crate::domain::id::Badge;
use crate::domain::what::Piece;

/// The document as lines of text. It is not yet safe to show: its texts are as they were recorded.
pub fn text(document: &TravellerDocument) -> String {
    let mut page = String::new();
    let d = document;
    put(&mut page, format_args!("Unit      {}", d.unit));
    put(&mut page, format_args!("Route     {} revision {}", d.route, d.revision));
    let due = d.step.as_ref().map_or_else(String::new, |step| format!(", step {step} is due"));
    put(&mut page, format_args!("State     {}{due}", d.state));
    if let Some(hold) = &d.hold {
        put(&mut page, format_args!("On hold   {} (by {}, {})", hold.reason, who(hold.by.as_ref()), hold.at));
    }
    put(&mut page, format_args!("Record    {}", if d.complete { "complete" } else { "not complete" }));
    for step in &d.steps {
        write_step(&mut page, step);
    }
    if !d.gaps.is_empty() {
        put(&mut page, format_args!("\nThe record lacks:"));
    }
    for gap in &d.gaps {
        put(&mut page, format_args!("  {:<8}{}", gap.step, gap.what));
    }
    put(&mut page, format_args!("\n{} events on record.", d.events.len()));
    page
}

fn write_step(page: &mut String, step: &StepDocument) {
    put(page, format_args!("\n{:<8}{:<48}{}", step.id, step.title, step.state));
    for attempt in &step.attempts {
        write_attempt(page, attempt);
    }
}

fn write_attempt(page: &mut String, attempt: &AttemptDocument) {
    let station = attempt.station.as_ref().map_or("-", |s| s.as_str());
    let result = attempt.result.unwrap_or("goes on");
    put(
        page,
        format_args!("  attempt {}  {}  at {station}  {result}", attempt.number, attempt.ended.unwrap_or(attempt.at)),
    );
    for m in &attempt.materials {
        let (sort, number) = match &m.piece {
            Piece::Lot(lot) => ("lot", lot.as_str()),
            Piece::Serial(serial) => ("serial", serial.as_str()),
        };
        let out = m.out.map_or_else(String::new, |out| format!("  out again: {out}"));
        put(page, format_args!("    {} x {}  {sort} {number}  by {}{out}", m.quantity, m.part, who(m.by.as_ref())));
    }
    for serial in &attempt.verified {
        put(page, format_args!("    serial {serial} met again"));
    }
    for c in &attempt.checks {
        let point = c.point.as_ref().map_or_else(String::new, |p| format!(" {p}"));
        let note = if c.voided {
            "  taken back"
        } else if c.accepted {
            "  accepted as it is"
        } else {
            ""
        };
        let how = c.how.unwrap_or("-");
        put(
            page,
            format_args!("    {}{point} = {}  {}  {how} by {}{note}", c.id, c.value, c.verdict, who(c.by.as_ref())),
        );
    }
    for s in &attempt.signatures {
        put(page, format_args!("    signed \"{}\" by {} ({}) {}", s.meaning, s.name, who(s.by.as_ref()), s.at));
    }
    if let Some(reason) = &attempt.reason {
        put(page, format_args!("    because: {reason}"));
    }
}

fn who(badge: Option<&Badge>) -> &str {
    badge.map_or("-", Badge::as_str)
}

/// Writing to memory has no way to fail.
fn put(page: &mut String, line: std::fmt::Arguments<'_>) {
    let _always_ok = writeln!(page, "{line}");
}

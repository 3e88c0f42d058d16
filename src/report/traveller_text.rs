//! The traveller document as plain text, to read on a terminal or to print.

use std::fmt::Write;

use super::deviations;
use super::label_document::LabelDocument;
use super::step_document::{AttemptDocument, CheckDocument, MaterialDocument, StepDocument};
use super::traveller_document::{BatchDocument, TravellerDocument};
use crate::domain::id::Badge;
use crate::domain::paper::Transcribed;
use crate::domain::what::Piece;

/// The document as lines of text. It is not yet safe to show: its texts are as they were recorded.
pub fn text(document: &TravellerDocument) -> String {
    let mut page = String::new();
    let d = document;
    put(&mut page, format_args!("Unit      {}", d.unit));
    put(&mut page, format_args!("Route     {} revision {}", d.route, d.revision));
    if let Some(order) = &d.order {
        put(&mut page, format_args!("Order     {order}"));
    }
    if let Some(variant) = &d.variant {
        put(&mut page, format_args!("Variant   {variant}"));
    }
    if let Some(batch) = &d.batch {
        write_batch(&mut page, batch);
    }
    for line in d.label.iter().flat_map(LabelDocument::lines) {
        put(&mut page, format_args!("{line}"));
    }
    let due = d.step.as_ref().map_or_else(String::new, |step| format!(", step {step} is due"));
    put(&mut page, format_args!("State     {}{due}", d.state));
    for hold in &d.holds {
        let (by, event) = (who(hold.by.as_ref()), hold.event.seq());
        put(&mut page, format_args!("On hold   {} (by {by}, {}, hold {event})", hold.reason, hold.at));
    }
    for line in deviations::lines(&d.let_go, &d.rework) {
        put(&mut page, format_args!("{line}"));
    }
    if let Some(back) = &d.returned {
        let left = back.shipment.as_ref().map_or_else(String::new, |s| format!(", left with {s}"));
        put(&mut page, format_args!("Returned  {} (by {}, {}{left})", back.reason, who(back.by.as_ref()), back.at));
    }
    for (name, number) in
        [("Carton", d.carton.as_ref().map(AsRef::as_ref)), ("Shipment", d.shipment.as_ref().map(AsRef::as_ref))]
    {
        let number: Option<&str> = number;
        if let Some(number) = number {
            put(&mut page, format_args!("{name:<10}{number}"));
        }
    }
    for moved in &d.moves {
        let (by, seen) = (who(moved.by.as_ref()), who(moved.seen_by.as_ref()));
        let again = moved.again.iter().map(|again| format!("{} ({})", again.step, again.because.word()));
        let again = again.collect::<Vec<_>>().join(", ");
        let due = if again.is_empty() { "nothing due again".to_owned() } else { format!("due again: {again}") };
        let (from, to, at, why) = (&moved.from, &moved.to, moved.at, &moved.reason);
        put(&mut page, format_args!("Moved     {from} to {to}; {due} ({why}; by {by}, {at}; seen by {seen})"));
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
    let paper = if d.transcribed == 0 { String::new() } else { format!(", {} of them from paper", d.transcribed) };
    put(&mut page, format_args!("\n{} events on record{paper}.", d.events.len()));
    page
}

fn write_batch(page: &mut String, batch: &BatchDocument) {
    put(page, format_args!("Pieces    {} (began with {})", batch.pieces, batch.began));
    if let Some(from) = &batch.from {
        put(page, format_args!("          split off {}: what was done before is on record there", from.unit));
    }
    for split in &batch.split {
        put(page, format_args!("          {} went into {}", split.pieces, split.unit));
    }
    for joined in &batch.joined {
        put(page, format_args!("          {} came from {}", joined.pieces, joined.unit));
    }
    if let Some(into) = &batch.into {
        put(page, format_args!("          all went into {into}"));
    }
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
    if let Some(Transcribed { by, witness, entered }) = &attempt.transcribed {
        put(page, format_args!("    from paper, entered by {by}, witnessed by {witness}, at {entered}"));
    }
    if !attempt.supervisors.is_empty() {
        let by: Vec<_> = attempt.supervisors.iter().map(Badge::as_str).collect();
        put(page, format_args!("    {} stood by", by.join(", ")));
    }
    for material in &attempt.materials {
        write_material(page, material);
    }
    for serial in &attempt.verified {
        put(page, format_args!("    serial {serial} met again"));
    }
    for check in &attempt.checks {
        write_check(page, check);
    }
    for s in &attempt.signatures {
        put(page, format_args!("    signed \"{}\" by {} ({}) {}", s.meaning, s.name, who(s.by.as_ref()), s.at));
    }
    if let Some(reason) = &attempt.reason {
        put(page, format_args!("    because: {reason}"));
    }
}

fn write_material(page: &mut String, m: &MaterialDocument) {
    let (sort, number) = match &m.piece {
        Piece::Lot(lot) => ("lot", lot.as_str()),
        Piece::Serial(serial) => ("serial", serial.as_str()),
    };
    let many = if m.quantity == 0 { "some".to_owned() } else { m.quantity.to_string() };
    let is = m.is.as_ref().map_or_else(String::new, |is| format!(" (in its place {is})"));
    let out = match m.out {
        None => String::new(),
        Some("voided") => "  taken back".to_owned(),
        Some(fate) => format!("  removed: {fate}"),
    };
    put(page, format_args!("    {many} x {}{is}  {sort} {number}  by {}{out}", m.part, who(m.by.as_ref())));
}

fn write_check(page: &mut String, c: &CheckDocument) {
    let point = c.point.as_ref().map_or_else(String::new, |p| format!(" {p}"));
    let gauge = c.gauge.as_ref().map_or_else(String::new, |gauge| format!("  gauge {gauge}"));
    let note = if c.voided {
        "  taken back"
    } else if c.accepted {
        "  accepted as it is"
    } else {
        ""
    };
    let (how, by) = (c.how.unwrap_or("-"), who(c.by.as_ref()));
    put(page, format_args!("    {}{point} = {}  {}  {how} by {by}{gauge}{note}", c.id, c.value, c.verdict));
}

fn who(badge: Option<&Badge>) -> &str {
    badge.map_or("-", Badge::as_str)
}

/// Writing to memory has no way to fail.
fn put(page: &mut String, line: std::fmt::Arguments<'_>) {
    let _always_ok = writeln!(page, "{line}");
}

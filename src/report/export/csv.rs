//! The facts of a record as a table for a spreadsheet (RFC 4180): a line for each fact, below one line of heads.

use std::borrow::Cow;

use crate::domain::text::display_safe;
use crate::domain::what::Piece;
use crate::report::step_document::{AttemptDocument, StepDocument};
use crate::report::traveller_document::TravellerDocument;

/// Characters with which a spreadsheet would begin to calculate.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The heads.
pub const HEADS: &str = "unit,route,revision,order,variant,state,step,title,attempt,fact,id,point,value,quantity,\
                         verdict,how,device,gauge,by,name,role,station,at,note,left\r\n";

/// How many.
const COLUMNS: usize = 25;

/// One line of the table.
#[derive(Debug, Clone, Default)]
struct Row<'a> {
    step: Option<(&'a StepDocument, Option<&'a AttemptDocument>)>,
    fact: &'a str,
    id: Cow<'a, str>,
    point: Cow<'a, str>,
    value: Cow<'a, str>,
    quantity: Option<u32>,
    verdict: &'a str,
    how: &'a str,
    device: Cow<'a, str>,
    gauge: Cow<'a, str>,
    by: Cow<'a, str>,
    name: &'a str,
    role: &'a str,
    at: String,
    note: Cow<'a, str>,
}

/// The lines of one record.
pub fn rows(document: &TravellerDocument) -> String {
    let mut out = String::new();
    for row in of_unit(document) {
        write(&mut out, document, &row);
    }
    for step in &document.steps {
        for attempt in &step.attempts {
            for row in of_attempt(step, attempt) {
                write(&mut out, document, &row);
            }
        }
    }
    out
}

fn text(of: Option<&impl ToString>) -> Cow<'static, str> {
    Cow::Owned(of.map(ToString::to_string).unwrap_or_default())
}

fn of_unit(document: &TravellerDocument) -> Vec<Row<'_>> {
    let at = |at: Option<crate::domain::time::At>| at.map(|at| at.to_string()).unwrap_or_default();
    let note = Cow::Borrowed(if document.complete { "complete" } else { "not complete" });
    let mut all = vec![Row { fact: "unit", at: at(document.started), note, ..Row::default() }];
    all.extend(document.holds.iter().map(|hold| Row {
        fact: "hold",
        by: text(hold.by.as_ref()),
        at: hold.at.to_string(),
        note: Cow::Borrowed(&hold.reason),
        ..Row::default()
    }));
    all.extend(document.rework.iter().map(|back| Row {
        fact: "rework",
        value: text(Some(&back.to)),
        by: text(back.by.as_ref()),
        at: back.at.to_string(),
        note: text(back.reason.as_ref()),
        ..Row::default()
    }));
    all.extend(document.let_go.iter().map(|gone| Row {
        fact: "rule-let-go",
        id: Cow::Borrowed(gone.rule),
        value: text(gone.permit.as_ref()),
        by: text(gone.by.as_ref()),
        at: gone.at.to_string(),
        ..Row::default()
    }));
    all.extend(document.moves.iter().map(|moved| Row {
        fact: "moved",
        value: Cow::Owned(format!("{} to {}", moved.from, moved.to)),
        by: text(moved.by.as_ref()),
        at: moved.at.to_string(),
        note: Cow::Borrowed(&moved.reason),
        ..Row::default()
    }));
    all.extend(document.gaps.iter().map(|gap| Row {
        fact: "gap",
        id: Cow::Borrowed(gap.code),
        value: text(Some(&gap.step)),
        note: Cow::Borrowed(&gap.what),
        ..Row::default()
    }));
    all
}

fn of_attempt<'a>(step: &'a StepDocument, attempt: &'a AttemptDocument) -> Vec<Row<'a>> {
    let here = Some((step, Some(attempt)));
    let mut all = vec![Row {
        step: here,
        fact: "attempt",
        verdict: attempt.result.unwrap_or_default(),
        by: text(attempt.by.as_ref()),
        at: attempt.ended.unwrap_or(attempt.at).to_string(),
        note: text(attempt.reason.as_ref()),
        ..Row::default()
    }];
    all.extend(attempt.materials.iter().map(|piece| {
        let (fact, number) = match &piece.piece {
            Piece::Lot(lot) => ("lot", lot.to_string()),
            Piece::Serial(serial) => ("component", serial.to_string()),
        };
        Row {
            step: here,
            fact,
            id: text(Some(&piece.part)),
            value: Cow::Owned(number),
            quantity: Some(piece.quantity),
            how: piece.how.unwrap_or_default(),
            by: text(piece.by.as_ref()),
            at: piece.at.to_string(),
            note: Cow::Borrowed(piece.out.unwrap_or_default()),
            ..Row::default()
        }
    }));
    all.extend(attempt.verified.iter().map(|serial| Row {
        step: here,
        fact: "component-met-again",
        value: text(Some(serial)),
        ..Row::default()
    }));
    all.extend(attempt.checks.iter().map(|seen| Row {
        step: here,
        fact: "check",
        id: text(Some(&seen.id)),
        point: text(seen.point.as_ref()),
        value: Cow::Borrowed(&seen.value),
        verdict: seen.verdict,
        how: seen.how.unwrap_or_default(),
        device: text(seen.device.as_ref()),
        gauge: text(seen.gauge.as_ref()),
        by: text(seen.by.as_ref()),
        at: seen.at.to_string(),
        note: Cow::Borrowed(match (seen.voided, seen.accepted) {
            (true, _) => "taken back",
            (false, true) => "accepted as it is",
            (false, false) => "",
        }),
        ..Row::default()
    }));
    all.extend(attempt.signatures.iter().map(|signed| Row {
        step: here,
        fact: "signature",
        value: Cow::Borrowed(&signed.meaning),
        by: text(signed.by.as_ref()),
        name: &signed.name,
        role: signed.role.word(),
        at: signed.at.to_string(),
        ..Row::default()
    }));
    all
}

fn write(out: &mut String, d: &TravellerDocument, row: &Row<'_>) {
    let (step, attempt) = row.step.map_or((None, None), |(step, attempt)| (Some(step), attempt));
    let cells = [
        d.unit.to_string().into(),
        d.route.to_string().into(),
        d.revision.to_string().into(),
        text(d.order.as_ref()),
        text(d.variant.as_ref()),
        d.state.into(),
        text(step.map(|step| &step.id)),
        text(step.map(|step| &step.title)),
        text(attempt.map(|attempt| &attempt.number)),
        row.fact.into(),
        row.id.clone(),
        row.point.clone(),
        row.value.clone(),
        text(row.quantity.as_ref()),
        row.verdict.into(),
        row.how.into(),
        row.device.clone(),
        row.gauge.clone(),
        row.by.clone(),
        row.name.into(),
        row.role.into(),
        text(attempt.and_then(|attempt| attempt.station.as_ref())),
        row.at.as_str().into(),
        row.note.clone(),
        "".into(),
    ];
    write_cells(out, &cells);
}

/// A line of as many cells as there are heads.
pub(super) fn write_cells(out: &mut String, cells: &[impl AsRef<str>; COLUMNS]) {
    let cells: Vec<Cow<'_, str>> = cells.iter().map(|text| cell(text.as_ref())).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

/// A value that stays a value: quoted where it has to be, and never a formula.
pub fn cell(text: &str) -> Cow<'_, str> {
    let is_formula = text.starts_with(FORMULA);
    let safe = display_safe(text);
    let is_plain = !safe.contains([',', '"', '\r', '\n']);
    if is_plain && !is_formula {
        return safe;
    }
    let mark = if is_formula { "'" } else { "" };
    Cow::Owned(format!("\"{mark}{}\"", safe.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_never_a_formula_and_never_two() {
        for (text, written) in [
            ("A1", "A1"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-2", "\"'-2\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'<09>=1\""),
            ("\r=1", "\"'<0D>=1\""),
        ] {
            assert_eq!(cell(text), written);
        }
    }
}

//! The record of a lot as lines of the table: one for what it is, one for each fact about it, and one for each thing
//! that happened to it.

use std::borrow::Cow;

use super::csv::write_cells;
use super::lot_copy::LotCopy;
use crate::report::lot_document::{LotEntry, verdict};

/// One line of the table.
#[derive(Debug, Clone, Default)]
struct Line<'a> {
    unit: String,
    state: &'a str,
    step: String,
    fact: Cow<'a, str>,
    value: String,
    quantity: String,
    verdict: &'a str,
    how: &'a str,
    device: String,
    by: String,
    name: &'a str,
    station: String,
    at: String,
    note: String,
    left: String,
}

/// The lines of the record of one lot.
pub fn rows(copy: &LotCopy) -> String {
    let document = &copy.document;
    let fact = |fact: &'static str, value: Option<String>| {
        value.map(|value| Line { fact: Cow::Borrowed(fact), value, ..Line::default() })
    };
    let mut lines = vec![Line {
        fact: "lot-record".into(),
        value: document.lot.to_string(),
        state: document.state,
        verdict: document.inspected.map_or("", verdict),
        left: text(document.left.as_ref()),
        ..Line::default()
    }];
    lines.extend(fact("lot-supplier", document.supplier.clone()));
    lines.extend(fact("lot-expires", document.expires.map(|day| day.to_string())));
    lines.extend(fact("lot-open-since", document.open_since.map(|at| at.to_string())));
    lines.extend(document.history.iter().map(|entry| of_entry(copy, entry)));
    let part = text(document.part.as_ref());
    let mut out = String::new();
    for line in &lines {
        write(&mut out, &part, line);
    }
    out
}

fn text(of: Option<&impl ToString>) -> String {
    of.map(ToString::to_string).unwrap_or_default()
}

fn of_entry<'a>(copy: &'a LotCopy, entry: &'a LotEntry) -> Line<'a> {
    let permit = entry.permit.as_ref().map(|permit| format!("permit {permit}"));
    let paper = entry.transcribed.as_ref();
    let paper = paper.map(|p| format!("from paper, entered {} by {}, witness {}", p.entered, p.by, p.witness));
    let note: Vec<String> = entry.reason.clone().into_iter().chain(permit).chain(paper).collect();
    Line {
        unit: text(entry.unit.as_ref()),
        state: entry.state.unwrap_or_default(),
        step: text(entry.step.as_ref()),
        fact: format!("lot-{}", entry.what).into(),
        value: copy.document.lot.to_string(),
        quantity: text(entry.quantity.as_ref()),
        verdict: entry.result.unwrap_or_default(),
        how: entry.how.unwrap_or_default(),
        device: text(entry.device.as_ref()),
        by: text(entry.by.as_ref()),
        name: entry.by.as_ref().map(|by| copy.name(by)).unwrap_or_default(),
        station: text(entry.station.as_ref()),
        at: entry.at.to_string(),
        note: note.join("; "),
        left: text(entry.left.as_ref()),
    }
}

fn write(out: &mut String, part: &str, line: &Line<'_>) {
    let l = line;
    write_cells(
        out,
        &[
            &l.unit,
            "",
            "",
            "",
            "",
            l.state,
            &l.step,
            "",
            "",
            &l.fact,
            part,
            "",
            &l.value,
            &l.quantity,
            l.verdict,
            l.how,
            &l.device,
            "",
            &l.by,
            l.name,
            "",
            &l.station,
            &l.at,
            &l.note,
            &l.left,
        ],
    );
}

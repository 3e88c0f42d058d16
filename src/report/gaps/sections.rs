//! What was found, as the parts of a sheet. Every text is harmless to show.

use super::content::{Scored, Told};
use super::finding::Finding;
use super::kind::{Kind, Place};
use crate::domain::text::{clipped, display_safe};
use crate::report::shift::content::Section;

/// Findings of one kind on the sheet.
const ROWS_MOST: usize = 200;
/// Characters of a text within a table.
const CHARS_MOST: usize = 200;

/// What there is to know of the sheet.
pub(super) fn facts(told: &Told<'_>) -> Vec<(&'static str, String)> {
    let score = &told.score;
    let (gaps, remarks) = counted(told);
    vec![
        ("Looked", format!("{}, {} units, {} complete", told.at, score.units, score.complete)),
        ("Score", scored(score)),
        ("Found", format!("{gaps} gaps, {remarks} remarks; {} steps are still ahead of their units", told.ahead)),
    ]
}

/// Gaps and remarks, also those for which a list has no room.
fn counted(told: &Told<'_>) -> (u64, u64) {
    let sum = |gaps: bool| {
        let of = |kind: &&Kind| kind.is_gap() == gaps;
        Kind::ALL.iter().filter(of).filter_map(|kind| told.kinds.get(kind.word())).sum()
    };
    (sum(true), sum(false))
}

fn scored(score: &Scored) -> String {
    let Some(figure) = score.score else { return "no fact was asked for yet".to_owned() };
    let trend = score.trend.map_or_else(String::new, |trend| format!(", {trend} than the week before"));
    let trend = trend.replace("same than", "the same as");
    format!("{} of {} facts on record{trend}", percent(figure), score.asked)
}

/// A figure of a thousand, as people read it.
fn percent(per_mille: u64) -> String {
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

/// Every part: the routes, then each kind of finding with who mends it and how.
pub(super) fn sections(told: &Told<'_>) -> Vec<Section> {
    let mut all = vec![routes(told)];
    for kind in Kind::ALL {
        let list = if kind.is_gap() { told.gaps } else { told.remarks };
        let total = told.kinds.get(kind.word()).copied().unwrap_or_default();
        if total > 0 {
            all.push(section(kind, list, total));
        }
    }
    all
}

fn routes(told: &Told<'_>) -> Section {
    let row = |of: &super::content::OfRoute<'_>| {
        let weeks: Vec<_> = of.score.weeks.iter().filter_map(|week| week.score).map(percent).collect();
        [
            of.route.to_string(),
            of.score.units.to_string(),
            of.score.complete.to_string(),
            of.gaps.to_string(),
            of.remarks.to_string(),
            of.score.score.map_or_else(|| "-".to_owned(), percent),
            of.score.trend.unwrap_or("-").to_owned(),
            weeks.join(" "),
        ]
        .map(|cell| safe(&cell))
        .into()
    };
    Section {
        title: "Routes".to_owned(),
        columns: vec!["route", "units", "complete", "gaps", "remarks", "score", "trend", "by week"],
        rows: told.routes.iter().take(ROWS_MOST).map(row).collect(),
        more: beyond(told.routes.len()),
    }
}

/// A kind of finding. How it is mended stands once, where it is the same for all of them.
fn section(kind: Kind, list: &[Finding], total: u64) -> Section {
    let word = if kind.is_gap() { "gap" } else { "remark" };
    let of_kind: Vec<&Finding> = list.iter().filter(|f| f.code == kind).take(ROWS_MOST).collect();
    let usual =
        |f: &&Finding| f.how == kind.how(Place { unit: f.unit.as_ref(), lot: f.lot.as_ref(), step: f.step.as_ref() });
    let is_usual = of_kind.iter().all(usual);
    let who = of_kind.first().filter(|first| of_kind.iter().all(|f| f.who == first.who)).map(|first| &first.who);
    let mends = format!("{}: {}.", who.map_or("whoever does the step", String::as_str), kind.how(Place::default()));
    let mut columns = vec!["unit", "step", "where", "by", "what"];
    if !is_usual {
        columns.push("who mends it, and how");
    }
    let shown = u64::try_from(of_kind.len()).unwrap_or(u64::MAX);
    let title = format!("{} ({word} {}): {total}", kind.title(), kind.word());
    Section {
        title: if is_usual { format!("{title}. Mended by {mends}") } else { title },
        columns,
        rows: of_kind.into_iter().map(|finding| row(finding, is_usual)).collect(),
        more: total.saturating_sub(shown),
    }
}

fn row(finding: &Finding, is_usual: bool) -> Vec<String> {
    let dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    let mut cells = vec![
        dash(whose(finding)),
        dash(finding.step.as_ref().map(ToString::to_string)),
        dash(finding.station.as_ref().map(ToString::to_string)),
        dash(finding.by.as_ref().map(ToString::to_string)),
        finding.what.clone(),
    ];
    if !is_usual {
        cells.push(format!("{}: {}", finding.who, finding.how));
    }
    cells.iter().map(|cell| safe(cell)).collect()
}

/// The unit; else the lot.
fn whose(finding: &Finding) -> Option<String> {
    let unit = finding.unit.as_ref().map(ToString::to_string);
    unit.or_else(|| finding.lot.as_ref().map(|lot| format!("lot {lot}")))
}

fn safe(text: &str) -> String {
    clipped(&display_safe(text), CHARS_MOST).into_owned()
}

fn beyond(rows: usize) -> u64 {
    u64::try_from(rows.saturating_sub(ROWS_MOST)).unwrap_or(u64::MAX)
}

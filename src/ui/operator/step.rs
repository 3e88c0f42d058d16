//! The work: the open unit at its step, what to do, and what is asked for.

use ratatui::layout::Rect;

use super::shelf::left_of;
use super::unit::{order_line, step_line, unit_line};
use super::{first, nests, paper};
use crate::app::checklist::{Asks, Bench, Row, State};
use crate::app::entry::options;
use crate::app::model::Model;
use crate::domain::role::Role;
use crate::domain::route::{Capture, CheckKind};
use crate::domain::way;
use crate::ui::glyph::cells;
use crate::ui::pen::{Page, Pen, u16_of};
use crate::ui::words::between::Between;
use crate::ui::words::label::Label;
use crate::ui::words::many::Many;
use crate::ui::words::shop::Shop;
use crate::ui::wrap::fit;

/// Cells from which on a row of the list has three columns.
const WIDE: u16 = 60;
/// Cells between two columns.
const GAP: u16 = 2;

/// Draws the screen.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model, bench: Bench<'_>) {
    let mut page = Page::new(pen, body);
    if let Some(work) = &model.desk.open {
        unit_line(&mut page, work);
        order_line(&mut page, work, model.desk.order.as_ref());
        nests::draw(&mut page, model);
    }
    step_line(&mut page, bench);
    circumstances(&mut page, model, bench);
    let roomy = page.left() > 12;
    let before = page.left();
    trouble(&mut page, bench);
    if roomy {
        // What is wrong takes the row of air, so that nothing moves when it comes.
        page.skip(u16::from(page.left() == before));
        instructions(&mut page, bench);
    }
    rows(&mut page, model, bench);
    if bench.is_complete() {
        let (text, style) = (page.pen.say(Label::NothingMissing), page.pen.theme.strong());
        page.line(text, style);
    }
}

/// What is out of the ordinary about the step: a sample, one that may be left out, a time limit, somebody who stands
/// by, and what else may be done now.
fn circumstances(page: &mut Page<'_, '_>, model: &Model, bench: Bench<'_>) {
    let say = |label: Shop| page.pen.say(label);
    let mut all: Vec<String> = Vec::new();
    all.extend(bench.begins_by(model.status.now.as_ref()).map(|at| {
        let time = page.pen.speech.time(at);
        format!("{} {time}", say(Shop::BeginBy))
    }));
    all.extend(bench.traveller.rework.at(&bench.step.id).map(|back| {
        let (from, reason) = (back.from.as_ref().map_or("-", |s| s.as_str()), back.reason.as_deref().unwrap_or("-"));
        format!("{} {from}: {reason}", say(Shop::ReworkOf))
    }));
    let permits: Vec<_> = bench.traveller.let_go.permits().iter().map(|p| p.as_str()).collect();
    all.extend((!permits.is_empty()).then(|| format!("{} {}", say(Shop::UnderPermit), permits.join(", "))));
    all.extend(bench.step.sample.map(|s| format!("{} {}", say(Shop::Sampled), s.one_in)));
    all.extend(way::may_be_left_out(bench.traveller, bench.step).then(|| say(Shop::Optional).to_owned()));
    all.extend(first::circumstances(page.pen, bench));
    let supervisor = bench.traveller.open.as_ref().and_then(|o| o.supervisor.as_ref());
    all.extend(supervisor.map(|badge| format!("{} {badge}", say(Shop::StandsBy))));
    let me = model.desk.operator.as_ref().map(|person| &person.badge);
    let last = bench.attempt().and_then(|attempt| attempt.workers.last()).filter(|last| Some(*last) != me);
    all.extend(last.map(|badge| format!("{} {badge}", page.pen.say(Between::TakenOver))));
    let others = bench.elsewhere();
    if !others.is_empty() {
        let at = page.pen.say(Label::At);
        let listed: Vec<_> = others.iter().map(|s| format!("{} {} {at} {}", s.id, s.title, s.station)).collect();
        all.push(format!("{} {}", say(Shop::AlsoNow), listed.join(", ")));
    }
    let plain = page.pen.theme.plain();
    if !all.is_empty() {
        page.text(&all.join(" • "), 2, plain);
    }
}

/// A new label that was not scanned back, a hold, or a check that failed.
fn trouble(page: &mut Page<'_, '_>, bench: Bench<'_>) {
    paper::waits(page, bench.traveller);
    if bench.traveller.is_held() {
        let (on_hold, style) = (page.pen.say(Label::OnHold), page.pen.theme.stop());
        for held in &bench.traveller.holds {
            page.text(&format!("{on_hold}: {}", held.reason), 2, style);
        }
    } else if bench.failed().is_some() {
        let (text, style) = (page.pen.say(Label::RetestPossible), page.pen.theme.failed());
        page.text(text, 2, style);
    }
}

fn instructions(page: &mut Page<'_, '_>, bench: Bench<'_>) {
    let plain = page.pen.theme.plain();
    let variant = bench.traveller.variant.as_deref();
    if let Some(text) = &bench.step.instructions {
        page.text(&bench.route.text_for(text, variant), 4, plain);
    }
    if let Some(document) = &bench.step.document {
        let document = bench.route.text_for(document, variant);
        let word = page.pen.say(Label::Document);
        page.line(&format!("{word}  {document}"), plain);
    }
    if bench.step.instructions.is_some() || bench.step.document.is_some() {
        page.skip(1);
    }
}

/// The list of what the step asks for. Where it is longer than the screen, what is next stays in sight.
pub(super) fn rows(page: &mut Page<'_, '_>, model: &Model, bench: Bench<'_>) {
    let rows = bench.rows();
    let room = usize::from(page.left());
    let next = rows.iter().position(|r| r.state == State::Next).unwrap_or(0);
    let (from, shown) = if rows.len() <= room {
        (0, rows.len())
    } else {
        // One row less, for how many more there are.
        let shown = room.saturating_sub(1);
        (next.saturating_sub(shown / 2).min(rows.len().saturating_sub(shown)), shown)
    };
    for row in rows.iter().skip(from).take(shown) {
        draw_row(page, model, row);
    }
    if shown < rows.len() && page.left() > 0 {
        let (more, plain) = (page.pen.say(Label::More), page.pen.theme.plain());
        page.line(&format!("  … {} {more}", rows.len() - shown), plain);
    }
}

fn draw_row(page: &mut Page<'_, '_>, model: &Model, row: &Row<'_>) {
    let theme = page.pen.theme;
    let (sign, style) = match row.state {
        State::Done => ("■", theme.plain()),
        State::Failed => ("!", theme.failed()),
        State::Next => ("▶", theme.strong()),
        State::Open => (" ", theme.plain()),
    };
    page.at(0, sign, style);
    let got = spoken(page, row);
    if page.width() >= WIDE {
        // What is there stands at the edge, whole; the limits give way to it, and a long title.
        let edge = page.width().saturating_sub(u16_of(cells(&got)).saturating_add(GAP));
        let room = |x: u16| usize::from(edge.saturating_sub(x));
        let x = page.at(2, &fit(&title(page, row), room(2)), style).max(34).saturating_add(GAP);
        page.at(x, &fit(&wanted(page, model, row), room(x)), style);
        page.right(&got, style);
    } else {
        let x = page.at(2, &title(page, row), style).saturating_add(2);
        let text = if row.got.is_empty() { wanted(page, model, row) } else { got };
        page.at(x, &text, style);
    }
    page.skip(1);
    if row.state == State::Next
        && let Asks::Check { check, .. } = &row.asks
        && matches!(check.kind, CheckKind::Choice { .. })
    {
        let numbered = options(check).iter().enumerate().map(|(i, o)| format!("{} {o}", i + 1)).collect::<Vec<_>>();
        page.indented(2, &numbered.join(" • "), theme.strong());
    }
}

/// What is there, as words.
fn spoken(page: &Page<'_, '_>, row: &Row<'_>) -> String {
    let got = match &row.asks {
        Asks::Check { check, .. } => page.pen.speech.observed(check, &row.got),
        Asks::Part { .. } | Asks::Gauge { .. } | Asks::Signature(_) | Asks::FirstPiece => row.got.clone(),
    };
    if row.state == State::Failed { format!("{got}  {}", page.pen.say(Label::Failed)) } else { got }
}

fn title(page: &Page<'_, '_>, row: &Row<'_>) -> String {
    match &row.asks {
        Asks::Part { title, part, .. } if page.width() >= WIDE => format!("{title}  {part}"),
        Asks::Part { title, .. } => (*title).to_owned(),
        Asks::Gauge { kind, .. } => format!("{} {kind}", page.pen.say(Shop::Gauge)),
        Asks::Check { check, point } => point.map_or_else(|| check.title.clone(), |p| format!("{} {p}", check.title)),
        Asks::Signature(sign_off) => format!("{}: {}", page.pen.say(Label::Signature), sign_off.meaning),
        Asks::FirstPiece => format!("{}: {}", page.pen.say(Label::Signature), page.pen.say(Many::Approval)),
    }
}

fn wanted(page: &Page<'_, '_>, model: &Model, row: &Row<'_>) -> String {
    match &row.asks {
        // What is loaded is drawn when the step passes.
        Asks::Part { loaded: Some(lot), wanted, .. } => {
            let left = left_of(page.pen, model, lot.as_str()).map(|l| format!(", {l}")).unwrap_or_default();
            format!("{} x{wanted}{left}", page.pen.say(Shop::Loaded))
        }
        Asks::Gauge { .. } => page.pen.say(Shop::AsksGauge).to_owned(),
        Asks::Part { capture: Capture::Loaded, wanted, .. } => format!("{} x{wanted}", page.pen.say(Shop::AsksLoad)),
        Asks::Part { capture, have, wanted, .. } => {
            let how = page.pen.say(match capture {
                Capture::Serial => Label::AsksSerial,
                Capture::Lot | Capture::Loaded => Label::AsksLot,
            });
            if *wanted > 1 { format!("{how}  {have}/{wanted}") } else { how.to_owned() }
        }
        Asks::Check { check, .. } => match &check.kind {
            CheckKind::Number { limits, .. } => limits.to_string(),
            CheckKind::Confirm => page.pen.say(Label::AsksConfirm).to_owned(),
            CheckKind::Text { .. } => page.pen.say(Label::AsksText).to_owned(),
            CheckKind::Choice { .. } => format!("1 … {}", options(check).len()),
            CheckKind::Scan { .. } => page.pen.say(Label::AsksScan).to_owned(),
        },
        Asks::Signature(sign_off) => {
            format!("{} ({})", page.pen.say(Label::AsksBadge), page.pen.speech.role(sign_off.role))
        }
        Asks::FirstPiece => format!("{} ({})", page.pen.say(Label::AsksBadge), page.pen.speech.role(Role::Quality)),
    }
}

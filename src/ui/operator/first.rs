//! First pieces and golden samples: what waits for approval, and what the tester was found to be.

use ratatui::layout::Rect;

use super::unit::{unit_line, verdict};
use crate::app::checklist::Bench;
use crate::app::model::Model;
use crate::app::settlement::Work;
use crate::domain::attempt::Attempt;
use crate::domain::first_piece::FirstOf;
use crate::domain::golden::SampleRun;
use crate::domain::route::CheckKind;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;
use crate::ui::words::many::Many;

/// What the open unit is the first piece of, and until when its tester counts as proved.
pub(super) fn circumstances(pen: &Pen<'_>, bench: Bench<'_>) -> Vec<String> {
    let unit = bench.traveller.unit.as_ref();
    let first = unit.and_then(|unit| bench.at.first_pieces.waiting(unit, &bench.step.id));
    let mut all: Vec<String> = first.map(|first| piece_of(pen, &first.of)).into_iter().collect();
    let golden = bench.step.golden.as_ref().filter(|_| !bench.traveller.is_sample());
    for (golden, samples) in golden.into_iter().flat_map(|golden| golden.sorts().map(move |(_, all)| (golden, all))) {
        let last = bench.at.samples.last(&bench.route.id, &bench.step.id, samples);
        all.extend(last.map(|run| match golden.until(run) {
            Some(until) => format!("{} {} {}", run.unit, pen.say(Many::SampleDue), pen.speech.time(until)),
            None => format!("{} {} {}", run.unit, pen.say(Many::SampleRun), pen.speech.time(run.moment.at)),
        }));
    }
    all
}

fn piece_of(pen: &Pen<'_>, of: &FirstOf) -> String {
    match of {
        FirstOf::Shift(shift) => format!("{} {}", pen.say(Many::FirstOfShift), shift.name),
        FirstOf::Day(day) => format!("{} {day}", pen.say(Many::FirstOfDay)),
        FirstOf::Order(order) => format!("{} {order}", pen.say(Many::FirstOfOrder)),
        FirstOf::Lot(lot) => format!("{} {lot}", pen.say(Many::FirstOfLot)),
    }
}

/// What a station without a unit has to tell: the first pieces that it waits for, and testers that failed.
pub(super) fn station(page: &mut Page<'_, '_>, model: &Model) {
    let (strong, failed) = (page.pen.theme.strong(), page.pen.theme.failed());
    for first in model.desk.station.first_pieces.all_waiting() {
        let text = format!("▶ {}  {}", piece_of(page.pen, &first.of), first.unit);
        page.line(&text, strong);
    }
    for run in model.desk.station.samples.found_wanting() {
        let text = format!("! {}", wanting(page.pen, run));
        page.text(&text, 2, failed);
    }
}

fn wanting(pen: &Pen<'_>, run: &SampleRun) -> String {
    let check = run.check.as_ref().map(|check| format!(" ({check})")).unwrap_or_default();
    format!("{} {}{check}  {}", pen.say(Many::TesterFailed), run.unit, pen.speech.time(run.moment.at))
}

/// The tester did not find what it should: nothing more is tested there.
pub(super) fn tester_failed(pen: &mut Pen<'_>, body: Rect, work: &Work, model: &Model) {
    let style = pen.theme.stop();
    let beside = pen.say(Many::StopTesting);
    let rest = verdict(pen, body, Label::BigFail, style, &[beside]);
    let mut page = Page::new(pen, rest);
    unit_line(&mut page, work);
    let Some(bench) = Bench::of(&work.traveller, &work.route, &model.desk.station) else { return };
    let (plain, failed) = (page.pen.theme.plain(), page.pen.theme.failed());
    let (step, why) = (page.pen.say(Label::Step), page.pen.say(Label::Why));
    page.entry(step, &format!("{}  {}", bench.step.id, bench.step.title), plain);
    let last = work.traveller.step(&bench.step.id).and_then(|s| s.attempts.last());
    for seen in last.into_iter().flat_map(Attempt::standing) {
        let Some(check) = bench.step.check(&seen.check) else { continue };
        let limits = match &check.kind {
            CheckKind::Number { limits, .. } => format!(" ({limits})"),
            CheckKind::Confirm | CheckKind::Text { .. } | CheckKind::Choice { .. } | CheckKind::Scan { .. } => {
                String::new()
            }
        };
        let value = page.pen.speech.observed(check, &seen.value);
        page.entry(why, &format!("{}: {value}{limits}", check.title), if seen.passed { plain } else { failed });
    }
    if let Some(reason) = last.and_then(|a| a.result.as_ref()?.reason.as_ref()) {
        page.entry(why, reason, failed);
    }
    let text = page.pen.say(Many::UntilGood);
    page.text(text, 2, plain);
}

//! The band above the field: what the last input came to. It flips, the room does not.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::{Pen, u16_of};
use super::words::label::Label;
use super::words::paper::Paper;
use super::words::shop::Shop;
use super::words::speech::Speech;
use super::words::{self};
use super::wrap::wrap;
use crate::app::checklist::number;
use crate::app::doubt::Doubt;
use crate::app::model::{Band, Log, Model, Note, Verdict};
use crate::app::port::Receipt;
use crate::app::question::Unfit;
use crate::app::settlement::{Settlement, Work};
use crate::domain::gate::decision::Did;
use crate::domain::id::StepId;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::route::CheckKind;
use crate::domain::text::display_safe;
use crate::domain::what::Remark;

/// Rows that the band grows to.
const ROWS_MOST: usize = 3;
/// Cells from which on there is room to say what to do.
const WIDE: u16 = 60;

/// Draws the band. Its lowest row is given; it grows upwards over the screen.
pub fn draw(pen: &mut Pen<'_>, lowest: Rect, model: &Model) {
    if let Some((text, style)) = said(pen, lowest.width, model) {
        draw_text(pen, lowest, &text, style);
    }
}

/// What the band says, where it says something.
pub(super) fn said(pen: &Pen<'_>, width: u16, model: &Model) -> Option<(String, Style)> {
    Some(match &model.band {
        _ if model.log == Log::Saving => (pen.say(Label::Saving).to_owned(), pen.theme.hint()),
        Band::Silent => return None,
        Band::Did(settlement) if settlement.passed == Some(false) => {
            let what = outcome(pen.speech, settlement);
            (format!("{} • {what}", pen.say(Label::BandFail)), pen.theme.stop())
        }
        Band::Did(settlement) if settlement.remarks.is_empty() => {
            (format!("■ {}", outcome(pen.speech, settlement)), pen.theme.plain())
        }
        Band::Did(settlement) => {
            let what = outcome(pen.speech, settlement);
            (remarked(pen, format!("■ {what}"), &settlement.remarks), pen.theme.hint())
        }
        Band::Chosen(settlement, what) => {
            let text = format!("■ {}: {what}", outcome(pen.speech, settlement));
            let calm = settlement.remarks.is_empty();
            (remarked(pen, text, &settlement.remarks), if calm { pen.theme.plain() } else { pen.theme.hint() })
        }
        Band::Passed(verdict) => said_pass(pen, &verdict.receipt, verdict),
        Band::Hint(refusal) => (hint(pen, width, refusal), pen.theme.hint()),
        Band::Note(note) => (noted(pen, note), pen.theme.hint()),
    })
}

/// What is wrong; and what to do, where that is not the same and there is room.
fn hint(pen: &Pen<'_>, width: u16, refusal: &Refusal) -> String {
    let message = pen.speech.message(refusal.code, &refusal.evidence);
    // A label that did not come in whole is scanned again, whatever else there is room for.
    let wide = width >= WIDE && matches!(refusal.code, Code::UnknownLabel | Code::ScannerTest | Code::CheckMalformed);
    if wide || refusal.code == Code::Misread {
        let act = pen.speech.what_to_do(refusal.code, &refusal.evidence);
        format!("{message} {act}")
    } else {
        message
    }
}

/// PASS is drawn from a receipt, and from nothing else.
fn said_pass(pen: &Pen<'_>, receipt: &Receipt, verdict: &Verdict) -> (String, Style) {
    let step = verdict.step.as_ref().map(ToString::to_string).unwrap_or_default();
    let head = receipt.head();
    let (pass, word, recorded) = (pen.say(Label::BandPass), pen.say(Label::Step), pen.say(Label::Recorded));
    // Where it went on alone, the unit that shows is the one; else it is another one of several.
    let unit = verdict.work.traveller.unit.as_ref().filter(|_| verdict.work.traveller.open.is_none());
    let unit = unit.map(|unit| format!("{unit} • ")).unwrap_or_default();
    let text = format!("{pass} • {unit}{word} {step} • {recorded} {}:{}", head.terminal, head.seq);
    (remarked(pen, text, &verdict.remarks), pen.theme.pass())
}

/// What was done, and what there is to know about the material of it.
fn remarked(pen: &Pen<'_>, what: String, remarks: &[Remark]) -> String {
    remarks.iter().fold(what, |text, remark| format!("{text} • {}", pen.speech.remark(remark)))
}

fn draw_text(pen: &mut Pen<'_>, lowest: Rect, text: &str, style: Style) {
    let width = usize::from(lowest.width.saturating_sub(2));
    let mut lines = wrap(&display_safe(text), width);
    lines.truncate(ROWS_MOST);
    let rows = u16_of(lines.len());
    let area = Rect { y: lowest.bottom().saturating_sub(rows), height: rows, ..lowest };
    pen.fill(area, style);
    for (y, line) in lines.iter().enumerate() {
        pen.put(area, 1, u16_of(y), line, style);
    }
}

/// What was done, with what it was done to.
#[expect(clippy::wildcard_enum_match_arm, reason = "most of what is done speaks for itself")]
pub(super) fn outcome(speech: Speech, settlement: &Settlement) -> String {
    let Ok(did) = &settlement.answer else { return String::new() };
    let done = words::did(speech.lang, *did);
    let step = settlement.step.as_ref();
    let unit = || settlement.unit.as_ref().map(ToString::to_string);
    let what = match did {
        Did::CheckRecorded => observed(speech, settlement.work.as_ref(), step),
        Did::MaterialInstalled | Did::MaterialVerified => installed(settlement.work.as_ref(), step, *did),
        Did::SignatureRecorded => signed(settlement.work.as_ref(), step),
        Did::FirstPieceApproved => approved(settlement.work.as_ref(), step),
        Did::SignedOn => settlement.desk.operator.as_ref().map(|p| p.name.clone()),
        Did::LabelReplaced | Did::LabelReprinted => settlement.work.as_ref().and_then(labelled),
        Did::UnitOpened
        | Did::LabelVerified
        | Did::LoadEntered
        | Did::LoadLeft
        | Did::UnitHeld
        | Did::FirstPieceDropped
        | Did::GoldenPassed
        | Did::GoldenFailed
        | Did::HoldReleased
        | Did::HistorySettled
        | Did::Disposed
        | Did::Closed
        | Did::Voided => unit(),
        _ => None,
    };
    what.map_or_else(|| done.to_owned(), |what| format!("{done}: {what}"))
}

/// The unit, and the number on its label where that is another one.
fn labelled(work: &Work) -> Option<String> {
    let unit = work.traveller.unit.as_ref()?;
    let label = work.traveller.labels.valid(unit);
    Some(if label == unit { unit.to_string() } else { format!("{label} ({unit})") })
}

fn observed(speech: Speech, work: Option<&Work>, step: Option<&StepId>) -> Option<String> {
    let (work, step) = (work?, step?);
    let attempt = work.traveller.step(step)?.attempts.last()?;
    let seen = attempt.observations.last()?;
    let check = work.route.step(step)?.check(&seen.check)?;
    let point = seen.point.as_ref().map(|p| format!(" {p}")).unwrap_or_default();
    let limits = if let (CheckKind::Number { limits, .. }, false) = (&check.kind, seen.passed) {
        format!(" ({limits})")
    } else {
        String::new()
    };
    Some(format!("{}{point} {}{limits}", check.title, speech.observed(check, &seen.value)))
}

fn installed(work: Option<&Work>, step: Option<&StepId>, did: Did) -> Option<String> {
    let (work, step) = (work?, step?);
    if did == Did::MaterialVerified {
        return work.traveller.step(step)?.attempts.last()?.verified.last().map(ToString::to_string);
    }
    let piece = work.traveller.installed.iter().rev().find(|i| i.step == *step && i.out.is_none())?;
    let title = work.route.parts.get(&piece.part).map_or(piece.part.as_str(), |p| &p.title);
    Some(format!("{title} {}", number(&piece.piece)))
}

fn signed(work: Option<&Work>, step: Option<&StepId>) -> Option<String> {
    let attempt = work?.traveller.step(step?)?.attempts.last()?;
    attempt.signature.as_ref().map(|s| format!("{}, {}", s.name, s.meaning))
}

fn approved(work: Option<&Work>, step: Option<&StepId>) -> Option<String> {
    let attempt = work?.traveller.step(step?)?.attempts.last()?;
    attempt.approval.as_ref().map(|s| s.name.clone())
}

fn noted(pen: &Pen<'_>, note: &Note) -> String {
    match note {
        Note::Unfit(Unfit::NotListed) => pen.say(Label::NotListed).to_owned(),
        Note::Unfit(Unfit::NotDigits) => pen.say(Label::NotDigits).to_owned(),
        Note::Unfit(Unfit::NoBadge) => pen.say(Label::NoBadge).to_owned(),
        Note::Unfit(Unfit::UnknownPart) => pen.say(Shop::UnknownPart).to_owned(),
        Note::Unfit(Unfit::NoLot) => pen.say(Shop::NoLot).to_owned(),
        Note::Unfit(Unfit::NoQuantity) => pen.say(Shop::NoQuantity).to_owned(),
        Note::Unfit(Unfit::NoDay) => pen.say(Shop::NoDay).to_owned(),
        Note::Unfit(Unfit::NoNumber) => pen.say(Paper::NoNumber).to_owned(),
        Note::Unfit(Unfit::NoTime) => pen.say(Paper::NoTime).to_owned(),
        Note::PinUnasked => pen.say(Label::PinUnasked).to_owned(),
        Note::PinScanned => pen.say(Label::PinScanned).to_owned(),
        Note::ScreenChanged => pen.say(Label::ScreenChanged).to_owned(),
        Note::TooFast(lost) => format!("{lost} {}", pen.say(Label::TooFast)),
        Note::FailAgain { title, point } => {
            let point = point.as_ref().map(|p| format!(" {p}")).unwrap_or_default();
            format!("{} {title}{point}", pen.say(Label::FailAgain))
        }
        Note::NotTaken => pen.say(Label::NotTaken).to_owned(),
        Note::Doubtful(Doubt::KeyboardCame) => pen.say(Label::KeyboardCame).to_owned(),
        Note::Doubtful(Doubt::ScannerCame) => pen.say(Label::ScannerCame).to_owned(),
    }
}

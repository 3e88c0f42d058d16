//! What an event says, in a line.

use super::detail::detail;
use crate::app::inspect::record::Logged;
use crate::domain::event::How;
use crate::domain::route::{Check, CheckKind, Route};
use crate::domain::traveller::State;
use crate::domain::what::{CheckRecorded, Disposed, Outcome, Piece, Voided, What};
use crate::ui::words::label::Label;
use crate::ui::words::look::Look;
use crate::ui::words::speech::Speech;

/// What it says, and whether that is trouble.
pub(super) fn said(speech: Speech, logged: &Logged, route: Option<&Route>) -> (String, bool) {
    let say = |look: Look| look.text(speech.lang).to_owned();
    let about = &logged.event.about;
    let reason = about.reason.as_deref().map(|r| format!(": {r}")).unwrap_or_default();
    #[expect(clippy::wildcard_enum_match_arm, reason = "a kind without words of its own shows by its name on record")]
    let (text, trouble) = match &logged.event.what {
        What::UnitStarted(begun) => {
            let variant = begun.variant.as_deref().map(|v| format!(" {v}")).unwrap_or_default();
            (format!("{}{variant}", Label::Began.text(speech.lang)), false)
        }
        What::UnitOpened(opened) => {
            let at = about.station.as_ref().map_or("-", |s| s.as_str());
            let from = opened.takeover_from.as_ref();
            let from = from.map(|by| format!(", {} {by}", say(Look::TakenOver))).unwrap_or_default();
            (format!("{} {at}{from}", say(Look::Opened)), false)
        }
        What::UnitClosed(_) => (say(Look::PutDown), false),
        What::MaterialInstalled(m) => {
            let part = m.is.as_ref().unwrap_or(&m.part);
            (format!("{part}  {}{}", piece(&m.piece), many(m.quantity)), false)
        }
        What::MaterialVerified(m) => (format!("{}  {} {}", m.part, m.serial, say(Look::MetAgain)), false),
        What::CheckRecorded(check) => (observed(speech, check, logged, route), !check.passed),
        What::ObservationVoided(voided) => (format!("{} {}{reason}", say(Look::TakenBack), of(&voided.of)), false),
        What::RetestBegun(_) => (format!("{}{reason}", say(Look::Retest)), false),
        What::SignatureRecorded(s) => (format!("{} {}: {}", Label::Signed.text(speech.lang), s.name, s.meaning), false),
        What::StepPassed(_) => (say(Look::StepPassed), false),
        What::StepSkipped(_) => (say(Look::LeftOut), false),
        What::StepFailed(_) => (format!("{}{reason}", say(Look::StepFailed)), true),
        What::Disposed(disposed) => (format!("{}{reason}", decided(speech, disposed)), false),
        What::UnitHeld(_) => (format!("{}{reason}", say(Look::OnHold)), true),
        What::HoldReleased(_) => (format!("{}{reason}", say(Look::HoldEnded)), false),
        What::UnitCompleted(_) => (say(Look::Done), false),
        What::UnitDispatched(_) => (say(Look::Left), false),
        What::Refused(refused) => {
            let message = speech.message(refused.code, &refused.evidence);
            (format!("{} {}: {message}", say(Look::Refused), refused.code.word()), true)
        }
        other => {
            let facts = detail(speech, other);
            let gap = if facts.trim().is_empty() { "" } else { "  " };
            (format!("{}{gap}{}{reason}", other.kind(), facts.trim_end()), false)
        }
    };
    if logged.holds { (text, trouble) } else { (format!("{} {text}", say(Look::ChainBroken)), true) }
}

fn observed(speech: Speech, seen: &CheckRecorded, logged: &Logged, route: Option<&Route>) -> String {
    let step = logged.event.about.step.as_ref();
    let check: Option<&Check> = route.zip(step).and_then(|(route, step)| route.step(step)?.check(&seen.check));
    let title = check.map_or_else(|| seen.check.as_str(), |check| check.title.as_str());
    let point = seen.point.as_ref().map(|p| format!(" {p}")).unwrap_or_default();
    let value = check.map_or_else(|| seen.value.clone(), |check| speech.observed(check, &seen.value));
    let asked = check.map(asks).filter(|a| !a.is_empty()).map(|a| format!("  [{a}]")).unwrap_or_default();
    let verdict = if seen.passed { Label::Passed } else { Label::Failed }.text(speech.lang);
    let gauge = seen.gauge.as_ref().map(|g| format!("  {} {g}", Look::Gauge.text(speech.lang))).unwrap_or_default();
    format!("{title}{point}  {value}  {verdict}{asked}{gauge}")
}

/// What the route asks of a check, in short.
fn asks(check: &Check) -> String {
    match &check.kind {
        CheckKind::Number { limits, .. } => limits.to_string(),
        CheckKind::Choice { pass, .. } => pass.iter().map(ToString::to_string).collect::<Vec<_>>().join("|"),
        CheckKind::Confirm | CheckKind::Text { .. } | CheckKind::Scan { .. } => String::new(),
    }
}

fn piece(piece: &Piece) -> &str {
    match piece {
        Piece::Lot(lot) => lot.as_str(),
        Piece::Serial(serial) => serial.as_str(),
    }
}

fn many(quantity: u32) -> String {
    if quantity == 1 { String::new() } else { format!("  x{quantity}") }
}

fn of(voided: &Voided) -> String {
    match voided {
        Voided::Check { check, point } => {
            format!("{check}{}", point.as_ref().map(|p| format!(" {p}")).unwrap_or_default())
        }
        Voided::Material { part, piece: of, .. } => format!("{part} {}", piece(of)),
        Voided::Verified { serial } => serial.to_string(),
    }
}

fn decided(speech: Speech, disposed: &Disposed) -> String {
    match &disposed.outcome {
        Outcome::Rework { to, .. } => format!("{} {to}", Look::Rework.text(speech.lang)),
        Outcome::Scrap => Look::Scrap.text(speech.lang).to_owned(),
        Outcome::UseAsIs => Look::UseAsIs.text(speech.lang).to_owned(),
    }
}

/// How a datum came in, and by which device.
pub(super) fn how(how: &How) -> String {
    match how {
        How::Scanned(device) | How::Gauge(device) | How::Machine(device) => format!("{} {device}", how.word()),
        How::Typed | How::Loaded => how.word().to_owned(),
        How::Transcribed { by, witness } => format!("{} {by} / {witness}", how.word()),
    }
}

/// Whether a state is out of the ordinary.
pub(super) fn is_trouble(state: State) -> bool {
    match state {
        State::Held | State::Nonconforming | State::Scrapped => true,
        State::InProcess | State::Complete | State::Dispatched | State::Merged => false,
    }
}

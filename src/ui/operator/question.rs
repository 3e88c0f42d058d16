//! A question over the screen: a list, words, a badge or a PIN.

use ratatui::layout::Rect;

use super::list::window;
use super::unit::unit_line;
use super::{between, paper, pieces, shelf, station};
use crate::app::choosing::Errand;
use crate::app::explaining;

use crate::app::handover::Told;
use crate::app::lead::{Decision, Lead, Stage};
use crate::app::model::{Model, Over};
use crate::app::moving;
use crate::app::question::{Choice, Doing, Known, Question, Reason, Signer, Title};
use crate::app::signing::Signing;
use crate::domain::need::Need;
use crate::domain::time::{At, SECOND};
use crate::domain::what::Fate;
use crate::ui::pen::{Page, Pen};
use crate::ui::words;
use crate::ui::words::between::Between;
use crate::ui::words::label::Label;
use crate::ui::words::many::Many;
use crate::ui::words::paper::Paper;
use crate::ui::words::shop::Shop;

/// Microseconds of an hour.
const HOUR: i64 = 3_600 * SECOND;

/// Draws the question.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model, question: &Question, over: &Over) {
    let (strong, plain) = (pen.theme.strong(), pen.theme.plain());
    let mut page = Page::new(pen, body);
    if let Some(work) = model.subject().filter(|_| is_about_unit(model, question)) {
        unit_line(&mut page, work);
    }
    let (title, hint) = asks(page.pen, question);
    page.line(title, strong);
    if let Some(text) = hint {
        page.text(text, 2, plain);
    }
    match question {
        Question::Pin(Signer::Sign(_)) => {
            let meaning = model.bench().and_then(|bench| match bench.next()? {
                Need::Signature(sign_off) => Some(sign_off.meaning.as_str()),
                Need::FirstPiece => Some(page.pen.say(Many::Approval)),
                Need::Material { .. } | Need::Gauge(_) | Need::Check { .. } => None,
            });
            if let Some(meaning) = meaning {
                let word = page.pen.say(Label::PinSign);
                page.text(&format!("{word} {meaning}"), 2, plain);
            }
        }
        Question::Lead(lead) => decided(&mut page, lead),
        Question::Receive(lot) => station::known(&mut page, lot),
        Question::Pieces(of) => pieces::said(&mut page, of),
        Question::GivingUp(giving_up) => {
            let text = format!("▶ {}", giving_up.unit);
            page.line(&text, strong);
        }
        Question::Confirm(confirm) => {
            let text = format!("{}: {}", page.pen.say(Label::PinRecoveredOf), confirm.of);
            page.text(&text, 2, plain);
        }
        Question::Move(moving) => {
            if let Some((to, plan)) = moving.chosen() {
                let told = format!("▶ {to}  {}", between::planned(page.pen, plan.as_ref()));
                page.text(&told, 2, strong);
            }
        }
        Question::Hour(explaining) => {
            if let Some(hour) = explaining.hour() {
                let told = format!("▶ {}", hour_of(page.pen, hour));
                page.line(&told, strong);
            }
        }
        Question::Label(of) => paper::said(&mut page, of),
        Question::Paper(of) => paper::stated(&mut page, of),
        Question::Pin(Signer::SignOn(_))
        | Question::Reason(_)
        | Question::Menu(_)
        | Question::Pick(_)
        | Question::Shift(_) => {}
    }
    if page.left() > 6 {
        page.skip(1);
    }
    choices(&mut page, question, over.top);
}

/// Whether a question is about the unit in hand, and not about the station.
fn is_about_unit(model: &Model, question: &Question) -> bool {
    match question {
        Question::Pin(Signer::SignOn(_))
        | Question::Menu(_)
        | Question::Receive(_)
        | Question::Confirm(_)
        | Question::GivingUp(_)
        | Question::Shift(_)
        | Question::Hour(_)
        | Question::Paper(_)
        | Question::Reason(Reason { of: Doing::Down | Doing::Note | Doing::Withdraw, .. }) => false,
        Question::Pick(_) => model.bench().is_some(),
        Question::Label(of) => of.work.is_some(),
        Question::Pin(Signer::Sign(_))
        | Question::Reason(_)
        | Question::Lead(_)
        | Question::Pieces(_)
        | Question::Move(_) => true,
    }
}

/// The title of a question, and how to answer it.
fn asks(pen: &Pen<'_>, question: &Question) -> (&'static str, Option<&'static str>) {
    match question {
        Question::Menu(_) => (pen.say(Shop::StationTitle), Some(pen.say(Label::ChooseHint))),
        Question::Pick(of) => station::picks(pen, of, question.choices().is_empty()),
        Question::Receive(lot) => station::receives(pen, lot),
        Question::Pieces(of) => pieces::asks(pen, of),
        Question::Shift(_) => (pen.say(Between::ShiftTitle), Some(pen.say(Label::ChooseHint))),
        Question::Move(moving) => moves(pen, moving.stage()),
        Question::GivingUp(giving_up) => signs(pen, giving_up.signing(), pen.say(Many::WhyGiveUp)),
        Question::Hour(explaining) => explains(pen, explaining.stage()),
        Question::Label(of) => paper::asks(pen, of),
        Question::Paper(of) => paper::begins(pen, of.stage()),
        Question::Pin(Signer::SignOn(_)) => (pen.say(Label::PinTitle), Some(pen.say(Label::PinSignOn))),
        Question::Pin(Signer::Sign(_)) => (pen.say(Label::PinTitle), None),
        Question::Reason(Reason { of, writing, .. }) => {
            let title = match of {
                Doing::Fail => pen.say(Label::WhyFail),
                Doing::Hold => pen.say(Label::WhyHold),
                Doing::Void => pen.say(Label::WhyVoid),
                Doing::Retest => pen.say(Label::WhyRetest),
                Doing::Down => pen.say(Between::WhyDown),
                Doing::Note => pen.say(Between::WhatNote),
                Doing::Withdraw => pen.say(Between::WhyWithdraw),
                Doing::TakeOut(_) => pen.say(Label::WhyTakeOut),
            };
            (title, Some(pen.say(if *writing { Label::WriteHint } else { Label::ChooseHint })))
        }
        Question::Confirm(confirm) if confirm.asks_pin() => {
            (pen.say(Label::PinTitle), Some(pen.say(Label::PinConfirm)))
        }
        Question::Confirm(_) => (pen.say(Label::LeadBadge), Some(pen.say(Label::PinConfirm))),
        Question::Lead(lead) => decides(pen, lead.stage()),
    }
}

/// What is asked for of a signature.
pub(super) fn signs(pen: &Pen<'_>, at: Signing, why: &'static str) -> (&'static str, Option<&'static str>) {
    match at {
        Signing::Words => (why, Some(pen.say(Label::WriteHint))),
        Signing::Badge => (pen.say(Label::LeadBadge), None),
        Signing::Pin => (pen.say(Label::PinTitle), Some(pen.say(Label::PinLead))),
    }
}

/// What is asked of a lead.
fn decides(pen: &Pen<'_>, stage: Stage) -> (&'static str, Option<&'static str>) {
    let (title, hint) = match stage {
        Stage::Decision => (Label::LeadDecision, Label::ChooseHint),
        Stage::Hold => (Label::LeadHold, Label::ChooseHint),
        Stage::To => (Label::LeadTo, Label::ChooseHint),
        Stage::GoOn => (Label::LeadGoOn, Label::ChooseHint),
        Stage::Removed => (Label::LeadRemoved, Label::LeadRemovedHint),
        Stage::Defect => (Label::LeadWhy, Label::ChooseHint),
        Stage::Signing(at) => return signs(pen, at, pen.say(Label::LeadWhy)),
    };
    (pen.say(title), Some(pen.say(hint)))
}

/// What is asked of a lead who moves a unit.
fn moves(pen: &Pen<'_>, stage: moving::Stage) -> (&'static str, Option<&'static str>) {
    match stage {
        moving::Stage::Revision => (pen.say(Between::WhichRevision), Some(pen.say(Label::ChooseHint))),
        moving::Stage::Signing(at) => signs(pen, at, pen.say(Between::WhyMove)),
    }
}

/// What is asked of a lead about an hour.
fn explains(pen: &Pen<'_>, stage: explaining::Stage) -> (&'static str, Option<&'static str>) {
    match stage {
        explaining::Stage::Hour => (pen.say(Between::WhichHour), Some(pen.say(Label::ChooseHint))),
        explaining::Stage::Reason => (pen.say(Between::WhyShort), Some(pen.say(Label::ChooseHint))),
        explaining::Stage::Signing(at) => signs(pen, at, pen.say(Between::WhyShort)),
    }
}

/// An hour, from its beginning to its end.
fn hour_of(pen: &Pen<'_>, hour: At) -> String {
    format!("{} - {}", pen.speech.time(hour), pen.speech.time(hour.plus(HOUR)))
}

/// What was decided so far stays in sight until it is signed.
fn decided(page: &mut Page<'_, '_>, lead: &Lead) {
    if let Some(decision) = lead.decision() {
        let strong = page.pen.theme.strong();
        let text = page.pen.say(decision_label(decision));
        page.line(&format!("▶ {text}"), strong);
        if decision == Decision::Settle {
            let text = format!("{} {}", page.pen.say(Label::Broken), words::events(lead.broken()));
            let plain = page.pen.theme.plain();
            page.text(&text, 2, plain);
        }
    }
}

fn decision_label(decision: Decision) -> Label {
    match decision {
        Decision::Release => Label::Release,
        Decision::Settle => Label::Settle,
        Decision::Rework => Label::Rework,
        Decision::Scrap => Label::Scrap,
        Decision::UseAsIs => Label::UseAsIs,
        Decision::SendBack => Label::SendBack,
        Decision::Recover => Label::Recover,
        Decision::Reverse => Label::ReverseScrap,
        Decision::Override => Label::Override,
    }
}

/// The numbered list, and what 0 stands for.
fn choices(page: &mut Page<'_, '_>, question: &Question, top: usize) {
    let list = question.choices();
    if list.is_empty() {
        return;
    }
    let zero = match question {
        Question::Reason(Reason { other, .. }) => other.then_some(Label::OptionOther),
        Question::Lead(lead) if lead.stage() == Stage::Removed => Some(Label::OptionOn),
        Question::Lead(lead) if lead.stage() == Stage::Defect => Some(Label::OptionOther),
        Question::Pieces(of) if of.stage() == pieces::DEFECT => Some(Label::OptionOther),
        Question::Hour(of) if of.stage() == explaining::Stage::Reason => Some(Label::OptionOther),
        Question::Label(of) if of.stage() == paper::REASON => Some(Label::OptionOther),
        Question::Lead(_)
        | Question::Pin(_)
        | Question::Menu(_)
        | Question::Pick(_)
        | Question::Receive(_)
        | Question::Confirm(_)
        | Question::GivingUp(_)
        | Question::Pieces(_)
        | Question::Shift(_)
        | Question::Hour(_)
        | Question::Label(_)
        | Question::Paper(_)
        | Question::Move(_) => None,
    };
    let paper = matches!(question, Question::Hour(of) if of.may_be_paper());
    let zero = zero.map(|zero| page.pen.say(zero)).or_else(|| paper.then(|| page.pen.say(Paper::DoPaper)));
    let rows = usize::from(page.left()).saturating_sub(usize::from(zero.is_some()));
    let (top, shown) = window(list.len(), top, rows);
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    for (i, choice) in list.iter().enumerate().skip(top).take(shown) {
        page.at(0, &format!("{:>2}", i + 1), strong);
        let text = called(page.pen, choice, page.width() >= 60);
        let overdue = matches!(&choice.title, Title::Gauge(g) if g.overdue);
        page.at(4, &text, if overdue { page.pen.theme.failed() } else { plain });
        page.skip(1);
    }
    if let Some(zero) = zero {
        page.at(0, " 0", strong);
        page.at(4, zero, plain);
        page.skip(1);
    }
}

fn called(pen: &Pen<'_>, choice: &Choice, wide: bool) -> String {
    match &choice.title {
        Title::Plain(text) => text.clone(),
        Title::Known(Known::Settled) => pen.say(Between::Settled).to_owned(),
        Title::Known(Known::ByMistake) => pen.say(Between::ByMistake).to_owned(),
        Title::Known(Known::Worn) => pen.say(Paper::Worn).to_owned(),
        Title::Known(Known::Lost) => pen.say(Paper::Lost).to_owned(),
        Title::Known(Known::Misprinted) => pen.say(Paper::Misprinted).to_owned(),
        Title::Known(known) => pen.say(known_label(*known)).to_owned(),
        Title::Told(Told::Down) => pen.say(Between::DoDown).to_owned(),
        Title::Told(Told::Up) => pen.say(Between::DoUp).to_owned(),
        Title::Told(Told::Note) => pen.say(Between::DoNote).to_owned(),
        Title::Told(Told::Label(wish)) => pen.say(paper::wish(*wish)).to_owned(),
        Title::Label(chosen) => pen.say(paper::chosen(*chosen)).to_owned(),
        Title::Hour(hour) => hour_of(pen, *hour),
        Title::Revision(revision, plan) => format!("{revision}  {}", between::planned(pen, plan.as_deref())),
        Title::Errand(errand) => pen.say(errand_label(*errand)).to_owned(),
        Title::Order(order) => shelf::order(pen, order, wide),
        Title::Lot(lot) => shelf::lot(pen, lot, wide),
        Title::Gauge(gauge) => shelf::gauge(pen, gauge, wide),
        Title::Part(part) => shelf::part(part, wide),
        Title::Handling(handling) => pen.say(pieces::label(*handling)).to_owned(),
        Title::Receive(true) => pen.say(Shop::ReceiveYes).to_owned(),
        Title::Receive(false) => pen.say(Shop::ReceiveNo).to_owned(),
        Title::WhereItIs => pen.say(Label::WhereItIs).to_owned(),
        Title::Decision(decision) => pen.say(decision_label(*decision)).to_owned(),
        Title::Component { serial, part, fate } => {
            let fate = fate.map_or(Label::Stays, fate_label);
            format!("{:<12}{part}  {serial}", pen.say(fate))
        }
    }
}

/// What becomes of a component that is taken out.
pub(super) fn fate_label(fate: Fate) -> Label {
    match fate {
        Fate::Reuse => Label::FateReuse,
        Fate::Scrap => Label::FateScrap,
        Fate::Quarantine => Label::FateQuarantine,
    }
}

fn errand_label(errand: Errand) -> Shop {
    match errand {
        Errand::Order => Shop::DoOrder,
        Errand::Lot => Shop::DoLot,
        Errand::Gauge => Shop::DoGauge,
        Errand::Receive => Shop::DoReceive,
    }
}

fn known_label(known: Known) -> Label {
    match known {
        Known::Damaged => Label::Damaged,
        Known::AskQuality => Label::AskQuality,
        Known::NoMaterial => Label::NoMaterial,
        Known::Mistyped => Label::Mistyped,
        Known::WrongPiece => Label::WrongPiece,
        // The others have words of their own.
        Known::WrongUnit | Known::Settled | Known::ByMistake | Known::Worn | Known::Lost | Known::Misprinted => {
            Label::WrongUnit
        }
    }
}

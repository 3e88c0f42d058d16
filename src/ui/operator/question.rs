//! A question over the screen: a list, words, a badge or a PIN.

use ratatui::layout::Rect;

use super::list::window;
use super::unit::unit_line;
use crate::app::lead::{Decision, Lead, Stage};
use crate::app::model::{Model, Over};
use crate::app::question::{Choice, Doing, Known, Question, Reason, Signer, Title};
use crate::domain::what::Fate;
use crate::ui::pen::{Page, Pen};
use crate::ui::words::label::Label;

/// Draws the question.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model, question: &Question, over: &Over) {
    let (strong, plain) = (pen.theme.strong(), pen.theme.plain());
    let mut page = Page::new(pen, body);
    if let Some(work) = model.subject().filter(|_| !matches!(question, Question::Pin(Signer::SignOn(_)))) {
        unit_line(&mut page, work);
    }
    let (title, hint) = asks(question);
    let title = page.pen.say(title);
    page.line(title, strong);
    if let Some(hint) = hint {
        let text = page.pen.say(hint);
        page.text(text, 2, plain);
    }
    match question {
        Question::Pin(Signer::Sign(_)) => {
            if let Some(sign_off) = model.bench().and_then(|b| b.step.sign_off.as_ref()) {
                let word = page.pen.say(Label::PinSign);
                page.text(&format!("{word} {}", sign_off.meaning), 2, plain);
            }
        }
        Question::Lead(lead) => decided(&mut page, lead),
        Question::Pin(Signer::SignOn(_)) | Question::Reason(_) => {}
    }
    if page.left() > 6 {
        page.skip(1);
    }
    choices(&mut page, question, over.top);
}

/// The title of a question, and how to answer it.
fn asks(question: &Question) -> (Label, Option<Label>) {
    match question {
        Question::Pin(Signer::SignOn(_)) => (Label::PinTitle, Some(Label::PinSignOn)),
        Question::Pin(Signer::Sign(_)) => (Label::PinTitle, None),
        Question::Reason(Reason { of, writing, .. }) => {
            let title = match of {
                Doing::Fail => Label::WhyFail,
                Doing::Hold => Label::WhyHold,
                Doing::Void => Label::WhyVoid,
                Doing::Retest => Label::WhyRetest,
            };
            (title, Some(if *writing { Label::WriteHint } else { Label::ChooseHint }))
        }
        Question::Lead(lead) => match lead.stage() {
            Stage::Decision => (Label::LeadDecision, Some(Label::ChooseHint)),
            Stage::To => (Label::LeadTo, Some(Label::ChooseHint)),
            Stage::Removed => (Label::LeadRemoved, Some(Label::LeadRemovedHint)),
            Stage::Defect => (Label::LeadWhy, Some(Label::ChooseHint)),
            Stage::Words => (Label::LeadWhy, Some(Label::WriteHint)),
            Stage::Badge => (Label::LeadBadge, None),
            Stage::Pin => (Label::PinTitle, Some(Label::PinLead)),
        },
    }
}

/// What was decided so far stays in sight until it is signed.
fn decided(page: &mut Page<'_, '_>, lead: &Lead) {
    if let Some(decision) = lead.decision() {
        let strong = page.pen.theme.strong();
        let text = page.pen.say(decision_label(decision));
        page.line(&format!("▶ {text}"), strong);
    }
}

fn decision_label(decision: Decision) -> Label {
    match decision {
        Decision::Release => Label::Release,
        Decision::Rework => Label::Rework,
        Decision::Scrap => Label::Scrap,
        Decision::UseAsIs => Label::UseAsIs,
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
        Question::Lead(_) | Question::Pin(_) => None,
    };
    let rows = usize::from(page.left()).saturating_sub(usize::from(zero.is_some()));
    let (top, shown) = window(list.len(), top, rows);
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    for (i, choice) in list.iter().enumerate().skip(top).take(shown) {
        page.at(0, &format!("{:>2}", i + 1), strong);
        let text = called(page.pen, choice);
        page.at(4, &text, plain);
        page.skip(1);
    }
    if let Some(zero) = zero {
        page.at(0, " 0", strong);
        let text = page.pen.say(zero);
        page.at(4, text, plain);
        page.skip(1);
    }
}

fn called(pen: &Pen<'_>, choice: &Choice) -> String {
    match &choice.title {
        Title::Plain(text) => text.clone(),
        Title::Known(known) => pen.say(known_label(*known)).to_owned(),
        Title::Decision(decision) => pen.say(decision_label(*decision)).to_owned(),
        Title::Component { serial, part, fate } => {
            let fate = match fate {
                None => Label::Stays,
                Some(Fate::Reuse) => Label::FateReuse,
                Some(Fate::Scrap) => Label::FateScrap,
                Some(Fate::Quarantine) => Label::FateQuarantine,
            };
            format!("{:<12}{part}  {serial}", pen.say(fate))
        }
    }
}

fn known_label(known: Known) -> Label {
    match known {
        Known::Damaged => Label::Damaged,
        Known::AskQuality => Label::AskQuality,
        Known::NoMaterial => Label::NoMaterial,
        Known::Mistyped => Label::Mistyped,
        Known::WrongPiece => Label::WrongPiece,
        Known::WrongUnit => Label::WrongUnit,
    }
}

//! What keys and command codes do.

use super::checklist::Bench;
use super::confirm::Confirm;
use super::effect::Effect;
use super::explaining::Explaining;
use super::flight::Wanted;
use super::from_paper::FromPaper;
use super::giving_up::GivingUp;
use super::handover::{ShiftMenu, seen, watch};
use super::lead::Lead;
use super::lead_choices::defects;
use super::model::{Band, Face, Model, Over, Overlay};
use super::msg::Millis;
use super::offer::{Act, offers, overridable};
use super::packing;
use super::pieces::Pieces;
use super::question::{Choice, Doing, Known, Question, Reason, Title};
use super::taking::Making;
use crate::domain::ambient::SCREEN_SETTLE_MS;
use crate::domain::command::Command;
use crate::domain::command_code::CommandCode;
use crate::domain::load::LoadAct;
use crate::domain::paper::Paper;
use crate::domain::watch::WatchAct;
use crate::domain::what::Leaving;

/// Does what a key does.
pub(super) fn act(model: &mut Model, act: Act, now: Millis, effects: &mut Vec<Effect>) {
    let command = match act {
        Act::Pass | Act::Dispatch => Command::Pass,
        Act::Skip | Act::Other => Command::Skip,
        Act::Station => return look(model, Wanted::Station, now, effects),
        Act::List => return look(model, Wanted::Next, now, effects),
        Act::BeginLoad => Command::Load(LoadAct::Begin),
        Act::EndLoad => Command::Load(LoadAct::End),
        Act::PutDown => Command::Close,
        Act::NewCarton => match packing::begin(model) {
            Some(command) => command,
            None => return,
        },
        Act::TakeOut => {
            return ask(
                model,
                model.last_packed().map(|unit| why(Doing::TakeOut(unit.clone()), known(&Known::OF_TAKING_OUT))),
            );
        }
        Act::SignOff => Command::SignOff { why: Leaving::SignOff },
        Act::Quit => return effects.push(Effect::Quit),
        Act::Language => return model.lang = model.lang.other(),
        Act::Back => return back(model),
        Act::Help => return turn(model, Some(Overlay::Help)),
        Act::Last => return turn(model, Some(Overlay::Last)),
        Act::History => {
            let work = model.subject().cloned();
            return turn(model, work.map(|w| Overlay::History(Box::new(w))));
        }
        Act::Pieces => {
            let pieces = model.desk.open.as_ref().and_then(Pieces::of);
            return ask(model, pieces.map(|p| Question::Pieces(Box::new(p))));
        }
        Act::Fail => {
            let listed = model.bench().map(|b| defects(b.route));
            return ask(model, listed.map(|l| why(Doing::Fail, l)));
        }
        Act::Hold => return ask(model, Some(why(Doing::Hold, known(&Known::OF_HOLD)))),
        Act::Void => return ask(model, Some(why(Doing::Void, known(&Known::OF_VOID)))),
        Act::Retest => {
            let listed = model.bench().map(|b| retest(&b));
            return ask(model, listed);
        }
        Act::Call => watch(WatchAct::Call),
        Act::CallOff => return ask(model, Some(why(Doing::Withdraw, known(&Known::OF_WITHDRAWAL)))),
        Act::Shift => return ask(model, Some(Question::Shift(ShiftMenu::of(model)))),
        Act::Seen => match model.over.as_ref().map(|over| &over.what) {
            Some(Overlay::Handover(what)) => seen(*what),
            _ => return,
        },
        Act::Move => return look(model, Wanted::Move, now, effects),
        Act::Hour => return ask(model, of_the_past(model)),
        Act::Paper => return ask(model, paper(model)),
        Act::EndPaper => Command::Paper(Paper::End),
        Act::Lead => {
            let late = model.is_too_late();
            let over = overridable(model);
            let lead = model.subject().cloned().and_then(|work| Lead::about(work, late, over));
            let confirm = || model.desk.recovered.clone().map(|of| Question::Confirm(Confirm::of(of)));
            let given_up = GivingUp::of(model).map(|g| Question::GivingUp(Box::new(g)));
            let asked = given_up.or(lead.map(|l| Question::Lead(Box::new(l)))).or_else(confirm);
            return ask(model, asked);
        }
    };
    Making { model, effects, now, device: None, screen_ms: SCREEN_SETTLE_MS }.submit(command, None);
}

/// What is said of the past: why an hour fell short, or what stands on paper.
fn of_the_past(model: &Model) -> Option<Question> {
    Explaining::of(model).map(|e| Question::Hour(Box::new(e))).or_else(|| paper(model))
}

fn paper(model: &Model) -> Option<Question> {
    FromPaper::of(model).map(|p| Question::Paper(Box::new(p)))
}

/// Looks at what could be chosen. The list shows when it is there.
fn look(model: &mut Model, wanted: Wanted, now: Millis, effects: &mut Vec<Effect>) {
    Making { model, effects, now, device: None, screen_ms: SCREEN_SETTLE_MS }.look_at_shelf(wanted);
}

/// The act that a command code stands for, where it begins with a question. The others are read by the gate.
pub(super) fn of_code(model: &Model, code: CommandCode) -> Option<Act> {
    let act = match code {
        CommandCode::Fail => Act::Fail,
        CommandCode::Hold => Act::Hold,
        CommandCode::Void => Act::Void,
        CommandCode::Retest => Act::Retest,
        CommandCode::Pass | CommandCode::Close | CommandCode::SignOff => return None,
    };
    offers(model).iter().any(|o| o.act == act).then_some(act)
}

/// Esc: empties the field, or goes back, or confirms that a stop was read. It never leaves the step.
pub(super) fn back(model: &mut Model) {
    model.asked = None;
    if !model.line.is_empty() {
        return model.line.clear();
    }
    if let Some(over) = model.over.take() {
        if let Overlay::Ask(question) = over.what {
            let before = question.back();
            if !matches!(before, Some(Question::Receive(_))) {
                model.receiving = None;
            }
            model.over = before.map(|q| Over { what: Overlay::Ask(Box::new(q)), top: 0 });
        }
        return;
    }
    if !matches!(model.face, Face::Fault { lasting: true, .. }) {
        model.face = Face::Work;
        // A lot that was refused is put aside, and the next one follows.
        let next = model.receiving.as_ref().map(|lot| Question::Receive(Box::new(lot.next())));
        ask(model, next);
    }
    model.band = Band::Silent;
}

/// Opens what is only to be read, or closes it.
fn turn(model: &mut Model, what: Option<Overlay>) {
    let sort = |o: &Overlay| std::mem::discriminant(o);
    let showing = model.over.as_ref().map(|o| sort(&o.what));
    let what = what.filter(|w| Some(sort(w)) != showing);
    model.over = what.map(|what| Over { what, top: 0 });
}

/// Opens a question.
fn ask(model: &mut Model, question: Option<Question>) {
    model.over = question.map(|q| Over { what: Overlay::Ask(Box::new(q)), top: 0 });
}

/// Asks for a reason: from a list where there is one, or in words.
pub(super) fn why(of: Doing, options: Vec<Choice>) -> Question {
    Question::Reason(Reason { of, writing: options.is_empty(), options, other: true })
}

fn known(reasons: &[Known]) -> Vec<Choice> {
    reasons.iter().map(|r| Choice { code: r.code().to_owned(), title: Title::Known(*r) }).collect()
}

/// Where the route lists the reasons for another attempt, only those count.
fn retest(bench: &Bench<'_>) -> Question {
    let reasons = bench.step.retest.iter().flat_map(|r| &r.reasons);
    let options: Vec<_> = reasons.map(|r| Choice { code: r.clone(), title: Title::Plain(r.clone()) }).collect();
    let other = options.is_empty();
    Question::Reason(Reason { of: Doing::Retest, writing: other, options, other })
}

//! What one shift leaves to the next, as the screens show it; and that a unit was moved to another revision.

use ratatui::layout::Rect;

use crate::app::handover::Handover;
use crate::app::model::Model;
use crate::domain::what::{Again, Because, MovePlan};
use crate::ui::pen::{Page, Pen};
use crate::ui::words::between::Between;
use crate::ui::words::label::Label;

/// Draws what is shown until somebody has seen it.
pub fn draw(pen: &mut Pen<'_>, body: Rect, model: &Model, what: Handover) {
    let mut page = Page::new(pen, body);
    match what {
        Handover::Notes => notes(&mut page, model),
        Handover::Moved => moved(&mut page, model),
    }
}

fn notes(page: &mut Page<'_, '_>, model: &Model) {
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    let (title, hint) = (page.pen.say(Between::NotesTitle), page.pen.say(Between::NotesHint));
    page.line(title, strong);
    page.text(hint, 2, plain);
    page.skip(1);
    let Some(me) = model.desk.operator.as_ref().map(|person| &person.badge) else { return };
    for note in model.desk.station.watch.notes_for(me) {
        let by = note.by.as_ref().map(ToString::to_string).unwrap_or_default();
        page.line(&format!("{}  {by}", page.pen.speech.time(note.at)), plain);
        page.text(&note.text, 4, strong);
    }
}

fn moved(page: &mut Page<'_, '_>, model: &Model) {
    let Some(work) = &model.desk.open else { return };
    let Some(moved) = work.traveller.unseen_move() else { return };
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    let (title, hint) = (page.pen.say(Between::MovedTitle), page.pen.say(Between::MovedHint));
    page.line(&format!("{title} {}", moved.to), strong);
    page.text(hint, 2, plain);
    page.skip(1);
    for again in &moved.again {
        let title = work.route.step(&again.step).map(|step| step.title.as_str()).unwrap_or_default();
        let line = format!("{}: {}  {title}", due_again(page.pen, again), again.step);
        page.text(&line, 2, strong);
    }
    if moved.again.is_empty() {
        let nothing = page.pen.say(Between::NothingAgain);
        page.line(nothing, strong);
    }
    let by = moved.by.as_ref().map(ToString::to_string).unwrap_or_default();
    let why = page.pen.say(Label::Why);
    page.text(&format!("{why}: {}  {}  {by}", moved.reason, page.pen.speech.time(moved.at)), 2, plain);
}

fn due_again(pen: &Pen<'_>, again: &Again) -> String {
    format!("{} ({})", pen.say(Between::DueAgain), pen.say(because(again.because)))
}

fn because(why: Because) -> Between {
    match why {
        Because::New => Between::New,
        Because::Material => Between::Material,
        Because::Checks => Between::Checks,
        Because::Gauge => Between::Gauge,
        Because::Place => Between::Place,
        Because::Signature => Between::Signature,
        Because::Time => Between::Time,
    }
}

/// What becomes of a unit's steps in a revision, in a line.
pub(super) fn planned(pen: &Pen<'_>, plan: Option<&MovePlan>) -> String {
    let Some(plan) = plan else { return pen.say(Between::CannotMove).to_owned() };
    if plan.again.is_empty() {
        return pen.say(Between::NothingAgain).to_owned();
    }
    let steps = plan.again.iter().map(|again| format!("{} ({})", again.step, pen.say(because(again.because))));
    format!("{}: {}", pen.say(Between::DueAgain), steps.collect::<Vec<_>>().join(", "))
}

/// What is left at this station: that it is down, a call, notes, and half-done units.
pub(super) fn left(page: &mut Page<'_, '_>, model: &Model) {
    let watch = &model.desk.station.watch;
    let half = model.waiting_units.iter().filter(|unit| unit.half_done.is_some());
    if watch.is_empty() && half.clone().next().is_none() {
        return;
    }
    let (strong, plain) = (page.pen.theme.strong(), page.pen.theme.plain());
    let title = page.pen.say(Between::LeftTitle);
    page.line(title, strong);
    if let Some(down) = &watch.down {
        let (word, at) = (page.pen.say(Between::DownSince), page.pen.speech.time(down.since.at));
        let style = page.pen.theme.failed();
        page.text(&format!(" {word} {at}: {}", down.reason), 2, style);
    }
    if let Some(call) = &watch.call {
        let (word, at) = (page.pen.say(Between::CalledSince), page.pen.speech.time(call.since.at));
        page.line(&format!(" {word} {at}"), strong);
    }
    if !watch.notes.is_empty() {
        let word = page.pen.say(Between::Notes);
        page.line(&format!(" {} {word}", watch.notes.len()), plain);
    }
    for unit in half {
        let (word, by) = (page.pen.say(Between::HalfDone), unit.half_done.as_ref().and_then(|half| half.by.as_ref()));
        let by = by.map(ToString::to_string).unwrap_or_default();
        page.line(&format!(" {}  {word}  {}  {by}", unit.unit, unit.step), plain);
    }
    page.skip(1);
}

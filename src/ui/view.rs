//! The screen, drawn from the model: the same frame around every screen.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::operator::{
    between, failed, fault, help, history, last, packing, paper, passed, question, ready, route, sign_on, step,
    stopped, too_small,
};
use super::panes::Panes;
use super::pen::Pen;
use super::theme::Theme;
use super::words::speech::Speech;
use super::{band, field, key_line, status_line};
use crate::app::model::{Model, Overlay, Screen};

/// Where the keyboard types, as a seat shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyboard {
    /// Here: there is no other seat.
    Alone,
    /// Here, and not at the other seat.
    Here,
    /// At the other seat.
    Away,
}

/// Draws the whole screen. It reads no clock, changes nothing, and fits any terminal.
pub fn view(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let whole = frame.area();
    let mut pen = pen(model, theme, frame);
    if Panes::too_small(whole) {
        too_small::draw(&mut pen, whole, model);
    } else {
        seat(&mut pen, whole, model, Keyboard::Alone);
    }
}

/// A pen that writes in the language of a seat.
pub fn pen<'f>(model: &Model, theme: &Theme, frame: &'f mut Frame<'_>) -> Pen<'f> {
    let speech = Speech { lang: model.lang, utc_offset: Some(model.status.utc_offset) };
    Pen::new(frame.buffer_mut(), *theme, speech)
}

/// Draws the screen of one seat, over all of the terminal or a part of it.
pub fn seat(pen: &mut Pen<'_>, whole: Rect, model: &Model, keyboard: Keyboard) {
    let panes = Panes::of(whole);
    status_line::draw(pen, panes.status, model, keyboard);
    let room = paper::banner(pen, panes.body, model);
    body(pen, room, model);
    if let Some((side, work)) = panes.side.zip(model.subject()) {
        let shown_whole = matches!(model.over.as_ref().map(|o| &o.what), Some(Overlay::History(_)));
        route::draw(pen, side, work, !shown_whole);
    }
    band::draw(pen, panes.band, model);
    field::draw(pen, panes.field, model, keyboard);
    key_line::draw(pen, panes.keys, model, keyboard);
}

fn body(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    if let Some(over) = &model.over {
        return match &over.what {
            Overlay::Help => help::draw(pen, area, model, over),
            Overlay::Last => last::draw(pen, area, model),
            Overlay::History(work) => history::draw(pen, area, work, over),
            Overlay::Handover(what) => between::draw(pen, area, model, *what),
            Overlay::Ask(asked) => question::draw(pen, area, model, asked, over),
        };
    }
    match model.screen() {
        Screen::Fault(what) => fault::draw(pen, area, what),
        Screen::Stopped(stop) => stopped::draw(pen, area, model, stop),
        Screen::Passed(verdict) => passed::draw(pen, area, model, verdict),
        Screen::Failed(work) => failed::draw(pen, area, work, model, false),
        Screen::SignOn => sign_on::draw(pen, area, model),
        Screen::Ready => ready::draw(pen, area, model),
        Screen::Carton(carton) => packing::carton(pen, area, model, carton),
        Screen::Shipment(shipment) => packing::shipment(pen, area, model, shipment),
        Screen::Step(bench) => step::draw(pen, area, model, bench),
        Screen::Nonconforming(_) => {
            if let Some(work) = &model.desk.open {
                failed::draw(pen, area, work, model, true);
            }
        }
    }
}

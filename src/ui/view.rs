//! The screen, drawn from the model: the same frame around every screen.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::operator::{
    failed, fault, help, history, last, passed, question, ready, route, sign_on, step, stopped, too_small,
};
use super::panes::Panes;
use super::pen::Pen;
use super::theme::Theme;
use super::words::speech::Speech;
use super::{band, field, key_line, status_line};
use crate::app::model::{Model, Overlay, Screen};

/// Draws the whole screen. It reads no clock, changes nothing, and fits any terminal.
pub fn view(model: &Model, theme: &Theme, frame: &mut Frame<'_>) {
    let whole = frame.area();
    let speech = Speech { lang: model.lang, utc_offset: Some(model.status.utc_offset) };
    let mut pen = Pen::new(frame.buffer_mut(), *theme, speech);
    if Panes::too_small(whole) {
        too_small::draw(&mut pen, whole, model);
        return;
    }
    let panes = Panes::of(whole);
    status_line::draw(&mut pen, panes.status, model);
    body(&mut pen, panes.body, model);
    if let Some((side, work)) = panes.side.zip(model.subject()) {
        let shown_whole = matches!(model.over.as_ref().map(|o| &o.what), Some(Overlay::History(_)));
        route::draw(&mut pen, side, work, !shown_whole);
    }
    band::draw(&mut pen, panes.band, model);
    field::draw(&mut pen, panes.field, model);
    key_line::draw(&mut pen, panes.keys, model);
}

fn body(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    if let Some(over) = &model.over {
        return match &over.what {
            Overlay::Help => help::draw(pen, area, model, over),
            Overlay::Last => last::draw(pen, area, model),
            Overlay::History(work) => history::draw(pen, area, work, over),
            Overlay::Ask(asked) => question::draw(pen, area, model, asked, over),
        };
    }
    match model.screen() {
        Screen::Fault(what) => fault::draw(pen, area, what),
        Screen::Stopped(stop) => stopped::draw(pen, area, stop),
        Screen::Passed(verdict) => passed::draw(pen, area, verdict),
        Screen::Failed(work) => failed::draw(pen, area, work, false),
        Screen::SignOn => sign_on::draw(pen, area, model),
        Screen::Ready => ready::draw(pen, area, model),
        Screen::Step(bench) => step::draw(pen, area, model, bench),
        Screen::Nonconforming(_) => {
            if let Some(work) = &model.desk.open {
                failed::draw(pen, area, work, true);
            }
        }
    }
}

//! The seat that does not show, in one row: what its last input came to, else what it waits for. The screen behind it
//! is a key away.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::too_small::brief;
use crate::app::model::{Face, Model};
use crate::ui::band;
use crate::ui::pen::Pen;
use crate::ui::words::act::TAB;

/// Draws the row.
pub fn draw(pen: &mut Pen<'_>, row: Rect, model: &Model) {
    let x = pen.put(row, 0, 0, TAB, pen.theme.bar());
    let station = model.settings.place.station.as_str();
    let x = pen.put(row, x.saturating_add(1), 0, station, pen.theme.strong());
    let (text, style) = said(pen, row.width, model);
    pen.put(row, x.saturating_add(2), 0, &text, style);
}

/// A verdict that fills the screen comes before a band.
fn said(pen: &Pen<'_>, width: u16, model: &Model) -> (String, Style) {
    match &model.face {
        Face::Work => band::said(pen, width, model).unwrap_or_else(|| brief(pen, model)),
        Face::Passed(_) | Face::Failed(_) | Face::Fault { .. } => brief(pen, model),
        Face::Stopped(stop) => {
            let (word, style) = brief(pen, model);
            let act = pen.speech.what_to_do(stop.refusal.code, &stop.refusal.evidence);
            (format!("{word} • {act}"), style)
        }
    }
}

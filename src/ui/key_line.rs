//! The key line: the keys that do something now, and what.

use ratatui::layout::Rect;

use super::glyph::cells;
use super::pen::Pen;
use super::view::Keyboard;
use super::words;
use super::words::label::Label;
use crate::app::model::{Model, Screen};
use crate::app::offer::{Act, Offer, offers};

/// A key as it is written on its cap.
pub fn cap(offer: Offer) -> String {
    offer.key.map_or_else(|| "Esc".to_owned(), |n| format!("F{n}"))
}

/// What a key does, in a word. A stop is confirmed, not left.
fn word(pen: &Pen<'_>, model: &Model, act: Act) -> &'static str {
    let stopped = matches!(model.screen(), Screen::Stopped(_)) && model.over.is_none();
    if act == Act::Back && stopped { pen.say(Label::Understood) } else { words::act::word(model.lang, act) }
}

/// Draws the key line. The keys are of the seat that has the keyboard; the other one tells how to bring it there.
pub fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model, keyboard: Keyboard) {
    if keyboard == Keyboard::Away {
        let x = pen.put(area, 0, 0, words::act::TAB, pen.theme.bar());
        pen.put(area, x.saturating_add(1), 0, pen.say(Label::KeyboardHere), pen.theme.plain());
        return;
    }
    let shown: Vec<Offer> = offers(model).into_iter().filter(|o| o.shown).collect();
    let size = |o: &Offer| cells(&cap(*o)) + 1 + cells(word(pen, model, o.act));
    let mut room = usize::from(area.width);
    let mut kept: Vec<Act> = Vec::new();
    // Where there is no room for all, those that matter most stay; F1 lists every one.
    for act in Act::ALL {
        let Some(offer) = shown.iter().find(|o| o.act == act) else { continue };
        let wanted = size(offer) + usize::from(!kept.is_empty());
        if wanted <= room {
            room -= wanted;
            kept.push(act);
        }
    }
    // A second space between keys where it fits.
    let gap = if room + 1 >= kept.len() { 2 } else { 1 };
    let mut x = 0;
    for offer in shown.iter().filter(|o| kept.contains(&o.act)) {
        x = pen.put(area, x, 0, &cap(*offer), pen.theme.bar());
        x = pen.put(area, x.saturating_add(1), 0, word(pen, model, offer.act), pen.theme.plain());
        x = x.saturating_add(gap);
    }
}

//! The key line: the keys that do something now, and what.

use ratatui::layout::Rect;

use super::glyph::cells;
use super::pen::Pen;
use super::words::label::Label;
use crate::app::model::{Model, Screen};
use crate::app::offer::{Act, Offer, offers};

/// Which keys go first where there is no room for all; F1 lists every one.
const KEPT: [Act; 14] = [
    Act::Back,
    Act::Pass,
    Act::Retest,
    Act::PutDown,
    Act::Fail,
    Act::Lead,
    Act::Hold,
    Act::SignOff,
    Act::Quit,
    Act::Help,
    Act::Void,
    Act::History,
    Act::Language,
    Act::Last,
];

/// A key as it is written on its cap.
pub fn cap(offer: Offer) -> String {
    offer.key.map_or_else(|| "Esc".to_owned(), |n| format!("F{n}"))
}

/// What a key does, in a word.
pub fn word(pen: &Pen<'_>, model: &Model, act: Act) -> &'static str {
    let stopped = matches!(model.screen(), Screen::Stopped(_)) && model.over.is_none();
    pen.say(match act {
        Act::Help => Label::KeyHelp,
        Act::Pass => Label::KeyPass,
        Act::Retest => Label::KeyRetest,
        Act::PutDown => Label::KeyPutDown,
        Act::Fail => Label::KeyFail,
        Act::Hold => Label::KeyHold,
        Act::Last => Label::KeyLast,
        Act::History => Label::KeyHistory,
        Act::Void => Label::KeyVoid,
        Act::Lead => Label::KeyLead,
        Act::Language => return model.lang.other().sign(),
        Act::SignOff => Label::KeySignOff,
        Act::Quit => Label::KeyQuit,
        Act::Back if stopped => Label::KeyUnderstood,
        Act::Back => Label::KeyBack,
    })
}

/// Draws the key line.
pub fn draw(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let shown: Vec<Offer> = offers(model).into_iter().filter(|o| o.shown).collect();
    let size = |o: &Offer| cells(&cap(*o)) + 1 + cells(word(pen, model, o.act));
    let mut room = usize::from(area.width);
    let mut kept: Vec<Act> = Vec::new();
    for act in KEPT {
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

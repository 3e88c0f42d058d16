//! What stands below the list: what was told in passing, how far the search has looked, and the keys.

use ratatui::layout::Rect;

use super::{things, top, unit};
use crate::app::inspect::model::{Focus, Model, Note};
use crate::app::inspect::page::Page;
use crate::app::inspect::query::Name;
use crate::ui::glyph::cells;
use crate::ui::pen::{Pen, u16_of};
use crate::ui::words::look::Look;

/// The line of notes.
pub(super) fn note(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    if let Some(note) = &model.note {
        let hint = pen.theme.hint();
        let text = noted(pen, note);
        pen.fill(area, hint);
        pen.put(area, 1, 0, &text, hint);
        return;
    }
    let text = match model.page().map(|open| &open.page) {
        _ if model.help.is_some() => return,
        None => model.find.reach.map(|reach| top::reach(pen, reach)).unwrap_or_default(),
        Some(Page::Unit(page)) => unit::remark(pen, page),
        Some(Page::Lot(page)) => things::lot_remark(pen, page),
        Some(Page::Load(_) | Page::Used(_) | Page::Event(_) | Page::Ledger(_)) => return,
    };
    pen.put(area, 1, 0, &text, pen.theme.plain());
}

fn noted(pen: &Pen<'_>, note: &Note) -> String {
    let say = |look: Look| pen.say(look).to_owned();
    match note {
        Note::Copied(n) => format!("{n} {}", say(Look::NoteCopied)),
        Note::NoCopy => say(Look::NoteNoCopy),
        Note::TooLong => say(Look::NoteTooLong),
        Note::Exported(file) => format!("{} {file}", say(Look::NoteExported)),
        Note::NoExport => say(Look::NoteNoExport),
        Note::NotThere => say(Look::NoteNotThere),
        Note::NoTrouble => say(Look::NoteNoTrouble),
        Note::NoCommand(typed) => format!("{} {typed}", say(Look::NoteNoCommand)),
        Note::Misread(misread) => {
            let instead = match misread.name {
                Some(Name::State) => Look::NoteState,
                Some(Name::Since | Name::Until) => Look::NoteWhen,
                Some(Name::Route | Name::Station | Name::Order | Name::Operator | Name::Code | Name::Kind) => {
                    return format!("{} {}", say(Look::NoteMisread), misread.word);
                }
                None => Look::NoteNames,
            };
            format!("{}: {}", misread.word, say(instead))
        }
        Note::Failed(fault) => format!("{}; {}", fault.what, fault.instead),
        Note::Replaced => say(Look::NoteReplaced),
    }
}

const LINE: &[(&str, Look)] = &[
    ("Enter", Look::KeyOpen),
    ("Tab", Look::KeyComplete),
    ("↓", Look::KeyList),
    ("Esc", Look::KeyClear),
    ("F1", Look::KeyHelp),
    ("F12", Look::KeyQuit),
];
const LIST: &[(&str, Look)] = &[
    ("Enter", Look::KeyOpen),
    ("/", Look::KeySearch),
    ("y", Look::KeyCopy),
    ("e", Look::KeyExport),
    ("v", Look::KeyVerify),
    ("?", Look::KeyHelp),
    ("q", Look::KeyQuit),
];
const UNIT: &[(&str, Look)] = &[
    ("Enter", Look::KeyOpen),
    ("Tab", Look::KeyNext),
    ("f", Look::KeyTrouble),
    ("y", Look::KeyCopy),
    ("e", Look::KeyExport),
    ("/", Look::KeySearch),
    ("Esc", Look::KeyBack),
    ("?", Look::KeyHelp),
];
const LOT: &[(&str, Look)] = &[
    ("Enter", Look::KeyOpen),
    ("Tab", Look::KeyNext),
    ("y", Look::KeyCopy),
    ("e", Look::KeyExport),
    ("/", Look::KeySearch),
    ("Esc", Look::KeyBack),
    ("?", Look::KeyHelp),
];
const EVENT: &[(&str, Look)] = &[
    ("n p", Look::KeyBeside),
    ("u", Look::KeyUnit),
    ("o", Look::KeyLoad),
    ("y", Look::KeyCopy),
    ("e", Look::KeyExport),
    ("Esc", Look::KeyBack),
    ("?", Look::KeyHelp),
];
const OTHER: &[(&str, Look)] = &[
    ("Enter", Look::KeyOpen),
    ("v", Look::KeyVerify),
    ("y", Look::KeyCopy),
    ("e", Look::KeyExport),
    ("Esc", Look::KeyBack),
    ("?", Look::KeyHelp),
];

/// The keys that do something now; those that matter most first, as many as fit.
pub(super) fn keys(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let shown = match (model.focus, model.page().map(|open| &open.page)) {
        _ if model.help.is_some() => &[("Esc", Look::KeyBack), ("q", Look::KeyQuit)],
        (Focus::Command, _) => &[("Enter", Look::KeyOpen), ("Esc", Look::KeyBack)],
        (_, Some(Page::Unit(_))) => UNIT,
        (_, Some(Page::Event(_))) => EVENT,
        (_, Some(Page::Lot(_))) => LOT,
        (_, Some(Page::Load(_) | Page::Used(_) | Page::Ledger(_))) => OTHER,
        (Focus::Line, None) => LINE,
        (Focus::List, None) => LIST,
    };
    let mut x = 0;
    for (cap, does) in shown {
        if *does == Look::KeyExport && !model.leave.export {
            continue;
        }
        let word = pen.say(*does);
        if x + u16_of(cells(cap) + 1 + cells(word)) > area.width {
            break;
        }
        x = pen.put(area, x, 0, cap, pen.theme.bar());
        x = pen.put(area, x.saturating_add(1), 0, word, pen.theme.plain()).saturating_add(2);
    }
}

//! What the keys of the inspector do. Everywhere the same: `/` searches, `?` helps, `:` commands, Esc goes back.

use super::completion::complete;
use super::model::{Effect, Focus, Look, Model, Note};
use super::page::{Cursor, Page, Tab, is_trouble};
use super::query::LINE_CHARS_MOST;
use super::record::Wanted;
use super::update::{enter, open};
use crate::app::msg::Key;
use crate::domain::id::{LotId, UnitId};

/// Characters that one copy takes: terminals drop what is longer.
const COPY_CHARS_MOST: usize = 16_384;
/// Characters of a command.
const COMMAND_CHARS_MOST: usize = 60;

pub(super) fn press(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    if !matches!(model.note, Some(Note::Misread(_))) {
        model.note = None;
    }
    match key {
        Key::Interrupt | Key::F(12) => effects.push(Effect::Quit),
        Key::F(1) => help(model),
        Key::Esc => back(model, effects),
        Key::Up => step(model, -1),
        Key::Down => step(model, 1),
        Key::PageUp => leap(model, -1),
        Key::PageDown => leap(model, 1),
        Key::F(3) => trouble(model, true),
        Key::F(5) => model.search(effects),
        Key::F(6) => tab(model, Tab::Used),
        Key::F(9) => export(model, effects),
        Key::F(10) => model.lang = model.lang.other(),
        Key::F(_) => {}
        Key::Enter | Key::Tab | Key::Backspace | Key::Char(_) => match model.focus {
            Focus::Line => line(model, key, effects),
            Focus::List => list(model, key, effects),
            Focus::Command => command(model, key, effects),
        },
    }
}

fn line(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    let before = model.line.clone();
    match key {
        Key::Enter => return enter(model, effects),
        Key::Tab => match model.completions().first() {
            Some(word) => model.line = complete(&model.line, word),
            None => model.focus = Focus::List,
        },
        Key::Backspace => drop(model.line.pop()),
        Key::Char('?') if model.line.is_empty() => return help(model),
        Key::Char(':') if model.line.is_empty() => return begin_command(model),
        Key::Char(c) if model.line.chars().count() < LINE_CHARS_MOST => model.line.push(c),
        Key::Char(_) | Key::F(_) | Key::Esc | Key::Up | Key::Down | Key::PageUp | Key::PageDown | Key::Interrupt => {}
    }
    if model.line != before {
        model.find.enter = false;
        model.find.reach = None;
        model.search(effects);
    }
}

fn list(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    match key {
        Key::Enter => opened(model, effects),
        Key::Tab => next_tab(model),
        Key::Char('/') => search_anew(model, ""),
        Key::Char('?') => help(model),
        Key::Char(':') => begin_command(model),
        Key::Char('j') => step(model, 1),
        Key::Char('k') => step(model, -1),
        Key::Char('q') => effects.push(Effect::Quit),
        Key::Char('g') => tab(model, Tab::Parts),
        Key::Char('w') => tab(model, Tab::Used),
        Key::Char('d') => tab(model, Tab::Route),
        Key::Char('r') => tab(model, Tab::Record),
        Key::Char('l') => tab(model, Tab::Gaps),
        Key::Char('u') => unit_of_event(model, effects),
        Key::Char('o') => load_of_event(model, effects),
        Key::Char('n') => next(model, true, effects),
        Key::Char('p') => next(model, false, effects),
        Key::Char('f') => trouble(model, true),
        Key::Char('v') => model.look(Wanted::Verify, Look::Over, effects),
        Key::Char('y') => copy(model, effects),
        Key::Char('e') => export(model, effects),
        // A label that is scanned begins with a capital letter, a digit or a sign: it begins a search.
        Key::Char(c) if !c.is_ascii_lowercase() && c != ' ' => {
            search_anew(model, c.encode_utf8(&mut [0; 4]));
            model.search(effects);
        }
        Key::Backspace
        | Key::Char(_)
        | Key::F(_)
        | Key::Esc
        | Key::Up
        | Key::Down
        | Key::PageUp
        | Key::PageDown
        | Key::Interrupt => {}
    }
}

fn search_anew(model: &mut Model, line: &str) {
    model.pages.clear();
    model.help = None;
    model.looking = None;
    model.focus = Focus::Line;
    model.find.enter = false;
    if !line.is_empty() {
        line.clone_into(&mut model.line);
        model.find.reach = None;
    }
}

fn help(model: &mut Model) {
    model.help = if model.help.is_some() { None } else { Some(Cursor::default()) };
    if model.help.is_some() && model.focus == Focus::Command {
        model.focus = Focus::List;
    }
}

/// One thing back: what lies on top goes first, then what was typed.
fn back(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.focus == Focus::Command {
        model.command.clear();
        model.focus = Focus::List;
    } else if model.help.take().is_some() || model.looking.take().is_some() || model.pages.pop().is_some() {
        // What lies beneath shows.
    } else if model.focus == Focus::Line && !model.find.hits.is_empty() && !model.line.is_empty() {
        model.focus = Focus::List;
    } else if !model.line.is_empty() {
        model.line.clear();
        model.focus = Focus::Line;
        model.find.reach = None;
        model.search(effects);
    } else {
        model.focus = Focus::Line;
    }
}

fn step(model: &mut Model, by: isize) {
    let (rows, extent) = (model.rows, model.extent);
    if model.focus == Focus::Line && model.help.is_none() && by > 0 && !model.find.hits.is_empty() {
        model.focus = Focus::List;
        return;
    }
    if model.focus == Focus::List && model.pages.is_empty() && model.help.is_none() && by < 0 && model.cursor().at == 0
    {
        model.focus = Focus::Line;
        return;
    }
    model.cursor_mut().step(by, extent, rows);
}

fn leap(model: &mut Model, sign: isize) {
    let (rows, extent) = (model.rows, model.extent);
    model.cursor_mut().leap(sign, extent, rows);
}

fn opened(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.help.take().is_some() {
        return;
    }
    let at = model.cursor().at;
    match model.page() {
        Some(shown) => {
            if let Some(wanted) = shown.page.opens(at) {
                model.look(wanted, Look::Over, effects);
            }
        }
        None => {
            if let Some(hit) = model.find.hits.get(at).cloned() {
                open(model, &hit, effects);
            }
        }
    }
}

fn next_tab(model: &mut Model) {
    let tabs = model.pages.last_mut().map(|shown| shown.page.tabs());
    match tabs {
        Some(Some((tab, _, all))) => {
            let next = tab.next(all);
            self::tab(model, next);
        }
        Some(None) => {}
        None => model.focus = Focus::Line,
    }
}

fn tab(model: &mut Model, tab: Tab) {
    let Some(shown) = model.pages.last_mut() else { return };
    let Some((now, cursors, all)) = shown.page.tabs() else { return };
    if !all.contains(&tab) {
        return;
    }
    if let Some(left) = cursors.get_mut(now.place()) {
        *left = shown.cursor;
    }
    shown.cursor = cursors.get(tab.place()).copied().unwrap_or_default();
    *now = tab;
}

fn unit_of_event(model: &mut Model, effects: &mut Vec<Effect>) {
    if let Some(Page::Event(logged)) = model.page().map(|open| &open.page)
        && let Some(unit) = logged.event.about.unit.clone()
    {
        model.look(Wanted::Unit(unit), Look::Over, effects);
    }
}

/// The load of the event that shows, or that the cursor is on.
fn load_of_event(model: &mut Model, effects: &mut Vec<Effect>) {
    let at = model.cursor().at;
    if let Some(wanted) = model.page().and_then(|open| open.page.load(at)) {
        model.look(wanted, Look::Over, effects);
    }
}

/// The event after or before the one that shows; on a unit's record the next failure.
fn next(model: &mut Model, forward: bool, effects: &mut Vec<Effect>) {
    let Some(Page::Event(logged)) = model.page().map(|open| &open.page) else { return trouble(model, forward) };
    let mut id = logged.id.clone();
    id.seq = if forward { id.seq.saturating_add(1) } else { id.seq.saturating_sub(1) };
    model.look(Wanted::Event(id), Look::Beside, effects);
}

fn trouble(model: &mut Model, forward: bool) {
    let Some(page) = model.shown_unit().filter(|page| page.tab == Tab::Record) else { return };
    let (at, events) = (model.cursor().at, &page.record.events);
    let found = if forward {
        events.iter().enumerate().skip(at + 1).find(|(_, e)| is_trouble(e)).map(|(place, _)| place)
    } else {
        events.iter().enumerate().take(at).rfind(|(_, e)| is_trouble(e)).map(|(place, _)| place)
    };
    let (rows, extent) = (model.rows, model.extent);
    match found {
        None => model.note = Some(Note::NoTrouble),
        Some(place) => {
            let cursor = model.cursor_mut();
            cursor.at = place;
            cursor.settle(extent, rows);
        }
    }
}

fn copy(model: &mut Model, effects: &mut Vec<Effect>) {
    let at = model.cursor().at;
    let text = match model.page() {
        Some(shown) => shown.page.copies(at),
        None => model.find.hits.get(at).map(super::found::Hit::number),
    };
    let Some(text) = text else { return };
    model.note = Some(if !model.leave.copy {
        Note::NoCopy
    } else if text.chars().count() > COPY_CHARS_MOST {
        Note::TooLong
    } else {
        Note::Copied(text.chars().count())
    });
    if matches!(model.note, Some(Note::Copied(_))) {
        effects.push(Effect::Copy(text));
    }
}

fn export(model: &mut Model, effects: &mut Vec<Effect>) {
    if model.leave.export {
        effects.push(Effect::Export);
    } else {
        model.note = Some(Note::NoExport);
    }
}

fn begin_command(model: &mut Model) {
    model.command.clear();
    model.focus = Focus::Command;
}

fn command(model: &mut Model, key: Key, effects: &mut Vec<Effect>) {
    match key {
        Key::Enter => {
            model.focus = if model.pages.is_empty() && model.find.hits.is_empty() { Focus::Line } else { Focus::List };
            let typed = std::mem::take(&mut model.command);
            run(model, &typed, effects);
        }
        Key::Backspace if model.command.is_empty() => model.focus = Focus::List,
        Key::Backspace => drop(model.command.pop()),
        Key::Char(c) if model.command.chars().count() < COMMAND_CHARS_MOST => model.command.push(c),
        Key::Char(_)
        | Key::Tab
        | Key::F(_)
        | Key::Esc
        | Key::Up
        | Key::Down
        | Key::PageUp
        | Key::PageDown
        | Key::Interrupt => {}
    }
}

/// The commands: few, and none that writes to a ledger, starts a program or leaves to a shell.
fn run(model: &mut Model, typed: &str, effects: &mut Vec<Effect>) {
    let mut words = typed.split_whitespace();
    match (words.next(), words.next()) {
        (None, _) => {}
        (Some("q" | "quit"), None) => effects.push(Effect::Quit),
        (Some("help"), None) => help(model),
        (Some("ledger"), None) => model.look(Wanted::Ledger, Look::Over, effects),
        (Some("verify"), None) => model.look(Wanted::Verify, Look::Over, effects),
        (Some("copy"), None) => copy(model, effects),
        (Some("export"), None) => export(model, effects),
        (Some("lang"), None) => model.lang = model.lang.other(),
        (Some("event"), Some(number)) if number.parse::<u64>().is_ok() => {
            let seq = number.parse().unwrap_or(0);
            model.look(Wanted::Numbered(seq), Look::Over, effects);
        }
        (Some("unit"), Some(unit)) if UnitId::parse(unit).is_ok() => {
            if let Ok(unit) = UnitId::parse(unit) {
                model.look(Wanted::Unit(unit), Look::Over, effects);
            }
        }
        (Some("lot"), Some(lot)) if LotId::parse(lot).is_ok() => {
            if let Ok(lot) = LotId::parse(lot) {
                model.look(Wanted::Lot(lot), Look::Over, effects);
            }
        }
        (Some("load"), Some(load)) => model.look(Wanted::Load(load.to_owned()), Look::Over, effects),
        (Some("used"), Some(number)) => model.look(Wanted::Used(number.to_owned()), Look::Over, effects),
        _ => model.note = Some(Note::NoCommand(typed.to_owned())),
    }
}

//! What arrives at the board, and what it changes.

use super::content::Board;
use super::model::{Effect, Model, Note};
use super::pages::Page;
use crate::app::msg::Key;
use crate::app::port::Fault;

/// Something that arrived.
#[derive(Debug)]
pub enum Msg {
    /// A key.
    Key(Key),
    /// The board as it stands now.
    Board(Box<Board>),
    /// The machine failed at reading.
    Failed(Fault),
    /// Another file lies where the ledger lay.
    Replaced,
    /// The terminal has another size.
    Resized,
    /// The program is to end.
    Quit,
}

/// Takes what arrived.
pub fn update(model: &mut Model, msg: Msg) -> Option<Effect> {
    match msg {
        Msg::Key(key) => return press(model, key),
        Msg::Board(board) => {
            if matches!(model.note, Some(Note::Failed(_))) {
                model.note = None;
            }
            model.board = Some(board);
        }
        Msg::Failed(fault) => model.note = Some(Note::Failed(fault)),
        Msg::Replaced => model.note = Some(Note::Replaced),
        Msg::Resized => {}
        Msg::Quit => return Some(Effect::Quit),
    }
    None
}

/// Function keys and digits lead to the pages, everywhere the same.
fn press(model: &mut Model, key: Key) -> Option<Effect> {
    match key {
        Key::Interrupt | Key::F(12) | Key::Char('q') => return Some(Effect::Quit),
        Key::F(1) | Key::Char('?') => model.help = !model.help,
        Key::F(10) => model.lang = model.lang.other(),
        Key::F(n @ 2..=8) => return turn(model, usize::from(n - 2)),
        Key::Char(c @ '1'..='7') => return turn(model, usize::try_from(u32::from(c) - u32::from('1')).unwrap_or(0)),
        Key::Tab => return turn(model, (model.page.place() + 1) % Page::ALL.len()),
        Key::Esc if model.help => model.help = false,
        Key::Esc => return turn(model, 0),
        Key::Up | Key::Char('k') => model.scroll(-1),
        Key::Down | Key::Char('j') => model.scroll(1),
        Key::PageUp => model.scroll(-model.half()),
        Key::PageDown | Key::Char(' ') => model.scroll(model.half()),
        Key::Char('n') if model.page == Page::Trend => return choose(model, 1),
        Key::Char('p') if model.page == Page::Trend => return choose(model, -1),
        Key::F(_) | Key::Enter | Key::Backspace | Key::Char(_) => {}
    }
    None
}

fn turn(model: &mut Model, to: usize) -> Option<Effect> {
    model.help = false;
    model.page = Page::ALL.get(to).copied().unwrap_or(Page::Line);
    // A trend is read only for whoever looks at it; the first one is as good as any other to begin with.
    if model.page == Page::Trend && model.check.is_none() { choose(model, 0) } else { None }
}

/// The next check of the list, or the one before; the first where none was chosen.
fn choose(model: &mut Model, by: isize) -> Option<Effect> {
    let checks = &model.board.as_ref()?.checks;
    let at = model.check.as_ref().and_then(|chosen| checks.iter().position(|check| check == chosen));
    let len = isize::try_from(checks.len()).ok().filter(|len| *len > 0)?;
    let next = at.map_or(0, |at| isize::try_from(at).unwrap_or(0).saturating_add(by).rem_euclid(len));
    let check = checks.get(usize::try_from(next).ok()?)?.clone();
    model.check = Some(check.clone());
    Some(Effect::Trend(check))
}

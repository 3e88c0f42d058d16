//! What stands above a page: the shift against its plan, and the pages. And below it the keys.

use ratatui::layout::Rect;

use crate::app::board::content::Board;
use crate::app::board::model::{Model, Note};
use crate::app::board::pages::Page;
use crate::app::board::word::Word;
use crate::app::wall::clock;
use crate::ui::glyph::cells;
use crate::ui::pen::{Pen, u16_of};
use crate::ui::words::board::BoardText;
use crate::ui::words::look::Look;

/// The shift, and how it stands against its plan.
pub(super) fn status(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let bar = pen.theme.bar();
    pen.fill(area, bar);
    let x = pen.put(area, 0, 0, pen.say(Word::Title), bar.patch(pen.theme.strong()));
    let room = Rect { width: area.width.saturating_sub(u16_of(cells(&model.time)) + 1), ..area };
    let mut x = x.saturating_add(2);
    for (fact, warns) in model.board.as_ref().map(|board| facts(pen, model, board)).unwrap_or_default() {
        let style = if warns { pen.theme.bar_warning() } else { bar };
        if x.saturating_add(u16_of(cells(&fact))) <= room.width {
            x = pen.put(room, x, 0, &fact, style).saturating_add(2);
        }
    }
    pen.put_right(area, 0, &model.time, bar);
}

/// What matters most comes first; what has no room is left out.
fn facts(pen: &Pen<'_>, model: &Model, board: &Board) -> Vec<(String, bool)> {
    let time = |at| clock(at, &model.zone);
    let mut facts = Vec::new();
    match &board.shift {
        None => facts.push((pen.say(Word::NoShift).to_owned(), false)),
        Some(name) => facts.push((format!("{} {name}", pen.say(Word::Shift)), false)),
    }
    let plant = board.plan.iter().find(|line| line.route.is_none() && line.station.is_none());
    if let Some(line) = plant {
        let (behind, word) = if line.made < line.due {
            (line.due - line.made, Word::Behind)
        } else {
            (line.made - line.due, Word::Ahead)
        };
        facts.push((format!("{} {behind}", pen.say(word)), word == Word::Behind));
        facts.push((format!("{} {}/{}", pen.say(Word::Done), line.made, line.planned), false));
    }
    if let Some(at) = board.at {
        facts.push((format!("{} {}", pen.say(Word::AsOf), time(at)), false));
    }
    if let Some((from, until)) = board.from.zip(board.until) {
        facts.push((format!("{}-{}", time(from), time(until)), false));
    }
    facts
}

/// The pages with their digits; the one that shows stands out. Or what is told in passing.
pub(super) fn pages(pen: &mut Pen<'_>, area: Rect, model: &Model) {
    let (plain, bar) = (pen.theme.plain(), pen.theme.bar());
    if let Some(note) = &model.note {
        let hint = pen.theme.hint();
        let text = match note {
            Note::Failed(fault) => format!("{}; {}", fault.what, fault.instead),
            Note::Replaced => pen.say(Look::NoteReplaced).to_owned(),
        };
        pen.fill(area, hint);
        pen.put(area, 1, 0, &text, hint);
        return;
    }
    let name = |page: Page| format!("{} {}", page.place() + 1, page.word().text(model.lang));
    let all: usize = Page::ALL.into_iter().map(|page| cells(&name(page)) + 2).sum();
    let fits = all <= usize::from(area.width) + 2;
    let mut x = 0;
    for page in Page::ALL {
        let here = page == model.page;
        // On a narrow screen the others are their digits.
        let text = if fits || here { name(page) } else { (page.place() + 1).to_string() };
        x = pen.put(area, x, 0, &text, if here { bar } else { plain }).saturating_add(if fits { 2 } else { 1 });
    }
}

/// The keys, and whether the page goes on below.
pub(super) fn keys(pen: &mut Pen<'_>, area: Rect, model: &Model, more: bool) {
    let mut shown = Vec::new();
    shown.extend(more.then(|| ("↓ PgDn", pen.say(BoardText::KeyMore))));
    shown.extend((model.page == Page::Trend && !model.help).then(|| ("n p", pen.say(BoardText::KeyCheck))));
    shown.extend([("Tab", pen.say(Look::KeyNext)), ("F1", pen.say(Look::KeyHelp)), ("F12", pen.say(Look::KeyQuit))]);
    let mut x = 0;
    for (cap, word) in shown {
        if x + u16_of(cells(cap) + 1 + cells(word)) > area.width {
            break;
        }
        x = pen.put(area, x, 0, cap, pen.theme.bar());
        x = pen.put(area, x.saturating_add(1), 0, word, pen.theme.plain()).saturating_add(2);
    }
}

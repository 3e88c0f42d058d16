//! What the board says, and its keys.

use crate::app::board::pages::Page;
use crate::ui::pen::Pen;
use crate::ui::row::{Row, Tone};
use crate::ui::words::board::BoardText;
use crate::ui::words::look::Look;
use crate::ui::wrap::wrap;

const SAYS: [BoardText; 6] =
    [BoardText::Signs, BoardText::Stations, BoardText::Hours, BoardText::Reason, BoardText::Trend, BoardText::AsOf];

/// The lines of the page.
pub(super) fn rows(pen: &Pen<'_>, width: u16) -> Vec<Row> {
    let cells = usize::from(width.saturating_sub(2)).max(8);
    let mut rows = vec![Row::line(pen.say(BoardText::Help), Tone::Strong), Row::default()];
    for page in Page::ALL {
        let key = format!("F{}  {}", page.place() + 2, page.place() + 1);
        rows.push(Row::default().put(1, 6, key, Tone::Strong).put(9, u16::MAX, pen.say(page.word()), Tone::Plain));
    }
    let others = [
        ("n  p", pen.say(BoardText::KeyCheck)),
        ("F10", pen.say(BoardText::Language)),
        ("F12  q", pen.say(Look::KeyQuit)),
    ];
    for (keys, does) in others {
        rows.push(Row::default().put(1, 7, keys, Tone::Strong).put(9, u16::MAX, does, Tone::Plain));
    }
    for text in SAYS {
        rows.push(Row::default());
        rows.extend(wrap(pen.say(text), cells).iter().map(|line| Row::line(line, Tone::Plain)));
    }
    rows
}

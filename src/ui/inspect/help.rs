//! What can be done here, and how a search is written.

use crate::ui::pen::Pen;
use crate::ui::row::{Row, Tone};
use crate::ui::words::look::Look;

const SEARCH: [Look; 4] = [Look::HelpSearch, Look::HelpUnits, Look::HelpEvents, Look::HelpReach];
const KEYS: [(&str, Look); 8] = [
    ("↑↓ j k  PgUp PgDn", Look::HelpMove),
    ("/", Look::HelpSlash),
    ("r g w d l", Look::HelpTabs),
    ("f  F3", Look::HelpTrouble),
    ("n p u o", Look::HelpBeside),
    ("v", Look::HelpVerify),
    ("y  e  F9", Look::HelpCopy),
    ("F10 Esc q", Look::HelpLeave),
];

/// The lines of the page.
pub(super) fn rows(pen: &Pen<'_>, width: u16) -> Vec<Row> {
    let mut rows = vec![Row::line(pen.say(Look::HelpTitle), Tone::Strong), Row::default()];
    let cells = usize::from(width.saturating_sub(2)).max(8);
    let mut text = |look: Look| {
        rows.extend(crate::ui::wrap::wrap(pen.say(look), cells).iter().map(|line| Row::line(line, Tone::Plain)));
    };
    SEARCH.into_iter().for_each(&mut text);
    rows.push(Row::default());
    let at = if width < 60 { 11 } else { 21 };
    for (keys, does) in KEYS {
        let row = Row::default().put(1, at - 2, keys, Tone::Strong);
        rows.push(row.put(at, u16::MAX, pen.say(does), Tone::Plain));
    }
    rows.push(Row::default());
    rows.push(Row::line(pen.say(Look::HelpCommands), Tone::Plain));
    rows
}

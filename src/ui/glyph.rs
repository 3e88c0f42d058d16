//! What the fonts of Linux consoles can show, and how wide it is.

use ratatui::text::Span;

/// Signs beside the letters that every common console font has. There are no half blocks, check marks or braille.
const SIGNS: &str = "─│┌┐└┘├┤┬┴┼═║╔╗╚╝█░▒■▲▶▼◀♦←↑→↓≤≥≈≠•…–—€";

/// Whether every common console font has a character: printable ASCII, Latin-1 letters, and the signs.
pub fn on_every_console(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}') || SIGNS.contains(c)
}

/// Cells that a text takes.
pub fn cells(text: &str) -> usize {
    Span::raw(text).width()
}

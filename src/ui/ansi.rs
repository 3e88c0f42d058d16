//! The bytes of a frame: what changed, in as few of them as can be, for consoles and serial lines alike.
//!
//! Colours are written as the sixteen that every terminal knows (`30`-`37`, `90`-`97`, `40`-`47`, `100`-`107`): Linux
//! consoles make something else of the longer codes. A frame without a change is no byte at all.

use std::fmt::Write as _;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// Blank cells from which on erasing them is shorter than writing them.
const ERASE_FROM: u16 = 10;

/// Writes cells as ANSI sequences. It knows the terminal's size only from being told, and never asks the terminal.
pub struct Ansi<W: Write> {
    out: W,
    size: Size,
    cursor_shown: bool,
    frame: String,
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

const PLAIN: Look = Look { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

/// A run of cells in one row that were blanked and are not written yet.
#[derive(Clone, Copy)]
struct Blanks {
    x: u16,
    y: u16,
    count: u16,
}

/// One frame in the making.
struct Frame<'a> {
    bytes: &'a mut String,
    width: u16,
    look: Look,
    cursor: Option<Position>,
    blanks: Option<Blanks>,
}

impl<W: Write> Ansi<W> {
    /// For a terminal of that size. Its cursor counts as hidden.
    pub fn new(out: W, size: Size) -> Self {
        Self { out, size, cursor_shown: false, frame: String::new() }
    }

    /// The terminal has another size.
    pub fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// Where the bytes go.
    pub(super) fn out(&mut self) -> &mut W {
        &mut self.out
    }
}

impl<W: Write> Backend for Ansi<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.frame.clear();
        let width = self.size.width;
        let mut frame = Frame { bytes: &mut self.frame, width, look: PLAIN, cursor: None, blanks: None };
        for (x, y, cell) in content {
            frame.cell(x, y, cell);
        }
        frame.end();
        self.out.write_all(self.frame.as_bytes())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.cursor_shown) { self.out.write_all(b"\x1b[?25l") } else { Ok(()) }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.cursor_shown, true) { Ok(()) } else { self.out.write_all(b"\x1b[?25h") }
    }

    /// Never asked of the terminal: its answer would arrive as if it had been typed.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        write!(self.out, "\x1b[{};{}H", y.saturating_add(1), x.saturating_add(1))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.out.write_all(match region {
            ClearType::All => b"\x1b[m\x1b[2J",
            ClearType::AfterCursor => b"\x1b[m\x1b[0J",
            ClearType::BeforeCursor => b"\x1b[m\x1b[1J",
            ClearType::CurrentLine => b"\x1b[m\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[m\x1b[0K",
        })
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Frame<'_> {
    fn cell(&mut self, x: u16, y: u16, cell: &Cell) {
        let look = Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        if look == PLAIN && cell.symbol() == " " {
            if let Some(blanks) = self.blanks.as_mut().filter(|b| b.y == y && b.x + b.count == x) {
                blanks.count += 1;
            } else {
                self.write_blanks();
                self.blanks = Some(Blanks { x, y, count: 1 });
            }
            return;
        }
        self.write_blanks();
        self.move_to(x, y);
        self.set(look);
        self.bytes.push_str(cell.symbol());
        let wide = super::pen::u16_of(super::glyph::cells(cell.symbol()));
        self.cursor = Some(Position { x: x.saturating_add(wide), y });
    }

    fn end(&mut self) {
        self.write_blanks();
        self.set(PLAIN);
    }

    fn write_blanks(&mut self) {
        let Some(Blanks { x, y, count }) = self.blanks.take() else { return };
        self.move_to(x, y);
        self.set(PLAIN);
        if x + count >= self.width && count > 3 {
            self.bytes.push_str("\x1b[K");
        } else if count >= ERASE_FROM {
            self.sequence(format_args!("{count}X"));
        } else {
            self.bytes.extend(std::iter::repeat_n(' ', usize::from(count)));
            self.cursor = Some(Position { x: x + count, y });
        }
    }

    fn move_to(&mut self, x: u16, y: u16) {
        match self.cursor {
            Some(at) if at == Position { x, y } => {}
            // Behind the last column a cursor waits where terminals do not agree; there it is placed anew.
            Some(at) if at.y == y && at.x < x && at.x < self.width => self.sequence(format_args!("{}C", x - at.x)),
            _ => self.sequence(format_args!("{};{}H", y + 1, x + 1)),
        }
        self.cursor = Some(Position { x, y });
    }

    /// Each look is set from scratch: half a sequence lost on a serial line harms one run of cells at most.
    fn set(&mut self, look: Look) {
        if look == self.look {
            return;
        }
        self.look = look;
        let mut codes = String::new();
        for (modifier, code) in
            [(Modifier::BOLD, ";1"), (Modifier::DIM, ";2"), (Modifier::UNDERLINED, ";4"), (Modifier::REVERSED, ";7")]
        {
            if look.modifier.contains(modifier) {
                codes.push_str(code);
            }
        }
        for (colour, base) in [(look.fg, 30), (look.bg, 40)] {
            if let Some(code) = code(colour) {
                // Writing to a String has no way to fail.
                let _written = write!(codes, ";{}", base + code);
            }
        }
        self.sequence(format_args!("{codes}m"));
    }

    fn sequence(&mut self, rest: std::fmt::Arguments<'_>) {
        let _written = write!(self.bytes, "\x1b[{rest}");
    }
}

/// The place of a colour among the sixteen, as an offset to 30 or 40; none for the terminal's own.
fn code(colour: Color) -> Option<u16> {
    Some(match colour {
        Color::Black | Color::Indexed(0) => 0,
        Color::Red | Color::Indexed(1) => 1,
        Color::Green | Color::Indexed(2) => 2,
        Color::Yellow | Color::Indexed(3) => 3,
        Color::Blue | Color::Indexed(4) => 4,
        Color::Magenta | Color::Indexed(5) => 5,
        Color::Cyan | Color::Indexed(6) => 6,
        Color::Gray | Color::Indexed(7) => 7,
        Color::DarkGray | Color::Indexed(8) => 60,
        Color::LightRed | Color::Indexed(9) => 61,
        Color::LightGreen | Color::Indexed(10) => 62,
        Color::LightYellow | Color::Indexed(11) => 63,
        Color::LightBlue | Color::Indexed(12) => 64,
        Color::LightMagenta | Color::Indexed(13) => 65,
        Color::LightCyan | Color::Indexed(14) => 66,
        Color::White | Color::Indexed(15) => 67,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn terminal(width: u16, height: u16) -> Terminal<Ansi<Vec<u8>>> {
        Terminal::new(Ansi::new(Vec::new(), Size { width, height })).unwrap()
    }

    fn drawn(terminal: &mut Terminal<Ansi<Vec<u8>>>, texts: &[(u16, u16, String, Style)]) -> Vec<u8> {
        terminal
            .draw(|frame| {
                for (x, y, text, style) in texts {
                    let area = frame.area();
                    if area.contains(Position { x: *x, y: *y }) {
                        frame.buffer_mut().set_string(*x, *y, text, *style);
                    }
                }
            })
            .unwrap();
        std::mem::take(terminal.backend_mut().out())
    }

    #[test]
    fn nothing_new_is_no_byte() {
        let mut terminal = terminal(80, 24);
        let texts = [(2, 3, "PC226-000417".to_owned(), Style::new().fg(Color::Red))];
        assert!(!drawn(&mut terminal, &texts).is_empty());
        assert_eq!(drawn(&mut terminal, &texts), b"");
    }

    #[test]
    fn colours_are_of_the_sixteen_that_every_console_knows() {
        let mut terminal = terminal(20, 2);
        let loud = Style::new().fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD);
        let bytes = String::from_utf8(drawn(&mut terminal, &[(0, 0, "STOP".to_owned(), loud)])).unwrap();
        assert_eq!(bytes, "\u{1b}[1;1H\u{1b}[;1;97;41mSTOP\u{1b}[m");
        assert!(!bytes.contains("38;5") && !bytes.contains("48;5"));
    }

    fn style() -> impl Strategy<Value = Style> {
        let colours = prop_oneof![Just(Color::Reset), Just(Color::Red), Just(Color::LightGreen), Just(Color::White)];
        let bold = any::<(bool, bool)>();
        (colours.clone(), colours, bold).prop_map(|(fg, bg, (bold, reversed))| {
            let style = Style::new().fg(fg).bg(bg);
            let style = if bold { style.add_modifier(Modifier::BOLD) } else { style };
            if reversed { style.add_modifier(Modifier::REVERSED) } else { style }
        })
    }

    fn frames() -> impl Strategy<Value = Vec<Vec<(u16, u16, String, Style)>>> {
        let text = (0u16..30, 0u16..8, "[ a-zÄ─▶]{0,30}", style());
        prop::collection::vec(prop::collection::vec(text, 0..8), 1..6)
    }

    proptest! {
        /// An independent terminal shows exactly what was drawn, frame after frame.
        #[test]
        fn a_terminal_shows_what_was_drawn(frames in frames()) {
            let mut terminal = terminal(30, 8);
            let mut seen = vt100::Parser::new(8.try_into().unwrap(), 30.try_into().unwrap(), 0);
            for texts in frames {
                seen.process(&drawn(&mut terminal, &texts));
                let mut wanted = ratatui::buffer::Buffer::empty(Rect::new(0, 0, 30, 8));
                for (x, y, text, style) in &texts {
                    wanted.set_string(*x, *y, text, *style);
                }
                for y in 0..8 {
                    for x in 0..30 {
                        let (want, got) = (&wanted[(x, y)], seen.screen().cell(y, x).unwrap());
                        let symbol = if got.contents().is_empty() { " " } else { got.contents() };
                        prop_assert_eq!(want.symbol(), symbol, "at {},{}", x, y);
                        prop_assert_eq!(want.modifier.contains(Modifier::BOLD), got.bold());
                        prop_assert_eq!(want.modifier.contains(Modifier::REVERSED), got.inverse());
                        prop_assert_eq!(colour(want.fg), got.fgcolor());
                        prop_assert_eq!(colour(want.bg), got.bgcolor());
                    }
                }
            }
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "only these are drawn here")]
    fn colour(colour: Color) -> vt100::Color {
        match colour {
            Color::Red => vt100::Color::Idx(1),
            Color::LightGreen => vt100::Color::Idx(10),
            Color::White => vt100::Color::Idx(15),
            _ => vt100::Color::Default,
        }
    }
}

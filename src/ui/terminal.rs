//! The terminal itself: taken over at the start, given back whole however the program ends, and drawn on in between.

use std::io::{self, BufWriter, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::layout::Size;
use ratatui::{Frame, Terminal};

use super::ansi::Ansi;
use crate::app::effect::Bell;

/// Bytes that one write to the terminal takes: a whole frame.
const FRAME_BYTES: usize = 32 * 1_024;
/// What a terminal is taken to be where it does not say.
const USUAL: Size = Size { width: 80, height: 24 };

/// Alternate screen, cursor hidden, cleared.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[m\x1b[2J\x1b[H";
/// Cleared (the Linux console has no alternate screen), back to the other screen, cursor shown, tones as they were.
const LEAVE: &[u8] = b"\x1b[m\x1b[2J\x1b[H\x1b[?1049l\x1b[?25h";
/// The Linux console's own tone again.
const LEAVE_TONES: &[u8] = b"\x1b[10]\x1b[11]";

static ENTERED: AtomicBool = AtomicBool::new(false);
static TONES: AtomicBool = AtomicBool::new(false);

/// How the terminal sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sound {
    /// The Linux console's speaker has pitch and length.
    Tones,
    /// Any other terminal rings, and only where work stops.
    Ring,
}

impl Sound {
    /// By the name of the terminal. No other than the Linux console is sent what only it understands.
    pub fn of(term: Option<&str>) -> Self {
        if term == Some("linux") { Self::Tones } else { Self::Ring }
    }
}

/// Takes the terminal over: raw, cleared, without a cursor.
pub fn enter(sound: Sound) -> io::Result<()> {
    crossterm::terminal::enable_raw_mode()?;
    TONES.store(sound == Sound::Tones, Ordering::SeqCst);
    ENTERED.store(true, Ordering::SeqCst);
    write_at_once(ENTER);
    Ok(())
}

/// Gives the terminal back as it was. It may be called from any thread, twice, and from a panic; what fails is left,
/// since a terminal that hung up has nobody to tell.
pub fn leave() {
    if !ENTERED.swap(false, Ordering::SeqCst) {
        return;
    }
    if TONES.load(Ordering::SeqCst) {
        write_at_once(LEAVE_TONES);
    }
    write_at_once(LEAVE);
    let _hung_up = crossterm::terminal::disable_raw_mode();
}

/// From now on a panic gives the terminal back before it is reported. To be called before [`enter`].
pub fn leave_on_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        leave();
        report(panic);
    }));
}

/// Past every lock and buffer: whoever holds them may be the one that panicked.
fn write_at_once(mut bytes: &[u8]) {
    let stdout = io::stdout();
    while !bytes.is_empty() {
        match rustix::io::write(stdout.as_fd(), bytes) {
            Ok(written) if written > 0 => bytes = bytes.get(written..).unwrap_or_default(),
            Err(rustix::io::Errno::INTR) => {}
            Ok(_) | Err(_) => return,
        }
    }
}

/// The size of the terminal on standard output.
pub fn size() -> Size {
    match rustix::termios::tcgetwinsize(io::stdout().as_fd()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size { width: size.ws_col, height: size.ws_row },
        Ok(_) | Err(_) => USUAL,
    }
}

/// What is drawn on: it keeps what the terminal shows, and sends what changes, a frame in one write.
pub struct Screen<W: Write> {
    terminal: Terminal<Ansi<BufWriter<W>>>,
    sound: Sound,
}

impl<W: Write> Screen<W> {
    /// A cleared terminal of that size.
    pub fn new(out: W, size: Size, sound: Sound) -> io::Result<Self> {
        let out = BufWriter::with_capacity(FRAME_BYTES, out);
        Ok(Self { terminal: Terminal::new(Ansi::new(out, size))?, sound })
    }

    /// Draws a frame. Where nothing changed, nothing is sent.
    pub fn draw(&mut self, picture: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.terminal.draw(picture).map(|_frame| ())
    }

    /// The terminal has another size; the next frame is drawn whole.
    pub fn resize(&mut self, size: Size) {
        self.terminal.backend_mut().set_size(size);
    }

    /// Something else wrote on the terminal; the next frame is drawn whole.
    pub fn repaint(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Makes a sound.
    pub fn ring(&mut self, bell: Bell) -> io::Result<()> {
        let sound: &[u8] = match (self.sound, bell) {
            (Sound::Tones, Bell::Pass) => b"\x1b[10;1200]\x1b[11;80]\x07",
            (Sound::Tones, Bell::Hint) => b"\x1b[10;600]\x1b[11;60]\x07",
            (Sound::Tones, Bell::Fail) => b"\x1b[10;400]\x1b[11;300]\x07",
            (Sound::Tones, Bell::Stop) => b"\x1b[10;250]\x1b[11;800]\x07",
            (Sound::Ring, Bell::Fail | Bell::Stop) => b"\x07",
            (Sound::Ring, Bell::Pass | Bell::Hint) => return Ok(()),
        };
        let out = self.terminal.backend_mut().out();
        out.write_all(sound)?;
        out.flush()
    }
}

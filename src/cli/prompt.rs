//! Asking for a PIN at the terminal, without showing it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::OFlags;
use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};
use signal_hook::SigId;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::failure::Failure;
use crate::app::port::Fault;
use crate::station::pin::{PIN_DIGITS_MOST, Pin};

/// Asks at the terminal of the process, whatever its input and output are. `instead` is the variable that would have
/// spared the question.
pub(super) fn ask(question: &str, instead: &str) -> Result<Pin, Failure> {
    let flags = i32::try_from(OFlags::NOCTTY.bits()).unwrap_or(0);
    let tty = OpenOptions::new().read(true).write(true).custom_flags(flags).open("/dev/tty").map_err(|_none| {
        Failure::wrong_use(
            "a PIN is needed, and there is no terminal to ask at",
            format!("set {instead}, or run it at a terminal"),
        )
    })?;
    let answer = Quiet::begin(&tty).and_then(|quiet| quiet.line(question)).map_err(|e| {
        Failure::Machine(Fault::new(format!("the terminal could not be asked: {e}"), format!("set {instead}")))
    })?;
    answer.ok_or_else(|| Failure::wrong_use("no PIN was given", "run it again; nothing was changed"))
}

/// A terminal that shows nothing of what is typed, until this is dropped.
struct Quiet<'t> {
    tty: &'t File,
    before: Termios,
    signals: UnixStream,
    ids: Vec<SigId>,
}

impl<'t> Quiet<'t> {
    fn begin(tty: &'t File) -> io::Result<Self> {
        let before = tcgetattr(tty)?;
        let (signals, writer) = UnixStream::pair()?;
        let mut quiet = Self { tty, before: before.clone(), signals, ids: Vec::new() };
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            quiet.ids.push(signal_hook::low_level::pipe::register(signal, writer.try_clone()?)?);
        }
        let mut silent = before;
        // Ctrl-C comes as a character, so that the terminal is put right before anything ends.
        silent.local_modes -= LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
        silent.special_codes[SpecialCodeIndex::VMIN] = 1;
        silent.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(tty, OptionalActions::Now, &silent)?;
        Ok(quiet)
    }

    /// One line; none where it was broken off.
    fn line(self, question: &str) -> io::Result<Option<Pin>> {
        let mut tty = self.tty;
        write!(tty, "{question}")?;
        let mut typed = Typed::default();
        loop {
            let Some(byte) = self.next()? else { return Ok(None) };
            match typed.take(byte) {
                Key::More => {}
                Key::Done => return Ok(Some(typed.pin())),
                Key::BrokenOff => return Ok(None),
            }
        }
    }

    /// The next byte; none where the terminal went away or a signal asks to end.
    fn next(&self) -> io::Result<Option<u8>> {
        loop {
            let mut waits = [PollFd::new(self.tty, PollFlags::IN), PollFd::new(&self.signals, PollFlags::IN)];
            match poll(&mut waits, None) {
                Err(rustix::io::Errno::INTR) => continue,
                other => other.map(drop)?,
            }
            let [_tty, signal] = waits;
            if signal.revents().contains(PollFlags::IN) {
                return Ok(None);
            }
            let mut byte = [0];
            let mut tty = self.tty;
            return Ok((tty.read(&mut byte)? == 1).then_some(byte[0]));
        }
    }
}

impl Drop for Quiet<'_> {
    fn drop(&mut self) {
        let mut tty = self.tty;
        let _gone = tcsetattr(tty, OptionalActions::Now, &self.before);
        let _gone = writeln!(tty);
        for id in self.ids.drain(..) {
            signal_hook::low_level::unregister(id);
        }
    }
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    More,
    Done,
    BrokenOff,
}

/// What was typed so far.
struct Typed(Vec<u8>);

impl Default for Typed {
    fn default() -> Self {
        // Room for all of it, so that no copy of it stays behind when it grows.
        Self(Vec::with_capacity(PIN_DIGITS_MOST + 1))
    }
}

impl Typed {
    fn take(&mut self, byte: u8) -> Key {
        match byte {
            b'\r' | b'\n' => return Key::Done,
            0x03 | 0x04 => return Key::BrokenOff,
            0x08 | 0x7f => drop(self.0.pop()),
            0x15 => self.0.clear(),
            // One more than a PIN has is kept, so that an overlong one is wrong and not cut to fit.
            0x20..=0x7e if self.0.len() <= PIN_DIGITS_MOST => self.0.push(byte),
            _ => {}
        }
        Key::More
    }

    fn pin(self) -> Pin {
        Pin::given(String::from_utf8(self.0).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(bytes: &[u8]) -> Option<Pin> {
        let mut typed = Typed::default();
        for byte in bytes {
            match typed.take(*byte) {
                Key::More => {}
                Key::Done => return Some(typed.pin()),
                Key::BrokenOff => return None,
            }
        }
        panic!("the line has no end");
    }

    #[test]
    fn a_line_is_typed_corrected_and_ended() {
        let is = |bytes: &[u8], pin: &str| typed(bytes).is_some_and(|p| p.same(&Pin::given(pin)));
        assert!(is(b"482913\r", "482913"));
        assert!(is(b"4829\x7f\x0813\n", "4813"));
        assert!(is(b"999\x15482913\r", "482913"));
        assert!(is(b"48\x1b[A\r", "48[A"));
        assert!(is(&[[b'4'; 50].as_slice(), b"\r"].concat(), &"4".repeat(33)));
        assert!(typed(b"48\x03").is_none());
        assert!(typed(b"\x04").is_none());
    }
}

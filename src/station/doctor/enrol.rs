//! Finds the scanner that somebody is holding: the one that reads a code now.
//!
//! Every device that types is listened to, keyboards too, and kept from the console meanwhile, so that the code goes
//! nowhere else. What they type is compared with the code and forgotten. At the end each is given back unharmed; the
//! kernel does that even if the program is killed.

use std::path::Path;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use crate::capture::scanner::decode::Decoder;
use crate::capture::scanner::device::{Barred, Device};
use crate::capture::scanner::frames::Event;
use crate::capture::scanner::options::{LayoutName, Options};
use crate::capture::scanner::reader::Source as _;
use crate::capture::scanner::seen::Seen;

/// The code to scan. Its characters lie on other keys in each keyboard that a scanner may type like, so that it reads
/// right as one of them only; the letters show Caps Lock too.
pub const CODE: &str = "ENROL-1azqwym;@+";
/// Milliseconds that somebody has to scan the code.
pub const WITHIN_MS: u64 = 60_000;
/// Esc, of `linux/input-event-codes.h`: breaks off, from any keyboard.
const ESC: u16 = 1;

/// What a device said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The code, read like this keyboard.
    Code(LayoutName),
    /// Another text, or one that is not certain.
    Other,
    /// That it is to be broken off.
    Esc,
}

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unheard {
    /// Nobody scanned the code in time.
    TooLate {
        /// A device that sent something else.
        other: Option<String>,
    },
    /// Somebody pressed Esc.
    BrokenOff,
    /// Devices cannot be waited for.
    Failed(Errno),
}

/// Hears one device, as if it typed like each keyboard at once.
pub struct Ear {
    code: String,
    decoders: Vec<(LayoutName, Decoder)>,
}

impl Ear {
    /// Waits for a code.
    pub fn new(code: &str) -> Self {
        let decoder = |layout| Decoder::new(Options { layout, ..Options::default() });
        let decoders = LayoutName::ALL.map(|layout| (layout, decoder(layout))).into();
        Self { code: code.to_owned(), decoders }
    }

    /// Takes what happened at the device, at a moment in milliseconds.
    pub fn take(&mut self, event: Event, at: u64) -> Option<Said> {
        let mut said = None;
        for (layout, decoder) in &mut self.decoders {
            let heard = match event {
                Event::Key { code: ESC, value: 1 } => return Some(Said::Esc),
                Event::Key { code, value } => decoder.key(code, value, at),
                Event::Dropped => decoder.dropped(at),
                Event::Whole => None,
            };
            match heard.map(|heard| heard.scan) {
                Some(Ok(text)) if text == self.code.as_bytes() => return Some(Said::Code(*layout)),
                Some(Ok(_) | Err(_)) => said = Some(Said::Other),
                None => {}
            }
        }
        said
    }
}

/// A device that is listened to.
struct Listened<'s> {
    seen: &'s Seen,
    device: Device,
    ear: Ear,
    kept: bool,
}

/// All devices that are listened to.
pub struct Listening<'s> {
    devices: Vec<Listened<'s>>,
}

impl<'s> Listening<'s> {
    /// Opens those devices that can be opened, and says why the others cannot.
    pub fn begin(seen: &'s [Seen], code: &str) -> (Self, Vec<(&'s Seen, Barred)>) {
        let (mut devices, mut barred) = (Vec::new(), Vec::new());
        for seen in seen {
            let opened = Device::open(&Path::new("/dev/input").join(&seen.node))
                .and_then(|mut device| device.try_grab().map(|kept| (device, kept)));
            match opened {
                Ok((device, kept)) => devices.push(Listened { seen, device, ear: Ear::new(code), kept }),
                Err(why) => barred.push((seen, why)),
            }
        }
        (Self { devices }, barred)
    }

    /// How many are listened to.
    pub fn count(&self) -> usize {
        self.devices.len()
    }

    /// Waits until one of them reads the code. `now` tells milliseconds of a clock that never goes back.
    pub fn until_heard(mut self, now: impl Fn() -> u64) -> Result<(&'s Seen, LayoutName), Unheard> {
        let end = now().saturating_add(WITHIN_MS);
        let mut other = None;
        loop {
            let left = end.saturating_sub(now());
            if left == 0 {
                return Err(Unheard::TooLate { other });
            }
            let ready = self.wait(left)?;
            let at = now();
            let mut gone = Vec::new();
            for (index, listened) in self.devices.iter_mut().enumerate().filter(|(index, _)| ready.contains(index)) {
                let mut events = Vec::new();
                if listened.device.next(Some(0), &mut |event| events.push(event)).is_err() {
                    gone.push(index);
                    continue;
                }
                // A key was down at first, such as the Enter that started the program; its end goes where it began.
                if !listened.kept {
                    listened.kept = listened.device.try_grab().unwrap_or(false);
                    continue;
                }
                for event in events {
                    match listened.ear.take(event, at) {
                        Some(Said::Code(layout)) => return Ok((listened.seen, layout)),
                        Some(Said::Esc) => return Err(Unheard::BrokenOff),
                        Some(Said::Other) => other = Some(listened.seen.name.clone()),
                        None => {}
                    }
                }
            }
            for index in gone.into_iter().rev() {
                self.devices.remove(index);
            }
        }
    }

    /// Waits for so many milliseconds, and tells which devices have something to read.
    fn wait(&self, ms: u64) -> Result<Vec<usize>, Unheard> {
        let timeout = Timespec {
            tv_sec: i64::try_from(ms / 1_000).unwrap_or(i64::MAX),
            tv_nsec: i64::try_from(ms % 1_000 * 1_000_000).unwrap_or(0),
        };
        let mut fds: Vec<_> = self.devices.iter().map(|l| PollFd::new(&l.device, PollFlags::IN)).collect();
        match poll(&mut fds, Some(&timeout)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(errno) => return Err(Unheard::Failed(errno)),
        }
        Ok(fds.iter().enumerate().filter(|(_, fd)| !fd.revents().is_empty()).map(|(index, _)| index).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTER: u16 = 28;
    const SHIFT: u16 = 42;
    const ALT_GR: u16 = 100;

    fn key(code: u16, value: i32) -> Event {
        Event::Key { code, value }
    }

    /// The keys of a character on a keyboard, found by trying all of them.
    fn typed(layout: LayoutName, c: char) -> Vec<Event> {
        let ways = [&[][..], &[SHIFT], &[ALT_GR]];
        let tries = ways.into_iter().flat_map(|held| (1..=127).map(move |code| (held, code)));
        let events = |held: &[u16], code| -> Vec<Event> {
            let down = held.iter().map(|held| key(*held, 1));
            let up = held.iter().map(|held| key(*held, 0));
            down.chain([key(code, 1), key(code, 0)]).chain(up).collect()
        };
        let reads = |events: &[Event]| {
            let mut decoder = Decoder::new(Options { layout, ..Options::default() });
            let mut hear = |event: Event| match event {
                Event::Key { code, value } => decoder.key(code, value, 0),
                Event::Dropped | Event::Whole => None,
            };
            for event in events {
                let _unfinished = hear(*event);
            }
            hear(key(ENTER, 1)).is_some_and(|heard| heard.scan == Ok(c.to_string().into_bytes()))
        };
        let found = tries.map(|(held, code)| events(held, code)).find(|events| reads(events));
        found.unwrap_or_else(|| panic!("{layout:?} has no {c:?}"))
    }

    /// What was said last: a key may spoil the text for one keyboard and belong to the code on another.
    fn hear(ear: &mut Ear, events: impl IntoIterator<Item = Event>) -> Option<Said> {
        events.into_iter().zip(0..).filter_map(|(event, at)| ear.take(event, at)).last()
    }

    #[test]
    fn the_code_reads_right_as_the_keyboard_that_it_was_typed_on_alone() {
        for layout in LayoutName::ALL {
            let mut events: Vec<_> = CODE.chars().flat_map(|c| typed(layout, c)).collect();
            events.push(key(ENTER, 1));
            assert_eq!(hear(&mut Ear::new(CODE), events), Some(Said::Code(layout)));
        }
    }

    #[test]
    fn another_text_is_not_the_code_and_escape_breaks_off() {
        let us = |c| typed(LayoutName::Us, c);
        let mut ear = Ear::new(CODE);
        let text: Vec<_> = "ENROL".chars().flat_map(us).chain([key(ENTER, 1)]).collect();
        assert_eq!(hear(&mut ear, text), Some(Said::Other));
        assert_eq!(hear(&mut ear, us('a')), None);
        assert_eq!(hear(&mut ear, [key(ESC, 1)]), Some(Said::Esc));
    }
}

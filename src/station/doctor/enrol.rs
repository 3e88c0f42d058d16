//! Finds the scanner that somebody is holding: the one that reads the self-test now. Which keyboard it types like, and
//! what it makes of GS, is found out by the way.
//!
//! Every device that types is listened to, keyboards too, and kept from the console meanwhile, so that the scan goes
//! nowhere else. What they type is judged and forgotten. At the end each is given back unharmed; the kernel does that
//! even if the program is killed.

use std::path::Path;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::heard::{Gs, Heard};
use crate::capture::scanner::decode::Decoder;
use crate::capture::scanner::device::{Barred, Device};
use crate::capture::scanner::frames::Event;
use crate::capture::scanner::options::{LayoutName, Options};
use crate::capture::scanner::reader::Source as _;
use crate::capture::scanner::seen::Seen;
use crate::capture::scanner::self_test::judge;
use crate::domain::self_test::SelfTest;

/// Milliseconds that somebody has to scan the self-test.
pub const WITHIN_MS: u64 = 60_000;
/// Esc, of `linux/input-event-codes.h`: breaks off, from any keyboard.
const ESC: u16 = 1;

/// What a device said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The self-test.
    SelfTest(Heard),
    /// Another text, or one of which keys were dropped.
    Other,
    /// A key that belongs to no text on some keyboard; it may be right on another.
    Spoilt,
    /// That it is to be broken off.
    Esc,
}

/// Why nothing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unheard {
    /// Nobody scanned it in time.
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
    decoders: [(LayoutName, Decoder); LayoutName::ALL.len()],
}

impl Default for Ear {
    fn default() -> Self {
        let decoder = |layout| (layout, Decoder::new(Options { layout, ..Options::default() }));
        Self { decoders: LayoutName::ALL.map(decoder) }
    }
}

impl Ear {
    /// Takes what happened at the device, at a moment in milliseconds.
    pub fn take(&mut self, event: Event, at: u64) -> Option<Said> {
        let mut heard = Heard { layouts: Vec::new(), gs: Gs::NotTried };
        let (mut other, mut spoilt) = (event == Event::Dropped, false);
        for (layout, decoder) in &mut self.decoders {
            let scan = match event {
                Event::Key { code: ESC, value: 1 } => return Some(Said::Esc),
                Event::Key { code, value } => decoder.key(code, value, at),
                Event::Dropped => decoder.dropped(at),
                Event::Whole => None,
            };
            match scan.map(|heard| heard.scan) {
                None => {}
                Some(Err(_loss)) => spoilt = true,
                Some(Ok(text)) => match self_test(&text) {
                    None => other = true,
                    Some(gs) => {
                        heard.layouts.push(*layout);
                        heard.gs = gs;
                    }
                },
            }
        }
        if !heard.layouts.is_empty() {
            return Some(Said::SelfTest(heard));
        }
        let nothing = spoilt.then_some(Said::Spoilt);
        if other { Some(Said::Other) } else { nothing }
    }
}

/// What became of GS in a self-test that was read as the right keyboard.
fn self_test(text: &[u8]) -> Option<Gs> {
    match judge(std::str::from_utf8(text).ok()?)? {
        SelfTest::AllRight => Some(Gs::Sent),
        SelfTest::NoGs => Some(Gs::Dropped),
        SelfTest::GsAs(c) => Some(Gs::As(c)),
        SelfTest::LettersRight => Some(Gs::NotTried),
        SelfTest::CaseSwapped | SelfTest::OtherKeyboard { .. } | SelfTest::Unlike => None,
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
    pub fn begin(seen: &'s [Seen]) -> (Self, Vec<(&'s Seen, Barred)>) {
        let (mut devices, mut barred) = (Vec::new(), Vec::new());
        for seen in seen {
            let opened = Device::open(&Path::new("/dev/input").join(&seen.node))
                .and_then(|mut device| device.try_grab().map(|kept| (device, kept)));
            match opened {
                Ok((device, kept)) => devices.push(Listened { seen, device, ear: Ear::default(), kept }),
                Err(why) => barred.push((seen, why)),
            }
        }
        (Self { devices }, barred)
    }

    /// How many are listened to.
    pub fn count(&self) -> usize {
        self.devices.len()
    }

    /// Waits until one of them reads the self-test. `now` tells milliseconds of a clock that never goes back; `missed`
    /// is told which device sent something else, so that somebody scans again.
    pub fn until_heard(
        mut self,
        now: impl Fn() -> u64,
        mut missed: impl FnMut(&Seen),
    ) -> Result<(&'s Seen, Heard), Unheard> {
        let end = now().saturating_add(WITHIN_MS);
        let mut other = None;
        loop {
            let left = end.saturating_sub(now());
            if left == 0 {
                return Err(Unheard::TooLate { other });
            }
            let ready = self.wait(left)?;
            let mut gone = Vec::new();
            for (index, listened) in self.devices.iter_mut().enumerate().filter(|(index, _)| ready.contains(index)) {
                let mut events = Vec::new();
                if listened.device.next(Some(0), &mut |event, at| events.push((event, at))).is_err() {
                    gone.push(index);
                    continue;
                }
                // A key was down at first, such as the Enter that started the program; its end goes where it began.
                if !listened.kept {
                    listened.kept = listened.device.try_grab().unwrap_or(false);
                    continue;
                }
                for (event, at) in events {
                    match listened.ear.take(event, at) {
                        Some(Said::SelfTest(heard)) => return Ok((listened.seen, heard)),
                        Some(Said::Esc) => return Err(Unheard::BrokenOff),
                        Some(Said::Other) => {
                            missed(listened.seen);
                            other = Some(listened.seen.name.clone());
                        }
                        Some(Said::Spoilt) => other = Some(listened.seen.name.clone()),
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
        let timeout = Timespec::try_from(Duration::from_millis(ms)).unwrap_or_default();
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
    use crate::domain::self_test::{long_text, short_text};

    const ENTER: u16 = 28;
    const CTRL: u16 = 29;
    const SHIFT: u16 = 42;
    const ALT_GR: u16 = 100;

    fn key(code: u16, value: i32) -> Event {
        Event::Key { code, value }
    }

    /// The keys of a character on a keyboard, found by trying all of them.
    fn typed(layout: LayoutName, c: char) -> Vec<Event> {
        let ways = [&[][..], &[SHIFT], &[ALT_GR], &[SHIFT, ALT_GR], &[CTRL], &[CTRL, ALT_GR]];
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

    /// What is said last of a text that a scanner types like a keyboard: one key may spoil it for another keyboard.
    fn said(layout: LayoutName, text: &str) -> Said {
        let mut ear = Ear::default();
        let events = text.chars().flat_map(|c| typed(layout, c)).chain([key(ENTER, 1)]);
        events.zip(0..).filter_map(|(event, at)| ear.take(event, at)).last().unwrap()
    }

    fn heard(layouts: &[LayoutName], gs: Gs) -> Said {
        Said::SelfTest(Heard { layouts: layouts.to_vec(), gs })
    }

    #[test]
    fn the_square_symbol_tells_one_keyboard_and_what_becomes_of_gs() {
        for layout in LayoutName::ALL {
            assert_eq!(said(layout, &long_text()), heard(&[layout], Gs::Sent), "{layout:?}");
            assert_eq!(said(layout, &long_text().replace('\u{1d}', "")), heard(&[layout], Gs::Dropped), "{layout:?}");
            assert_eq!(said(layout, &long_text().replace('\u{1d}', "#")), heard(&[layout], Gs::As('#')), "{layout:?}");
        }
    }

    #[test]
    fn the_bar_code_leaves_keyboards_that_read_it_alike() {
        use LayoutName::{Ch, De, Fr, Gb, Us};
        assert_eq!(said(Us, &short_text()), heard(&[Us, Gb], Gs::NotTried));
        assert_eq!(said(De, &short_text()), heard(&[De, Ch], Gs::NotTried));
        assert_eq!(said(Fr, &short_text()), heard(&[Fr], Gs::NotTried));
    }

    #[test]
    fn another_text_is_not_the_self_test_and_escape_breaks_off() {
        assert_eq!(said(LayoutName::Us, "PC226-000001"), Said::Other);
        let mut ear = Ear::default();
        assert_eq!(ear.take(key(30, 1), 0), None);
        assert_eq!(ear.take(key(ESC, 1), 1), Some(Said::Esc));
    }
}

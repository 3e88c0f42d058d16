//! Key codes to the text of a scan. Pure: keys and moments in, scans out.
//!
//! Nothing is guessed. A key that could mean two things, or that gives no character, spoils the scan that it is in; so
//! does anything that may have swallowed a key. A spoilt scan is told once, at once, and everything up to its
//! terminator (or up to a pause) is discarded with it.
//!
//! Silently ignored are the autorepeat of a held key, releases (scanners exist that send none between different keys),
//! modifiers by themselves, Num Lock and Scroll Lock. Every other key without a character, such as F1 or an arrow,
//! spoils the scan: scanners send those in place of control characters, each model in its own way.

use super::alt_code::AltCode;
use super::caps::Caps;
use super::control;
use super::keys;
use super::layout::{Glyph, Layout, Level};
use super::modifiers::Modifiers;
use super::options::{End, Options};
use crate::domain::label::{GS, LABEL_BYTES_MOST, Loss};

/// What came of the keys so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// When its first key went down, in milliseconds of the clock that the keys were told with. Of a loss between two
    /// scans: when that was noticed.
    pub begun_ms: u64,
    /// The scan, terminator removed, in UTF-8; or why there is none.
    pub scan: Result<Vec<u8>, Loss>,
}

/// Turns the keys of one scanner into scans.
#[derive(Debug)]
pub struct Decoder {
    options: Options,
    layout: &'static Layout,
    modifiers: Modifiers,
    caps: Caps,
    alt: AltCode,
    /// When the last key went down or up.
    last_ms: u64,
    stage: Stage,
    /// The scan so far. Never grows beyond its first capacity, so that wiping it wipes every copy.
    text: Vec<u8>,
}

/// Where in the stream of keys the decoder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Between,
    Within {
        begun_ms: u64,
    },
    /// Up to the next terminator or pause nothing counts.
    Discarding(Loss),
}

/// What a key adds.
enum Stroke {
    Nothing,
    Char(char),
    Bad(Loss),
}

/// Bytes of the longest character.
const CHAR_BYTES_MOST: usize = 4;

impl Decoder {
    /// A decoder for a scanner that was programmed so.
    pub fn new(options: Options) -> Self {
        Self {
            layout: Layout::of(options.layout),
            options,
            modifiers: Modifiers::default(),
            caps: Caps::Off,
            alt: AltCode::default(),
            last_ms: 0,
            stage: Stage::Between,
            text: Vec::with_capacity(LABEL_BYTES_MOST + CHAR_BYTES_MOST),
        }
    }

    /// A key went down (`value` 1) or up (0); what the kernel repeats while it is held (2) is ignored. `code` is of
    /// `linux/input-event-codes.h`, `at_ms` of a clock that never goes back.
    ///
    /// An unfinished scan that nobody asked about in time ([`Decoder::quiet`]) is told here.
    pub fn key(&mut self, code: u16, value: i32, at_ms: u64) -> Option<Heard> {
        let down = match value {
            0 => false,
            1 => true,
            _ => return None,
        };
        let late = self.quiet(at_ms);
        self.last_ms = at_ms;
        let is_modifier = self.modifiers.take(code, down);
        let heard = match (code, down) {
            (keys::LEFT_ALT, false) => self.alt_up(at_ms),
            (_, true) if !is_modifier => self.press(code, at_ms),
            _ => None,
        };
        late.or(heard)
    }

    /// The kernel says that it dropped keys (`SYN_DROPPED`). What came since the last terminator is lost, and so is
    /// what comes up to the next one; which modifiers are down is unknown, unless [`Decoder::held`] tells it.
    pub fn dropped(&mut self, at_ms: u64) -> Option<Heard> {
        self.last_ms = at_ms;
        self.modifiers = Modifiers::default();
        self.caps = self.caps.after_drop();
        if self.stage == Stage::Discarding(Loss::Overrun) {
            return None;
        }
        Some(self.spoil(Loss::Overrun, at_ms))
    }

    /// The keys that are down right now, as the device says it after [`Decoder::dropped`].
    pub fn held(&mut self, codes: &[u16]) {
        self.modifiers = Modifiers::default();
        for code in codes {
            self.modifiers.take(*code, true);
        }
    }

    /// The scanner went away. Whatever comes from it later is another scanner's.
    pub fn removed(&mut self) -> Option<Heard> {
        let heard = match self.stage {
            Stage::Within { begun_ms } => Some(Heard { begun_ms, scan: Err(Loss::Removed) }),
            Stage::Between | Stage::Discarding(_) => None,
        };
        self.wipe();
        self.modifiers = Modifiers::default();
        self.caps = Caps::Off;
        heard
    }

    /// When an unfinished scan is to be discarded, unless another key comes: then call [`Decoder::quiet`].
    pub fn deadline(&self) -> Option<u64> {
        match self.stage {
            Stage::Within { .. } => Some(self.pause_at()),
            Stage::Between | Stage::Discarding(_) => None,
        }
    }

    /// No key came until now. After a pause, an unfinished scan is lost. What comes before a second pause may be the
    /// rest of it, and is discarded with it.
    pub fn quiet(&mut self, at_ms: u64) -> Option<Heard> {
        let pause_at = self.pause_at();
        if at_ms < pause_at {
            return None;
        }
        match self.stage {
            Stage::Within { .. } => {
                self.last_ms = pause_at;
                let heard = self.spoil(Loss::NoEnd, pause_at);
                // It is told late where nobody asked in time; then the second pause may be over, too.
                self.quiet(at_ms);
                Some(heard)
            }
            Stage::Between | Stage::Discarding(_) => {
                self.wipe();
                self.caps = Caps::Off;
                None
            }
        }
    }

    fn pause_at(&self) -> u64 {
        self.last_ms.saturating_add(u64::from(self.options.gap_ms))
    }

    /// Letting go of the left Alt ends a character that was given by its number. Even CR is data then.
    fn alt_up(&mut self, at_ms: u64) -> Option<Heard> {
        match self.alt.finish()? {
            Ok(c) => self.add(c, at_ms),
            Err(loss) => self.bad(loss, at_ms),
        }
    }

    fn press(&mut self, code: u16, at_ms: u64) -> Option<Heard> {
        match code {
            keys::CAPS_LOCK => {
                self.caps = self.caps.pressed();
                None
            }
            keys::NUM_LOCK | keys::SCROLL_LOCK => None,
            keys::ENTER | keys::KEYPAD_ENTER => self.char('\r', at_ms),
            keys::TAB => self.char('\t', at_ms),
            keys::LINE_FEED => self.char('\n', at_ms),
            _ => match self.stroke(code) {
                Stroke::Nothing => {
                    self.begin(at_ms);
                    None
                }
                Stroke::Char(c) => self.char(c, at_ms),
                Stroke::Bad(loss) => self.bad(loss, at_ms),
            },
        }
    }

    /// What a key adds under the modifiers that are held.
    fn stroke(&mut self, code: u16) -> Stroke {
        let held = self.modifiers;
        let level = Level::of(held.shift(), held.alt_gr);
        if held.alt {
            let digit = keys::keypad(code).and_then(|c| c.to_digit(10)).filter(|_| !held.ctrl() && !held.alt_gr);
            return match digit {
                Some(digit) => {
                    self.alt.digit(digit);
                    Stroke::Nothing
                }
                None => Stroke::Bad(Loss::UnknownKey),
            };
        }
        if held.ctrl() {
            return control::of(self.layout, code, level).map_or_else(Stroke::Bad, Stroke::Char);
        }
        match code {
            keys::ESC => return Stroke::Char('\u{1b}'),
            keys::BACKSPACE => return Stroke::Char('\u{8}'),
            _ => {}
        }
        if let Some(c) = keys::keypad(code).filter(|_| !held.alt_gr) {
            return Stroke::Char(c);
        }
        let glyph = match self.caps {
            Caps::Off | Caps::Doubted => self.layout.glyph(code, level),
            Caps::On => self.layout.glyph_in_caps(code, level),
            Caps::Unknown if self.layout.glyph(code, level) == self.layout.glyph_in_caps(code, level) => {
                self.layout.glyph(code, level)
            }
            Caps::Unknown => return Stroke::Bad(Loss::Overrun),
        };
        match glyph {
            Glyph::Char(c) if Some(c) == self.options.gs => Stroke::Char(GS),
            Glyph::Char(c) => Stroke::Char(c),
            Glyph::Dead => Stroke::Bad(Loss::DeadKey),
            Glyph::None => Stroke::Bad(Loss::UnknownKey),
        }
    }

    /// A character came. One that ends lines never begins a scan: it is the second of two terminators.
    fn char(&mut self, c: char, at_ms: u64) -> Option<Heard> {
        let ends = self.options.end.is(c);
        match self.stage {
            Stage::Between if matches!(c, '\r' | '\n' | '\t') => None,
            Stage::Within { begun_ms } if ends => Some(self.end(c, begun_ms)),
            Stage::Discarding(_) if ends => {
                self.wipe();
                None
            }
            Stage::Between | Stage::Within { .. } | Stage::Discarding(_) => self.add(c, at_ms),
        }
    }

    fn add(&mut self, c: char, at_ms: u64) -> Option<Heard> {
        if let Stage::Discarding(_) = self.stage {
            return None;
        }
        self.begin(at_ms);
        let mut utf8 = [0; CHAR_BYTES_MOST];
        self.text.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
        if self.text.len() > LABEL_BYTES_MOST { Some(self.spoil(Loss::TooLong, at_ms)) } else { None }
    }

    fn begin(&mut self, at_ms: u64) {
        if self.stage == Stage::Between {
            self.stage = Stage::Within { begun_ms: at_ms };
        }
    }

    /// The scan is whole, unless a character by its number was still being given.
    fn end(&mut self, terminator: char, begun_ms: u64) -> Heard {
        let whole = self.alt.finish().is_none();
        let text = match self.text.as_slice() {
            [line @ .., b'\r'] if terminator == '\n' => line.to_vec(),
            line => line.to_vec(),
        };
        self.wipe();
        Heard { begun_ms, scan: if whole { Ok(text) } else { Err(Loss::UnknownKey) } }
    }

    /// A key that spoils the scan: told once.
    fn bad(&mut self, loss: Loss, at_ms: u64) -> Option<Heard> {
        match self.stage {
            Stage::Discarding(_) => None,
            Stage::Between | Stage::Within { .. } => Some(self.spoil(loss, at_ms)),
        }
    }

    fn spoil(&mut self, loss: Loss, at_ms: u64) -> Heard {
        let begun_ms = match self.stage {
            Stage::Within { begun_ms } => begun_ms,
            Stage::Between | Stage::Discarding(_) => at_ms,
        };
        self.wipe();
        self.stage = Stage::Discarding(loss);
        Heard { begun_ms, scan: Err(loss) }
    }

    /// Forgets the scan so far: it may be a PIN.
    fn wipe(&mut self) {
        self.text.fill(0);
        self.text.clear();
        self.alt = AltCode::default();
        self.stage = Stage::Between;
    }
}

impl End {
    /// Whether this character ends a scan.
    fn is(self, c: char) -> bool {
        match self {
            Self::Any => matches!(c, '\r' | '\n' | '\t'),
            Self::Enter => c == '\r',
            Self::Tab => c == '\t',
            Self::LineFeed => c == '\n',
        }
    }
}

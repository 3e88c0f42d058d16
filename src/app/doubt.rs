//! What is typed in doubtful moments: right after the keyboard came to a seat by a scan, and while a scanner is plugged
//! in. It may not have been meant for where it lands, so nothing of it is taken, and that is said.

use super::effect::{Bell, Effect};
use super::model::{Band, Model, Note};
use super::msg::{Millis, ScannerState};
use crate::domain::ambient::SCREEN_SETTLE_MS;
use crate::domain::id::DeviceId;

/// Milliseconds around the coming of a scanner in which typed keys may be its own: between the moment the kernel has
/// it and the moment its keys are kept from the terminal, it types like any keyboard. That takes less than 10 ms.
pub const SCANNER_SETTLE_MS: u32 = 300;

/// Why a line may not have been meant for here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A scan at this seat had just taken the keyboard from the other one.
    KeyboardCame,
    /// A scanner was just plugged in.
    ScannerCame,
}

/// When something last came that makes typing doubtful for a moment.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Came {
    keyboard: Option<Millis>,
    scanner: Option<Millis>,
}

impl Came {
    fn doubt(self, now: Millis) -> Option<Doubt> {
        let within = |came: Option<Millis>, ms: u32| came.is_some_and(|came| now.since(came) < ms);
        if within(self.scanner, SCANNER_SETTLE_MS) {
            return Some(Doubt::ScannerCame);
        }
        within(self.keyboard, SCREEN_SETTLE_MS).then_some(Doubt::KeyboardCame)
    }
}

impl Model {
    /// Why a key that is pressed now may not be meant for here.
    pub(super) fn doubt(&self, now: Millis) -> Option<Doubt> {
        self.came.doubt(now)
    }

    /// The keyboard came to this seat because of a scan: who types may not have seen it yet.
    pub(super) fn keyboard_came(&mut self, now: Millis) {
        self.came.keyboard = Some(now);
    }

    /// A scanner came: what is in the field may be what it typed, or mixed with it.
    pub(super) fn scanner_came(&mut self, now: Millis) {
        self.came.scanner = Some(now);
        self.line.doubt(Some(Doubt::ScannerCame));
        if !self.line.is_empty() {
            self.band = Band::Note(Note::Doubtful(Doubt::ScannerCame));
        }
    }

    /// Whether what is told of a scanner means that it was plugged in.
    pub(super) fn is_coming(&self, name: &DeviceId, state: &ScannerState) -> bool {
        *state == ScannerState::Ready && self.scanners.get(name) != Some(&ScannerState::Ready)
    }

    /// Says that something was not taken, and why.
    pub(super) fn not_taken(&mut self, doubt: Doubt, effects: &mut Vec<Effect>) {
        self.band = Band::Note(Note::Doubtful(doubt));
        effects.push(Effect::Bell(Bell::Hint));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_last_for_their_moment() {
        let doubts = |came: Came| [1_000, 1_299, 1_300, 1_399, 1_400].map(|at| came.doubt(Millis(at)));
        let (now, keyboard, scanner) = (Some(Millis(1_000)), Some(Doubt::KeyboardCame), Some(Doubt::ScannerCame));
        assert_eq!(doubts(Came { keyboard: now, scanner: None }), [keyboard, keyboard, keyboard, keyboard, None]);
        assert_eq!(doubts(Came { keyboard: None, scanner: now }), [scanner, scanner, None, None, None]);
        assert_eq!(doubts(Came::default()), [None; 5]);
    }
}

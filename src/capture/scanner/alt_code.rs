//! A character given by its number: the left Alt held, digits of the keypad, Alt let go.
//!
//! With a leading zero the number is of Windows-1252, as in `0029` or `029` for GS. Without one it is of the old code
//! page of the machine: those agree on the printable characters of ASCII alone, so that no other number is certain.

use crate::domain::label::Loss;

/// The digits so far.
#[derive(Debug, Default)]
pub(super) struct AltCode {
    digits: Option<Digits>,
}

#[derive(Debug)]
struct Digits {
    leading_zero: bool,
    value: u32,
}

/// Windows-1252 from 0x80 on, where it differs from Latin-1; a space where it has no character.
const WINDOWS_1252: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
/// The first number of that.
const WINDOWS_1252_FROM: u32 = 0x80;

impl AltCode {
    pub(super) fn digit(&mut self, digit: u32) {
        let digits = self.digits.get_or_insert(Digits { leading_zero: digit == 0, value: 0 });
        digits.value = digits.value.saturating_mul(10).saturating_add(digit);
    }

    /// Alt was let go: the character, or [`Loss::UnknownKey`] where the number is of no certain one; `None` where no
    /// digit came.
    pub(super) fn finish(&mut self) -> Option<Result<char, Loss>> {
        self.digits.take().map(|digits| digits.char().ok_or(Loss::UnknownKey))
    }
}

impl Digits {
    fn char(&self) -> Option<char> {
        match self.value {
            0x20..=0x7e => char::from_u32(self.value),
            _ if !self.leading_zero => None,
            WINDOWS_1252_FROM..=0x9f => {
                let place = usize::try_from(self.value - WINDOWS_1252_FROM).ok()?;
                WINDOWS_1252.chars().nth(place).filter(|c| *c != ' ')
            }
            0..=0xff => char::from_u32(self.value),
            _ => None,
        }
    }
}

//! The sets of characters of GS1 values (GS1 General Specifications, section 7.11).

use crate::capture::label::flaw::Flaw;

/// A set of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// 0 to 9.
    Digits,
    /// Letters, digits and most of ASCII's other characters.
    Set82,
    /// Digits, capital letters, `#`, `-` and `/`.
    Set39,
    /// Base64 for file names (RFC 4648, section 5).
    Set64,
}

/// Characters that padding fills up to, as the syntax dictionary has it.
const GROUP: usize = 3;
/// The most padding of a group.
const PADDING_MOST: usize = 2;

/// A bit for each character.
const fn bits(characters: &[u8], so_far: u128) -> u128 {
    match characters {
        [] => so_far,
        [first, rest @ ..] => bits(rest, so_far | 1 << *first),
    }
}

const DIGITS: u128 = bits(b"0123456789", 0);
const CAPITALS: u128 = bits(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0);
const LETTERS: u128 = bits(b"abcdefghijklmnopqrstuvwxyz", CAPITALS);
const SET_82: u128 = bits(b"!\"%&'()*+,-./:;<=>?_", DIGITS | LETTERS);
const SET_39: u128 = bits(b"#-/", DIGITS | CAPITALS);
const SET_64: u128 = bits(b"-_", DIGITS | LETTERS);

fn all_in(text: &str, bits: u128) -> bool {
    text.bytes().all(|byte| byte.is_ascii() && bits >> byte & 1 == 1)
}

impl Set {
    /// Whether a text has only characters of the set.
    ///
    /// # Errors
    /// The flaw of one that has not.
    pub fn check(self, text: &str) -> Result<(), Flaw> {
        let kept = |is_kept, flaw| if is_kept { Ok(()) } else { Err(flaw) };
        match self {
            Self::Digits => kept(all_in(text, DIGITS), Flaw::NotDigits),
            Self::Set82 => kept(all_in(text, SET_82), Flaw::NotInSet82),
            Self::Set39 => kept(all_in(text, SET_39), Flaw::NotInSet39),
            Self::Set64 => {
                let data = text.trim_end_matches('=');
                let padding = text.len().saturating_sub(data.len());
                let is_padded = padding == 0 || (padding <= PADDING_MOST && text.len().is_multiple_of(GROUP));
                kept(all_in(data, SET_64) && is_padded, Flaw::NotInSet64)
            }
        }
    }
}

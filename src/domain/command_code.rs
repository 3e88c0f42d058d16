//! Command barcodes: what an operator can scan instead of pressing a key.
//!
//! A code is `LGC`, three letters, and a check letter. It uses only letters that lie on the same key of
//! QWERTY, QWERTZ and AZERTY keyboards, so that a scanner set to the wrong layout still sends it whole.

use serde::{Deserialize, Serialize};

/// What every command code begins with.
pub const PREFIX: &str = "LGC";
/// The letters that codes are made of.
pub const LETTERS: &str = "BCDEFGHIJKLNOPRSTUVX";

/// What a code asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CommandCode {
    /// Pass the step.
    Pass,
    /// Fail the step; a reason follows.
    Fail,
    /// Hold the unit; a reason follows.
    Hold,
    /// Take back one's own last observation; a reason follows.
    Void,
    /// Begin another attempt; a reason follows.
    Retest,
    /// Put the unit down.
    Close,
    /// Leave the station.
    SignOff,
}

impl CommandCode {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Pass, Self::Fail, Self::Hold, Self::Void, Self::Retest, Self::Close, Self::SignOff];

    fn letters(self) -> &'static str {
        match self {
            Self::Pass => "PSS",
            Self::Fail => "FLT",
            Self::Hold => "HLD",
            Self::Void => "UND",
            Self::Retest => "RTS",
            Self::Close => "CLS",
            Self::SignOff => "OFF",
        }
    }

    /// The text of the barcode.
    pub fn text(self) -> String {
        let body = format!("{PREFIX}{}", self.letters());
        let check = check_letter(&body);
        format!("{body}{check}")
    }

    /// Reads a label: `None` where it is no command code, an error where it begins like one and is damaged.
    pub fn read(label: &str) -> Option<Result<Self, Damaged>> {
        let looks_like_one =
            label.starts_with(PREFIX) && label.len() == PREFIX.len() + 4 && label.chars().all(|c| LETTERS.contains(c));
        looks_like_one.then(|| Self::ALL.into_iter().find(|c| c.text() == label).ok_or(Damaged))
    }
}

/// A command code whose check letter is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

/// The check letter: a sum of the letters' places, each weighted by its position, so that a wrong letter or two
/// swapped neighbours show.
fn check_letter(body: &str) -> char {
    let place = |c: char| LETTERS.chars().position(|l| l == c).unwrap_or(0);
    let sum: usize = body.chars().zip([1, 3, 7, 9, 11, 13]).map(|(c, weight)| place(c) * weight).sum();
    LETTERS.chars().nth(sum % LETTERS.len()).unwrap_or('B')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_and_damage_shows() {
        for code in CommandCode::ALL {
            assert_eq!(CommandCode::read(&code.text()), Some(Ok(code)));
            assert_eq!(code.text().len(), 7);
        }
        let mut seen: Vec<_> = CommandCode::ALL.iter().map(|c| c.text()).collect();
        seen.dedup();
        assert_eq!(seen.len(), CommandCode::ALL.len());
        assert_eq!(CommandCode::read("PC226-000001"), None);
        let pass = CommandCode::Pass.text();
        let damaged = pass.replace("PSS", "PSX");
        assert_eq!(CommandCode::read(&damaged), Some(Err(Damaged)));
    }
}

//! What a scanner sent: a text, or why it is none.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::self_test::SelfTest;
use super::structured::{Broken, Structured, Syntax};
use super::text::is_safe;

/// The group separator, as scanners send FNC1 between fields.
pub const GS: char = '\u{1d}';
/// Bytes that a label may have and still be read.
pub const LABEL_BYTES_MOST: usize = 4_096;
/// Bytes of a label that a record keeps whole; of a longer one it keeps a prefix, the length and the hash.
pub const RAW_BYTES_MOST: usize = 256;

/// One scan as it came, terminator removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// A text that may be read.
    Text(String),
    /// A text with characters that no label has.
    Unsafe(Raw),
    /// Bytes that are no UTF-8.
    NotText(Raw),
    /// Longer than any label.
    TooLong(Raw),
    /// Nothing but the terminator.
    Empty,
    /// A text whose symbology or structure is known.
    Structured(Box<Structured>),
    /// A text that claims a structure and breaks its rules. Nothing of it counts.
    Broken(Box<Broken>),
    /// A scan that may lack characters, so that none of it counts.
    Lost(Loss),
    /// The scanner's self-test of the command sheet.
    SelfTest(Box<Tested>),
}

/// The scanner's self-test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// What was read.
    pub raw: Raw,
    /// What that says of the scanner.
    pub came: SelfTest,
}

/// Why a scan was discarded before it was a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// Keys came faster than they were read, and the kernel dropped some.
    Overrun,
    /// The scan stopped without its terminator.
    NoEnd,
    /// The scanner went away in the middle.
    Removed,
    /// A key that gives no character by itself, such as an accent: the scanner has another layout than it is said to.
    DeadKey,
    /// A key that gives no character in this layout.
    UnknownKey,
    /// Longer than any label.
    TooLong,
}

/// What a record keeps of a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Raw {
    /// The text.
    Text(String),
    /// The bytes, in lowercase hex, since they are no UTF-8.
    Hex(String),
    /// Of a long one: its first bytes in hex, its length, and its SHA-256.
    Long {
        /// The first 64 bytes, in lowercase hex.
        prefix: String,
        /// Length in bytes.
        bytes: u64,
        /// SHA-256 of the whole, in lowercase hex.
        sha256: String,
    },
}

impl Raw {
    /// What to keep of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.len() > RAW_BYTES_MOST {
            return Self::Long {
                prefix: hex(bytes.get(..64).unwrap_or(bytes)),
                bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
                sha256: hex(&Sha256::digest(bytes)),
            };
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_not_utf8) => Self::Hex(hex(bytes)),
        }
    }
}

/// Separators that structured labels (GS1, ISO/IEC 15434) carry: FS, GS, RS, US and EOT.
fn is_separator(c: char) -> bool {
    matches!(c, '\u{4}' | '\u{1c}'..='\u{1f}')
}

impl Label {
    /// Reads what a scanner sent.
    pub fn read(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Self::Empty;
        }
        if bytes.len() > LABEL_BYTES_MOST {
            return Self::TooLong(Raw::of(bytes));
        }
        match std::str::from_utf8(bytes) {
            Err(_not_utf8) => Self::NotText(Raw::of(bytes)),
            Ok(text) if text.chars().all(|c| is_safe(c) || is_separator(c)) => Self::Text(text.to_owned()),
            Ok(_) => Self::Unsafe(Raw::of(bytes)),
        }
    }

    /// The text, where there is one to read.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Structured(label) => Some(label.body()),
            Self::Unsafe(_)
            | Self::NotText(_)
            | Self::TooLong(_)
            | Self::Empty
            | Self::Broken(_)
            | Self::Lost(_)
            | Self::SelfTest(_) => None,
        }
    }

    /// The text, where it may be meant as it stands. A label that says itself by which standard it is to be read is
    /// never a plain text that happens to read the same.
    pub fn plain(&self) -> Option<&str> {
        match self {
            Self::Structured(label) if label.marked && label.syntax != Syntax::Plain => None,
            Self::Text(_)
            | Self::Structured(_)
            | Self::Unsafe(_)
            | Self::NotText(_)
            | Self::TooLong(_)
            | Self::Empty
            | Self::Broken(_)
            | Self::Lost(_)
            | Self::SelfTest(_) => self.text(),
        }
    }

    /// What a record keeps.
    pub fn raw(&self) -> Option<Raw> {
        match self {
            Self::Text(text) => Some(Raw::of(text.as_bytes())),
            Self::Structured(label) => Some(Raw::of(label.raw.as_bytes())),
            Self::Broken(label) => Some(label.raw.clone()),
            Self::Unsafe(raw) | Self::NotText(raw) | Self::TooLong(raw) => Some(raw.clone()),
            Self::SelfTest(label) => Some(label.raw.clone()),
            Self::Empty | Self::Lost(_) => None,
        }
    }
}

/// Bytes in lowercase hex.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |n: u8| DIGITS.get(usize::from(n)).copied().unwrap_or('?');
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_a_terminal_would_obey_is_no_text() {
        assert_eq!(Label::read(b"PC226-000001").text(), Some("PC226-000001"));
        assert_eq!(Label::read(b"]d20109506000134352\x1d21A1").text(), Some("]d20109506000134352\x1d21A1"));
        assert!(matches!(Label::read(b"A\x1b[2J"), Label::Unsafe(_)));
        assert!(matches!(Label::read("A\u{202e}B".as_bytes()), Label::Unsafe(_)));
        assert!(matches!(Label::read(b"\xff\xfe"), Label::NotText(Raw::Hex(h)) if h == "fffe"));
        assert!(matches!(Label::read(&[b'7'; 7_089]), Label::TooLong(Raw::Long { bytes: 7_089, .. })));
        assert!(matches!(Label::read(b""), Label::Empty));
    }
}

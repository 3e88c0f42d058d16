//! Text from outside, made harmless before it meets a terminal, a log or an export.

use std::borrow::Cow;
use std::fmt::Write as _;

/// True for characters that may stand on a terminal as they are: no control character (C0, C1, DEL),
/// no bidirectional control, no zero-width or line-breaking character, no private use.
pub fn is_safe(c: char) -> bool {
    // Most of what is read is ASCII, and quickly told.
    if c.is_ascii() {
        return matches!(c, ' '..='~');
    }
    !matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}'
        | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{10ffff}' | '\u{300}'..='\u{36f}')
}

/// The text with every unsafe character written out: `<1B>` for U+001B, `<202E>` for U+202E.
/// A text that is safe already is returned as it is.
pub fn display_safe(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_safe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_safe(c) {
            safe.push(c);
        } else {
            // Writing to a String has no way to fail.
            let _ = write!(safe, "<{:02X}>", u32::from(c));
        }
    }
    Cow::Owned(safe)
}

/// JSON with every unsafe character written as its escape, which means the same: `\u009b` for U+009B.
/// JSON that is safe already is returned as it is.
pub fn json_safe(json: &str) -> Cow<'_, str> {
    if json.chars().all(is_safe) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_safe(c) {
            safe.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _always_ok = write!(safe, "\\u{unit:04x}");
        }
    }
    Cow::Owned(safe)
}

/// At most `most` characters of a text; a longer one ends in `…`.
pub fn clipped(text: &str, most: usize) -> Cow<'_, str> {
    if text.chars().count() <= most {
        return Cow::Borrowed(text);
    }
    let mut short: String = text.chars().take(most.saturating_sub(1)).collect();
    short.push('…');
    Cow::Owned(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(display_safe("PX-1"), "PX-1");
        assert_eq!(display_safe("A\u{1b}[2JB\u{202e}\u{9b}"), "A<1B>[2JB<202E><9B>");
        assert_eq!(display_safe("Gerät"), "Gerät");
        assert_eq!(clipped("abcdef", 4), "abc…");
    }
    #[test]
    fn json_keeps_its_meaning_and_no_terminal_obeys_it() {
        let hostile = "A\u{9b}2J\u{202e}\u{e0001}\u{7f}ü";
        let json = serde_json::to_string(hostile).unwrap();
        let safe = json_safe(&json);
        assert_eq!(safe, "\"A\\u009b2J\\u202e\\udb40\\udc01\\u007fü\"");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), hostile);
    }
}

//! What differs between a released text and a file: the lines between what both begin with and what both end with.

use std::fmt::Write;

/// Lines of a difference that are told, of each of the two texts.
const LINES_MOST: usize = 20;

/// The difference, as people know it: `-` for what is released, `+` for what the file says.
pub(super) fn difference(released: &str, file: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (released.lines().collect(), file.lines().collect());
    let begin = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - begin;
    let end = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let mut text = String::new();
    for (sign, lines) in [('-', &old), ('+', &new)] {
        let differing = lines.get(begin..lines.len() - end).unwrap_or_default();
        for (line, number) in differing.iter().take(LINES_MOST).zip(begin + 1..) {
            let _always_ok = writeln!(text, "{sign} {number:>4} {line}");
        }
        if differing.len() > LINES_MOST {
            let _always_ok = writeln!(text, "{sign}      and {} more", differing.len() - LINES_MOST);
        }
    }
    if text.is_empty() { "only the ends of lines differ\n".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn what_differs_lies_between_what_is_the_same() {
        assert_eq!(difference("a\nb\nc\nd", "a\nx\ny\nd"), "-    2 b\n-    3 c\n+    2 x\n+    3 y\n");
        assert_eq!(difference("a\na\n", "a\na\na\n"), "+    3 a\n");
        assert_eq!(difference("a\nb\n", "b\n"), "-    1 a\n");
        assert_eq!(difference("a\n", "a\r\n"), "only the ends of lines differ\n");
        let long = "x\n".repeat(30);
        assert!(difference("", &long).ends_with("and 10 more\n"));
    }
}

//! Texts broken into lines.

use super::glyph::cells;

/// Lines that one text is broken into at most; what is beyond is not shown.
const LINES_MOST: usize = 64;

/// The text in lines of at most that many cells, broken at spaces, and within a word only where it is too long itself.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    if width == 0 {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let gap = usize::from(!line.is_empty());
        if cells(&line) + gap + cells(word) <= width {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            let mut wider = line.clone();
            wider.push(c);
            if cells(&wider) > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
        if lines.len() >= LINES_MOST {
            return lines;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// As much of a text as fits; what is cut ends in `…`.
pub fn fit(text: &str, width: usize) -> String {
    if cells(text) <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        let mut wider = short.clone();
        wider.push(c);
        if cells(&wider) + 1 > width {
            break;
        }
        short.push(c);
    }
    if width > 0 {
        short.push('…');
    }
    short
}

/// The end of a text that fits, for a field whose newest character must show.
pub fn tail(text: &str, width: usize) -> String {
    let mut kept: Vec<char> = Vec::new();
    let mut wide = 0;
    for c in text.chars().rev() {
        wide += cells(c.encode_utf8(&mut [0; 4]));
        if wide > width {
            break;
        }
        kept.push(c);
    }
    kept.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_long_words_are_cut() {
        assert_eq!(wrap("put the unit back", 8), ["put the", "unit", "back"]);
        assert_eq!(wrap("ABCDEFGHIJ", 4), ["ABCD", "EFGH", "IJ"]);
        assert_eq!(wrap("a", 0), Vec::<String>::new());
        assert!(wrap(&"x ".repeat(10_000), 1).len() <= LINES_MOST + 1);
    }

    #[test]
    fn what_is_cut_shows_it() {
        assert_eq!(fit("PC226-000417", 20), "PC226-000417");
        assert_eq!(fit("PC226-000417", 6), "PC226…");
        assert_eq!(fit("ab", 0), "");
        assert_eq!(tail("0123456789", 4), "6789");
    }
}

//! A file's name and text, and the way from a byte of it to a line and a column.

use std::ops::Range;

use crate::domain::text::{clipped, display_safe};

use super::finding::{Excerpt, Finding, Weight};

/// Characters of a line that are shown before and after the place of a finding.
const EXCERPT_CHARS_MOST: usize = 60;
/// Characters of the file that a sentence quotes.
const QUOTE_CHARS_MOST: usize = 40;

/// A file's name and text.
pub(super) struct Source<'t> {
    name: &'t str,
    text: &'t str,
    /// The byte at which each line begins.
    lines: Vec<usize>,
}

impl<'t> Source<'t> {
    pub(super) fn new(name: &'t str, text: &'t str) -> Self {
        let after_breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { name, text, lines: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// Where a byte lies: its line and its character within the line, both from 1.
    pub(super) fn place(&self, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= byte);
        let before = self.text.get(self.start(line)..byte).unwrap_or_default();
        // A byte order mark is no character that an editor shows.
        (line, before.chars().filter(|c| *c != '\u{feff}').count() + 1)
    }

    /// The place as people and editors write it.
    pub(super) fn name_of(&self, span: &Range<usize>) -> String {
        let (line, column) = self.place(span.start);
        format!("{}:{line}:{column}", display_safe(self.name))
    }

    /// A finding at a place of this file.
    pub(super) fn finding(&self, span: &Range<usize>, weight: Weight, what: String, write: String) -> Finding {
        let (line, column) = self.place(span.start);
        Finding {
            file: display_safe(self.name).into_owned(),
            line,
            column,
            span: span.clone(),
            weight,
            what,
            write_instead: write,
            excerpt: self.excerpt(line, span),
        }
    }

    fn start(&self, line: usize) -> usize {
        self.lines.get(line - 1).copied().unwrap_or_default()
    }

    /// What stands around a place on its line, cut where the line is long.
    fn excerpt(&self, line: usize, span: &Range<usize>) -> Excerpt {
        let start = self.start(line);
        let text = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let end = start + text.len();
        let (from, to) = (span.start.min(end), span.end.clamp(span.start.min(end), end));
        let piece = |range: Range<usize>| self.text.get(range).unwrap_or_default();
        let before: String = {
            let all = piece(start..from);
            let skip = all.chars().count().saturating_sub(EXCERPT_CHARS_MOST);
            all.chars().skip(skip).collect()
        };
        let marked = clipped(piece(from..to), EXCERPT_CHARS_MOST);
        let after: String = piece(to..end).chars().take(EXCERPT_CHARS_MOST).collect();
        let before = display_safe(&before);
        let marked = display_safe(&marked);
        Excerpt {
            mark: before.len()..before.len() + marked.len(),
            line: format!("{before}{marked}{}", display_safe(&after)),
        }
    }
}

/// A text of the file within a sentence: harmless, short, and set apart.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", clipped(&display_safe(text), QUOTE_CHARS_MOST))
}

/// Several of them, as a list.
pub(super) fn listed<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    texts.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_lines_and_characters_from_one() {
        let source = Source::new("r.toml", "a = 1\r\nä = \"ö\" # x\n");
        assert_eq!(source.place(0), (1, 1));
        assert_eq!(source.place(7), (2, 1));
        assert_eq!(source.place(source.text.find('ö').unwrap()), (2, 6));
        assert_eq!(source.place(source.text.len()), (3, 1));
        assert_eq!(source.name_of(&(12..13)), "r.toml:2:5");
    }

    #[test]
    fn an_excerpt_is_one_harmless_short_line_with_its_mark() {
        let text = format!("x = '\u{202e}{}'\r\ny = 1\n", "z".repeat(4_000));
        let source = Source::new("r.toml", &text);
        let found = source.finding(&(4..4_100), Weight::Wrong, String::new(), String::new());
        assert!(found.excerpt.line.starts_with("x = '<202E>zzz"), "{}", found.excerpt.line);
        assert!(found.excerpt.line.chars().count() < 200);
        assert_eq!(found.excerpt.line.get(..found.excerpt.mark.start), Some("x = "));
        let next = source.finding(&(text.len() - 2..text.len()), Weight::Wrong, String::new(), String::new());
        assert_eq!(next.excerpt.line, "y = 1");
        assert_eq!(next.excerpt.mark, 4..5);
    }

    #[test]
    fn a_name_that_a_terminal_would_obey_is_written_out() {
        let source = Source::new("\u{1b}[2J.toml", "");
        assert_eq!(source.name_of(&(0..0)), "<1B>[2J.toml:1:1");
    }
}

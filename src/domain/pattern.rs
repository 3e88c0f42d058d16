//! Patterns of identifiers: regular expressions over the whole text, compiled within a size limit.

use std::fmt;

use regex::bytes::{Regex, RegexBuilder};

/// Characters that a pattern may have.
pub const PATTERN_CHARS_MOST: usize = 200;
/// Bytes that a compiled pattern may take.
pub const PATTERN_BYTES_MOST: usize = 64 * 1024;

/// A regular expression that must match a whole text.
#[derive(Clone)]
pub struct Pattern {
    text: String,
    regex: Regex,
}

/// Why a text is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPattern {
    /// It is too long, or would take too much memory.
    #[error("the pattern is too large; a pattern has at most 200 characters and small repeats")]
    TooLarge,
    /// It is no regular expression.
    #[error("the pattern is no regular expression: {0}")]
    Syntax(String),
}

impl Pattern {
    /// Compiles a pattern within the limits.
    pub fn parse(text: &str) -> Result<Self, BadPattern> {
        if text.chars().count() > PATTERN_CHARS_MOST {
            return Err(BadPattern::TooLarge);
        }
        let build = |whole: &str, unicode: bool| {
            RegexBuilder::new(whole)
                .unicode(unicode)
                .size_limit(PATTERN_BYTES_MOST)
                .dfa_size_limit(PATTERN_BYTES_MOST * 4)
                .nest_limit(20)
                .build()
        };
        // Alone first, so that an unbalanced parenthesis cannot escape the anchors.
        let whole = |unicode: bool| build(text, unicode).and_then(|_alone| build(&format!("^(?:{text})$"), unicode));
        // Identifiers are ASCII: so are digits, letters and spaces, which keeps patterns small. Only a pattern that
        // names other letters is read as one over all of them.
        match whole(false).or_else(|ascii| if text.is_ascii() { Err(ascii) } else { whole(true) }) {
            Ok(regex) => Ok(Self { text: text.to_owned(), regex }),
            Err(regex::Error::CompiledTooBig(_)) => Err(BadPattern::TooLarge),
            Err(other) => {
                let last = other.to_string().lines().last().unwrap_or_default().trim().to_owned();
                Err(BadPattern::Syntax(last.trim_start_matches("error: ").to_owned()))
            }
        }
    }

    /// Whether the whole of a text matches.
    pub fn matches(&self, text: &str) -> bool {
        !text.contains('\n') && self.regex.is_match(text.as_bytes())
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pattern({})", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_whole_texts_only_and_stays_small() {
        let p = Pattern::parse(r"PC2\d{2}-\d{6}").unwrap();
        assert!(p.matches("PC226-000001"));
        assert!(!p.matches("XPC226-000001"));
        assert!(!p.matches("PC226-0000011"));
        assert!(Pattern::parse("A|B").unwrap().matches("B"));
        assert!(!Pattern::parse("A|B").unwrap().matches("BX"));
        assert_eq!(Pattern::parse(r"\w{500}\w{500}").unwrap_err(), BadPattern::TooLarge);
        assert_eq!(Pattern::parse(&"a".repeat(201)).unwrap_err(), BadPattern::TooLarge);
        assert!(matches!(Pattern::parse("(a").unwrap_err(), BadPattern::Syntax(_)));
        assert!(matches!(Pattern::parse("a)|(?:b").unwrap_err(), BadPattern::Syntax(_)));
    }
}

//! Rust text as words, marks and literal texts, each with its line. Comments are left out.

use std::sync::LazyLock;

use regex::Regex;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword or a number.
    Word,
    /// `::`, `->`, `=>`, or one sign.
    Mark,
    /// A literal text or character, with its quotes.
    Text,
}

/// One token.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// The line it begins on, from 1.
    pub(super) line: usize,
}

impl Token<'_> {
    /// True for this word or mark; a literal text is neither.
    pub(super) fn is(&self, text: &str) -> bool {
        self.kind != Kind::Text && self.text == text
    }
}

/// Block comments do not nest here, and raw texts have at most two signs; nobody writes more.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    let skip = r"\s+|//[^\n]*|/\*.*?\*/";
    let raw = r##"[bc]?r"[^"]*"|[bc]?r#".*?"#|[bc]?r\x23\x23".*?"\x23\x23"##;
    let text = r#"[bc]?"(?:\\.|[^"\\])*"|b?'(?:\\.[^'\n]*|[^\\'\n])'"#;
    let word = r"'?\w+";
    let mark = r"::|->|=>|.";
    Regex::new(&format!("(?s)(?<skip>{skip})|(?<text>{raw}|{text})|(?<word>{word})|(?<mark>{mark})")).unwrap()
});

/// The tokens of a Rust text, in order.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut line = 1;
    let mut tokens = Vec::new();
    for found in TOKEN.captures_iter(source) {
        let kinds = [("text", Kind::Text), ("word", Kind::Word), ("mark", Kind::Mark)];
        let text = found.get(0).map_or("", |whole| whole.as_str());
        if let Some((_, kind)) = kinds.into_iter().find(|(name, _)| found.name(name).is_some()) {
            tokens.push(Token { kind, text, line });
        }
        line += text.matches('\n').count();
    }
    tokens
}

#[test]
fn comments_are_left_out_and_texts_kept_whole() {
    let source = "a::b // crate::c\n/* \"x\n */ \"q\\\"//\" r#\"raw \" // \"# 'x' '\\'' b'\"' <'a> r##\"\"#\"## -> 1";
    let found: Vec<_> = tokens(source).into_iter().map(|token| (token.text, token.line)).collect();
    let expected = [
        ("a", 1),
        ("::", 1),
        ("b", 1),
        ("\"q\\\"//\"", 3),
        ("r#\"raw \" // \"#", 3),
        ("'x'", 3),
        ("'\\''", 3),
        ("b'\"'", 3),
        ("<", 3),
        ("'a", 3),
        (">", 3),
        ("r##\"\"#\"##", 3),
        ("->", 3),
        ("1", 3),
    ];
    assert_eq!(found, expected);
}

#[test]
fn no_sign_of_the_house_is_lost() {
    for source in super::source::sources(&["src", "tests"]) {
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let skipped: usize = TOKEN
            .captures_iter(&source.text)
            .filter_map(|found| found.name("skip").map(|skip| bare(skip.as_str())))
            .sum();
        let kept: usize = source.tokens().iter().map(|token| bare(token.text)).sum();
        assert_eq!(kept + skipped, bare(&source.text), "{}", source.path);
    }
}

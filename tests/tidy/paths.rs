//! The paths that a file names: `crate::domain::id::UnitId`, alone or within a `use` with groups.

use super::tokens::{Kind, Token};

/// A path as it is written, groups spread out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named<'a> {
    /// `["crate", "domain", "id"]`; a `*` stands for itself.
    pub(super) names: Vec<&'a str>,
    /// The line its last name stands on.
    pub(super) line: usize,
    /// How many modules written within the file stand around it.
    pub(super) inner: usize,
}

/// Every path of two names or more, and every path of a `use`.
pub(super) fn paths<'a>(tokens: &[Token<'a>]) -> Vec<Named<'a>> {
    let mut reader = Reader { tokens, at: 0, braces: Vec::new(), found: Vec::new() };
    while let Some(token) = reader.peek(0) {
        match token.text {
            "use" if token.kind == Kind::Word && !reader.next_is(1, "<") => {
                reader.at += 1;
                reader.tree(&mut Vec::new());
            }
            "{" if token.kind == Kind::Mark => {
                let opens_module = reader.at >= 2 && reader.tokens[reader.at - 2].is("mod");
                reader.braces.push(opens_module);
                reader.at += 1;
            }
            "}" if token.kind == Kind::Mark => {
                reader.braces.pop();
                reader.at += 1;
            }
            _ if token.kind == Kind::Word && reader.next_is(1, "::") => reader.inline(),
            _ if token.kind == Kind::Text => reader.quoted(),
            _ => reader.at += 1,
        }
    }
    reader.found
}

struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    at: usize,
    /// The open braces; true for those of a module.
    braces: Vec<bool>,
    found: Vec<Named<'a>>,
}

impl<'a> Reader<'_, 'a> {
    fn peek(&self, ahead: usize) -> Option<Token<'a>> {
        self.tokens.get(self.at + ahead).copied()
    }

    fn next_is(&self, ahead: usize, text: &str) -> bool {
        self.peek(ahead).is_some_and(|token| token.is(text))
    }

    fn keep(&mut self, names: Vec<&'a str>, line: usize) {
        let inner = self.braces.iter().filter(|module| **module).count();
        self.found.push(Named { names, line, inner });
    }

    /// What follows `use`, or stands between the commas of a group.
    fn tree(&mut self, before: &mut Vec<&'a str>) {
        let depth = before.len();
        while let Some(token) = self.peek(0) {
            self.at += 1;
            match token.text {
                "::" => {}
                "{" => {
                    while !self.next_is(0, "}") && self.peek(0).is_some() {
                        self.tree(before);
                        self.at += usize::from(self.next_is(0, ","));
                    }
                    self.at += 1;
                    break;
                }
                "as" => self.at += 1,
                name => {
                    before.push(name);
                    if !self.next_is(0, "::") {
                        self.keep(before.clone(), token.line);
                    }
                }
            }
            if self.next_is(0, ",") || self.next_is(0, "}") || self.next_is(0, ";") {
                break;
            }
        }
        before.truncate(depth);
    }

    /// A path in the code: names with `::` between them. What follows a generic argument belongs to it.
    fn inline(&mut self) {
        let goes_on = self.at >= 2
            && self.tokens[self.at - 1].is("::")
            && (self.tokens[self.at - 2].kind == Kind::Word || self.tokens[self.at - 2].is(">"));
        let mut names = Vec::new();
        let mut line = 0;
        while let Some(token) = self.peek(0).filter(|token| token.kind == Kind::Word) {
            names.push(token.text);
            line = token.line;
            self.at += 1;
            if !self.next_is(0, "::") {
                break;
            }
            self.at += 1;
        }
        if !goes_on {
            self.keep(names, line);
        }
    }

    /// A path in an attribute's text, as in `with = "crate::domain::wire"`.
    fn quoted(&mut self) {
        if let Some(token) = self.peek(0) {
            let names: Vec<_> = token.text.trim_matches('"').split("::").collect();
            if names.len() > 1 && ["crate", "self", "super"].contains(&names[0]) {
                self.keep(names, token.line);
            }
        }
        self.at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn read(source: &str) -> Vec<String> {
        paths(&tokens(source)).iter().map(|path| format!("{} {}", path.names.join("::"), path.line)).collect()
    }

    #[test]
    fn groups_are_spread_out() {
        let source = "use crate::{\n  app::{self, port::Receipt as R},\n  ui,\n};\nuse super::*;\nuse serde;";
        let expected = ["crate::app::self 2", "crate::app::port::Receipt 2", "crate::ui 3", "super::* 5", "serde 6"];
        assert_eq!(read(source), expected);
    }

    #[test]
    fn paths_in_the_code_are_found() {
        let source = "fn f() -> Vec<crate::app::Head> { Vec::<u8>::new(); <A as super::B>::C::d(); ::std::fs::read }
            #[serde(with = \"crate::domain::wire\")] pub(crate) fn g() -> impl Sized + use<'a> {}";
        let expected = ["crate::app::Head 1", "Vec 1", "super::B 1", "std::fs::read 1", "crate::domain::wire 2"];
        assert_eq!(read(source), expected);
    }

    #[test]
    fn modules_within_a_file_are_counted() {
        let source = "mod a { mod b { use super::x; } fn f() { super::y(); } } fn g() { super::z(); }";
        let inner: Vec<_> = paths(&tokens(source)).iter().map(|path| path.inner).collect();
        assert_eq!(inner, [2, 1, 0]);
    }
}

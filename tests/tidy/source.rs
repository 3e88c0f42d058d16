//! The source files, and what is found in them.

use std::fs;
use std::path::Path;

use super::tokens::{Token, tokens};

/// One Rust file.
pub(super) struct Source {
    /// Its path from the top of the repository, as `src/app/port.rs`.
    pub(super) path: String,
    /// Its text.
    pub(super) text: String,
}

impl Source {
    /// A file that is not there, for the tests of the rules.
    pub(super) fn snippet(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The folder at the top: `src`, `tests`.
    pub(super) fn top(&self) -> &str {
        self.path.split_once('/').map_or("", |(top, _)| top)
    }

    /// The names of its modules, from the root: `["app", "port"]`. Empty for `lib.rs` and `main.rs`.
    pub(super) fn module(&self) -> Vec<&str> {
        let inner = self.path.split_once('/').map_or(self.path.as_str(), |(_, inner)| inner);
        let inner = inner.strip_suffix(".rs").unwrap_or(inner);
        inner.split('/').filter(|name| !["mod", "lib", "main"].contains(name)).collect()
    }

    /// The room it stands in; none for `lib.rs` and `main.rs`.
    pub(super) fn room(&self) -> Option<&str> {
        self.module().first().copied()
    }

    /// True for tests and benches, those in a folder `tests` of a room among them.
    pub(super) fn is_test(&self) -> bool {
        self.top() != "src" || self.path.contains("/tests/")
    }

    /// Its words, marks and texts, without the comments.
    pub(super) fn tokens(&self) -> Vec<Token<'_>> {
        tokens(&self.text)
    }

    /// Something wrong in it, and what to do.
    pub(super) fn finding(&self, line: usize, what: &str, instead: &str) -> String {
        format!("{}:{line}: {what}; {instead}", self.path)
    }
}

/// Every Rust file under these folders of the repository.
pub(super) fn sources(folders: &[&str]) -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        if top.join(folder).is_dir() {
            collect(top, &top.join(folder), &mut found);
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(top: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(top, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
            found.push(Source { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

/// Fails with every finding of a rule, each on its line.
pub(super) fn assert_kept(folders: &[&str], rule: impl Fn(&Source) -> Vec<String>) {
    let findings: Vec<_> = sources(folders).iter().flat_map(rule).collect();
    assert!(findings.is_empty(), "{} findings\n{}", findings.len(), findings.join("\n"));
}

/// Fails unless a rule finds something on exactly these lines of a snippet.
pub(super) fn assert_lines(rule: impl Fn(&Source) -> Vec<String>, path: &str, text: &str, lines: &[usize]) {
    let findings = rule(&Source::snippet(path, text));
    let begins: Vec<_> = lines.iter().map(|line| format!("{path}:{line}: ")).collect();
    let same = findings.len() == begins.len() && findings.iter().zip(&begins).all(|(f, begin)| f.starts_with(begin));
    assert!(same, "expected findings on lines {lines:?}, found\n{}", findings.join("\n"));
}

#[test]
fn every_source_file_is_read() {
    let paths: Vec<_> = sources(&["src", "tests"]).into_iter().map(|source| source.path).collect();
    for path in ["src/lib.rs", "src/main.rs", "src/app/port.rs", "src/domain/gate/mod.rs", "tests/tidy/source.rs"] {
        assert!(paths.iter().any(|known| known == path), "{path} was not read");
    }
}

#[test]
fn a_file_knows_its_room() {
    assert_eq!(Source::snippet("src/ui/operator/step.rs", "").module(), ["ui", "operator", "step"]);
    assert_eq!(Source::snippet("src/ui/operator/mod.rs", "").module(), ["ui", "operator"]);
    assert_eq!(Source::snippet("src/ui/mod.rs", "").room(), Some("ui"));
    assert_eq!(Source::snippet("src/lib.rs", "").room(), None);
}

//! A `mod.rs` lists what is in the room, and a room says what it is for.

use super::source::{Source, assert_kept, assert_lines, sources};

const ABSENT: &str = "Deliberately absent";

/// Only docs, attributes, `mod x;` and `pub use` stand in a `mod.rs` and in `lib.rs`.
fn no_logic(source: &Source) -> Vec<String> {
    if !source.path.ends_with("/mod.rs") && source.path != "src/lib.rs" {
        return Vec::new();
    }
    let tokens = source.tokens();
    let mut at = 0;
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.is(text));
    let past = |mut at: usize, text: &str| {
        while at < tokens.len() && !is(at, text) {
            at += 1;
        }
        at + 1
    };
    while at < tokens.len() {
        let line = tokens[at].line;
        if is(at, "#") {
            at = past(at, "]");
            continue;
        }
        let public = is(at, "pub");
        at += usize::from(public);
        if public && is(at, "(") {
            at = past(at, ")");
        }
        if (public && is(at, "use")) || (is(at, "mod") && is(at + 2, ";")) {
            at = past(at, ";");
        } else {
            return vec![source.finding(line, "more than docs, `mod` and `pub use`", "move it into a file of its own")];
        }
    }
    Vec::new()
}

/// Every file is a module of the one above it; one that is not is read by nobody, the compiler neither.
fn unlisted(sources: &[Source]) -> Vec<String> {
    let listed = |source: &Source| {
        let module = source.module();
        let Some((name, above)) = module.split_last() else { return true };
        let above = if above.is_empty() { "lib.rs".to_owned() } else { format!("{}/mod.rs", above.join("/")) };
        let above = format!("{}/{above}", source.top());
        let lists = |parent: &Source| {
            let tokens = parent.tokens();
            tokens.windows(2).any(|pair| pair[0].is("mod") && pair[1].is(name))
        };
        sources.iter().any(|parent| parent.path == above && lists(parent))
    };
    let instead = "write `mod` for it into the `mod.rs` or `lib.rs` above it, or delete the file";
    let dead = sources.iter().filter(|source| !listed(source));
    dead.map(|source| source.finding(1, "no module lists this file", instead)).collect()
}

/// The room's own `mod.rs` says what is deliberately absent from it.
fn says_what_is_absent(source: &Source) -> Vec<String> {
    let is_room = source.path.ends_with("/mod.rs") && source.module().len() == 1;
    let says = source.text.lines().any(|line| line.starts_with("//!") && line.contains(ABSENT));
    if is_room && !says {
        let instead = format!("write what the room is for, and a line `//! {ABSENT}: ...`");
        return vec![source.finding(1, "the room does not say what is not in it", &instead)];
    }
    Vec::new()
}

#[test]
fn a_mod_file_has_no_logic() {
    assert_kept(&["src"], no_logic);
}

#[test]
fn logic_in_a_mod_file_is_found() {
    let good = "//! Docs.\n\n#![doc = \"A\"]\n#[cfg(test)]\nmod a;\npub(crate) mod b;\npub use a::{\n  X,\n  Y,\n};\n";
    assert_lines(no_logic, "src/ui/mod.rs", good, &[]);
    assert_lines(no_logic, "src/ui/mod.rs", "mod a;\n\nuse a::X;\n", &[3]);
    assert_lines(no_logic, "src/ui/mod.rs", "mod a;\npub fn f() {}\n", &[2]);
    assert_lines(no_logic, "src/lib.rs", "mod a;\nmod b { fn f() {} }\n", &[2]);
    assert_lines(no_logic, "src/ui/theme.rs", "fn f() {}", &[]);
}

#[test]
fn no_file_is_dead() {
    let findings = unlisted(&sources(&["src", "tests"]));
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn a_dead_file_is_found() {
    let lib = Source::snippet("src/lib.rs", "pub mod ui;\n// mod old;\n");
    let ui = Source::snippet("src/ui/mod.rs", "//! mod step;\nmod theme;\n");
    let theme = Source::snippet("src/ui/theme.rs", "");
    let step = Source::snippet("src/ui/step.rs", "");
    let old = Source::snippet("src/old/mod.rs", "");
    let test = Source::snippet("tests/ui.rs", "");
    let findings = unlisted(&[lib, ui, theme, step, old, test]);
    let files: Vec<_> = findings.iter().filter_map(|finding| finding.split(':').next()).collect();
    assert_eq!(files, ["src/ui/step.rs", "src/old/mod.rs", "tests/ui.rs"]);
}

#[test]
fn a_room_says_what_is_absent() {
    assert_kept(&["src"], says_what_is_absent);
}

#[test]
fn a_silent_room_is_found() {
    assert_lines(says_what_is_absent, "src/ui/mod.rs", "//! Screens.\nmod a;\n// Deliberately absent: no doc.\n", &[1]);
    assert_lines(says_what_is_absent, "src/ui/mod.rs", "//! Screens.\n//!\n//! Deliberately absent: SQL.\n", &[]);
    assert_lines(says_what_is_absent, "src/ui/operator/mod.rs", "//! A screen.\n", &[]);
}

//! What has one home: receipts, SQL, and words on stdout.

use super::paths::paths;
use super::source::{Source, assert_kept, assert_lines};
use super::tokens::{Kind, Token};

/// Where a receipt is made: the one function that saw the commit return.
const RECEIPTS: &str = "src/app/port.rs";
/// How SQL begins.
const SQL: &[&str] = &["SELECT ", "INSERT INTO", "INSERT OR", "DELETE FROM", "CREATE TABLE", "CREATE INDEX", "PRAGMA "];
/// Macros that write past the screen.
const PRINTS: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// No record, no pass: one expression in the whole program builds a receipt.
fn receipts(source: &Source) -> Vec<String> {
    let tokens = source.tokens();
    let built: Vec<_> = (0..tokens.len()).filter(|at| builds(&tokens, *at)).map(|at| tokens[at].line).collect();
    let allowed = usize::from(source.path == RECEIPTS);
    let instead = format!("take the receipt that `commit` in {RECEIPTS} returns");
    built.into_iter().skip(allowed).map(|line| source.finding(line, "a receipt is made", &instead)).collect()
}

/// True where `Receipt {` at this place is an expression, or its derives let it come out of nothing.
fn builds(tokens: &[Token<'_>], at: usize) -> bool {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.is(text));
    let before = |texts: &[&str]| at > 0 && texts.iter().any(|text| is(at - 1, text));
    if !is(at, "Receipt") {
        return false;
    }
    if before(&["struct"]) {
        let derives = tokens[..at].iter().rev().take_while(|token| !token.is(";") && !token.is("}"));
        return derives.into_iter().any(|token| token.is("Default") || token.is("Deserialize"));
    }
    if before(&["for"]) {
        return tokens[..at].iter().rev().take(4).any(|token| token.is("Default") || token.is("From"));
    }
    is(at + 1, "{") && !before(&["impl", "->", "let"])
}

/// All SQL lives in the ledger.
fn sql(source: &Source) -> Vec<String> {
    if source.room() == Some("ledger") {
        return Vec::new();
    }
    let tokens = source.tokens();
    let instead = "ask the ledger by a method of its own";
    let texts = tokens.iter().filter(|token| token.kind == Kind::Text);
    let written = texts.flat_map(|token| {
        let lines = token.text.lines().zip(token.line..);
        lines.filter(|(text, _)| SQL.iter().any(|word| text.contains(word))).map(|(_, line)| line)
    });
    let mut findings: Vec<_> = written.map(|line| source.finding(line, "SQL outside the ledger", instead)).collect();
    let named = paths(&tokens).into_iter().filter(|path| path.names[0] == "rusqlite");
    findings.extend(named.map(|path| source.finding(path.line, "SQLite outside the ledger", instead)));
    findings
}

/// Only the command line writes to stdout and stderr; on the terminal that would tear the screen. Tests may.
fn prints(source: &Source) -> Vec<String> {
    if source.room() == Some("cli") || source.path == "src/main.rs" || source.is_test() {
        return Vec::new();
    }
    let tokens = source.tokens();
    let calls = tokens.windows(2).filter(|pair| PRINTS.contains(&pair[0].text) && pair[1].is("!"));
    calls
        .map(|pair| {
            source.finding(pair[0].line, &format!("`{}!`", pair[0].text), "return the text, and let src/cli print it")
        })
        .collect()
}

#[test]
fn a_receipt_is_made_in_one_place() {
    assert_kept(&["src"], receipts);
}

#[test]
fn a_second_receipt_is_found() {
    let commit =
        "pub struct Receipt { head: Head }\nimpl Receipt {}\nfn commit() -> Receipt {\n  Receipt { head }\n}\n";
    assert_lines(receipts, RECEIPTS, commit, &[]);
    assert_lines(receipts, "src/app/submit.rs", commit, &[4]);
    assert_lines(receipts, RECEIPTS, &format!("{commit}fn forge() {{ x(Receipt {{ head }}) }}"), &[6]);
    assert_lines(receipts, "src/ui/a.rs", "match x {\n  Y => Receipt { head },\n}", &[2]);
    assert_lines(receipts, RECEIPTS, &format!("#[derive(Default)]\npub {commit}"), &[5]);
    assert_lines(receipts, "src/ui/a.rs", "impl Default for Receipt { }", &[1]);
}

#[test]
fn all_sql_lives_in_the_ledger() {
    assert_kept(&["src"], sql);
}

#[test]
fn sql_elsewhere_is_found() {
    let bad = "let a = \"\n  SELECT seq\n  FROM event\";\nlet b = r#\"INSERT INTO event\"#;\nuse rusqlite::Row;\n\
        // SELECT x\n";
    assert_lines(sql, "src/report/show.rs", bad, &[2, 4, 5]);
    assert_lines(sql, "src/ledger/append.rs", bad, &[]);
}

#[test]
fn only_the_command_line_prints() {
    assert_kept(&["src"], prints);
}

#[test]
fn a_print_elsewhere_is_found() {
    let bad = "fn f() {\n  println!(\"x\");\n  std::eprintln!(\"y\");\n}\n// println!\n";
    assert_lines(prints, "src/ui/step.rs", bad, &[2, 3]);
    assert_lines(prints, "src/cli/show.rs", bad, &[]);
    assert_lines(prints, "src/main.rs", bad, &[]);
    assert_lines(prints, "src/ledger/tests/damage.rs", bad, &[]);
}

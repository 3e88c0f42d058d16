//! The shape of a file: how long, how wide, nothing unseen.

use super::source::{Source, assert_kept, assert_lines};

/// The most lines of a file under `src/`.
const SOURCE_LINES_MAX: usize = 400;
/// The most lines of a file of tests or benches.
const TEST_LINES_MAX: usize = 600;
/// The most characters of a line.
const COLUMNS_MAX: usize = 120;
/// Where Rust files are.
const EVERYWHERE: &[&str] = &["src", "tests", "benches"];

fn length(source: &Source) -> Vec<String> {
    let most = if source.is_test() { TEST_LINES_MAX } else { SOURCE_LINES_MAX };
    let lines = source.text.lines().count();
    let what = format!("{lines} lines, the most is {most}");
    let finding = || source.finding(most + 1, &what, "find its second subject and give that a file");
    (lines > most).then(finding).into_iter().collect()
}

fn whitespace(source: &Source) -> Vec<String> {
    let mut findings = Vec::new();
    for (line, text) in (1..).zip(source.text.split('\n')) {
        let columns = text.chars().count();
        if columns > COLUMNS_MAX {
            let what = format!("{columns} columns, the most is {COLUMNS_MAX}");
            findings.push(source.finding(line, &what, "break the line"));
        }
        if text.contains('\t') {
            findings.push(source.finding(line, "a tab", "write spaces, or `\\t` within a text"));
        }
        if text.ends_with(char::is_whitespace) {
            findings.push(source.finding(line, "white space at the end", "delete it"));
        }
    }
    if !source.text.ends_with('\n') {
        findings.push(source.finding(source.text.lines().count(), "no newline at the end", "add one"));
    }
    findings
}

#[test]
fn files_stay_short() {
    assert_kept(EVERYWHERE, length);
}

#[test]
fn a_long_file_is_found() {
    let at_most = "//\n".repeat(SOURCE_LINES_MAX);
    assert_lines(length, "src/ui/step.rs", &at_most, &[]);
    assert_lines(length, "src/ui/step.rs", &format!("{at_most}//\n"), &[SOURCE_LINES_MAX + 1]);
    assert_lines(length, "tests/pty.rs", &"//\n".repeat(TEST_LINES_MAX), &[]);
    assert_lines(length, "src/ledger/tests/damage.rs", &"//\n".repeat(TEST_LINES_MAX), &[]);
    assert_lines(length, "tests/pty.rs", &"//\n".repeat(TEST_LINES_MAX + 1), &[TEST_LINES_MAX + 1]);
}

#[test]
fn lines_are_clean() {
    assert_kept(EVERYWHERE, whitespace);
}

#[test]
fn unclean_lines_are_found() {
    let wide = "ä".repeat(COLUMNS_MAX);
    assert_lines(whitespace, "src/ui/step.rs", &format!("{wide}\n\n"), &[]);
    assert_lines(whitespace, "src/ui/step.rs", &format!("a\n{wide}b\nc \n\td\ne\r\n"), &[2, 3, 4, 5]);
    assert_lines(whitespace, "src/ui/step.rs", "a\nb", &[2]);
}

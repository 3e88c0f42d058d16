//! Input that no scanner should send: one verdict for each line, nothing recorded that was not meant, and nothing in
//! the answers that a terminal would obey.

use serde_json::Value;

use super::cell::furnish;
use crate::support::pipe::Pipe;
use crate::support::shell::Shell;

/// Lines and the code of their refusal, while a unit is open that needs a nut.
fn hostile() -> Vec<(Vec<u8>, &'static str)> {
    let text = |text: &str, code| (text.as_bytes().to_vec(), code);
    let nested = format!("{}1{}", r#"{"scan":"#.repeat(500), "}".repeat(500));
    vec![
        text("", "misread"),
        text("C000001\u{1b}[2J", "misread"),
        text("C000001\u{202e}2", "misread"),
        text("C000\u{200b}002", "misread"),
        text("\u{9b}31m", "misread"),
        text("a\u{0}b", "misread"),
        (b"\xff\xfeC000002".to_vec(), "misread"),
        (vec![b'7'; 7_089], "misread"),
        (vec![b'7'; 1_000_000], "misread"),
        text("NOTHING-KNOWN", "unknown-lot"),
        text("{", "bad-input"),
        text("{}", "bad-input"),
        text(r#"{"scan":1}"#, "bad-input"),
        text(r#"{"scan":"A","colour":"red"}"#, "bad-input"),
        text(r#"{"command":"dispatch"}"#, "bad-input"),
        text(r#"{"scan":"C000001\u001b[2J"}"#, "misread"),
        text(&nested, "bad-input"),
        (format!(r#"{{"scan":"{}"}}"#, "x".repeat(1_000_000)).into_bytes(), "bad-input"),
        text(r#"{"value":"pass","check":"fits"}"#, "out-of-sequence"),
        text(r#"{"value":"2,21"}"#, "check-malformed"),
        text(r#"{"command":"pass"}"#, "material-missing"),
    ]
}

/// Whether a terminal would obey any of it, its line ends aside.
fn is_harmless(line: &str) -> bool {
    line.chars().all(|c| c == '\n' || traveller::domain::text::is_safe(c))
}

#[test]
fn each_hostile_line_gets_one_verdict_and_changes_nothing() {
    let shell = Shell::new();
    furnish(&shell);
    let mut pipe = Pipe::at(&shell, "CELL-1");
    pipe.expect(&[("OP-1001", "signed-on"), ("C000001", "unit-opened")]);
    let mut recorded = 0;
    for (line, code) in hostile() {
        let start = String::from_utf8_lossy(&line[..line.len().min(40)]).into_owned();
        let answer = pipe.ask(&line).unwrap_or_else(|| panic!("{start}: the program ended"));
        assert_eq!(answer["code"], code, "{start}: {answer}");
        assert!(is_harmless(&answer.to_string()), "{start}: {answer}");
        assert_eq!(answer["needs"][0]["part"], "NUT", "{start}: {answer}");
        let seq = answer["event"]["seq"].as_u64().unwrap();
        assert!(recorded == 0 || seq == recorded + 1, "{start}: more than its refusal was recorded");
        recorded = seq;
    }
    // The same scan, five times at once: it went in once.
    pipe.expect(&[("N-1", "step-passed"), ("N-1", "wrong-part"), ("N-1", "wrong-part"), ("C000001", "unit-opened")]);
    assert_eq!(pipe.end().code, 0);
    for line in ["events", "events --json", "refusals", "show C000001", "units"] {
        let listed = shell.run(line).done();
        assert!(is_harmless(&listed), "{line}");
    }
    let refused = shell.run("refusals --json").json();
    assert_eq!(refused["refusals"].as_array().unwrap().len(), hostile().len() + 2);
    assert_eq!(shell.run("verify --json").json()["ok"], true);
    let replayed = shell.run("replay --all --json").json();
    assert_eq!(replayed["same"], replayed["decisions"], "{}", replayed["different"]);
}

#[test]
fn values_that_are_no_answer_are_none() {
    let shell = Shell::at_work();
    shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001", "B0001", "L-1"]);
    let mut bench = Pipe::at(&shell, "BENCH-1");
    bench.expect(&[("OP-2001", "signed-on"), ("V000001", "unit-opened")]);
    for value in ["2,21", "1e9", "NaN", "", " 2.21", "2.21 ", "+2.21", "2.2", "0x2", "\u{ff12}.21", "two"] {
        let line = serde_json::json!({ "check": "torque", "value": value }).to_string();
        assert_eq!(bench.say(&line), "check-malformed", "{value:?}");
    }
    bench.expect(&[(r#"{"check":"torque","value":"99.00"}"#, "implausible")]);
    let answer = bench.ask(br#"{"value":"2.41"}"#).unwrap();
    assert_eq!((&answer["code"], &answer["severity"]), (&Value::from("confirm-value"), &Value::from("hint")));
    bench.expect(&[(r#"{"value":"2.40"}"#, "check-recorded")]);
    assert_eq!(bench.end().code, 0);
    let shown = shell.run("show V000001 --json").json();
    let checks = shown["steps"][1]["attempts"][0]["checks"].as_array().unwrap();
    assert_eq!((checks.len(), &checks[0]["value"]), (1, &Value::from("2.40")), "{checks:?}");
}

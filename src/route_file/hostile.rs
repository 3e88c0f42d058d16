//! Files that mean harm: each is refused with a line, at once, and none brings the reader down.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::bounds::{FILE_BYTES_MOST, FINDINGS_MOST, STEPS_MOST};
use super::testing::{EVERY_KEY, SOUND, each, with};
use super::{Checked, Finding, check, handovers, read, snippet};

/// A hostile file is refused in well under a tenth of a second. Code that is not optimised may take longer.
const AT_ONCE: Duration = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 100 });

/// Reads a file as `route check` does, and shows what was found. The machine may be busy, so the fastest of three
/// times counts.
#[expect(clippy::disallowed_methods, reason = "a test measures how long a refusal takes")]
fn checked(text: &str) -> Vec<Finding> {
    let mut took = Vec::new();
    loop {
        let began = Instant::now();
        let Checked { findings, files, .. } = check([("r.toml", text.as_bytes())]);
        let handed_over: usize = files.iter().map(|file| handovers(&file.route).len()).sum();
        assert!(handed_over <= 2 * STEPS_MOST * STEPS_MOST, "{handed_over}");
        let shown: usize = findings.iter().map(|f| f.to_string().len() + snippet(f, false).len()).sum();
        took.push(began.elapsed());
        if began.elapsed() < AT_ONCE {
            assert!(shown < 100_000, "{shown} bytes of findings");
            assert!(findings.len() <= FINDINGS_MOST + 1);
            return findings;
        }
        assert!(took.len() < 3, "{took:?} for {} bytes: {:?}", text.len(), findings.first());
    }
}

fn refused(text: &str) -> Vec<Finding> {
    let findings = checked(text);
    assert!(!findings.is_empty(), "not refused: {text}");
    findings
}

/// As much of a repeated text as a file may have.
fn fill(head: &str, piece: Piece) -> String {
    let mut text = head.to_owned();
    for n in 0.. {
        let next = piece(n);
        if text.len() + next.len() > FILE_BYTES_MOST {
            break;
        }
        text.push_str(&next);
    }
    text
}

/// The n-th piece of a flood.
type Piece = fn(usize) -> String;

#[test]
fn a_flood_of_anything_is_refused_at_once() {
    let pieces: [(&str, Piece); 14] = [
        ("steps", |n| format!("[[step]]\nid = \"{n}\"\n")),
        ("empty steps", |_| "[[step]]\n".to_owned()),
        ("one step twice", |_| "[[step]]\nid=\"1\"\ntitle=\"T\"\nphase=\"test\"\nstation=\"t\"\n".to_owned()),
        ("checks", |n| format!("[[step.check]]\nid = \"c{n}\"\nkind = \"confirm\"\n")),
        ("unknown keys", |n| format!("[k{n}]\n")),
        ("long unknown keys", |n| format!("{}{n} = 1\n", "k".repeat(1_000))),
        ("parts", |n| format!("[part.P{n}]\ncapture = \"serial\"\npattern = 'P{n}'\n")),
        ("large patterns", |n| format!("[part.P{n}]\ncapture = \"serial\"\npattern = '\\w{{500}}\\w{{500}}'\n")),
        ("costly patterns", |n| format!("[part.P{n}]\ncapture = \"serial\"\npattern = '(a|b|c){{30}}[0-9]{{200}}'\n")),
        ("intricate patterns", |n| format!("[part.P{n}]\ncapture = \"serial\"\npattern = 'P{n}(a|b)*a(a|b){{12}}'\n")),
        ("texts with patterns", |n| {
            format!(
                "[[step]]\nid=\"{n}\"\n[[step.check]]\nid=\"c\"\nkind=\"text\"\npattern='(a|b|c){{30}}[0-9]{{200}}'\n"
            )
        }),
        ("variants", |n| format!("[variant.V{n}]\na = 'x'\nb{n} = 'y'\n")),
        ("defects", |n| format!("[[defect.D{n}]]\n")),
        ("arrays", |n| format!("a{n} = [{}]\n", "[],".repeat(300))),
    ];
    for (name, piece) in pieces {
        let findings = refused(&fill("", piece));
        assert!(findings[0].line >= 1, "{name}");
    }
}

/// A route of 57 components at three steps, each with a pattern.
fn components(pattern: Piece) -> String {
    let parts = each(10..67, |n| format!("[part.P{n}]\ncapture = \"serial\"\npattern = '{}'\n", pattern(n)));
    let steps = each(1..4, |step| {
        let uses = each(step * 19 - 9..step * 19 + 10, |n| format!("P{n} = 1,"));
        let head = format!("[[step]]\nid = \"s{step}\"\ntitle = \"T\"\nphase = \"test\"\nstation = \"t\"\n");
        format!("{head}use = {{ {} }}\n", uses.trim_end_matches(','))
    });
    SOUND.replace("[defect]", &format!("{parts}[defect]")).replacen("[[step]]", &format!("{steps}[[step]]"), 1)
}

#[test]
fn a_proof_of_many_patterns_takes_no_time_or_is_given_up() {
    assert_eq!(checked(&components(|n| format!("P{n}-[0-9]{{30}}[a-z]{{20}}"))), []);
    for hard in [|n| format!("P[0-9]{{30}}[0-9a-z]{{10}}{n}"), |n| format!("(a|b)*a(a|b){{9}}{n}")] {
        let findings = refused(&components(hard));
        let given_up = |f: &Finding| f.what.contains("too intricate to prove");
        assert!(findings.iter().any(given_up), "{:?}", findings.first());
    }
}

/// A route of as many steps, variants and rework targets as there may be; each step says something more.
fn largest(more: Piece) -> String {
    let variants = each(0..20, |n| format!("V{n} = {{}}\n"));
    let steps = each(100..197, |n| {
        let rework = each(n + 1..n + 21, |to| format!("\"{}\",", if to < 197 { to } else { to - 97 }));
        let head = format!("[[step]]\nid = \"{n}\"\ntitle = \"T\"\nphase = \"test\"\nstation = \"s{n}\"\n");
        format!("{head}rework_to = [{}]\n{}\n", rework.trim_end_matches(','), more(n))
    });
    let text =
        with("order = \"none\"", "order = \"required\"").replace("[defect]", &format!("[variant]\n{variants}[defect]"));
    text.replacen("[[step]]", &format!("{steps}[[step]]"), 1)
}

#[test]
fn a_proof_of_many_ways_takes_no_time() {
    let pieces: [Piece; 5] = [
        |_| String::new(),
        |_| "optional = true".to_owned(),
        |_| "group = \"g\"".to_owned(),
        |n| format!("when = {{ variant = \"V{}\" }}", n % 20),
        |n| format!("minutes_since = {{ step = \"100\", max = 5 }}\nsample = {{ one_in = {n} }}"),
    ];
    for more in pieces {
        checked(&largest(more));
    }
    let findings = refused(&largest(|_| "group = \"g\"".to_owned()));
    assert!(findings.iter().any(|f| f.what == "group `g` has 97 steps" && f.write_instead == "at most 20"));
}

#[test]
fn the_worst_of_each_key_is_refused_with_its_line() {
    for (piece, instead, line) in [
        ("'PU\\d{6}'", "'\\w{500}\\w{500}'", 9),
        ("'PU\\d{6}'", "'(((((((((((((((((((((((((a)))))))))))))))))))))))))'", 9),
        ("'PU\\d{6}'", "'(?:(?:(?:(?:a{9}){9}){9}){9}){9}'", 9),
        ("id = \"20\"\n", "id = \"20\"\nattempts = 1e308\n", 31),
        ("id = \"20\"\n", "id = \"20\"\nattempts = nan\n", 31),
        ("id = \"20\"\n", "id = \"20\"\non_fail = \"30\"\n", 31),
        ("id = \"20\"\n", "id = \"10\"\n", 30),
        ("\"2.00 .. 2.40 N.m\"", "\"1e308 .. NaN\"", 36),
        ("\"2.00 .. 2.40 N.m\"", "\"99999999999999999999.0 .. 2.40\"", 36),
        ("title = \"Kit\"", "title = \"\\u001b[2J\\u202e\"", 24),
        ("title = \"Kit\"", "t\u{ef}tle = 1", 24),
        ("title = \"Kit\"", "\"\\u001b]0;x\\u0007\" = 1", 24),
    ] {
        let findings = refused(&with(piece, instead));
        assert!(findings.iter().any(|f| f.line == line), "{instead}: {findings:?}");
    }
}

/// Nothing that is printed obeys the file.
fn harmless(findings: &[Finding]) -> bool {
    let safe = |text: &str| text.chars().all(|c| c == '\n' || crate::domain::text::is_safe(c));
    findings.iter().all(|f| safe(&f.to_string()) && safe(&snippet(f, false)))
}

/// What may stand where it does not belong.
const SCRIBBLE: &str = "\\PC{0,12}|[\\[\\]{}=\"'.#\n0-9a-z]{0,20}";

/// What a hand or a disk may do to a text, at places given in thousandths of it.
fn damaged(text: &str, damage: &[(usize, usize, String)]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (at, cut, put) in damage {
        let at = at * text.len() / 1_000;
        let end = (at + cut).min(text.len());
        text.splice(at..end, put.chars());
    }
    text.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_read_or_refused_and_never_more(
        every_key in any::<bool>(),
        damage in prop::collection::vec((0..1_000_usize, 0..40_usize, SCRIBBLE), 1..6),
        keep in 0..=1_000_usize,
    ) {
        let text = damaged(if every_key { EVERY_KEY } else { SOUND }, &damage);
        let kept: String = text.chars().take(text.chars().count() * keep / 1_000).collect();
        for text in [text, kept] {
            match read("r.toml", &text) {
                Ok(file) => prop_assert_eq!(file.text, text),
                Err(findings) => {
                    prop_assert!(!findings.is_empty());
                    prop_assert!(harmless(&findings), "{:?}", findings);
                    let lines = text.split('\n').count();
                    prop_assert!(findings.iter().all(|f| (1..=lines).contains(&f.line) && f.column >= 1));
                }
            }
        }
    }

    #[test]
    fn bytes_of_any_kind_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let checked = check([("r.toml", bytes.as_slice())]);
        prop_assert!(checked.files.is_empty() && !checked.findings.is_empty());
        prop_assert!(harmless(&checked.findings));
    }
}

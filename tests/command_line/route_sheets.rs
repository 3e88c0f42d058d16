//! The manufacturing traveller: a route as a sheet, as text and as a page.

use datamatrix::DataMatrix;

use super::pages::texts;
use crate::support::shell::{Shell, VALVE};
use crate::terminal::picture::kept_beside;

/// A route file with every key of the format.
const EVERY_KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/route_file/every_key.toml");

#[test]
fn the_sheet_of_every_key_as_text() {
    let text = Shell::new().run(&format!("route print {EVERY_KEY}")).done();
    assert!(text.lines().all(|line| line.chars().count() <= 80 && line.trim_end() == line), "{text}");
    kept_beside().bind(|| insta::assert_snapshot!("route-sheet", text));
}

#[test]
fn the_code_says_the_route_and_its_revision() {
    let text = Shell::new().run(&format!("route print {VALVE}")).done();
    let rows: Vec<Vec<char>> = text
        .lines()
        .skip_while(|line| !line.contains(['▀', '▄', '█']))
        .take_while(|line| line.contains(['▀', '▄', '█']))
        .map(|line| line.chars().collect())
        .collect();
    // A square: one of its sides is dark throughout, and two modules are one above the other.
    let left = rows[0].iter().position(|c| *c != ' ').unwrap();
    let side = rows.len() * 2;
    let is_dark = |x: usize, y: usize| match rows[y / 2].get(left + x) {
        Some('█') => true,
        Some('▀') => y.is_multiple_of(2),
        Some('▄') => !y.is_multiple_of(2),
        _ => false,
    };
    let modules: Vec<bool> =
        (0..side).flat_map(|y| (0..side).map(move |x| (x, y))).map(|(x, y)| is_dark(x, y)).collect();
    assert_eq!(DataMatrix::decode(&modules, side).unwrap(), b"valve A");
}

#[test]
fn a_released_route_is_printed_as_its_file_is() {
    let shell = Shell::at_work();
    let file = shell.run(&format!("route print {VALVE} --html")).done();
    assert_eq!(shell.run("route print valve --html").done(), file);
    assert_eq!(shell.run("route print valve --revision A --html").done(), file);
    shell.run("route print valve --revision Z").failed(1);
    shell.run("route print other").failed(1);
    shell.run(&format!("route print {VALVE} --revision Z")).failed(2);
    shell.run("route print no/such/file.toml!").failed(2);
}

#[test]
fn an_unsound_route_is_not_printed() {
    let shell = Shell::new();
    let text = std::fs::read_to_string(VALVE).unwrap();
    std::fs::write(shell.home.path().join("bad.toml"), text.replace("station = \"kit\"", "statoin = \"kit\"")).unwrap();
    let answer = shell.run("route print bad.toml");
    assert_eq!(answer.code, 1);
    assert!(answer.out.starts_with("bad.toml:") && !answer.out.contains("TRAVELLER"), "{}", answer.out);
}

#[test]
fn the_page_is_well_formed_and_loads_nothing() {
    let page = Shell::new().run(&format!("route print {EVERY_KEY} --html")).done();
    let texts = texts(&page);
    for wanted in [
        "Pump controller PC-200",
        "2.00 .. 2.40 N.m",
        "torque-m4",
        "At least 30 and at most 240 minutes after step 10.",
        "WI-1001 rev D",
        "Signed: tested and accepted",
        "On to step 40 at test.",
    ] {
        assert!(texts.iter().any(|text| text == wanted), "{wanted}: {texts:?}");
    }
    assert!(page.contains("@page { size: A4;") && page.contains("<svg "));
    for loaded in ["<script", "<link", "<img", "src=", "href=", "url(", "@import"] {
        assert!(!page.contains(loaded), "{loaded}");
    }
}

#[test]
fn hostile_texts_are_texts() {
    let shell = Shell::new();
    let hostile = r#"</style><script>alert(1)</script>&"'<"#;
    let text = std::fs::read_to_string(EVERY_KEY).unwrap();
    let text = text
        .replace("\"Pump controller PC-200\"", &format!("'''{hostile}'''"))
        .replace("\"Torque\"", "'''<b onclick=\"x\">'''")
        .replace("\"Count the kit against the pick list.\"", "'''<!-- & -->'''")
        .replace("\"tested and accepted\"", "'''\"><svg/onload=x>'''")
        .replace("\"PC200-2.4.1X\"", "'''<i>'''")
        .replace("[\"dim\"", "['''<u>dim'''");
    std::fs::write(shell.home.path().join("hostile.toml"), &text).unwrap();
    let page = shell.run("route print hostile.toml --html").done();
    let texts = texts(&page);
    let title = "&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;&#39;&lt;";
    assert_eq!(texts.iter().filter(|text| *text == title).count(), 2, "in the head and on the page: {texts:?}");
    for raw in ["<script", "<b ", "<u>", "<!--", "<svg/", "scan <i>"] {
        assert!(!page.contains(raw), "{raw}");
    }
    let plain = shell.run("route print hostile.toml").done();
    assert!(plain.contains(hostile) && plain.chars().all(|c| c == '\n' || !c.is_control()), "{plain}");
}

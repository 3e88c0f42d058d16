//! The operator's card: what it says of keys and scans is what the tests count.

use std::fs;
use std::path::Path;

use super::hands::Cost;
use super::plant::PIN;

/// A row of the card.
struct Row {
    flow: String,
    scans: usize,
    keys: usize,
    /// What is typed beside those keys: a PIN, digits, words.
    typed: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rows of the card's tables; those that say what a flow costs.
fn rows() -> Vec<Row> {
    let page = fs::read_to_string(root().join("docs/operator.md")).unwrap();
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let lines = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| you want"));
    let row = |line: &str| {
        let [flow, _how, scans, keys] = cells(line).try_into().unwrap_or_else(|_| panic!("{line}"));
        let number = |cell: &str| if cell.is_empty() { 0 } else { cell.parse().unwrap_or_else(|_| panic!("{line}")) };
        let mut keys = keys.split(", ");
        let (count, typed) = (number(keys.next().unwrap()), keys.map(str::to_owned).collect());
        Row { flow, scans: number(&scans), keys: count, typed }
    };
    lines.map(row).collect()
}

/// A flow costs what the card says of it. `typed` is what somebody typed of their own: a PIN, a number, words. Of these
/// the card tells that they are typed, and counts their Enter.
#[track_caller]
pub(super) fn on_card(flow: &str, cost: &Cost, typed: &[&str]) {
    let row = rows().into_iter().find(|row| row.flow == flow).unwrap_or_else(|| panic!("the card has no {flow:?}"));
    let kind = |text: &&str| match *text {
        PIN => "PIN",
        text if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') => "digits",
        _ => "words",
    };
    let own: usize = typed.iter().map(|text| text.chars().count()).sum();
    let told: Vec<&str> = typed.iter().map(kind).collect();
    assert_eq!(
        (cost.scans, cost.keys - own, told),
        (row.scans, row.keys, row.typed.iter().map(String::as_str).collect())
    );
}

#[test]
fn every_row_of_the_card_is_counted() {
    let mut sources = String::new();
    for file in fs::read_dir(root().join("tests/terminal")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|ext| ext == "rs") {
            sources.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    let rows = rows();
    assert!(rows.len() > 20, "{} rows", rows.len());
    for row in rows {
        assert!(sources.contains(&format!("\"{}\"", row.flow)), "nothing counts {:?}", row.flow);
    }
}

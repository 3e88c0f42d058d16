//! The electronic copy and the copies for people: the same facts in each, and nothing that anything would obey.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::gaps::planted::Week;
use crate::support::shell::Shell;

/// Everything that a copy says, as texts; of the events only what a person is told of them.
pub(crate) fn says(copy: &Value) -> BTreeSet<String> {
    fn walk(value: &Value, all: &mut BTreeSet<String>) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => drop(all.insert(number.to_string())),
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => drop(all.insert(text.clone())),
            Value::Array(list) => list.iter().for_each(|item| walk(item, all)),
            Value::Object(fields) => fields.values().for_each(|item| walk(item, all)),
        }
    }
    let mut all = BTreeSet::new();
    let mut copy = copy.clone();
    let events = copy.as_object_mut().unwrap().remove("events").unwrap();
    walk(&copy, &mut all);
    for event in events.as_array().unwrap() {
        for key in ["terminal", "seq", "at", "kind", "step", "station", "by", "reason"] {
            walk(&event[key], &mut all);
        }
    }
    all
}

/// The text of a page, as a browser shows it.
pub(crate) fn text_of(page: &str) -> String {
    let body = page.split_once("</style>").unwrap().1;
    let mut text = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push('\n');
            }
            other if !inside => text.push(other),
            _ => {}
        }
    }
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    plain.iter().fold(text, |text, (written, meant)| text.replace(written, meant))
}

pub(crate) fn copies(shell: &Shell) -> Vec<Value> {
    let lines = shell.run("export --all --format json").done();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every fact of the electronic copy is on the page, and is that of `show`.
#[test]
fn the_page_has_every_fact_of_the_electronic_copy() {
    let week = Week::new();
    let copies = copies(&week.shell);
    assert!(copies.len() > 60);
    for copy in &copies {
        let unit = copy["unit"].as_str().unwrap();
        let page = text_of(&week.shell.run(&format!("export {unit} --format html")).done());
        let all = says(copy);
        assert!(all.len() > 10);
        for fact in all {
            assert!(page.contains(&fact), "{unit}: {fact:?} is not on the page");
        }
        let shown = week.shell.run(&format!("show {unit} --json")).json();
        for (key, value) in shown.as_object().unwrap() {
            assert_eq!(&copy[key], value, "{unit}: {key}");
        }
    }
    assert!(copies.iter().any(|copy| copy["rework"].is_array()) && copies.iter().any(|copy| copy["moves"].is_array()));
}

/// A signature shows name, time and meaning wherever it is shown, and the page bears the head of the chain as a code.
#[test]
fn signatures_show_name_time_and_meaning_and_the_page_is_a_witness() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let copy = copies(&shell).remove(0);
    let signed = &copy["steps"][2]["attempts"][0]["signatures"][0];
    let page = shell.run("export V000001 --format html").done();
    let table = shell.run("export V000001 --format csv").done();
    let line = table.lines().find(|line| line.contains(",signature,")).unwrap();
    for key in ["name", "meaning", "at", "by"] {
        let text = signed[key].as_str().unwrap();
        assert!(page.contains(text) && line.contains(text), "{key}: {text}: {line}");
    }
    let head = &shell.run("verify --json").json()["ledgers"][0];
    assert!(page.contains(head["head"].as_str().unwrap()) && page.contains("class=\"qrcode\""), "{head}");
    assert!(!page.contains("<script") && page.contains("default-src 'none'"));
}

#[test]
fn the_table_has_a_line_for_each_fact_and_no_cell_is_a_formula() {
    let mut week = Week::new();
    let event = week.find(|e| e.is("check-recorded") && e.says["data"]["value"].is_string() && week.passed_with(e));
    let value = format!("\"value\":{}", event.says["data"]["value"]);
    week.edit(event.seq(), &value, "\"value\":\"=HYPERLINK(\\\"a\\\",1)\"");
    week.found("");
    let table = week.shell.run("export --all --format csv").done();
    let mut rows = csv::ReaderBuilder::new().from_reader(table.as_bytes());
    let heads: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(heads.len(), 25);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert!(rows.iter().all(|row| row.len() == heads.len()));
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let count = |fact: &str| rows.iter().filter(|row| &row[at("fact")] == fact).count();
    let kind = |kind: &str| week.events.values().filter(|e| e.is(kind)).count();
    assert_eq!(count("check"), kind("check-recorded"));
    assert_eq!(count("lot") + count("component"), kind("material-installed"));
    // Whoever approves a first piece signs for it.
    assert_eq!(count("signature"), kind("signature-recorded") + kind("first-piece-approved"));
    assert_eq!(count("unit"), kind("unit-started") + kind("batch-begun"));
    let formulas =
        rows.iter().flat_map(csv::StringRecord::iter).filter(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
    assert_eq!(formulas.collect::<Vec<_>>(), Vec::<&str>::new());
    let planted = rows.iter().find(|row| row[at("value")].contains("HYPERLINK")).unwrap();
    assert_eq!(&planted[at("value")], "'=HYPERLINK(\"a\",1)");
}

#[test]
fn what_is_exported_is_what_was_asked_for_and_nothing_is_written_over() {
    let week = Week::new();
    let shell = &week.shell;
    let units = |options: &str| shell.run(&format!("export --format json {options}")).done().lines().count();
    let listed =
        |options: &str| shell.run(&format!("units --json {options}")).json()["units"].as_array().unwrap().len();
    assert_eq!(units("--all"), listed(""));
    assert_eq!(units("--route label"), listed("--route label"));
    assert_eq!(units("PC226-000001 PC226-000002"), 2);
    let since = shell.run("gaps --json --from 2026-11-26T00:00:00Z").json()["units"].as_u64().unwrap();
    assert_eq!(units("--all --since 2026-11-26"), usize::try_from(since).unwrap());
    shell.run("export --format json").failed(2);
    shell.run("export --format json PC226-000001 --all").failed(2);
    shell.run("export --format epcis --all --base plant").failed(2);
    let (what, _) = shell.run("export --format json V000009").failed(1);
    assert!(what.contains("V000009 is not on record"), "{what}");
    shell.run("export --format json --all --to out.jsonl").done();
    let written = std::fs::read_to_string(shell.home.path().join("out.jsonl")).unwrap();
    assert_eq!(written, shell.run("export --format json --all").done());
    let (what, _) = shell.run("export --format csv --all --to out.jsonl").failed(2);
    assert!(what.contains("could not be made"), "{what}");
    assert_eq!(std::fs::read_to_string(shell.home.path().join("out.jsonl")).unwrap(), written);
}

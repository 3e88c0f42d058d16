//! The record of a lot: what happened to it by the log itself, told alike in every form.

use serde_json::Value;

use super::copies::{says, text_of};
use super::pdf::{plain, told};
use crate::gaps::planted::{Stored, Week};
use crate::support::shell::Shell;

/// What an event is called in the history of a lot; none where it is not about it.
fn called(event: &Stored, lot: &str) -> Option<&'static str> {
    let data = &event.says["data"];
    let is_own = data["lot"] == lot;
    let (drawn, back) = (data["piece"]["lot"] == lot, data["of"]["material"]["piece"]["lot"] == lot);
    Some(match event.says["kind"].as_str().unwrap() {
        "lot-received" if is_own => "received",
        "lot-inspected" if is_own => "inspected",
        "lot-held" if is_own => "held",
        "lot-released" if is_own => "released",
        "lot-rejected" if is_own => "rejected",
        "lot-opened" if is_own => "opened",
        "lot-sealed" if is_own => "sealed",
        "lot-loaded" if is_own => "loaded",
        "material-installed" if drawn => "drawn",
        "observation-voided" if back => "taken-back",
        _ => return None,
    })
}

fn copy(shell: &Shell, lot: &str) -> Value {
    let lines = shell.run(&format!("export --lot {lot} --format json")).done();
    serde_json::from_str(lines.lines().next().unwrap()).unwrap()
}

fn lots(shell: &Shell) -> Vec<String> {
    let listed = shell.run("lot list --json").json()["lots"].clone();
    listed.as_array().unwrap().iter().map(|lot| lot["lot"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_history_of_each_lot_is_that_of_the_log() {
    let week = Week::new();
    let listed = week.shell.run("lot list --json").json()["lots"].clone();
    let mut told = std::collections::BTreeSet::new();
    for stands in listed.as_array().unwrap() {
        let lot = stands["lot"].as_str().unwrap();
        let copy = copy(&week.shell, lot);
        for (key, of) in [("lot", "lot"), ("part", "part"), ("left", "left"), ("state", "standing")] {
            assert_eq!(copy[key], stands[of], "{lot}: {key}");
        }
        let due: Vec<_> = week.events.values().filter_map(|e| Some((e, called(e, lot)?))).collect();
        let history = copy["history"].as_array().unwrap();
        assert_eq!(history.len(), due.len(), "{lot}: {history:#?}");
        for (entry, (event, what)) in history.iter().zip(due) {
            told.insert(what);
            assert_eq!((&entry["what"], &entry["event"]), (&what.into(), &event.says["seq"]), "{lot}");
            for key in ["by", "unit", "step", "station", "reason"] {
                assert_eq!(entry[key], event.says[key], "{lot}: {key}: {entry}");
            }
        }
        assert_eq!(history.last().unwrap()["left"], stands["left"], "what is left follows from the history");
        assert_eq!(copy["events"].as_array().unwrap().len(), history.len());
        assert_eq!(week.shell.run(&format!("lot show {lot} --json")).json(), copy);
    }
    for what in ["received", "inspected", "rejected", "opened", "loaded", "drawn"] {
        assert!(told.contains(what), "the week has no lot that was {what}: {told:?}");
    }
}

#[test]
fn the_page_and_the_pdf_have_every_fact_of_the_electronic_copy() {
    let week = Week::new();
    for lot in lots(&week.shell) {
        let page = text_of(&week.shell.run(&format!("export --lot {lot} --format html")).done());
        let copy = copy(&week.shell, &lot);
        let all = says(&copy);
        assert!(all.len() > 8, "{all:?}");
        for fact in &all {
            assert!(page.contains(fact), "{lot}: {fact:?} is not on the page");
        }
        // Each page of a PDF takes its time: those that were inspected stand for all.
        if copy["inspected"].is_boolean() {
            week.shell.run(&format!("export --lot {lot} --format pdf --to {lot}.pdf")).done();
            let file = week.shell.home.path().join(format!("{lot}.pdf"));
            let text = plain(&told("pdftotext", &["-layout"], &file));
            for fact in &all {
                assert!(text.contains(&plain(fact)), "{lot}: {fact:?} is not in the PDF");
            }
        }
    }
}

#[test]
fn the_table_has_a_line_for_each_thing_that_happened_to_a_lot() {
    let week = Week::new();
    for lot in lots(&week.shell) {
        let copy = copy(&week.shell, &lot);
        let table = week.shell.run(&format!("export --lot {lot} --format csv")).done();
        let mut rows = csv::ReaderBuilder::new().from_reader(table.as_bytes());
        let heads: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        let cell = |row: &csv::StringRecord, name: &str| {
            let cell = row[heads.iter().position(|head| head == name).unwrap()].to_owned();
            cell.strip_prefix('\'').map_or(cell.clone(), str::to_owned)
        };
        let own: Vec<_> = rows.iter().filter(|row| cell(row, "fact").starts_with("lot-")).collect();
        let facts = own.iter().filter(|row| cell(row, "at").is_empty());
        let facts: Vec<String> =
            facts.flat_map(|row| ["value", "id", "state", "left"].map(|name| cell(row, name))).collect();
        for key in ["lot", "part", "supplier", "expires", "state", "open_since", "left"] {
            let fact = copy[key].as_str().unwrap_or_default();
            assert!(fact.is_empty() || facts.contains(&fact.to_owned()), "{lot}: {key} {fact} is not in {facts:?}");
        }
        let happened: Vec<_> = own.iter().filter(|row| !cell(row, "at").is_empty()).collect();
        let history = copy["history"].as_array().unwrap();
        assert_eq!(happened.len(), history.len(), "{lot}");
        let people = copy["people"].as_array().unwrap();
        for (row, entry) in happened.iter().zip(history) {
            assert_eq!(cell(row, "fact"), format!("lot-{}", entry["what"].as_str().unwrap()));
            let same = ["unit", "step", "state", "quantity", "how", "device", "by", "station", "at", "left"];
            for (name, key) in same.iter().map(|name| (*name, *name)).chain([("verdict", "result"), ("note", "reason")])
            {
                let said = entry[key].as_str().unwrap_or_default();
                assert!(
                    cell(row, name) == said || (name == "note" && cell(row, name).starts_with(said)),
                    "{lot}: {key}"
                );
            }
            let person = people.iter().find(|person| person["badge"] == entry["by"]).unwrap();
            assert_eq!(cell(row, "name"), person["name"].as_str().unwrap());
        }
    }
}

/// Held, released, sealed, taken back and rejected: what the week does not have.
#[test]
fn a_lot_is_told_from_its_receipt_to_its_end() {
    let shell = Shell::at_work();
    for change in ["hold", "release", "open", "seal"] {
        shell.run(&format!("lot {change} L-1 --reason {change}-it --by OP-1001")).done();
    }
    let void = r#"{"command":"void","reason":"wrong lot"}"#;
    let last = shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001", "L-1", void, "L-1", "B0001"]);
    assert_eq!(last[4]["did"], "voided", "{last:?}");
    shell.run("lot reject L-1 --reason brittle --by OP-1001").done();
    let shown = shell.run("lot show L-1 --json").json();
    let history = shown["history"].as_array().unwrap();
    let what: Vec<_> = history.iter().map(|entry| entry["what"].as_str().unwrap()).collect();
    let due = ["received", "held", "released", "opened", "sealed", "drawn", "taken-back", "drawn", "rejected"];
    assert_eq!(what, due);
    let left: Vec<_> = history.iter().map(|entry| entry["left"].as_str().unwrap()).collect();
    assert_eq!(left[4..], ["100", "98", "100", "98", "98"]);
    let text = shell.run("lot show L-1").done();
    for line in
        ["State     rejected", "drawn 2 into V000001, step 10 at KIT-1", "rejected by OP-1001: brittle; 98 left"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    let (what, _) = shell.run("lot show L-9").failed(1);
    assert!(what.contains("L-9 is not on record"), "{what}");
    for reads in ["export --lot L-9 --format csv", "export --lot L-9 --format epcis", "gaps --lot L-9"] {
        assert!(shell.run(reads).failed(1).0.contains("L-9 is not on record"));
    }
    shell.run("verify").done();
}

/// What was used and never received has a record too: that of its use.
#[test]
fn a_lot_without_a_receipt_says_so() {
    let mut week = Week::new();
    let receipt = week.find(|e| e.is("lot-received") && e.says["data"]["lot"] == "L2611-00004");
    week.lose(receipt.seq());
    week.found("");
    let shown = week.shell.run("lot show L2611-00004 --json").json();
    assert_eq!(
        (&shown["state"], &shown["left"], &shown["part"]),
        (&"unknown".into(), &Value::Null, &"GSK-4410".into())
    );
    let history = shown["history"].as_array().unwrap();
    assert!(history.iter().any(|entry| entry["what"] == "drawn") && history.iter().all(|e| e["what"] != "received"));
    assert!(week.shell.run("lot show L2611-00004").done().contains("no receipt is on record"));
}

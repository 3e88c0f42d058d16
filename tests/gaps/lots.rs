//! What is planted into the record of a lot: told of each unit that took of it, and of the lot where nobody did.

use std::collections::BTreeSet;

use serde_json::Value;

use super::planted::{Stored, Week};
use crate::support::shell::Shell;

/// Plants one kind of gap.
type Plant = fn(&mut Week);

/// Those for which there are the fewest lots come first.
pub(super) const PLANTS: [(&str, Plant); 7] = [
    ("lot-expired", open_too_long),
    ("lot-on-hold", never_inspected),
    ("inspection-missing", not_inspected),
    ("lot-on-hold", held_at_receipt),
    ("lot-expired", expired),
    ("lot-exhausted", nothing_left),
    ("never-scanned", typed),
];

fn lot_of(event: &Stored) -> &str {
    event.says["data"]["lot"].as_str().unwrap_or_default()
}

/// Whether an event says how many of a lot a unit took; not what was noted when a loaded lot was replaced.
fn takes(week: &Week, event: &Stored, lot: &str) -> bool {
    let passes = |other: &Stored| other.says["act"] == event.says["act"] && other.is("step-passed");
    event.says["data"]["piece"]["lot"] == lot
        && event.is("material-installed")
        && event.says["data"]["quantity"] != 0
        && (event.text("how") != "loaded" || week.events.values().any(passes))
}

/// Whether a rule was let go for what an event took.
fn let_go(week: &Week, event: &Stored, rule: &str) -> bool {
    let waives = |e: &&Stored| e.is("rule-waived") && e.says["act"] == event.says["act"];
    week.events.values().filter(waives).any(|e| e.says["data"]["rule"] == rule)
}

fn uses(week: &Week, lot: &str) -> Vec<Stored> {
    week.events.values().filter(|event| takes(week, event, lot)).cloned().collect()
}

/// The receipt of a lot that was used so often at least and in which nothing was planted yet.
#[track_caller]
fn find(week: &Week, least: usize, fits: impl Fn(&Stored) -> bool) -> (Stored, String, Vec<Stored>) {
    let is_fresh = |unit: &str| !week.expected.iter().any(|(of, _, _)| of == unit);
    // There are few of these units, and other gaps are planted in them.
    let is_rare =
        |unit: &str| week.events.values().any(|e| e.text("unit") == unit && (e.is("disposed") || e.is("move-seen")));
    let is_new = |e: &Stored| {
        let uses = uses(week, lot_of(e));
        let free = |e: &Stored| is_fresh(e.text("unit")) && !is_rare(e.text("unit"));
        uses.len() >= least && is_fresh(lot_of(e)) && uses.iter().all(free)
    };
    let new = week.events.values().filter(|e| e.is("lot-received") && fits(e) && is_new(e));
    let receipt = new.min_by_key(|e| uses(week, lot_of(e)).len()).expect("a lot").clone();
    let lot = lot_of(&receipt).to_owned();
    let uses = uses(week, &lot);
    (receipt, lot, uses)
}

fn expect_each(week: &mut Week, code: &str, uses: &[Stored]) {
    for event in uses {
        week.expect(event.text("unit"), code, event.text("step"));
    }
}

fn told(week: &Week, lot: &str, kinds: &[&str]) -> Vec<Stored> {
    let is_it = |e: &&Stored| lot_of(e) == lot && kinds.iter().any(|kind| e.is(kind));
    week.events.values().filter(is_it).cloned().collect()
}

/// A lot that waits for its inspection: that it passed is lost.
fn never_inspected(week: &mut Week) {
    let (_, lot, uses) = find(week, 1, |e| e.says["data"]["quarantined"] == true);
    for event in told(week, &lot, &["lot-inspected"]) {
        week.lose(event.seq());
    }
    expect_each(week, "lot-on-hold", &uses);
}

/// A lot that nobody ever decided about, and that should have waited.
fn held_at_receipt(week: &mut Week) {
    let decided = |week: &Week, lot: &str| !told(week, lot, &["lot-inspected", "lot-released"]).is_empty();
    let (receipt, _, uses) =
        find(week, 1, |e| e.says["data"]["quarantined"].is_null() && !decided(week, lot_of(e)) && is_plain(week, e));
    let supplier = format!("\"supplier\":{}", receipt.says["data"]["supplier"]);
    week.edit(receipt.seq(), &supplier, "\"quarantined\":true");
    expect_each(week, "lot-on-hold", &uses);
}

/// Whether it was used, and nobody held or rejected it.
fn is_plain(week: &Week, receipt: &Stored) -> bool {
    told(week, lot_of(receipt), &["lot-held", "lot-rejected", "lot-loaded"]).is_empty()
        && receipt.says["data"]["supplier"].is_string()
}

/// A lot that its route asks to be inspected, received as if it need not be, and its inspection is lost.
fn not_inspected(week: &mut Week) {
    let (receipt, lot, uses) = find(week, 1, |e| e.says["data"]["quarantined"] == true);
    week.edit(receipt.seq(), ",\"quarantined\":true", "");
    for event in told(week, &lot, &["lot-inspected"]) {
        week.lose(event.seq());
    }
    expect_each(week, "inspection-missing", &uses);
}

/// A lot whose last day was long ago, so that each use should have been let go.
fn expired(week: &mut Week) {
    let (receipt, _, uses) = find(week, 1, |e| e.says["data"]["expires"].is_string());
    let day = receipt.says["data"]["expires"].to_string();
    week.edit(receipt.seq(), &day, "\"2026-11-01\"");
    let uses: Vec<_> = uses.into_iter().filter(|e| !let_go(week, e, "lot-expired")).collect();
    assert!(!uses.is_empty());
    expect_each(week, "lot-expired", &uses);
}

/// A lot that was opened weeks before anybody used it.
fn open_too_long(week: &mut Week) {
    let opened = |lot: &str| told(week, lot, &["lot-opened"]).into_iter().next();
    let (_, lot, uses) = find(week, 2, |e| opened(lot_of(e)).is_some());
    let opened = opened(&lot).unwrap();
    week.edit(opened.seq(), &opened.says["at"].to_string(), "\"2026-11-01T06:00:00.000000Z\"");
    week.edit(opened.seq(), &opened.says["boot"].to_string(), "\"0badb007\"");
    let later = |e: &Stored| e.seq() > opened.seq() && !let_go(week, e, "lot-expired");
    let uses: Vec<_> = uses.into_iter().filter(later).collect();
    assert!(!uses.is_empty());
    expect_each(week, "lot-expired", &uses);
}

/// A lot of which by its receipt there was nothing.
fn nothing_left(week: &mut Week) {
    let told_of = |e: &Stored| e.says["data"]["remarks"].to_string().contains("book-short");
    let (receipt, _, uses) = find(week, 2, |e| e.says["data"]["quarantined"].is_null());
    let quantity = format!("\"quantity\":{}", receipt.says["data"]["quantity"]);
    week.edit(receipt.seq(), &quantity, "\"quantity\":\"0\"");
    let uses: Vec<_> = uses.into_iter().filter(|e| !told_of(e)).collect();
    expect_each(week, "lot-exhausted", &uses);
}

/// A lot whose number everybody typed.
fn typed(week: &mut Week) {
    let scanned = |e: &Stored| e.says["how"]["scanned"].is_string();
    let (_, lot, _) = find(week, 2, |e| uses(week, lot_of(e)).iter().all(scanned));
    let all = uses(week, &lot);
    for event in &all {
        week.edit(event.seq(), &format!("\"how\":{}", event.says["how"]), "\"how\":\"typed\"");
    }
    week.expect(&lot, "never-scanned", "");
}

/// A lot is looked at by its number alone too, also where no unit has it; and what is found names it.
#[test]
fn the_check_of_one_lot_tells_what_the_check_of_all_tells_of_it() {
    let mut week = Week::new();
    let plants: [Plant; 3] = [expired, nothing_left, typed];
    for plant in plants {
        plant(&mut week);
    }
    let all = week.found("");
    let answer = week.shell.run("gaps --json").json();
    let lists = |answer: &Value| -> Vec<Value> {
        ["gaps", "remarks"].iter().flat_map(|list| answer[*list].as_array().unwrap().clone()).collect()
    };
    let of_lots: Vec<Value> = lists(&answer).into_iter().filter(|f| f["lot"].is_string()).collect();
    let lots: BTreeSet<&str> = of_lots.iter().filter_map(|f| f["lot"].as_str()).collect();
    assert!(lots.len() == 3 && all.is_superset(&week.expected), "{lots:?}");
    for lot in lots {
        let by_itself = week.shell.run(&format!("gaps --lot {lot} --json"));
        let code = by_itself.code;
        let told: Vec<Value> = lists(&by_itself.json()).into_iter().filter(|f| f["lot"] == lot).collect();
        let expected: Vec<Value> = of_lots.iter().filter(|f| f["lot"] == lot).cloned().collect();
        assert_eq!(told, expected, "{lot}");
        assert_eq!(code, i32::from(told.iter().any(|f| f["code"] != "never-scanned")), "{lot}");
        let text = week.shell.run(&format!("gaps --lot {lot}")).out;
        let page = week.shell.run(&format!("gaps --lot {lot} --html")).out;
        for finding in &told {
            let code = finding["code"].as_str().unwrap();
            assert!(
                text.contains(code) && text.contains(lot) && page.contains(code) && page.contains(lot),
                "{finding}"
            );
        }
    }
}

#[test]
fn what_no_replica_holds_of_a_lot_is_told_and_a_lot_of_which_nothing_tells_is_none() {
    let shell = Shell::at_work();
    shell.run("replicate --to nas").done();
    let told = |lot: &str| shell.run(&format!("gaps --lot {lot} --json")).json()["remarks"].clone();
    assert_eq!(told("L-1"), Value::Array(Vec::new()));
    shell.run("lot receive L-77 --part SEAL --quantity 5 --by OP-1001").done();
    let remarks = told("L-77");
    assert_eq!((&remarks[0]["code"], &remarks[0]["lot"]), (&"not-replicated".into(), &"L-77".into()), "{remarks}");
    assert_eq!(remarks[0]["unit"], Value::Null);
    shell.run("replicate --to nas").done();
    assert_eq!(told("L-77"), Value::Array(Vec::new()));
    let (what, _) = shell.run("gaps --lot L-404").failed(1);
    assert!(what.contains("L-404 is not on record"), "{what}");
}

/// Two terminals that each received the same lots: each has a book of its own, and two receipts are nothing wrong. What
/// one of them holds is told wherever it is used.
#[test]
fn a_lot_that_one_terminal_holds_and_another_one_uses_is_told() {
    let desk = Shell::new();
    let (first, second) = (desk.terminal("T1"), desk.terminal("T2"));
    for shell in [&first, &second] {
        for lot in ["L-8", "L-9"] {
            shell.run(&format!("lot receive {lot} --part SEAL --quantity 2 --by OP-1001")).done();
        }
    }
    first.run("lot hold L-9 --reason brittle --by OP-1001").done();
    first.pipe("KIT-1", &["OP-2001", "V000001", "V000001", "B0001", "L-8"]);
    second.pipe("KIT-1", &["OP-2001", "V000002", "V000002", "B0002", "L-9"]);
    second.pipe("KIT-1", &["OP-2001", "V000003", "V000003", "B0003", "L-8"]);
    let nas = desk.home.path().join("nas");
    for shell in [&first, &second] {
        shell.run(&format!("replicate --to {}", nas.display())).done();
    }
    desk.run("absorb nas --ledger plant.db").done();
    let found = |lot: &str| {
        let answer = desk.run(&format!("gaps --lot {lot} --json --ledger plant.db")).json();
        let lists = ["gaps", "remarks"].map(|list| answer[list].as_array().unwrap().clone());
        lists.concat().into_iter().filter(|f| f["lot"] == lot).collect::<Vec<_>>()
    };
    let told = found("L-9");
    let [held] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((&held["code"], &held["unit"]), (&"lot-on-hold".into(), &"V000002".into()), "{held}");
    assert!(held["what"].as_str().unwrap().contains("on terminal T1"), "{held}");
    assert_eq!(found("L-8"), Vec::<Value>::new(), "four of it by two receipts, and four are used");
}

//! The week of the example plant has the gaps that it should have, and its remarks are those of an independent
//! computation from the listed events. And what the command line promises.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::planted::{Found, Week, found};
use crate::support::shell::Shell;

const HOUR: i64 = 3_600_000_000;

fn micros(value: &Value) -> i64 {
    value.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_microsecond()
}

/// The events of each unit, refusals aside, in their order.
fn by_unit(week: &Week) -> BTreeMap<String, Vec<Value>> {
    let mut units: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for event in week.events.values().filter(|e| e.says["unit"].is_string() && !e.is("refused")) {
        units.entry(event.text("unit").to_owned()).or_default().push(event.says.clone());
    }
    units
}

fn is(event: &Value, kinds: &[&str]) -> bool {
    kinds.iter().any(|kind| event["kind"] == *kind)
}

/// Where units stood for longer than `hours`, from the words of the rule: from when a unit was put down, or was done at
/// one step, to when somebody had it in hand again.
fn stood(week: &Week, hours: i64, now: i64) -> BTreeSet<Found> {
    let mut all = BTreeSet::new();
    for (unit, events) in by_unit(week) {
        let mut since: Option<(i64, String)> = None;
        let mut here = String::new();
        for event in &events {
            let at = micros(&event["at"]);
            let in_hand = [
                "unit-opened",
                "load-entered",
                "unit-held",
                "unit-completed",
                "unit-dispatched",
                "step-passed",
                "step-failed",
            ];
            if is(event, &in_hand)
                && let Some((from, step)) = since.take()
                && at - from > hours * HOUR
            {
                all.insert((unit.clone(), "waiting".to_owned(), step));
            }
            let data = &event["data"];
            let leads_to =
                [&data["next"]["step"], &data["outcome"]["rework"]["to"], &data["first"]["step"], &data["due"]["step"]];
            let leads_to = leads_to.into_iter().find_map(Value::as_str);
            if let Some(step) = leads_to.or(event["step"].as_str().filter(|_| is(event, &["unit-opened"]))) {
                step.clone_into(&mut here);
            }
            let is_left = match event["kind"].as_str().unwrap() {
                "step-passed" => leads_to.is_some(),
                "unit-closed" => data["why"] != "done",
                "disposed" => data["outcome"] != "scrap",
                kind => kind == "hold-released",
            };
            if is_left {
                since = Some((at, here.clone()));
            }
        }
        let ends = ["unit-held", "step-failed", "unit-completed", "unit-dispatched"];
        let ended = |e: &&Value| e["data"]["outcome"] == "scrap" || is(e, &["scrap-reversed"]);
        let is_scrap = events.iter().rfind(ended).is_some_and(|e| !is(e, &["scrap-reversed"]));
        let last = events.iter().rfind(|e| !is(e, &["unit-closed", "move-seen", "route-moved"])).unwrap();
        if let Some((from, _)) = since.filter(|_| !is(last, &ends) && !is_scrap)
            && now - from > hours * HOUR
        {
            let due = week.shell.run(&format!("show {unit} --json")).json();
            // One that is done stands where it is meant to.
            all.extend(due["step"].as_str().map(|step| (unit, "waiting".to_owned(), step.to_owned())));
        }
    }
    all
}

/// Sub-assemblies that are done for so long and in no product.
fn at_large(week: &Week, hours: i64, now: i64) -> BTreeSet<Found> {
    let all: Vec<&Value> = week.events.values().map(|e| &e.says).collect();
    let is_in = |unit: &str| all.iter().any(|e| e["data"]["piece"]["serial"] == unit);
    let of_component = |events: &[Value]| events.iter().any(|e| e["route"] == "pcb0417");
    let done = |events: &[Value]| events.iter().rfind(|e| is(e, &["unit-completed"])).map(|e| micros(&e["at"]));
    let units = by_unit(week);
    let loose = units.iter().filter(|(unit, events)| {
        of_component(events) && !is_in(unit) && done(events).is_some_and(|at| now - at > hours * HOUR)
    });
    loose.map(|(unit, _)| (unit.clone(), "no-parent".to_owned(), String::new())).collect()
}

/// Components that were taken out and that nobody has decided about.
fn quarantined(week: &Week) -> BTreeSet<Found> {
    let mut all = BTreeSet::new();
    for (unit, events) in by_unit(week) {
        let out = events.iter().flat_map(|e| e["data"]["removed"].as_array().into_iter().flatten());
        for gone in out.filter(|gone| gone["fate"] == "quarantine") {
            let serial = &gone["serial"];
            let is_judged = events.iter().any(|e| is(e, &["component-judged"]) && e["data"]["serial"] == *serial);
            let went_in = events.iter().rfind(|e| e["data"]["piece"]["serial"] == *serial).unwrap();
            if !is_judged {
                all.insert((unit.clone(), "provisional".to_owned(), went_in["step"].as_str().unwrap().to_owned()));
            }
        }
    }
    all
}

/// Steps of which something was copied from paper.
fn copied(week: &Week) -> BTreeSet<Found> {
    let mut all = BTreeSet::new();
    for (unit, events) in by_unit(week) {
        let on_paper = |e: &&Value| e["how"]["transcribed"].is_object() && !is(e, &["unit-opened", "unit-closed"]);
        for event in events.iter().filter(on_paper) {
            let step = event["step"].as_str().unwrap_or_default().to_owned();
            all.insert((unit.clone(), "transcribed".to_owned(), step));
        }
    }
    assert!(!all.is_empty(), "nothing of the week was on paper");
    all
}

#[test]
fn the_week_has_no_gap_and_the_remarks_of_an_independent_computation() {
    let week = Week::new();
    let answer = week.shell.run("gaps --json");
    assert_eq!(answer.code, 0, "no gap: {answer:?}");
    let now = micros(&answer.json()["at"]);
    for hours in [1, 8, 24, 100] {
        let mut expected = stood(&week, hours, now);
        expected.extend(at_large(&week, hours, now));
        expected.extend(quarantined(&week));
        expected.extend(copied(&week));
        assert_eq!(found(&week.shell, &format!("--waiting {hours}")), expected, "{hours} h");
    }
    assert!(!stood(&week, 24, now).is_empty() && !at_large(&week, 1, now).is_empty());
}

#[test]
fn steps_that_lie_ahead_are_a_gap_of_the_unit_that_is_asked_for() {
    let week = Week::new();
    let all = week.shell.run("gaps --json").json();
    let ahead = week.shell.run("gaps --json --ahead");
    assert_eq!(ahead.code, 1);
    let ahead = ahead.json();
    assert_eq!(ahead["kinds"]["step-missing"], all["ahead"]);
    assert_eq!(all["units"], Value::from(by_unit(&week).len()));
    let mut complete = 0;
    for unit in by_unit(&week).keys() {
        let shown = week.shell.run(&format!("show {unit} --json")).json();
        let gaps = week.shell.run(&format!("gaps {unit} --json"));
        let lacks = shown["gaps"].as_array().unwrap().len();
        assert_eq!(gaps.code, i32::from(lacks > 0), "{unit}");
        let gaps = gaps.json();
        assert_eq!(gaps["gaps"].as_array().unwrap().len(), lacks, "{unit}: {gaps}");
        assert_eq!(gaps["complete"], i32::from(shown["complete"] == true), "{unit}");
        complete += i32::from(shown["complete"] == true);
    }
    assert_eq!(all["complete"], complete);
}

#[test]
fn every_selection_is_told_by_the_units_that_it_leaves() {
    let week = Week::new();
    let units = by_unit(&week);
    let count = |fits: &dyn Fn(&[Value]) -> bool| units.values().filter(|events| fits(events)).count();
    let told = |options: &str| week.shell.run(&format!("gaps --json {options}")).json()["units"].as_u64().unwrap();
    let many = |n: usize| u64::try_from(n).unwrap();
    assert_eq!(told("--route gearbox"), many(count(&|e| e[0]["route"] == "gearbox")));
    assert_eq!(told("--order WO-26001"), many(count(&|e| e[0]["order"] == "WO-26001")));
    let lot = week.find(|e| e.is("material-installed") && e.says["data"]["piece"]["lot"].is_string());
    let lot = lot.says["data"]["piece"]["lot"].as_str().unwrap().to_owned();
    let users: BTreeSet<_> = week.shell.run(&format!("where-used {lot} --json")).json()["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|used| used["unit"].to_string())
        .collect();
    assert_eq!(told(&format!("--lot {lot}")), many(users.len()));
    let day = "2026-11-25T00:00:00Z".parse::<jiff::Timestamp>().unwrap().as_microsecond();
    let kinds = ["unit-opened", "unit-closed", "move-seen"];
    let changed = |e: &[Value]| e.iter().any(|e| micros(&e["at"]) >= day && !is(e, &kinds));
    let from = "--from 2026-11-25T00:00:00Z";
    assert_eq!(told(from), many(count(&changed)));
    let before = |e: &[Value]| micros(&e[0]["at"]) < day + 24 * HOUR;
    assert_eq!(told(&format!("{from} --to 2026-11-26T00:00:00Z")), many(count(&|e| changed(e) && before(e))));
    let (what, _) = week.shell.run("gaps V000009").failed(1);
    assert!(what.contains("V000009 is not on record"), "{what}");
    week.shell.run("gaps --lot L --route pc200").failed(2);
}

/// What was taken out of a scrapped unit is on record, and lacks nowhere.
#[test]
fn a_scrapped_unit_lacks_nothing_that_was_recovered_from_it() {
    let shell = Shell::at_work();
    shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001", "B0001", "L-1"]);
    let sign = r#""sign":{"badge":"OP-1001","pin":"482913"}"#;
    let scrap = format!(r#"{{"disposition":"scrap","unit":"V000001","reason":"bent",{sign}}}"#);
    let fail = r#"{"command":"fail","reason":"bent"}"#;
    let last = shell.pipe("BENCH-1", &["OP-2001", "V000001", fail, &scrap]);
    assert_eq!(last[3]["did"], "disposed", "{last:?}");
    shell.run("recover V000001 --serial B0001=reuse --reason good --by OP-1001").done();
    assert_eq!(shell.run("gaps").code, 0);
    assert_eq!(shell.run("gaps --ahead").code, 1, "what it will never have");
}

#[test]
fn what_no_replica_holds_is_told_of_each_unit() {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    let all = || {
        let answer = shell.run("gaps --json").json();
        let remarks = answer["remarks"].as_array().unwrap();
        remarks.iter().map(|r| (r["unit"].clone(), r["code"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(all(), [(Value::Null, "not-replicated".into())], "nothing is known of a replica");
    shell.run("replicate --to nas").done();
    assert_eq!(all(), []);
    shell.make("V000002", "B0002");
    assert_eq!(all(), [("V000002".into(), "not-replicated".into())]);
    shell.run("replicate --to nas").done();
    assert_eq!(all(), []);
}

#[test]
fn the_page_and_the_text_say_what_is_found_and_nothing_is_obeyed() {
    let mut week = Week::new();
    let event = week.find(|e| e.is("check-recorded") && e.says["data"]["value"].is_string() && week.passed_with(e));
    let value = format!("\"value\":{}", event.says["data"]["value"]);
    week.edit(event.seq(), &value, "\"value\":\"<b>\\u001b[2J\"");
    week.edit(event.seq(), "\"passed\":true", "\"passed\":false");
    assert!(!week.found("").is_empty());
    let text = week.shell.run("gaps");
    assert_eq!(text.code, 1);
    let page = week.shell.run("gaps --html").out;
    assert!(text.out.lines().all(|line| line.chars().count() <= 80), "{}", text.out);
    assert!(text.out.contains("<b><1B>[2J failed") && page.contains("&lt;b&gt;&lt;1B&gt;[2J failed"), "{}", text.out);
    assert!(!page.contains("<b>") && !page.contains('\u{1b}') && !page.contains("<script"));
    for finding in found(&week.shell, "") {
        assert!(text.out.contains(&finding.0) && page.contains(&finding.0), "{finding:?}");
    }
}

//! What a box recorded after its last night turns up again, when another box went on in its place: units of which both
//! tell are worked on no more, until a lead has named what does not fit.

use std::fs;

use serde_json::{Value, json};
use traveller::domain::command::Command;
use traveller::domain::id::UnitId;
use traveller::domain::settling::Settle;

use super::absorbing::{Floor, sent};
use super::desk::files;
use super::new_box::{at_work, image, restore};
use crate::support::floor::Floor as Shop;
use crate::support::forked;
use crate::support::shell::{LEAD_PIN, OPERATOR_PIN, Shell};

fn value(v: &str) -> String {
    json!({ "value": v }).to_string()
}

/// The bench's step of a unit.
fn at_the_bench(shell: &Shell, unit: &str) {
    let (confirm, choice) = (r#"{"check":"seated","value":"pass"}"#, r#"{"check":"colour","value":"red"}"#);
    let (first, second) = (value("2.21"), value("2.20"));
    let lines = ["OP-2001", unit, &first, &second, confirm, choice, "PLATE-V100", &value("fine")];
    let last = shell.pipe("BENCH-1", &lines);
    assert_eq!(last.last().unwrap()["did"], "step-passed", "{last:?}");
}

/// The rest of its way.
fn to_the_gate(shell: &Shell, unit: &str) {
    let sign = json!({ "sign": { "badge": "OP-3001", "pin": OPERATOR_PIN } }).to_string();
    let tested = shell.pipe("TEST-1", &["OP-2001", unit, &value("0.30"), &sign, r#"{"command":"pass"}"#]);
    assert_eq!(tested.last().unwrap()["did"], "step-passed", "{tested:?}");
    let gone = shell.pipe("GATE-1", &["OP-2001", unit, r#"{"command":"pass"}"#]);
    assert_eq!(gone.last().unwrap()["did"], "unit-dispatched", "{gone:?}");
}

fn people_are_back(shell: &Shell) {
    shell.run_with("operator pin OP-1001 --recover", "TRAVELLER_NEW_PIN", LEAD_PIN).done();
    for badge in ["OP-2001", "OP-3001"] {
        shell.run(&format!("operator pin {badge} --by OP-1001")).done();
    }
}

/// A terminal that was replaced twice. What the first box recorded after its last night came to light in between, so
/// that three units have two histories.
pub(crate) fn replaced_twice(floor: &Floor) -> Shell {
    let old = at_work(floor);
    for unit in ["V000003", "V000004"] {
        old.pipe("KIT-1", &["OP-2001", unit, unit, &format!("B{}", &unit[3..]), "L-1"]);
    }
    sent(&old);
    image(&floor.path("T1"), &floor.path("image"));
    let old = Shell::at(floor.path("image").to_str().unwrap());
    for unit in ["V000002", "V000003"] {
        at_the_bench(&old, unit);
    }
    old.run("hold V000004 --reason scratched --by OP-1001").done();
    old.run("replicate --to ../stick").done();

    let second = floor.terminal("second");
    restore(&second).json();
    people_are_back(&second);
    for unit in ["V000002", "V000003", "V000004"] {
        at_the_bench(&second, unit);
    }
    sent(&second);
    // Somebody puts the two replicas together.
    for file in files(&floor.path("stick")) {
        let to = floor.nas().join(file.strip_prefix(floor.path("stick")).unwrap());
        if !to.exists() {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(&file, &to).unwrap();
        }
    }
    let epoch = second.run("verify --json").json()["ledgers"].as_array().unwrap().last().unwrap()["epoch"].clone();
    let third = floor.terminal("third");
    let asked = restore(&third);
    assert_eq!(asked.code, 1, "{asked:?}");
    let told = asked.json()["divergence"].to_string();
    assert!(told.contains("both go on as terminal T1") && told.contains("--life"), "{told}");
    let wrong = third.run("restore --from ../nas --terminal T1 --life 0123456789abcdef");
    let (_, instead) = wrong.failed(2);
    assert!(instead.contains(epoch.as_str().unwrap()), "{instead}");
    third.run(&format!("restore --from ../nas --terminal T1 --life {}", epoch.as_str().unwrap())).done();
    people_are_back(&third);
    third
}

fn gaps(shell: &Shell, unit: &str) -> Vec<Value> {
    let shown: Value = serde_json::from_str(&shell.run(&format!("show {unit} --json")).out).unwrap();
    let gaps = shown["gaps"].as_array().unwrap();
    gaps.iter().filter(|gap| gap["code"] == "fork" || gap["code"] == "incomplete-record").cloned().collect()
}

/// The events that are to be named, as they are told.
fn named(shell: &Shell, unit: &str) -> Vec<String> {
    let (_, instead) = shell.run(&format!("settle {unit} --reason x --by OP-1001")).failed(2);
    let named = instead.split("--event ").skip(1).map(|event| event.trim().to_owned()).collect::<Vec<_>>();
    assert!(named.len() >= 2, "{instead}");
    named
}

#[test]
fn a_lost_tail_that_turns_up_forks_and_a_lead_who_names_both_ends_it() {
    let floor = Floor::new();
    let third = replaced_twice(&floor);
    let plant = floor.absorb("nas");
    assert_eq!(plant.code, 1, "the plant is told that both go on: {plant:?}");

    for unit in ["V000002", "V000003", "V000004"] {
        assert_eq!(gaps(&third, unit)[0]["code"], "fork", "{unit}");
        let shown: Value = serde_json::from_str(&floor.plant(&format!("show {unit} --json")).done()).unwrap();
        assert!(shown["gaps"].to_string().contains(r#""code":"fork""#), "the plant sees it too: {shown}");
    }
    let refused = third.pipe("TEST-1", &["OP-2001", "V000002"]);
    let stop = refused.last().unwrap();
    assert_eq!((&stop["code"], &stop["severity"]), (&json!("fork"), &json!("stop")), "{stop}");
    assert_eq!(stop["evidence"]["events"].as_array().unwrap().len(), 2, "{stop}");

    // Whoever has no authority, names one of two, or a third one, settles nothing.
    let both = named(&third, "V000002");
    let settle = |events: &[&str], by: &str, more: &str| {
        let events: Vec<_> = events.iter().map(|event| format!("--event {event}")).collect();
        let line = format!("settle V000002 {} {more} --reason found --by {by} --json", events.join(" "));
        let answer = third.run(&line);
        let code = answer.code;
        let verdict = answer.json();
        (code, verdict["code"].as_str().or(verdict["did"].as_str()).unwrap().to_owned())
    };
    let [one, other] = [both[0].as_str(), both[1].as_str()];
    assert_eq!(settle(&[one], "OP-1001", ""), (1, "fork".to_owned()));
    assert_eq!(settle(&[one, other, "7"], "OP-1001", ""), (1, "fork".to_owned()));
    assert_eq!(settle(&[one, other], "OP-1001", "--to 70"), (1, "bad-input".to_owned()));
    assert_eq!(settle(&[one, other], "OP-1001", ""), (0, "history-settled".to_owned()));
    assert_eq!(settle(&[one, other], "OP-1001", ""), (1, "already-recorded".to_owned()));
    assert_eq!(gaps(&third, "V000002"), Vec::<Value>::new());
    to_the_gate(&third, "V000002");

    // Another one is done again from the bench on.
    let both = named(&third, "V000003");
    let line = json!({ "unit": "V000003", "settle": both, "to": "20", "reason": "torque of which?",
        "sign": { "badge": "OP-1001", "pin": LEAD_PIN } });
    let operator = json!({ "unit": "V000003", "settle": both, "reason": "x",
        "sign": { "badge": "OP-2001", "pin": OPERATOR_PIN } });
    let answers = third.pipe("BENCH-1", &["OP-2001", &operator.to_string(), &line.to_string()]);
    assert_eq!((&answers[1]["code"], &answers[2]["did"]), (&json!("role"), &json!("history-settled")), "{answers:?}");
    let early = third.pipe("TEST-1", &["OP-2001", "V000003"]);
    assert_eq!(early.last().unwrap()["code"], "wrong-station", "{early:?}");
    at_the_bench(&third, "V000003");
    to_the_gate(&third, "V000003");

    // A hold is ended by itself; the fork stands.
    let held = third.pipe("TEST-1", &["OP-2001", "V000004"]);
    assert_eq!(held.last().unwrap()["code"], "on-hold");
    third.run("hold V000004 --release --reason polished --by OP-1001").done();
    let forked = third.pipe("TEST-1", &["OP-2001", "V000004"]);
    assert_eq!(forked.last().unwrap()["code"], "fork");

    for line in ["verify", "replay --all", "rebuild", "verify"] {
        third.run(line).done();
    }
    sent(&third);
    // Whoever restored the third one knew of both, and chose: the plant has nothing to settle between boxes any more.
    let settled = floor.absorb("nas");
    assert_eq!(settled.code, 0, "{settled:?}");
    assert!(settled.json()["remarks"].to_string().contains("settled that"), "and it is still told");
    floor.plant("verify").done();
    for (unit, forks) in [("V000002", 0), ("V000003", 0), ("V000004", 1)] {
        let shown: Value = serde_json::from_str(&floor.plant(&format!("show {unit} --json")).out).unwrap();
        let found = shown["gaps"].as_array().unwrap().iter().filter(|gap| gap["code"] == "fork").count();
        assert_eq!(found, forks, "{unit} in the plant: {shown}");
    }
}

/// The answer at a station.
fn answered(shop: &mut Shop, at: &str, line: &str) -> &'static str {
    match shop.line(&at.parse().unwrap(), line.as_bytes(), None).answer {
        Ok(did) => did.word(),
        Err(refusal) => refusal.code.word(),
    }
}

fn play(shop: &mut Shop, lines: &[(&str, &str, &str)]) {
    for (at, line, word) in lines {
        assert_eq!(answered(shop, at, line), *word, "{at}: {line}");
    }
}

fn hold(shop: &mut Shop, unit: &str) {
    let (unit, by) = (unit.parse().unwrap(), "QA-1".parse().unwrap());
    shop.shell.give(&Command::HoldUnit { unit, reason: "scratched".to_owned(), by }).answer.unwrap();
}

#[test]
fn a_sub_assembly_with_two_histories_goes_into_nothing_and_stops_what_it_is_in() {
    let mut first = Shop::new();
    first.release("board");
    first.release("cabinet");
    let made = |board: &'static str, chip: &'static str| {
        [("smd", board, "unit-opened"), ("smd", chip, "step-passed"), ("smd", r#"{"value":"pass"}"#, "unit-completed")]
    };
    play(&mut first, &[("smd", "OP-1", "signed-on"), ("bench", "OP-2", "signed-on")]);
    play(&mut first, &made("PB00001", "CH0001"));
    play(&mut first, &made("PB00002", "CH0002"));
    play(&mut first, &[("bench", "H000001", "unit-opened"), ("bench", "PB00001", "material-installed")]);
    play(&mut first, &[("bench", "HS0001", "step-passed")]);
    let first = first.close();
    let second = forked::replaced(&first);
    let (mut one, mut other) = (Shop::of(first), Shop::of(second));
    for shop in [&mut one, &mut other] {
        hold(shop, "PB00001");
        hold(shop, "PB00002");
    }
    let (first, second) = (one.close(), other.close());
    let mut shop = Shop::of(forked::in_place_of(&[&first, &second], |_| true));
    for unit in ["PB00001", "PB00002"] {
        for _each in 0..2 {
            let unit: UnitId = unit.parse().unwrap();
            let hold = shop.shell.clerk.ledger().reader().traveller(&unit).unwrap().unwrap().holds[0].event.clone();
            let by = "LEAD".parse().unwrap();
            let release = Command::ReleaseHold { unit, hold: Some(hold), reason: "clean".to_owned(), by };
            shop.shell.give(&release).answer.unwrap();
        }
    }
    play(
        &mut shop,
        &[("bench", "OP-2", "signed-on"), ("bench", "H000002", "unit-opened"), ("bench", "PB00002", "fork")],
    );
    play(&mut shop, &[("test", "OP-1", "signed-on"), ("test", "H000001", "fork")]);
    for unit in ["PB00001", "PB00002"] {
        let unit: UnitId = unit.parse().unwrap();
        let traveller = shop.shell.clerk.ledger().reader().traveller(&unit).unwrap().unwrap();
        let events = traveller.broken().into_iter().map(ToString::to_string).collect();
        let settle = Settle { unit, events, to: None, reason: "one hold".to_owned(), by: "LEAD".parse().unwrap() };
        shop.shell.give(&Command::Settle(settle)).answer.unwrap();
    }
    play(&mut shop, &[("bench", "PB00002", "material-installed"), ("test", "H000001", "unit-opened")]);
    shop.prove("two histories");
}

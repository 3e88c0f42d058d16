//! The board's figures are those of an independent computation from the events themselves.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::shell::Shell;

/// A quarter of an hour, in microseconds.
const QUARTER: i64 = 900_000_000;

fn micros(at: &Value) -> i64 {
    at.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_microsecond()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

type Counts = BTreeMap<(String, &'static str), u64>;

/// What is counted of an event, by the words of the board.
fn counted(event: &Value) -> Option<&'static str> {
    let again = event["data"]["again"] == true;
    match event["kind"].as_str().unwrap() {
        "step-passed" => Some("passed"),
        "step-failed" => Some("failed"),
        "refused" => Some("refused"),
        "unit-completed" if !again => Some("finished"),
        "unit-dispatched" if !again && event["data"]["shipment"].is_null() => Some("finished"),
        _ => None,
    }
}

#[test]
fn the_board_says_what_the_events_say() {
    for seed in [1, 2, 3] {
        let shell = Shell::new();
        shell.run(&format!("demo --no-terminal --units 40 --seed {seed}")).done();
        let events: Vec<Value> =
            shell.run("events --json").done().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        // In the middle of a day of work, and at the end of the record.
        for share in [events.len() / 2, events.len() * 4 / 5, events.len() - 1] {
            let at = text(&events[share]["at"]);
            let board = shell.run(&format!("board --once --json --at {at}")).json();
            let (from, to) = (micros(&board["from"]), (micros(&board["at"]).div_euclid(QUARTER) + 1) * QUARTER);
            let mut by_station = Counts::new();
            let mut first: BTreeMap<(String, String), (u64, u64)> = BTreeMap::new();
            let mut codes: BTreeMap<String, u64> = BTreeMap::new();
            for event in &events {
                let moment = micros(&event["at"]);
                let is_production = event.get("purpose").is_none();
                if moment >= from && event["kind"] == "refused" {
                    *codes.entry(text(&event["data"]["code"])).or_default() += 1;
                }
                if moment >= from && is_production && event["attempt"] == 1 {
                    let key = (text(&event["route"]), text(&event["step"]));
                    match event["kind"].as_str().unwrap() {
                        "step-passed" => *first.entry(key).or_default() = tried(&first_of(&first, event), true),
                        "step-failed" => *first.entry(key).or_default() = tried(&first_of(&first, event), false),
                        _ => {}
                    }
                }
                if let Some(what) = counted(event).filter(|_| (from..to).contains(&moment) && is_production) {
                    *by_station.entry((text(&event["station"]), what)).or_default() += 1;
                }
            }
            for line in board["stations"].as_array().unwrap() {
                for what in ["passed", "failed", "refused", "finished"] {
                    let wanted = by_station.get(&(text(&line["station"]), what)).copied().unwrap_or(0);
                    assert_eq!(line[what], wanted, "seed {seed}, {at}: {what} of {line}");
                }
            }
            for what in ["passed", "failed", "refused", "finished"] {
                let hours: u64 =
                    board["hours"].as_array().unwrap().iter().map(|hour| hour[what].as_u64().unwrap()).sum();
                let wanted: u64 = by_station.iter().filter(|((_, of), _)| *of == what).map(|(_, n)| n).sum();
                assert_eq!(hours, wanted, "seed {seed}, {at}: {what} hour by hour");
            }
            let told: BTreeMap<_, _> = board["first_pass"]
                .as_array()
                .unwrap()
                .iter()
                .map(|l| {
                    (
                        (text(&l["route"]), text(&l["step"])),
                        (l["tried"].as_u64().unwrap(), l["passed"].as_u64().unwrap()),
                    )
                })
                .collect();
            assert_eq!(told, first, "seed {seed}, {at}: first attempts");
            for line in board["refusals"].as_array().unwrap() {
                assert_eq!(line["times"], codes[line["code"].as_str().unwrap()], "seed {seed}, {at}");
            }
        }
        on_their_way(&shell);
    }
}

fn first_of(first: &BTreeMap<(String, String), (u64, u64)>, event: &Value) -> (u64, u64) {
    first.get(&(text(&event["route"]), text(&event["step"]))).copied().unwrap_or_default()
}

fn tried((tried, passed): &(u64, u64), good: bool) -> (u64, u64) {
    (tried + 1, passed + u64::from(good))
}

/// What is on its way is what the units say of themselves, and what needs a person is held or failed.
fn on_their_way(shell: &Shell) {
    let board = shell.run("board --once --json").json();
    let units = shell.run("units --json").json();
    let units = units["units"].as_array().unwrap();
    let sum: u64 = board["work"].as_array().unwrap().iter().map(|line| line["units"].as_u64().unwrap()).sum();
    let on_way = units.iter().filter(|unit| unit["step"].is_string()).count();
    assert_eq!(usize::try_from(sum).unwrap(), on_way, "{board}");
    let failed = units.iter().filter(|unit| unit["state"] == "nonconforming").count();
    let attention = board["attention"].as_array().unwrap();
    assert_eq!(attention.iter().filter(|a| a["what"] == "nonconforming").count(), failed);
    let held: std::collections::BTreeSet<_> =
        attention.iter().filter(|a| a["what"] == "held").map(|a| text(&a["unit"])).collect();
    for unit in units.iter().filter(|unit| unit["state"] == "held") {
        assert!(held.contains(&text(&unit["unit"])), "{unit}");
    }
    for order in board["orders"].as_array().unwrap() {
        let left = order["quantity"].as_u64().unwrap() - order["finished"].as_u64().unwrap();
        assert_eq!(order["left"], left);
    }
    let page = shell.run("board --once").done();
    for title in ["BOARD", "Needs a person now", "Stations", "Hour by hour", "On their way", "Orders"] {
        assert!(page.contains(title), "{title} is missing in\n{page}");
    }
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    let (_, instead) = shell.run("board").failed(2);
    assert!(instead.contains("--once"), "{instead}");
}

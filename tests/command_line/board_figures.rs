//! What the board counts event by event is what the events say: the stations' first attempts, how it was recorded, what
//! failed, when stations were down, what lies half done, and the values of a trend.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::shell::Shell;

fn micros(at: &Value) -> i64 {
    at.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_microsecond()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn n(board: &Value, name: &str) -> u64 {
    board["shares"][name].as_u64().unwrap()
}

/// What was counted of the production since a moment.
#[derive(Default)]
struct Counted {
    stations: BTreeMap<String, (u64, u64)>,
    failures: BTreeMap<(String, String, String), u64>,
    attempts: u64,
    retests: u64,
    records: u64,
    typed: u64,
    transcribed: u64,
    corrected: u64,
}

impl Counted {
    fn of(events: &[Value], from: i64) -> Self {
        let mut all = Self::default();
        let production = |event: &&Value| micros(&event["at"]) >= from && event.get("purpose").is_none();
        for event in events.iter().filter(production) {
            match event["kind"].as_str().unwrap() {
                kind @ ("step-passed" | "step-failed") => {
                    let passed = kind == "step-passed";
                    all.attempts += 1;
                    if event["attempt"] == 1 {
                        let (tried, good) = all.stations.entry(text(&event["station"])).or_default();
                        *tried += 1;
                        *good += u64::from(passed);
                    }
                    if !passed {
                        let because = &event["data"]["because"];
                        let what = match (&event["data"]["defect"], because) {
                            (Value::String(defect), _) => defect.clone(),
                            (_, Value::String(word)) => word.clone(),
                            (_, other) => text(&other["check"]),
                        };
                        *all.failures.entry((text(&event["route"]), text(&event["step"]), what)).or_default() += 1;
                    }
                }
                "retest-begun" => all.retests += 1,
                "observation-voided" => all.corrected += 1,
                "check-recorded" | "material-installed" => {
                    all.records += 1;
                    all.typed += u64::from(event["how"] == "typed");
                    all.transcribed += u64::from(event.get("happened").is_some());
                    all.corrected += u64::from(!event["corrects"].is_null());
                }
                _ => {}
            }
        }
        all
    }
}

#[test]
fn what_is_counted_is_what_the_events_say() {
    for seed in [1, 2] {
        let shell = Shell::new();
        shell.run(&format!("demo --no-terminal --units 40 --seed {seed}")).done();
        let events: Vec<Value> =
            shell.run("events --json").done().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let middle = text(&events[events.len() / 2]["at"]);
        for since in ["2020-01-01", &middle] {
            let board = shell.run(&format!("board --json --since {since}")).json();
            let wanted = Counted::of(&events, micros(&board["from"]));
            assert!(wanted.records > 50 && wanted.typed > 0, "the demo has something to count");
            for line in board["stations"].as_array().unwrap() {
                let (tried, passed) = wanted.stations.get(&text(&line["station"])).copied().unwrap_or_default();
                assert_eq!(line["tried"], tried, "{line}");
                let share = passed.checked_mul(1_000).and_then(|all| all.checked_div(tried));
                assert_eq!(line["first_pass"].as_u64(), share, "{line}");
            }
            let told: BTreeMap<_, _> = board["failures"]
                .as_array()
                .unwrap()
                .iter()
                .map(|l| ((text(&l["route"]), text(&l["step"]), text(&l["what"])), l["times"].as_u64().unwrap()))
                .collect();
            assert_eq!(told, wanted.failures, "seed {seed}, since {since}");
            for (name, figure) in [
                ("attempts", wanted.attempts),
                ("retests", wanted.retests),
                ("records", wanted.records),
                ("typed", wanted.typed),
                ("transcribed", wanted.transcribed),
                ("corrected", wanted.corrected),
            ] {
                assert_eq!(n(&board, name), figure, "seed {seed}, since {since}: {name}");
            }
        }
        at_the_stations(&shell, &events);
        a_trend(&shell, &events);
    }
}

/// Downtime is as `downtime list` has it, and half done is what `shift` has.
fn at_the_stations(shell: &Shell, events: &[Value]) {
    let board = shell.run("board --json --since 2020-01-01").json();
    let begun = events.iter().filter(|event| event["kind"] == "station-down").count();
    assert_eq!(board["downtime"].as_array().unwrap().len(), begun);
    let left = shell.run("shift --json").json();
    let units = |list: &Value| list.as_array().unwrap().iter().map(|unit| text(&unit["unit"])).collect::<Vec<_>>();
    assert_eq!(units(&board["half_done"]), units(&left["half_done"]));
    let notes = events.iter().filter(|event| event["kind"] == "note-left").count();
    assert_eq!(board["notes"].as_array().unwrap().len(), notes);
}

/// The values of a trend are those on record that were not taken back; the mean is their mean.
fn a_trend(shell: &Shell, events: &[Value]) {
    let voided: Vec<&Value> =
        events.iter().filter(|e| e["kind"] == "observation-voided").map(|event| &event["corrects"]).collect();
    let board = shell.run("board --json --trend pc200:40:torque").json();
    let is_it = |e: &&Value| {
        e["kind"] == "check-recorded"
            && e["route"] == "pc200"
            && e["step"] == "40"
            && e["data"]["check"] == "torque"
            && e.get("purpose").is_none()
            && !voided.contains(&&e["seq"])
    };
    let mut wanted: Vec<String> = events.iter().filter(is_it).map(|e| text(&e["data"]["value"])).collect();
    let over = wanted.len().saturating_sub(120);
    wanted.drain(..over);
    let points = board["trend"]["points"].as_array().unwrap();
    let told: Vec<String> = points.iter().map(|point| text(&point["value"])).collect();
    assert!(told.len() > 8, "{board}");
    assert_eq!(told, wanted);
    let hundredths = |value: &str| value.replace('.', "").parse::<i64>().unwrap();
    let sum: i64 = wanted.iter().map(|value| hundredths(value)).sum();
    let mean = hundredths(&text(&board["trend"]["control"]["mean"]));
    // The mean has two digits more than the values: ten thousandths.
    let count = i64::try_from(wanted.len()).unwrap();
    assert!((mean * count - sum * 100).abs() <= count, "{mean} of {count} is not {sum}");
}

//! The review of a log, against figures that are computed here from the same lines in another way: pair by pair, from
//! the words of the rules, with text and lists alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use crate::support::shell::Shell;

/// A row as it was written.
#[derive(Debug, Clone)]
struct Row {
    case: String,
    activity: String,
    start: i64,
    end: i64,
    who: String,
}

/// Numbers that look like chance, and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

/// A production with parallel work, rework, slips of the pen, skipped steps, foreign work and times of whole minutes.
fn production(seed: u64, cases: u64) -> Vec<Row> {
    let mut chance = Chance(seed);
    let mut rows = Vec::new();
    for case in 0..cases {
        let mut way = vec!["Goods in", "Cut"];
        way.extend(if chance.below(2) == 0 { ["Weld left", "Weld right"] } else { ["Weld right", "Weld left"] });
        way.extend(["Paint", "Assemble", "Final test"]);
        while chance.below(6) == 0 {
            way.extend(["Assemble", "Final test"]);
        }
        way.push("Pack");
        if chance.below(10) == 0 {
            way.remove(usize::try_from(chance.below(6)).unwrap());
        }
        if chance.below(8) == 0 {
            let at = usize::try_from(chance.below(5)).unwrap();
            way.swap(at, at + 1);
        }
        if chance.below(12) == 0 {
            way.insert(3, "Lunch");
        }
        let mut at = i64::try_from(chance.below(10_000)).unwrap();
        for activity in way {
            let slip = chance.below(60) == 0;
            let long = i64::try_from(chance.below(9)).unwrap();
            rows.push(Row {
                case: format!("WX-{:05}", case + 100),
                activity: if slip { activity.replacen('e', "", 1) } else { activity.to_owned() },
                start: at,
                end: at + long,
                who: format!("P{}", chance.below(4)),
            });
            // A quarter of the time the next begins before this one ended, or in the same minute.
            at += if chance.below(4) == 0 { 0 } else { long + i64::try_from(chance.below(50)).unwrap() };
        }
    }
    // The file is in no order of cases.
    rows.sort_by_key(|row| row.start);
    rows
}

fn minute(at: i64) -> String {
    format!("2026-03-{:02} {:02}:{:02}", 1 + at / 1_440, at / 60 % 24, at % 60)
}

fn csv(rows: &[Row]) -> String {
    let mut text = String::from("unit;what;from;to;who\n");
    for row in rows {
        writeln!(text, "{};{};{};{};{}", row.case, row.activity, minute(row.start), minute(row.end), row.who).unwrap();
    }
    text
}

/// Each case's rows, by beginning, and where that is the same, as in the file.
fn by_case(rows: &[Row]) -> BTreeMap<&str, Vec<&Row>> {
    let mut cases: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let case = cases.entry(&row.case).or_default();
        let at = case.iter().filter(|other| other.start <= row.start).count();
        case.insert(at, row);
    }
    cases
}

const COLUMNS: &str = "--case unit --activity what --time from --end to --resource who";

fn review(rows: &[Row]) -> Value {
    let shell = Shell::new();
    std::fs::write(shell.home.path().join("log.csv"), csv(rows)).unwrap();
    shell.run(&format!("review --log log.csv {COLUMNS} --json")).json()
}

/// `[right, early, again, other, cases that conform]`, from the words of the rules, and the order that was found.
fn held_against(rows: &[Row], steps: &[Value]) -> [u64; 5] {
    let group = |name: &str| steps.iter().find(|s| s["name"] == name).and_then(|s| s["group"].as_u64());
    let in_order: Vec<&str> =
        steps.iter().filter(|s| s["group"].is_u64()).map(|s| s["name"].as_str().unwrap()).collect();
    let [mut right, mut early, mut again, mut other, mut conform] = [0; 5];
    for case in by_case(rows).values() {
        let mut good = in_order.iter().all(|name| case.iter().any(|row| row.activity == **name));
        for (at, row) in case.iter().enumerate() {
            let done: BTreeSet<&str> = case[..at].iter().map(|before| before.activity.as_str()).collect();
            let Some(mine) = group(&row.activity) else {
                other += 1;
                continue;
            };
            let first = in_order.iter().filter(|name| group(name).unwrap() < mine).any(|name| !done.contains(*name));
            if done.contains(row.activity.as_str()) {
                (again, good) = (again + 1, false);
            } else if first {
                (early, good) = (early + 1, false);
            } else {
                right += 1;
            }
        }
        conform += u64::from(good);
    }
    [right, early, again, other, conform]
}

#[test]
fn the_figures_are_those_of_an_independent_computation() {
    for seed in 1..=8 {
        let rows = production(seed, 300);
        let found = review(&rows);
        let steps = found["steps"].as_array().unwrap();
        let groups: Vec<_> = steps.iter().map(|s| (s["name"].as_str().unwrap(), s["group"].as_u64())).take(8).collect();
        let of = |name: &str| groups.iter().find(|(known, _)| *known == name).unwrap().1;
        assert_eq!(of("Weld left"), of("Weld right"), "{seed}: either goes first: {groups:?}");
        for (one, next) in
            [("Goods in", "Cut"), ("Weld left", "Paint"), ("Assemble", "Final test"), ("Final test", "Pack")]
        {
            assert!(of(one) < of(next), "{seed}: {one} goes before {next}: {groups:?}");
        }
        let fit = &found["conformance"];
        let figures = ["right", "early", "again", "other", "conform"].map(|key| fit[key].as_u64().unwrap());
        assert_eq!(figures, held_against(&rows, steps), "seed {seed}");
        assert!(figures.iter().all(|n| *n > 0), "seed {seed}: nothing of one kind: {figures:?}");
        ways_and_waits(&rows, &found, seed);
    }
}

/// Variants, waits, work and people, counted one by one.
fn ways_and_waits(rows: &[Row], found: &Value, seed: u64) {
    let cases = by_case(rows);
    let mut ways: BTreeMap<Vec<&str>, u64> = BTreeMap::new();
    let mut waits: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
    for case in cases.values() {
        *ways.entry(case.iter().map(|row| row.activity.as_str()).collect()).or_default() += 1;
        for pair in case.windows(2) {
            let wait = (pair[1].start - pair[0].end).max(0);
            waits.entry((&pair[0].activity, &pair[1].activity)).or_default().push(wait * 60_000_000);
        }
    }
    assert_eq!(found["ways"].as_u64().unwrap(), u64::try_from(ways.len()).unwrap(), "seed {seed}");
    for told in found["variants"].as_array().unwrap() {
        let way: Vec<&str> = told["way"].as_array().unwrap().iter().map(|step| step.as_str().unwrap()).collect();
        assert_eq!(told["cases"].as_u64(), ways.get(&way).copied(), "seed {seed}: {way:?}");
    }
    assert_eq!(found["variants"][0]["cases"].as_u64(), ways.values().max().copied());
    for told in found["handovers"].as_array().unwrap() {
        let pair = (told["from"].as_str().unwrap(), told["to"].as_str().unwrap());
        let mut of = waits[&pair].clone();
        of.sort_unstable();
        let wait = &told["wait"];
        assert_eq!(wait["sum"].as_i64().unwrap(), of.iter().sum::<i64>(), "seed {seed}: {pair:?}");
        assert_eq!(wait["median"].as_i64().unwrap(), of[(of.len() - 1) / 2], "seed {seed}: {pair:?}");
    }
    for step in found["steps"].as_array().unwrap() {
        let of: Vec<&Row> = rows.iter().filter(|row| row.activity == step["name"].as_str().unwrap()).collect();
        let who: BTreeSet<&str> = of.iter().map(|row| row.who.as_str()).collect();
        assert_eq!(step["people"].as_u64().unwrap(), u64::try_from(who.len()).unwrap());
        let worked: i64 = of.iter().map(|row| (row.end - row.start) * 60_000_000).sum();
        assert_eq!(step["work"]["sum"].as_i64().unwrap(), worked, "seed {seed}: {step}");
    }
}

#[test]
fn a_slip_of_the_pen_is_told_and_the_meeting_is_asked() {
    let found = review(&production(3, 400));
    let told: Vec<_> =
        found["alike"].as_array().unwrap().iter().map(|a| (a["rare"].as_str(), a["meant"].as_str())).collect();
    assert!(told.contains(&(Some("Assmble"), Some("Assemble"))), "{told:?}");
    let questions = found["questions"].as_array().unwrap();
    let asked = |about: &str| questions.iter().any(|q| q["about"] == about);
    for about in ["wait", "rework", "early", "lacking", "names", "times"] {
        assert!(asked(about), "nobody asks about {about}: {questions:?}");
    }
    let costs: Vec<_> = questions.iter().map(|q| q["cost"].as_i64().unwrap_or(-1)).collect();
    assert!(costs.is_sorted_by(|one, next| one >= next), "the most costly first: {costs:?}");
}

#[test]
fn the_route_that_a_log_proposes_is_sound_and_holds_the_log() {
    let shell = Shell::new();
    std::fs::write(shell.home.path().join("log.csv"), csv(&production(5, 300))).unwrap();
    let route = shell.run(&format!("review --log log.csv {COLUMNS} --propose wx")).done();
    std::fs::write(shell.home.path().join("wx.toml"), &route).unwrap();
    shell.run("route check wx.toml").done();
    assert!(route.contains(r"pattern = 'WX-\d{5}'") && route.contains("rework_to = [\"60\"]"), "{route}");
    let found = shell.run(&format!("review --log log.csv {COLUMNS} --json")).json();
    let against = shell.run(&format!("review --log log.csv {COLUMNS} --route wx.toml --json")).json();
    assert_eq!(found["conformance"], against["conformance"]);
    assert_eq!((found["of_route"].as_bool(), against["of_route"].as_bool()), (Some(false), Some(true)));
}

#[test]
fn the_page_and_the_text_say_the_same() {
    let shell = Shell::new();
    let mut rows = production(7, 200);
    rows[0].activity = "<b>Goods & in</b>\u{1b}[2J".to_owned();
    std::fs::write(shell.home.path().join("log.csv"), csv(&rows)).unwrap();
    let text = shell.run(&format!("review --log log.csv {COLUMNS}")).done();
    let page = shell.run(&format!("review --log log.csv {COLUMNS} --html")).done();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let found = shell.run(&format!("review --log log.csv {COLUMNS} --json")).json();
    for question in found["questions"].as_array().unwrap() {
        let ask = question["ask"].as_str().unwrap();
        let plain: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.contains(ask), "{ask}: {text}");
        assert!(page.contains(&ask.replace('"', "&quot;")), "{ask}");
    }
    for unsafe_piece in ["<b>", "\u{1b}", "<script"] {
        assert!(!page.contains(unsafe_piece) && !text.contains('\u{1b}'), "{unsafe_piece:?}");
    }
    assert!(page.contains("<svg") && page.contains("marker-end"), "the map is drawn");
}

#[test]
fn what_is_no_such_log_is_wrong_use_with_what_to_do() {
    let shell = Shell::new();
    std::fs::write(shell.home.path().join("log.csv"), "unit,what,from\nA,Cut,05/06/2026 06:00\n").unwrap();
    let run = |more: &str| shell.run(&format!("review --log log.csv --case unit --activity what --time from {more}"));
    let (what, instead) = run("").failed(2);
    assert!(what.contains("may be two days") && instead.contains("--slashes"), "{what} {instead}");
    run("--slashes month-first").done();
    let (what, instead) = run("--end until").failed(2);
    assert!(what.contains("no column until") && instead.contains("unit, what, from"), "{what} {instead}");
    let (what, _) = shell.run("review --log away.csv --case a --activity b --time c").failed(2);
    assert!(what.contains("away.csv could not be read"), "{what}");
}

/// The events of one route, as `traveller events --json` gives them.
fn events_of<'e>(all: &'e [Value], route: &str) -> Vec<&'e Value> {
    all.iter().filter(|event| event["route"] == route).collect()
}

/// How long each refusal of a code stood before anything else happened to its unit, or where it names none, at its
/// station: all of them together, in microseconds.
fn stood(events: &[&Value], code: &str) -> i64 {
    let micros = |event: &Value| event["at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_microsecond();
    let of_code = |event: &&&Value| event["kind"] == "refused" && event["data"]["code"] == code;
    let mut sum = 0;
    for refused in events.iter().filter(of_code) {
        let subject = if refused["unit"].is_string() { "unit" } else { "station" };
        let goes_on = |event: &&&Value| {
            event["seq"].as_u64() > refused["seq"].as_u64()
                && event["kind"] != "refused"
                && event[subject] == refused[subject]
                && event[subject].is_string()
        };
        sum += events.iter().find(goes_on).map_or(0, |next| micros(next) - micros(refused));
    }
    sum
}

#[test]
fn the_review_of_a_ledger_is_that_of_its_events() {
    let shell = Shell::new();
    shell.run("demo --units 30 --no-terminal --ledger l.db").done();
    let lines = shell.run("events --json --ledger l.db").done();
    let all: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let reviews = shell.run("review --json --ledger l.db").done();
    let mut routes = 0;
    for review in reviews.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let events = events_of(&all, review["route"].as_str().unwrap());
        let kind = |kind: &str| events.iter().filter(|event| event["kind"] == kind).count();
        let done = ["step-passed", "step-failed", "step-skipped"].map(kind).iter().sum::<usize>();
        assert_eq!(review["events"].as_u64().unwrap(), u64::try_from(done).unwrap(), "{}", review["route"]);
        for check in review["checks"].as_array().unwrap() {
            let of: Vec<_> = events
                .iter()
                .filter(|e| e["kind"] == "check-recorded" && e["step"] == check["step"])
                .filter(|e| e["data"]["check"] == check["check"])
                .collect();
            let many = |n: usize| Some(u64::try_from(n).unwrap());
            assert_eq!(check["seen"].as_u64(), many(of.len()), "{check}");
            assert_eq!(check["typed"].as_u64(), many(of.iter().filter(|e| e["how"] == "typed").count()), "{check}");
            assert_eq!(check["failed"].as_u64(), many(of.iter().filter(|e| e["data"]["passed"] == false).count()));
        }
        for refusal in review["refusals"].as_array().unwrap() {
            let code = refusal["code"].as_str().unwrap();
            let times = events.iter().filter(|e| e["kind"] == "refused" && e["data"]["code"] == code).count();
            assert_eq!(refusal["times"].as_u64().unwrap(), u64::try_from(times).unwrap(), "{refusal}");
            assert_eq!(refusal["cleared"]["sum"].as_i64().unwrap(), stood(&events, code), "{refusal}");
        }
        routes += 1;
    }
    assert!(routes >= 3, "only {routes} routes were reviewed");
    let one = shell.run("review pc200 --ledger l.db").done();
    assert!(one.starts_with("PRODUCTION WORKFLOW REVIEW: route pc200 revision "), "{one}");
    assert!(one.lines().all(|line| line.chars().count() <= 80), "{one}");
    let (what, _) = shell.run("review pc999 --ledger l.db").failed(1);
    assert!(what.contains("pc999"), "{what}");
}

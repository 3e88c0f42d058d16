//! Scenarios of a shift: TOML that a quality engineer can read, played through the pipe's own reader, the gate and a
//! real ledger. After each, the chain is verified and every decision is made again.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::Ordering;

use serde::Deserialize;
use traveller::app::settlement::Settlement;
use traveller::domain::command::{Command, LotMove};
use traveller::domain::id::{Badge, LotId, PartId, StationId, UnitId};
use traveller::domain::label::{Label, Loss};
use traveller::domain::need::{Need, NeedLine, needs};
use traveller::domain::station::Station;
use traveller::domain::time::{Day, SECOND};
use traveller::ledger::Writer;
use traveller::station::clerk::{Clerk, With};
use traveller::station::pipe::input;

use crate::support::plant::{PIN, Plant, Shell};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    title: String,
    /// Routes that are released beside the valve.
    #[serde(default)]
    routes: Vec<String>,
    #[serde(default)]
    lot: Vec<Lot>,
    start: Option<Start>,
    #[serde(rename = "do")]
    acts: Vec<Act>,
    #[serde(default)]
    unit: BTreeMap<UnitId, Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the words of the scenarios")]
struct Lot {
    lot: LotId,
    part: PartId,
    quantity: u32,
    expires: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Start {
    unit: UnitId,
    at_step: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    state: String,
    complete: Option<bool>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Act {
    say: Option<String>,
    at: Option<StationId>,
    send: Option<String>,
    send_bytes: Option<String>,
    send_repeated: Option<Repeated>,
    lost: Option<Loss>,
    /// The line came by the keyboard, with no scanner to tell of.
    typed: bool,
    screen_ms: Option<u32>,
    wait_seconds: i64,
    wait_minutes: i64,
    /// Somebody sets the wall clock.
    set_clock_minutes: i64,
    /// Whether a time service vouches for the wall clock.
    clock: Option<Trust>,
    /// The machine starts anew, before anything else.
    reboot: bool,
    /// A command from the shell, in the words of the record.
    give: Option<toml::Table>,
    times: Option<u32>,
    lot: Option<LotId>,
    change: Option<LotMove>,
    hold: Option<UnitId>,
    release_hold: Option<UnitId>,
    by: Option<Badge>,
    pin: Option<String>,
    reason: Option<String>,
    expect: String,
    passed: Option<bool>,
    unit: Option<UnitId>,
    needs: Option<Vec<String>>,
    next: Option<String>,
    evidence: BTreeMap<String, serde_json::Value>,
    /// What is said of the material that stops nothing.
    remarks: Option<Vec<String>>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Trust {
    Synced,
    Doubt,
}

#[derive(Deserialize)]
struct Repeated {
    text: String,
    times: usize,
}

/// A plant in which a scenario is played: a shell, and a clerk at each station that was used.
struct Floor {
    plant: Plant,
    shell: Shell,
    stations: BTreeMap<StationId, Clerk<Writer>>,
}

impl Floor {
    fn new() -> Self {
        let plant = Plant::empty();
        let mut shell = plant.shell();
        shell.enrol_everybody();
        shell.release("tests/scenarios/routes/valve.toml");
        Self { plant, shell, stations: BTreeMap::new() }
    }

    fn receive(&mut self, lot: &Lot) {
        self.shell.receive(lot.lot.as_str(), lot.part.as_str(), lot.quantity, lot.expires);
    }

    /// One line at a station, as the pipe would read it.
    fn line(&mut self, at: &StationId, line: &[u8], screen_ms: Option<u32>) -> Settlement {
        let asked = input::read(line);
        self.give(at, &asked.command, &With { pin: asked.pin, device: asked.device, screen_ms })
    }

    fn give(&mut self, at: &StationId, command: &Command, with: &With) -> Settlement {
        let plant = &self.plant;
        let clerk = self.stations.entry(at.clone()).or_insert_with(|| plant.clerk(at, at, false));
        clerk.give(command, with).unwrap()
    }

    fn must(&mut self, at: &str, line: &str) {
        let settled = self.line(&at.parse().unwrap(), line.as_bytes(), None);
        assert!(settled.answer.is_ok(), "{at}: {line}: {:?}", settled.answer);
    }

    /// Brings a unit to a step by good work, and opens it there.
    fn start(&mut self, start: &Start) {
        let digits = &start.unit.as_str()[3..];
        self.shell.receive("S-START", "SEAL", 100, None);
        let unit = start.unit.as_str();
        self.must("kit", "OP-1");
        self.line(&"kit".parse().unwrap(), unit.as_bytes(), None);
        for line in [unit, &format!("B{digits}"), "S-START"] {
            self.must("kit", line);
        }
        for line in ["OP-1", unit] {
            self.must("bench", line);
        }
        if start.at_step == "20" {
            return;
        }
        for value in ["2.21", "2.22", "pass", "red"] {
            self.must("bench", &format!(r#"{{"value":"{value}"}}"#));
        }
        self.must("bench", "PLATE-V100");
        self.must("bench", r#"{"value":"good"}"#);
        for line in ["OP-2", unit] {
            self.must("test", line);
        }
        assert_eq!(start.at_step, "30", "a scenario starts at step 20 or 30");
    }

    fn act(&mut self, act: &Act) -> Settlement {
        self.plant.micros.fetch_add((act.wait_seconds + 60 * act.wait_minutes) * SECOND, Ordering::SeqCst);
        self.plant.wall.set.fetch_add(act.set_clock_minutes * 60 * SECOND, Ordering::SeqCst);
        if let Some(trust) = act.clock {
            self.plant.wall.in_doubt.store(trust == Trust::Doubt, Ordering::SeqCst);
        }
        if act.reboot {
            self.stations.clear();
            self.plant.reboot();
            self.shell = self.plant.shell();
        }
        let by = || act.by.clone().unwrap_or_else(|| "QA-1".parse().unwrap());
        let reason = || act.reason.clone().unwrap_or_default();
        let pin = act.pin.as_deref().unwrap_or(PIN);
        if let Some(given) = &act.give {
            let command: Command = serde_json::from_value(serde_json::to_value(given).unwrap()).expect("a command");
            return self.shell.give_with(&command, pin);
        }
        if let (Some(lot), Some(to)) = (&act.lot, act.change) {
            return self.shell.give_with(&Command::ChangeLot { lot: lot.clone(), to, reason: reason(), by: by() }, pin);
        }
        if let Some(unit) = &act.hold {
            return self.shell.give_with(&Command::HoldUnit { unit: unit.clone(), reason: reason(), by: by() }, pin);
        }
        if let Some(unit) = &act.release_hold {
            return self.shell.give_with(&Command::ReleaseHold { unit: unit.clone(), reason: reason(), by: by() }, pin);
        }
        let at = act.at.as_ref().expect("an act is at a station, or about a lot or a hold");
        if let Some(loss) = act.lost {
            let command = Command::Scan { label: Label::Lost(loss), unit: None };
            return self.give(at, &command, &With { device: "DS2208".parse().ok(), ..With::default() });
        }
        let bytes = match (&act.send, &act.send_bytes, &act.send_repeated) {
            (Some(text), None, None) => text.as_bytes().to_vec(),
            (None, Some(hex), None) => {
                (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
            }
            (None, None, Some(r)) => r.text.repeat(r.times).into_bytes(),
            _ => panic!("an act sends one thing"),
        };
        if act.typed {
            let asked = input::read(&bytes);
            return self.give(at, &asked.command, &With { pin: asked.pin, device: None, screen_ms: act.screen_ms });
        }
        self.line(at, &bytes, act.screen_ms)
    }
}

fn check(act: &Act, settled: &Settlement) -> Result<(), String> {
    let answer = match &settled.answer {
        Ok(did) => did.word(),
        Err(refusal) => refusal.code.word(),
    };
    let mut wrong = Vec::new();
    let mut same = |what: &str, expected: String, found: String| {
        if expected != found {
            wrong.push(format!("{what}: expected {expected}, found {found}"));
        }
    };
    same("answer", act.expect.clone(), answer.to_owned());
    let refused_unit = settled.answer.as_ref().err().and_then(|r| r.evidence.unit.as_ref());
    if let Some(needs) = &act.needs {
        let open = settled.desk.open.as_ref().map(|work| open_needs(work, &settled.desk.station)).unwrap_or_default();
        let ids: Vec<_> = open.into_iter().map(|n| n.id).collect();
        same("needs", format!("{needs:?}"), format!("{ids:?}"));
    }
    if let Some(unit) = &act.unit {
        same(
            "unit",
            unit.to_string(),
            settled.unit.as_ref().or(refused_unit).map(ToString::to_string).unwrap_or_default(),
        );
    }
    if let Some(remarks) = &act.remarks {
        let said = serde_json::to_value(&settled.remarks).unwrap();
        let words: Vec<String> =
            said.as_array().unwrap().iter().flat_map(|r| r.as_object().unwrap().keys().cloned()).collect();
        same("remarks", format!("{remarks:?}"), format!("{words:?}"));
    }
    if let Some(passed) = act.passed {
        same("passed", format!("{:?}", Some(passed)), format!("{:?}", settled.passed));
    }
    if let Some(next) = &act.next {
        let due = settled.work.as_ref().and_then(|w| w.traveller.due.as_ref()).map(|d| d.step.to_string());
        same("next", format!("{:?}", Some(next)), format!("{due:?}").replace("Some(\"", "Some(\""));
    }
    if let Err(refusal) = &settled.answer {
        let found = serde_json::to_value(&refusal.evidence).unwrap();
        for (key, value) in &act.evidence {
            same(key, value.to_string(), found[key].to_string());
        }
    }
    let no_silence = settled.event.is_some() || settled.answer.is_ok();
    if !no_silence {
        wrong.push("a refusal without a record".to_owned());
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
}

fn play(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios").join(name);
    let scenario: Scenario = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut floor = Floor::new();
    for route in &scenario.routes {
        floor.shell.release(&format!("tests/scenarios/routes/{route}.toml"));
    }
    for lot in &scenario.lot {
        floor.receive(lot);
    }
    if let Some(start) = &scenario.start {
        floor.start(start);
    }
    for (i, act) in scenario.acts.iter().enumerate() {
        for _ in 0..act.times.unwrap_or(1) {
            let settled = floor.act(act);
            if let Err(wrong) = check(act, &settled) {
                let said = act.say.as_deref().or(act.send.as_deref()).unwrap_or_default();
                panic!("{}: act {} ({said}): {wrong}\n{:?}", scenario.title, i + 1, settled.answer);
            }
        }
    }
    afterwards(&scenario, floor);
}

/// The record holds what the scenario says, its chain is whole, and every decision comes out the same again.
fn afterwards(scenario: &Scenario, mut floor: Floor) {
    use traveller::app::replay::History as _;
    for (unit, expected) in &scenario.unit {
        let reader = floor.shell.clerk.ledger().reader();
        let record = reader.traveller(unit).unwrap().expect("the unit is on record");
        assert_eq!(record.state().word(), expected.state, "{}: {unit}", scenario.title);
        if let Some(complete) = expected.complete {
            let route = record.route.clone().unwrap();
            let mut past = reader.past(traveller::route_file::released).unwrap().unwrap();
            let route = past.route(&route.0, &route.1).unwrap().unwrap();
            let gaps = traveller::report::gaps::gaps(&record, &route);
            assert_eq!(gaps.is_empty(), complete, "{}: {unit}: {gaps:?}", scenario.title);
        }
    }
    let path = floor.plant.ledger();
    drop(floor.stations);
    drop(floor.shell);
    let reader = traveller::ledger::open_reader(&path).unwrap();
    let verified = traveller::ledger::verify(&reader, None).unwrap();
    assert_eq!(verified.findings, [], "{}", scenario.title);
    let mut past = reader.past(traveller::route_file::released).unwrap().unwrap();
    let mut acts = Vec::new();
    past.each_action(|act| {
        acts.push(act);
        Ok(())
    })
    .unwrap();
    let replayed = traveller::app::replay::actions(&mut past, acts).unwrap();
    assert_eq!(replayed.different, [], "{}", scenario.title);
    assert!(replayed.decisions > 5);
}

/// What the open unit still needs.
fn open_needs(work: &traveller::app::settlement::Work, at: &Station) -> Vec<NeedLine> {
    let step = work.traveller.due.as_ref().and_then(|d| work.route.step(&d.step)).unwrap();
    needs(&work.traveller, &work.route, step, at).iter().map(Need::line).collect()
}

macro_rules! scenarios {
    ($($name:ident),* $(,)?) => {
        $(#[test] fn $name() { play(concat!(stringify!($name), ".toml")); })*

        #[test]
        fn every_scenario_is_played() {
            let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
            let played = [$(concat!(stringify!($name), ".toml")),*];
            for file in std::fs::read_dir(dir).unwrap() {
                let name = file.unwrap().file_name().into_string().unwrap();
                assert!(!name.ends_with(".toml") || played.contains(&name.as_str()), "{name} is not played");
            }
        }
    };
}

scenarios!(
    good_unit,
    wrong_station_and_order,
    material,
    values,
    rework,
    verified_again,
    taken_out,
    people,
    input,
    gs1_revisions,
    gs1_units,
    gs1_material,
    typed,
    misread_labels,
    scanner_test,
);

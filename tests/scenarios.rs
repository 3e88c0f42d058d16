//! Scenarios of a shift: TOML that a quality engineer can read, played through the pipe's own reader, the gate and a
//! real ledger. What was answered is the same as in `scenarios/records`, to the last field of evidence. After each, the
//! chain is verified and every decision is made again.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use traveller::domain::id::{LotId, PartId, UnitId};
use traveller::domain::let_go::Ground;
use traveller::domain::time::Day;
use traveller::domain::traveller::Traveller;

use crate::support::act::Act;
use crate::support::floor::Floor;
use crate::support::record::same_as_recorded;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    title: String,
    /// Routes that are released beside the valve.
    #[serde(default)]
    routes: Vec<String>,
    #[serde(default)]
    lot: Vec<Lot>,
    #[serde(default)]
    order: Vec<toml::Table>,
    #[serde(default)]
    gauge: Vec<toml::Table>,
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

/// What the record of a unit holds in the end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    state: String,
    complete: Option<bool>,
    order: Option<String>,
    revision: Option<String>,
    variant: Option<String>,
    skipped: Option<Vec<String>>,
    /// What is in it: `SCREW 4 S-1`, the part, how many, and which.
    made_of: Option<Vec<String>>,
    /// With which gauge each observation was made: `torque T-1`.
    measured: Option<Vec<String>>,
    /// Who stood by: `10 OP-2`.
    stood_by: Option<Vec<String>>,
    /// Which rules were let go, and by what: `DP-1 lot-expired`.
    under: Option<Vec<String>>,
}

/// Brings a unit to a step by good work, and opens it there.
fn start(floor: &mut Floor, start: &Start) {
    let must = |floor: &mut Floor, at: &str, line: &str| {
        let settled = floor.line(&at.parse().unwrap(), line.as_bytes(), None);
        assert!(settled.answer.is_ok(), "{at}: {line}: {:?}", settled.answer);
    };
    let digits = &start.unit.as_str()[3..];
    floor.shell.receive("S-START", "SEAL", 100, None);
    let unit = start.unit.as_str();
    must(floor, "kit", "OP-1");
    floor.line(&"kit".parse().unwrap(), unit.as_bytes(), None);
    for line in [unit, &format!("B{digits}"), "S-START"] {
        must(floor, "kit", line);
    }
    for line in ["OP-1", unit] {
        must(floor, "bench", line);
    }
    if start.at_step == "20" {
        return;
    }
    for value in ["2.21", "2.22", "pass", "red"] {
        must(floor, "bench", &format!(r#"{{"value":"{value}"}}"#));
    }
    must(floor, "bench", "PLATE-V100");
    must(floor, "bench", r#"{"value":"good"}"#);
    for line in ["OP-2", unit] {
        must(floor, "test", line);
    }
    assert_eq!(start.at_step, "30", "a scenario starts at step 20 or 30");
}

fn read(name: &str) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios").join(name);
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|wrong| panic!("{name}: {wrong}"))
}

fn play(name: &str) {
    let scenario = read(name);
    let mut floor = Floor::new();
    floor.release("valve");
    for route in &scenario.routes {
        floor.release(route);
    }
    for lot in &scenario.lot {
        floor.shell.receive(lot.lot.as_str(), lot.part.as_str(), lot.quantity, lot.expires);
    }
    let orders = scenario.order.iter().map(|order| ("open-order", order));
    for (kind, what) in orders.chain(scenario.gauge.iter().map(|gauge| ("register-gauge", gauge))) {
        let given = toml::Table::from_iter([(kind.to_owned(), toml::Value::Table(what.clone()))]);
        let settled = floor.shell.give(&Floor::command(&toml::Value::Table(given)));
        assert!(settled.answer.is_ok(), "{what}: {:?}", settled.answer);
    }
    if let Some(from) = &scenario.start {
        start(&mut floor, from);
    }
    floor.listen();
    floor.play(&scenario.title, &scenario.acts);
    let name = name.trim_end_matches(".toml");
    same_as_recorded(&format!("scenarios/records/{name}.txt"), &floor.answered());
    for (unit, expected) in &scenario.unit {
        holds(&mut floor, &format!("{}: {unit}", scenario.title), unit, expected);
    }
    floor.prove(&scenario.title);
}

/// The record holds what the scenario says.
fn holds(floor: &mut Floor, title: &str, unit: &UnitId, expected: &Expected) {
    use traveller::app::replay::History as _;
    let reader = floor.shell.clerk.ledger().reader();
    let record = reader.traveller(unit).unwrap().expect("the unit is on record");
    assert_eq!(record.state().word(), expected.state, "{title}");
    let (id, revision) = record.route.clone().unwrap();
    if let Some(complete) = expected.complete {
        let mut past = reader.past(traveller::route_file::released).unwrap().unwrap();
        let route = past.route(&id, &revision).unwrap().unwrap();
        let gaps = traveller::report::gaps::gaps(&record, &route);
        assert_eq!(gaps.is_empty(), complete, "{title}: {gaps:?}");
    }
    let is = |said: &Option<String>, found: Option<String>| {
        if let Some(said) = said {
            assert_eq!(Some(said), found.as_ref(), "{title}");
        }
    };
    is(&expected.order, record.order.as_ref().map(ToString::to_string));
    is(&expected.revision, Some(revision.to_string()));
    is(&expected.variant, record.variant.clone());
    let are = |said: &Option<Vec<String>>, found: Vec<String>| {
        if let Some(said) = said {
            assert_eq!(*said, found, "{title}");
        }
    };
    are(&expected.skipped, record.skipped.iter().map(ToString::to_string).collect());
    are(&expected.made_of, made_of(&record));
    let attempts = || record.steps.iter().flat_map(|step| step.attempts.iter().map(move |a| (&step.step, a)));
    let measured = attempts().flat_map(|(_, a)| &a.observations);
    let measured = measured.filter_map(|o| Some(format!("{} {}", o.check, o.gauge.as_ref()?)));
    are(&expected.measured, measured.collect());
    let stood_by = attempts().flat_map(|(step, a)| a.supervisors.iter().map(move |who| format!("{step} {who}")));
    are(&expected.stood_by, stood_by.collect());
    let waived = record.let_go.waived.iter().map(|w| match &w.ground {
        Ground::Permit(permit) => format!("{permit} {}", w.rule.word()),
        Ground::Override(_) => format!("override {}", w.rule.word()),
    });
    are(&expected.under, waived.collect());
}

fn made_of(record: &Traveller) -> Vec<String> {
    use traveller::domain::what::Piece;
    let inside = record.installed.iter().filter(|i| i.out.is_none());
    let line = inside.map(|i| match &i.piece {
        Piece::Lot(lot) => format!("{} {} {lot}", i.part, i.quantity),
        Piece::Serial(serial) => format!("{} {} {serial}", i.part, i.quantity),
    });
    line.collect()
}

macro_rules! scenarios {
    ($($name:ident),* $(,)?) => {
        $(#[test] fn $name() { play(concat!(stringify!($name), ".toml")); })*

        /// Every word that an act of some scenario comes to.
        pub(crate) fn words() -> std::collections::BTreeSet<String> {
            let all: Vec<_> = [$(concat!(stringify!($name), ".toml")),*].into_iter().map(read).collect();
            let acts = all.iter().flat_map(|scenario| &scenario.acts);
            acts.flat_map(|act| act.expected()).map(str::to_owned).collect()
        }

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
    batches,
    good_unit,
    packing,
    shipping,
    returned_apart,
    returns,
    wrong_station_and_order,
    material,
    values,
    retested_and_sent_back,
    rework,
    verified_again,
    taken_out,
    people,
    input,
    gs1_revisions,
    gs1_units,
    gs1_material,
    typed,
    typed_calls,
    misread_labels,
    scanner_test,
    everything,
    orders,
    order_ranges,
    order_revisions,
    begun_right,
    receiving,
    lots,
    expiry_and_clock,
    floor_life,
    loaded,
    loaded_in_trouble,
    loaded_between,
    loaded_for_several,
    sub_assemblies,
    labels,
    paper,
    paper_time,
    paper_loads,
    recovered,
    time,
    time_and_clock,
    qualified,
    separated,
    gauges,
    variants,
    groups,
    several_holds,
    engineering_change,
    moved_names,
    between_shifts,
    optional,
    samples,
    shades,
    edges,
    recall,
    permits,
    permit_nests,
    overrides,
    let_go,
    first_pieces,
    golden_samples,
    nest_samples,
    reworked,
    nests,
    nests_strays,
    panel_orders,
    panels,
    loads,
    batch_loads,
    panels_in_loads,
    panels_in_trouble,
    panels_tended,
    panels_apart,
    tagged,
    used_up,
    purposes,
    two_histories,
    lost_pins,
    alike_batches,
    counted_labels,
    fired,
    tended,
    paper_pieces,
    nested_units,
    lost_piece,
    relabelled_parts,
    repacked,
);

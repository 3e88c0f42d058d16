//! The decision table: each refusal is reached by its cause, and by nothing else.
//!
//! A row of `decisions/*.toml` is played twice, each time on a plant of its own. After the `setup` alone the act `then`
//! is accepted; after the setup and its `cause` it is refused, with exactly that code. Where the cause lies in the act
//! itself, such as in its label, `instead` is the act that is refused, and there is nothing else between the two. What
//! the refusal rests on is the same as in `decisions/records`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::Ordering;

use serde::Deserialize;
use traveller::domain::refusal::Code;

use crate::support::act::Act;
use crate::support::floor::Floor;
use crate::support::plant::Plant;
use crate::support::record::same_as_recorded;

/// Codes that no act of today can reach, and why.
const UNREACHABLE: [(Code, &str); 2] = [
    (Code::HubUnreachable, "there is no hub: a route that minds one is not released"),
    (Code::LedgerFault, "a ledger that cannot be written holds no refusal either: it is a fault, not an answer"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: Code,
    /// Why, in a sentence.
    because: String,
    #[serde(default)]
    setup: Vec<Act>,
    #[serde(default)]
    cause: Vec<Act>,
    then: Act,
    /// What is refused in its place.
    instead: Option<Act>,
    /// What the refusal rests on.
    #[serde(default)]
    evidence: BTreeMap<String, serde_json::Value>,
}

/// The plant before the first shift; each play copies it.
static FOUNDED: LazyLock<(Plant, i64)> = LazyLock::new(|| {
    let mut floor = Floor::new();
    floor.play("the plant", &read::<Founding>("founding").found);
    let plant = floor.close();
    let micros = plant.micros.load(Ordering::SeqCst);
    (plant, micros)
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Founding {
    found: Vec<Act>,
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/decisions/{name}.toml"));
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|wrong| panic!("{name}: {wrong}"))
}

/// Plays a row, without its cause and with it; what was answered in the end.
fn play(row: &Row) -> String {
    let title = format!("{}: {}", row.code.word(), row.because);
    let floor = || Floor::of(FOUNDED.0.copy(FOUNDED.1));
    assert!(row.cause.is_empty() != row.instead.is_none(), "{title}: a cause, or another act instead");
    let mut good = floor();
    good.play(&format!("{title}: setup"), &row.setup);
    let settled = good.act(&row.then).expect("an act that is answered");
    assert!(settled.answer.is_ok(), "{title}: without its cause: {:?}", settled.answer);
    let mut bad = floor();
    bad.play(&format!("{title}: setup"), &row.setup);
    bad.play(&format!("{title}: cause"), &row.cause);
    bad.listen();
    let settled = bad.act(row.instead.as_ref().unwrap_or(&row.then)).expect("an act that is answered");
    let Err(refusal) = &settled.answer else { panic!("{title}: with its cause: {:?}", settled.answer) };
    assert_eq!(refusal.code, row.code, "{title}: {refusal:?}");
    let found = serde_json::to_value(&refusal.evidence).unwrap();
    for (key, value) in &row.evidence {
        assert_eq!(found[key], *value, "{title}: {key}");
    }
    let answered = format!("# {title}\n{}", bad.answered());
    bad.prove(&title);
    answered
}

/// Plays every row of a table; each refusal rests on what is recorded of it.
fn play_all(name: &str) {
    let answered: Vec<String> = read::<Table>(name).row.iter().map(play).collect();
    same_as_recorded(&format!("decisions/records/{name}.txt"), &answered.join("\n"));
}

macro_rules! tables {
    ($($name:ident),* $(,)?) => {
        $(#[test] fn $name() { play_all(stringify!($name)); })*

        const TABLES: &[&str] = &[$(stringify!($name)),*];
    };
}

tables!(
    permits, rework, people, input, identity, sequence, checks, material, sub_units, orders, routes, gauges, time,
    standing, packing, shipping, batches, many, shift, labels, paper, first
);

#[test]
fn every_code_has_a_row_or_cannot_be_reached() {
    let rows: Vec<Row> = TABLES.iter().flat_map(|name| read::<Table>(name).row).collect();
    let reached: BTreeSet<Code> = rows.iter().map(|row| row.code).collect();
    let unreachable: BTreeSet<Code> = UNREACHABLE.iter().map(|(code, _)| *code).collect();
    for code in Code::ALL.iter().copied() {
        let (has_row, is_listed) = (reached.contains(&code), unreachable.contains(&code));
        assert!(has_row != is_listed, "{}: a row {has_row}, unreachable {is_listed}", code.word());
    }
    let words = crate::scenarios::words();
    assert!(words.len() > 60, "the scenarios come to {} words", words.len());
    for (code, why) in UNREACHABLE {
        assert!(!words.contains(code.word()), "{} is reached, and was not: {why}", code.word());
    }
}

#[test]
fn every_table_is_played() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/decisions");
    for file in std::fs::read_dir(dir).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let name = name.strip_suffix(".toml").unwrap_or(&name);
        assert!(name == "founding" || name == "records" || TABLES.contains(&name), "{name} is not played");
    }
}

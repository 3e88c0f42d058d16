//! Loads from the shell: which there are, and what was in each.

use serde_json::json;

use crate::support::shell::Shell;
use crate::terminal::plant::Plant;

/// Two beads are cured, one of three that went in was taken out; another load is being filled.
fn plant() -> Plant {
    let plant = Plant::new();
    plant.release("tests/scenarios/routes/bead.toml");
    plant.manned("bench").all(&["BD0001", "1", "BD0002", "1", "BD0003", "1"]);
    let mut oven = plant.manned("oven");
    oven.all(&["BD0001", "BD0002", "BD0003"]);
    oven.take_out("BD0003");
    oven.f(2);
    plant.later(41);
    oven.enter("120");
    oven.f(2);
    oven.enter("BD0003");
    plant
}

#[test]
fn a_load_has_its_own_record() {
    let plant = plant();
    let shell = Shell::new();
    let run = |line: &str| shell.run(&format!("{line} --ledger {}", plant.ledger().display()));
    let all = run("load list --json").json()["loads"].clone();
    let of = |at: usize, key: &str| all[at][key].clone();
    assert_eq!(all.as_array().unwrap().len(), 2, "{all}");
    assert_eq!((of(0, "load"), of(0, "state"), of(0, "count")), (json!("OVEN-1-2"), json!("filling"), json!(1)));
    assert_eq!((of(1, "load"), of(1, "state"), of(1, "count")), (json!("OVEN-1-1"), json!("ended"), json!(2)));
    assert_eq!((of(1, "minutes"), of(1, "over"), of(1, "ended_by")), (json!(41), json!("in-time"), json!("OP-1")));
    let names = |options: &str| {
        let found = run(&format!("load list --json {options}")).json()["loads"].clone();
        found.as_array().unwrap().iter().map(|load| load["load"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("--open"), ["OVEN-1-2"]);
    assert_eq!(names("--ended --station OVEN-1"), ["OVEN-1-1"]);
    assert_eq!(names("--before OVEN-1-2"), ["OVEN-1-1"]);
    assert_eq!(names("--station OVEN-9"), Vec::<String>::new());
    assert_eq!(names("--limit 1"), ["OVEN-1-2"]);
    let shown = run("load show OVEN-1-1 --json").json();
    let units: Vec<(&str, &str)> = shown["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| (unit["unit"].as_str().unwrap(), unit["state"].as_str().unwrap()))
        .collect();
    assert_eq!(units, [("BD0001", "treated"), ("BD0002", "treated"), ("BD0003", "taken-out")]);
    assert_eq!([&shown["checks"][0]["check"], &shown["checks"][0]["value"]], ["heat", "120"]);
    let text = run("load show OVEN-1-1").done();
    assert!(text.contains("2 units, ended, in time") && text.contains("heat 120 passed"), "{text}");
    let text = run("load list").done();
    assert!(text.contains("OVEN-1-2") && text.contains("filling"), "{text}");
    let (what, _) = run("load show OVEN-1-9").failed(1);
    assert!(what.contains("OVEN-1-9 is not on record"), "{what}");
    run("load list --before OVEN-1-9").failed(1);
    run("load list --open --ended").failed(2);
    run("verify").done();
}

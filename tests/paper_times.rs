//! What was copied from paper was done when the paper states it, for whatever asks when something was done: suspects,
//! the times of a review, the pace of a station on the board.

use serde::Deserialize;

use crate::support::act::Act;
use crate::support::floor::Floor;
use crate::support::shell::{Home, Shell};

/// One bead is glued live, one is begun live and ended on paper, one is all on paper; all of that is typed at nine.
const DAY: &str = r#"acts = [
    "bench: OP-1", "bench: BD0001 -> unit-opened", "wait 10 minutes", "bench: = pass -> step-passed",
    "bench: BD0002 -> unit-opened", "wait 3 hours",
    { at = "bench", give = { paper = { begin = { time = "2026-11-23T06:40:00Z", witness = "LEAD" } } } },
    "bench: OP-2", "bench: BD0002 -> unit-opened", "bench: = pass -> step-passed",
    { at = "bench", give = { paper = "end" } }, "bench: OP-1",
    { at = "bench", give = { paper = { begin = { time = "2026-11-23T06:55:00Z", witness = "LEAD" } } } },
    "bench: OP-2", "bench: BD0003 -> unit-opened", "bench: = pass -> step-passed",
    { at = "bench", give = { paper = "end" } },
]"#;

#[derive(Deserialize)]
struct Acts {
    acts: Vec<Act>,
}

#[test]
fn what_is_from_paper_was_done_when_the_paper_states_it() {
    let mut floor = Floor::new();
    floor.release("bead");
    let acts: Acts = toml::from_str(DAY).unwrap();
    floor.play("a morning on paper", &acts.acts);
    let plant = floor.close();
    let shell = Shell { home: Home::Lasting(plant.dir.path().to_path_buf()) };
    let run = |line: &str| shell.run(&format!("{line} --json")).json();

    let suspects = |what: &str, from: &str, until: &str| {
        let found = run(&format!("suspects {what} --since 2026-11-23T{from}Z --until 2026-11-23T{until}Z"));
        let units = found["units"].as_array().unwrap().iter();
        units.map(|line| line["unit"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(suspects("operator:OP-2", "06:30:00", "06:50:00"), ["BD0002"]);
    assert_eq!(suspects("operator:OP-2", "06:40:59", "07:00:00"), ["BD0002", "BD0003"], "a paper states the minute");
    assert_eq!(suspects("operator:OP-2", "06:41:00", "06:54:59"), Vec::<String>::new());
    assert_eq!(suspects("operator:OP-2", "08:00:00", "10:00:00"), Vec::<String>::new(), "it was only typed then");
    assert_eq!(suspects("station:bench", "06:00:00", "06:30:00"), ["BD0001", "BD0002"]);

    let review = run("review bead");
    let glue = review["steps"].as_array().unwrap().iter().find(|step| step["name"] == "Glue").unwrap();
    let minutes = glue["work"]["sum"].as_f64().unwrap() / 60_000_000.0;
    assert!((39.0..41.0).contains(&minutes), "ten minutes live, thirty until the paper: {glue}");

    let board = run("board --since 2026-11-23 --at 2026-11-23T10:00:00Z");
    let bench = board["stations"].as_array().unwrap().iter().find(|s| s["station"] == "bench").unwrap();
    assert_eq!(bench["cycle_seconds"], 900, "from one paper to the next: {bench}");
}

//! What one shift leaves to the next, and engineering change, from the command line.

use std::fs;

use crate::support::shell::{OPERATOR_PIN, Shell};

const MOTORS: [&str; 3] = ["motor_c", "motor_b", "motor"];

fn motors() -> Shell {
    let shell = Shell::at_work();
    for name in MOTORS {
        let file = format!("{}/tests/scenarios/routes/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        shell.run(&format!("route release {file} --by OP-1001")).done();
    }
    shell
}

#[test]
fn a_lead_says_why_an_hour_fell_short_and_the_board_and_the_sheet_say_so() {
    let shell = Shell::at_work();
    let board = shell.run("board --json").json();
    let now = board["at"].as_str().unwrap().to_owned();
    let explain = |hour: &str, reason: &str| {
        let mut command = shell.command(&format!("hour explain --station KIT-1 --hour {hour} --by OP-1001 --reason"));
        command.arg(reason).output().unwrap().status.code()
    };
    assert_eq!(explain(&now, "no air"), Some(0));
    assert_eq!(explain(&now, "no air"), Some(1), "it was said before");
    assert_eq!(explain(&now, "no <b>power</b>"), Some(0), "it is corrected");
    assert_eq!(explain("2030-01-01", "x"), Some(1), "it is to come");
    assert_eq!(explain("soon", "x"), Some(2));
    let other = format!("hour explain --station KIT-1 --hour {now} --reason x --by OP-2001");
    let told = shell.run_with(&other, "TRAVELLER_PIN", OPERATOR_PIN);
    assert_eq!(told.code, 1, "who is no lead says nothing: {told:?}");
    let listed = shell.run("hour list --json").json();
    let all = listed["hours"].as_array().unwrap();
    assert_eq!((all.len(), &all[0]["reason"]), (1, &"no <b>power</b>".into()), "{listed}");
    let board = shell.run("board --json").json();
    let last = board["hours"].as_array().unwrap().last().unwrap();
    assert_eq!(last["reasons"][0]["station"], "KIT-1", "{board}");
    assert!(shell.run("board --once").done().contains("power</b>"));
    assert!(shell.run("report shift").done().contains("Hours that fell short"));
    shell.run("replay --all").done();
    shell.run("verify").done();
}

#[test]
fn downtime_calls_and_notes_are_said_listed_and_on_the_sheet() {
    let shell = Shell::at_work();
    let said = shell.run("downtime begin --station KIT-1 --reason MACHINE --by OP-1001").done();
    assert_eq!(said, "KIT-1: Station is down\n");
    let refused = shell.pipe("KIT-1", &["OP-2001", "V000001"]).pop().unwrap();
    assert_eq!((&refused["code"], &refused["evidence"]["reason"]), (&"station-down".into(), &"MACHINE".into()));
    let open = shell.run("downtime list --json").json();
    assert_eq!((&open["downtime"][0]["reason"], &open["downtime"][0]["to"]), (&"MACHINE".into(), &().into()));
    shell.run("downtime end --station KIT-1 --by OP-1001").done();
    let again = shell.run("downtime end --station KIT-1 --by OP-1001");
    assert_eq!(again.code, 1, "{again:?}");
    shell.run_with("call raise --station KIT-1 --by OP-2001", "TRAVELLER_PIN", OPERATOR_PIN).done();
    let state = shell.run("shift --json").json();
    assert_eq!(state["stations"][0]["call"]["by"], "OP-2001", "{state}");
    shell.run("call answer --station KIT-1 --by OP-1001").done();
    let calls = shell.run("call list --station KIT-1 --json").json();
    assert_eq!((&calls["calls"][0]["ended"], &calls["calls"][0]["ended_by"]), (&"answered".into(), &"OP-1001".into()));
    assert!(calls["calls"][0]["seconds"].is_u64(), "{calls}");
    let mut leave = shell.command("note leave --station KIT-1 --by OP-1001 --text");
    assert!(leave.arg("the feeder jams\u{1b}").output().unwrap().status.code() == Some(1), "no control characters");
    let mut leave = shell.command("note leave --station KIT-1 --by OP-1001 --text");
    assert!(leave.arg("the feeder jams").output().unwrap().status.success());
    assert!(shell.run("shift --station KIT-1").done().contains("the feeder jams"));
    shell.run_with("note read --station KIT-1 --by OP-2001", "TRAVELLER_PIN", OPERATOR_PIN).done();
    let notes = shell.run("note list --json").json();
    assert_eq!((&notes["notes"][0]["read_by"], &notes["notes"][0]["by"]), (&"OP-2001".into(), &"OP-1001".into()));
    let sheet = shell.run("report shift").done();
    for wanted in ["Downtime", "MACHINE", "Calls for a lead", "answered", "the feeder jams"] {
        assert!(sheet.contains(wanted), "{wanted}: {sheet}");
    }
    shell.run("replay --all").done();
    shell.run("verify").done();
}

#[test]
fn a_station_that_the_plant_does_not_have_is_wrong_use() {
    let shell = Shell::at_work();
    let file = shell.home.path().join("stations.toml");
    fs::write(&file, "[station.KIT-1]\nclass = 'kit'\n").unwrap();
    let line = "call raise --station KIT-9 --by OP-1001";
    let (what, instead) = shell.run_with(line, "TRAVELLER_CONFIG", file.to_str().unwrap()).failed(2);
    assert!(what.contains("no station KIT-9") && instead.contains("KIT-1"), "{what} {instead}");
}

#[test]
fn half_done_units_are_left_by_name() {
    let shell = Shell::at_work();
    let lines = ["OP-2001", "V000001", "V000001", "B0001", r#"{"command":"sign-off"}"#];
    shell.pipe("KIT-1", &lines);
    let left = shell.run("shift --json").json();
    let half = &left["half_done"][0];
    assert_eq!((&half["unit"], &half["station"], &half["by"]), (&"V000001".into(), &"KIT-1".into(), &"OP-2001".into()));
    assert_eq!(left["open"].as_array().unwrap().len(), 0);
    let text = shell.run("shift --station KIT-1").done();
    assert!(text.contains("half done  V000001"), "{text}");
    assert!(!shell.run("shift --station TEST-1").done().contains("V000001"));
    assert!(shell.run("report shift").done().contains("half done"));
}

#[test]
fn running_units_move_together_and_the_plan_shows_first() {
    let shell = motors();
    for unit in ["MOT-0001", "MOT-0002"] {
        shell.pipe("KIT-1", &["OP-2001", unit, &format!("MG{}", &unit[4..])]);
    }
    let plan = shell.run("route move --route motor --from A --to B --plan").done();
    assert!(plan.contains("15 (new)") && plan.contains("MOT-0002"), "{plan}");
    assert_eq!(shell.run("units --json").json()["units"][0]["revision"], "A", "a plan moves nothing");
    let (what, _) = shell.run("route move MOT-0001 --to B").failed(2);
    assert!(what.contains("who moves the units"), "{what}");
    let moved = shell.run("route move --route motor --from A --to B --reason glue --by OP-1001 --json").json();
    assert_eq!(moved["moved"].as_array().unwrap().len(), 2);
    let shown = shell.run("show MOT-0001 --json").json();
    assert_eq!((&shown["revision"], &shown["step"]), (&"B".into(), &"15".into()));
    assert_eq!(shown["moves"][0]["again"][0]["because"], "new");
    let text = shell.run("show MOT-0001").done();
    assert!(text.contains("Moved     A to B; due again: 15 (new) (glue; by OP-1001"), "{text}");
    let opened = shell.pipe("BENCH-1", &["OP-2001", "MOT-0001", r#"{"command":"seen"}"#]);
    assert_eq!((&opened[1]["moved"]["to"], &opened[2]["did"]), (&"B".into(), &"move-seen".into()));
    assert!(opened[2]["moved"].is_null(), "it was seen");
    shell.run("replay --all").done();
    shell.run("verify").done();
}

#[test]
fn one_unit_that_cannot_move_keeps_the_others_where_they_are() {
    let shell = motors();
    shell.pipe("KIT-1", &["OP-2001", "MOT-0001", "MG0001"]);
    shell.pipe("KIT-1", &["OP-2001", "MOT-0002", "MG0002"]);
    shell.pipe("BENCH-1", &["OP-2001", "MOT-0001", r#"{"value":"0.30"}"#]);
    let refused = shell.run("route move MOT-0002 MOT-0001 --to C --reason names --by OP-1001");
    assert!(refused.code == 1 && refused.err.contains("no-such-step"), "{refused:?}");
    let still: Vec<_> =
        shell.run("units --json").json()["units"].as_array().unwrap().iter().map(|u| u["revision"].clone()).collect();
    assert_eq!(still, ["A", "A"]);
    let line = "route move MOT-0002 MOT-0001 --to C --map 20=25 --reason names --by OP-1001";
    assert!(shell.run(line).done().ends_with("moved: 2\n"));
    let (what, _) = shell.run("route move --route motor --from A --to B --reason r --by OP-1001").failed(1);
    assert!(what.contains("no unit runs that revision"), "{what}");
    let moved = r#""move":{"unit":"MOT-0001","route":"motor","to":"A","mapped":[{"from":"25","to":"20"}]}"#;
    let line = format!(r#"{{{moved},"reason":"back","sign":{{"badge":"OP-1001","pin":"482913"}}}}"#);
    assert_eq!(shell.pipe("KIT-1", &[&line])[0]["did"], "route-moved");
}

//! Recalls: everything that a lot went into is held as one act, or nothing is.

use crate::support::shell::{OPERATOR_PIN, Shell};

const RECALL: &str = "hold --where-used L-1 --reason recall --by OP-1001";

/// A device with a unit that left, one that was scrapped, one on hold and one on its way, all of lot L-1.
fn shell() -> Shell {
    let shell = Shell::at_work();
    shell.make("V000001", "B0001");
    for (unit, body) in [("V000002", "B0002"), ("V000003", "B0003"), ("V000004", "B0004")] {
        shell.pipe("KIT-1", &["OP-2001", unit, unit, body, "L-1"]);
    }
    shell.pipe("BENCH-1", &["OP-2001", "V000002", r#"{"command":"fail","reason":"LEAK"}"#]);
    let sign = r#""sign":{"badge":"OP-1001","pin":"482913"}"#;
    let scrap = format!(r#"{{"disposition":"scrap","unit":"V000002","reason":"leaks","defect":"LEAK",{sign}}}"#);
    assert_eq!(shell.pipe("BENCH-1", &["OP-2001", &scrap])[1]["did"], "disposed");
    shell.run("hold V000003 --reason stop --by OP-1001").done();
    shell
}

#[test]
fn a_recall_holds_the_lot_and_every_unit_of_it() {
    let shell = shell();
    let recall = shell.run(&format!("{RECALL} --json")).json();
    assert_eq!(
        recall.to_string(),
        concat!(
            r#"{"already":0,"dispatched":1,"held":3,"lot":{"held":true,"lot":"L-1"},"of":"L-1","scrapped":1,"#,
            r#""total":4,"units":["#,
            r#"{"held":true,"shipment":null,"state":"dispatched","unit":"V000001"},"#,
            r#"{"held":false,"shipment":null,"state":"scrapped","unit":"V000002"},"#,
            r#"{"held":true,"shipment":null,"state":"held","unit":"V000003"},"#,
            r#"{"held":true,"shipment":null,"state":"held","unit":"V000004"}]}"#
        )
    );
    assert_eq!(shell.run("show V000001 --json").json()["hold"]["reason"], "recall");
    assert_eq!(shell.run("lot list --json").json()["lots"][0]["standing"], "held");
    let answers = shell.pipe("BENCH-1", &["OP-2001", "V000004"]);
    assert_eq!(answers[1]["code"], "on-hold");
    let again = shell.run(RECALL).done();
    assert!(again.contains("lot L-1: was not to be used before"), "{again}");
    assert!(again.ends_with("1 of them have left: see where they are\n"), "{again}");
    assert!(again.contains("4 units: 0 on hold now, 3 on hold for it before, 1 scrapped"), "{again}");
    assert!(again.contains("the 3 that were on hold before keep the reason that was given then"), "{again}");
    // One was stopped for itself before: who releases that says so, and the recall stands.
    let holds = shell.run("show V000003 --json").json()["holds"].clone();
    assert_eq!((holds[0]["reason"].as_str(), holds[1]["of"].as_str()), (Some("stop"), Some("L-1")));
    assert_eq!(holds.as_array().unwrap().len(), 2);
    let release = |which: &str| shell.run(&format!("hold V000003 --release {which} --reason done --by OP-1001"));
    let (what, _) = release("").failed(1);
    assert!(what.contains(&format!("hold {}: stop", holds[0]["event"])), "{what}");
    release("--hold 1").failed(1);
    release(&format!("--hold {}", holds[0]["event"])).done();
    let shown = shell.run("show V000003").done();
    assert!(shown.contains(&format!("hold {})", holds[1]["event"])) && !shown.contains("stop"), "{shown}");
    release("").done();
    assert_eq!(shell.run("show V000003 --json").json()["state"], "in-process");
    shell.run("hold V000003 --hold 3 --reason done --by OP-1001").failed(2);
    shell.run("hold V000003 V000004 --release --hold 3 --reason done --by OP-1001").failed(2);
    shell.run("verify").done();
    shell.run("replay --all").done();
}

#[test]
fn a_recall_that_is_refused_holds_nothing() {
    let shell = shell();
    let events = |shell: &Shell| shell.run("events --json").done().lines().count();
    let before = events(&shell);
    let (what, _) = shell.run_with(RECALL, "TRAVELLER_PIN", OPERATOR_PIN).failed(1);
    assert!(what.contains("refused (wrong-pin)"), "{what}");
    assert_eq!(events(&shell), before + 1, "the refusal alone is on record");
    let refused = shell.run_with(&format!("{RECALL} --json"), "TRAVELLER_PIN", OPERATOR_PIN);
    assert_eq!((refused.code, &refused.out.contains("\"code\":\"wrong-pin\"")), (1, &true), "{refused:?}");
    assert_eq!(shell.run("show V000004 --json").json()["state"], "in-process");
    assert_eq!(shell.run("lot list --json").json()["lots"][0]["standing"], "free");
    let (what, _) = shell.run("hold --where-used L-9 --reason recall --by OP-1001").failed(1);
    assert!(what.contains("no lot, component or unit L-9 is on record"), "{what}");
    let (what, _) = shell.run("where-used L-9").failed(1);
    assert!(what.contains("no lot, component or unit L-9 is on record"), "a mistyped number is no answer: {what}");
    assert!(shell.run("where-used V000001").done().contains("0 of 0 units"));
    shell.run("relabel V000004 --number V000104 --reason worn --by OP-1001").done();
    assert_eq!(shell.run("where-used V000104").done(), shell.run("where-used V000004").done(), "by its new label");
    for line in [
        "hold V000001 --where-used L-1 --reason r --by OP-1001",
        "hold --where-used L-1 --lot L-1 --reason r --by OP-1001",
        "hold --release --where-used L-1 --reason r --by OP-1001",
        "hold V000001 --since 2026-01-01 --reason r --by OP-1001",
        "hold --suspect station:BENCH-1 --reason r --by OP-1001",
    ] {
        shell.run(line).failed(2);
    }
}

#[test]
fn a_lot_that_is_in_nothing_is_held_alone() {
    let shell = Shell::at_work();
    let recall = shell.run(&format!("{RECALL} --json")).json();
    assert_eq!((&recall["total"], &recall["lot"]["held"]), (&0.into(), &true.into()));
    assert_eq!(shell.run("lot list --json").json()["lots"][0]["standing"], "held");
}

#[test]
fn what_is_taken_out_of_a_scrapped_unit_has_a_fate() {
    let shell = shell();
    let (what, _) = shell.run("recover V000004 --serial B0004=reuse --reason parts --by OP-1001").failed(1);
    assert!(what.contains("refused ("), "only a scrapped unit is taken apart: {what}");
    for line in
        ["recover V000002 --reason parts --by OP-1001", "recover V000002 --serial B0002=sell --reason p --by OP-1001"]
    {
        shell.run(line).failed(2);
    }
    let done = shell.run("recover V000002 --serial B0002=reuse --reason parts --by OP-1001 --json").json();
    assert_eq!(done["did"], "recovered");
    let removed = &shell.run("trace V000002 --json").json()["made_of"][0]["removed"];
    assert_eq!((&removed["fate"], removed["event"].is_object()), (&"reuse".into(), true), "{removed}");
    let page = shell.run("trace V000002").done();
    assert!(page.contains("removed"), "{page}");
    let of = shell.run("where-used B0002 --json").json();
    assert_eq!((&of["units"][0]["unit"], &of["units"][0]["removed"]), (&"V000002".into(), &true.into()), "{of}");
    let recall = shell.run("hold --where-used B0002 --reason recall --by OP-1001 --json").json();
    assert_eq!(recall["total"], 0, "what was taken out concerns the unit no more");
    let used = shell.pipe("KIT-1", &["OP-2001", "V000005", "V000005", "B0002"]);
    assert_eq!(used[3]["did"], "material-installed");
}

#[test]
fn a_recall_goes_through_sub_assemblies() {
    let shell = Shell::at_work();
    let routes = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/command_line/routes");
    shell.run(&format!("route release {routes}/core.toml {routes}/box.toml --by OP-1001")).done();
    shell.run("lot receive L-2 --part SEAL --quantity 9 --supplier Acme --by OP-1001").done();
    for (core, lot) in [("C0001", "L-1"), ("C0002", "L-2"), ("C0003", "L-2")] {
        let last = shell.pipe("CORE-1", &["OP-2001", core, lot]);
        assert_eq!(last[2]["did"], "unit-completed", "{last:?}");
    }
    for (unit, core) in [("X0001", "C0001"), ("X0002", "C0002")] {
        let last = shell.pipe("FILL-1", &["OP-2001", unit, core]);
        assert_eq!(last[2]["did"], "step-passed", "{last:?}");
    }
    let units = |line: &str| {
        let found = shell.run(line).json();
        let all = found["units"].as_array().unwrap();
        assert_eq!(found["total"], all.len());
        let mut names: Vec<_> = all.iter().map(|u| u["unit"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(units("where-used L-2 --json"), ["C0002", "C0003", "X0002"]);
    assert_eq!(units("where-used --supplier Acme --json"), ["C0002", "C0003", "X0002"]);
    assert_eq!(units("where-used C0001 --json"), ["X0001"]);
    let first = shell.run("where-used L-2 --limit 1 --json").json();
    let after = first["units"][0]["unit"].as_str().unwrap();
    let rest = shell.run(&format!("where-used L-2 --after {after} --json")).json();
    assert_eq!((&first["total"], rest["units"].as_array().unwrap().len()), (&3.into(), 2));
    assert_eq!(units("hold --where-used L-2 --reason recall --by OP-1001 --json"), ["C0002", "C0003", "X0002"]);
    let answers = shell.pipe("GATE-1", &["OP-2001", "X0002", "X0001", r#"{"command":"pass"}"#]);
    assert_eq!((&answers[1]["code"], &answers[3]["did"]), (&"on-hold".into(), &"unit-dispatched".into()));
    let used = shell.pipe("FILL-1", &["OP-2001", "X0003", "C0003"]);
    assert_eq!(used[2]["code"], "on-hold", "{used:?}");
}

#[test]
fn what_a_suspect_sub_assembly_went_into_is_suspect_too() {
    let shell = Shell::at_work();
    let routes = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/routes");
    for route in ["board", "cabinet"] {
        shell.run(&format!("route release {routes}/{route}.toml --by OP-1001")).done();
    }
    let made = shell.pipe("SMD-1", &["OP-2001", "PB00001", "CH0001", r#"{"value":"pass"}"#]);
    assert_eq!(made.last().unwrap()["did"], "unit-completed", "{made:?}");
    let built = shell.pipe("BENCH-1", &["OP-2001", "H000001", "PB00001", "HS0001", "H000002"]);
    assert_eq!(built[3]["did"], "step-passed", "{built:?}");
    let suspects = shell.run("suspects station:SMD-1 --since 2020-01-01 --json").json();
    assert_eq!(suspects["total"], 2, "{suspects}");
    assert_eq!((&suspects["units"][0]["unit"], &suspects["units"][1]["unit"]), (&"PB00001".into(), &"H000001".into()));
    let held = shell.run("hold --suspect station:SMD-1 --since 2020-01-01 --reason oven --by OP-1001 --json").json();
    assert_eq!(held["held"], 2, "{held}");
    assert_eq!(shell.run("show H000001 --json").json()["hold"]["of"], "station:SMD-1");
    // Both were at the bench, and each is told once.
    assert_eq!(shell.run("suspects operator:OP-2001 --since 2020-01-01 --json").json()["total"], 3);
}

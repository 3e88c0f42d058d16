//! Work orders, from a shell and over the pipe.

use serde_json::Value;

use super::pump::PUMP;
use crate::support::shell::{OPERATOR_PIN, Shell};

const OPEN: &str = "order open 88120 --route pump --revision A --variant STD --quantity 2";

/// A device at work that makes pumps, too.
fn shell() -> Shell {
    let shell = Shell::at_work();
    shell.run(&format!("route release {PUMP} --by OP-1001")).done();
    shell
}

fn orders(shell: &Shell, line: &str) -> Vec<Value> {
    shell.run(line).json()["orders"].as_array().unwrap().clone()
}

#[test]
fn an_order_is_opened_listed_and_closed() {
    let shell = shell();
    let opened = shell.run(&format!("{OPEN} --serials P000001..P000002 --customer Marine --by OP-1001 --json")).json();
    assert_eq!(opened["did"], "order-opened");
    assert_eq!(
        orders(&shell, "order list --json")[0].to_string(),
        concat!(
            r#"{"closed":false,"customer":"Marine","finished":0,"order":"88120","quantity":2,"remaining":2,"#,
            r#""revision":"A","route":"pump","scrapped":0,"serials":"P000001..P000002","started":0,"variant":"STD"}"#
        )
    );
    let page = shell.run("order list").done();
    assert!(page.contains("0 of 2") && page.contains("P000001..P000002"), "{page}");
    shell.run("order close 88120 --reason done --by OP-1001").done();
    assert_eq!(orders(&shell, "order list --json")[0]["closed"], true);
    assert!(orders(&shell, "order list --open --json").is_empty());
    let (what, _) = shell.run("order close 88120 --reason done --by OP-1001").failed(1);
    assert!(what.contains("refused (order-closed)"), "{what}");
    let (what, _) = shell.run("order close 88121 --reason done --by OP-1001").failed(1);
    assert!(what.contains("refused (order-missing)"), "{what}");
}

#[test]
fn an_order_that_says_nonsense_is_refused_and_on_record() {
    let shell = shell();
    let refused = [
        ("--route pump --revision A --variant STD --quantity 0", "bad-input"),
        ("--route pump --revision A --variant STD --quantity 4000000000", "bad-input"),
        ("--route pump --revision A --variant RED --quantity 2", "bad-input"),
        ("--route pump --revision A --quantity 2", "bad-input"),
        ("--route valve --revision A --variant STD --quantity 2", "bad-input"),
        ("--route pump --revision B --variant STD --quantity 2", "route-not-released"),
        ("--route pump --revision A --variant STD --quantity 3 --serials P000001..P000002", "bad-input"),
        ("--route pump --revision A --variant STD --quantity 2 --serials X000001..X000002", "wrong-identifier"),
    ];
    for (line, code) in refused {
        let (what, _) = shell.run(&format!("order open 88120 {line} --by OP-1001")).failed(1);
        assert!(what.contains(&format!("refused ({code})")), "{line}: {what}");
    }
    let codes = shell.run("refusals --json").json();
    let codes: Vec<_> = codes["refusals"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect();
    assert_eq!(codes, refused.map(|(_, code)| code));
    for (line, said) in [
        ("--quantity -1", "-1 is not in 0.."),
        ("--quantity 99999999999", "99999999999 is not in 0.."),
        ("--quantity 2 --serials P2..P1", "a range is two numbers of one form"),
        ("", "required arguments were not provided: --quantity <N>"),
    ] {
        let line = format!("order open 88120 --route pump --revision A {line} --by OP-1001");
        let (what, _) = shell.run(&line).failed(2);
        assert!(what.contains(said), "{line}: {what}");
    }
    assert!(orders(&shell, "order list --json").is_empty());
}

#[test]
fn only_a_lead_whose_badge_counts_opens_an_order_and_ranges_do_not_overlap() {
    let shell = shell();
    let line = format!("{OPEN} --by OP-2001");
    let (what, _) = shell.run_with(&line, "TRAVELLER_PIN", OPERATOR_PIN).failed(1);
    assert!(what.contains("refused (role)"), "{what}");
    shell.run("operator revoke OP-2001 --reason left --by OP-1001").done();
    let (what, _) = shell.run_with(&line, "TRAVELLER_PIN", OPERATOR_PIN).failed(1);
    assert!(what.contains("refused (unknown-badge)"), "{what}");
    shell.run(&format!("{OPEN} --serials P000001..P000002 --by OP-1001")).done();
    let (what, _) = shell.run(&format!("{OPEN} --by OP-1001")).failed(1);
    assert!(what.contains("refused (already-recorded)"), "{what}");
    let other = "order open 88121 --route pump --revision A --variant EX --quantity 2 --serials P000002..P000003";
    let (what, _) = shell.run(&format!("{other} --by OP-1001")).failed(1);
    assert!(what.contains("refused (duplicate-serial)"), "{what}");
}

#[test]
fn units_begin_under_the_order_that_is_chosen_and_count_for_it() {
    let shell = shell();
    shell.run(&format!("{OPEN} --by OP-1001")).done();
    let answers = shell.pipe("KIT-1", &["OP-2001", "P000001", r#"{"select":{"order":"88120"}}"#, "P000001", "L-1"]);
    let words: Vec<_> = answers.iter().map(|a| a.get("did").or(a.get("code")).unwrap().as_str().unwrap()).collect();
    assert_eq!(words, ["signed-on", "order-missing", "order-selected", "unit-opened", "step-passed"]);
    assert_eq!(answers[3]["order"].to_string(), r#"{"finished":0,"order":"88120","quantity":2,"started":1}"#);
    shell.pipe("KIT-1", &["OP-2001", "P000002", "L-1"]);
    let full = shell.pipe("KIT-1", &["OP-2001", "P000003"]);
    assert_eq!(full[1]["code"], "order-full");
    let listed = &orders(&shell, "order list --json")[0];
    assert_eq!((&listed["started"], &listed["finished"], &listed["remaining"]), (&2.into(), &0.into(), &2.into()));
    let units = shell.run("units --route pump --json").json();
    assert_eq!(units["units"][0]["order"], "88120");
    let shown = shell.run("show P000001 --json").json();
    assert_eq!((&shown["order"], &shown["variant"]), (&"88120".into(), &"STD".into()));
    let states: Vec<_> = shown["steps"].as_array().unwrap().iter().map(|s| s["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["passed", "due", "not-of-variant", "ahead", "ahead"]);
    let lacking: Vec<_> = shown["gaps"].as_array().unwrap().iter().map(|g| g["step"].as_str().unwrap()).collect();
    assert_eq!(lacking, ["20", "40", "50"], "a step of the other variant is no gap");
}

//! Gauges, and what is suspect where one was found bad.

use super::pump::{self, at_the_bench};
use crate::support::shell::{OPERATOR_PIN, Shell};

const REGISTER: &str = "gauge register G-7 --kind torque --due 2099-12-31 --by OP-1001";

#[test]
fn a_gauge_is_registered_listed_and_retired() {
    let shell = Shell::at_work();
    assert_eq!(shell.run(&format!("{REGISTER} --json")).json()["did"], "gauge-registered");
    let past = shell.run("gauge register G-8 --kind leak --due 2020-01-01 --by OP-1001");
    assert_eq!(past.code, 0, "{past:?}");
    assert!(past.err.contains("gauge G-8 was due on 2020-01-01"), "{past:?}");
    let listed = shell.run("gauge list --json").json();
    let told: Vec<_> = listed["gauges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|g| (g["gauge"].as_str().unwrap(), g["overdue"].as_bool().unwrap(), g["standing"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("G-7", false, "good"), ("G-8", true, "good")]);
    let page = shell.run("gauge list").done();
    assert!(page.contains("2020-01-01"), "{page}");
    shell.run("gauge retire G-8 --reason broken --by OP-1001").done();
    assert_eq!(shell.run("gauge list --json").json()["gauges"][1]["standing"], "retired");
    for (line, code) in [
        ("gauge retire G-8 --reason broken --by OP-1001", "already-recorded"),
        ("gauge retire G-9 --reason broken --by OP-1001", "gauge-missing"),
        (REGISTER, "already-recorded"),
        ("gauge register L-1 --kind torque --due 2099-12-31 --by OP-1001", "ambiguous-label"),
        ("gauge calibrate G-9 --due 2099-12-31 --found good --reason yearly --by OP-1001", "gauge-missing"),
    ] {
        let (what, _) = shell.run(line).failed(1);
        assert!(what.contains(&format!("refused ({code})")), "{line}: {what}");
    }
    let by_operator = "gauge register G-9 --kind torque --due 2099-12-31 --by OP-2001";
    let (what, _) = shell.run_with(by_operator, "TRAVELLER_PIN", OPERATOR_PIN).failed(1);
    assert!(what.contains("refused (role)"), "{what}");
    for (line, said) in [
        ("gauge register G-9 --kind torque --due soon --by OP-1001", "not a day such as"),
        ("gauge calibrate G-7 --due 2099-12-31 --found fair --reason yearly --by OP-1001", "found good or bad"),
        ("gauge calibrate G-7 --due 2099-12-31 --reason yearly --by OP-1001", "required arguments were not provided"),
        ("suspects G-7", "suspect is gauge:G-7, operator:OP-2001, station:TEST-1 or tester:TEST-1"),
        ("suspects operator:OP-2001", "since when operator:OP-2001 is suspect was not said"),
        ("suspects gauge:G-7 --since 2026-02-01 --until 2026-01-01", "--until lies before --since"),
    ] {
        let (what, _) = shell.run(line).failed(2);
        assert!(what.contains(said), "{line}: {what}");
    }
    let (what, _) = shell.run("suspects gauge:G-9").failed(1);
    assert!(what.contains("gauge G-9 is not registered"), "{what}");
}

#[test]
fn what_a_bad_gauge_measured_since_it_was_good_is_suspect() {
    let shell = pump::shell();
    at_the_bench(&shell, &["P000001"]);
    shell.run("gauge calibrate G-7 --due 2099-12-31 --found good --reason yearly --by OP-1001").done();
    at_the_bench(&shell, &["P000002", "P000003"]);
    let bad = "gauge calibrate G-7 --due 2099-12-31 --found bad --reason yearly --by OP-1001";
    let page = shell.run(bad).done();
    assert!(page.contains("2 units were measured with it since it was last known to be good"), "{page}");
    let found = shell.run(&format!("{bad} --json")).json();
    assert_eq!((&found["did"], &found["suspect"]["units"]), (&"gauge-changed".into(), &2.into()));
    let list = found["suspect"]["list"].as_str().unwrap().strip_prefix("traveller ").unwrap().to_owned();
    let listed = shell.run(&format!("{list} --json")).json();
    let units: Vec<_> = listed["units"].as_array().unwrap().iter().map(|u| u["unit"].as_str().unwrap()).collect();
    assert_eq!((units, &listed["total"]), (vec!["P000002", "P000003"], &2.into()));
    assert_eq!(shell.run("suspects gauge:G-7 --since 2020-01-01 --json").json()["total"], 3);
    assert_eq!(shell.run("suspects gauge:G-7 --since 2020-01-01 --until 2020-12-31 --json").json()["total"], 0);
    assert_eq!(shell.run("suspects operator:OP-2001 --since 2020-01-01 --json").json()["total"], 3);
    assert_eq!(shell.run("suspects station:BENCH-1 --since 2020-01-01 --json").json()["total"], 3);
    assert_eq!(shell.run("suspects station:BENCH-2 --since 2020-01-01 --json").json()["total"], 0);

    let recall = shell.run("hold --suspect gauge:G-7 --reason drift --by OP-1001 --json").json();
    assert_eq!((&recall["of"], &recall["held"], &recall["already"]), (&"gauge:G-7".into(), &2.into(), &0.into()));
    let again = shell.run("hold --suspect gauge:G-7 --since 2020-01-01 --reason drift --by OP-1001 --json").json();
    assert_eq!((&again["held"], &again["already"], &again["total"]), (&1.into(), &2.into(), &3.into()));
    let measured = shell.pipe("BENCH-1", &["OP-2001", "G-7"]);
    assert_eq!(measured[1]["code"], "gauge-overdue");
}

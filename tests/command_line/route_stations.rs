//! Route files held against the stations of the plant.

use crate::support::shell::{Shell, VALVE};

/// The classes of the route of the scenarios, each with a station, but for those that are left out.
fn stations(shell: &Shell, without: &str) {
    let stations = ["kit", "bench", "test", "gate"].into_iter().filter(|class| *class != without);
    let tables = stations.map(|class| format!("[station.{}-1]\nclass = \"{class}\"\n", class.to_uppercase()));
    let file = tables.collect::<Vec<_>>().concat();
    std::fs::write(shell.home.path().join("traveller.toml"), file).unwrap();
}

#[test]
fn each_station_of_a_route_is_served() {
    let shell = Shell::new();
    stations(&shell, "");
    let text = shell.run(&format!("route check {VALVE}")).done();
    let told = text.lines().nth(1).unwrap();
    assert!(told.contains(": every station is served; handovers: "), "{text}");
    let answer = shell.run(&format!("route check {VALVE} --json")).json();
    let handovers = answer["files"][0]["handovers"].as_array().unwrap();
    assert!(handovers.iter().all(|h| h["from"]["station"] != h["to"]["station"]), "{handovers:?}");
    let count = told.split(": ").last().unwrap().split(", ").count();
    assert_eq!(handovers.len(), count);
}

#[test]
fn a_station_that_is_not_there_is_told_with_the_way_to_its_step() {
    let shell = Shell::at_work();
    stations(&shell, "test");
    let told = shell.run(&format!("route check {VALVE}"));
    assert_eq!(told.code, 1);
    let begins = format!("{VALVE}:");
    let finding = told.out.lines().next().unwrap();
    assert!(finding.starts_with(&begins), "{finding}");
    assert!(finding.contains("no station is of the class `test`, so nobody does step `"), "{finding}");
    assert!(
        finding.contains(" > ") && finding.ends_with("or a station of that class into the configuration"),
        "{finding}"
    );
    assert_eq!(shell.run(&format!("route check {VALVE} --json")).json()["sound"], false);

    let next = std::fs::read_to_string(VALVE).unwrap().replace("revision = \"A\"", "revision = \"B\"");
    std::fs::write(shell.home.path().join("next.toml"), next).unwrap();
    let refused = shell.run("route release next.toml --by OP-1001");
    assert_eq!(refused.code, 1);
    assert!(refused.out.contains("no station is of the class `test`"), "{}", refused.out);
    stations(&shell, "");
    shell.run("route release next.toml --by OP-1001").done();
}

#[test]
fn where_the_configuration_lists_no_station_any_will_do() {
    let shell = Shell::new();
    let text = shell.run(&format!("route check {VALVE}")).done();
    assert_eq!(text.lines().count(), 1, "{text}");
}

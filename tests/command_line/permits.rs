//! Permits and overrides from a shell: what quality lets go, who used it, and what is left of it.

use crate::support::shell::Shell;

const OPEN: &str = "permit open DP-1 --rule lot-expired --lot L-9 --route valve --step 10 --units 1 --until 2099-01-01 \
                    --reason agreed --by OP-4001";

fn shell() -> Shell {
    let shell = Shell::at_work();
    shell.run("operator enrol --badge OP-4001 --name Quality --role quality --by OP-1001").done();
    shell.run("lot receive L-9 --part SEAL --quantity 10 --expires 2020-01-01 --by OP-1001").done();
    shell
}

fn signed(shell: &Shell, line: &str) -> crate::support::shell::Answer {
    shell.run_with(line, "TRAVELLER_PIN", crate::support::shell::OPERATOR_PIN)
}

#[test]
fn a_permit_is_opened_used_shown_and_closed() {
    let shell = shell();
    shell.run(&OPEN.replace("OP-4001", "OP-1001")).failed(1);
    signed(&shell, OPEN).done();
    let done = shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001", "B0001", "L-9"]);
    // Until when it counts is known only where the machine's clock is trusted.
    let used = done[4]["evidence"]["permit"]["because"] != "clock-untrusted";
    assert_eq!(done[4]["did"] == "step-passed", used, "{done:?}");
    let next = shell.pipe("KIT-1", &["OP-2001", "V000002", "V000002", "B0002", "L-9"]);
    assert_eq!(next[4]["evidence"]["permit"]["because"], if used { "used" } else { "clock-untrusted" });
    let listed = shell.run("permit list --json").json()["permits"][0].clone();
    assert_eq!((&listed["rule"], &listed["used"]), (&"lot-expired".into(), &i32::from(used).into()));
    assert_eq!(listed["standing"], if used { "used" } else { "open" });
    let shown = shell.run("permit show DP-1 --json").json();
    assert_eq!(shown["units"][0]["unit"] == "V000001", used);
    assert!(shell.run("permit show DP-1").done().contains("lot-expired L-9, units 1, "));
    signed(&shell, "permit close DP-1 --reason done --by OP-4001").done();
    assert_eq!(shell.run("permit list --open --json").json()["permits"].as_array().unwrap().len(), 0);
    signed(&shell, "permit close DP-1 --reason done --by OP-4001").failed(1);
}

#[test]
fn a_permit_takes_what_belongs_to_its_rule_and_nothing_else() {
    let shell = shell();
    for (line, what) in [
        (OPEN.replace(" --lot L-9", ""), "give --lot too"),
        (OPEN.replace(" --units", " --gauge G-1 --units"), "leave --gauge out"),
        (OPEN.replace("lot-expired", "on-hold"), "lot-expired"),
    ] {
        let (said, instead) = signed(&shell, &line).failed(2);
        assert!(format!("{said} {instead}").contains(what), "{said} {instead}");
    }
    shell.run("permit show DP-7").failed(2);
}

#[test]
fn a_plant_that_says_nothing_of_overrides_has_none() {
    let shell = shell();
    shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001"]);
    let line = "override V000001 --rule lot-expired --reason late --by OP-1001";
    let refused = shell.run(&format!("{line} --json")).json();
    assert_eq!((&refused["code"], &refused["evidence"]["field"]), (&"no-override".into(), &"not-configured".into()));
    let config = shell.home.path().join("traveller.toml");
    std::fs::write(&config, "[override]\nrules = [\"lot-expired\"]\nroles = [\"lead\"]\nbudget = 1\n").unwrap();
    let with = |line: &str| shell.run(&format!("{line} --config {}", config.display()));
    // For how long one lasts is known only where the machine's clock is trusted.
    let given = with(&format!("{line} --json")).json();
    if given["code"] == "clock-untrusted" {
        return;
    }
    assert_eq!(given["did"], "overridden", "{given}");
    let units = ["OP-2001", "V000001", "B0001", "L-9"];
    assert_eq!(shell.pipe("KIT-1", &units)[3]["did"], "step-passed");
    shell.pipe("KIT-1", &["OP-2001", "V000002", "V000002"]);
    with("override V000002 --rule lot-expired --reason late --by OP-1001").failed(1);
    assert!(shell.run("report shift").done().contains("overridden"));
}

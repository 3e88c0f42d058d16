//! Pumps: what most rules of a route are tried on.

use crate::support::shell::Shell;

/// A route under orders, in two variants, with a gauge and a qualification.
pub(super) const PUMP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/command_line/routes/pump.toml");

/// A device at work that makes pumps of the standard variant, under the order 88120, with the gauge G-7.
pub(super) fn shell() -> Shell {
    let shell = Shell::at_work();
    shell.run(&format!("route release {PUMP} --by OP-1001")).done();
    shell.run("operator qualify OP-2001 --qualify torque-m4=2099-12-31 --by OP-1001").done();
    shell.run("order open 88120 --route pump --revision A --variant STD --quantity 9 --by OP-1001").done();
    shell.run("gauge register G-7 --kind torque --due 2099-12-31 --by OP-1001").done();
    shell
}

/// Pumps of the order 88120, tightened with the gauge G-7.
pub(super) fn at_the_bench(shell: &Shell, units: &[&str]) {
    for unit in units {
        shell.pipe("KIT-1", &["OP-2001", "88120", unit, "L-1"]);
        let last = shell.pipe("BENCH-1", &["OP-2001", "G-7", unit, r#"{"value":"2.20"}"#]);
        assert_eq!(last[3]["did"], "step-passed", "{last:?}");
    }
}

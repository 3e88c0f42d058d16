//! Pumps: what most rules of a route are tried on.

use crate::support::shell::Shell;

/// A route under orders, in two variants, with a gauge and a qualification.
pub(super) const PUMP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/command_line/routes/pump.toml");

/// Pumps of the order 88120, tightened with the gauge G-7.
pub(super) fn at_the_bench(shell: &Shell, units: &[&str]) {
    for unit in units {
        shell.pipe("KIT-1", &["OP-2001", "88120", unit, "L-1"]);
        let last = shell.pipe("BENCH-1", &["OP-2001", "G-7", unit, r#"{"value":"2.20"}"#]);
        assert_eq!(last[3]["did"], "step-passed", "{last:?}");
    }
}

//! Work with scanners alone: from the badge to PASS, at one station and at two, at the speed of a scanner.

use super::bench::{Bench, look};
use super::usb::UsbScanner;

#[ignore = "runs in the rig"]
#[test]
fn a_scanner_that_nobody_configured_types() {
    let bench = Bench::new();
    let mut terminal = bench.terminal();
    terminal.wait_for("SCAN YOUR BADGE");
    let scanner = UsbScanner::voyager(0);
    look();
    scanner.scan("OP-2001");
    terminal.wait_for("SCAN A UNIT");
    look();
    scanner.scan("ZYQWAM-0001");
    terminal.wait_for("Seal");
    look();
    scanner.scan("S-1");
    terminal.wait_for("S-1");
    println!("{}", terminal.screen());
    look();
    scanner.scan("PLATE-1");
    terminal.wait_for("NEXT 20");
    println!("{}", terminal.screen());
    println!("{:?}", bench.events("step-passed"));
    println!("{:?}", bench.events("unit-opened"));
}

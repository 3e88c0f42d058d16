//! A scanner comes into the configuration by a scan.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use traveller::domain::label::GS;
use traveller::domain::self_test::long_text;

use super::bench::{Bench, look};
use super::keys::{DE, gs_by_keypad};
use super::usb::UsbScanner;

#[ignore = "runs in the rig"]
#[test]
fn the_scanner_that_reads_the_code_is_enrolled_and_the_terminal_uses_it() {
    let bench = Bench::new();
    // Two of one kind: only one of them reads the code.
    let (_other, scanner) = (UsbScanner::plugged_in(1), UsbScanner::plugged_in(2));
    let mut doctor = bench.command("doctor scanners --enrol left --station BENCH-1");
    let mut doctor = doctor.stdout(Stdio::piped()).spawn().unwrap();
    let mut answers = BufReader::new(doctor.stdout.take().unwrap());
    let mut said = String::new();
    while !said.contains("Until then") {
        assert_ne!(answers.read_line(&mut said).unwrap(), 0, "{said}");
    }
    let text = long_text();
    let (before, behind) = text.split_once(GS).unwrap();
    let before = before.chars().map(|c| DE.stroke(c));
    scanner.send(&before.chain(gs_by_keypad()).chain(DE.scan(behind)).collect::<Vec<_>>());
    answers.read_to_string(&mut said).unwrap();
    assert!(doctor.wait().unwrap().success(), "{said}");
    let written = bench.settings();
    for line in ["[scanner.left]", "serial = \"SN0002\"", "layout = \"de\"", "station = \"BENCH-1\""] {
        assert!(written.lines().any(|l| l == line), "{line} is not in\n{written}");
    }
    let terminal = bench.terminal();
    terminal.is_ready(1);
    look();
    scanner.send(&DE.scan("OP-2001"));
    terminal.wait_for("SCAN A UNIT");
}

//! What scanners make of one label: by layouts, and by the ways to send a separator.

use super::bench::{Bench, look};
use super::keys::{DE, ENTER, FR, Layout, Stroke, US, gs_by_ctrl, gs_by_keypad};
use super::usb::UsbScanner;

const UNIT: &str = "ZYQWAM-0417";

/// What opens where a scanner of these settings sends these keys.
fn opened(settings: &str, badge: Layout, strokes: &[Stroke]) -> Bench {
    let bench = Bench::new().with_scanner("left", 1, settings);
    let scanner = UsbScanner::plugged_in(1);
    let terminal = bench.terminal();
    terminal.is_ready(1);
    look();
    scanner.send(&badge.scan("OP-2001"));
    terminal.wait_for("SCAN A UNIT");
    look();
    scanner.send(strokes);
    terminal.wait_for("STEP 10");
    let opened = bench.events("unit-opened");
    assert_eq!((opened.len(), opened[0]["unit"].as_str()), (1, Some(UNIT)));
    bench
}

#[ignore = "runs in the rig"]
#[test]
fn a_scanner_that_types_like_a_german_keyboard_is_read_so() {
    opened("layout = \"de\"", DE, &DE.scan(UNIT));
}

#[ignore = "runs in the rig"]
#[test]
fn a_scanner_that_types_like_a_french_keyboard_is_read_so() {
    opened("layout = \"fr\"", FR, &FR.scan(UNIT));
}

/// A GS1 label of the unit: its serial number ends with a separator, and a lot comes behind it.
fn label(separator: &[Stroke]) -> Vec<Stroke> {
    let before = "]d2010950600013435221ZYQWAM-0417".chars().map(|c| US.stroke(c));
    let behind = "10LOT7".chars().map(|c| US.stroke(c));
    before.chain(separator.iter().copied()).chain(behind).chain([ENTER]).collect()
}

#[ignore = "runs in the rig"]
#[test]
fn a_separator_is_read_in_each_of_three_ways() {
    let by_ctrl = opened("", US, &label(&gs_by_ctrl()));
    let by_keypad = opened("", US, &label(&gs_by_keypad()));
    let by_substitute = opened("gs = \"|\"", US, &label(&[US.stroke('|')]));
    for bench in [by_ctrl, by_keypad, by_substitute] {
        let record = bench.run("events --json").done();
        assert!(record.contains(r"]d2010950600013435221ZYQWAM-0417\u001d10LOT7"), "{record}");
    }
}

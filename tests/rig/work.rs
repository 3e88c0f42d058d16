//! Work with scanners alone: from the badge to PASS, at one station and at two, at the speed of a scanner.

use std::thread::scope;

use super::bench::{Bench, look};
use super::usb::UsbScanner;

/// Scans of the long run, and the characters of each.
const SCANS: u32 = 1_000;

#[ignore = "runs in the rig"]
#[test]
fn a_scanner_that_nobody_configured_types() {
    let bench = Bench::new();
    let terminal = bench.terminal();
    let scanner = UsbScanner::plugged_in(1);
    look();
    scanner.scan("OP-2001");
    terminal.wait_for("SCAN A UNIT");
    look();
    scanner.scan("ZYQWAM-0001");
    terminal.wait_for("Seal");
    assert_eq!(bench.events("unit-opened").len(), 1);
    // What it types counts as typed: nothing on record is said to come from a device.
    assert!(!bench.run("events --json").done().contains("\"device\""));
}

#[ignore = "runs in the rig"]
#[test]
fn a_unit_passes_a_step_by_scans_alone() {
    let bench = Bench::new().with_scanner("left", 1, "");
    let scanner = UsbScanner::plugged_in(1);
    let terminal = bench.terminal();
    terminal.is_ready(1);
    for (scan, then) in
        [("OP-2001", "SCAN A UNIT"), ("ZYQWAM-0001", "STEP 10"), ("S-1", "Seal S-1"), ("PLATE-1", "NEXT 20 Dispatch")]
    {
        look();
        scanner.scan(scan);
        terminal.wait_for(then);
    }
    assert!(terminal.picture().contains("####   ###   ####  ####"), "no PASS:\n{}", terminal.picture());
    let passed = bench.events("step-passed");
    assert_eq!((passed.len(), &passed[0]["unit"], &passed[0]["by"]), (1, &"ZYQWAM-0001".into(), &"OP-2001".into()));
    for kind in ["material-installed", "check-recorded"] {
        let how = bench.events(kind)[0]["how"].to_string();
        assert!(how.contains("scanned") && how.contains("left"), "{kind}: {how}");
    }
}

#[ignore = "runs in the rig"]
#[test]
fn two_scanners_at_once_serve_two_stations() {
    let bench =
        Bench::new().with_scanner("left", 1, "station = \"BENCH-1\"").with_scanner("right", 2, "station = \"BENCH-2\"");
    let (left, right) = (UsbScanner::plugged_in(1), UsbScanner::plugged_in(2));
    let terminal = bench.terminal_of("--station BENCH-1 --station BENCH-2");
    terminal.is_ready(2);
    let both = |one: &str, other: &str| {
        look();
        scope(|scope| {
            scope.spawn(|| left.scan(one));
            right.scan(other);
        });
    };
    both("OP-1001", "OP-2001");
    terminal.wait_until("both signed on", |screen| screen.matches("SCAN A UNIT").count() == 2);
    both("ZYQWAM-0001", "ZYQWAM-0002");
    terminal.wait_until("both units", |screen| screen.contains("ZYQWAM-0001") && screen.contains("ZYQWAM-0002"));
    both("S-1", "S-1");
    terminal.wait_until("both lots", |screen| screen.matches("Seal S-1").count() == 2);
    both("PLATE-1", "PLATE-1");
    terminal.wait_until("both passed", |screen| screen.matches("NEXT 20").count() == 2);
    let passed = bench.events("step-passed");
    let mut passed: Vec<_> =
        passed.iter().map(|e| ["station", "unit", "by"].map(|key| e[key].as_str().unwrap())).collect();
    passed.sort_unstable();
    assert_eq!(passed, [["BENCH-1", "ZYQWAM-0001", "OP-1001"], ["BENCH-2", "ZYQWAM-0002", "OP-2001"]]);
    assert!(bench.events("refused").is_empty());
}

#[ignore = "runs in the rig"]
#[test]
fn a_thousand_scans_without_a_pause_are_all_on_record() {
    let bench = Bench::new().with_scanner("left", 1, "");
    let scanner = UsbScanner::plugged_in(1);
    let terminal = bench.terminal();
    terminal.is_ready(1);
    look();
    scanner.scan("OP-2001");
    terminal.wait_for("SCAN A UNIT");
    look();
    for n in 0..SCANS {
        // Twenty characters of which the gate knows nothing: each scan is a refusal on record.
        scanner.scan(&format!("unknown-{n:012}"));
    }
    scanner.scan("the-last");
    terminal.wait_for("the-last");
    let refused: Vec<_> = bench.events("refused").iter().map(|e| e["raw"].as_str().unwrap().to_owned()).collect();
    let sent: Vec<_> = (0..SCANS).map(|n| format!("unknown-{n:012}")).chain(["the-last".to_owned()]).collect();
    assert!(refused == sent, "{} of {SCANS} scans are on record", refused.len());
}

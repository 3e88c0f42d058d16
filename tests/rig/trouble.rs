//! What goes wrong between a scanner and the terminal: it is said, and the next scan is whole.

use super::bench::{Bench, look};
use super::keyboard::Keyboard;
use super::keys::US;
use super::leaks::Listener;
use super::machine::{load, pause, unload};
use super::usb::UsbScanner;

const UNIT: &str = "ZYQWAM-0001";
/// The kernel repeats a key after a quarter of a second; a scan is given up after a whole one without a key.
const HELD_MS: u64 = 700;

#[ignore = "runs in the rig"]
#[test]
fn a_scanner_that_is_unplugged_in_mid_scan_loses_that_scan_alone() {
    let bench = Bench::new().with_scanner("left", 1, "");
    let scanner = UsbScanner::plugged_in(1);
    let terminal = bench.signed_on(&scanner);
    look();
    scanner.send(&US.scan(UNIT)[..6]);
    scanner.unplug();
    terminal.wait_for("the scanner was unplugged in the middle");
    terminal.wait_for("!NO SCANNER");
    scanner.plug_in();
    terminal.is_ready(1);
    look();
    scanner.scan(UNIT);
    terminal.wait_for("STEP 10");
    println!("{}", terminal.screen());
}

#[ignore = "runs in the rig"]
#[test]
fn keys_that_the_kernel_dropped_spoil_their_scan_alone() {
    let bench = Bench::new().with_scanner("left", 1, "");
    let scanner = UsbScanner::plugged_in(1);
    let terminal = bench.signed_on(&scanner);
    look();
    terminal.stands_still();
    // The kernel keeps 64 events for who does not read.
    scanner.scan("ZYQWAM-0001-and-much-more-than-the-kernel-keeps-for-anybody");
    terminal.goes_on();
    terminal.wait_for("some of its characters were lost");
    // Its end was dropped, too, and could still come: a scan is over after a second without a key.
    pause(1_100);
    scanner.scan(UNIT);
    terminal.wait_for("STEP 10");
    assert_eq!(bench.events("unit-opened").len(), 1);
}

#[ignore = "runs in the rig"]
#[test]
fn a_key_that_is_held_is_one_key() {
    let bench = Bench::new().with_scanner("left", 1, "");
    let scanner = UsbScanner::plugged_in(1);
    let hold = |stroke| {
        scanner.press(stroke);
        pause(HELD_MS);
        scanner.let_go();
    };
    let mut listener = Listener::new();
    hold(US.stroke('a'));
    let repeated = listener.heard();
    assert!(repeated.starts_with("aaaaa"), "the kernel repeats it: {repeated}");
    let terminal = bench.signed_on(&scanner);
    look();
    let strokes = US.scan(UNIT);
    scanner.send(&strokes[..6]);
    hold(strokes[6]);
    scanner.send(&strokes[7..]);
    terminal.wait_for("STEP 10");
    assert_eq!(bench.events("unit-opened")[0]["unit"], UNIT);
}

#[ignore = "runs in the rig"]
#[test]
fn a_scanner_that_another_program_keeps_is_said_to_be_taken_and_by_whom() {
    let bench = Bench::new().with_scanner("left", 1, "");
    let scanner = UsbScanner::plugged_in(1);
    let mut keeper = evdev::raw_stream::RawDevice::open(scanner.node()).unwrap();
    keeper.grab().unwrap();
    let terminal = bench.terminal();
    terminal.wait_for("!SCANNER TAKEN");
    let doctor = bench.run("doctor scanners");
    let here = format!("taken: proofs ({})", std::process::id());
    assert!(doctor.code == 1 && doctor.out.contains(&here), "{doctor:?}");
    drop(keeper);
    // Nobody tells that it was let go: the terminal looks again every half a minute.
    pause(31_000);
    terminal.is_ready(1);
    let doctor = bench.run("doctor scanners").done();
    assert!(doctor.contains("taken: traveller ("), "{doctor}");
}

#[ignore = "runs in the rig"]
#[test]
fn a_scanner_may_come_where_there_was_no_input_device_at_all() {
    let bench = Bench::new().with_settings("[scanner.left]\nvendor = \"0c2e\"\nproduct = \"0b6a\"\n");
    unload("uinput");
    unload("evdev");
    // The kernel's own mouse is always there.
    std::fs::remove_dir_all("/dev/input").unwrap();
    let terminal = bench.terminal();
    terminal.wait_for("!NO SCANNER");
    load("evdev");
    let mut scanner = Keyboard::plugged_in(0x0c2e, 0x0b6a);
    terminal.is_ready(1);
    look();
    scanner.send(&US.scan("OP-2001"));
    terminal.wait_for("SCAN A UNIT");
}

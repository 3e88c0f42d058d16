//! What a scanner sends goes to the terminal that has it, and nowhere else.

use std::io::{ErrorKind, Read};

use super::bench::{Bench, look};
use super::console::{Console, terminal};
use super::keyboard::Keyboard;
use super::keys::{SHIFT, Stroke, US};
use super::machine::{pause, run};
use super::usb::UsbScanner;

/// Who reads the first console, where every key goes that nobody keeps.
pub(super) struct Listener(std::fs::File);

impl Listener {
    pub(super) fn new() -> Self {
        // What is set lasts as long as somebody has it open.
        let mut listener = Self(terminal(1));
        run("stty -F /dev/tty1 raw -echo");
        listener.heard();
        listener
    }

    pub(super) fn heard(&mut self) -> String {
        pause(300);
        let mut bytes = [0; 256];
        match self.0.read(&mut bytes) {
            Ok(n) => String::from_utf8_lossy(&bytes[..n]).into_owned(),
            Err(e) if e.kind() == ErrorKind::WouldBlock => String::new(),
            Err(e) => panic!("{e}"),
        }
    }
}

/// A terminal that nobody sees: the first console stays with the listener.
fn out_of_sight(bench: &Bench) -> Console {
    Console::run(bench, 2, "run --station BENCH-1")
}

#[ignore = "runs in the rig"]
#[test]
fn nothing_that_a_scanner_sends_reaches_the_console() {
    let bench = Bench::new().with_scanner("left", 1, "");
    let scanner = UsbScanner::plugged_in(1);
    let mut listener = Listener::new();
    scanner.scan("Ab1");
    assert_eq!(listener.heard(), "Ab1\r", "a scanner that nobody keeps types");
    let console = out_of_sight(&bench);
    console.is_ready(1);
    look();
    scanner.scan("OP-2001");
    console.wait_for("SCAN A UNIT");
    assert_eq!(listener.heard(), "");
    drop(console);
    scanner.scan("Ab1");
    assert_eq!(listener.heard(), "Ab1\r", "it is given back with the program's end");
}

#[ignore = "runs in the rig"]
#[test]
fn a_shift_key_that_is_down_does_not_stick() {
    let bench = Bench::new().with_scanner("left", 1, "");
    let scanner = UsbScanner::plugged_in(1);
    let mut listener = Listener::new();
    let mut keyboard = Keyboard::plugged_in(0x046d, 0xc31c);
    scanner.press(Stroke { held: SHIFT, key: 0 });
    let console = out_of_sight(&bench);
    console.wait_for("SCAN YOUR BADGE");
    pause(1_000);
    keyboard.send(&US.scan("ab"));
    assert_eq!(listener.heard(), "AB\r", "Shift is down for the console");
    scanner.let_go();
    console.is_ready(1);
    keyboard.send(&US.scan("ab"));
    assert_eq!(listener.heard(), "ab\r", "the console saw that Shift was let go");
}

//! A bench: a device with people, a route and a lot, and the program on its console.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::Value;
use traveller::domain::ambient::SCREEN_SETTLE_MS;

use super::console::Console;
use super::machine::{only_in_the_rig, pause};
use super::usb::UsbScanner;
use crate::support::shell::Shell;

/// The route of the benches.
const ROUTE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rig/bench.toml");
/// Settings of every bench: a badge alone signs on, so that scans suffice.
const SETTINGS: &str = "[operators]\npin_at_sign_on = false\n[station.BENCH-1]\nclass = \"bench\"\n[station.BENCH-2]\n\
    class = \"bench\"\n";

/// A bench.
pub(super) struct Bench {
    shell: Shell,
}

/// The ledger of a bench at its beginning. Hashing PINs takes an emulated machine seconds, so that is done once.
fn furnished() -> &'static Shell {
    static FURNISHED: OnceLock<Shell> = OnceLock::new();
    FURNISHED.get_or_init(|| {
        let shell = Shell::new();
        shell.run("operator enrol --badge OP-1001 --name Lead --role lead,operator").done();
        shell.run("operator enrol --badge OP-2001 --name Olga --role operator --by OP-1001").done();
        shell.run(&format!("route release {ROUTE} --by OP-1001")).done();
        shell.run("lot receive S-1 --part SEAL --quantity 100000 --by OP-1001").done();
        shell
    })
}

impl Bench {
    /// A bench without scanners.
    pub(super) fn new() -> Self {
        only_in_the_rig();
        let shell = Shell::new();
        for file in std::fs::read_dir(furnished().home.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), shell.home.path().join(file.file_name())).unwrap();
        }
        let bench = Self { shell };
        std::fs::write(bench.settings_file(), SETTINGS).unwrap();
        bench
    }

    /// The same with a scanner in a socket, by its serial number; and what else is said of it.
    pub(super) fn with_scanner(self, name: &str, socket: u8, more: &str) -> Self {
        self.with_settings(&format!("[scanner.{name}]\nserial = \"SN000{socket}\"\n{more}\n"))
    }

    /// The same with more in its settings.
    pub(super) fn with_settings(self, more: &str) -> Self {
        std::fs::write(self.settings_file(), self.settings() + more).unwrap();
        self
    }

    fn settings_file(&self) -> PathBuf {
        self.shell.home.path().join("traveller.toml")
    }

    /// What is in its settings.
    pub(super) fn settings(&self) -> String {
        std::fs::read_to_string(self.settings_file()).unwrap()
    }

    /// The terminal of the first bench, on the console.
    pub(super) fn terminal(&self) -> Console {
        self.terminal_of("--station BENCH-1")
    }

    /// A terminal on the console.
    pub(super) fn terminal_of(&self, stations: &str) -> Console {
        let terminal = Console::run(self, 1, &format!("run {stations}"));
        terminal.wait_for("SCAN YOUR BADGE");
        terminal
    }

    /// The terminal of the first bench, with its one scanner, and somebody signed on.
    pub(super) fn signed_on(&self, scanner: &UsbScanner) -> Console {
        let terminal = self.terminal();
        terminal.is_ready(1);
        look();
        scanner.scan("OP-2001");
        terminal.wait_for("SCAN A UNIT");
        terminal
    }

    /// What is on record, of some kind.
    pub(super) fn events(&self, kind: &str) -> Vec<Value> {
        let events = self.shell.run("events --json").done();
        let events = events.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        events.filter(|event| event["kind"] == kind).collect()
    }
}

impl Deref for Bench {
    type Target = Shell;

    fn deref(&self) -> &Shell {
        &self.shell
    }
}

/// Looks at the screen, as people do before they scan: what comes sooner was meant for another one.
pub(super) fn look() {
    pause(u64::from(SCREEN_SETTLE_MS) + 100);
}

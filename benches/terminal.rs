//! What the operator's terminal costs, measured on the release binary on a real terminal: start to first frame,
//! memory, idle wake-ups, bytes on the wire. Each figure stands beside its baseline from the same run and its budget.
//!
//! `cargo bench --bench terminal`. A large ledger of 20,000 units is made; `TRAVELLER_BENCH_LEDGER` names one that is
//! there already, such as one of a million. `TRAVELLER_BENCH_IDLE` is the idle time in seconds, 60 by default.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a measurement watches clocks and ends at the first surprise"
)]
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]
#![expect(clippy::indexing_slicing, clippy::float_arithmetic, reason = "ratios are for people")]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const BINARY: &str = env!("CARGO_BIN_EXE_traveller");
/// The lead of a demonstration, and of the empty ledger made here.
const LEAD: (&str, &str) = ("OP-1001", "428617");
const ROUNDS: usize = 30;
const PATIENCE: Duration = Duration::from_mins(1);

/// A terminal of the program, and what it wrote.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn start(ledger: &Path) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(BINARY);
        command.args(["run", "--station", "bench", "--ledger"]);
        command.arg(ledger);
        command.env("TERM", "linux");
        let child = pair.slave.spawn_command(command).unwrap();
        let (to, output) = channel();
        let mut from = pair.master.try_clone_reader().unwrap();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n @ 1..) = from.read(&mut buffer) {
                if to.send(buffer[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let size = |n| std::num::NonZero::new(n).unwrap();
        let screen = vt100::Parser::new(size(24), size(80), 0);
        Self { child, keys, output, screen, _master: pair.master }
    }

    /// Waits until the screen shows a text; the bytes that were written since the last wait.
    fn until(&mut self, text: &str) -> usize {
        let mut bytes = 0;
        while !self.screen.screen().contents().contains(text) {
            let more = self.output.recv_timeout(PATIENCE).expect("the terminal never showed it");
            bytes += more.len();
            self.screen.process(&more);
        }
        // The rest of the frame.
        while let Ok(more) = self.output.recv_timeout(Duration::from_millis(200)) {
            bytes += more.len();
            self.screen.process(&more);
        }
        bytes
    }

    fn line(&mut self, text: &str) {
        std::thread::sleep(Duration::from_millis(500));
        self.keys.write_all(format!("{text}\r").as_bytes()).unwrap();
    }

    fn status(&self, key: &str) -> Vec<u64> {
        let tasks = format!("/proc/{}/task", self.child.process_id().unwrap());
        let read = |task: std::fs::DirEntry| std::fs::read_to_string(task.path().join("status")).ok();
        let number = |text: String| {
            let line = text.lines().find(|l| l.starts_with(key))?.to_owned();
            line.split_whitespace().nth(1)?.parse().ok()
        };
        std::fs::read_dir(tasks).unwrap().flatten().filter_map(read).filter_map(number).collect()
    }

    fn end(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Milliseconds from the start of the program to its first frame.
fn first_frame(ledger: &Path) -> f64 {
    let begun = Instant::now();
    let terminal = Terminal::start(ledger);
    let mut seen = Vec::new();
    while !seen.windows(4).any(|w| w == b"SCAN") {
        seen.extend(terminal.output.recv_timeout(PATIENCE).expect("no first frame"));
    }
    let taken = begun.elapsed();
    terminal.end();
    taken.as_secs_f64() * 1_000.0
}

/// Milliseconds that the `sqlite3` shell takes to open the file and read one row; none where there is no such shell.
fn bare_read(ledger: &Path) -> Option<f64> {
    let begun = Instant::now();
    let done = Command::new("sqlite3")
        .arg("-readonly")
        .arg(ledger)
        .arg("SELECT body FROM event ORDER BY id DESC LIMIT 1")
        .output()
        .ok()?;
    done.status.success().then(|| begun.elapsed().as_secs_f64() * 1_000.0)
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

fn empty(dir: &Path) -> PathBuf {
    let ledger = dir.join("empty.db");
    let enrolled = Command::new(BINARY)
        .args(["operator", "enrol", "--badge", LEAD.0, "--name", "Lead", "--role", "lead", "--ledger"])
        .arg(&ledger)
        .env("TRAVELLER_PIN", LEAD.1)
        .output()
        .unwrap();
    assert!(enrolled.status.success(), "{enrolled:?}");
    ledger
}

fn large(dir: &Path) -> PathBuf {
    if let Some(named) = std::env::var_os("TRAVELLER_BENCH_LEDGER") {
        return named.into();
    }
    let ledger = dir.join("large.db");
    let filled = Command::new(BINARY)
        .args(["demo", "--units", "20000", "--no-terminal", "--ledger"])
        .arg(&ledger)
        .output()
        .unwrap();
    assert!(filled.status.success(), "{filled:?}");
    ledger
}

fn told(what: &str, figure: &str, budget: &str) {
    println!("{what:<58} {figure:>16}   budget {budget}");
}

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let (empty, large) = (empty(dir.path()), large(dir.path()));
    let mut frames: [Vec<f64>; 3] = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        frames[0].push(first_frame(&empty));
        frames[1].push(first_frame(&large));
        frames[2].extend(bare_read(&large));
    }
    let [on_empty, on_large, bare] = frames;
    let (on_empty, on_large) = (median(on_empty), median(on_large));
    told("first frame, empty ledger", &format!("{on_empty:.1} ms"), "-");
    told("first frame, large ledger, times the empty one", &format!("{:.2}", on_large / on_empty), "1.2");
    if bare.is_empty() {
        told("first frame, times sqlite3 reading one row", "no sqlite3 here", "3");
    } else {
        told("first frame, times sqlite3 reading one row", &format!("{:.2}", on_large / median(bare)), "3");
    }
    at_work(&large);
}

/// Memory, bytes and wake-ups of a terminal at which somebody signed on.
fn at_work(large: &Path) {
    let mut terminal = Terminal::start(large);
    let first = terminal.until("SCAN");
    told("bytes of the first frame", &first.to_string(), "-");
    terminal.line(LEAD.0);
    let changed = terminal.until("PIN");
    told("bytes for a change of screen", &changed.to_string(), "3200");
    terminal.line(LEAD.1);
    terminal.until("SCAN A UNIT");
    terminal.line("NO-SUCH-THING");
    let answered = terminal.until("NO-SUCH-THING");
    told("bytes for a scan and its answer", &answered.to_string(), "1000");
    std::thread::sleep(Duration::from_secs(2));
    let resident = terminal.status("VmRSS:")[0];
    told("resident memory after a PIN, large ledger", &format!("{resident} KiB"), "24576 KiB");
    let seconds = std::env::var("TRAVELLER_BENCH_IDLE").ok().and_then(|s| s.parse().ok()).unwrap_or(60);
    let switches = |t: &Terminal| t.status("voluntary_ctxt_switches:").iter().sum::<u64>();
    let before = switches(&terminal);
    while terminal.output.try_recv().is_ok() {}
    std::thread::sleep(Duration::from_secs(seconds));
    let woken = switches(&terminal) - before;
    told(&format!("voluntary switches in {seconds} s, the minute's clock included"), &woken.to_string(), "2 + clock");
    let bytes: usize = terminal.output.try_iter().map(|b| b.len()).sum();
    told("bytes in that time, the minute's clock included", &bytes.to_string(), "clock only");
    terminal.end();
}

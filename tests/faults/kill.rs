//! kill -9 at any moment of a run of the pipe, over and over on one ledger.
//!
//! A line counts as acknowledged once its answer is whole on the other side. Whatever was acknowledged is on record;
//! of what was not, at most one action is, and that one is whole.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::Value;

use super::acknowledged::Acknowledged;
use super::cell::{furnish, lines_of};
use crate::support::shell::Shell;

/// How often the program is killed; `TRAVELLER_KILLS` says otherwise.
const KILLS: u32 = 1_000;
/// Units that a run is given: more than it comes to.
const UNITS_OF_A_RUN: u32 = 60;
/// A run is killed within this time of its first answer; every fourth one, of its start.
const MICROS_MOST: u64 = 25_000;

/// The cell: a ledger, and what was acknowledged so far.
struct Cell {
    shell: Shell,
    acknowledged: Acknowledged,
    /// The unit that the next run begins with.
    unit: u32,
}

impl Cell {
    fn new() -> Self {
        let shell = Shell::new();
        furnish(&shell);
        Self { shell, acknowledged: Acknowledged::default(), unit: 1 }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.shell.home.path().join(name)
    }

    /// The lines of a run: first of all the unit that the last one may not have finished.
    fn lines(&self) -> String {
        let units = (self.unit..self.unit + UNITS_OF_A_RUN).flat_map(lines_of);
        std::iter::once("OP-1001".to_owned()).chain(units).map(|line| line + "\n").collect()
    }

    /// Runs the pipe and kills it after so long; a run that came to its end is as good.
    fn run(&mut self, at_work: bool, after: Duration) {
        File::create(self.path("in")).unwrap().write_all(self.lines().as_bytes()).unwrap();
        let mut child = self
            .shell
            .command("pipe --station CELL-1")
            .stdin(File::open(self.path("in")).unwrap())
            .stdout(Stdio::piped())
            .stderr(File::create(self.path("err")).unwrap())
            .spawn()
            .unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        let mut out = String::new();
        if at_work {
            answers.read_line(&mut out).unwrap();
        }
        wait(after);
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let said = std::fs::read_to_string(self.path("err")).unwrap();
        assert!(said.is_empty() && (status.signal() == Some(9) || status.success()), "{status}: {said}");
        answers.read_to_string(&mut out).unwrap();
        for line in out.split_inclusive('\n').filter(|l| l.ends_with('\n')) {
            self.hear(serde_json::from_str(line).unwrap());
        }
    }

    fn hear(&mut self, answer: Value) {
        if answer["did"] == "unit-dispatched" {
            self.unit = answer["unit"].as_str().unwrap()[1..].parse::<u32>().unwrap() + 1;
        }
        self.acknowledged.hear(answer);
    }

    /// Everything acknowledged is there, and hardly anything else.
    fn everything_is_there(&self) {
        let unheard = self.acknowledged.are_on_record(&self.shell.ledger());
        let torn: Vec<_> = unheard.values().filter(|acts| acts.len() > 1).collect();
        assert!(torn.is_empty(), "a run is killed in one action, and these were not acknowledged: {torn:?}");
    }
}

/// Waits.
fn wait(time: Duration) {
    let (_silent, nothing) = channel::<()>();
    nothing.recv_timeout(time).unwrap_err();
}

#[test]
fn killed_a_thousand_times_every_acknowledged_line_is_on_record() {
    let kills = std::env::var("TRAVELLER_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let mut cell = Cell::new();
    let mut random = [0; 8];
    for round in 1..=kills {
        getrandom::fill(&mut random).unwrap();
        cell.run(round % 4 > 0, Duration::from_micros(u64::from_le_bytes(random) % MICROS_MOST));
        cell.acknowledged.head_does_not_lead(&cell.shell.ledger());
        if round % 250 == 0 {
            assert_eq!(cell.shell.run("verify --json").json()["ok"], true, "after {round} kills");
        }
    }
    cell.everything_is_there();
    assert!(cell.acknowledged.len() > usize::try_from(kills / 2).unwrap(), "killed too soon to show anything");
    println!("{} lines acknowledged in {kills} runs", cell.acknowledged.len());
    assert_eq!(cell.shell.run("verify --json").json()["ok"], true);
    let replayed = cell.shell.run("replay --all --json").json();
    assert_eq!(replayed["same"], replayed["decisions"], "{}", replayed["different"]);
    // And it goes on.
    let went_on = cell.shell.pipe("CELL-1", &["OP-1001", "C999999", "N-1"]);
    assert_eq!(went_on[2]["did"], "step-passed");
}

//! Whoever looks, however it ends, is nothing to whoever works: no error, no wait, and a log that does not grow.
#![expect(clippy::disallowed_methods, reason = "a test waits for another process, and not for ever")]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::pipe::Pipe;
use crate::support::session::Session;
use crate::support::shell::{Answer, Shell};

/// Bytes of the log beyond which it would be held up: SQLite's checkpoint is due at four megabytes.
const LOG_MOST: u64 = 12 << 20;
/// Times that an inspector is killed: the whole thousand is asked for by `TRAVELLER_KILLS`.
const KILLS: u32 = 40;

fn kills() -> u32 {
    std::env::var("TRAVELLER_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS)
}

fn log(shell: &Shell) -> u64 {
    std::fs::metadata(shell.home.path().join("ledger.db-wal")).map_or(0, |about| about.len())
}

/// Somebody at work, who makes units one after another.
struct Work {
    pipe: Pipe,
    made: u32,
}

impl Work {
    fn at(shell: &Shell) -> Self {
        let mut pipe = Pipe::at(shell, "KIT-1");
        assert_eq!(pipe.say("OP-2001"), "signed-on");
        Self { pipe, made: 0 }
    }

    /// One unit more: its start, its body, and a refusal.
    fn one(&mut self) {
        self.made += 1;
        let unit = format!("V{:06}", self.made);
        self.pipe.expect(&[(&unit, "confirm-start"), (&unit, "unit-opened")]);
        assert_eq!(self.pipe.say(&format!("B{:04}", self.made)), "material-installed");
        assert_eq!(self.pipe.say("NOTHING"), "unknown-lot");
        assert_eq!(self.pipe.say(r#"{"command":"close"}"#), "closed");
    }
}

/// An inspector without a terminal to look at: what it draws goes nowhere.
fn looker(shell: &Shell, query: &str) -> Session {
    Session::traveller(&shell.ledger(), &["inspect", query])
}

#[test]
fn inspectors_killed_at_any_moment_leave_the_writer_alone() {
    let shell = Shell::at_work();
    let mut work = Work::at(&shell);
    (0..30).for_each(|_| work.one());
    let mut random = 0x9e37_79b9_u32;
    for n in 0..kills() {
        let queries = ["", "V0", "op:OP-2001", "code:unknown-lot", "state:in-process", "99"];
        let mut looker = if n % 3 == 2 {
            Session::traveller(&shell.ledger(), &["board"])
        } else {
            looker(&shell, queries[usize::try_from(n).unwrap() % queries.len()])
        };
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let lives = Duration::from_millis(u64::from(random >> 24) / 3);
        let begun = Instant::now();
        while begun.elapsed() < lives {
            work.one();
        }
        // Every other one stands still first, wherever it is.
        if n % 2 == 1 {
            looker.signal("-STOP");
            (0..3).for_each(|_| work.one());
        }
        looker.child.kill().unwrap();
        looker.child.wait().unwrap();
        assert!(log(&shell) < LOG_MOST, "the log has {} bytes after {n}", log(&shell));
    }
    work.one();
    assert_eq!(work.pipe.end().code, 0);
    shell.run("verify").done();
}

#[test]
fn an_inspector_that_is_stopped_while_it_rests_holds_nothing() {
    let shell = Shell::at_work();
    let mut work = Work::at(&shell);
    work.one();
    let mut idle = looker(&shell, "");
    idle.wait_for("chain end ok");
    idle.at_rest();
    idle.signal("-STOP");
    // Nobody who rests holds anything: work goes on, and the log is begun anew again and again.
    for _ in 0..150 {
        work.one();
    }
    assert!(log(&shell) < LOG_MOST, "{} bytes", log(&shell));
    idle.signal("-CONT");
    idle.wait_for("V000151");
    idle.keys("\x1bOP");
    idle.signal("-TERM");
    assert_eq!(idle.ends(), 0);
    assert_eq!(work.pipe.end().code, 0);
}

#[test]
fn a_process_that_is_stopped_within_a_query_does_not_live_on() {
    // The same binary, as its own child: a test is the program here.
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "inspect::beside::stands_still_within_a_query", "--nocapture"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "it lives on");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9), "{status:?}");
    assert!(begun.elapsed() > Duration::from_secs(2), "it had its time");
}

#[test]
#[ignore = "the child of a_process_that_is_stopped_within_a_query_does_not_live_on"]
fn stands_still_within_a_query() {
    let guard = traveller::station::look::dead_man::DeadMan::new().unwrap();
    let me = std::process::id().to_string();
    let stopped = guard.within(|| {
        assert!(Command::new("kill").args(["-STOP", &me]).status().unwrap().success());
        std::thread::sleep(Duration::from_secs(50));
        Ok(())
    });
    stopped.unwrap();
}

/// The program as somebody else, who may read and not write.
fn as_nobody(shell: &Shell, line: &str) -> Answer {
    let mut command = Command::new("setpriv");
    command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups", env!("CARGO_BIN_EXE_traveller")]);
    command.args(line.split_whitespace()).env_clear().env("TRAVELLER_LEDGER", shell.ledger());
    Answer::of(&command.stdin(Stdio::null()).output().unwrap())
}

fn open_to_all(home: &Path) {
    std::fs::set_permissions(home, std::fs::Permissions::from_mode(0o755)).unwrap();
    for file in std::fs::read_dir(home).unwrap() {
        let file = file.unwrap();
        if !file.file_name().to_string_lossy().contains(".pins") {
            std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o644)).unwrap();
        }
    }
}

/// Whether this test can be somebody else.
fn is_root() -> bool {
    let is = rustix::process::geteuid().is_root();
    if !is {
        println!("SKIPPED: only root can be somebody else");
    }
    is
}

#[test]
fn another_user_reads_a_ledger_that_is_written_was_closed_was_killed_or_was_restored() {
    if !is_root() {
        return;
    }
    let shell = Shell::at_work();
    open_to_all(shell.home.path());
    let reads = |when: &str| {
        let before: Vec<_> = std::fs::read_dir(shell.home.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
        let answer = as_nobody(&shell, "show V000001 --json");
        assert_eq!(answer.code, 0, "{when}: {answer:?}");
        let after: Vec<_> = std::fs::read_dir(shell.home.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
        assert_eq!(before.len(), after.len(), "{when}: nothing is made by whoever reads");
        assert!(as_nobody(&shell, "operator revoke OP-2001 --reason x --by OP-1001").code != 0);
    };
    let mut work = Work::at(&shell);
    work.one();
    reads("while it is written");
    assert_eq!(work.pipe.end().code, 0);
    reads("closed");
    let mut work = Work::at(&shell);
    work.made = 1;
    work.one();
    work.pipe.kill();
    reads("killed");
    let backup = shell.home.path().join("copy.db");
    shell.run(&format!("backup {}", backup.display())).done();
    open_to_all(shell.home.path());
    let copy = as_nobody(&shell, &format!("show V000001 --ledger {}", backup.display()));
    assert_eq!(copy.code, 0, "a copy: {copy:?}");
}

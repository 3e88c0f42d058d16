//! A shell at a new device: a directory, a ledger that may come to be in it, and the program.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

/// The PIN of the lead of every test.
pub(crate) const LEAD_PIN: &str = "482913";
/// The PINs of the others.
pub(crate) const OPERATOR_PIN: &str = "710264";
/// The route of the scenarios.
pub(crate) const VALVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/scenarios/routes/valve.toml");

/// A shell.
pub(crate) struct Shell {
    pub(crate) home: Home,
}

/// The directory of a device.
pub(crate) enum Home {
    /// It goes with the shell.
    Passing(TempDir),
    /// It stays.
    Lasting(PathBuf),
}

impl Home {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Passing(home) => home.path(),
            Self::Lasting(home) => home,
        }
    }
}

/// What a command answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Answer {
    /// What the program left.
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// The answer of a command that had to succeed.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    /// The two lines of one that had to fail.
    #[track_caller]
    pub(crate) fn failed(self, code: i32) -> (String, String) {
        assert_eq!(self.code, code, "{self:?}");
        let lines: Vec<_> = self.err.lines().collect();
        let [what, instead] = lines.as_slice() else { panic!("not two lines: {self:?}") };
        assert!(what.starts_with("traveller: ") && !instead.is_empty(), "{self:?}");
        ((*what).to_owned(), (*instead).to_owned())
    }

    /// The one JSON object of one that had to succeed.
    #[track_caller]
    pub(crate) fn json(self) -> Value {
        assert_eq!(self.out.lines().count(), 1, "{self:?}");
        serde_json::from_str(&self.out).unwrap()
    }
}

impl Shell {
    /// A device without a ledger.
    pub(crate) fn new() -> Self {
        Self { home: Home::Passing(tempfile::tempdir().unwrap()) }
    }

    /// A device with the demo's week as it is on a weekend, which is played once.
    pub(crate) fn of_the_demo() -> Self {
        static PLAYED: OnceLock<Shell> = OnceLock::new();
        let played = PLAYED.get_or_init(|| {
            let shell = Self::new();
            super::week::play_into(&shell.ledger(), 60);
            shell
        });
        let shell = Self::new();
        for file in std::fs::read_dir(played.home.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), shell.home.path().join(file.file_name())).unwrap();
        }
        shell
    }

    /// A device whose ledger, if any, is in this directory.
    pub(crate) fn at(home: &str) -> Self {
        Self { home: Home::Lasting(home.into()) }
    }

    /// A device with a lead, an operator, an inspector, the route of the scenarios and a lot.
    pub(crate) fn at_work() -> Self {
        let shell = Self::new();
        shell.run("operator enrol --badge OP-1001 --name Lead --role lead").done();
        for (badge, role) in [("OP-2001", "operator"), ("OP-3001", "inspector")] {
            shell.run(&format!("operator enrol --badge {badge} --name {role} --role {role} --by OP-1001")).done();
        }
        shell.run(&format!("route release {VALVE} --by OP-1001")).done();
        shell.run("lot receive L-1 --part SEAL --quantity 100 --by OP-1001").done();
        shell
    }

    /// A terminal of that name in a directory of this device, with a lead, an operator and the route of the scenarios.
    pub(crate) fn terminal(&self, terminal: &str) -> Self {
        let home = self.home.path().join(terminal);
        std::fs::create_dir_all(&home).unwrap();
        let shell = Self::at(home.to_str().unwrap());
        shell.run(&format!("operator enrol --badge OP-1001 --name Lead --role lead --terminal {terminal}")).done();
        shell.run(&format!("route release {VALVE} --by OP-1001")).done();
        shell.run("operator enrol --badge OP-2001 --name Op --role operator --by OP-1001").done();
        shell
    }

    pub(crate) fn ledger(&self) -> PathBuf {
        self.home.path().join("ledger.db")
    }

    /// The program, with the PINs of the tests in its environment and nothing else of ours.
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_traveller"));
        command.args(line.split_whitespace()).current_dir(self.home.path()).env_clear();
        command.env("TRAVELLER_LEDGER", self.ledger()).env("TRAVELLER_PIN", LEAD_PIN);
        command.env("TRAVELLER_NEW_PIN", OPERATOR_PIN).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, line: &str) -> Answer {
        Answer::of(&self.command(line).output().unwrap())
    }

    pub(crate) fn run_with(&self, line: &str, variable: &str, value: &str) -> Answer {
        Answer::of(&self.command(line).env(variable, value).output().unwrap())
    }

    /// Lines through the pipe at a station; one verdict for each.
    pub(crate) fn pipe(&self, station: &str, lines: &[&str]) -> Vec<Value> {
        let mut command = self.command(&format!("pipe --station {station}"));
        let mut pipe = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        pipe.stdin.take().unwrap().write_all((lines.join("\n") + "\n").as_bytes()).unwrap();
        let answer = Answer::of(&pipe.wait_with_output().unwrap()).done();
        let verdicts: Vec<_> = answer.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(verdicts.len(), lines.len());
        verdicts
    }

    /// A valve from its kit to the truck.
    pub(crate) fn make(&self, unit: &str, body: &str) {
        self.kit(unit, body);
        self.finish(unit);
    }

    /// A valve as it comes to its test.
    pub(crate) fn assemble(&self, unit: &str, body: &str) {
        self.kit(unit, body);
        self.bench(unit);
    }

    /// What is left of a valve that left its kit.
    pub(crate) fn finish(&self, unit: &str) {
        self.bench(unit);
        let sign = format!(r#"{{"sign":{{"badge":"OP-3001","pin":"{OPERATOR_PIN}"}}}}"#);
        self.pipe("TEST-1", &["OP-2001", unit, r#"{"value":"0.30"}"#, &sign, r#"{"command":"pass"}"#]);
        let last = self.pipe("GATE-1", &["OP-2001", unit, r#"{"command":"pass"}"#]);
        assert_eq!(last.last().unwrap()["did"], "unit-dispatched", "{last:?}");
    }

    /// A valve with its first step passed.
    pub(crate) fn kit(&self, unit: &str, body: &str) {
        self.pipe("KIT-1", &["OP-2001", unit, unit, body, "L-1"]);
    }

    fn bench(&self, unit: &str) {
        let confirm = r#"{"check":"seated","value":"pass"}"#;
        let choice = r#"{"check":"colour","value":"red"}"#;
        let value = |v: &str| format!(r#"{{"value":"{v}"}}"#);
        let torques = [value("2.21"), value("2.20")];
        self.pipe(
            "BENCH-1",
            &["OP-2001", unit, &torques[0], &torques[1], confirm, choice, "PLATE-V100", &value("fine")],
        );
    }
}

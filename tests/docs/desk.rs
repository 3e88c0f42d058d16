//! A device on which the commands of a page are typed: its plant, the programs that it has, and where things lie.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use portable_pty::CommandBuilder;

use super::setting::{Key, Part, Plant, Screen};
use crate::replica::absorbing::Floor;
use crate::replica::far_side::FarSide;
use crate::replica::forks::replaced_twice;
use crate::support::session::Session;
use crate::support::shell::{Answer, LEAD_PIN, OPERATOR_PIN, Shell};

/// Where the pages have what lies in the home of the device here.
const PLACES: [&str; 6] = ["/etc", "/media", "/mnt", "/run", "/srv", "/var"];
/// The programs beside our own that a page's commands find: whatever else one calls is not there to be run.
const PROGRAMS: [&str; 12] =
    ["cat", "cp", "date", "env", "grep", "head", "mkdir", "printf", "sed", "sh", "ssh-keygen", "tr"];
/// The PINs of the demo's people.
const DEMO_PINS: [(&str, &str); 4] =
    [("OP-1001", "428617"), ("OP-1002", "530948"), ("OP-2001", "204815"), ("OP-3001", "619274")];
const OTHERS_PIN: &str = "371926";

/// A device on which commands of a page are typed.
pub(super) struct Desk<'a> {
    part: &'a Part,
    shell: Shell,
    programs: PathBuf,
    /// What the shell's home lies in, where that is not its own.
    _floor: Option<Floor>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(part: &'a Part, far: Option<&FarSide>) -> Self {
        let (shell, floor) = match part.plant {
            Plant::New => (Shell::new(), None),
            Plant::Valves => (Shell::at_work(), None),
            Plant::Demo => (Shell::of_the_demo(), None),
            Plant::Forked => {
                let floor = Floor::new();
                (replaced_twice(&floor), Some(floor))
            }
        };
        let home = shell.home.path();
        for place in PLACES {
            fs::create_dir(home.join(&place[1..])).unwrap();
        }
        if let Some(floor) = &floor {
            symlink(floor.nas(), home.join("mnt/traveller")).unwrap();
        }
        let programs = home.join("bin");
        fs::create_dir(&programs).unwrap();
        symlink(env!("CARGO_BIN_EXE_traveller"), programs.join("traveller")).unwrap();
        for program in PROGRAMS {
            symlink(Path::new("/usr/bin").join(program), programs.join(program)).unwrap();
        }
        let script = |name: &str, text: &str| {
            fs::write(programs.join(name), format!("#!/bin/sh\n{text}\n")).unwrap();
            fs::set_permissions(programs.join(name), fs::Permissions::from_mode(0o755)).unwrap();
        };
        script("sudo", "shift 2; exec \"$@\"");
        if let Some(far) = far {
            script("ssh", &format!("exec {} -o LogLevel=ERROR \"$@\"", far.at("bin/ssh").display()));
        }
        if let Some(config) = &part.config {
            fs::write(home.join("traveller.toml"), config.replace("HOME", home.to_str().unwrap())).unwrap();
        }
        for (name, text) in &part.files {
            fs::write(home.join(name), text).unwrap();
        }
        for folder in ["routes", "packaging/sshd", "packaging/systemd"] {
            fs::create_dir_all(home.join(folder)).unwrap();
            for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
                let file = file.unwrap();
                fs::copy(file.path(), home.join(folder).join(file.file_name())).unwrap();
            }
        }
        if let (Some(far), Key::Look) = (far, part.key) {
            far.lets_look(&shell.ledger());
        }
        let desk = Self { part, shell, programs, _floor: floor };
        part.before.iter().for_each(|line| desk.prepare(line));
        desk
    }

    /// Does what was done before the page begins.
    fn prepare(&self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["kit", unit, body] => self.shell.kit(unit, body),
            ["assemble", unit, body] => self.shell.assemble(unit, body),
            ["make", unit, body] => self.shell.make(unit, body),
            ["release", route] => {
                let file = format!("{}/tests/scenarios/routes/{route}.toml", env!("CARGO_MANIFEST_DIR"));
                self.shell.run(&format!("route release {file} --by OP-1001")).done();
            }
            ["at", ..] => {
                let (station, lines) = line["at ".len()..].split_once(": ").unwrap();
                let verdicts = self.shell.pipe(station, &lines.split(" | ").collect::<Vec<_>>());
                assert_eq!(
                    verdicts.last().unwrap()["verdict"],
                    "accepted",
                    "{}: {:?}",
                    self.part.page,
                    verdicts.last()
                );
            }
            _ => {
                let answer = self.run(&self.typed(line));
                assert_eq!(answer.code, 0, "{}: before: {line}: {answer:?}", self.part.page);
            }
        }
    }

    fn home(&self) -> &Path {
        self.shell.home.path()
    }

    /// The PIN of whoever a command names behind an option.
    fn pin(&self, line: &str, option: &str) -> &'static str {
        let badge = line.split_once(option).map_or("OP-1001", |(_, rest)| rest.split_whitespace().next().unwrap());
        match (self.part.plant, badge) {
            (Plant::Demo, badge) => DEMO_PINS.iter().find(|(of, _)| *of == badge).map_or(OTHERS_PIN, |(_, pin)| pin),
            (_, "OP-1001") => LEAD_PIN,
            _ => OPERATOR_PIN,
        }
    }

    /// The command as it is typed here.
    pub(super) fn typed(&self, command: &str) -> String {
        let mut line = command.to_owned();
        for place in PLACES {
            line = line.replace(&format!(" {place}/"), &format!(" {}{place}/", self.home().display()));
            line = line.replace(&format!("={place}/"), &format!("={}{place}/", self.home().display()));
        }
        let mut stands: Vec<_> = self.part.stands.iter().collect();
        stands.sort_by_key(|(example, _)| std::cmp::Reverse(example.len()));
        for (example, meant) in stands {
            line = line.replace(example, meant);
        }
        line
    }

    fn variables(&self, line: &str) -> Vec<(&'static str, String)> {
        vec![
            ("PATH", self.programs.display().to_string()),
            ("HOME", self.home().display().to_string()),
            ("TRAVELLER_LEDGER", self.shell.ledger().display().to_string()),
            ("TRAVELLER_PIN", self.pin(line, "--by ").to_owned()),
            ("TRAVELLER_NEW_PIN", OPERATOR_PIN.to_owned()),
            ("TRAVELLER_WITNESS_PIN", self.pin(line, "--witness ").to_owned()),
        ]
    }

    pub(super) fn run(&self, line: &str) -> Answer {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", line]).current_dir(self.home()).env_clear().envs(self.variables(line)).stdin(Stdio::null());
        Answer::of(&shell.output().unwrap())
    }

    /// Opens the screen, looks at it, and leaves.
    pub(super) fn look(&self, line: &str, screen: &Screen) {
        let mut shell = CommandBuilder::new("/bin/sh");
        shell.args(["-c", &format!("exec {line}")]);
        shell.cwd(self.home());
        shell.env_clear();
        for (name, value) in self.variables(line) {
            shell.env(name, value);
        }
        let mut session = Session::start(shell);
        session.wait_for(&screen.shows);
        match screen.leave.as_str() {
            "signal" => session.signal("-TERM"),
            keys => session.keys(keys),
        }
        assert_eq!(session.ends(), 0, "{line}");
    }
}

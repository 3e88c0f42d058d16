//! Another machine: a real sshd on loopback, or what stands in for ssh on the way to it.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use super::desk::Desk;
use crate::support::shell::Answer;

/// The program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_traveller");
/// Where Debian keeps what only root runs.
const SSHD: &str = "/usr/sbin/sshd";

/// What the pages call such a machine.
const NAMES: &str = "st10 nas.example";

/// A machine that can be reached by the `ssh` in its directory of programs.
pub(crate) struct FarSide {
    home: TempDir,
    sshd: Option<Child>,
}

impl FarSide {
    /// A machine behind a script that stands in for ssh.
    pub(crate) fn scripted(script: impl Fn(&Self) -> String) -> Self {
        let far = Self { home: tempfile::tempdir().unwrap(), sshd: None };
        far.put_ssh(&script(&far));
        far
    }

    /// A machine with sshd, for one restricted key; none, and said, where there is no sshd.
    pub(crate) fn with_sshd() -> Option<Self> {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        Self::listening("127.0.0.1", port, Command::new(SSHD))
    }

    /// The same at an address, by a command that starts it.
    pub(crate) fn listening(address: &str, port: u16, mut start: Command) -> Option<Self> {
        if !Path::new(SSHD).exists() {
            println!("SKIPPED: sshd is not installed (openssh-server)");
            return None;
        }
        let mut far = Self { home: tempfile::tempdir().unwrap(), sshd: None };
        for key in ["host", "line", "stranger"] {
            let made =
                Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(far.at(key)).status();
            assert!(made.unwrap().success());
        }
        let shown = |name| far.at(name).display().to_string();
        far.put(
            "sshd_config",
            &format!(
                "ListenAddress {address}:{port}\nHostKey {}\nAuthorizedKeysFile {}\nBanner {}\nPidFile none\n\
                StrictModes no\nUsePAM no\nPasswordAuthentication yes\nPermitRootLogin yes\n\
                ClientAliveInterval 5\nClientAliveCountMax 3\n",
                shown("host"),
                shown("authorized"),
                shown("banner"),
            ),
        );
        far.put("banner", "Property of the plant. Go away.\n");
        far.put("known_hosts", &format!("far {}", fs::read_to_string(far.at("host.pub")).unwrap()));
        far.put(
            "ssh_config",
            &format!(
                "Host far {NAMES}\nHostName {address}\nPort {port}\nHostKeyAlias far\nIdentityFile {}\n\
                IdentitiesOnly yes\n\
                UserKnownHostsFile {}\nGlobalKnownHostsFile /dev/null\n",
                shown("line"),
                shown("known_hosts"),
            ),
        );
        far.force(&format!("{PROGRAM} receive --into {}", far.replica().display()));
        far.put_ssh(&format!("exec /usr/bin/ssh -F {} \"$@\"", shown("ssh_config")));
        // Where root's sshd keeps what it gives up rights in.
        let _made = fs::create_dir_all("/run/sshd");
        let mut sshd =
            start.args(["-D", "-e", "-f"]).arg(far.at("sshd_config")).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(sshd.stderr.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("Server listening") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "sshd ended before it listened");
        }
        // Nobody reads on; what it says from here on is for nobody.
        std::thread::Builder::new().spawn(move || said.lines().for_each(drop)).unwrap();
        far.sshd = Some(sshd);
        Some(far)
    }

    /// The command that the key of the line is good for, and nothing else.
    pub(crate) fn force(&self, command: &str) {
        let key = fs::read_to_string(self.at("line.pub")).unwrap();
        let command = command.replace('"', "\\\"");
        self.put("authorized", &format!("command=\"{command}\",restrict {key}"));
    }

    /// The key of the line is good for looking at a ledger, and for nothing else.
    pub(crate) fn lets_look(&self, ledger: &Path) {
        let key = fs::read_to_string(self.at("line.pub")).unwrap();
        let command = format!("{PROGRAM} look --ledger {}", ledger.display());
        self.put("authorized", &format!("restrict,pty,command=\"{command}\" {key}"));
    }

    /// A file of its own.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, text: &str) {
        fs::write(self.at(name), text).unwrap();
    }

    fn put_ssh(&self, script: &str) {
        fs::create_dir(self.at("bin")).unwrap();
        self.put("bin/ssh", &format!("#!/bin/sh\n{script}\n"));
        fs::set_permissions(self.at("bin/ssh"), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// The directory that the replica is in.
    pub(crate) fn replica(&self) -> PathBuf {
        self.at("replica")
    }

    /// A device's command, with this ssh on its path.
    pub(crate) fn command(&self, desk: &Desk, line: &str) -> Command {
        let mut command = desk.shell.command(line);
        command.env("PATH", format!("{}:/usr/bin:/bin:/usr/sbin:/sbin", self.at("bin").display()));
        command
    }

    pub(crate) fn run(&self, desk: &Desk, line: &str) -> Answer {
        Answer::of(&self.command(desk, line).output().unwrap())
    }

    pub(crate) fn replicate(&self, desk: &Desk) -> Answer {
        self.run(desk, "replicate --to ssh://far/srv/replica --json")
    }

    /// Whether what is there is what the device has, and nothing else.
    #[track_caller]
    pub(crate) fn is_whole(&self, desk: &Desk) {
        let answer = desk.shell.run(&format!("verify --json --against {}", self.replica().display())).json();
        let against = &answer["against"];
        assert_eq!((&against["streams"][0]["missing"], &against["ok"]), (&0.into(), &true.into()), "{answer}");
        assert_eq!(against["remarks"].as_array().map(Vec::len), Some(0), "{answer}");
    }
}

impl Drop for FarSide {
    fn drop(&mut self) {
        if let Some(sshd) = &mut self.sshd {
            let _gone = sshd.kill();
            let _gone = sshd.wait();
        }
    }
}

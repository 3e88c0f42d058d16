//! A real sshd on loopback: what a screen takes by it, beyond what a session takes that shows nothing.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use portable_pty::CommandBuilder;

use super::look::{Looker, STARTS};
use super::support::Outcome;
use super::support::plant::Home;
use super::support::sample::Sample;
use super::support::table::{Budget, Table};

/// Where Debian keeps what only root runs.
const SSHD: &str = "/usr/sbin/sshd";

/// Measures the first screens on a ledger. Where there is no sshd, it says so and ends.
pub(crate) fn measure(table: &mut Table, ledger: &Path) -> Outcome<()> {
    if !Path::new(SSHD).exists() {
        return Err(format!("there is no {SSHD}: install openssh-server").into());
    }
    let line = Line::open(ledger)?;
    let ms = |nanos: u64| nanos / 1_000_000;
    for (name, shows) in [("inspect", " found"), ("board", "Stations")] {
        let (mut ours, mut nothing) = (Sample::default(), Sample::default());
        for _ in 0..STARTS {
            ours.take(|| Looker::of(line.ssh("look", &[name])).and_then(|looker| looker.wait_for(shows)))?;
            nothing.take(|| Looker::of(line.ssh("true", &[])).and_then(|mut looker| looker.ends()))?;
        }
        let what = format!("first screen of {name} over ssh, of 100 ms beyond `ssh host true`");
        let beyond = ours.median().saturating_sub(nothing.median());
        table.line(&what, (ms(beyond), 100), "ms", Budget::Most(100));
        table.line("  both", (ms(ours.median()), ms(nothing.median())), "ms", Budget::None);
    }
    Ok(())
}

/// The machine that is reached, with a key that is good for looking and one that is good for nothing.
struct Line {
    home: Home,
    sshd: Child,
    port: u16,
}

impl Line {
    fn open(ledger: &Path) -> Outcome<Self> {
        let home = Home::new("line")?;
        for key in ["host", "look", "true"] {
            let file = home.file(key);
            let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(file).status()?;
            if !made.success() {
                return Err("ssh-keygen failed".into());
            }
        }
        let public = |key: &str| fs::read_to_string(home.file(key).with_extension("pub"));
        let look = format!("{} look --ledger {}", env!("CARGO_BIN_EXE_traveller"), ledger.display());
        let forced = [(look.as_str(), "look"), ("true", "true")];
        let keys = forced.map(|(command, key)| Ok(format!("restrict,pty,command=\"{command}\" {}", public(key)?)));
        let keys = keys.into_iter().collect::<std::io::Result<String>>()?;
        fs::write(home.file("authorized"), keys)?;
        fs::write(home.file("known"), format!("far {}", public("host")?))?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let shown = |name: &str| home.file(name).display().to_string();
        let config = format!(
            "ListenAddress 127.0.0.1:{port}\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\n\
             UsePAM no\nPermitRootLogin yes\n",
            shown("host"),
            shown("authorized")
        );
        fs::write(home.file("config"), config)?;
        // Where root's sshd keeps what it gives up rights in.
        let _made = fs::create_dir_all("/run/sshd");
        let mut sshd =
            Command::new(SSHD).args(["-D", "-e", "-f"]).arg(home.file("config")).stderr(Stdio::piped()).spawn()?;
        let mut said = BufReader::new(sshd.stderr.take().ok_or("sshd says nothing")?);
        let mut told = String::new();
        while !told.starts_with("Server listening") {
            told.clear();
            if said.read_line(&mut told)? == 0 {
                return Err("sshd ended before it listened".into());
            }
        }
        // Nobody reads on; what it says from here on is for nobody.
        thread::Builder::new().spawn(move || said.lines().for_each(drop))?;
        Ok(Self { home, sshd, port })
    }

    fn ssh(&self, key: &str, words: &[&str]) -> CommandBuilder {
        let option = |name: &str, file: PathBuf| format!("{name}={}", file.display());
        let mut ssh = CommandBuilder::new("/usr/bin/ssh");
        ssh.args(["-tt", "-F", "/dev/null", "-p", &self.port.to_string(), "-o", "BatchMode=yes"]);
        ssh.args(["-o", "HostKeyAlias=far", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR", "-o"]);
        ssh.args([&option("UserKnownHostsFile", self.home.file("known")), "-i"]);
        ssh.arg(self.home.file(key));
        ssh.arg("127.0.0.1");
        ssh.args(words);
        ssh
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let _gone = self.sshd.kill();
        let _gone = self.sshd.wait();
    }
}

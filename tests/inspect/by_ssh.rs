//! A technician by a real sshd: a key that is good for looking and for nothing else.
#![expect(clippy::disallowed_methods, reason = "a test waits for another process, and not for ever")]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use crate::replica::far_side::FarSide;
use crate::support::session::Session;
use crate::support::shell::{Answer, Shell};

/// A technician's machine, and the terminal that it reaches.
struct Technician {
    far: FarSide,
    shell: Shell,
}

impl Technician {
    /// None, and said, where there is no sshd.
    fn new() -> Option<Self> {
        let far = FarSide::with_sshd()?;
        let shell = Shell::at_work();
        shell.pipe("KIT-1", &["OP-2001", "V000001", "V000001", "B0001", "L-1"]);
        far.lets_look(&shell.ledger());
        Some(Self { far, shell })
    }

    /// A command over ssh, without a terminal.
    fn asks(&self, line: &str) -> Answer {
        let mut ssh = Command::new(self.far.at("bin/ssh"));
        ssh.args(["-T", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "far"]).args(line.split_whitespace());
        Answer::of(&ssh.stdin(Stdio::null()).output().unwrap())
    }

    /// A screen over ssh.
    fn looks(&self, line: &str) -> Session {
        let mut ssh = CommandBuilder::new("/usr/bin/env");
        ssh.arg("TERM=xterm");
        ssh.arg(self.far.at("bin/ssh"));
        ssh.args(["-tt", "-o", "BatchMode=yes", "far"]);
        ssh.args(line.split_whitespace());
        Session::start(ssh)
    }
}

#[test]
fn a_technicians_key_is_good_for_looking() {
    let Some(technician) = Technician::new() else { return };
    let shown = technician.asks("show V000001 --json").json();
    assert_eq!(shown["unit"], "V000001");
    assert_eq!(technician.asks("export V000001").json(), shown, "a file on the technician's own machine");
    assert!(technician.asks("trace V000001").done().contains("B0001"));
    assert!(technician.asks("where-used L-1").done().contains("V000001"));

    let mut session = technician.looks("");
    session.wait_for("the newest units");
    session.keys("V000001\r");
    session.wait_for("Made of");
    // No file is written on the terminal by whoever came over the line.
    session.keys("e");
    session.wait_for("No file is written here");
    session.keys("y");
    session.wait_for("characters copied");
    let copied = session.seen.lock().unwrap().1.windows(7).any(|w| w == b"\x1b]52;c;");
    assert!(copied, "the technician's own terminal is told");
    session.keys("q");
    assert_eq!(session.ends(), 0);
    session.is_sane();
    let mut session = technician.looks("inspect V000001");
    session.wait_for("Made of");
    session.keys("q");
    assert_eq!(session.ends(), 0);
}

#[test]
fn it_is_good_for_nothing_else() {
    let Some(technician) = Technician::new() else { return };
    let before = technician.shell.run("verify --json").json();
    for line in [
        "sh",
        "id",
        "inspect;id",
        "show V000001;id",
        "show --help",
        "show V000001 --ledger /etc/passwd",
        "show V000001 --config /etc/passwd",
        "run",
        "pipe --station KIT-1",
        "hold V000001 --reason x --by OP-1001",
        "rebuild",
        "receive --into /tmp",
        "look",
        "/usr/lib/openssh/sftp-server",
        "scp -t /tmp/x",
        "export ../../etc/passwd x",
    ] {
        let answer = technician.asks(line);
        assert_ne!(answer.code, 0, "{line}: {answer:?}");
        assert!(!answer.out.contains("uid=") && !answer.out.contains("root:"), "{line}: {answer:?}");
        assert!(answer.out.is_empty(), "{line}: {answer:?}");
    }
    // Not even what sshd would let through by itself: a subsystem, a tunnel, a variable.
    let ssh = |args: &[&str]| {
        let mut ssh = Command::new(technician.far.at("bin/ssh"));
        ssh.args(["-o", "BatchMode=yes", "-o", "LogLevel=ERROR"]).args(args).stdin(Stdio::null());
        Answer::of(&ssh.output().unwrap())
    };
    assert_ne!(ssh(&["-s", "far", "sftp"]).code, 0);
    let tunnel = ssh(&["-o", "ExitOnForwardFailure=yes", "-T", "-R", "0:127.0.0.1:22", "far", "show", "V000001"]);
    assert_ne!(tunnel.code, 0, "{tunnel:?}");
    let variable = ssh(&["-T", "-o", "SetEnv=TRAVELLER_LEDGER=/nowhere", "far", "show", "V000001"]);
    assert!(variable.code == 0 || variable.out.is_empty());
    assert_eq!(technician.shell.run("verify --json").json(), before, "nothing was recorded");
}

#[test]
fn the_configuration_that_is_packed_gives_nothing_but_looking() {
    let Some(far) = FarSide::with_sshd() else { return };
    let packed = include_str!("../../packaging/sshd/traveller-technicians.conf");
    let user = Command::new("id").arg("-un").output().unwrap().stdout;
    let user = String::from_utf8(user).unwrap().trim().to_owned();
    let config = format!(
        "HostKey {}\n{}",
        far.at("host").display(),
        packed.replace("Match Group traveller-look", &format!("Match User {user}"))
    );
    far.put("technicians", &config);
    let asked = format!("user={user},host=far,addr=127.0.0.1");
    let mut sshd = Command::new("/usr/sbin/sshd");
    sshd.arg("-T").arg("-f").arg(far.at("technicians")).args(["-C", &asked]);
    let told = Answer::of(&sshd.output().unwrap()).done();
    for line in [
        "forcecommand /usr/bin/traveller look --config /etc/traveller/traveller.toml",
        "permittty yes",
        "disableforwarding yes",
        "permittunnel no",
        "permituserrc no",
        "passwordauthentication no",
        "kbdinteractiveauthentication no",
        "x11forwarding no",
        "maxsessions 2",
    ] {
        assert!(told.lines().any(|said| said == line), "{line} is not among\n{told}");
    }
}

#[test]
fn a_link_that_is_cut_leaves_no_inspector() {
    let Some(technician) = Technician::new() else { return };
    let mut session = technician.looks("inspect");
    session.wait_for("the newest units");
    let ledger = technician.shell.ledger().display().to_string();
    let left = || {
        let all = std::fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        let lines = all.filter_map(|p| std::fs::read_to_string(p.path().join("cmdline")).ok());
        lines.filter(|line| line.contains("\0look\0") && line.contains(&ledger)).count()
    };
    assert!(left() > 0, "it runs");
    session.child.kill().unwrap();
    let begun = Instant::now();
    while left() > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "it lives on");
        std::thread::sleep(Duration::from_millis(50));
    }
    // And whoever works noticed nothing.
    technician.shell.pipe("KIT-1", &["OP-2001", "V000002", "V000002"]);
}

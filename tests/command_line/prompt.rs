//! The PIN prompt, at a real terminal.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::support::shell::Shell;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

struct Terminal {
    _master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    shown: Receiver<Vec<u8>>,
    seen: String,
}

impl Terminal {
    /// A shell at a terminal: it runs the program and then says how the terminal was left.
    fn run(shell: &Shell, line: &str) -> Self {
        let pty = native_pty_system().openpty(PtySize::default()).unwrap();
        let mut command = CommandBuilder::new("sh");
        command.args(["-c", &format!("{} {line}; echo code=$?; stty -a", env!("CARGO_BIN_EXE_traveller"))]);
        command.env_clear();
        command.env("PATH", "/usr/bin:/bin");
        command.env("TRAVELLER_LEDGER", shell.ledger());
        let child = pty.slave.spawn_command(command).unwrap();
        let (tell, shown) = channel();
        let mut screen = pty.master.try_clone_reader().unwrap();
        traveller::station::threads::spawn("screen", move || {
            let mut bytes = [0; 1_024];
            while let Ok(n @ 1..) = screen.read(&mut bytes) {
                let _nobody_looks = tell.send(bytes[..n].to_vec());
            }
        })
        .unwrap();
        let keys = pty.master.take_writer().unwrap();
        Self { _master: pty.master, child, keys, shown, seen: String::new() }
    }

    fn wait_for(&mut self, text: &str) {
        while !self.seen.contains(text) {
            let bytes = self.shown.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no {text:?} in {:?}", self.seen));
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
        }
        self.seen = self.seen.split_once(text).unwrap().1.to_owned();
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// All that is shown until the end.
    fn end(mut self) -> String {
        while let Ok(bytes) = self.shown.recv_timeout(PATIENCE) {
            self.seen.push_str(&String::from_utf8_lossy(&bytes));
            if self.seen.contains("echoke") {
                break;
            }
        }
        self.child.wait().unwrap();
        self.seen
    }
}

const LEAD: &str = "operator enrol --badge OP-1001 --name Lead --role lead";

#[test]
fn a_new_pin_is_asked_twice_and_not_shown() {
    let shell = Shell::new();
    let mut terminal = Terminal::run(&shell, LEAD);
    terminal.wait_for("New PIN of OP-1001: ");
    terminal.press("4829x\x7f13\r");
    terminal.wait_for("The same again: ");
    terminal.press("482913\r");
    let shown = terminal.end();
    assert!(shown.contains("code=0"), "{shown}");
    assert!(!shown.contains("4829"), "{shown}");
    assert!(shown.contains(" echo ") && shown.contains(" icanon"), "the terminal is as it was: {shown}");
    shell.run("lot receive L-1 --part SEAL --quantity 1 --by OP-1001").done();
}

#[test]
fn a_slip_or_a_change_of_mind_changes_nothing() {
    for (second, said) in [("482914\r", "the two PINs are not the same"), ("48\x03", "no PIN was given")] {
        let shell = Shell::new();
        let mut terminal = Terminal::run(&shell, LEAD);
        terminal.wait_for("New PIN of OP-1001: ");
        terminal.press("482913\r");
        terminal.wait_for("The same again: ");
        terminal.press(second);
        let shown = terminal.end();
        assert!(shown.contains(said) && shown.contains("code=2"), "{shown}");
        assert!(shown.contains(" echo ") && shown.contains(" icanon"), "the terminal is as it was: {shown}");
        assert!(!shell.ledger().exists());
    }
}

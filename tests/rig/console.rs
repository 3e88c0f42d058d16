//! The program on a virtual terminal of the kernel, and what that terminal shows.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Child, Stdio};

use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, kill_process};

use super::machine::{comes_true, until};
use crate::support::shell::Shell;

/// The program at a console. It ends with the proof.
pub(super) struct Console {
    number: u8,
    program: Child,
}

/// A virtual terminal as a file.
pub(super) fn terminal(number: u8) -> File {
    let flags = i32::try_from((OFlags::NONBLOCK | OFlags::NOCTTY).bits()).unwrap();
    let mut open = OpenOptions::new();
    open.read(true).write(true).custom_flags(flags).open(format!("/dev/tty{number}")).unwrap()
}

impl Console {
    /// Starts the program on `/dev/tty<number>`, with that as its controlling terminal. Keys of all keyboards that
    /// nobody grabbed go to the first console.
    pub(super) fn run(shell: &Shell, number: u8, line: &str) -> Self {
        let program = shell.command(line);
        let mut command = std::process::Command::new("setsid");
        command.arg("-c").arg(program.get_program()).args(program.get_args());
        command.current_dir(shell.home.path()).env_clear().env("PATH", "/bin").env("TERM", "linux");
        command.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let at = || Stdio::from(OpenOptions::new().read(true).write(true).open(format!("/dev/tty{number}")).unwrap());
        // What an earlier program left on the screen is no answer of this one.
        terminal(number).write_all(b"\x1bc").unwrap();
        let program = command.stdin(at()).stdout(at()).stderr(at()).spawn().unwrap();
        Self { number, program }
    }

    /// What the screen shows, line by line.
    pub(super) fn screen(&self) -> String {
        let (cells, look) = (format!("/dev/vcsu{}", self.number), format!("/dev/vcsa{}", self.number));
        let cells = std::fs::read(cells).unwrap();
        let columns = usize::from(std::fs::read(look).unwrap()[1]);
        let letters = cells.chunks_exact(4).map(|c| u32::from_ne_bytes(c.try_into().unwrap()));
        let letters: Vec<_> = letters.map(|c| char::from_u32(c).unwrap_or('?')).collect();
        let lines = letters.chunks(columns).map(|line| line.iter().collect::<String>().trim_end().to_owned());
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Where the screen is green, as a big PASS is.
    pub(super) fn picture(&self) -> String {
        let look = std::fs::read(format!("/dev/vcsa{}", self.number)).unwrap();
        let (columns, cells) = (usize::from(look[1]), &look[4..]);
        // A character, and its colours: the background in the upper half.
        let green = |cell: &[u8]| if cell[1] >> 4 & 7 == 2 { '#' } else { ' ' };
        let lines = cells.chunks(columns * 2).map(|line| line.chunks_exact(2).map(green).collect::<String>());
        lines.map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    pub(super) fn wait_for(&self, text: &str) {
        self.wait_until(text, |screen| screen.contains(text));
    }

    #[track_caller]
    pub(super) fn wait_until(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        until(|| is_so(&self.screen()), || format!("{what} never came; the screen shows:\n{}", self.screen()));
    }

    /// Waits until the status lines of so many stations say that their scanner is ready.
    #[track_caller]
    pub(super) fn is_ready(&self, stations: usize) {
        let ready = |line: &&str| line.split("  ").any(|fact| ["SCANNER", "SCAN"].contains(&fact.trim()));
        self.wait_until("SCANNER", |screen| screen.lines().filter(ready).count() == stations);
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.program), signal).unwrap();
    }

    /// The program stands still, as on a machine that has other things to do.
    pub(super) fn stands_still(&self) {
        self.signal(Signal::STOP);
    }

    pub(super) fn goes_on(&self) {
        self.signal(Signal::CONT);
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        self.signal(Signal::CONT);
        self.signal(Signal::TERM);
        let ended = comes_true(|| self.program.try_wait().unwrap().is_some());
        let _killed = self.program.kill().and_then(|()| self.program.wait());
        assert!(ended || std::thread::panicking(), "the program does not end");
    }
}

//! The real program on a real terminal of a size, and what that terminal shows.
#![expect(clippy::disallowed_methods, reason = "a test waits for another process, and not for ever")]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use traveller::domain::ambient::SCREEN_SETTLE_MS;

/// What a busy machine may take for anything at all.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program on a terminal of 80 by 24, and what that terminal shows.
pub(crate) struct Session {
    pub(crate) child: Box<dyn Child + Send + Sync>,
    pub(crate) master: Option<Box<dyn MasterPty + Send>>,
    pub(crate) keys: Option<Box<dyn Write + Send>>,
    pub(crate) seen: Arc<Mutex<(vt100::Parser, Vec<u8>)>>,
}

fn parser() -> vt100::Parser {
    let size = |n| std::num::NonZero::new(n).unwrap();
    vt100::Parser::new(size(24), size(80), 0)
}

impl Session {
    pub(crate) fn start(mut command: CommandBuilder) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env("TERM", "linux");
        command.env_remove("NO_COLOR");
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new((parser(), Vec::new())));
        let mut output = pair.master.try_clone_reader().unwrap();
        let into = seen.clone();
        std::thread::Builder::new()
            .spawn(move || {
                let mut buffer = [0; 4096];
                while let Ok(n) = output.read(&mut buffer) {
                    if n == 0 {
                        break;
                    }
                    let mut seen = into.lock().unwrap();
                    seen.0.process(&buffer[..n]);
                    seen.1.extend_from_slice(&buffer[..n]);
                }
            })
            .unwrap();
        let keys = pair.master.take_writer().unwrap();
        Self { child, master: Some(pair.master), keys: Some(keys), seen }
    }

    pub(crate) fn traveller(ledger: &Path, args: &[&str]) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_traveller"));
        command.args(args);
        command.arg("--ledger");
        command.arg(ledger);
        Self::start(command)
    }

    pub(crate) fn text(&self) -> String {
        self.seen.lock().unwrap().0.screen().contents()
    }

    /// Waits for a text on the screen; never for a time.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Bytes that came so far.
    pub(crate) fn bytes(&self) -> usize {
        self.seen.lock().unwrap().1.len()
    }

    /// Waits until nothing more comes for a while: what follows from a key is whole then. Bytes that came so far.
    pub(crate) fn at_rest(&self) -> usize {
        loop {
            let before = self.bytes();
            std::thread::sleep(Duration::from_millis(300));
            if self.bytes() == before {
                return before;
            }
        }
    }

    pub(crate) fn wait(&self, what: &str, is_there: impl Fn(&vt100::Screen) -> bool) {
        let begun = Instant::now();
        while !is_there(self.seen.lock().unwrap().0.screen()) {
            assert!(begun.elapsed() < PATIENCE, "{what} never came; the screen shows:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// As a person would: after a look at the screen. What comes sooner was meant for another one.
    pub(crate) fn type_line(&mut self, line: &str) {
        std::thread::sleep(Duration::from_millis(u64::from(SCREEN_SETTLE_MS) + 100));
        self.keys(&format!("{line}\r"));
    }

    pub(crate) fn keys(&mut self, keys: &str) {
        let to = self.keys.as_mut().unwrap();
        to.write_all(keys.as_bytes()).unwrap();
        to.flush().unwrap();
    }

    pub(crate) fn ends(&mut self) -> u32 {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(begun.elapsed() < PATIENCE, "the program does not end; the screen shows:\n{}", self.text());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The terminal was given back: the usual screen, a cursor, plain colours, and lines edited by the kernel.
    pub(crate) fn is_sane(&self) {
        self.wait("the usual screen and the cursor", |s| !s.alternate_screen() && !s.hide_cursor());
        let termios = self.master.as_ref().unwrap().get_termios().unwrap();
        let cooked = format!("{:?}", termios.local_flags);
        assert!(cooked.contains("ICANON") && cooked.contains("ECHO"), "{cooked}");
        let seen = self.seen.lock().unwrap();
        assert!(seen.1.windows(4).any(|w| w == b"\x1b[0m") || seen.1.windows(3).any(|w| w == b"\x1b[m"));
    }

    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([name, &pid]).status().unwrap().success());
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ended = self.child.kill();
    }
}

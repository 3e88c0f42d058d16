//! A pipe that serves a station, to talk to line by line.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use super::shell::{Answer, Shell};

/// A running `traveller pipe`.
pub(crate) struct Pipe {
    child: Child,
    input: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Pipe {
    /// A pipe at a station.
    pub(crate) fn at(shell: &Shell, station: &str) -> Self {
        Self::of(&mut shell.command(&format!("pipe --station {station}")))
    }

    /// A pipe by another command line.
    pub(crate) fn of(command: &mut Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Self { input: child.stdin.take(), child, answers }
    }

    /// One line, and the verdict on it; none where the program ended instead.
    pub(crate) fn ask(&mut self, line: &[u8]) -> Option<Value> {
        let input = self.input.as_mut().unwrap();
        // A program that ended reads nothing: the missing answer says so.
        let _unread = input.write_all(&[line, b"\n"].concat()).and_then(|()| input.flush());
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        (!answer.is_empty()).then(|| serde_json::from_str(&answer).unwrap())
    }

    /// One line, and what was done, or the code of the refusal.
    #[track_caller]
    pub(crate) fn say(&mut self, line: &str) -> String {
        let verdict = self.ask(line.as_bytes()).unwrap_or_else(|| panic!("{line}: the program ended"));
        let word = verdict.get("did").or(verdict.get("code"));
        word.and_then(Value::as_str).unwrap_or_else(|| panic!("{line}: {verdict}")).to_owned()
    }

    /// Says lines, each with the word that its verdict must be.
    #[track_caller]
    pub(crate) fn expect(&mut self, lines: &[(&str, &str)]) {
        for (line, word) in lines {
            assert_eq!(self.say(line), *word, "{line}");
        }
    }

    /// kill -9, in the middle of whatever it does.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The input ends; how the program ended, and what it had left to say.
    pub(crate) fn end(mut self) -> Answer {
        drop(self.input.take());
        let (mut out, mut err) = (String::new(), String::new());
        self.answers.read_to_string(&mut out).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        Answer { code, out, err }
    }
}

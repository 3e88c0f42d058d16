//! A target on another machine: the system's ssh, with the receiving end behind it. It asks nobody anything, and
//! whatever hangs is left after a named time.

use std::io::{self, BufReader, ErrorKind, Read as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::dir::NAMES_MOST;
use super::patience::{Line, Patience};
use super::replica::{Life, Replica};
use super::segment::Name;
use super::target::{Found, other_mark};
use super::wire::{
    Answer, Ask, MESSAGE_BYTES_MOST, NameWords, StreamWords, TEXT_CHARS_MOST, await_greeting, hear, say, write_frame,
};
use crate::app::port::Fault;
use crate::domain::id::{Epoch, TerminalId};
use crate::domain::text::{clipped, display_safe};
use crate::ledger::chain::Hash;

/// Seconds that a far side may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// To be connected.
    pub connect_seconds: u64,
    /// Between two signs of life of the connection.
    pub alive_seconds: u64,
    /// Signs of life that may be missing before it counts as cut.
    pub alive_most: u64,
    /// How long it is waited for.
    pub patience: Patience,
}

/// What a far side may take.
pub const LIMITS: Limits = Limits {
    connect_seconds: 15,
    alive_seconds: 10,
    alive_most: 3,
    patience: Patience {
        silence: Duration::from_mins(2),
        exchange: Duration::from_mins(5),
        bytes_a_second_least: 2_048,
    },
};
/// Remarks of the far side that are kept.
const REMARKS_MOST: usize = 16;
/// Bytes that ssh says when it fails that are looked at.
const COMPLAINT_BYTES_MOST: usize = 16 << 10;
/// Lines of them that are told.
const COMPLAINT_LINES: usize = 3;

/// A target on another machine.
pub struct Far {
    address: String,
    child: Child,
    connection: BufReader<Line>,
    complaints: UnixStream,
    mark: String,
}

impl Far {
    /// Connects by a command, and opens the target there.
    pub fn open(
        address: &str,
        command: &[String],
        limits: &Limits,
        known: Option<&str>,
        fresh: &str,
    ) -> Result<Self, Fault> {
        let mut far = Self::connect(address, command, limits).map_err(|e| {
            Fault::new(format!("{address}: ssh could not be started: {e}"), "install the system's ssh (openssh-client)")
        })?;
        if let Err(e) = await_greeting(&mut far.connection) {
            return Err(far.broken("connecting", &e));
        }
        let known_there = known.map(str::to_owned);
        match far.ask("opening it", &Ask::Open { known: known_there, fresh: fresh.to_owned() }, None)? {
            Answer::Opened { mark } if known.is_some_and(|known| known != mark) => {
                return Err(other_mark(&display_safe(address)));
            }
            Answer::Opened { mark } => far.mark = told(&mark),
            Answer::OtherLives(_) | Answer::Names { .. } | Answer::Done | Answer::Failed { .. } => {
                return Err(far.strange());
            }
        }
        Ok(far)
    }

    fn connect(address: &str, command: &[String], limits: &Limits) -> io::Result<Self> {
        let (own, theirs) = UnixStream::pair()?;
        let (complaints, complaining) = UnixStream::pair()?;
        complaints.set_nonblocking(true)?;
        let input = OwnedFd::from(theirs.try_clone()?);
        let mut words = command.iter();
        let mut command = Command::new(words.next().ok_or(ErrorKind::NotFound)?);
        command.args(words).stdin(Stdio::from(input)).stdout(Stdio::from(OwnedFd::from(theirs)));
        let child = command.stderr(Stdio::from(OwnedFd::from(complaining))).spawn()?;
        let connection = BufReader::new(Line::new(own, limits.patience));
        Ok(Self { address: address.to_owned(), child, connection, complaints, mark: String::new() })
    }

    /// Asks, and takes the answer.
    fn ask(&mut self, doing: &str, ask: &Ask, file: Option<&[u8]>) -> Result<Answer, Fault> {
        let to = self.connection.get_mut();
        to.allow(MESSAGE_BYTES_MOST + file.map_or(0, |file| u64::try_from(file.len()).unwrap_or(u64::MAX)));
        let said = say(to, ask).and_then(|()| file.map_or(Ok(()), |file| write_frame(to, file)));
        match said {
            // Where the other end has gone, what it said before it went is told.
            Err(e) if !matches!(e.kind(), ErrorKind::BrokenPipe | ErrorKind::ConnectionReset) => {
                Err(self.broken(doing, &e))
            }
            Ok(()) | Err(_) => self.answer(doing),
        }
    }

    fn answer(&mut self, doing: &str) -> Result<Answer, Fault> {
        match hear(&mut self.connection) {
            Ok(Some(Answer::Failed { what, instead })) => {
                let what = format!("{}: the far side says: {}", self.address, told(&what));
                Err(Fault::new(what, told(&instead)))
            }
            Ok(Some(answer)) => Ok(answer),
            Ok(None) => Err(self.broken(doing, &ErrorKind::UnexpectedEof.into())),
            Err(e) => Err(self.broken(doing, &e)),
        }
    }

    fn done(&mut self, doing: &str, ask: &Ask, file: Option<&[u8]>) -> Result<(), Fault> {
        match self.ask(doing, ask, file)? {
            Answer::Done => Ok(()),
            Answer::Opened { .. } | Answer::OtherLives(_) | Answer::Names { .. } | Answer::Failed { .. } => {
                Err(self.strange())
            }
        }
    }

    /// The connection is of no use any more: why, by what ssh said.
    fn broken(&mut self, doing: &str, error: &io::Error) -> Fault {
        self.end();
        let mut said = vec![0; COMPLAINT_BYTES_MOST];
        let mut length = 0;
        // Whoever else holds that end is not waited for.
        while let Some(rest) = said.get_mut(length..).filter(|rest| !rest.is_empty()) {
            match self.complaints.read(rest) {
                Ok(more) if more > 0 => length += more,
                Ok(_) | Err(_) => break,
            }
        }
        said.truncate(length);
        let said = String::from_utf8_lossy(&said).into_owned();
        let why = why(error, &said);
        let complaint = complaint(&said);
        let told = if complaint.is_empty() { String::new() } else { format!(" ({complaint})") };
        Fault::new(format!("{}: {doing} failed: {why}{told}", self.address), advice(&said))
    }

    fn strange(&mut self) -> Fault {
        self.end();
        let what = format!("{}: the far side answers what makes no sense", self.address);
        Fault::new(what, "bring this program up to date on both machines")
    }

    fn end(&mut self) {
        // What was acknowledged is durable there; what was not is sent the next time.
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

impl Drop for Far {
    fn drop(&mut self) {
        self.end();
    }
}

impl Replica for Far {
    fn mark(&self) -> &str {
        &self.mark
    }

    fn other_lives(&mut self, terminal: &TerminalId, known: &[Epoch]) -> Result<Vec<Life>, Fault> {
        let ask = Ask::OtherLives { terminal: terminal.clone(), known: known.to_vec() };
        match self.ask("looking for other lives of this terminal", &ask, None)? {
            Answer::OtherLives(lives) => Ok(lives),
            Answer::Opened { .. } | Answer::Names { .. } | Answer::Done | Answer::Failed { .. } => Err(self.strange()),
        }
    }

    fn found(&mut self, terminal: &TerminalId, epoch: &Epoch) -> Result<Found, Fault> {
        let doing = "listing what is there";
        let mut answer = self.ask(doing, &Ask::Found(words(terminal, epoch)), None)?;
        let mut found = Found::default();
        loop {
            let Answer::Names { names, more, remarks } = answer else { return Err(self.strange()) };
            for (first, last, head) in names {
                let name = Hash::parse(&head).and_then(|h| Name::new(terminal.clone(), epoch.clone(), first, last, h));
                found.names.push(name.ok_or_else(|| self.strange())?);
            }
            found.remarks.extend(remarks.iter().take(REMARKS_MOST).map(|remark| told(remark)));
            if found.names.len() > NAMES_MOST {
                return Err(self.strange());
            }
            if !more {
                return Ok(found);
            }
            self.connection.get_mut().allow(MESSAGE_BYTES_MOST);
            answer = self.answer(doing)?;
        }
    }

    fn tidy(&mut self, terminal: &TerminalId, epoch: &Epoch) -> Result<(), Fault> {
        self.done("tidying it", &Ask::Tidy(words(terminal, epoch)), None)
    }

    fn prove(&mut self, name: &Name, previous: Hash) -> Result<(), Fault> {
        self.done("proving a segment", &Ask::Prove(NameWords::of(name, previous)), None)
    }

    fn is_in_place(&mut self) -> Result<(), Fault> {
        // Whoever proves or takes a segment there sees to it before the answer.
        Ok(())
    }

    fn send(&mut self, name: &Name, previous: Hash, file: &[u8]) -> Result<(), Fault> {
        self.done("sending a segment", &Ask::Send(NameWords::of(name, previous)), Some(file))
    }
}

fn words(terminal: &TerminalId, epoch: &Epoch) -> StreamWords {
    StreamWords { terminal: terminal.clone(), epoch: epoch.clone() }
}

/// A text of the far side, as it may be kept and shown.
fn told(text: &str) -> String {
    display_safe(&clipped(text, TEXT_CHARS_MOST)).into_owned()
}

/// The last of what ssh said.
fn complaint(said: &str) -> String {
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let last = lines.get(lines.len().saturating_sub(COMPLAINT_LINES)..).unwrap_or_default();
    told(&last.join("; "))
}

fn why(error: &io::Error, said: &str) -> String {
    #[expect(clippy::wildcard_enum_match_arm, reason = "of all others the system's own words are told")]
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => "it does not answer".to_owned(),
        ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe | ErrorKind::ConnectionReset if said.is_empty() => {
            "the connection ended".to_owned()
        }
        ErrorKind::UnexpectedEof | ErrorKind::BrokenPipe | ErrorKind::ConnectionReset => "ssh ended".to_owned(),
        _ => error.to_string(),
    }
}

/// What to do, by what ssh said.
fn advice(said: &str) -> &'static str {
    let is = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if is(&["Host key verification failed", "No host key is known", "IDENTIFICATION HAS CHANGED"]) {
        "compare the key of that host, then add it to known_hosts of the user that replicates, by `ssh` as that user"
    } else if is(&["Permission denied", "Too many authentication failures"]) {
        "give the far side the key of the user that replicates (authorized_keys); nobody is there to type a password"
    } else if is(&["not found", "No such file"]) {
        "install traveller there, or name its path in the forced command of authorized_keys"
    } else if is(&["resolve", "refused", "timed out", "unreachable", "No route", "not responding", "Broken pipe"]) {
        "check the network, the name of the host, and that its sshd runs; what is not sent is sent the next time"
    } else {
        "try `ssh` to that host as the user that replicates; what is not sent yet is sent the next time"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(script: &str) -> Fault {
        let patience = Patience { silence: Duration::from_millis(300), ..LIMITS.patience };
        fails_within(script, &Limits { patience, ..LIMITS })
    }

    fn fails_within(script: &str, limits: &Limits) -> Fault {
        let command = ["sh", "-c", script].map(str::to_owned);
        Far::open("ssh://h/p", &command, limits, None, "0123456789abcdef").err().unwrap()
    }

    #[test]
    fn whatever_the_far_side_does_it_ends_with_what_to_do() {
        let greeting = r"printf '\nTRAVELLER REPLICA 1\n'";
        let cases = [
            ("exec sleep 600".to_owned(), "it does not answer", "try `ssh`"),
            ("exec yes".to_owned(), "not what a receiver says", "try `ssh`"),
            ("exit 0".to_owned(), "the connection ended", "try `ssh`"),
            (
                "echo 'u@h: Permission denied (publickey,password).' >&2; exit 255".to_owned(),
                "ssh ended (u@h: Perm",
                "give the far side the key",
            ),
            ("echo 'Host key verification failed.' >&2; exit 255".to_owned(), "ssh ended", "compare the key"),
            ("echo 'bash: traveller: command not found' >&2; exit 127".to_owned(), "ssh ended", "install traveller"),
            ("yes >&2".to_owned(), "it does not answer", "try `ssh`"),
            (r"printf 'TRAVELLER REPLICA 2\n'; exec sleep 600".to_owned(), "another version", "try `ssh`"),
            (format!("{greeting}; exec sleep 600"), "it does not answer", "try `ssh`"),
            (format!("{greeting}; printf '\\377\\377\\377\\377'"), "is too long", "try `ssh`"),
            (format!("{greeting}; printf '\\0\\0\\0\\4true'"), "cannot be read", "try `ssh`"),
            (format!("{greeting}; printf '\\0\\0\\0\\6\"done\"'; exec sleep 600"), "makes no sense", "up to date"),
        ];
        for (script, what, instead) in cases {
            let fault = fails(&script);
            assert!(fault.what.contains(what) && fault.instead.contains(instead), "{script}: {fault:?}");
        }
    }

    #[test]
    fn a_far_side_that_drips_is_left_when_the_exchange_has_had_its_time() {
        let patience = Patience {
            silence: Duration::from_mins(10),
            exchange: Duration::from_millis(600),
            bytes_a_second_least: u32::MAX,
        };
        let limits = Limits { patience, ..LIMITS };
        let dripping = "while :; do printf x; sleep 0.05; done";
        let greeting = r"printf '\nTRAVELLER REPLICA 1\n'";
        // Never a greeting; a greeting, and an answer that never ends.
        for script in [dripping.to_owned(), format!("{greeting}; printf '\\0\\1\\0\\0'; {dripping}")] {
            let fault = fails_within(&script, &limits);
            assert!(
                fault.what.contains("it does not answer") && fault.instead.contains("sent the next time"),
                "{fault:?}"
            );
        }
    }

    #[test]
    fn what_the_far_side_says_is_harmless_and_short() {
        let said = r#"{"failed":{"what":"\u001b[2Jno room","instead":"make room"}}"#;
        let length = format!("\\0\\0\\0\\{:o}", said.len());
        let fault = fails(&format!("printf '\\nTRAVELLER REPLICA 1\\n{length}'; printf '%s' '{said}'"));
        assert_eq!(fault.what, "ssh://h/p: the far side says: <1B>[2Jno room");
        assert_eq!(fault.instead, "make room");
        let long = fails("yes 'a long line of nothing' | head -c 20000 | tr -d '\\n' >&2; exit 1");
        assert!(long.what.chars().count() < TEXT_CHARS_MOST + 100, "{long:?}");
    }

    #[test]
    fn ssh_that_is_not_there_is_told() {
        let fault = Far::open("ssh://h/p", &["no-such-ssh".to_owned()], &LIMITS, None, "x").err().unwrap();
        assert!(fault.what.contains("could not be started") && fault.instead.contains("openssh-client"), "{fault:?}");
    }
}

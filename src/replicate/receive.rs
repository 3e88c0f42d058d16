//! The receiving end of an ssh connection: a directory target behind the wire. Whoever sends has a key and no say:
//! everything is proven here before it gets a name, and nothing that is there is ever touched.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use super::replaced::other_lives;
use super::segment::{self, FILE_BYTES_MOST, Name};
use super::target::Target;
use super::wire::{Answer, Ask, NAMES_A_MESSAGE, NameWords, StreamWords, greet, hear, read_frame, say};
use crate::app::port::Fault;
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::chain::Hash;

/// Characters that a mark may have.
const MARK_CHARS_MOST: usize = 64;

/// Serves one connection until the other end is done.
pub fn receive(path: &Path, input: &mut dyn Read, output: &mut dyn Write) -> Result<(), Fault> {
    greet(output).map_err(|e| lost(&e))?;
    let mut desk = Desk { path, target: None, stream: None };
    while let Some(ask) = hear::<Ask>(input).map_err(|e| lost(&e))? {
        let answered = match ask {
            Ask::Open { known, fresh } => desk.open(known.as_deref(), &fresh),
            Ask::OtherLives { terminal, known } => desk.other_lives(&terminal, &known),
            Ask::Found(stream) => desk.found(&stream, output),
            Ask::Tidy(stream) => desk.tidy(&stream),
            Ask::Prove(words) => desk.prove(words),
            Ask::Send(words) => {
                // Read in any case: what follows would be taken for a message.
                let file = read_frame(input, FILE_BYTES_MOST).map_err(|e| lost(&e))?;
                let file = file.ok_or_else(|| lost(&ErrorKind::UnexpectedEof.into()))?;
                desk.send(words, &file)
            }
        };
        let answer = answered.unwrap_or_else(|Fault { what, instead, .. }| Answer::Failed { what, instead });
        say(output, &answer).map_err(|e| lost(&e))?;
    }
    Ok(())
}

/// What one connection has at hand.
struct Desk<'a> {
    path: &'a Path,
    target: Option<Target>,
    stream: Option<Turn>,
}

/// The one stream that is written just now: nobody else writes it meanwhile.
struct Turn {
    terminal: TerminalId,
    epoch: Epoch,
    names: Vec<Name>,
    _own: File,
}

impl Desk<'_> {
    fn open(&mut self, known: Option<&str>, fresh: &str) -> Result<Answer, Fault> {
        let plain = |mark: &str| mark.len() <= MARK_CHARS_MOST && mark.bytes().all(|b| b.is_ascii_alphanumeric());
        if fresh.is_empty() || !plain(fresh) || !known.is_none_or(plain) {
            return Err(strange("a mark"));
        }
        let address = format!("dir:{}", self.path.display());
        let target = Target::open(&address, self.path, known, fresh)?;
        let mark = target.mark().to_owned();
        self.target = Some(target);
        Ok(Answer::Opened { mark })
    }

    fn target(&self) -> Result<&Target, Fault> {
        self.target.as_ref().ok_or_else(|| strange("the order of what it asks"))
    }

    fn other_lives(&self, terminal: &TerminalId, known: &[Epoch]) -> Result<Answer, Fault> {
        other_lives(self.target()?, terminal, known).map(Answer::OtherLives)
    }

    /// All but the last part of the answer is sent from here.
    fn found(&self, stream: &StreamWords, output: &mut dyn Write) -> Result<Answer, Fault> {
        let found = self.target()?.found(&stream.terminal, &stream.epoch)?;
        let words = |names: &[Name]| names.iter().map(|n| (n.first, n.last, n.head.hex())).collect::<Vec<_>>();
        let mut parts = found.names.chunks(NAMES_A_MESSAGE).peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                return Ok(Answer::Names { names: words(part), more: false, remarks: found.remarks });
            }
            let answer = Answer::Names { names: words(part), more: true, remarks: Vec::new() };
            say(output, &answer).map_err(|e| lost(&e))?;
        }
        Ok(Answer::Names { names: Vec::new(), more: false, remarks: found.remarks })
    }

    fn tidy(&mut self, stream: &StreamWords) -> Result<Answer, Fault> {
        let target = self.target()?;
        if target.found(&stream.terminal, &stream.epoch)?.names.is_empty() {
            // Else whoever asks could fill the target with empty directories.
            return target.tidy(&stream.terminal, &stream.epoch).map(|()| Answer::Done);
        }
        self.take(&stream.terminal, &stream.epoch)?;
        self.target()?.tidy(&stream.terminal, &stream.epoch)?;
        Ok(Answer::Done)
    }

    fn prove(&self, words: NameWords) -> Result<Answer, Fault> {
        let (name, previous) = words.name().ok_or_else(|| strange("the name of a segment"))?;
        self.target()?.prove(&name, previous)?;
        Ok(Answer::Done)
    }

    fn send(&mut self, words: NameWords, file: &[u8]) -> Result<Answer, Fault> {
        let (name, previous) = words.name().ok_or_else(|| strange("the name of a segment"))?;
        self.target()?;
        segment::check(&name, previous, file, |_event| ()).map_err(|bad| {
            Fault::new(
                format!("{name} was not taken: {bad}"),
                "replicate again; if it stays so, run `traveller verify`",
            )
        })?;
        self.take(&name.terminal, &name.epoch)?;
        let Self { target: Some(target), stream: Some(turn), .. } = self else { return Err(strange("its order")) };
        follows(&turn.names, &name, previous)?;
        for next in turn.names.iter().filter(|next| next.first == name.last + 1) {
            target.prove(next, name.head)?;
        }
        target.send(&name, previous, file)?;
        turn.names.push(name);
        Ok(Answer::Done)
    }

    /// Takes the turn of writing a stream, until another one is written.
    fn take(&mut self, terminal: &TerminalId, epoch: &Epoch) -> Result<(), Fault> {
        if self.stream.as_ref().is_some_and(|turn| (&turn.terminal, &turn.epoch) == (terminal, epoch)) {
            return Ok(());
        }
        self.stream = None;
        let target = self.target()?;
        let turn = target.turn(terminal, epoch)?.ok_or_else(|| {
            Fault::new(format!("another connection is sending {terminal} {epoch} just now"), "wait until it ends")
        })?;
        let names = target.found(terminal, epoch)?.names;
        self.stream = Some(Turn { terminal: terminal.clone(), epoch: epoch.clone(), names, _own: turn });
        Ok(())
    }
}

/// Whether a segment follows what is there, and stands in the place of nothing.
fn follows(there: &[Name], name: &Name, previous: Hash) -> Result<(), Fault> {
    let refused = |why: &str| {
        let what = format!("{name} was not taken: {why}; nothing was changed");
        Err(Fault::new(what, "stop, change nothing, and call whoever keeps the replicas"))
    };
    if there.iter().any(|n| n.first <= name.last && n.last >= name.first) {
        return refused("events of those numbers are there already");
    }
    let mut before = there.iter().filter(|n| n.last == name.first - 1).map(|n| n.head).peekable();
    let begins = name.first == 1 && previous == Hash::ZERO;
    if !begins && before.peek().is_none() {
        return refused("the events before it are not there");
    }
    if before.any(|head| head != previous) {
        return refused("it follows other events than those that are there");
    }
    Ok(())
}

fn lost(error: &io::Error) -> Fault {
    Fault::new(format!("the connection of a sender was lost: {error}"), "nothing is lost; it is sent the next time")
}

fn strange(what: &str) -> Fault {
    Fault::new(format!("{what} makes no sense"), "bring this program up to date on both machines")
}

//! A paper that is entered as a whole: each of its lines is decided as if it was said at the station, and all of them
//! count, or none. A refusal is on record as that of the paper.

use super::port::{Fault, Ledger};
use super::submit::Enacted;
use super::together::{Ended, Stopped, Together, submit_together};
use crate::domain::ambient::Ambient;
use crate::domain::command::Command;
use crate::domain::id::Badge;
use crate::domain::paper::{Paper, PaperRefused};
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::At;

/// A paper.
#[derive(Debug)]
pub struct Sheet {
    /// When it happened, as it states.
    pub time: At,
    /// Who enters it: the command that signs on.
    pub by: (Badge, Ambient),
    /// Who witnesses it.
    pub witness: (Badge, Ambient),
    /// Its lines, each with its number.
    pub lines: Vec<Line>,
}

/// A line of a paper.
#[derive(Debug)]
pub struct Line {
    /// Its number, from 1.
    pub number: u32,
    /// What it says.
    pub command: Command,
    /// What the outside knows of it.
    pub now: Ambient,
}

/// Enters a paper: all of it, or none.
pub fn transcribe<L: Ledger>(ledger: &mut L, sheet: &Sheet) -> Result<Ended<usize>, Fault> {
    submit_together(ledger, &sheet.by.1, |together| enter(together, sheet))
}

fn enter<L: Ledger>(together: &mut Together<'_, L>, sheet: &Sheet) -> Result<usize, Stopped> {
    let (by, witness) = (sheet.by.0.clone(), sheet.witness.0.clone());
    let begin = Command::Paper(Paper::Begin { time: sheet.time, witness });
    for (command, now) in [(Command::SignOn { badge: by }, &sheet.by.1), (begin, &sheet.witness.1)] {
        let enacted = together.give_as(&command, now)?;
        if enacted.answer.is_err() {
            return Err(sheet.stopped(0, enacted));
        }
    }
    // What was asked back is answered by the next line.
    let mut asked: Option<(u32, Enacted)> = None;
    for line in &sheet.lines {
        let enacted = together.give_as(&line.command, &line.now)?;
        match &enacted.answer {
            Ok(_did) => asked = None,
            Err(refusal) if asked.is_none() && asks_back(refusal) => asked = Some((line.number, enacted)),
            Err(_) => return Err(sheet.stopped(line.number, enacted)),
        }
    }
    if let Some((number, enacted)) = asked {
        return Err(sheet.stopped(number, enacted));
    }
    let ended = together.give_as(&Command::Paper(Paper::End), &sheet.by.1)?;
    if ended.answer.is_err() { Err(sheet.stopped(0, ended)) } else { Ok(sheet.lines.len()) }
}

fn asks_back(refusal: &Refusal) -> bool {
    matches!(refusal.code, Code::ConfirmStart | Code::ConfirmValue | Code::CartonNotFull)
}

impl Sheet {
    /// The refusal of a line, as that of the paper.
    fn stopped(&self, line: u32, enacted: Enacted) -> Stopped {
        let Err(refusal) = &enacted.answer else { return Stopped::Refused(Box::new((Command::Pass, enacted))) };
        let refused = PaperRefused {
            time: self.time,
            by: self.by.0.clone(),
            witness: self.witness.0.clone(),
            line,
            code: refusal.code,
            evidence: refusal.evidence.as_ref().clone(),
        };
        Stopped::Refused(Box::new((Command::Paper(Paper::Refused(Box::new(refused))), enacted)))
    }
}

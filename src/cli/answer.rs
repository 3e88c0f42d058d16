//! Telling what became of a command that the gate decided.

use std::io;

use super::context::Context;
use super::failure::{Failure, Outcome, two_lines};
use super::output::lines;
use crate::app::lang::Lang;
use crate::app::settlement::Settlement;
use crate::domain::command::Command;
use crate::ledger::Writer;
use crate::station::clerk::{Clerk, With};
use crate::station::pipe::verdict::Verdict;
use crate::ui::words;

/// A command, and what people call the thing that it is about.
pub(super) type About = (String, Command);

/// Gives commands one after another, and tells each answer. A refusal does not keep the others from being tried, unless
/// it is about the person who gives them.
pub(super) fn give_all(
    cx: &mut Context<'_>,
    clerk: &mut Clerk<Writer>,
    with: &With,
    commands: impl IntoIterator<Item = About>,
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    for (about, command) in commands {
        let settled = clerk.give(&command, with)?;
        if tell(cx, &about, &settled)? == Outcome::No {
            outcome = Outcome::No;
        }
        if is_about_the_person(&settled) {
            break;
        }
    }
    Ok(outcome)
}

/// Whether an answer stands for every other command of the same person too.
pub(super) fn is_about_the_person(settled: &Settlement) -> bool {
    settled.answer.as_ref().is_err_and(|refusal| refusal.code.rule() == "people")
}

/// Tells what became of one command: what was done, or why not and what to do.
pub(super) fn tell(cx: &mut Context<'_>, about: &str, settled: &Settlement) -> Result<Outcome, Failure> {
    let outcome = if settled.answer.is_ok() { Outcome::Done } else { Outcome::No };
    if cx.json {
        writeln!(cx.out, "{}", Verdict::of(settled).line())?;
        return Ok(outcome);
    }
    match &settled.answer {
        Ok(did) => lines(cx.out, &format!("{about}: {}", words::did(Lang::English, *did)))?,
        Err(refusal) => {
            let message = words::message(Lang::English, refusal.code, &refusal.evidence);
            let what = format!("{about}: refused ({}): {message}", refusal.code.word());
            let instead = words::what_to_do(Lang::English, refusal.code, &refusal.evidence);
            // What was answered before comes before it, wherever the two go.
            cx.out.flush()?;
            two_lines(&mut io::stderr().lock(), &what, &instead)?;
        }
    }
    Ok(outcome)
}

//! Telling what became of a command that the gate decided.

use std::io;

use super::context::Context;
use super::failure::{Failure, Outcome, two_lines};
use super::output::json_line;
use crate::app::lang::Lang;
use crate::app::settlement::Settlement;
use crate::domain::command::Command;
use crate::domain::text::display_safe;
use crate::ledger::writer::Writer;
use crate::station::clerk::{Clerk, With};
use crate::station::pipe::verdict::Verdict;
use crate::ui::words;

/// What a rule about people is called: such a refusal stands for every other command of the same person too.
const PEOPLE: &str = "people";

/// Gives commands one after another, and tells each answer. A refusal does not keep the others from being tried, unless
/// it is about the person who gives them.
pub(super) fn give_all(
    cx: &mut Context<'_>,
    clerk: &mut Clerk<Writer>,
    with: &With,
    commands: &[Command],
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Done;
    for command in commands {
        let settled = clerk.give(command, with)?;
        if tell(cx, &settled)? == Outcome::No {
            outcome = Outcome::No;
        }
        if settled.answer.is_err_and(|refusal| refusal.code.rule() == PEOPLE) {
            break;
        }
    }
    Ok(outcome)
}

/// Tells what became of one command: what was done, or why not and what to do.
pub(super) fn tell(cx: &mut Context<'_>, settled: &Settlement) -> Result<Outcome, Failure> {
    let outcome = if settled.answer.is_ok() { Outcome::Done } else { Outcome::No };
    if cx.json {
        json_line(cx.out, &Verdict::of(settled))?;
        return Ok(outcome);
    }
    match &settled.answer {
        Ok(did) => {
            let done = words::done(Lang::English, *did, settled.unit.as_ref(), settled.step.as_ref());
            writeln!(cx.out, "{}", display_safe(&done))?;
        }
        Err(refusal) => {
            let message = words::message(Lang::English, refusal.code, &refusal.evidence);
            let what = format!("refused ({}): {message}", refusal.code.word());
            let instead = words::what_to_do(Lang::English, refusal.code, &refusal.evidence);
            two_lines(&mut io::stderr().lock(), &what, &instead)?;
        }
    }
    Ok(outcome)
}

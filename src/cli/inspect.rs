//! `traveller inspect`: the technician's screen. It reads the ledger and cannot change it.

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::look_args::InspectArgs;
use super::terminal::{appearance, needs_a_terminal};
use crate::app::inspect::model::Leave;
use crate::station::clock::StationClock;
use crate::station::look::{self, Start};
use crate::station::priority;

/// Who looks: somebody at a shell of this machine, or by a forced command, with no place of their own here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Shell,
    ForcedCommand,
}

pub(super) fn run(cx: &mut Context<'_>, args: &InspectArgs, from: From) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    needs_a_terminal()?;
    priority::let_work_go_first();
    let (theme, _sound) = appearance(cx);
    // The console of the kernel would show what is meant for a clipboard.
    let copy = cx.environment.var("TERM").is_none_or(|term| term != "linux");
    look::run(Start {
        reader,
        line: args.query.join(" "),
        settings: cx.settings.clone(),
        theme,
        leave: Leave { export: from == From::Shell, copy },
        clock: StationClock::of_machine()?,
    })?;
    Ok(Outcome::Done)
}

//! `traveller events`: the events of the ledger, in its order. In JSON, each as it is stored.

use std::io::Write;
use std::ops::ControlFlow;

use super::args::EventsArgs;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::or_dash;
use super::show::unknown;
use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::text::{display_safe, json_safe};
use crate::ledger::read::events::{Stored, Which};

pub(super) fn run(cx: &mut Context<'_>, args: &EventsArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let which = match (&args.unit, args.since) {
        (Some(unit), _) if reader.unit(unit)?.is_none() => return Err(unknown(unit)),
        (Some(unit), _) => Which::Unit(unit.clone()),
        (None, Some(since)) => Which::Since(since),
        (None, None) => Which::All,
    };
    let mut unwritten = None;
    reader.each_event(&which, |stored| {
        let early = match (&args.unit, args.since) {
            (Some(_), Some(since)) => stored.outcome()?.stamp.at < since,
            _ => false,
        };
        if early {
            return Ok(ControlFlow::Continue(()));
        }
        let written =
            if cx.json { writeln!(cx.out, "{}", json_safe(&stored.body)) } else { in_words(cx.out, &stored)? };
        Ok(match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                unwritten = Some(error);
                ControlFlow::Break(())
            }
        })
    })?;
    unwritten.map_or(Ok(Outcome::Done), |error| Err(error.into()))
}

/// One event on one line: number, time, kind, unit, step, station, who.
fn in_words(out: &mut dyn Write, stored: &Stored) -> Result<std::io::Result<()>, Fault> {
    let Event { stamp, about, what, .. } = stored.outcome()?;
    let line = format!(
        "{:>9}  {}  {:<20} {:<20} {:<8} {:<16} {}",
        stamp.seq,
        stamp.at,
        what.kind(),
        or_dash(about.unit),
        or_dash(about.step),
        or_dash(about.station),
        or_dash(about.by),
    );
    Ok(writeln!(out, "{}", display_safe(&line)))
}

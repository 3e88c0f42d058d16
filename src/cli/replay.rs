//! `traveller replay`: past decisions are made again, from the ledger alone.

use std::io::Write;

use super::args::ReplayArgs;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{json_line, lines};
use super::show::unknown;
use crate::app::port::Fault;
use crate::app::replay::{self, Replayed};
use crate::ledger::Reader;
use crate::ledger::read::past::Past;
use crate::route_file::released;

pub(super) fn run(cx: &mut Context<'_>, args: &ReplayArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let replayed = match &args.unit {
        Some(unit) if reader.unit(unit)?.is_none() => return Err(unknown(unit)),
        Some(unit) => replay::unit(&mut past(&reader)?, unit)?,
        None => everything(&reader)?,
    };
    if cx.json {
        json_line(cx.out, &replayed)?;
    } else {
        in_words(cx.out, &replayed)?;
    }
    Ok(if replayed.different.is_empty() { Outcome::Done } else { Outcome::No })
}

fn past(reader: &Reader) -> Result<Past<'_>, Failure> {
    reader.past(released)?.ok_or_else(|| {
        Failure::wrong_use("this ledger only holds copies of other ledgers", "replay the ledger of a terminal")
    })
}

/// Every action, one after another: a ledger has more of them than a terminal has memory.
fn everything(reader: &Reader) -> Result<Replayed, Failure> {
    let mut again = past(reader)?;
    let mut all = Replayed::default();
    past(reader)?.each_action(|act| -> Result<(), Fault> {
        let one = replay::actions(&mut again, [act])?;
        all.decisions += one.decisions;
        all.same += one.same;
        all.different.extend(one.different);
        Ok(())
    })?;
    Ok(all)
}

fn in_words(out: &mut dyn Write, replayed: &Replayed) -> std::io::Result<()> {
    for d in &replayed.different {
        let fact = d.fact.as_ref().map_or_else(String::new, |fact| format!("; not founded on record: {fact}"));
        let (recorded, now) = (d.recorded.join(" "), d.now.join(" "));
        lines(out, &format!("event {}: recorded {recorded}; decided now {now}{fact}", d.seq))?;
    }
    let Replayed { decisions, same, different } = replayed;
    writeln!(out, "{decisions} decisions made again: {same} the same, {} different", different.len())
}

//! `traveller doctor`: what is wrong with this machine, and what to do.

use serde::Serialize;

use super::context::Context;
use super::doctor_args::{DoctorArgs, DoctorCommand};
use super::doctor_scanners;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, lines};
use crate::app::port::Fault;
use crate::capture::scanner::seen;
use crate::domain::time::At;
use crate::replicate::state;
use crate::station::clock::{StationClock, trust};
use crate::station::doctor::access::access;
use crate::station::doctor::checks::{self, Check};
use crate::station::doctor::replicas;
use crate::station::doctor::survey::{probe, survey};
use crate::station::replicas::address;

pub(super) fn run(cx: &mut Context<'_>, args: DoctorArgs) -> Result<Outcome, Failure> {
    match args.what {
        None => everything(cx),
        Some(DoctorCommand::Scanners(args)) => doctor_scanners::run(cx, &args),
    }
}

/// One check, as scripts read it.
#[derive(Serialize)]
struct Line<'a> {
    subject: &'a str,
    ok: bool,
    what: &'a str,
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    instead: Option<&'a str>,
}

fn everything(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let clock = StationClock::of_machine()?;
    let (ledger, last_event) = ledger(cx);
    let scanners = &cx.settings.scanners;
    let survey = survey(scanners, &seen::look(std::path::Path::new("/sys")), probe);
    let all = [
        vec![
            settings(cx),
            ledger,
            checks::clock(trust(&clock.read(), last_event)),
            checks::disk(&cx.settings.ledger),
            checks::scanners(scanners.len(), &survey),
        ],
        access(&cx.settings.ledger).into_iter().collect(),
        replicas(cx, clock.read().at),
        // A ledger that cannot be read is told above.
        cx.reader()
            .ok()
            .and_then(|reader| reader.people().ok())
            .and_then(|p| checks::recovered(&p))
            .into_iter()
            .collect(),
    ]
    .concat();
    tell(cx, &all)?;
    let well = all.iter().all(|check| check.instead.is_none());
    Ok(if well { Outcome::Done } else { Outcome::No })
}

/// A configuration that is wrong is told before any command begins.
fn settings(cx: &Context<'_>) -> Check {
    let file = cx.settings.config.as_ref().map_or_else(|| "no file".to_owned(), |file| file.display().to_string());
    let (stations, scanners) = (cx.settings.stations.len(), cx.settings.scanners.len());
    Check::well("settings", format!("{file}; stations: {stations}; scanners: {scanners}"))
}

/// Whether the ledger can be read, and when its last event was recorded.
fn ledger(cx: &Context<'_>) -> (Check, Option<At>) {
    let head = cx.reader().and_then(|reader| Ok(reader.head()?));
    let fault = match head {
        Ok(Some(head)) => {
            let what = format!("terminal {}, {} events, head {}", head.terminal, head.seq, head.hash);
            return (Check::well("ledger", what), head.at);
        }
        Ok(None) => Fault::new("it holds no event", "enrol a lead: `traveller operator enrol`"),
        Err(Failure::No(fault) | Failure::WrongUse(fault) | Failure::Machine(fault)) => fault,
        Err(Failure::NobodyReads) => Fault::new("it was not read", "run it again"),
    };
    (Check::ill("ledger", fault), None)
}

/// The replicas that are asked for or were used, and the last drill.
fn replicas(cx: &Context<'_>, now: At) -> Vec<Check> {
    let replicate = &cx.settings.replicate;
    let addresses: Vec<String> = replicate.to.iter().map(|target| address(target)).collect();
    let state = cx.settings.state_dir(&cx.settings.ledger);
    let mut all = replicas::targets(&addresses, state::read_targets(&state), now, replicate.limits);
    all.extend(replicas::drill(state::read_drill(&state)));
    all
}

fn tell(cx: &mut Context<'_>, all: &[Check]) -> Result<(), Failure> {
    if cx.json {
        let mut list = JsonList::begin(cx.out, "checks")?;
        for Check { subject, what, instead } in all {
            list.item(&Line { subject, ok: instead.is_none(), what, instead: instead.as_deref() })?;
        }
        return Ok(list.end()?);
    }
    for Check { subject, what, instead } in all {
        let mark = if instead.is_none() { "ok" } else { "--" };
        lines(cx.out, &format!("{mark}  {subject:<9} {what}"))?;
        if let Some(instead) = instead {
            lines(cx.out, &format!("    {:<9} {instead}", ""))?;
        }
    }
    Ok(())
}

//! `traveller rebuild`: the tables that lookups read are made anew from the events.

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{json_line, lines};
use crate::ledger::rebuild;
use crate::station::clock::StationClock;
use crate::station::open::{self, Make};

/// The answer, as scripts read it.
#[derive(Serialize)]
struct Answer {
    events: u64,
}

pub(super) fn run(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let mut writer = open::writer(&cx.settings, &StationClock::of_machine()?, Make::Never)?;
    let events = rebuild(&mut writer)?;
    if cx.json {
        json_line(cx.out, &Answer { events })?;
    } else {
        lines(cx.out, &format!("the tables were made anew from {events} events"))?;
    }
    Ok(Outcome::Done)
}

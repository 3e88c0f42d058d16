//! `traveller rebuild`: the tables that lookups read are made anew from the events.

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{json_line, lines};
use crate::ledger::{OpenError, open_plant, rebuild, rebuild_plant};
use crate::station::clock::StationClock;
use crate::station::open::{self, Make};

/// The answer, as scripts read it.
#[derive(Serialize)]
struct Answer {
    events: u64,
}

pub(super) fn run(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let events = match open::writer(&cx.settings, &StationClock::of_machine()?, Make::Never) {
        Ok(mut writer) => rebuild(&mut writer)?,
        Err(OpenError::OnlyCopies { path }) => rebuild_plant(&mut open_plant(&path, false)?)?,
        Err(other) => return Err(other.into()),
    };
    if cx.json {
        json_line(cx.out, &Answer { events })?;
    } else {
        lines(cx.out, &format!("the tables were made anew from {events} events"))?;
    }
    Ok(Outcome::Done)
}

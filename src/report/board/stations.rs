//! The stations: who is there, what waits, what came of it, and how quickly.

use super::compute::{minutes, sum};
use super::seen::Seen;
use crate::app::board::content::StationLine;
use crate::domain::id::{Badge, StationId};
use crate::domain::time::At;
use crate::domain::traveller::State;
use crate::ledger::read::board::StationSeen;

/// Minutes without an event after which a station at which somebody is signed on is silent.
const SILENT_MINUTES: i64 = 15;

/// Whether somebody is signed on where nothing was recorded for long: silence is a state.
pub(super) fn is_silent(operator: Option<&Badge>, seen: Option<i64>) -> bool {
    operator.is_some() && seen.is_none_or(|minutes| minutes >= SILENT_MINUTES)
}

/// The lines of the stations.
pub(super) fn stations(seen: &Seen) -> Vec<StationLine> {
    seen.stations.iter().filter_map(|of| line(seen, of)).collect()
}

fn line(seen: &Seen, of: &StationSeen) -> Option<StationLine> {
    let station = of.station.station.clone()?;
    let counted = |what: &str| sum(seen.counts.iter().filter(|count| count.station == station), what);
    let (operator, open) = (of.station.operator.clone(), of.station.open.clone());
    let seen_minutes = minutes(seen.now, of.at);
    let state = match (&operator, &open) {
        _ if of.station.watch.down.is_some() => "down",
        _ if is_silent(operator.as_ref(), seen_minutes) => "silent",
        (None, _) => "nobody",
        (Some(_), Some(_)) => "working",
        (Some(_), None) => "waiting",
    };
    let class = seen.classes.get(&station).cloned();
    let waiting = Waiting::at(seen, class.as_ref());
    let pace = seen.fold.stations.get(&station);
    let tried = pace.map_or(0, |pace| pace.tried);
    let share = |passed: u32| passed.saturating_mul(1_000).checked_div(tried);
    Some(StationLine {
        state,
        calls: of.station.watch.call.is_some(),
        operator,
        open,
        seen_minutes,
        passed: counted("passed"),
        failed: counted("failed"),
        refused: counted("refused"),
        finished: counted("finished"),
        class,
        in_process: waiting.in_process,
        held: waiting.held,
        oldest_minutes: minutes(seen.now, waiting.since),
        tried,
        first_pass: pace.and_then(|pace| share(pace.passed)),
        cycle_seconds: pace.and_then(super::fold::Pace::cycle_seconds),
        takt_seconds: takt(seen, &station),
        station,
    })
}

/// What is due at a class of stations.
#[derive(Default)]
struct Waiting {
    in_process: u32,
    held: u32,
    since: Option<At>,
}

impl Waiting {
    fn at(seen: &Seen, class: Option<&StationId>) -> Self {
        let mut waiting = Self::default();
        for count in seen.work.iter().filter(|count| Some(&count.station) == class) {
            let held = count.state == State::Held;
            let of = if held { &mut waiting.held } else { &mut waiting.in_process };
            *of = of.saturating_add(count.n);
            if !held {
                waiting.since = [waiting.since, count.since].into_iter().flatten().min();
            }
        }
        waiting
    }
}

/// Seconds from one unit to the next: as planned for the station itself, else for the whole plant.
fn takt(seen: &Seen, station: &StationId) -> Option<u32> {
    let turn = seen.turn.as_ref()?;
    let of_station = seen.plans.iter().find(|plan| plan.station.as_ref() == Some(station));
    let of_plant = || seen.plans.iter().find(|plan| plan.station.is_none() && plan.route.is_none());
    of_station.or_else(of_plant)?.takt(turn)
}

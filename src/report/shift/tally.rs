//! The events of a shift, counted one by one: what is kept of them does not grow with their number.

use std::collections::BTreeSet;

use serde::Serialize;

use super::rows::{ROWS_MOST, Rows};
use super::watched::WatchTally;
use crate::domain::event::{Event, Purpose};
use crate::domain::id::{Badge, LotId, PartId, RouteId, StationId, StepId, UnitId};
use crate::domain::refusal::Code;
use crate::domain::time::{At, Clock};
use crate::domain::what::{Outcome, UnitCompleted, UnitDispatched, What};

/// Where something happened; nowhere where it came from the office.
pub(super) type Where = Option<StationId>;

/// What happened in a shift.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Events.
    pub events: u64,
    /// Events by a clock that was in doubt.
    pub doubted: u64,
    /// What was made, by station and route.
    pub made: Rows<(Where, RouteId), Made>,
    /// What was refused, by code.
    pub refused: Rows<Code, Refusals>,
    /// What was held, released, failed and decided, in order.
    pub held: Rows<u64, Stop>,
    /// Who was at which station.
    pub people: Rows<(Where, Badge), Presence>,
    /// What became of lots, in order.
    pub lots: Rows<u64, LotLine>,
    /// Downtime, calls, notes, work taken over, and units that were moved.
    #[serde(flatten)]
    pub watch: WatchTally,
}

/// What was made at a station on a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Made {
    /// The station.
    pub station: Where,
    /// The route.
    pub route: RouteId,
    /// Units that began.
    pub started: u64,
    /// Steps that passed.
    pub passed: u64,
    /// Steps that failed.
    pub failed: u64,
    /// Units of which every step was done.
    pub finished: u64,
    /// Of all these, what was no production: it is counted nowhere else.
    pub not_production: u64,
    /// The first unit.
    pub first: UnitId,
    /// The last one.
    pub last: UnitId,
}

/// What was refused with one code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusals {
    /// The code.
    pub code: &'static str,
    /// How often.
    pub times: u64,
    /// How often at which station.
    pub stations: Vec<(Where, u64)>,
    /// The first unit, where one was named.
    pub first: Option<UnitId>,
    /// The last one.
    pub last: Option<UnitId>,
}

/// Something that stopped a unit or a lot, or let it go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// When.
    pub at: At,
    /// The unit or the lot.
    pub of: String,
    /// What: `held`, `released`, `failed`, `rework`, `scrap`, `use as is`, `rejected`.
    pub what: &'static str,
    /// At which step.
    pub step: Option<StepId>,
    /// Where.
    pub station: Where,
    /// By whom.
    pub by: Option<Badge>,
    /// Why.
    pub reason: Option<String>,
}

/// Somebody at a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Presence {
    /// The station.
    pub station: Where,
    /// Who.
    pub badge: Badge,
    /// When they came first; none where they were there before.
    pub from: Option<At>,
    /// When they left last; none where they did not.
    pub until: Option<At>,
}

/// What became of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LotLine {
    /// When.
    pub at: At,
    /// The lot.
    pub lot: LotId,
    /// What: `received`, `inspected`, `opened`, `sealed`, `loaded`.
    pub what: &'static str,
    /// What it is of, where the event says so.
    pub part: Option<PartId>,
    /// Where.
    pub station: Where,
    /// By whom.
    pub by: Option<Badge>,
}

/// What is counted of a unit.
#[derive(Debug, Clone, Copy)]
enum Counted {
    Started,
    Passed,
    Failed,
    Finished,
}

impl Tally {
    /// Counts an event.
    #[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are counted")]
    pub fn count(&mut self, event: &Event) {
        self.events += 1;
        self.doubted += u64::from(event.stamp.clock == Clock::Doubt);
        self.watch.count(event);
        match &event.what {
            What::UnitStarted(_) => self.made(event, Counted::Started),
            What::StepPassed(_) => self.made(event, Counted::Passed),
            What::UnitCompleted(UnitCompleted { again: false })
            | What::UnitDispatched(UnitDispatched { shipment: None, again: false }) => {
                self.made(event, Counted::Finished);
            }
            What::UnitReturned(_) => self.unit_stopped(event, "returned"),
            What::StepFailed(_) => {
                self.made(event, Counted::Failed);
                self.unit_stopped(event, "failed");
            }
            What::Disposed(disposed) => self.unit_stopped(event, decided(&disposed.outcome)),
            What::UnitHeld(_) => self.unit_stopped(event, "held"),
            What::SentBack(_) => self.unit_stopped(event, "sent back"),
            What::ScrapReversed(_) => self.unit_stopped(event, "scrap reversed"),
            What::RuleOverridden(_) => self.unit_stopped(event, "overridden"),
            What::HoldReleased(_) => self.unit_stopped(event, "released"),
            What::HistorySettled(_) => self.unit_stopped(event, "settled"),
            What::LotHeld(of) => self.stopped(event, &of.lot, "held"),
            What::LotReleased(of) => self.stopped(event, &of.lot, "released"),
            What::LotRejected(of) => self.stopped(event, &of.lot, "rejected"),
            What::LotReceived(of) => self.lot(event, &of.lot, Some(&of.part), "received"),
            What::LotInspected(of) => self.lot(event, &of.lot, None, "inspected"),
            What::LotOpened(of) => self.lot(event, &of.lot, None, "opened"),
            What::LotSealed(of) => self.lot(event, &of.lot, None, "sealed"),
            What::LotLoaded(of) => self.lot(event, &of.lot, Some(&of.part), "loaded"),
            What::SignedOn(of) => self.came(event, &of.badge),
            What::SignedOff(of) => self.left(event, &of.badge),
            What::Refused(refused) => self.refused(event, refused.code, refused.evidence.unit.as_ref()),
            _ => {}
        }
    }

    fn made(&mut self, event: &Event, what: Counted) {
        let about = &event.about;
        let (Some(unit), Some(route)) = (&about.unit, &about.route) else { return };
        let fresh = || Made {
            station: about.station.clone(),
            route: route.clone(),
            started: 0,
            passed: 0,
            failed: 0,
            finished: 0,
            not_production: 0,
            first: unit.clone(),
            last: unit.clone(),
        };
        let Some(row) = self.made.row((about.station.clone(), route.clone()), fresh) else { return };
        row.last = unit.clone();
        let production = about.purpose.unwrap_or_default() == Purpose::Production;
        let counter = match what {
            _ if !production => &mut row.not_production,
            Counted::Started => &mut row.started,
            Counted::Passed => &mut row.passed,
            Counted::Failed => &mut row.failed,
            Counted::Finished => &mut row.finished,
        };
        // Of a batch, each piece counts.
        *counter += about.pieces.map_or(1, u64::from);
    }

    fn refused(&mut self, event: &Event, code: Code, seen: Option<&UnitId>) {
        let unit = event.about.unit.as_ref().or(seen);
        let fresh = || Refusals { code: code.word(), times: 0, stations: Vec::new(), first: None, last: None };
        let Some(row) = self.refused.row(code, fresh) else { return };
        row.times += 1;
        row.first = row.first.take().or_else(|| unit.cloned());
        row.last = unit.cloned().or_else(|| row.last.take());
        let at = event.about.station.as_ref();
        if let Some((_, times)) = row.stations.iter_mut().find(|(station, _)| station.as_ref() == at) {
            *times += 1;
        } else if row.stations.len() < ROWS_MOST {
            row.stations.push((at.cloned(), 1));
        }
    }

    fn unit_stopped(&mut self, event: &Event, what: &'static str) {
        if let Some(unit) = &event.about.unit {
            self.stopped(event, unit, what);
        }
    }

    fn stopped(&mut self, event: &Event, of: &impl ToString, what: &'static str) {
        let about = &event.about;
        let stop = || Stop {
            at: event.stamp.at,
            of: of.to_string(),
            what,
            step: about.step.clone(),
            station: about.station.clone(),
            by: about.by.clone(),
            reason: about.reason.clone(),
        };
        self.held.row(self.events, stop);
    }

    fn lot(&mut self, event: &Event, lot: &LotId, part: Option<&PartId>, what: &'static str) {
        let about = &event.about;
        let line = || LotLine {
            at: event.stamp.at,
            lot: lot.clone(),
            what,
            part: part.cloned(),
            station: about.station.clone(),
            by: about.by.clone(),
        };
        self.lots.row(self.events, line);
    }

    fn came(&mut self, event: &Event, badge: &Badge) {
        let (station, from) = (event.about.station.clone(), Some(event.stamp.at));
        let fresh = || Presence { station: station.clone(), badge: badge.clone(), from, until: None };
        if let Some(row) = self.people.row((station.clone(), badge.clone()), fresh) {
            row.until = None;
        }
    }

    fn left(&mut self, event: &Event, badge: &Badge) {
        let station = event.about.station.clone();
        let fresh = || Presence { station: station.clone(), badge: badge.clone(), from: None, until: None };
        if let Some(row) = self.people.row((station.clone(), badge.clone()), fresh) {
            row.until = Some(event.stamp.at);
        }
    }

    /// What was made in all: units begun, steps passed, steps failed, units finished.
    pub fn in_all(&self) -> [u64; 4] {
        self.made.all().fold([0; 4], |[started, passed, failed, finished], row| {
            [started + row.started, passed + row.passed, failed + row.failed, finished + row.finished]
        })
    }

    /// Everybody who is on the sheet, each once.
    pub fn badges(&self) -> impl Iterator<Item = &Badge> {
        let once: BTreeSet<&Badge> = self.people.all().map(|row| &row.badge).collect();
        once.into_iter()
    }
}

fn decided(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Rework { .. } => "rework",
        Outcome::Scrap => "scrap",
        Outcome::UseAsIs => "use as is",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(seq: u64, rest: &str) -> Event {
        let stamp =
            r#""terminal":"T1","epoch":"0123456789abcdef","at":"2026-11-23T06:00:00.000000Z","boot":"00c0ffee""#;
        let rest = rest.replace('\'', "\"");
        Event::read_outcome(&format!(
            r#"{{"v":1,{stamp},"seq":{seq},"act":{seq},"mono":{seq},"clock":"synced",{rest}}}"#
        ))
        .unwrap()
    }

    fn counted(all: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for (seq, rest) in (1..).zip(all) {
            tally.count(&event(seq, rest));
        }
        tally
    }

    #[test]
    fn what_is_made_counts_by_station_and_route_and_only_as_production() {
        let done = |unit: &str, purpose: &str| {
            format!("'kind':'unit-completed','unit':'{unit}','route':'valve','station':'TEST-1'{purpose}")
        };
        let all = [done("V1", ""), done("V2", ",'purpose':'training'"), done("V3", "")];
        let tally = counted(&all.each_ref().map(String::as_str));
        let [row] = tally.made.all().collect::<Vec<_>>().try_into().unwrap();
        assert_eq!((row.finished, row.not_production), (2, 1));
        assert_eq!((row.first.as_str(), row.last.as_str()), ("V1", "V3"));
        assert_eq!(tally.in_all(), [0, 0, 0, 2]);
    }

    #[test]
    fn who_came_before_the_shift_or_stays_after_it_is_told_as_that() {
        let at = |kind: &str, badge: &str, why: &str| {
            format!("'kind':'{kind}','station':'KIT-1','data':{{'badge':'{badge}'{why}}}")
        };
        let on = |badge: &str| at("signed-on", badge, ",'session':'0123456789abcdef'");
        let off = |badge: &str| at("signed-off", badge, ",'why':'sign-off'");
        let all = [off("OP-1"), on("OP-2"), off("OP-2"), on("OP-2"), on("OP-3"), off("OP-3")];
        let tally = counted(&all.each_ref().map(String::as_str));
        let shown: Vec<_> =
            tally.people.all().map(|row| (row.badge.as_str(), row.from.is_some(), row.until.is_some())).collect();
        assert_eq!(shown, [("OP-1", false, true), ("OP-2", true, false), ("OP-3", true, true)]);
    }

    #[test]
    fn a_refusal_names_the_unit_that_it_was_about() {
        let refused = |unit: &str, station: &str| {
            format!("'kind':'refused','station':'{station}'{unit},'data':{{'code':'on-hold','evidence':{{}}}}")
        };
        let all =
            [refused("", "A-1"), refused(",'unit':'V1'", "A-1"), refused(",'unit':'V2'", "B-1"), refused("", "A-1")];
        let tally = counted(&all.each_ref().map(String::as_str));
        let [row] = tally.refused.all().collect::<Vec<_>>().try_into().unwrap();
        assert_eq!((row.code, row.times), ("on-hold", 4));
        let stations: Vec<_> = row.stations.iter().map(|(at, n)| (at.as_ref().unwrap().as_str(), *n)).collect();
        assert_eq!(stations, [("A-1", 3), ("B-1", 1)]);
        let named = [&row.first, &row.last].map(|unit| unit.as_ref().unwrap().as_str());
        assert_eq!(named, ["V1", "V2"]);
    }
}

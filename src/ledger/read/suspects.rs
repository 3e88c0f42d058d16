//! Suspect units: those that a gauge, a person or a station touched between two moments.
//!
//! They are read from the log itself, in the order of the ledger. Where a clock was in doubt its moments may lie
//! anywhere; the order does not. What was copied from paper counts at the time that the paper states, to the minute,
//! whenever it was entered.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::app::port::Fault;
use crate::domain::event::{Event, How};
use crate::domain::id::{Badge, DeviceId, RouteId, StationId, StepId, UnitId};
use crate::domain::time::{At, SECOND};
use crate::domain::what::What;
use crate::ledger::place::Place;
use crate::ledger::read::events::Stored;
use crate::ledger::read::units::UnitRow;
use crate::ledger::reader::{PAGE_ROWS_MOST, Reader};

/// The events whose text names something, between two places. What the text only seems to say is sorted out after.
const NAMING: &str = "SELECT id, body, hash FROM event WHERE id > ?1 AND id <= ?2 AND instr(body, ?3)
    ORDER BY id LIMIT ?4";
/// Those of them that say when it happened, because they were entered later.
const NAMING_ON_PAPER: &str = "SELECT id, body, hash FROM event WHERE id > ?1 AND id <= ?2 AND instr(body, ?3)
    AND instr(body, '\"happened\":') ORDER BY id LIMIT ?4";

/// A paper states the minute.
const MINUTE: i64 = 60 * SECOND;

/// What units are suspected for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspected {
    /// They were measured with a gauge.
    Gauge(DeviceId),
    /// A person worked on them.
    Operator(Badge),
    /// They were worked on at a station.
    Station(StationId),
    /// They passed at a tester that was then found wanting by its golden sample.
    Tester(StationId),
}

impl Suspected {
    fn name(&self) -> &str {
        match self {
            Self::Gauge(gauge) => gauge.as_str(),
            Self::Operator(badge) => badge.as_str(),
            Self::Station(station) | Self::Tester(station) => station.as_str(),
        }
    }

    fn is_in(&self, event: &Event) -> bool {
        // A refusal left the unit as it was.
        if matches!(event.what, What::Refused(_)) {
            return false;
        }
        match self {
            Self::Gauge(gauge) => {
                let measured = matches!(&event.what, What::CheckRecorded(c) if c.gauge.as_ref() == Some(gauge))
                    || matches!(&event.what, What::StepPassed(p) if p.gauges.contains(gauge));
                measured || matches!(&event.about.how, Some(How::Gauge(by)) if by == gauge)
            }
            Self::Operator(badge) => event.about.by.as_ref() == Some(badge),
            Self::Station(station) => event.about.station.as_ref() == Some(station),
            Self::Tester(station) => {
                matches!(event.what, What::StepPassed(_)) && event.about.station.as_ref() == Some(station)
            }
        }
    }
}

impl Reader {
    /// Goes through the units that were touched from one moment to another, each once, in the order in which that was
    /// first recorded. Between two pages nothing is locked.
    pub fn suspects(
        &self,
        what: &Suspected,
        from: At,
        until: At,
        mut visit: impl FnMut(UnitRow) -> Result<ControlFlow<()>, Fault>,
    ) -> Result<(), Fault> {
        let mut met: HashSet<UnitId> = HashSet::new();
        for stream in self.streams()? {
            let (Some(mut after), Some(last)) = (self.before(&stream, from)?, self.before(&stream, until.plus(1))?)
            else {
                continue;
            };
            let newest = Place::new(stream.id, stream.seq).unwrap_or(last);
            loop {
                // A paper is entered after what it states, so only what was recorded later may belong here too.
                let (sql, end) = if after < last { (NAMING, last) } else { (NAMING_ON_PAPER, newest) };
                let page = self.naming(sql, what.name(), after, end)?;
                after = page.last().map_or(end, |stored| stored.place);
                if page.is_empty() && end == newest {
                    break;
                }
                for stored in page {
                    let event = stored.outcome()?;
                    let is_then = event.about.happened.is_none_or(|at| from < at.plus(MINUTE) && at <= until);
                    let is_in = is_then && what.is_in(&event);
                    let Some(unit) = event.about.unit.as_ref().filter(|u| is_in && !met.contains(*u)) else {
                        continue;
                    };
                    met.insert(unit.clone());
                    if let Some(row) = self.unit(unit)?
                        && visit(row)?.is_break()
                    {
                        return Ok(());
                    }
                }
            }
        }
        Ok(())
    }

    /// When a tester was last proved before its newest run that failed, by a sample of the same sort; none where it
    /// never failed, or was never proved before.
    pub fn proved_before(&self, tester: &StationId) -> Result<Option<At>, Fault> {
        let mut last: Vec<(bool, RouteId, StepId, At)> = Vec::new();
        let mut found = None;
        for stream in self.streams()? {
            let Some(end) = self.before(&stream, At(i64::MAX))? else { continue };
            let mut after = self.before(&stream, At(i64::MIN))?.unwrap_or(Place::START);
            loop {
                let page = self.naming(NAMING, "golden-run", after, end)?;
                let Some(place) = page.last().map(|stored| stored.place) else { break };
                after = place;
                for stored in page {
                    let event = stored.outcome()?;
                    let (What::GoldenRun(run), Some(route), Some(step)) =
                        (&event.what, &event.about.route, &event.about.step)
                    else {
                        continue;
                    };
                    if event.about.station.as_ref() != Some(tester) {
                        continue;
                    }
                    let same = |(bad, r, s, _): &(bool, RouteId, StepId, At)| (*bad, r, s) == (run.bad, route, step);
                    if run.passed {
                        last.retain(|one| !same(one));
                        last.push((run.bad, route.clone(), step.clone(), event.stamp.at));
                    } else {
                        found = last.iter().find(|one| same(one)).map(|(_, _, _, at)| *at).or(found);
                    }
                }
            }
        }
        Ok(found)
    }

    fn naming(&self, sql: &str, name: &str, after: Place, last: Place) -> Result<Vec<Stored>, Fault> {
        // As the text of an event has it, with its quotes.
        let quoted = serde_json::Value::from(name).to_string();
        let mut statement = self.conn.prepare_cached(sql)?;
        let rows = statement.query_map((after, last, quoted, PAGE_ROWS_MOST), Stored::of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

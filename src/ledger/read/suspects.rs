//! Suspect units: those that a gauge, a person or a station touched between two moments.
//!
//! They are read from the log itself, in the order of the ledger. Where a clock was in doubt its moments may lie
//! anywhere; the order does not.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::app::port::Fault;
use crate::domain::event::{Event, How};
use crate::domain::id::{Badge, DeviceId, StationId, UnitId};
use crate::domain::time::At;
use crate::domain::what::What;
use crate::ledger::place::Place;
use crate::ledger::read::events::Stored;
use crate::ledger::read::units::UnitRow;
use crate::ledger::reader::{PAGE_ROWS_MOST, Reader};

/// The events whose text names something, between two places. What the text only seems to say is sorted out after.
const NAMING: &str = "SELECT id, body, hash FROM event WHERE id > ?1 AND id <= ?2 AND instr(body, ?3)
    ORDER BY id LIMIT ?4";

/// What units are suspected for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspected {
    /// They were measured with a gauge.
    Gauge(DeviceId),
    /// A person worked on them.
    Operator(Badge),
    /// They were worked on at a station.
    Station(StationId),
}

impl Suspected {
    fn name(&self) -> &str {
        match self {
            Self::Gauge(gauge) => gauge.as_str(),
            Self::Operator(badge) => badge.as_str(),
            Self::Station(station) => station.as_str(),
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
        }
    }
}

impl Reader {
    /// Goes through the units that were touched from one moment to another, each once, in the order in which they
    /// first were. Between two pages nothing is locked.
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
            loop {
                let page = self.naming(what.name(), after, last)?;
                let Some(end) = page.last().map(|stored| stored.place) else { break };
                after = end;
                for stored in page {
                    let event = stored.outcome()?;
                    let Some(unit) = event.about.unit.as_ref().filter(|u| what.is_in(&event) && !met.contains(*u))
                    else {
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

    fn naming(&self, name: &str, after: Place, last: Place) -> Result<Vec<Stored>, Fault> {
        // As the text of an event has it, with its quotes.
        let quoted = serde_json::Value::from(name).to_string();
        let mut statement = self.conn.prepare_cached(NAMING)?;
        let rows = statement.query_map((after, last, quoted, PAGE_ROWS_MOST), Stored::of)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

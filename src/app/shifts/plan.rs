//! What is planned: so many units an hour or a shift, of a route or at a station, and the takt that follows.

use crate::domain::id::{RouteId, StationId};
use crate::domain::time::{At, SECOND};

use super::calendar::Turn;

/// Microseconds in an hour.
const HOUR: i64 = 3_600 * SECOND;

/// How much is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The route: units of it that are finished count. None: every route.
    pub route: Option<RouteId>,
    /// The station: steps that pass there count. None: the whole plant.
    pub station: Option<StationId>,
    /// How much.
    pub rate: Rate,
    /// Seconds from one unit to the next, where the plant says so itself.
    pub takt_seconds: Option<u32>,
}

/// A number of units in a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// In an hour of work.
    Hour(u32),
    /// In a shift.
    Shift(u32),
}

impl Plan {
    /// Units that are due at a moment of a shift. Nothing is due in a break that was not due before it.
    pub fn due(&self, turn: &Turn, now: At) -> u32 {
        let (worked, whole) = (turn.worked(now), turn.worked(turn.end));
        let part = |units: u32, of: i64| {
            let due = i128::from(units).saturating_mul(i128::from(worked)).checked_div(i128::from(of));
            due.and_then(|due| u32::try_from(due).ok()).unwrap_or(0)
        };
        match self.rate {
            Rate::Hour(units) => part(units, HOUR),
            Rate::Shift(units) => part(units, whole),
        }
    }

    /// Units that are planned for the whole of a shift.
    pub fn in_all(&self, turn: &Turn) -> u32 {
        match self.rate {
            Rate::Shift(units) => units,
            Rate::Hour(_) => self.due(turn, turn.end),
        }
    }

    /// Seconds from one unit to the next: what the plant says, else the work of the shift shared among its units.
    pub fn takt(&self, turn: &Turn) -> Option<u32> {
        let shared = |whole: i64, units: u32| {
            let each = whole.checked_div(i64::from(units))?.checked_div(SECOND)?;
            u32::try_from(each).ok()
        };
        self.takt_seconds.or_else(|| match self.rate {
            Rate::Hour(units) => shared(HOUR, units),
            Rate::Shift(units) => shared(turn.worked(turn.end), units),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::ShiftName;

    fn turn() -> Turn {
        let at = |text: &str| text.parse::<At>().unwrap();
        Turn {
            name: ShiftName::parse("early").unwrap(),
            begin: at("2026-11-23T05:00:00Z"),
            end: at("2026-11-23T13:00:00Z"),
            breaks: vec![(at("2026-11-23T08:00:00Z"), at("2026-11-23T08:30:00Z"))],
        }
    }

    fn plan(rate: Rate) -> Plan {
        Plan { route: None, station: None, rate, takt_seconds: None }
    }

    #[test]
    fn what_is_due_follows_the_work_and_rests_in_breaks() {
        let turn = turn();
        let due = |rate, text: &str| plan(rate).due(&turn, text.parse().unwrap());
        assert_eq!(due(Rate::Hour(6), "2026-11-23T06:30:00Z"), 9);
        assert_eq!(due(Rate::Hour(6), "2026-11-23T08:00:00Z"), 18);
        assert_eq!(due(Rate::Hour(6), "2026-11-23T08:29:00Z"), 18, "in the break");
        assert_eq!(due(Rate::Shift(45), "2026-11-23T05:00:00Z"), 0);
        assert_eq!(due(Rate::Shift(45), "2026-11-23T13:00:00Z"), 45);
        assert_eq!(due(Rate::Shift(45), "2026-11-24T13:00:00Z"), 45, "it is over");
        assert_eq!(plan(Rate::Hour(6)).in_all(&turn), 45);
    }

    #[test]
    fn the_takt_is_what_the_plant_says_or_what_follows() {
        let turn = turn();
        assert_eq!(plan(Rate::Hour(6)).takt(&turn), Some(600));
        assert_eq!(plan(Rate::Shift(45)).takt(&turn), Some(600));
        assert_eq!(Plan { takt_seconds: Some(90), ..plan(Rate::Shift(45)) }.takt(&turn), Some(90));
    }
}

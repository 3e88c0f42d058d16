//! What the oracle knows of time: how much has passed between two moments, and whether a day is over. What happened by
//! paper happened when the paper says.

use traveller::domain::event::{Event, Stamp};
use traveller::domain::route::ClockRule;
use traveller::domain::time::{At, Clock, Day};

use super::hear::Told;
use super::model::{Heard, Oracle, must};

/// What two clocks may differ for no reason: five seconds.
const WHIM: i64 = 5_000_000;
/// A minute.
pub(super) const MINUTE: i64 = 60_000_000;

/// Microseconds between two events: for certain, and as far as is known; and whether that is the same.
pub(super) struct Between {
    pub(super) least: i64,
    pub(super) best: i64,
    pub(super) certain: bool,
}

impl Between {
    /// What counts under a rule: the best that is known, or what is certain. And whether it says all.
    pub(super) fn under(&self, rule: ClockRule) -> (i64, bool) {
        let known = self.certain || rule == ClockRule::Any;
        (if known { self.best } else { self.least }, known)
    }
}

/// When something happened: by the clocks of the machine, or by a paper.
#[derive(Clone)]
pub(super) enum When {
    Live(Stamp),
    Paper(At),
}

impl When {
    pub(super) fn of(event: &Event) -> Self {
        event.about.happened.map_or_else(|| Self::Live(event.stamp.clone()), Self::Paper)
    }

    pub(super) fn at(&self) -> At {
        match self {
            Self::Live(stamp) => stamp.at,
            Self::Paper(at) => *at,
        }
    }

    /// By the wall clock, and by the one that nobody sets.
    pub(super) fn by_both(&self) -> (At, u64) {
        match self {
            Self::Live(stamp) => (stamp.at, stamp.mono),
            Self::Paper(at) => (*at, u64::try_from(at.0).unwrap()),
        }
    }

    pub(super) fn is_doubted(&self) -> bool {
        matches!(self, Self::Live(stamp) if stamp.clock == Clock::Doubt)
    }
}

impl Told<'_> {
    pub(super) fn when(self) -> When {
        When::of(self.event)
    }
}

impl Oracle {
    /// How much time lies between two moments. What a paper states came before what it does not know of.
    pub(super) fn between(&self, from: &When, to: &When) -> Between {
        let by_boot_clock = |mono: u64| i64::try_from(mono).unwrap();
        let by_paper = matches!(to, When::Paper(_));
        let since_the_restart = match (from, to) {
            (When::Live(from), When::Live(to)) if from.boot == to.boot => {
                let passed = by_boot_clock(to.mono) - by_boot_clock(from.mono);
                return Between { least: passed, best: passed, certain: true };
            }
            (When::Live(_), When::Live(to)) => by_boot_clock(to.mono),
            // The machine may have run before, and since.
            (When::Paper(_), _) | (_, When::Paper(_)) => 0,
        };
        let newest = self.newest.filter(|_| !by_paper);
        let by_wall = to.at().0 - from.at().0;
        let by_record = newest.map_or(0, |newest| newest.0 - from.at().0);
        let contradicted = newest.is_some_and(|newest| newest.0 > to.at().0 + WHIM);
        if !from.is_doubted() && !to.is_doubted() && (by_wall >= 0 || by_paper) && !contradicted {
            return Between { least: by_wall.max(0), best: by_wall.max(0), certain: true };
        }
        let least = if from.is_doubted() { since_the_restart } else { since_the_restart.max(by_record) };
        Between { least, best: least.max(by_wall).max(by_record), certain: false }
    }

    /// The latest moment that anybody knows of; or the one of the paper.
    pub(super) fn latest(&self, now: &When) -> At {
        match now {
            When::Paper(at) => *at,
            When::Live(stamp) => self.newest.map_or(stamp.at, |newest| newest.max(stamp.at)),
        }
    }

    /// A last day is not over, and that is certain or need not be.
    pub(super) fn in_date(&self, rule: ClockRule, day: Day, now: &When) -> Heard {
        let today = self.latest(now).to_string();
        must(&today[..10] <= day.to_string().as_str(), format!("is after {day}"))?;
        must(!now.is_doubted() || rule != ClockRule::Trusted, "has a day, and nobody knows which day it is")
    }
}

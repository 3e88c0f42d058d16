//! What the oracle knows of time: how much has passed between two events, and whether a day is over.

use traveller::domain::event::Stamp;
use traveller::domain::route::ClockRule;
use traveller::domain::time::{At, Clock, Day};

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

impl Oracle {
    /// How much time lies between two events.
    pub(super) fn between(&self, from: &Stamp, to: &Stamp) -> Between {
        let by_boot_clock = |mono: u64| i64::try_from(mono).unwrap();
        if from.boot == to.boot {
            let passed = by_boot_clock(to.mono) - by_boot_clock(from.mono);
            return Between { least: passed, best: passed, certain: true };
        }
        let by_wall = to.at.0 - from.at.0;
        let by_record = self.newest.map_or(0, |newest| newest.0 - from.at.0);
        let contradicted = self.newest.is_some_and(|newest| newest.0 > to.at.0 + WHIM);
        if from.clock != Clock::Doubt && to.clock != Clock::Doubt && by_wall >= 0 && !contradicted {
            return Between { least: by_wall, best: by_wall, certain: true };
        }
        let since_the_restart = by_boot_clock(to.mono);
        let least = if from.clock == Clock::Doubt { since_the_restart } else { since_the_restart.max(by_record) };
        Between { least, best: least.max(by_wall).max(by_record), certain: false }
    }

    /// A last day is not over, and that is certain or need not be.
    pub(super) fn in_date(&self, rule: ClockRule, day: Day, now: &Stamp) -> Heard {
        let latest: At = self.newest.map_or(now.at, |newest| newest.max(now.at));
        let today = latest.to_string();
        must(&today[..10] <= day.to_string().as_str(), format!("is after {day}"))?;
        must(now.clock != Clock::Doubt || rule != ClockRule::Trusted, "has a day, and nobody knows which day it is")
    }
}

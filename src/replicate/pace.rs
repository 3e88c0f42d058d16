//! How fast the night works: at once where nobody records, and as a guest where somebody is at work.
//!
//! A processor that is busy beside the one that records makes each commit slower, at whichever priority: they share
//! caches and memory, and often a core. Only what does not run at that moment is felt by nobody. So beside work the
//! night takes one page, and rests for two hundred times as long: of two hundred actions one may meet it.

use std::thread;
use std::time::{Duration, Instant};

/// How long after an action somebody is taken to be at work.
const AT_WORK: Duration = Duration::from_mins(1);
/// How many times as long as it worked the night rests.
const RESTS: u32 = 200;
/// The longest rest after one page.
const REST_MOST: Duration = Duration::from_secs(5);
/// All rests of one run together: after that it works on, so that a floor that never sleeps has its night too.
const RESTS_MOST: Duration = Duration::from_hours(1);

/// The pace of one run.
#[derive(Debug)]
pub(super) struct Pace {
    /// Since when it works without a rest.
    since: Instant,
    /// When somebody was last seen to have recorded something.
    recorded: Option<Instant>,
    /// All rests so far.
    rested: Duration,
}

impl Pace {
    /// Begins at once.
    #[expect(clippy::disallowed_methods, reason = "how long a page took tells how long to rest")]
    pub(super) fn begin() -> Self {
        Self { since: Instant::now(), recorded: None, rested: Duration::ZERO }
    }

    /// Somebody recorded something since that was last asked; whether that is the first one in this run.
    #[expect(clippy::disallowed_methods, reason = "a moment ago is told by the clock of this machine alone")]
    pub(super) fn somebody_recorded(&mut self) -> bool {
        self.recorded.replace(Instant::now()).is_none()
    }

    /// After a piece of work: rests, where somebody is at work.
    #[expect(clippy::disallowed_methods, reason = "a guest steps aside for a while that it names before")]
    pub(super) fn rest(&mut self) {
        let now = Instant::now();
        let ago = self.recorded.map(|recorded| now.saturating_duration_since(recorded));
        let rest = rest(now.saturating_duration_since(self.since), ago, self.rested);
        self.since = now;
        if !rest.is_zero() {
            thread::sleep(rest);
            self.rested += rest;
            self.since = Instant::now();
        }
    }
}

/// How long to rest after so much work, where somebody recorded something so long ago, or nobody did.
fn rest(worked: Duration, recorded: Option<Duration>, rested: Duration) -> Duration {
    match recorded {
        Some(ago) if ago <= AT_WORK => {
            worked.saturating_mul(RESTS).min(REST_MOST).min(RESTS_MOST.saturating_sub(rested))
        }
        Some(_) | None => Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Duration = Duration::from_millis(3);

    #[test]
    fn it_rests_where_somebody_is_at_work_and_nowhere_else() {
        assert_eq!(rest(PAGE, None, Duration::ZERO), Duration::ZERO);
        assert_eq!(rest(PAGE, Some(AT_WORK), Duration::ZERO), PAGE * RESTS);
        assert_eq!(rest(PAGE, Some(AT_WORK + PAGE), Duration::ZERO), Duration::ZERO);
    }

    #[test]
    fn a_night_ends_all_the_same() {
        assert_eq!(rest(Duration::from_hours(1), Some(PAGE), Duration::ZERO), REST_MOST);
        assert_eq!(rest(PAGE, Some(PAGE), RESTS_MOST.saturating_sub(PAGE)), PAGE);
        assert_eq!(rest(PAGE, Some(PAGE), RESTS_MOST), Duration::ZERO);
    }
}

//! What the events since a moment say of the floor, one by one: how much is kept does not grow with their number. Where
//! more was recorded, only that is folded on.

use std::collections::{BTreeMap, VecDeque};

use crate::app::board::lines::{HourReason, Shares};
use crate::domain::event::{Event, How};
use crate::domain::id::{RouteId, StationId, StepId};
use crate::domain::time::{At, SECOND};
use crate::domain::what::{Failure, StepFailed, What};
use crate::report::shift::watched::{HourLine, WatchTally};

/// Gaps between two passes that are kept of a station.
const GAPS_MOST: usize = 31;
/// Stations that are told apart; what happens at others is not broken down.
const STATIONS_MOST: usize = 500;
/// Causes of failures that are told apart; the others count as one.
const CAUSES_MOST: usize = 500;
/// What the causes are called that are not told apart.
const OTHERS: &str = "others";

/// What failed: on which route, at which step, and what of it.
pub(super) type Cause = (Option<RouteId>, StepId, String);

/// What the events say.
#[derive(Debug, Clone, Default)]
pub struct ShiftFold {
    /// Downtime, calls and notes.
    pub watch: WatchTally,
    pub(super) shares: Shares,
    pub(super) stations: BTreeMap<StationId, Pace>,
    pub(super) failures: BTreeMap<Cause, u32>,
}

/// What was passed at a station, and how quickly.
#[derive(Debug, Clone, Default)]
pub(super) struct Pace {
    pub(super) tried: u32,
    pub(super) passed: u32,
    last: Option<At>,
    /// The same of what was copied from paper: whoever enters it works at another pace than whoever did it.
    last_on_paper: Option<At>,
    gaps: VecDeque<i64>,
}

impl Pace {
    fn ended(&mut self, event: &Event, first: bool, passed: bool) {
        self.tried += u32::from(first);
        self.passed += u32::from(first && passed);
        if !passed {
            return;
        }
        let on_paper = event.about.happened.is_some();
        let (at, last) = (event.when(), if on_paper { &mut self.last_on_paper } else { &mut self.last });
        // A clock that was put back tells nothing about how long something took.
        let gap = last.replace(at).map(|last| at.0.saturating_sub(last.0)).filter(|gap| *gap > 0);
        if let Some(gap) = gap {
            if self.gaps.len() >= GAPS_MOST {
                self.gaps.pop_front();
            }
            self.gaps.push_back(gap);
        }
    }

    /// Seconds from one pass to the next: the gap in the middle, so that a break or a stop counts no more than any
    /// other gap.
    pub(super) fn cycle_seconds(&self) -> Option<u32> {
        let mut gaps: Vec<i64> = self.gaps.iter().copied().collect();
        gaps.sort_unstable();
        gaps.get(gaps.len() / 2).and_then(|gap| u32::try_from(gap / SECOND).ok())
    }
}

impl ShiftFold {
    /// Counts an event. Only production is counted, but for what waits at stations.
    pub fn count(&mut self, event: &Event) {
        self.watch.count(event);
        let about = &event.about;
        if about.purpose.is_some() {
            return;
        }
        self.shares(event);
        #[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are counted")]
        match &event.what {
            What::StepPassed(_) => self.ended(event, true),
            What::StepFailed(failed) => {
                self.ended(event, false);
                self.failed(event, failed);
            }
            _ => {}
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are counted")]
    fn shares(&mut self, event: &Event) {
        let shares = &mut self.shares;
        match &event.what {
            What::StepPassed(_) | What::StepFailed(_) => shares.attempts += 1,
            What::RetestBegun(_) => shares.retests += 1,
            What::ObservationVoided(_) => shares.corrected += 1,
            What::CheckRecorded(_) | What::MaterialInstalled(_) => {
                shares.records += 1;
                shares.typed += u32::from(matches!(event.about.how, Some(How::Typed)));
                shares.transcribed += u32::from(event.about.happened.is_some());
                shares.corrected += u32::from(event.about.corrects.is_some());
            }
            _ => {}
        }
    }

    fn ended(&mut self, event: &Event, passed: bool) {
        let Some(station) = event.about.station.clone() else { return };
        if self.stations.len() < STATIONS_MOST || self.stations.contains_key(&station) {
            let first = event.about.attempt.unwrap_or(1) == 1;
            self.stations.entry(station).or_default().ended(event, first, passed);
        }
    }

    fn failed(&mut self, event: &Event, failed: &StepFailed) {
        let Some(step) = event.about.step.clone() else { return };
        let what = match (&failed.defect, &failed.because) {
            (Some(defect), _) => defect.to_string(),
            (None, Failure::Check(check)) => check.to_string(),
            (None, Failure::Operator) => "operator".to_owned(),
            (None, Failure::Late) => "late".to_owned(),
        };
        let mut cause = (event.about.route.clone(), step, what);
        if self.failures.len() >= CAUSES_MOST && !self.failures.contains_key(&cause) {
            OTHERS.clone_into(&mut cause.2);
            cause.0 = None;
        }
        *self.failures.entry(cause).or_default() += 1;
    }

    /// The reasons that were given for the time from one moment to before another.
    pub(super) fn reasons(&self, from: At, before: At) -> Vec<HourReason> {
        let within = self.watch.explained.all().filter(|line| (from..before).contains(&line.hour));
        let reason = |line: &HourLine| {
            Some(HourReason { station: line.station.clone()?, reason: line.reason.clone()?, by: line.by.clone() })
        };
        within.filter_map(reason).collect()
    }
}

//! A gauge: what measures, until when its calibration counts, and since when it is known to be good.

use serde::{Deserialize, Serialize};

use super::event::{Event, Link};
use super::id::DeviceId;
use super::time::{At, Day};
use super::what::What;

/// Characters that the kind of a gauge may have.
pub const KIND_CHARS_MOST: usize = 40;

/// A registered gauge. Folded from the events about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gauge {
    /// Its number, as its label reads.
    pub gauge: DeviceId,
    /// What it measures, as routes say it.
    pub kind: String,
    /// The last day on which its calibration counts.
    pub due: Day,
    /// Whether it may be measured with.
    pub standing: GaugeStanding,
    /// When it was last known to be within its tolerance.
    pub good_at: At,
    /// The event that says so.
    pub good: Link,
    /// The event of its registration, calibration or retirement.
    pub event: Link,
}

/// Whether a gauge may be measured with, its calibration aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GaugeStanding {
    /// It may.
    Good,
    /// Its last calibration found it out of tolerance.
    OutOfTolerance,
    /// It is out of use.
    Retired,
}

impl GaugeStanding {
    /// The word for it in listings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::OutOfTolerance => "out-of-tolerance",
            Self::Retired => "retired",
        }
    }
}

impl Gauge {
    /// The gauge after an event, or the gauge that an event brings.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold reads the kinds that concern it")]
    pub fn apply(before: Option<Self>, event: &Event) -> Option<Self> {
        let (link, at) = (event.stamp.link(), event.stamp.at);
        if let What::GaugeRegistered(e) = &event.what
            && before.as_ref().is_none_or(|g| g.gauge == e.gauge)
        {
            return Some(Self {
                gauge: e.gauge.clone(),
                kind: e.kind.clone(),
                due: e.due,
                standing: GaugeStanding::Good,
                good_at: at,
                good: link.clone(),
                event: link,
            });
        }
        let mut gauge = before?;
        match &event.what {
            What::GaugeCalibrated(e) if e.gauge == gauge.gauge => {
                gauge.due = e.due;
                gauge.standing = if e.good { GaugeStanding::Good } else { GaugeStanding::OutOfTolerance };
                if e.good {
                    (gauge.good_at, gauge.good) = (at, link.clone());
                }
                gauge.event = link;
            }
            What::GaugeRetired(e) if e.gauge == gauge.gauge => {
                gauge.standing = GaugeStanding::Retired;
                gauge.event = link;
            }
            _ => {}
        }
        Some(gauge)
    }
}

//! The trend of a check: an individuals chart, as everybody draws it who learned it from Shewhart.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use crate::domain::id::{CheckId, RouteId, StepId, UnitId};
use crate::domain::number::Number;
use crate::domain::time::At;

/// A check of a step of a route, written `pc200:30:torque`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CheckName {
    /// The route.
    pub route: RouteId,
    /// The step.
    pub step: StepId,
    /// The check.
    pub check: CheckId,
}

/// A text that names no check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a check such as pc200:30:torque: route, step and check")]
pub struct BadCheckName;

impl FromStr for CheckName {
    type Err = BadCheckName;

    fn from_str(text: &str) -> Result<Self, BadCheckName> {
        let mut words = text.split(':');
        let (Some(route), Some(step), Some(check), None) = (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(BadCheckName);
        };
        Ok(Self {
            route: RouteId::parse(route).map_err(|_bad| BadCheckName)?,
            step: StepId::parse(step).map_err(|_bad| BadCheckName)?,
            check: CheckId::parse(check).map_err(|_bad| BadCheckName)?,
        })
    }
}

impl fmt::Display for CheckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.route, self.step, self.check)
    }
}

/// The trend of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trend {
    /// The check.
    pub check: CheckName,
    /// What people call it.
    pub title: Option<String>,
    /// The unit of measure.
    pub measure: Option<String>,
    /// What the route asks for: at least.
    pub lowest: Option<Number>,
    /// What the route asks for: at most.
    pub highest: Option<Number>,
    /// The limits that follow from the values; none where there are too few of them.
    pub control: Option<Control>,
    /// The values, the oldest first.
    pub points: Vec<Point>,
}

/// Limits that follow from the values alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Control {
    /// The mean.
    pub mean: Number,
    /// The mean of the moving ranges.
    pub moving_range: Number,
    /// The lower limit.
    pub lower: Number,
    /// The upper limit.
    pub upper: Number,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    /// When it was recorded.
    pub at: At,
    /// Of which unit.
    pub unit: UnitId,
    /// The value, with the digits entered.
    pub value: Number,
    /// Whether the route's limits hold it.
    pub passed: bool,
    /// The rules of Western Electric that it breaks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<Rule>,
}

/// The four rules of the Western Electric handbook, by which a point tells that something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// One point beyond three sigma.
    OneBeyondThree,
    /// Two of three points beyond two sigma, on one side.
    TwoOfThreeBeyondTwo,
    /// Four of five points beyond one sigma, on one side.
    FourOfFiveBeyondOne,
    /// Eight points on one side of the mean.
    EightOnOneSide,
}

impl Rule {
    /// Its number in the handbook.
    pub fn number(self) -> u8 {
        match self {
            Self::OneBeyondThree => 1,
            Self::TwoOfThreeBeyondTwo => 2,
            Self::FourOfFiveBeyondOne => 3,
            Self::EightOnOneSide => 4,
        }
    }
}

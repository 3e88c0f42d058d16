//! Limits of a measured value, as written in a route: `2.00 .. 2.40 N.m`, `<= 0.50 kPa`, `>= 5 mm`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::number::Number;

/// Lower and upper limit, both inclusive, and the unit of measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The least value that passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Number>,
    /// The greatest value that passes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Number>,
    /// The unit of measure, such as `N.m`; empty where the value has none.
    pub unit: String,
}

/// Why a text is no limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLimits {
    /// It has another form.
    #[error("limits are written \"2.00 .. 2.40 N.m\", \"<= 0.50 kPa\" or \">= 5 mm\"")]
    Form,
    /// The lower one is above the upper one.
    #[error("the lower limit is above the upper limit")]
    Order,
    /// The two have different digits after the point.
    #[error("both limits need the same number of digits after the point")]
    Digits,
    /// The unit of measure is not plain.
    #[error("the unit of measure is at most 12 printable characters")]
    Unit,
}

impl Limits {
    /// Whether a value lies within, limits included.
    pub fn contain(&self, value: Number) -> bool {
        self.low.is_none_or(|low| low <= value) && self.high.is_none_or(|high| value <= high)
    }

    /// Digits after the point that a typed value must give.
    pub fn digits(&self) -> u32 {
        self.low.or(self.high).map_or(0, Number::scale)
    }
}

impl FromStr for Limits {
    type Err = BadLimits;

    fn from_str(text: &str) -> Result<Self, BadLimits> {
        let number = |t: &str| t.trim().parse::<Number>().map_err(|_bad| BadLimits::Form);
        let split = |t: &str| {
            let t = t.trim();
            let (n, unit) = t.split_once(' ').unwrap_or((t, ""));
            (n.to_owned(), unit.trim().to_owned())
        };
        let text = text.trim();
        let (low, high, unit) = if let Some(rest) = text.strip_prefix("<=") {
            let (n, unit) = split(rest);
            (None, Some(number(&n)?), unit)
        } else if let Some(rest) = text.strip_prefix(">=") {
            let (n, unit) = split(rest);
            (Some(number(&n)?), None, unit)
        } else {
            let (low, rest) = text.split_once("..").ok_or(BadLimits::Form)?;
            let (high, unit) = split(rest);
            (Some(number(low)?), Some(number(&high)?), unit)
        };
        if unit.chars().count() > 12 || !unit.chars().all(super::text::is_safe) {
            return Err(BadLimits::Unit);
        }
        if let (Some(low), Some(high)) = (low, high) {
            if low > high {
                return Err(BadLimits::Order);
            }
            if low.scale() != high.scale() {
                return Err(BadLimits::Digits);
            }
        }
        Ok(Self { low, high, unit })
    }
}

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (Some(low), Some(high)) => write!(f, "{low} .. {high}")?,
            (Some(low), None) => write!(f, ">= {low}")?,
            (None, Some(high)) => write!(f, "<= {high}")?,
            (None, None) => {}
        }
        if self.unit.is_empty() { Ok(()) } else { write!(f, " {}", self.unit) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_read_back_as_written_and_include_their_ends() {
        for text in ["2.00 .. 2.40 N.m", "<= 0.50 kPa", ">= 5 mm", "-1.0 .. 1.0"] {
            assert_eq!(text.parse::<Limits>().unwrap().to_string(), text);
        }
        let torque: Limits = "2.00 .. 2.40 N.m".parse().unwrap();
        assert_eq!(torque.digits(), 2);
        for (value, within) in [("1.99", false), ("2.00", true), ("2.40", true), ("2.41", false)] {
            assert_eq!(torque.contain(value.parse().unwrap()), within, "{value}");
        }
        assert_eq!("2.4 .. 2.0".parse::<Limits>(), Err(BadLimits::Order));
        assert_eq!("2.0 .. 2.40".parse::<Limits>(), Err(BadLimits::Digits));
        assert_eq!("2.0".parse::<Limits>(), Err(BadLimits::Form));
    }
}

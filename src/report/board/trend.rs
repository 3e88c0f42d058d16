//! The individuals chart of a check: the mean, the limits that follow from the moving range, and the points that tell
//! that something changed.
//!
//! The limits are `mean ± 2.66 · mean moving range`, which is three sigma where sigma is the moving range over 1.128
//! (Shewhart; Western Electric, Statistical Quality Control Handbook, 1956). Decimals throughout: two machines that
//! draw the same record draw the same chart.

use rust_decimal::{Decimal, RoundingStrategy};

use super::values::Series;
use crate::app::board::trend::{Control, Point, Rule, Trend};
use crate::domain::number::Number;

/// Values from which on limits are computed: fewer tell nothing.
const VALUES_LEAST: usize = 8;
/// Digits that a mean or a limit has beyond those of the values.
const DIGITS_MORE: u32 = 2;

/// The trend of a check's values, the oldest first.
pub fn trend(series: &Series) -> Trend {
    let values: Vec<Decimal> = series.values.iter().map(|value| value.value.decimal()).collect();
    let zones = Zones::of(&values);
    let breaks = |n: usize| zones.map(|zones| zones.breaks(values.get(..=n).unwrap_or_default())).unwrap_or_default();
    let points = series.values.iter().enumerate().map(|(n, value)| Point {
        at: value.at,
        unit: value.unit.clone(),
        value: value.value,
        passed: value.passed,
        breaks: breaks(n),
    });
    let digits = series.values.iter().map(|value| value.value.scale()).max().unwrap_or(0) + DIGITS_MORE;
    Trend {
        check: series.check.clone(),
        title: series.title.clone(),
        measure: series.limits.as_ref().map(|limits| limits.unit.clone()).filter(|unit| !unit.is_empty()),
        lowest: series.limits.as_ref().and_then(|limits| limits.low),
        highest: series.limits.as_ref().and_then(|limits| limits.high),
        points: points.collect(),
        control: zones.and_then(|zones| zones.told(digits)),
    }
}

/// The mean, and one sigma as the moving range gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Zones {
    mean: Decimal,
    moving_range: Decimal,
    /// The distance of the limits from the mean: three sigma.
    three: Decimal,
}

impl Zones {
    /// None where there are too few values, or where they are too large to be reckoned with.
    fn of(values: &[Decimal]) -> Option<Self> {
        if values.len() < VALUES_LEAST {
            return None;
        }
        let mean = mean(values.iter().copied())?;
        let pairs = values.windows(2).filter_map(|pair| Some((pair.first()?, pair.last()?)));
        let ranges: Option<Vec<Decimal>> = pairs.map(|(a, b)| Some(b.checked_sub(*a)?.abs())).collect();
        let moving_range = mean_of(&ranges?)?;
        let three = moving_range.checked_mul(Decimal::new(266, 2))?;
        Some(Self { mean, moving_range, three })
    }

    fn told(self, digits: u32) -> Option<Control> {
        let number = |n: Decimal| {
            let mut round = n.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
            // All of its digits show, zeros too.
            round.rescale(digits);
            round.to_string().parse::<Number>().ok()
        };
        Some(Control {
            mean: number(self.mean)?,
            moving_range: number(self.moving_range)?,
            lower: number(self.mean.checked_sub(self.three)?)?,
            upper: number(self.mean.checked_add(self.three)?)?,
        })
    }

    /// How many sigmas beyond the mean a value lies, as a signed zone: 2 means beyond two sigma, above.
    fn zone(self, value: Decimal) -> i8 {
        let off = value.saturating_sub(self.mean);
        let beyond =
            |sigmas: i64| off.abs().saturating_mul(Decimal::from(3)) > self.three.saturating_mul(sigmas.into());
        let zone = [3, 2, 1].into_iter().find(|sigmas| beyond(*sigmas)).unwrap_or(0);
        let zone = i8::try_from(zone).unwrap_or(0);
        if off.is_sign_negative() { -zone } else { zone }
    }

    /// The rules that the last of these values breaks, with those before it.
    fn breaks(self, values: &[Decimal]) -> Vec<Rule> {
        let Some(last) = values.last() else { return Vec::new() };
        let zone = self.zone(*last);
        let side = last.saturating_sub(self.mean);
        let same_side = |value: &&Decimal| {
            let off = value.saturating_sub(self.mean);
            !off.is_zero() && off.is_sign_negative() == side.is_sign_negative()
        };
        let beyond = |window: usize, sigmas: i8| {
            let from = values.len().saturating_sub(window);
            let of = values.get(from..).unwrap_or_default().iter().filter(same_side);
            of.filter(|value| self.zone(**value).abs() >= sigmas).count()
        };
        let mut all = Vec::new();
        let mut rule = |breaks: bool, rule: Rule| all.extend(breaks.then_some(rule));
        rule(zone.abs() >= 3, Rule::OneBeyondThree);
        rule(zone.abs() >= 2 && beyond(3, 2) >= 2, Rule::TwoOfThreeBeyondTwo);
        rule(zone.abs() >= 1 && beyond(5, 1) >= 4, Rule::FourOfFiveBeyondOne);
        rule(!side.is_zero() && beyond(8, 0) >= 8, Rule::EightOnOneSide);
        all
    }
}

fn mean(values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    mean_of(&values.collect::<Vec<_>>())
}

fn mean_of(values: &[Decimal]) -> Option<Decimal> {
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value))?;
    sum.checked_div(Decimal::from(values.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::At;
    use crate::report::board::values::Value;

    fn series(values: &[&str]) -> Series {
        let value = |(n, text): (usize, &&str)| Value {
            at: At(i64::try_from(n).unwrap()),
            unit: format!("U-{n}").parse().unwrap(),
            value: text.parse().unwrap(),
            passed: true,
        };
        let values = values.iter().enumerate().map(value).collect();
        Series { check: "pc200:40:leak".parse().unwrap(), title: None, limits: None, values }
    }

    fn broken(values: &[&str]) -> Vec<(usize, Vec<u8>)> {
        let all = trend(&series(values)).points;
        let told = all.iter().enumerate().filter(|(_, point)| !point.breaks.is_empty());
        told.map(|(n, point)| (n, point.breaks.iter().map(|rule| rule.number()).collect())).collect()
    }

    /// The flow rates of the e-Handbook of Statistical Methods of NIST/SEMATECH, 6.3.2.2, which has for them the mean
    /// 50.81, the mean moving range 1.8778, and with 3/1.128 in the place of 2.66 the limits 45.8159 and 55.8041.
    #[test]
    fn the_limits_are_those_of_the_handbook() {
        let flow = ["49.6", "47.6", "49.9", "51.3", "47.8", "51.2", "52.6", "52.4", "53.6", "52.1"];
        let control = trend(&series(&flow)).control.unwrap();
        let told = [control.mean, control.moving_range, control.lower, control.upper].map(|n| n.to_string());
        assert_eq!(told, ["50.810", "1.878", "45.815", "55.805"]);
        assert_eq!(broken(&flow), [], "the handbook calls the process in control");
    }

    #[test]
    fn each_rule_is_broken_by_its_cause_and_by_nothing_else() {
        // One sigma is 4/3.
        let zones = Zones { mean: Decimal::ZERO, moving_range: Decimal::new(15, 1), three: Decimal::from(4) };
        let last = |values: &[&str]| {
            let values: Vec<Decimal> = values.iter().map(|v| v.parse().unwrap()).collect();
            zones.breaks(&values).iter().map(|rule| rule.number()).collect::<Vec<_>>()
        };
        assert_eq!(last(&["0", "4.0"]), [0_u8; 0], "on the limit");
        assert_eq!(last(&["0", "4.1"]), [1]);
        assert_eq!(last(&["0", "-4.1"]), [1]);
        assert_eq!(last(&["2.7", "0", "2.7"]), [2]);
        assert_eq!(last(&["2.7", "0", "-2.7"]), [0_u8; 0], "on both sides");
        assert_eq!(last(&["2.7", "2.7", "0"]), [0_u8; 0], "the last one is no sign");
        assert_eq!(last(&["2.7", "0", "0", "2.7"]), [0_u8; 0], "two of four");
        assert_eq!(last(&["1.4", "1.4", "0", "1.4", "1.4"]), [3]);
        assert_eq!(last(&["1.4", "-1.4", "1.4", "1.4", "0.1"]), [0_u8; 0]);
        let eight = ["0.1", "0.2", "0.1", "0.2", "0.1", "0.2", "0.1", "0.2"];
        assert_eq!(last(&eight), [4]);
        assert_eq!(last(&eight[1..]), [0_u8; 0], "seven");
        assert_eq!(last(&["0.1", "0.2", "0.1", "0", "0.1", "0.2", "0.1", "0.2"]), [0_u8; 0], "one on the mean");
    }

    #[test]
    fn few_values_have_no_limits_and_equal_ones_break_nothing() {
        assert_eq!(trend(&series(&["1.0"; 7])).control, None);
        let even = trend(&series(&["1.0"; 20]));
        let control = even.control.unwrap();
        assert_eq!([control.lower, control.upper].map(|n| n.to_string()), ["1.000", "1.000"]);
        assert!(even.points.iter().all(|point| point.breaks.is_empty()));
    }

    #[test]
    fn a_step_in_the_process_shows() {
        let mut values = ["10.0", "10.2"].repeat(10);
        values.extend(["11.4"; 3]);
        let told = broken(&values);
        // The mean of all lies above what came before, too.
        let beyond_three: Vec<usize> = told.iter().filter(|(_, rules)| rules.contains(&1)).map(|(n, _)| *n).collect();
        assert_eq!(beyond_three, [20, 21, 22], "{told:?}");
    }
}

//! What is read off a product: good values with a spread, bad ones, and ones that nobody believes.

use rust_decimal::Decimal;

use crate::domain::limits::Limits;
use crate::domain::number::Number;

use super::dice::Dice;

/// Which values are believed, where the route says.
pub(super) type Plausible = Option<(Number, Number)>;

/// A number in units of its last digit.
fn units(number: Number, digits: u32) -> i64 {
    let mut decimal = number.decimal();
    decimal.rescale(digits);
    i64::try_from(decimal.mantissa()).unwrap_or(0)
}

fn text(units: i64, digits: u32) -> String {
    Decimal::new(units, digits).to_string()
}

fn believed(units: i64, digits: u32, plausible: Plausible) -> bool {
    plausible.is_none_or(|(low, high)| {
        let value = Decimal::new(units, digits);
        low.decimal() <= value && value <= high.decimal()
    })
}

/// The two ends between which values usually lie.
fn usual(limits: &Limits) -> (i64, i64) {
    let digits = limits.digits();
    let (low, high) = (limits.low.map(|n| units(n, digits)), limits.high.map(|n| units(n, digits)));
    match (low, high) {
        (Some(low), Some(high)) => (low, high),
        // With one limit, values keep away from it by as much again.
        (None, Some(high)) => (high - high.abs().max(10), high),
        (Some(low), None) => (low, low + low.abs().max(10)),
        (None, None) => (0, 100),
    }
}

/// A value within limits: near the middle more often than near an end.
pub(super) fn good(limits: &Limits, plausible: Plausible, dice: &mut Dice) -> String {
    let (low, high) = usual(limits);
    let value = i64::midpoint(low, high) + (high - low) * dice.spread() / 1_000;
    let digits = limits.digits();
    let value = if believed(value, digits, plausible) { value } else { limits_end(limits, digits) };
    text(value, digits)
}

/// An end of the limits, which always passes.
fn limits_end(limits: &Limits, digits: u32) -> i64 {
    limits.high.or(limits.low).map_or(0, |n| units(n, digits))
}

/// A value a little outside; none where nobody would believe it.
pub(super) fn bad(limits: &Limits, plausible: Plausible, dice: &mut Dice) -> Option<String> {
    let digits = limits.digits();
    let (low, high) = usual(limits);
    let beyond = 1 + (high - low) * dice.between(2, 15) / 100;
    let above = limits.high.map(|n| units(n, digits) + beyond);
    let below = limits.low.map(|n| units(n, digits) - beyond);
    let either = if dice.once_in(3) { [below, above] } else { [above, below] };
    either.into_iter().flatten().find(|v| believed(*v, digits, plausible)).map(|v| text(v, digits))
}

/// A value whose point slipped by one digit; none where it would be believed.
pub(super) fn slipped(value: &str, plausible: Plausible) -> Option<String> {
    let number: Number = value.parse().ok()?;
    let digits = number.scale();
    let slipped = units(number, digits).checked_mul(10)?;
    (!believed(slipped, digits, plausible)).then(|| text(slipped, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: [(&str, Option<(&str, &str)>); 5] = [
        ("2.00 .. 2.40 N.m", Some(("0.50", "5.00"))),
        ("<= 0.50 kPa", None),
        (">= 5 mm", Some(("0", "200"))),
        ("-1.0 .. 1.0", None),
        ("<= 0 V", Some(("-5", "5"))),
    ];

    #[test]
    fn good_values_pass_and_bad_ones_do_not() {
        let mut dice = Dice::new(3);
        for (limits, plausible) in CASES {
            let limits: Limits = limits.parse().unwrap();
            let plausible: Plausible = plausible.map(|(l, h)| (l.parse().unwrap(), h.parse().unwrap()));
            let mut seen = std::collections::BTreeSet::new();
            for _ in 0..200 {
                let value = good(&limits, plausible, &mut dice);
                let number: Number = value.parse().unwrap();
                assert!(limits.contain(number) && number.scale() == limits.digits(), "{value} in {limits}");
                seen.insert(value);
                let value = bad(&limits, plausible, &mut dice).unwrap();
                let number: Number = value.parse().unwrap();
                assert!(!limits.contain(number), "{value} in {limits}");
                assert!(plausible.is_none_or(|(l, h)| l <= number && number <= h), "{value}");
            }
            assert!(seen.len() > 3, "{limits}: {seen:?}");
        }
    }

    #[test]
    fn a_slipped_point_is_one_that_nobody_believes() {
        let plausible = Some(("0.50".parse().unwrap(), "5.00".parse().unwrap()));
        assert_eq!(slipped("2.21", plausible).as_deref(), Some("22.10"));
        assert_eq!(slipped("2.21", None), None);
        assert_eq!(slipped("0.40", plausible), None);
    }
}

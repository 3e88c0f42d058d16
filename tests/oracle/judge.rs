//! Whether an observation passes, reckoned again in whole ten-thousandths.

use traveller::domain::number::Number;
use traveller::domain::route::{Check, CheckKind, Expect, Route};

/// Whether a value passes; none where it is no answer to the check at all.
pub(super) fn judge(route: &Route, variant: Option<&str>, check: &Check, value: &str, by_hand: bool) -> Option<bool> {
    match &check.kind {
        CheckKind::Number { limits, plausible } => {
            let n = whole(value)?;
            let digits = limits.low.or(limits.high).map_or(0, |l| digits(&l.to_string()));
            let given = |n: &Number| whole(&n.to_string()).unwrap();
            let believed = plausible.as_ref().is_none_or(|(low, high)| given(low) <= n && n <= given(high));
            let well_formed = !by_hand || digits <= self::digits(value);
            let within = limits.low.is_none_or(|l| given(&l) <= n) && limits.high.is_none_or(|h| n <= given(&h));
            (believed && well_formed).then_some(within)
        }
        CheckKind::Confirm => match value {
            "pass" => Some(true),
            "fail" => Some(false),
            _ => None,
        },
        CheckKind::Choice { pass, fail } => {
            let (good, bad) = (pass.iter().any(|p| p == value), fail.iter().any(|f| f == value));
            (good || bad).then_some(good)
        }
        CheckKind::Text { pattern } => {
            let fits = pattern.as_ref().is_none_or(|p| p.matches(value));
            (!value.trim().is_empty() && fits).then_some(true)
        }
        CheckKind::Scan { expect: Expect::Equals(wanted) } => {
            let values = variant.and_then(|v| route.variants.get(v)).into_iter().flatten();
            let mut wanted = wanted.clone();
            values.for_each(|(key, value)| wanted = wanted.replace(&format!("{{{key}}}"), value));
            Some(wanted == value)
        }
        CheckKind::Scan { expect: Expect::Pattern(pattern) } => Some(pattern.matches(value)),
    }
}

fn digits(text: &str) -> usize {
    text.split_once('.').map_or(0, |(_, part)| part.len())
}

/// A plain decimal number in ten-thousandths.
fn whole(text: &str) -> Option<i64> {
    let (sign, plain) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (before, after) = plain.split_once('.').map_or((plain, None), |(b, a)| (b, Some(a)));
    let is_number = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !is_number(before) || after.is_some_and(|a| !is_number(a) || a.len() > 4) {
        return None;
    }
    let n: i64 = format!("{before}{:0<4}", after.unwrap_or_default()).parse().ok()?;
    Some(sign * n)
}

#[test]
fn numbers_are_reckoned_exactly() {
    for (text, expected) in [("1.00", Some(10_000)), ("-0.5", Some(-5_000)), ("12", Some(120_000))] {
        assert_eq!(whole(text), expected);
    }
    for text in ["", "1,5", "1e9", "NaN", "1.", ".5", "+1", "1.00001"] {
        assert_eq!(whole(text), None, "{text}");
    }
}

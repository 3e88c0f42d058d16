//! `[override]` of `traveller.toml`: which refusals a second person may override at all, who, how often, for how long.

use serde::Deserialize;
use toml::Spanned;

use super::config::BadConfig;
use super::config_file::Text;
use crate::domain::code::Code;
use crate::domain::overriding::{Allowed, BUDGET_MOST, CODES, MINUTES_MOST};
use crate::domain::role::Role;
use crate::domain::shift::InShift;
use crate::domain::time::{At, SECOND};

/// Minutes that an override lasts, unless the file says otherwise.
const MINUTES: u32 = 15;
/// Microseconds of a day.
const DAY: i64 = 24 * 3_600 * SECOND;

/// What the plant allows to be overridden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverrideRule {
    /// Which refusals.
    pub rules: Vec<Code>,
    /// By whom.
    pub roles: Vec<Role>,
    /// How often in a shift.
    pub budget: u32,
    /// For how many minutes.
    pub minutes: u32,
}

impl OverrideRule {
    /// What is allowed now, in the shift that runs.
    pub fn allowed(&self, now: At, shift: Option<&InShift>) -> Allowed {
        let Self { rules, roles, budget, minutes } = self.clone();
        Allowed { rules, roles, budget, minutes, since: began(now, shift) }
    }
}

/// When the budget began that counts now: with the shift; where the plant names none, with the day, in UTC.
pub fn began(now: At, shift: Option<&InShift>) -> At {
    shift.map_or(At(now.0.div_euclid(DAY) * DAY), |shift| shift.begin)
}

/// The table as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    rules: Vec<Spanned<String>>,
    roles: Vec<Spanned<String>>,
    budget: Spanned<i64>,
    minutes: Option<Spanned<i64>>,
}

/// Finds what is wrong with the table, else what it says.
pub(super) fn check(text: &Text<'_>, written: Option<Written>) -> Result<Option<OverrideRule>, BadConfig> {
    let Some(written) = written else { return Ok(None) };
    let known: Vec<(&str, Code)> = CODES.iter().map(|code| (code.word(), *code)).collect();
    let rules = written.rules.into_iter().map(|word| text.word_or(Some(word), Code::TooLate, &known));
    let people: Vec<(&str, Role)> = Role::ALL.iter().map(|role| (role.word(), *role)).collect();
    let by = written.roles.into_iter().map(|word| text.word_or(Some(word), Role::Lead, &people));
    let number = |name: &str, n: &Spanned<i64>, most: u32| {
        let fits = u32::try_from(*n.get_ref()).ok().filter(|n| (1..=most).contains(n));
        fits.ok_or_else(|| {
            let what = format!("{name} is {}", n.get_ref());
            text.bad(n.span(), &what, &format!("write a number from 1 to {most}"))
        })
    };
    let rule = OverrideRule {
        rules: rules.collect::<Result<_, _>>()?,
        roles: by.collect::<Result<_, _>>()?,
        budget: number("budget", &written.budget, BUDGET_MOST)?,
        minutes: written.minutes.map_or(Ok(MINUTES), |n| number("minutes", &n, MINUTES_MOST))?,
    };
    if rule.rules.is_empty() || rule.roles.is_empty() {
        let what = "[override] names no rule or no role, so nothing could be overridden";
        return Err(text.bad(written.budget.span(), what, "name at least one of each, or leave the table out"));
    }
    Ok(Some(rule))
}

#[cfg(test)]
mod tests {
    use super::super::config_file::check;
    use super::*;

    #[test]
    fn what_may_be_overridden_is_read_or_told_where_it_is_wrong() {
        let sound = "[override]\nrules = [\"too-late\", \"lot-expired\"]\nroles = [\"lead\"]\nbudget = 3\n";
        let rule = check("traveller.toml", sound).unwrap().overrides.unwrap();
        assert_eq!((rule.rules.as_slice(), rule.budget, rule.minutes), (&[Code::TooLate, Code::LotExpired][..], 3, 15));
        assert_eq!(check("traveller.toml", "").unwrap().overrides, None);
        let cases = [
            (sound.replace("too-late", "signature-missing"), "2:10: \"signature-missing\" is none of its values"),
            (sound.replace("\"lead\"", "\"boss\""), "3:10: \"boss\" is none of its values"),
            (sound.replace("= 3", "= 0"), "4:10: budget is 0"),
            (sound.replace("= 3", "= 3\nminutes = 9999"), "5:11: minutes is 9999"),
            (sound.replace("[\"lead\"]", "[]"), "4:10: [override] names no rule or no role"),
            (sound.replace("budget = 3", "budgets = 3"), "4:1: `budgets` is no key of this place"),
        ];
        for (text, what) in cases {
            let bad = check("traveller.toml", &text).unwrap_err();
            assert!(bad.what.starts_with(&format!("traveller.toml:{what}")), "{text}: {}", bad.what);
        }
    }

    #[test]
    fn a_budget_begins_with_the_shift_or_with_the_day() {
        let at = |text: &str| text.parse::<At>().unwrap();
        let now = at("2026-11-23T14:07:00.5Z");
        assert_eq!(began(now, None), at("2026-11-23T00:00:00Z"));
        let late = InShift { name: "late".parse().unwrap(), begin: at("2026-11-23T14:00:00Z") };
        assert_eq!(began(now, Some(&late)), late.begin);
    }
}

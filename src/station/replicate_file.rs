//! `[replicate]` of `traveller.toml`: where replicas go, and how old they may be.

use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use super::config::BadConfig;
use super::config_file::Text;
use crate::replicate::age::Limits;

/// Hours that may be written: a year.
const HOURS_MOST: u32 = 366 * 24;

/// Where replicas are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replicate {
    /// The targets, where the command names none.
    pub to: Vec<String>,
    /// The directory of receipts; none: beside the ledger.
    pub state: Option<PathBuf>,
    /// How old a replica may be.
    pub limits: Limits,
}

/// The same, as it is written.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Written {
    to: Vec<String>,
    state: Option<PathBuf>,
    warn_hours: Option<Spanned<i64>>,
    attention_hours: Option<Spanned<i64>>,
}

/// Finds what is wrong with it, else what it says.
pub(super) fn check(text: &Text<'_>, written: Written) -> Result<Replicate, BadConfig> {
    let usual = Limits::default();
    let hours = |hours: &Spanned<i64>, name: &str, least: u32| {
        let fits = u32::try_from(*hours.get_ref()).ok().filter(|n| (least..=HOURS_MOST).contains(n));
        fits.ok_or_else(|| {
            let what = format!("{name} is {}", hours.get_ref());
            text.bad(hours.span(), &what, &format!("write a number from {least} to {HOURS_MOST}"))
        })
    };
    let warn_hours = written.warn_hours.map_or(Ok(usual.warn_hours), |n| hours(&n, "warn_hours", 1))?;
    let unwritten = usual.attention_hours.max(warn_hours);
    let attention_hours =
        written.attention_hours.map_or(Ok(unwritten), |n| hours(&n, "attention_hours", warn_hours))?;
    Ok(Replicate { to: written.to, state: written.state, limits: Limits { warn_hours, attention_hours } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::station::config_file;

    fn read(text: &str) -> Result<Replicate, BadConfig> {
        config_file::check("traveller.toml", &format!("[replicate]\n{text}")).map(|file| file.replicate)
    }

    #[test]
    fn hours_have_defaults_and_the_second_is_not_below_the_first() {
        let limits = |text: &str| read(text).map(|r| (r.limits.warn_hours, r.limits.attention_hours));
        assert_eq!(limits("").unwrap(), (26, 50));
        assert_eq!(limits("warn_hours = 72").unwrap(), (72, 72));
        assert_eq!(limits("warn_hours = 8\nattention_hours = 8").unwrap(), (8, 8));
        for (text, what, instead) in [
            ("warn_hours = 0", "2:14: warn_hours is 0", "write a number from 1 to 8784"),
            ("attention_hours = 25", "2:19: attention_hours is 25", "write a number from 26 to"),
            ("warn_hours = 9999", "2:14: warn_hours is 9999", "write a number from 1"),
            ("warn_hour = 9", "2:1: `warn_hour` is no key of this place", "write `to`, `state`, `warn_hours`"),
        ] {
            let bad = read(text).unwrap_err();
            assert!(bad.what.ends_with(what) || bad.what.contains(what), "{text}: {bad}");
            assert!(bad.instead.starts_with(instead), "{text}: {bad}");
        }
    }
}

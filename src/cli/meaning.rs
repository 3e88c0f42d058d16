//! Words of arguments that have a form of their own.

use std::str::FromStr;

use crate::app::lang::Lang;
use crate::domain::role::{BadRole, Role};
use crate::domain::time::{At, BadTime};
use crate::domain::traveller::State;
use crate::domain::what::Qualification;
use crate::report::sheet::symbol::Symbology;

/// Characters that the name of a qualification may have.
const QUALIFICATION_CHARS_MOST: usize = 32;

pub(super) fn role(text: &str) -> Result<Role, BadRole> {
    text.parse()
}

pub(super) fn state(text: &str) -> Result<State, String> {
    let words = State::ALL.map(State::word);
    State::ALL.into_iter().find(|s| s.word() == text).ok_or_else(|| format!("a state is {}", words.join(", ")))
}

pub(super) fn lang(text: &str) -> Result<Lang, String> {
    let fits = |lang: &Lang| lang.sign().eq_ignore_ascii_case(text);
    Lang::ALL.into_iter().find(fits).ok_or_else(|| "a language is en or de".to_owned())
}

pub(super) fn symbology(text: &str) -> Result<Symbology, String> {
    match text {
        "code128" => Ok(Symbology::Code128),
        "datamatrix" => Ok(Symbology::DataMatrix),
        _ => Err("a symbology is code128 or datamatrix".to_owned()),
    }
}

/// A moment, or the beginning of a day in UTC.
pub(super) fn since(text: &str) -> Result<At, BadTime> {
    At::from_str(text).or_else(|_no_moment| At::from_str(&format!("{text}T00:00:00Z")))
}

pub(super) fn qualification(text: &str) -> Result<Qualification, String> {
    let bad = || "a qualification is written NAME=DATE, such as torque-m4=2030-01-01".to_owned();
    let (name, until) = text.split_once('=').ok_or_else(bad)?;
    let fits = (1..=QUALIFICATION_CHARS_MOST).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b));
    let until = until.parse().map_err(|_no_day| bad())?;
    if fits { Ok(Qualification { name: name.to_owned(), until, supervised: false }) } else { Err(bad()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_days_and_qualifications_are_read() {
        assert_eq!(since("2026-11-23"), since("2026-11-23T00:00:00Z"));
        assert_eq!(since("yesterday"), Err(BadTime));
        assert_eq!(qualification("torque-m4=2030-01-01").unwrap().name, "torque-m4");
        for bad in
            ["torque-m4", "=2030-01-01", "a b=2030-01-01", "torque=soon", &format!("{}=2030-01-01", "x".repeat(33))]
        {
            assert!(qualification(bad).is_err(), "{bad}");
        }
    }
}

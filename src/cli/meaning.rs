//! Words of arguments that have a form of their own.

use std::str::FromStr;

use crate::app::lang::Lang;
use crate::domain::code::Code;
use crate::domain::id::Serial;
use crate::domain::overriding;
use crate::domain::permit::Waives;
use crate::domain::role::{BadRole, Role};
use crate::domain::time::{At, BadTime, SECOND};
use crate::domain::traveller::State;
use crate::domain::what::{Fate, Qualification, Removed};
use crate::ledger::head_file::Witnessed;
use crate::ledger::read::suspects::Suspected;
use crate::report::sheet::symbol::Symbology;

/// Characters that the name of a qualification may have.
const QUALIFICATION_CHARS_MOST: usize = 32;

pub(super) fn role(text: &str) -> Result<Role, BadRole> {
    text.parse()
}

/// A refusal that a permit may turn around.
pub(super) fn permitted(text: &str) -> Result<Code, String> {
    one_of(&Waives::CODES, text)
}

/// A refusal that may be overridden.
pub(super) fn overridable(text: &str) -> Result<Code, String> {
    one_of(&overriding::CODES, text)
}

fn one_of(codes: &[Code], text: &str) -> Result<Code, String> {
    let words: Vec<_> = codes.iter().map(|code| code.word()).collect();
    codes.iter().find(|code| code.word() == text).copied().ok_or_else(|| format!("it is {}", words.join(", ")))
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

/// A moment, or the last microsecond of a day in UTC.
pub(super) fn until(text: &str) -> Result<At, BadTime> {
    At::from_str(text).or_else(|_no_moment| At::from_str(&format!("{text}T23:59:59Z")).map(|at| at.plus(SECOND - 1)))
}

/// The head of a ledger, as a head file has it.
pub(super) fn head(text: &str) -> Result<Witnessed, String> {
    Witnessed::of_words(text).ok_or_else(|| {
        "this is no head, or a character of it is wrong: copy HEAD1 and the five words after it".to_owned()
    })
}

/// What is suspected, as it was written.
pub(super) fn suspected_word(what: &Suspected) -> String {
    match what {
        Suspected::Gauge(gauge) => format!("gauge:{gauge}"),
        Suspected::Operator(badge) => format!("operator:{badge}"),
        Suspected::Station(station) => format!("station:{station}"),
        Suspected::Tester(station) => format!("tester:{station}"),
    }
}

pub(super) fn suspected(text: &str) -> Result<Suspected, String> {
    match text.split_once(':') {
        Some(("gauge", number)) => number.parse().map(Suspected::Gauge).map_err(|e| e.to_string()),
        Some(("operator", badge)) => badge.parse().map(Suspected::Operator).map_err(|e| e.to_string()),
        Some(("station", name)) => name.parse().map(Suspected::Station).map_err(|e| e.to_string()),
        Some(("tester", name)) => name.parse().map(Suspected::Tester).map_err(|e| e.to_string()),
        Some(_) | None => Err("suspect is gauge:G-7, operator:OP-2001, station:TEST-1 or tester:TEST-1".to_owned()),
    }
}

pub(super) fn found_good(text: &str) -> Result<bool, String> {
    match text {
        "good" => Ok(true),
        "bad" => Ok(false),
        _ => Err("a gauge is found good or bad".to_owned()),
    }
}

/// What becomes of a component.
pub(super) fn fate(text: &str) -> Result<Fate, String> {
    let fates = [Fate::Reuse, Fate::Scrap, Fate::Quarantine];
    fates.into_iter().find(|f| f.word() == text).ok_or_else(|| "a fate is reuse, scrap or quarantine".to_owned())
}

pub(super) fn removed(text: &str) -> Result<Removed, String> {
    let bad = || "a component is written SERIAL=FATE, the fate being reuse, scrap or quarantine".to_owned();
    let (serial, fate) = text.rsplit_once('=').ok_or_else(bad)?;
    let fate = self::fate(fate).map_err(|_none| bad())?;
    Ok(Removed { serial: Serial::parse(serial).map_err(|e| e.to_string())?, fate })
}

pub(super) fn trainee(text: &str) -> Result<Qualification, String> {
    Ok(Qualification { supervised: true, ..qualification(text)? })
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
        assert!(trainee("torque-m4=2027-01-01").unwrap().supervised);
        assert_eq!(until("2026-11-23").unwrap().to_string(), "2026-11-23T23:59:59.999999Z");
    }

    #[test]
    fn what_is_suspect_and_what_is_taken_out_is_read() {
        for word in ["gauge:G-7", "operator:OP-2001", "station:TEST-1"] {
            assert_eq!(suspected_word(&suspected(word).unwrap()), word);
        }
        for bad in ["G-7", "lot:L-1", "gauge:", "station:a b"] {
            assert!(suspected(bad).is_err(), "{bad}");
        }
        let out = removed("B=1=quarantine").unwrap();
        assert_eq!((out.serial.as_str(), out.fate), ("B=1", Fate::Quarantine));
        for bad in ["B1", "B1=", "B1=sell", "=scrap"] {
            assert!(removed(bad).is_err(), "{bad}");
        }
    }
}

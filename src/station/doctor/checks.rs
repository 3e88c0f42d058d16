//! The terminal as a whole: one line for each thing that a day's work rests on.

use std::path::Path;

use rustix::fs::{StatVfsMountFlags, statvfs};

use super::survey::Survey;
use crate::app::port::Fault;
use crate::domain::person::Person;
use crate::domain::time::Clock;

/// Bytes that must be free where the ledger lies: weeks of work.
const ROOM_LEAST: u64 = 64 * 1_024 * 1_024;

/// How one thing stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Which thing, in one word.
    pub subject: &'static str,
    /// How it stands.
    pub what: String,
    /// What to do; none where all is well.
    pub instead: Option<String>,
}

impl Check {
    /// All is well.
    pub fn well(subject: &'static str, what: impl Into<String>) -> Self {
        Self { subject, what: what.into(), instead: None }
    }

    /// Something is to be done.
    pub fn ill(subject: &'static str, fault: Fault) -> Self {
        Self { subject, what: fault.what, instead: Some(fault.instead) }
    }
}

/// How far the clock can be trusted.
pub fn clock(trust: Clock) -> Check {
    match trust {
        Clock::Synced => Check::well("clock", "it is synchronised"),
        Clock::Held => Check::well("clock", "it was synchronised since the machine started, and runs on by itself"),
        Clock::Doubt => Check::ill(
            "clock",
            Fault::new(
                "it was not synchronised since the machine started, or it contradicts the record",
                "reach a time server, or set the clock by hand; until then every event is marked as of doubtful time",
            ),
        ),
    }
}

/// Leads whose PIN was recovered, and whom no second lead confirmed.
pub fn recovered(people: &[Person]) -> Option<Check> {
    let who = people.iter().find(|p| p.recovered.is_some() && !p.revoked)?;
    let instead = "let a second lead say that it was right: traveller operator confirm BADGE --by LEAD";
    Some(Check::ill(
        "pin",
        Fault::new(format!("the PIN of {} was recovered, and nobody confirmed it", who.badge), instead),
    ))
}

/// The disk that a file lies on.
pub fn disk(file: &Path) -> Check {
    let directory = file.ancestors().skip(1).find(|d| d.is_dir()).unwrap_or(Path::new("."));
    match statvfs(directory) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            room(free, disk.f_flag.contains(StatVfsMountFlags::RDONLY))
        }
        Err(e) => Check::ill(
            "disk",
            Fault::new(format!("it could not be asked: {e}"), "check that the directory of the ledger is there"),
        ),
    }
}

fn room(free: u64, read_only: bool) -> Check {
    let megabytes = free / (1_024 * 1_024);
    if read_only {
        let instead = "mount it for writing; a card that turns read-only by itself is worn out: replace it";
        return Check::ill("disk", Fault::new("the ledger's disk is mounted read-only", instead));
    }
    if free < ROOM_LEAST {
        let instead = "make room: without it nothing can be recorded, and work stops";
        return Check::ill("disk", Fault::new(format!("{megabytes} MB are free where the ledger lies"), instead));
    }
    Check::well("disk", format!("{megabytes} MB are free where the ledger lies"))
}

/// The scanners of the configuration.
pub fn scanners(configured: usize, survey: &Survey) -> Check {
    if survey.is_well() {
        let what = match configured {
            0 => "none is configured: a scanner types like the keyboard".to_owned(),
            count => format!("{count} configured, each is there and can be read"),
        };
        return Check::well("scanners", what);
    }
    let instead = "see `traveller doctor scanners`";
    Check::ill("scanners", Fault::new(survey.advice().into_iter().next().unwrap_or_default(), instead))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_needs_room_and_leave_to_write() {
        assert_eq!(room(ROOM_LEAST, false), Check::well("disk", "64 MB are free where the ledger lies"));
        assert!(room(ROOM_LEAST - 1, false).instead.unwrap().starts_with("make room"));
        assert!(room(u64::MAX, true).what.contains("read-only"));
        let home = tempfile::tempdir().unwrap();
        let deep = disk(&home.path().join("not/yet/made/ledger.db"));
        assert!(deep.what.contains("MB are free"), "{deep:?}");
    }

    #[test]
    fn a_clock_in_doubt_is_to_be_set() {
        assert!(clock(Clock::Synced).instead.is_none() && clock(Clock::Held).instead.is_none());
        assert!(clock(Clock::Doubt).instead.unwrap().contains("set the clock"));
    }
}

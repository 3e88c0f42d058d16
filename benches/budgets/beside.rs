//! What somebody at work feels of the night: commits at the pace of a busy floor, alone and beside the program that
//! sends a night's events to the same disk, turn by turn.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use traveller::domain::command;
use traveller::ledger::Writer;

use super::replicate::Nas;
use super::support::hands::{Hands, scan};
use super::support::plant::{Home, PAGE_CACHE_KIB};
use super::support::sample::Sample;
use super::support::table::{Budget, Table};
use super::support::{Outcome, mass};

/// Units of the ledger before that night.
const UNITS: u64 = 50_000;
/// Nights, and as many times alone.
const TURNS: u32 = 6;
/// Events that come to the bytes of 60,000 as they come from the floor.
const EVENTS: u64 = 140_000;
/// From one action to the next: many times as dense as people work.
const PACE: Duration = Duration::from_millis(10);

/// Measures on a ledger that a night's events are added to.
pub(crate) fn measure(table: &mut Table, home: &Home) -> Outcome<()> {
    let ledger = mass::make(home, "beside.db", UNITS)?;
    let before = Nas::new(home, "nas-before")?;
    before.send(&ledger)?;
    mass::more(&ledger, UNITS, EVENTS)?;
    let mut writer = mass::open(&ledger, PAGE_CACHE_KIB)?;
    let at = writer.reader().head()?.and_then(|head| head.at).ok_or("the ledger has no head")?;
    let mut hands = Hands::at("BENCH-4", "bench", at)?;
    hands.sign_on(&mut writer, mass::LEAD)?;
    let (mut alone, mut beside) = (Sample::default(), Sample::default());
    for turn in 0..TURNS {
        let (to, state) = (home.file(&format!("again-{turn}")), home.file(&format!("again-{turn}.state")));
        link_all(&before.path, &to)?;
        let mut night = Command::new(env!("CARGO_BIN_EXE_traveller"));
        night.arg("replicate").arg("--ledger").arg(&ledger).arg("--to").arg(&to).arg("--state").arg(&state);
        let mut night = night.stdout(Stdio::null()).spawn()?;
        let mut commits = 0;
        while night.try_wait()?.is_none() {
            give(&mut writer, &mut hands, &mut beside)?;
            commits += 2;
        }
        if !night.wait()?.success() {
            return Err("the night failed".into());
        }
        for _ in 0..commits / 2 {
            give(&mut writer, &mut hands, &mut alone)?;
        }
    }
    let us = |nanos: u64| nanos / 1_000;
    let what = format!("commit p99 beside {TURNS} nights : alone");
    table.line(&what, (us(beside.p99()), us(alone.p99())), "us", Budget::Most(120));
    table.line("  the median", (us(beside.median()), us(alone.median())), "us", Budget::None);
    Ok(())
}

/// Opens a unit and puts it down, at the pace of the floor.
#[expect(clippy::disallowed_methods, reason = "people take their time")]
fn give(writer: &mut Writer, hands: &mut Hands, sample: &mut Sample) -> Outcome<()> {
    for command in [scan("M99999998"), command::Command::Close] {
        thread::sleep(PACE);
        sample.take(|| hands.give(writer, &command))?;
    }
    Ok(())
}

/// A target with the same segments.
fn link_all(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|e| (e.path(), e.file_name()))?;
        if path.is_dir() {
            link_all(&path, &to.join(name))?;
        } else {
            fs::hard_link(&path, to.join(name))?;
        }
    }
    Ok(())
}

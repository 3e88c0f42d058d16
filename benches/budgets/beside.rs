//! What somebody at work feels of the night: commits at the pace of a busy floor, alone and beside the program that
//! sends what was recorded to another device. A replica on the disk of the ledger outlives nothing that
//! the ledger does not; what it costs to send to one is told beside it.

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
/// A processor that is busy with nothing.
const IDLE_LOOP: [&str; 5] = ["--idle", "0", "sh", "-c", "while :; do :; done"];
/// Where there is no disk to wait for.
const OTHER_DEVICE: &str = "/dev/shm";
/// Events of the part of a night that is measured. Beside work it takes them a page at a time and rests, from the first
/// to the last: 60,000 take minutes instead of a second.
const EVENTS: u64 = 12_000;
/// Actions alone before the night and after it, and beside the idle loop.
const ACTIONS: u32 = 1_000;
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
    let same_disk = home.file("nights");
    fs::create_dir(&same_disk)?;
    let other = tempfile::tempdir_in(OTHER_DEVICE)?;
    for (at, what, budget) in
        [(other.path(), "to another device", Budget::Most(120)), (&same_disk, "to the ledger's own disk", Budget::None)]
    {
        let Felt { night, nothing, alone } = beside(&before.path, at, &ledger, (&mut writer, &mut hands))?;
        let us = |nanos: u64| nanos / 1_000;
        let what = format!("commit p99 beside a night {what} : alone");
        table.line(&what, (us(night.p99()), us(alone.p99())), "us", budget);
        table.line("  the median", (us(night.median()), us(alone.median())), "us", Budget::None);
        table.line("  p99 beside an idle loop : alone", (us(nothing.p99()), us(alone.p99())), "us", Budget::None);
        table.line("  the median", (us(nothing.median()), us(alone.median())), "us", Budget::None);
    }
    Ok(())
}

/// Commits beside a night, beside a loop that does nothing at the least urgency, and alone.
#[derive(Default)]
struct Felt {
    night: Sample,
    /// What the machine itself asks for having another processor busy: no program can take less.
    nothing: Sample,
    alone: Sample,
}

/// Commits beside a night that sends to a target at a place, beside a busy processor, and alone.
fn beside(before: &Path, at: &Path, ledger: &Path, (writer, hands): (&mut Writer, &mut Hands)) -> Outcome<Felt> {
    let mut felt = Felt::default();
    let (to, state) = (at.join("again"), at.join("again.state"));
    copy_all(before, &to)?;
    (0..ACTIONS).try_for_each(|_| give(writer, hands, &mut felt.alone))?;
    let mut night = Command::new(env!("CARGO_BIN_EXE_traveller"));
    night.arg("replicate").arg("--ledger").arg(ledger).arg("--to").arg(&to).arg("--state").arg(&state);
    let mut night = night.stdout(Stdio::null()).spawn()?;
    while night.try_wait()?.is_none() {
        give(writer, hands, &mut felt.night)?;
    }
    if !night.wait()?.success() {
        return Err("the night failed".into());
    }
    (0..ACTIONS).try_for_each(|_| give(writer, hands, &mut felt.alone))?;
    let mut busy = Command::new("chrt").args(IDLE_LOOP).spawn()?;
    let given = (0..ACTIONS).try_for_each(|_| give(writer, hands, &mut felt.nothing));
    busy.kill()?;
    busy.wait()?;
    given?;
    Ok(felt)
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
fn copy_all(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let (path, name) = entry.map(|e| (e.path(), e.file_name()))?;
        if path.is_dir() {
            copy_all(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

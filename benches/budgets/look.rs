//! What looking costs whoever looks, and whoever works: the real program on a terminal of 80 by 24, over a ledger of
//! very many units; the board's figures against the bare queries for them; and commits beside two inspectors and a
//! board.

use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rusqlite::Connection;
use traveller::domain::command;
use traveller::ledger::{self, Writer, open};
use traveller::report::board::compute::board;
use traveller::station::config::{Asked, Environment, Settings};
use traveller::station::look::board::gather::{Gather, Once};

use super::line;
use super::support::hands::{Hands, scan};
use super::support::plant::PAGE_CACHE_KIB;
use super::support::sample::{Sample, timed};
use super::support::table::{Budget, Table};
use super::support::{Outcome, bare, mass};

/// Starts that are measured.
pub(super) const STARTS: u32 = 15;
/// Commits that are measured, alone and beside those who look, in turns.
const COMMITS: u32 = 300;
const TURNS: u32 = 4;
/// From one action to the next: many times as dense as people work.
const PACE: Duration = Duration::from_millis(10);
/// Microseconds of a day.
const DAY: i64 = 24 * 3_600 * 1_000_000;
/// Time after which nothing more comes of an update.
const AT_REST: Duration = Duration::from_millis(1_500);
const PATIENCE: Duration = Duration::from_mins(1);

/// What the board asks, as a bare reader would: the same rows, and nothing made of them.
const BARE: [&str; 13] = [
    "SELECT state, route, step, station, count(*), name, min(changed) FROM unit WHERE station IS NOT NULL
     GROUP BY route, step, station, state",
    "SELECT hold.event, unit.name, event.body FROM hold JOIN unit ON unit.id = hold.unit
     JOIN event ON event.id = hold.event WHERE hold.ended IS NULL",
    "SELECT name FROM unit WHERE state = 'nonconforming' LIMIT 200",
    "SELECT event.body FROM (SELECT id FROM unit WHERE state IN ('in-process', 'held') AND step IS NOT NULL
     AND open_station IS NULL LIMIT 50) AS some JOIN unit_event ON unit_event.unit = some.id
     JOIN event ON event.id = unit_event.event",
    "SELECT name, fold FROM station ORDER BY name",
    "SELECT name, fold FROM work_order WHERE open = 1 ORDER BY name",
    "SELECT badge, fold FROM person ORDER BY badge",
    "SELECT name, fold FROM gauge ORDER BY name",
    "SELECT name, fold FROM permit ORDER BY name",
    "SELECT name, fold FROM lot WHERE standing = 'free' AND has_more = 1 AND expires < '2026-11-30'",
    "SELECT route, revision, released FROM route",
    "SELECT code, count(*) FROM refusal WHERE at >= 1900000000000000 GROUP BY code",
    "SELECT body FROM event ORDER BY id DESC LIMIT 50",
];

/// Measures on a ledger of so many units.
#[expect(clippy::disallowed_methods, reason = "somebody who looks takes the time")]
pub(crate) fn measure(table: &mut Table, (path, units): (&Path, u64)) -> Outcome<()> {
    let ms = |nanos: u64| nanos / 1_000_000;
    for (name, shows) in [("inspect", " found"), ("board", "Stations")] {
        let (mut ours, mut nothing) = (Sample::default(), Sample::default());
        for _ in 0..STARTS {
            ours.take(|| Looker::start(path, name).and_then(|looker| looker.wait_for(shows)))?;
            nothing.take(|| Looker::of(CommandBuilder::new("true")).and_then(|mut looker| looker.ends()))?;
        }
        let what = format!("first screen of {name} on {units} units, of 100 ms beyond `true`");
        let beyond = ours.median().saturating_sub(nothing.median());
        table.line(&what, (ms(beyond), 100), "ms", Budget::Most(100));
        let looker = Looker::start(path, name)?;
        looker.wait_for(shows)?;
        thread::sleep(AT_REST);
        table.line("  its bytes, of 4000", (looker.bytes(), 4_000), "bytes", Budget::Most(100));
        table.line("  its memory, of 25 MiB", (looker.kib()?, 25 * 1_024), "KiB", Budget::Most(100));
    }
    figures(table, path)?;
    live(table, path)?;
    beside(table, path)?;
    line::measure(table, path)
}

/// No variable counts.
struct Bare;

impl Environment for Bare {
    fn var(&self, _name: &str) -> Option<std::ffi::OsString> {
        None
    }
}

/// The board's first look and its later ones, against bare queries for what is at hand.
fn figures(table: &mut Table, path: &Path) -> Outcome<()> {
    let (reader, bare) = (ledger::open_reader(path)?, bare::open(path, open::PAGE_CACHE_KIB)?);
    let asked = Asked { ledger: Some(path.to_owned()), ..Asked::default() };
    let settings = Settings::load(asked, &Bare).map_err(|bad| bad.to_string())?;
    // A day later: what is counted of a shift is folded once, and is no matter of how many units there are.
    let now = reader.head()?.and_then(|head| head.at).ok_or("the ledger has no head")?.plus(DAY);
    let mut gather = Gather::new(settings, None, None);
    let mut look = || gather.seen(&reader, now, &Once).map(|seen| board(&seen)).map_err(|fault| fault.to_string());
    let (first, told) = timed(&mut look);
    told?;
    let (mut ours, mut theirs) = (Sample::default(), Sample::default());
    for _ in 0..STARTS {
        ours.take(&mut look)?;
        theirs.take(|| queries(&bare))?;
    }
    let us = |nanos: u64| nanos / 1_000;
    table.line("the board's first look : bare queries", (us(first), us(theirs.median()).max(1)), "us", Budget::None);
    let what = "the board's next looks : bare queries";
    table.line(what, (us(ours.median()), us(theirs.median()).max(1)), "us", Budget::Most(300));
    Ok(())
}

fn queries(bare: &Connection) -> Outcome<usize> {
    let mut count = 0;
    for sql in BARE {
        let mut statement = bare.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let _first: rusqlite::types::Value = row.get(0)?;
            count += 1;
        }
    }
    Ok(count)
}

/// Bytes that one action costs on the wire, and an idle minute.
#[expect(clippy::disallowed_methods, reason = "somebody who looks takes the time")]
fn live(table: &mut Table, path: &Path) -> Outcome<()> {
    let mut writer = mass::open(path, PAGE_CACHE_KIB)?;
    let mut hands = hands(&mut writer)?;
    for (args, shows) in [(&["inspect", "op:OP-1001"][..], " found"), (&["board"], "Stations")] {
        let (name, looker) = (args.first().copied().unwrap_or_default(), Looker::with(path, args)?);
        looker.wait_for(shows)?;
        thread::sleep(AT_REST);
        let before = looker.bytes();
        let off = command::Command::SignOff { why: traveller::domain::what::Leaving::SignOff };
        hands.give(&mut writer, &off)?;
        thread::sleep(AT_REST);
        table.line(
            &format!("bytes of {name} for one action, of 1000"),
            (looker.bytes() - before, 1_000),
            "bytes",
            Budget::Most(100),
        );
        hands.sign_on(&mut writer, mass::LEAD)?;
        thread::sleep(AT_REST);
        let before = looker.bytes();
        thread::sleep(Duration::from_mins(1));
        table.line("  an idle minute, of 200", (looker.bytes() - before, 200), "bytes", Budget::Most(100));
    }
    Ok(())
}

/// A unit that waits at the station.
const UNIT: &str = "M99999998";

fn hands(writer: &mut Writer) -> Outcome<Hands> {
    let at = writer.reader().head()?.and_then(|head| head.at).ok_or("the ledger has no head")?;
    let mut hands = Hands::at("BENCH-4", "bench", at)?;
    hands.sign_on(writer, mass::LEAD)?;
    Ok(hands)
}

/// Commits alone, and beside two inspectors and a board, in turns.
#[expect(clippy::disallowed_methods, reason = "people take their time")]
fn beside(table: &mut Table, path: &Path) -> Outcome<()> {
    let mut writer = mass::open(path, PAGE_CACHE_KIB)?;
    let mut hands = hands(&mut writer)?;
    let (mut alone, mut watched) = (Sample::default(), Sample::default());
    for _ in 0..TURNS {
        for looked_at in [false, true] {
            let names = if looked_at { &["inspect", "inspect", "board"][..] } else { &[] };
            let lookers: Vec<Looker> = names.iter().map(|name| Looker::start(path, name)).collect::<Outcome<_>>()?;
            for looker in &lookers {
                looker.wait(|text| !text.trim().is_empty())?;
            }
            let sample = if looked_at { &mut watched } else { &mut alone };
            for _ in 0..COMMITS / 2 {
                for command in [scan(UNIT), command::Command::Close] {
                    thread::sleep(PACE);
                    sample.take(|| hands.give(&mut writer, &command))?;
                }
            }
        }
    }
    let us = |nanos: u64| nanos / 1_000;
    let what = "commit p99 beside two inspectors and a board : alone";
    table.line(what, (us(watched.p99()), us(alone.p99())), "us", Budget::Most(110));
    table.line("  the median", (us(watched.median()), us(alone.median())), "us", Budget::None);
    Ok(())
}

/// Somebody who looks, on a terminal of 80 by 24.
pub(super) struct Looker {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    seen: Arc<Mutex<(vt100::Parser, u64)>>,
}

impl Looker {
    fn start(ledger: &Path, name: &str) -> Outcome<Self> {
        Self::with(ledger, &[name])
    }

    fn with(ledger: &Path, args: &[&str]) -> Outcome<Self> {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_traveller"));
        command.args(args);
        command.arg("--ledger");
        command.arg(ledger);
        Self::of(command)
    }

    pub(super) fn of(mut command: CommandBuilder) -> Outcome<Self> {
        let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 })?;
        command.env("TERM", "xterm");
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let size = |n| std::num::NonZero::new(n).ok_or("no size");
        let seen = Arc::new(Mutex::new((vt100::Parser::new(size(24)?, size(80)?, 0), 0)));
        let (into, mut output) = (seen.clone(), pair.master.try_clone_reader()?);
        thread::Builder::new().spawn(move || {
            let mut buffer = [0; 4_096];
            while let Ok(n) = output.read(&mut buffer) {
                let (Ok(mut seen), Some(bytes)) = (into.lock(), buffer.get(..n).filter(|bytes| !bytes.is_empty()))
                else {
                    return;
                };
                seen.0.process(bytes);
                seen.1 += u64::try_from(n).unwrap_or(0);
            }
        })?;
        Ok(Self { child, _master: pair.master, seen })
    }

    pub(super) fn wait_for(&self, text: &str) -> Outcome<()> {
        self.wait(|screen| screen.contains(text))
    }

    #[expect(clippy::disallowed_methods, reason = "it is the time that is measured")]
    fn wait(&self, is_there: impl Fn(&str) -> bool) -> Outcome<()> {
        let begun = Instant::now();
        loop {
            let text = self.seen.lock().map(|seen| seen.0.screen().contents()).unwrap_or_default();
            if is_there(&text) {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(format!("the screen never came; it shows:\n{text}").into());
            }
            thread::sleep(Duration::from_micros(500));
        }
    }

    fn bytes(&self) -> u64 {
        self.seen.lock().map_or(0, |seen| seen.1)
    }

    pub(super) fn ends(&mut self) -> Outcome<()> {
        self.child.wait()?;
        Ok(())
    }

    /// The most memory that it ever had.
    fn kib(&self) -> Outcome<u64> {
        let pid = self.child.process_id().ok_or("it has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
        Ok(line.trim().trim_end_matches("kB").trim().parse()?)
    }
}

impl Drop for Looker {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

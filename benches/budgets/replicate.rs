//! A night's events sent to a directory, against the same bytes compressed, made durable and read back by nothing but
//! the library; on a large ledger and on a small one.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use traveller::domain::time::At;
use traveller::ledger::open_reader;
use traveller::replicate::address::Address;
use traveller::replicate::backup::backup;
use traveller::replicate::dir::Dir;
use traveller::replicate::packing::Packing;
use traveller::replicate::run::{Errand, Sent, replicate};

use super::support::plant::{self, Home, PAGE_CACHE_KIB};
use super::support::program;
use super::support::sample::timed;
use super::support::table::{Budget, Table};
use super::support::{Outcome, mass};

/// Events of a night.
const NIGHT: u64 = 60_000;
/// Units of the small ledger: a million events.
const SMALL: u64 = 50_000;
/// Units whose work on the floor comes to a night's events.
const PLAYED: u64 = 2_600;
/// The most that a night may send, in kB.
const KB_MOST: u64 = 2_000;

/// Measures on a ledger of very many units, which grows by a night's events.
pub(crate) fn measure(table: &mut Table, (large, units): (&Path, u64), home: &Home) -> Outcome<()> {
    played(table, home)?;
    let small = mass::make(home, "small.db", SMALL)?;
    let on_small = night(table, &small, SMALL, home)?;
    let on_large = night(table, large, units, home)?;
    let what = format!("the same night, {units} : {SMALL} units");
    table.line(&what, (ms(on_large), ms(on_small)), "ms", Budget::Most(120));
    let copy = home.file("copy.db");
    let reader = open_reader(large)?;
    let (copied_in, copied) = timed(|| backup(&reader, &copy));
    copied.map_err(|e| format!("{e:?}"))?;
    fs::remove_file(&copy)?;
    table.line("a full copy of it : that night", (ms(copied_in), ms(on_large)), "ms", Budget::None);
    Ok(())
}

/// Events as they come from the floor, with all that each was decided on.
fn played(table: &mut Table, home: &Home) -> Outcome<()> {
    let (path, options) = (home.file("played.db"), plant::options(PLAYED)?);
    let mut writer = plant::begin(&path, &options, PAGE_CACHE_KIB)?;
    plant::play(&mut writer, &path, &options)?;
    drop(writer);
    let nas = Nas::new(home, "nas-played")?;
    let (sent_in, sent) = timed(|| nas.send(&path));
    let sent = sent?;
    let bare_in = bare(&nas.segments()?, &home.file("bare-played"))?;
    table.line(&format!("{} events of the floor", sent.sent), (ms(sent_in), ms(bare_in)), "ms", Budget::Most(250));
    let sixty_thousand = sent.bytes * NIGHT / sent.sent.max(1);
    table.line("  bytes of 60,000 of them", (sixty_thousand / 1_000, KB_MOST), "kB", Budget::Most(100));
    Ok(())
}

/// A target, and the state of its runs.
pub(crate) struct Nas {
    address: Address,
    pub(crate) path: PathBuf,
    state: Dir,
}

impl Nas {
    pub(crate) fn new(home: &Home, name: &str) -> Outcome<Self> {
        let path = home.file(name);
        let state = Dir::open_or_make(&home.file(&format!("{name}.state")))?;
        Ok(Self { address: Address::Dir(path.clone()), path, state })
    }

    pub(crate) fn send(&self, ledger: &Path) -> Outcome<Sent> {
        let (state, now) = (&self.state, At(1_795_700_000_000_000));
        let errand = Errand { address: &self.address, state, fresh_mark: "0123456789abcdef", now };
        let mut sent = Sent::default();
        replicate(&open_reader(ledger)?, &errand, &mut sent, &mut |_name| ())?;
        Ok(sent)
    }

    /// The same by the program itself, as the night runs it; nanoseconds.
    fn send_by_program(&self, table: &mut Table, ledger: &Path) -> Outcome<u64> {
        let state = self.path.with_extension("state");
        let args = ["replicate", "--to", "--state", "--ledger"].map(OsStr::new);
        let [replicate, to, by_state, of] = args;
        program::run(table, [replicate, to, self.path.as_os_str(), by_state, state.as_os_str(), of, ledger.as_os_str()])
    }

    fn segments(&self) -> Outcome<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut dirs = vec![self.path.clone()];
        while let Some(dir) = dirs.pop() {
            for entry in fs::read_dir(dir)? {
                let path = entry?.path();
                if path.is_dir() {
                    dirs.push(path);
                } else if path.extension().is_some_and(|e| e == "zst") {
                    found.push(path);
                }
            }
        }
        Ok(found)
    }
}

/// Sends all, then a night's events; how long the night took.
fn night(table: &mut Table, ledger: &Path, units: u64, home: &Home) -> Outcome<u64> {
    let nas = Nas::new(home, &format!("nas-{units}"))?;
    let events = open_reader(ledger)?.head()?.map_or(0, |head| head.seq);
    let all_in = nas.send_by_program(table, ledger)?;
    let what = format!("all of {units} units sent: events");
    table.line(&what, (events * 1_000 / ms(all_in).max(1), 1), "/s", Budget::None);
    let before = nas.segments()?;
    mass::more(ledger, units, NIGHT)?;
    let (sent_in, sent) = timed(|| nas.send(ledger));
    let sent = sent?;
    let new: Vec<_> = nas.segments()?.into_iter().filter(|path| !before.contains(path)).collect();
    let bare_in = bare(&new, &home.file(&format!("bare-{units}")))?;
    let what = format!("{} events more, of {units} units", sent.sent);
    table.line(&what, (ms(sent_in), ms(bare_in)), "ms", Budget::Most(250));
    table.line("  bytes that were sent", (sent.bytes / 1_000, KB_MOST), "kB", Budget::Most(100));
    Ok(sent_in)
}

/// The same bytes compressed, written, made durable and read back.
fn bare(segments: &[PathBuf], into: &Path) -> Outcome<u64> {
    fs::create_dir(into)?;
    let mut nanos = 0;
    for (n, segment) in segments.iter().enumerate() {
        let bodies = zstd::decode_all(File::open(segment)?)?;
        let path = into.join(n.to_string());
        let (took, read) = timed(|| -> Outcome<usize> {
            let mut encoder = Packing::Hard.encoder(Vec::new())?;
            encoder.write_all(&bodies)?;
            let packed = encoder.finish()?;
            let mut file = File::create(&path)?;
            file.write_all(&packed)?;
            file.sync_all()?;
            File::open(into)?.sync_all()?;
            Ok(zstd::decode_all(fs::read(&path)?.as_slice())?.len())
        });
        if read? != bodies.len() {
            return Err("what was read back is not what was written".into());
        }
        nanos += took;
    }
    Ok(nanos)
}

fn ms(nanos: u64) -> u64 {
    nanos / 1_000_000
}

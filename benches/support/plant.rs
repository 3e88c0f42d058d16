//! A ledger that was played, to measure on.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use traveller::app::port::Fault;
use traveller::demo::{self, Options, Pins, Played};
use traveller::domain::id::{Boot, PinId};
use traveller::domain::role::PinCheck;
use traveller::domain::time::Clock;
use traveller::ledger::{self, Birth, Writer};
use traveller::route_file;
use traveller::station::pin::Pin;
use traveller::station::pins::PinFile;

use super::Outcome;

/// KiB of pages that bulk work keeps, on both sides.
pub(crate) const PAGE_CACHE_KIB: u32 = 65_536;

/// A directory of its own on the file system of `target`, gone at the end.
pub(crate) struct Home(PathBuf);

impl Home {
    /// An empty directory.
    pub(crate) fn new(name: &str) -> Outcome<Self> {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    /// A file in it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _gone_or_not = std::fs::remove_dir_all(&self.0);
    }
}

/// The PIN file of a ledger.
pub(crate) struct FilePins(PinFile);

impl FilePins {
    /// Beside a ledger.
    pub(crate) fn at(ledger: &Path) -> Self {
        Self(PinFile::at(ledger))
    }
}

impl Pins for FilePins {
    fn add(&mut self, pin: &str) -> Result<PinId, Fault> {
        let chosen = Pin::given(pin).chosen().map_err(|bad| Fault::new(bad.to_string(), "choose another"))?;
        self.0.add(&chosen)
    }

    fn check(&mut self, id: &PinId, pin: &str) -> Result<PinCheck, Fault> {
        self.0.check(id, &Pin::given(pin))
    }
}

/// What is played here: always the same.
pub(crate) fn options(units: u64) -> Outcome<Options> {
    let (now, boot) = ("2026-11-25T15:20:00Z".parse()?, Boot::parse("de300000")?);
    Ok(Options { units, seed: 1, now, zone: TimeZone::UTC, boot, scenes: false })
}

/// Makes an empty ledger for a play.
pub(crate) fn begin(path: &Path, options: &Options, page_cache_kib: u32) -> Outcome<Writer> {
    let at = options.opens();
    let birth = Birth { at, clock: Clock::Synced, boot: options.boot.clone(), mono: 0, demo: true, after: None };
    let how = ledger::Options { create: Some(birth), page_cache_kib, ..ledger::Options::new(route_file::released) };
    Ok(ledger::open_writer(path, &how)?)
}

/// Plays the example routes.
pub(crate) fn play(writer: &mut Writer, path: &Path, options: &Options) -> Outcome<Played> {
    Ok(demo::play(writer, &mut FilePins::at(path), &demo::examples(), options)?)
}

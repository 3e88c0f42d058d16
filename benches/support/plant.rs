//! A ledger that was played, to measure on.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use traveller::demo::{self, Options, Played};
use traveller::domain::id::Boot;
use traveller::domain::time::Clock;
use traveller::ledger::{self, Birth, Writer};
use traveller::route_file;
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

/// What is played here: always the same.
pub(crate) fn options(units: u64) -> Outcome<Options> {
    let (now, boot) = ("2026-11-25T15:20:00Z".parse()?, Boot::parse("de300000")?);
    Ok(Options { units, seed: 1, now, zone: TimeZone::UTC, boot, scenes: false })
}

/// Makes an empty ledger for a play.
pub(crate) fn begin(path: &Path, options: &Options, page_cache_kib: u32) -> Outcome<Writer> {
    let birth = Birth::of_demo(options.opens(), Clock::Synced, options.boot.clone());
    let how = ledger::Options { create: Some(birth), page_cache_kib, ..ledger::Options::new(route_file::released) };
    Ok(ledger::open_writer(path, &how)?)
}

/// Plays the example routes.
pub(crate) fn play(writer: &mut Writer, path: &Path, options: &Options) -> Outcome<Played> {
    Ok(demo::play(writer, &mut PinFile::at(path), &demo::examples(), options)?)
}

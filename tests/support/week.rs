//! The demo's week, as it is on a weekend.
//!
//! On a working day the demo's week ends within that day, so what it holds depends on the hour. Tests that look into
//! the record have one that is the same whenever they run.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use traveller::demo::{Options, examples, play};
use traveller::domain::id::Boot;
use traveller::domain::time::Clock;
use traveller::ledger::{self, Birth, open_writer};
use traveller::route_file;
use traveller::station::pins::PinFile;

/// Noon of the last Saturday that is over, and at least half a day ago.
#[expect(clippy::disallowed_methods, reason = "which week the last one was is known by the clock alone")]
fn last_saturday() -> Timestamp {
    let today = TimeZone::UTC.to_datetime(Timestamp::now()).date();
    let saturday = today.nth_weekday(-1, Weekday::Saturday).unwrap();
    saturday.at(12, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).unwrap().timestamp()
}

/// Plays the week that ended last, with so many units, into a ledger that is not there yet.
pub(crate) fn play_into(path: &Path, units: u64) {
    let (now, boot) = (last_saturday().to_string().parse().unwrap(), Boot::parse("de300000").unwrap());
    let options = Options { units, seed: 1, now, zone: TimeZone::UTC, boot, scenes: true };
    let birth = Birth::of_demo(options.opens(), Clock::Synced, options.boot.clone());
    let how = ledger::Options { create: Some(birth), ..ledger::Options::new(route_file::released) };
    let mut writer = open_writer(path, &how).unwrap();
    let mut pins = PinFile::at(writer.reader().path());
    play(&mut writer, &mut pins, &examples(), &options).unwrap();
}

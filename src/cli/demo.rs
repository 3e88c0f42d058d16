//! `traveller demo`: a plant and its last week, in a ledger of its own.

use std::path::PathBuf;

use jiff::tz::TimeZone;

use super::args::DemoArgs;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::terminal;
use crate::app::port::Fault;
use crate::app::seat::PerSeat;
use crate::demo::{Options, Pins, Played, examples, play};
use crate::domain::ambient::Given;
use crate::domain::id::{Boot, PinId};
use crate::domain::role::PinCheck;
use crate::ledger::{Birth, open_writer};
use crate::route_file;
use crate::station::clock::StationClock;
use crate::station::pin::Pin;
use crate::station::pins::PinFile;
use crate::station::random;

/// Units that a week may begin.
pub(super) const UNITS_MOST: u64 = 2_000_000;
/// KiB of pages that are kept while a week is played: what is written at random then stays at hand.
const PAGE_CACHE_KIB: u32 = 256 * 1_024;
/// The boot that the events of the week name.
const BOOT: &str = "de300000";

pub(super) fn run(cx: &mut Context<'_>, args: &DemoArgs) -> Result<Outcome, Failure> {
    if !args.no_terminal {
        terminal::needs_a_terminal()?;
    }
    if cx.settings.ledger_by_default {
        cx.settings.ledger = temporary()?;
    }
    let ledger = cx.settings.ledger.clone();
    if ledger.exists() {
        let what = format!("there is something at {} already", ledger.display());
        return Err(Failure::wrong_use(what, "name a file that is not there with --ledger, or leave it out"));
    }
    let played = fill(cx, args)?;
    if args.no_terminal {
        writeln!(
            cx.out,
            "{} units, {} actions, {} of them refused, in {}",
            played.units,
            played.actions,
            played.refusals,
            ledger.display()
        )?;
        return Ok(Outcome::Done);
    }
    let clock = StationClock::as_it_is()?.in_shifts(&cx.settings.work.calendar);
    let ended = terminal::serve(cx, clock, PerSeat::new(played.card.place, None), &played.card.lines, true)?;
    writeln!(cx.out, "the ledger of the demonstration stays at {}", ledger.display())?;
    Ok(ended)
}

/// Plays the week into the ledger.
fn fill(cx: &Context<'_>, args: &DemoArgs) -> Result<Played, Failure> {
    let now = StationClock::of_machine()?.ambient(None, Given::default(), None);
    // The week was before this boot of the machine, whose own clock knows nothing of it.
    let boot = Boot::parse(BOOT).map_err(|e| Fault::new(e.to_string(), "report this as a defect"))?;
    let options = Options {
        units: args.units,
        seed: args.seed,
        now: now.at,
        zone: TimeZone::system(),
        boot: boot.clone(),
        scenes: true,
    };
    let birth = Birth::of_demo(options.opens(), now.clock, boot);
    let how = crate::ledger::Options {
        create: Some(birth),
        terminal: cx.settings.terminal.clone(),
        head_file: cx.settings.head_file.clone(),
        page_cache_kib: PAGE_CACHE_KIB,
        ..crate::ledger::Options::new(route_file::released)
    };
    let mut writer = open_writer(&cx.settings.ledger, &how)?;
    let mut pins = PinFile::at(writer.reader().path());
    Ok(play(&mut writer, &mut pins, &examples(), &options)?)
}

/// A place of its own for a ledger that nobody named.
fn temporary() -> Result<PathBuf, Fault> {
    let directory = std::env::temp_dir().join(format!("traveller-demo-{}", random::session()?));
    std::fs::create_dir(&directory).map_err(|e| {
        Fault::new(
            format!("the directory {} could not be made: {e}", directory.display()),
            "name a place with --ledger",
        )
    })?;
    Ok(directory.join("ledger.db"))
}

impl Pins for PinFile {
    fn add(&mut self, pin: &str) -> Result<PinId, Fault> {
        let chosen = Pin::given(pin).chosen();
        let chosen = chosen.map_err(|bad| Fault::new(bad.to_string(), "report this as a defect"))?;
        PinFile::add(self, &chosen)
    }

    fn check(&mut self, id: &PinId, pin: &str) -> Result<PinCheck, Fault> {
        PinFile::check(self, id, &Pin::given(pin))
    }
}

//! `traveller pipe --station S`: the gate on stdin and stdout.

use std::io;

use super::args::PipeArgs;
use super::context::{Context, pins, warn};
use super::failure::{Failure, Outcome};
use super::place;
use crate::station::clerk::Clerk;
use crate::station::clock::StationClock;
use crate::station::open::{self, Make};
use crate::station::pipe::serve::{End, serve};
use crate::station::random;

pub(super) fn run(cx: &mut Context<'_>, args: &PipeArgs) -> Result<Outcome, Failure> {
    let place = cx.settings.place(&args.station)?;
    let clock = StationClock::of_machine()?.in_shifts(&cx.settings.work.calendar);
    let writer = open::writer(&cx.settings, &clock, Make::Never)?;
    warn(&writer);
    let pins = pins(&writer);
    let _served = place::lock(cx, &place)?;
    // On the pipe a badge alone signs on: whoever signs gives the PIN with the signature.
    let mut clerk = Clerk::at_station(writer, pins, clock, place, random::session()?, false)?
        .allowing(cx.settings.overrides.clone());
    match serve(&mut clerk, &mut io::stdin().lock(), &mut cx.out, args.exit_on_refusal)? {
        End::Input => Ok(Outcome::Done),
        End::Refusal => Ok(Outcome::No),
        End::NobodyReads => Err(Failure::NobodyReads),
    }
}

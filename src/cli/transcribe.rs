//! `traveller transcribe FILE`: what was written on paper while a terminal was dead, all of it or nothing.

use std::io::Read as _;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::answer::tell;
use super::context::{Context, pins, warn};
use super::failure::{Failure, Outcome};
use super::output::json_line;
use super::transcribe_args::TranscribeArgs;
use super::{place, secret};
use crate::app::port::Fault;
use crate::app::stated;
use crate::app::together::Ended;
use crate::domain::id::{Badge, StationId};
use crate::domain::paper::PAPER_LINES_MOST;
use crate::domain::time::At;
use crate::station::clerk::{Clerk, With};
use crate::station::clock::StationClock;
use crate::station::office::Said;
use crate::station::open::{self, Make};
use crate::station::pipe::input::read;
use crate::station::random;

/// Bytes that a paper may have.
const BYTES_MOST: u64 = 1024 * 1024;

/// What was entered, as scripts read it.
#[derive(Serialize)]
struct Entered<'a> {
    station: &'a StationId,
    time: At,
    by: &'a Badge,
    witness: &'a Badge,
    lines: usize,
}

pub(super) fn run(cx: &mut Context<'_>, args: &TranscribeArgs) -> Result<Outcome, Failure> {
    let time = stated(&args.time, cx.settings.work.calendar.zone())?;
    let said = lines(&text(args)?)?;
    let place = cx.settings.place(&args.at)?;
    let clock = StationClock::of_machine()?.in_shifts(&cx.settings.work.calendar);
    let writer = open::writer(&cx.settings, &clock, Make::Never)?;
    warn(&writer);
    let pins = pins(&writer);
    // Nobody works at the station meanwhile.
    let _served = place::lock(cx, &place)?;
    let by = With { pin: Some(secret::pin(cx.environment, &args.by)?), ..With::default() };
    let witness = With { pin: Some(secret::witness_pin(cx.environment, &args.witness)?), ..With::default() };
    let mut clerk = Clerk::at_station(writer, pins, clock, place, random::session()?, true)?
        .allowing(cx.settings.overrides.clone());
    match clerk.transcribe(time, (&args.by, &by), (&args.witness, &witness), said)? {
        Ended::Refused(settled) => tell(cx, &format!("paper of {}", args.time), &settled),
        Ended::Done(lines, _receipt) => {
            let entered = Entered { station: &args.at, time, by: &args.by, witness: &args.witness, lines };
            if cx.json {
                json_line(cx.out, &entered)?;
            } else {
                let (by, witness) = (entered.by, entered.witness);
                writeln!(cx.out, "{lines} lines entered at {} as of {time}, by {by}, witness {witness}", args.at)?;
            }
            Ok(Outcome::Done)
        }
    }
}

/// The moment that a paper states. An hour that the clock of the plant skips or has twice is none.
fn stated(text: &str, zone: &TimeZone) -> Result<At, Failure> {
    let wrong =
        || Failure::wrong_use(format!("{text:?} is no time that a paper can state"), "write it as in 2026-11-23 10:40");
    stated::stated(text, zone, None).ok_or_else(wrong)
}

fn text(args: &TranscribeArgs) -> Result<String, Failure> {
    let name = args.file.display().to_string();
    let failed =
        |why: String| Failure::Machine(Fault::new(format!("{name} cannot be read: {why}"), "name another file"));
    let mut text = String::new();
    let read = if name == "-" {
        std::io::stdin().lock().take(BYTES_MOST + 1).read_to_string(&mut text)
    } else {
        let file = std::fs::File::open(&args.file).map_err(|why| failed(why.to_string()))?;
        file.take(BYTES_MOST + 1).read_to_string(&mut text)
    };
    read.map_err(|why| failed(why.to_string()))?;
    if u64::try_from(text.len()).is_ok_and(|bytes| bytes <= BYTES_MOST) {
        return Ok(text);
    }
    Err(Failure::wrong_use(format!("{name} is longer than a paper"), "enter it in parts"))
}

/// The lines of a paper, each as the pipe would read it; but nothing of it was scanned. Empty lines say nothing.
fn lines(text: &str) -> Result<Vec<Said>, Failure> {
    let numbered = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let all: Vec<Said> = numbered
        .map(|(number, line)| {
            let asked = read(line.trim_end().as_bytes());
            Said { number, command: asked.command, with: With { pin: asked.pin, ..With::default() } }
        })
        .collect();
    match all.len() {
        0 => Err(Failure::wrong_use("the paper says nothing", "write a line for each thing that was done")),
        n if n > PAPER_LINES_MOST => {
            Err(Failure::wrong_use(format!("a paper has at most {PAPER_LINES_MOST} lines"), "enter it in parts"))
        }
        _ => Ok(all),
    }
}

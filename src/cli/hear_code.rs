//! Shows the self-test, and waits for a scanner that reads it.

use std::path::Path;

use super::context::{Context, note};
use super::failure::Failure;
use super::output::{json_line, lines};
use super::symbol;
use crate::app::port::Fault;
use crate::capture::scanner::device::Barred;
use crate::capture::scanner::seen::{self, Keys, Seen};
use crate::domain::self_test::long_text;
use crate::station::clock::StationClock;
use crate::station::doctor::enrol::{Listening, Unheard, WITHIN_MS};
use crate::station::doctor::heard::Heard;

/// The devices that can type a label.
pub(super) fn devices() -> Vec<Seen> {
    seen::look(Path::new("/sys")).into_iter().filter(|seen| seen.keys == Keys::Types).collect()
}

/// Asks for the self-test to be scanned, and says which of the devices read it, and how.
pub(super) fn hear<'s>(cx: &mut Context<'_>, asked: &str, seen: &'s [Seen]) -> Result<(&'s Seen, Heard), Failure> {
    let clock = StationClock::of_machine()?;
    let (listening, barred) = Listening::begin(seen);
    for (seen, why) in barred {
        note(&format!("{} ({}) is not listened to: {}", seen.name, seen.node, reason(why)));
    }
    if listening.count() == 0 {
        return Err(Failure::no(
            "there is no device to listen to",
            "plug the scanner in; `traveller doctor scanners` tells what keeps it from being read",
        ));
    }
    ask(cx, asked, listening.count())?;
    let missed =
        |seen: &Seen| note(&format!("{} ({}) sent something else: scan the symbol again", seen.name, seen.node));
    listening.until_heard(|| clock.mono() / 1_000, missed).map_err(unheard)
}

/// Says what to scan, and what is done meanwhile.
fn ask(cx: &mut Context<'_>, asked: &str, devices: usize) -> Result<(), Failure> {
    if cx.json {
        json_line(cx.out, &serde_json::json!({ "scan": long_text(), "devices": devices, "within_ms": WITHIN_MS }))?;
    } else {
        let seconds = WITHIN_MS / 1_000;
        lines(cx.out, &format!("{asked}, within {seconds} seconds:\n\n"))?;
        if let Some(symbol) = symbol::drawn(&long_text()) {
            lines(cx.out, &symbol)?;
        }
        lines(
            cx.out,
            &format!(
                "Or scan the self-test on the sheet of codes. Until then {devices} devices are listened to, keyboards \
                 too,\nso that it goes nowhere else. What they type is compared with it and forgotten. Esc breaks off."
            ),
        )?;
    }
    Ok(cx.out.flush()?)
}

fn reason(why: Barred) -> &'static str {
    match why {
        Barred::Gone => "it does not answer",
        Barred::NotPermitted => "this program may not open it; run this as root",
        Barred::Taken => "another program keeps it, such as a terminal that runs: end that first",
    }
}

fn unheard(why: Unheard) -> Failure {
    match why {
        Unheard::TooLate { other: None } => Failure::no(
            "no device read the code in time",
            "run it again; set the scanner to keyboard mode (USB HID) by its manual, with Enter after each scan",
        ),
        Unheard::TooLate { other: Some(other) } => Failure::no(
            format!("no device read the code in time; {other} sent something else"),
            "scan the symbol on this screen; if you did, set the scanner to one of the keyboards us, gb, de, fr, es, \
             it, se, ch, and its control characters to Ctrl, Alt and keypad, or none",
        ),
        Unheard::BrokenOff => Failure::no("it was broken off", "nothing was changed; run it again"),
        Unheard::Failed(errno) => {
            Failure::Machine(Fault::new(format!("the devices cannot be waited for: {errno}"), "run it again"))
        }
    }
}

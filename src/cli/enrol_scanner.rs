//! `traveller doctor scanners --enrol NAME`: scan a code, and the device that read it is the scanner of that name.

use std::path::{Path, PathBuf};

use super::context::{Context, note};
use super::failure::{Failure, Outcome};
use super::output::{json_line, lines};
use super::symbol;
use crate::app::port::Fault;
use crate::capture::scanner::device::Barred;
use crate::capture::scanner::seen::{self, Keys, Seen};
use crate::domain::id::{DeviceId, StationId};
use crate::station::clock::StationClock;
use crate::station::doctor::enrol::{CODE, Listening, Unheard, WITHIN_MS};
use crate::station::doctor::section::{NotWritten, append, identity, section};

/// The file that is made where there is none.
const NEW_FILE: &str = "traveller.toml";

pub(super) fn run(cx: &mut Context<'_>, name: &DeviceId, station: Option<&StationId>) -> Result<Outcome, Failure> {
    if cx.settings.scanners.iter().any(|scanner| scanner.name == *name) {
        let instead = "take another name, or remove that section first";
        return Err(Failure::wrong_use(format!("[scanner.{name}] is in the configuration already"), instead));
    }
    if let Some(station) = station {
        let _place = cx.settings.place(station)?;
    }
    let clock = StationClock::of_machine()?;
    let seen: Vec<_> = seen::look(Path::new("/sys")).into_iter().filter(|seen| seen.keys == Keys::Types).collect();
    let (listening, barred) = Listening::begin(&seen, CODE);
    for (seen, why) in barred {
        note(&format!("{} ({}) is not listened to: {}", seen.name, seen.node, reason(why)));
    }
    if listening.count() == 0 {
        return Err(Failure::no(
            "there is no device to listen to",
            "plug the scanner in; `traveller doctor scanners` tells what keeps it from being read",
        ));
    }
    ask(cx, name, listening.count())?;
    let (device, layout) = listening.until_heard(|| clock.mono() / 1_000).map_err(unheard)?;
    if let Some(known) = cx.settings.scanners.iter().find(|scanner| scanner.identity.fits(device)) {
        let instead = "it can be used; remove that section first where it is to have another name";
        return Err(Failure::no(format!("this scanner is [scanner.{}] already", known.name), instead));
    }
    let identity = identity(device, &seen).ok_or_else(|| nothing_tells(device))?;
    let text = section(name, &identity, station, layout);
    let file = cx.settings.config.clone().unwrap_or_else(|| PathBuf::from(NEW_FILE));
    append(&file, &text).map_err(|why| match why {
        NotWritten::Wrong(bad) => bad.into(),
        NotWritten::Failed(fault) => Failure::Machine(fault),
    })?;
    if cx.json {
        json_line(
            cx.out,
            &serde_json::json!({ "scanner": name, "file": file.display().to_string(), "section": text }),
        )?;
    } else {
        lines(cx.out, &format!("\nfound: {} ({})\n\n{text}", device.name, device.node))?;
        lines(cx.out, &format!("This was added to {}. A terminal reads it when it is started again.", file.display()))?;
    }
    Ok(Outcome::Done)
}

/// Says what to scan, and what is done meanwhile.
fn ask(cx: &mut Context<'_>, name: &DeviceId, devices: usize) -> Result<(), Failure> {
    if cx.json {
        json_line(cx.out, &serde_json::json!({ "scan": CODE, "devices": devices, "within_ms": WITHIN_MS }))?;
    } else {
        let seconds = WITHIN_MS / 1_000;
        lines(cx.out, &format!("Scan this code with the scanner that is to be {name}, within {seconds} seconds:\n\n"))?;
        if let Some(symbol) = symbol::drawn(CODE) {
            lines(cx.out, &symbol)?;
        }
        lines(
            cx.out,
            &format!(
                "\n{CODE}\n\nUntil then {devices} devices are listened to, the keyboard too, so that the code goes nowhere \
                 else.\nWhat they type is compared with it and forgotten. Esc breaks off."
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
            "scan the code on this screen; if you did, set the scanner to one of the keyboards us, gb, de, fr, es, it, \
             se, ch",
        ),
        Unheard::BrokenOff => Failure::no("it was broken off", "nothing was changed; run it again"),
        Unheard::Failed(errno) => {
            Failure::Machine(Fault::new(format!("the devices cannot be waited for: {errno}"), "run it again"))
        }
    }
}

fn nothing_tells(device: &Seen) -> Failure {
    Failure::no(
        format!("nothing tells {} ({}) from another device that is plugged in", device.name, device.node),
        "unplug the other one and run it again, or give each a port of its own",
    )
}

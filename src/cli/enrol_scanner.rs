//! `traveller doctor scanners --enrol NAME`: scan the self-test, and the device that read it is the scanner of that
//! name.

use std::path::PathBuf;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::hear_code;
use super::output::{json_line, lines};
use crate::capture::scanner::seen::Seen;
use crate::domain::id::{DeviceId, StationId};
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
    let seen = hear_code::devices();
    let asked = format!("Scan this with the scanner that is to be {name}");
    let (device, heard) = hear_code::hear(cx, &asked, &seen)?;
    if let Some(known) = cx.settings.scanners.iter().find(|scanner| scanner.identity.fits(device)) {
        let instead = "it can be used; remove that section first where it is to have another name";
        return Err(Failure::no(format!("this scanner is [scanner.{}] already", known.name), instead));
    }
    let identity = identity(device, &seen).ok_or_else(|| nothing_tells(device))?;
    let text = section(name, &identity, station, &heard.options());
    let file = cx.settings.config.clone().unwrap_or_else(|| PathBuf::from(NEW_FILE));
    append(&file, &text).map_err(|why| match why {
        NotWritten::Wrong(bad) => bad.into(),
        NotWritten::Failed(fault) => Failure::Machine(fault),
    })?;
    let remarks: Vec<_> = heard.to_do(&heard.options()).into_iter().chain(heard.doubt()).collect();
    if cx.json {
        json_line(
            cx.out,
            &serde_json::json!({
                "scanner": name, "file": file.display().to_string(), "section": text, "do": remarks,
            }),
        )?;
    } else {
        lines(cx.out, &format!("\nfound: {} ({})\n\n{text}", device.name, device.node))?;
        lines(cx.out, &format!("This was added to {}. A terminal reads it when it is started again.", file.display()))?;
        for remark in remarks {
            lines(cx.out, &remark)?;
        }
    }
    Ok(Outcome::Done)
}

fn nothing_tells(device: &Seen) -> Failure {
    Failure::no(
        format!("nothing tells {} ({}) from another device that is plugged in", device.name, device.node),
        "unplug the other one and run it again, or give each a port of its own",
    )
}

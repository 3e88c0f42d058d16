//! `traveller doctor scanners`: the devices that could be scanners, whether they can be read, and what to do.

use std::path::Path;

use serde::Serialize;

use super::context::Context;
use super::doctor_args::DoctorScannersArgs;
use super::failure::{Failure, Outcome};
use super::output::{Table, json_line, lines, or_dash};
use super::{enrol_scanner, layout_test};
use crate::capture::scanner::seen;
use crate::domain::id::DeviceId;
use crate::station::doctor::survey::{Access, Found, Survey, probe, survey};
use crate::station::doctor::udev;

pub(super) fn run(cx: &mut Context<'_>, args: &DoctorScannersArgs) -> Result<Outcome, Failure> {
    if let Some(name) = &args.enrol {
        return enrol_scanner::run(cx, name, args.station.as_ref());
    }
    if args.layout_test {
        return layout_test::run(cx);
    }
    if args.udev {
        return rules(cx);
    }
    let survey = survey(&cx.settings.scanners, &seen::look(Path::new("/sys")), probe);
    if cx.json {
        json_line(cx.out, &Answer::of(&survey))?;
    } else {
        in_words(cx, &survey)?;
    }
    Ok(if survey.is_well() { Outcome::Done } else { Outcome::No })
}

fn rules(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    if cx.settings.scanners.is_empty() {
        return Err(Failure::wrong_use(
            "the configuration names no scanner, so there is none to give to anybody",
            "enrol one first: `traveller doctor scanners --enrol NAME`",
        ));
    }
    lines(cx.out, &udev::rules(&cx.settings.scanners))?;
    Ok(Outcome::Done)
}

/// The answer, as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    ok: bool,
    devices: Vec<Device<'a>>,
    missing: &'a [DeviceId],
    several: &'a [DeviceId],
    #[serde(rename = "do")]
    advice: Vec<String>,
}

#[derive(Serialize)]
struct Device<'a> {
    node: &'a str,
    name: &'a str,
    vendor: String,
    product: String,
    serial: &'a str,
    port: &'a str,
    access: &'static str,
    by: Option<&'a str>,
    scanner: Option<&'a DeviceId>,
}

impl<'a> Answer<'a> {
    fn of(survey: &'a Survey) -> Self {
        Self {
            ok: survey.is_well(),
            devices: survey.found.iter().map(Device::of).collect(),
            missing: &survey.missing,
            several: &survey.several,
            advice: survey.advice(),
        }
    }
}

impl<'a> Device<'a> {
    fn of(found: &'a Found) -> Self {
        let Found { seen, access, scanner } = found;
        Self {
            node: &seen.node,
            name: &seen.name,
            vendor: format!("{:04x}", seen.model.vendor),
            product: format!("{:04x}", seen.model.product),
            serial: &seen.serial,
            port: &seen.port,
            access: access.word(),
            by: holder(access),
            scanner: scanner.as_ref(),
        }
    }
}

fn holder(access: &Access) -> Option<&str> {
    match access {
        Access::Taken { by } => by.as_deref(),
        Access::Free | Access::InUse | Access::NotPermitted | Access::Gone => None,
    }
}

fn in_words(cx: &mut Context<'_>, survey: &Survey) -> Result<(), Failure> {
    if !survey.found.is_empty() {
        let mut table = Table::new(&["scanner", "access", "model", "serial", "port", "node", "name"]);
        for Found { seen, access, scanner } in &survey.found {
            let access = holder(access).map_or_else(|| access.word().to_owned(), |by| format!("taken: {by}"));
            let text = |text: &str| or_dash(Some(text).filter(|text| !text.is_empty()));
            table.row([
                or_dash(scanner.as_ref()),
                access,
                seen.model.to_string(),
                text(&seen.serial),
                text(seen.place()),
                seen.node.clone(),
                seen.name.clone(),
            ]);
        }
        table.write(cx.out)?;
    }
    for sentence in survey.advice() {
        lines(cx.out, &sentence)?;
    }
    Ok(())
}

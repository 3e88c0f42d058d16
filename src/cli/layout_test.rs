//! `traveller doctor scanners --layout-test`: which keyboard a scanner types like, and whether the configuration says
//! the same.

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::hear_code;
use super::output::{json_line, lines};

pub(super) fn run(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let seen = hear_code::devices();
    let (device, layout) = hear_code::hear(cx, "Scan this code with the scanner in question", &seen)?;
    let scanner = cx.settings.scanners.iter().find(|scanner| scanner.identity.fits(device));
    let configured = scanner.map(|scanner| scanner.options.layout.word());
    let name = scanner.map(|scanner| scanner.name.clone());
    let well = configured.is_none_or(|configured| configured == layout.word());
    if cx.json {
        let answer = serde_json::json!({
            "ok": well, "node": device.node, "scanner": name, "layout": layout.word(), "configured": configured,
        });
        json_line(cx.out, &answer)?;
    } else {
        let what = format!("{} ({}) types like the keyboard {}", device.name, device.node, layout.word());
        let instead = match name {
            None => "it is no scanner of the configuration; --enrol NAME makes it one".to_owned(),
            Some(name) if well => format!("the configuration says so too: {name} is ready"),
            Some(name) => {
                format!("the configuration says otherwise: write layout = \"{}\" in [scanner.{name}]", layout.word())
            }
        };
        lines(cx.out, &format!("\n{what}\n{instead}"))?;
    }
    Ok(if well { Outcome::Done } else { Outcome::No })
}

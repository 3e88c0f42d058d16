//! `traveller doctor scanners --layout-test`: which keyboard a scanner types like, and whether the configuration says
//! the same.

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::hear_code;
use super::output::{json_line, lines};

pub(super) fn run(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let seen = hear_code::devices();
    let (device, heard) = hear_code::hear(cx, "Scan this with the scanner in question", &seen)?;
    let scanner = cx.settings.scanners.iter().find(|scanner| scanner.identity.fits(device));
    let name = scanner.map(|scanner| scanner.name.clone());
    let options = scanner.map_or_else(|| heard.options(), |scanner| scanner.options.clone());
    let to_do = heard.to_do(&options);
    let layouts: Vec<_> = heard.layouts.iter().map(|layout| layout.word()).collect();
    if cx.json {
        let answer = serde_json::json!({
            "ok": to_do.is_empty(), "node": device.node, "scanner": name, "layouts": layouts, "do": to_do,
        });
        json_line(cx.out, &answer)?;
    } else {
        let who = name.map_or_else(|| "no scanner of the configuration".to_owned(), |name| name.to_string());
        let typed = layouts.join(" or ");
        lines(cx.out, &format!("\n{} ({}), {who}, types like the keyboard {typed}", device.name, device.node))?;
        for sentence in to_do.iter().cloned().chain(heard.doubt()) {
            lines(cx.out, &sentence)?;
        }
        if to_do.is_empty() {
            lines(cx.out, "it is read right")?;
        }
    }
    Ok(if to_do.is_empty() { Outcome::Done } else { Outcome::No })
}

//! `traveller route print`: the manufacturing traveller, a route as a sheet.

use std::path::{Path, PathBuf};

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::route::{named, read_all, report};
use super::route_list::released;
use crate::app::port::Fault;
use crate::domain::id::{Revision, RouteId};
use crate::domain::route::Route;
use crate::report::route_sheet::content::{Handover, RouteSheet};
use crate::report::route_sheet::{html, text};
use crate::route_file::{handovers, parse};

/// What a file or a name came to.
enum Found {
    Route(Box<Route>),
    /// The file is unsound, and that was told.
    Unsound,
}

pub(super) fn print(
    cx: &mut Context<'_>,
    what: &Path,
    revision: Option<&Revision>,
    as_html: bool,
) -> Result<Outcome, Failure> {
    let found = if what.is_file() { from_file(cx, what, revision)? } else { from_ledger(cx, what, revision)? };
    let Found::Route(route) = found else { return Ok(Outcome::No) };
    let handovers: Vec<Handover<'_>> =
        handovers(&route).iter().map(|h| Handover { from: h.from, to: h.to, rework: h.rework }).collect();
    let sheet = RouteSheet::of(&route, &handovers)?;
    let page = if as_html { html::page(&sheet) } else { text::page(&sheet) };
    cx.out.write_all(page.as_bytes())?;
    Ok(Outcome::Done)
}

/// A file is proven before it is printed: people work by a sheet.
fn from_file(cx: &mut Context<'_>, path: &Path, revision: Option<&Revision>) -> Result<Found, Failure> {
    let mut checked = read_all(cx, &[PathBuf::from(path)])?;
    if !checked.findings.is_empty() {
        report(cx, &checked)?;
        return Ok(Found::Unsound);
    }
    let name = path.display();
    let Some(file) = checked.files.pop() else {
        return Err(Failure::wrong_use(format!("{name} says no route"), "name a route file"));
    };
    if let Some(other) = revision.filter(|wanted| **wanted != file.route.revision) {
        let what = format!("{name} is revision {}, not {other}", file.route.revision);
        return Err(Failure::wrong_use(what, "leave out --revision, or name the file of that revision"));
    }
    Ok(Found::Route(Box::new(file.route)))
}

fn from_ledger(cx: &Context<'_>, what: &Path, revision: Option<&Revision>) -> Result<Found, Failure> {
    let name = what.display();
    let id = what.to_str().and_then(|text| RouteId::parse(text).ok());
    let id = id.ok_or_else(|| {
        Failure::wrong_use(
            format!("there is no file {name}, and no route is called so"),
            "name a route file, or a route",
        )
    })?;
    let reader = cx.reader()?;
    let (listed, text) = released(&reader, &id, revision)?;
    let about = named(&id, &listed.release.revision);
    let file = parse(&format!("released {about}"), &text)
        .map_err(|_findings| Fault::new(format!("{about} could not be read"), "run `traveller verify`"))?;
    Ok(Found::Route(Box::new(file.route)))
}

//! `traveller route list` and `show`: what is released.

use serde::Serialize;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, json_line, lines, or_dash};
use crate::domain::id::{Revision, RouteId};
use crate::domain::time::At;
use crate::ledger::Reader;
use crate::ledger::read::master::Released;

/// A released revision, as scripts read it.
#[derive(Serialize)]
struct RouteLine<'a> {
    route: &'a RouteId,
    revision: &'a Revision,
    withdrawn: bool,
    released: Option<At>,
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> RouteLine<'a> {
    fn of(reader: &Reader, listed: &'a Released) -> Result<Self, Failure> {
        let event = reader.event_at(listed.released)?.map(|stored| stored.outcome()).transpose()?;
        let release = &listed.release;
        Ok(Self {
            route: &release.route,
            revision: &release.revision,
            withdrawn: release.withdrawn,
            released: event.map(|e| e.stamp.at),
            sha256: &release.sha256,
            text: None,
        })
    }
}

pub(super) fn list(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let routes = reader.routes()?;
    let routes: Vec<_> = routes.iter().map(|r| RouteLine::of(&reader, r)).collect::<Result<_, _>>()?;
    if cx.json {
        let mut list = JsonList::begin(cx.out, "routes")?;
        for route in &routes {
            list.item(route)?;
        }
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["route", "rev", "new units", "released", "sha256"]);
    for r in &routes {
        let begins = if r.withdrawn { "no" } else { "yes" };
        let (route, revision) = (r.route.to_string(), r.revision.to_string());
        table.row([route, revision, begins.to_owned(), or_dash(r.released), r.sha256.to_owned()]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

pub(super) fn show(cx: &mut Context<'_>, route: &RouteId, revision: Option<&Revision>) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let (listed, text) = released(&reader, route, revision)?;
    if cx.json {
        json_line(cx.out, &RouteLine { text: Some(&text), ..RouteLine::of(&reader, &listed)? })?;
    } else {
        lines(cx.out, &text)?;
    }
    Ok(Outcome::Done)
}

/// A released route and its exact text: the revision that is named, else the newest that is not withdrawn.
pub(super) fn released(
    reader: &Reader,
    route: &RouteId,
    revision: Option<&Revision>,
) -> Result<(Released, String), Failure> {
    let fits = |r: &Released| {
        let release = &r.release;
        release.route == *route && revision.map_or(!release.withdrawn, |wanted| release.revision == *wanted)
    };
    let wanted = revision.map_or_else(String::new, |wanted| format!(" revision {wanted}"));
    let unknown = || Failure::no(format!("route {route}{wanted} is not released"), "see `traveller route list`");
    let listed = reader.routes()?.into_iter().find(fits).ok_or_else(unknown)?;
    let text = reader.route_text(route, &listed.release.revision)?.ok_or_else(unknown)?;
    Ok((listed, text))
}

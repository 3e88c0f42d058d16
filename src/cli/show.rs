//! `traveller show UNIT`: everything on record about one unit.

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{json_line, lines};
use super::relabel;
use super::unit_args::UnitArg;
use crate::app::port::Fault;
use crate::domain::id::UnitId;
use crate::report::traveller_document::TravellerDocument;
use crate::report::traveller_text;
use crate::route_file::released;

pub(super) fn run(cx: &mut Context<'_>, args: &UnitArg) -> Result<Outcome, Failure> {
    let unit = relabel::meant(cx, args.unit.clone())?;
    let reader = cx.reader()?;
    let Some(traveller) = reader.traveller(&unit)? else { return Err(unknown(&unit)) };
    let Some((route, revision)) = &traveller.route else { return Err(unknown(&args.unit)) };
    let text = reader.route_text(route, revision)?;
    let route = text.as_deref().and_then(released).ok_or_else(|| {
        let what = format!("the released text of route {route} revision {revision} is missing or damaged");
        Fault::new(what, "run `traveller verify`")
    })?;
    let bodies = reader.history(&unit)?.into_iter().map(|stored| stored.body).collect();
    let document = TravellerDocument::new(&traveller, &route, bodies)
        .map_err(|bad| Fault::new(bad.to_string(), "run `traveller verify`"))?
        .ok_or_else(|| unknown(&unit))?;
    if cx.json {
        json_line(cx.out, &document)?;
    } else {
        lines(cx.out, &traveller_text::text(&document))?;
    }
    Ok(Outcome::Done)
}

/// The answer where a unit is not on record.
pub(super) fn unknown(unit: &UnitId) -> Failure {
    Failure::no(format!("unit {unit} is not on record"), "check the number; `traveller units` lists what is there")
}

//! `traveller suspects WHAT`: the units that a gauge, a person or a station may have spoilt.

use serde::Serialize;

use super::concern::{Concern, Concerned};
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table};
use super::unit_args::SuspectsArgs;
use crate::domain::id::UnitId;
use crate::domain::time::At;

pub(super) fn run(cx: &mut Context<'_>, args: &SuspectsArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let concern = Concern::suspect(&reader, args.what.clone(), args.span)?;
    if cx.json {
        let head = Head { of: concern.name(), since: concern.since(), until: args.span.until };
        let mut list = JsonList::after(cx.out, &head, "units")?;
        let total = concern.each_page(&reader, |page| {
            page.iter().try_for_each(|concerned| Ok(list.item(&UnitLine::of(concerned))?))
        })?;
        list.end_of(total)?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["unit", "state", "shipment"]);
    let total = concern.each_page(&reader, |page| {
        for c in page {
            table.row([c.unit.to_string(), c.state.word().to_owned(), "-".to_owned()]);
        }
        Ok(table.write(cx.out)?)
    })?;
    table.write(cx.out)?;
    writeln!(cx.out, "{total} units")?;
    Ok(Outcome::Done)
}

/// The answer, as scripts read it, before its units.
#[derive(Serialize)]
struct Head {
    of: String,
    since: Option<At>,
    until: Option<At>,
}

/// A unit, as scripts read it.
#[derive(Serialize)]
struct UnitLine<'a> {
    unit: &'a UnitId,
    state: &'static str,
    /// Always none: what is packed is not on record yet.
    shipment: Option<&'a str>,
}

impl<'a> UnitLine<'a> {
    fn of(concerned: &'a Concerned) -> Self {
        Self { unit: &concerned.unit, state: concerned.state.word(), shipment: None }
    }
}

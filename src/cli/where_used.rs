//! `traveller where-used X`: the units that a lot or a component went into, directly or within another unit.

use std::io::Write;

use serde_json::json;

use super::args::WhereUsedArgs;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{Table, json_line};
use crate::domain::id::UnitId;

pub(super) fn run(cx: &mut Context<'_>, args: &WhereUsedArgs) -> Result<Outcome, Failure> {
    let found = cx.reader()?.where_used(&args.what, args.after.as_ref(), args.limit)?;
    if cx.json {
        // Nothing is shipped yet: packing is not on record.
        let unit = |u: &crate::ledger::read::where_used::UsedIn| json!({"unit": u.unit, "via": u.via, "state": u.state.word(), "shipment": null});
        let units: Vec<_> = found.units.iter().map(unit).collect();
        json_line(cx.out, &json!({"of": args.what, "units": units, "total": found.total}))?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["unit", "state", "within"]);
    for used in &found.units {
        let via: Vec<_> = used.via.iter().map(UnitId::as_str).collect();
        let within = if via.is_empty() { "-".to_owned() } else { via.join(" > ") };
        table.row([used.unit.to_string(), used.state.word().to_owned(), within]);
    }
    table.write(cx.out)?;
    writeln!(cx.out, "{} of {} units", found.units.len(), found.total)?;
    Ok(Outcome::Done)
}

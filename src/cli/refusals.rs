//! `traveller refusals`: what the gate refused, with its evidence.

use serde::Serialize;

use super::args::RefusalsArgs;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, or_dash};
use crate::app::lang::Lang;
use crate::app::port::Fault;
use crate::app::settlement::EventId;
use crate::domain::event::Event;
use crate::domain::id::{Badge, StationId, StepId, UnitId};
use crate::domain::payload::Refused;
use crate::domain::refusal::{Evidence, Severity};
use crate::domain::time::At;
use crate::domain::what::What;
use crate::ledger::reader::{PAGE_ROWS_MOST, Reader};
use crate::ui::words;

pub(super) fn run(cx: &mut Context<'_>, args: &RefusalsArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let since = args.since.unwrap_or(At(i64::MIN));
    if cx.json {
        let mut list = JsonList::begin(cx.out, "refusals")?;
        each(&reader, since, |event, refused| Ok(list.item(&RefusalLine::of(event, refused))?))?;
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["at", "code", "station", "unit", "step", "by", "message"]);
    each(&reader, since, |event, refused| {
        let about = &event.about;
        table.row([
            event.stamp.at.to_string(),
            refused.code.word().to_owned(),
            or_dash(about.station.as_ref()),
            or_dash(about.unit.as_ref().or(refused.evidence.unit.as_ref())),
            or_dash(about.step.as_ref()),
            or_dash(about.by.as_ref()),
            words::message(Lang::English, refused.code, &refused.evidence),
        ]);
        Ok(())
    })?;
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

/// Every refusal from a moment on, oldest first, page by page.
fn each(
    reader: &Reader,
    since: At,
    mut visit: impl FnMut(&Event, &Refused) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let rows = reader.refusals(since, after, PAGE_ROWS_MOST)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = Some((last.at, last.place));
        for row in &rows {
            let stored = reader.event_at(row.place)?.map(|stored| stored.outcome()).transpose()?;
            if let Some((event, What::Refused(refused))) = stored.as_ref().map(|event| (event, &event.what)) {
                visit(event, refused)?;
            } else {
                let what = format!("the refusal of event {} is not in the record", row.place.seq());
                return Err(Fault::new(what, "run `traveller verify`").into());
            }
        }
    }
}

/// A refusal, as scripts read it.
#[derive(Serialize)]
struct RefusalLine<'a> {
    at: At,
    severity: Severity,
    code: &'static str,
    rule: &'static str,
    evidence: &'a Evidence,
    #[serde(rename = "do")]
    instead: String,
    station: Option<&'a StationId>,
    unit: Option<&'a UnitId>,
    step: Option<&'a StepId>,
    by: Option<&'a Badge>,
    message: String,
    event: EventId,
}

impl<'a> RefusalLine<'a> {
    fn of(event: &'a Event, refused: &'a Refused) -> Self {
        let (stamp, about) = (&event.stamp, &event.about);
        Self {
            at: stamp.at,
            severity: refused.code.severity(),
            code: refused.code.word(),
            rule: refused.code.rule(),
            evidence: &refused.evidence,
            instead: words::what_to_do(Lang::English, refused.code, &refused.evidence),
            station: about.station.as_ref(),
            unit: about.unit.as_ref(),
            step: about.step.as_ref(),
            by: about.by.as_ref(),
            message: words::message(Lang::English, refused.code, &refused.evidence),
            event: EventId { terminal: stamp.terminal.clone(), epoch: stamp.epoch.clone(), seq: stamp.seq },
        }
    }
}

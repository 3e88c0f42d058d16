//! `traveller recall`: from a supplier's letter to every unit that is held and every customer who has one, in one
//! command and one transaction; and the drill of it.

use serde::{Deserialize, Serialize};

use super::answer::tell;
use super::args::Signed;
use super::carton::shipment_cell;
use super::concern::{Concern, Concerned};
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::output::{JsonList, Table, json_line, lines};
use super::recall::{self, Recalled};
use super::recall_args::{RecallArgs, RecallFormat};
use crate::app::port::Fault;
use crate::app::together::Ended;
use crate::domain::id::UnitId;
use crate::domain::time::At;
use crate::domain::traveller::State;
use crate::ledger::Reader;
use crate::replicate::dir::Dir;
use crate::replicate::state;
use crate::report::recall::content::{Counts, RecallSheet, RecalledLot, RecalledUnit, shipments};
use crate::report::recall::{csv, page, text};
use crate::station::clock::StationClock;
use crate::station::open::Make;

/// Rows whose columns are aligned with one another.
const ROWS_AT_ONCE: usize = 1_000;
/// Drills that are remembered.
const DRILLS_MOST: usize = 50;

pub(super) fn run(cx: &mut Context<'_>, args: RecallArgs) -> Result<Outcome, Failure> {
    if args.drills {
        return drills(cx);
    }
    if args.suspect.is_none() && (args.span.since.is_some() || args.span.until.is_some()) {
        let what = "--since and --until are times in which something is suspect";
        return Err(Failure::wrong_use(what, "give them with --suspect, or leave them out"));
    }
    let format = args.format;
    let clock = StationClock::of_machine()?;
    let began = clock.read();
    let (Some(reason), Some(by)) = (args.reason.clone(), args.by.clone()) else {
        let reader = cx.reader()?;
        let concern = concern(&reader, args)?;
        let mut sheet = tried_out(&reader, &concern, began.at)?;
        sheet.took_ms = clock.read().mono.saturating_sub(began.mono) / 1_000;
        remember(cx, &sheet)?;
        return write(cx, format, &sheet);
    };
    let signed = Signed { reason, by };
    let mut clerk = cx.clerk(Make::Never)?;
    let concern = concern(clerk.ledger().reader(), args)?;
    let with = cx.signed(&signed.by)?;
    let (began, at) = (clock.read().mono, began.at);
    let ended = clerk.give_together(&signed.by, &with, |together| recall::hold(together, &concern, &signed))?;
    match ended {
        Ended::Done(recalled, _receipt) => {
            let mut sheet = held(clerk.ledger().reader(), recalled, at)?;
            sheet.took_ms = clock.read().mono.saturating_sub(began) / 1_000;
            write(cx, format, &sheet)
        }
        Ended::Refused(settled) => tell(cx, &concern.name(), &settled),
    }
}

fn concern(reader: &Reader, args: RecallArgs) -> Result<Concern, Failure> {
    match (args.what, args.supplier, args.serials, args.suspect) {
        (Some(what), ..) => Concern::used(reader, what),
        (_, Some(supplier), ..) => Concern::of_supplier(reader, supplier),
        (_, _, Some(serials), _) => Ok(Concern::Range(serials)),
        (.., Some(suspect)) => Concern::suspect(reader, suspect, args.span),
        _ => {
            Err(Failure::wrong_use("nothing is named to recall", "give a lot, a component, a unit or what is suspect"))
        }
    }
}

/// Who would be held, and where everything is.
fn tried_out(reader: &Reader, concern: &Concern, at: At) -> Result<RecallSheet, Failure> {
    let of = concern.name();
    let lots = concern.lots(reader)?.into_iter().map(|(lot, held)| RecalledLot { lot, held }).collect();
    let mut units = Vec::new();
    for Concerned { unit, state } in concern.all(reader)? {
        let held = state != State::Scrapped && !is_held_of(reader, &unit, &of)?;
        units.push(RecalledUnit { sent: reader.sent(&unit)?, unit, state, held });
    }
    Ok(sheet(of, at, true, lots, units))
}

/// Whether a unit is on hold for it already. Most are on no hold at all, and their histories are left alone.
fn is_held_of(reader: &Reader, unit: &UnitId, of: &str) -> Result<bool, Fault> {
    if !reader.is_held(unit)? {
        return Ok(false);
    }
    Ok(reader.traveller(unit)?.is_some_and(|t| t.is_held_of(of)))
}

fn held(reader: &Reader, recalled: Recalled, at: At) -> Result<RecallSheet, Failure> {
    let mut units = Vec::with_capacity(recalled.units.len());
    for met in recalled.units {
        units.push(RecalledUnit { sent: reader.sent(&met.unit)?, unit: met.unit, state: met.state, held: met.held });
    }
    let lots = recalled.lots.into_iter().map(|(lot, held)| RecalledLot { lot, held }).collect();
    Ok(sheet(recalled.of, at, false, lots, units))
}

fn sheet(of: String, at: At, drill: bool, lots: Vec<RecalledLot>, units: Vec<RecalledUnit>) -> RecallSheet {
    let (counts, shipments) = (Counts::of(&units), shipments(&units));
    RecallSheet { of, at, drill, took_ms: 0, lots, counts, shipments, units }
}

fn write(cx: &mut Context<'_>, format: RecallFormat, sheet: &RecallSheet) -> Result<Outcome, Failure> {
    match format {
        _ if cx.json => json_line(cx.out, sheet)?,
        RecallFormat::Csv => cx.out.write_all(csv(sheet).as_bytes())?,
        RecallFormat::Html => cx.out.write_all(page(sheet).as_bytes())?,
        RecallFormat::Text => {
            let mut table = Table::new(&["unit", "state", "held", "carton", "shipment", "customer"]);
            for some in sheet.units.chunks(ROWS_AT_ONCE) {
                for unit in some {
                    let text = |id: Option<&str>| id.unwrap_or("-").to_owned();
                    table.row([
                        unit.unit.to_string(),
                        unit.state.word().to_owned(),
                        (if unit.held { "now" } else { "-" }).to_owned(),
                        text(unit.sent.carton.as_ref().map(AsRef::as_ref)),
                        shipment_cell(&unit.sent),
                        text(unit.sent.customer.as_deref()),
                    ]);
                }
                table.write(cx.out)?;
            }
            lines(cx.out, &text(sheet))?;
        }
    }
    Ok(Outcome::Done)
}

/// A drill, as it is remembered beside the ledger.
#[derive(Debug, Serialize, Deserialize)]
struct Drilled {
    of: String,
    at: At,
    took_ms: u64,
    units: usize,
    held: usize,
    dispatched: usize,
    shipments: usize,
}

/// Keeps what a drill came to. It is state, no event: nothing happened to any unit.
fn remember(cx: &Context<'_>, sheet: &RecallSheet) -> Result<(), Failure> {
    let (counts, shipments) = (sheet.counts, sheet.shipments.len());
    let path = cx.settings.state_dir(&cx.settings.ledger);
    let mut drills: Vec<Drilled> = read_drills(cx)?;
    drills.push(Drilled {
        of: sheet.of.clone(),
        at: sheet.at,
        took_ms: sheet.took_ms,
        units: counts.units,
        held: counts.held,
        dispatched: counts.dispatched,
        shipments,
    });
    let from = drills.len().saturating_sub(DRILLS_MOST);
    drills.drain(..from);
    let kept = Dir::open_or_make(&path).and_then(|dir| state::write_recall_drills(&dir, &drills));
    if let Err(e) = kept {
        super::context::note(&format!("the drill is not remembered: {}: {e}", path.display()));
    }
    Ok(())
}

fn read_drills(cx: &Context<'_>) -> Result<Vec<Drilled>, Failure> {
    let path = cx.settings.state_dir(&cx.settings.ledger);
    let unreadable =
        |e: std::io::Error| Fault::new(format!("{}: {e}", path.display()), "move the file away; drills begin anew");
    Ok(state::read_recall_drills(&path).map_err(unreadable)?.unwrap_or_default())
}

fn drills(cx: &mut Context<'_>) -> Result<Outcome, Failure> {
    let drills = read_drills(cx)?;
    if cx.json {
        let mut list = JsonList::begin(cx.out, "drills")?;
        drills.iter().try_for_each(|drill| list.item(drill))?;
        list.end()?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["when", "of", "units", "would be held", "have left", "shipments", "ms"]);
    for drill in &drills {
        table.row([
            drill.at.to_string(),
            drill.of.clone(),
            drill.units.to_string(),
            drill.held.to_string(),
            drill.dispatched.to_string(),
            drill.shipments.to_string(),
            drill.took_ms.to_string(),
        ]);
    }
    table.write(cx.out)?;
    Ok(Outcome::Done)
}

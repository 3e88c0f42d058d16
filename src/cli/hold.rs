//! `traveller hold`: units, a lot, or all that something concerns; and the end of a hold.

use super::answer::{About, give_all};
use super::args::Signed;
use super::concern::Concern;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::recall;
use super::unit_args::HoldArgs;
use crate::domain::command::{Command, LotMove};
use crate::domain::event::Link;
use crate::domain::id::UnitId;
use crate::ledger::Reader;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, args: HoldArgs) -> Result<Outcome, Failure> {
    if args.suspect.is_none() && (args.span.since.is_some() || args.span.until.is_some()) {
        let what = "--since and --until are times in which something is suspect";
        return Err(Failure::wrong_use(what, "give them with --suspect, or leave them out"));
    }
    if let Some(what) = args.where_used {
        return recall::run(cx, &args.signed, |reader| Concern::used(reader, what));
    }
    if let Some(what) = args.suspect {
        return recall::run(cx, &args.signed, |reader| Concern::suspect(reader, what, args.span));
    }
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let hold = named(clerk.ledger().reader(), &args)?;
    give_all(cx, &mut clerk, &with, commands(args, hold.as_ref()))
}

/// The hold of that number. One that the unit does not have is the gate's to refuse.
fn named(reader: &Reader, args: &HoldArgs) -> Result<Option<Link>, Failure> {
    let Some(number) = args.hold else { return Ok(None) };
    let [unit] = args.units.as_slice() else {
        return Err(Failure::wrong_use("--hold names a hold of one unit", "give one unit, or leave --hold out"));
    };
    let holds = reader.traveller(unit)?.map(|t| t.holds).unwrap_or_default();
    let known = holds.into_iter().map(|held| held.event).find(|event| event.seq() == number);
    Ok(Some(known.unwrap_or(Link::Here(number))))
}

fn commands(args: HoldArgs, hold: Option<&Link>) -> Vec<About> {
    let HoldArgs { units, lot, release, signed: Signed { reason, by }, .. } = args;
    if let Some(lot) = lot {
        let to = if release { LotMove::Release } else { LotMove::Hold };
        return vec![(format!("lot {lot}"), Command::ChangeLot { lot, to, reason, by })];
    }
    let of = |unit: UnitId| {
        let (about, reason, by) = (unit.to_string(), reason.clone(), by.clone());
        let command = if release {
            Command::ReleaseHold { unit, hold: hold.cloned(), reason, by }
        } else {
            Command::HoldUnit { unit, reason, by }
        };
        (about, command)
    };
    units.into_iter().map(of).collect()
}

//! `traveller hold`: units, a lot, or all that something concerns; and the end of a hold.

use super::answer::{About, give_all};
use super::args::Signed;
use super::concern::Concern;
use super::context::Context;
use super::failure::{Failure, Outcome};
use super::recall;
use super::unit_args::HoldArgs;
use crate::domain::command::{Command, LotMove};
use crate::domain::id::UnitId;
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
    give_all(cx, &mut clerk, &with, commands(args))
}

fn commands(args: HoldArgs) -> Vec<About> {
    let HoldArgs { units, lot, release, signed: Signed { reason, by }, .. } = args;
    if let Some(lot) = lot {
        let to = if release { LotMove::Release } else { LotMove::Hold };
        return vec![(format!("lot {lot}"), Command::ChangeLot { lot, to, reason, by })];
    }
    let of = |unit: UnitId| {
        let (about, reason, by) = (unit.to_string(), reason.clone(), by.clone());
        let hold =
            if release { Command::ReleaseHold { unit, reason, by } } else { Command::HoldUnit { unit, reason, by } };
        (about, hold)
    };
    units.into_iter().map(of).collect()
}

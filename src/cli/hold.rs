//! `traveller hold`: units or a lot that may not go on, and their release.

use super::answer::{About, give_all};
use super::args::{HoldArgs, Signed};
use super::context::Context;
use super::failure::{Failure, Outcome};
use crate::domain::command::{Command, LotMove};
use crate::domain::id::UnitId;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, args: HoldArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    give_all(cx, &mut clerk, &with, commands(args))
}

fn commands(args: HoldArgs) -> Vec<About> {
    let HoldArgs { units, lot, release, signed: Signed { reason, by } } = args;
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

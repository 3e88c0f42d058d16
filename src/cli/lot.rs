//! `traveller lot`: material as it comes in, and whether it may be used.

use super::answer::give_all;
use super::context::{Context, note};
use super::failure::{Failure, Outcome};
use super::lot_args::{InspectArgs, LotChangeArgs, LotCommand, ReceiveArgs};
use super::lot_label::{self, Labelled};
use super::{lot_list, lot_show};
use crate::domain::command::{Command, LotMove};
use crate::station::clock::StationClock;
use crate::station::open::Make;

pub(super) fn run(cx: &mut Context<'_>, command: LotCommand) -> Result<Outcome, Failure> {
    match command {
        LotCommand::Receive(args) => receive(cx, args),
        LotCommand::Hold(args) => change(cx, args, LotMove::Hold),
        LotCommand::Release(args) => change(cx, args, LotMove::Release),
        LotCommand::Reject(args) => change(cx, args, LotMove::Reject),
        LotCommand::Inspect(args) => inspect(cx, args),
        LotCommand::Open(args) => change(cx, args, LotMove::Open),
        LotCommand::Seal(args) => change(cx, args, LotMove::Seal),
        LotCommand::List(args) => lot_list::run(cx, &args),
        LotCommand::Show { lot } => lot_show::run(cx, &lot),
    }
}

fn receive(cx: &mut Context<'_>, args: ReceiveArgs) -> Result<Outcome, Failure> {
    let ReceiveArgs { lot: given, part, quantity, supplier, expires, quarantine, label, by } = args;
    let now = StationClock::of_machine()?.read().at;
    let labelled = lot_label::read(&given, label.as_deref(), expires, now)?;
    let mut clerk = cx.clerk(Make::Never)?;
    lot_label::of_part(clerk.ledger().reader(), &part, &labelled)?;
    let Labelled { lot, expires, label, gtin: _ } = labelled;
    if let Some(day) = expires.filter(|day| day.is_over(now)) {
        note(&format!("lot {lot} expired on {day}: it is recorded, and cannot be used"));
    }
    let with = cx.signed(&by)?;
    let about = format!("lot {lot}");
    give_all(
        cx,
        &mut clerk,
        &with,
        [(about, Command::ReceiveLot { lot, part, quantity, supplier, expires, quarantine, label, by })],
    )
}

fn inspect(cx: &mut Context<'_>, args: InspectArgs) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let about = format!("lot {}", args.lot);
    let (reason, by) = (args.signed.reason, args.signed.by);
    let command = Command::InspectLot { lot: args.lot, passed: args.passed, reason, by };
    give_all(cx, &mut clerk, &with, [(about, command)])
}

fn change(cx: &mut Context<'_>, args: LotChangeArgs, to: LotMove) -> Result<Outcome, Failure> {
    let mut clerk = cx.clerk(Make::Never)?;
    let with = cx.signed(&args.signed.by)?;
    let about = format!("lot {}", args.lot);
    let command = Command::ChangeLot { lot: args.lot, to, reason: args.signed.reason, by: args.signed.by };
    give_all(cx, &mut clerk, &with, [(about, command)])
}

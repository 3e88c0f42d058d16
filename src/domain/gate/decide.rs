//! The gate's answer to every command.

use crate::domain::ambient::{Ambient, SCREEN_SETTLE_MS};
use crate::domain::command::{Batch, Command};
use crate::domain::command_code::CommandCode;
use crate::domain::facts::Facts;
use crate::domain::label::Label;
use crate::domain::refusal::{Code, Evidence, Refusal};
use crate::domain::route::Route;
use crate::domain::settling::Settle;
use crate::domain::text::display_safe;
use crate::domain::traveller::Traveller;

use super::case::{Answer, Case, reason_fits};
use super::decision::Decision;
use super::reading::{Meaning, read};
use super::said::Said;
use super::{
    batches, confirming, disposing, finishing, first_piece, gauges, labels, loading, loads, lots, material, moving,
    nests, observing, opening, orders, overriding, packing, panels, paper, people, permits, pieces, recall, reworking,
    routes, settling, shipping, signing, waiving, watch,
};

/// The version of the rules. A change that alters any verdict raises it; what the older ones said stays.
///
/// 2: a label that no device sent is typed, no longer scanned; a text is no command code.
///
/// 3: a day or a time is known for certain or refused; a gauge that the route asks for is one that was registered.
///
/// 4: each hold of a unit stands for itself, and a unit on hold stops the one that it is in.
///
/// 5: a unit whose history forks or has a hole is not worked on before a lead has decided.
pub const GATE: u32 = 5;

/// Decides a command: the events to append, or a refusal, itself an event.
///
/// `open` is the unit that is open at the station, one without a number where none is; `route` is the revision that it
/// is pinned to.
pub fn decide(open: &Traveller, route: Option<&Route>, now: &Ambient, facts: &Facts, command: &Command) -> Decision {
    decide_under(GATE, open, route, now, facts, command)
}

/// Decides a command as it was decided under an older version of the rules.
pub fn decide_under(
    gate: u32,
    open: &Traveller,
    route: Option<&Route>,
    now: &Ambient,
    facts: &Facts,
    command: &Command,
) -> Decision {
    let label = command.label();
    let board = if let Command::Board(board) = command { Some(board) } else { None };
    let case = Case { open, route, now, facts, label, board, gate, let_go: &[] };
    let decided = || waiving::decided(&case, |case| answer(case, command));
    let answer = reason_of(command)
        .map_or(Ok(()), reason_fits)
        .and_then(|()| watch::works(&case, command))
        .and_then(|()| nests::which_unit(&case, command))
        .and_then(|()| paper::allows(&case, command))
        .and_then(|()| decided());
    paper::marked(&case, answer.unwrap_or_else(|refusal| case.refused(refusal)))
}

fn answer(case: &Case<'_>, command: &Command) -> Answer {
    match command {
        Command::For { command, .. } => answer(case, command),
        Command::Scan { label, .. } => scan(case, label),
        Command::Board(board) => panels::board(case, board),
        Command::Load(act) => loads::act(case, act),
        Command::Value { value, check, point: None, gauge, .. } if loads::is_meant(case, gauge.as_ref()) => {
            loads::value(case, value, check.as_ref(), gauge.as_ref())
        }
        Command::Value { value, check, point, gauge, .. } => match pieces::counting(case.facts, command) {
            Some(counting) => pieces::said(case, counting, value),
            None => observing::value(case, value, check.as_ref(), point.as_ref(), gauge.as_ref()),
        },
        Command::Pass => finishing::pass(case),
        Command::Fail { reason } => finishing::fail(case, reason),
        Command::Hold { reason } => finishing::hold(case, reason),
        Command::Void { reason } => finishing::void(case, reason),
        Command::Retest { reason } => finishing::retest(case, reason),
        Command::Skip => finishing::skip(case),
        Command::Close => finishing::close(case),
        Command::SignOn { badge } => people::sign_on(case, badge),
        Command::SignOff { why } => people::sign_off(case, *why),
        Command::Sign { badge } => signing::sign(case, badge),
        Command::Dispose { .. } => disposing::dispose(case, command),
        Command::HoldUnit { unit, reason, by } => disposing::hold(case, unit, reason, by),
        Command::ReleaseHold { unit, hold, reason, by } => disposing::release(case, unit, hold.as_ref(), reason, by),
        Command::Settle(settle) => settling::settle(case, settle),
        Command::Enrol { .. } => people::enrol(case, command),
        Command::Revoke { badge, reason, by } => people::revoke(case, badge, reason, by),
        Command::ChangePin { badge, pin_id, recover: Some(user), .. } => people::recover_pin(case, badge, pin_id, user),
        Command::ChangePin { badge, pin_id, by, recover: None } => people::change_pin(case, badge, pin_id, by),
        Command::ConfirmPin(confirm) => confirming::confirm(case, confirm),
        Command::ReleaseRoute { .. } => routes::release(case, command),
        Command::WithdrawRoute { route, revision, reason, by } => routes::withdraw(case, route, revision, reason, by),
        Command::ReceiveLot { .. } => lots::receive(case, command),
        Command::ChangeLot { lot, to, reason, by } => lots::change(case, lot, *to, reason, by),
        Command::InspectLot { lot, passed, reason, by } => lots::inspect(case, lot, *passed, reason, by),
        Command::HoldUnits { units, of, reason, by } => recall::hold(case, units, of, reason, by),
        Command::Recover { unit, removed, reason, by } => disposing::recover(case, unit, removed, reason, by),
        Command::OpenOrder { .. } => orders::open(case, command),
        Command::CloseOrder { order, reason, by } => orders::close(case, order, reason, by),
        Command::RegisterGauge { .. } => gauges::register(case, command),
        Command::CalibrateGauge { gauge, due, good, reason, by } => {
            gauges::calibrate(case, gauge, *due, *good, (reason, by))
        }
        Command::RetireGauge { gauge, reason, by } => gauges::retire(case, gauge, reason, by),
        Command::Qualify { badge, qualifications, by } => people::qualify(case, badge, qualifications, by),
        Command::Batch(batch) => batches::act(case, batch),
        Command::Label(labelling) => labels::act(case, labelling),
        Command::Paper(paper) => paper::act(case, paper),
        Command::Permit(permitting) => permits::decide(case, permitting),
        Command::Override(over) => overriding::decide(case, over),
        Command::Rework(command) => reworking::decide(case, command),
        Command::Watch(watching) => watch::act(case, watching),
        Command::Move(moved) => moving::move_to(case, moved),
        Command::DropFirstPiece(drop) => first_piece::drop(case, drop),
        Command::SeenMove => moving::seen_at_bench(case),
        Command::Pack(packing) => packing::give(case, packing),
        Command::Malformed { .. } => Err(Refusal::bare(Code::BadInput)),
    }
}

/// The reason that a command gives. One about a station is looked at with it.
fn reason_of(command: &Command) -> Option<&str> {
    Some(match command.inner() {
        Command::Fail { reason }
        | Command::Hold { reason }
        | Command::Void { reason }
        | Command::Retest { reason }
        | Command::Dispose { reason, .. }
        | Command::HoldUnit { reason, .. }
        | Command::ReleaseHold { reason, .. }
        | Command::Revoke { reason, .. }
        | Command::WithdrawRoute { reason, .. }
        | Command::ChangeLot { reason, .. }
        | Command::InspectLot { reason, .. }
        | Command::HoldUnits { reason, .. }
        | Command::Recover { reason, .. }
        | Command::CloseOrder { reason, .. }
        | Command::CalibrateGauge { reason, .. }
        | Command::Settle(Settle { reason, .. })
        | Command::RetireGauge { reason, .. }
        | Command::Batch(Batch::Reject { reason, .. }) => reason,
        Command::Permit(permitting) => permitting.reason(),
        Command::Label(labelling) => labelling.reason(),
        Command::Override(over) => &over.reason,
        Command::Rework(reworking) => reworking.reason(),
        Command::Move(moved) => &moved.reason,
        Command::DropFirstPiece(drop) => &drop.reason,
        Command::Scan { .. }
        | Command::Load(_)
        | Command::Board(_)
        | Command::Value { .. }
        | Command::Pass
        | Command::Close
        | Command::SignOn { .. }
        | Command::SignOff { .. }
        | Command::Sign { .. }
        | Command::Enrol { .. }
        | Command::ChangePin { .. }
        | Command::ConfirmPin(_)
        | Command::ReleaseRoute { .. }
        | Command::ReceiveLot { .. }
        | Command::Skip
        | Command::For { .. }
        | Command::OpenOrder { .. }
        | Command::RegisterGauge { .. }
        | Command::Qualify { .. }
        | Command::Batch(Batch::Split { .. } | Batch::Merge { .. })
        | Command::Watch(_)
        | Command::SeenMove
        | Command::Paper(_)
        | Command::Malformed { .. } => return None,
        Command::Pack(packing) => return packing.reason(),
    })
}

fn scan(case: &Case<'_>, label: &Label) -> Answer {
    if case.now.given.screen_ms.is_some_and(|ms| ms < SCREEN_SETTLE_MS) {
        return Err(Refusal::new(Code::StaleScan, Evidence { label: case.label_shown(), ..Evidence::default() }));
    }
    let said = labels::resolved(case, label, Said::of(case, label)?)?;
    let case = &nests::meant(case, &said, label)?;
    match understood(case, &said) {
        // A refusal is about the unit that the scan was meant for. One that is let go is decided again first.
        Err(refusal) if refusal.evidence.turned_by.is_none() => Ok(case.refused(refusal)),
        answer => answer,
    }
}

fn understood(case: &Case<'_>, said: &Said<'_>) -> Answer {
    if let Some(answer) = labels::scanned(case, said) {
        return answer;
    }
    let meaning = read(case, said);
    watch::scans(case, &meaning)?;
    match meaning {
        Meaning::Code(code) => obey(case, code),
        Meaning::DamagedCode => Err(case.about_label(Code::Misread)),
        Meaning::Badge(person) => people::badge(case, person),
        Meaning::NobodyHere if case.facts.other.as_ref().is_some_and(|o| o.route.is_some()) => {
            Err(case.about_label(Code::NotSignedOn))
        }
        Meaning::NobodyHere => Err(case.about_label(Code::UnknownBadge)),
        Meaning::KnownButNobodyHere => Err(case.about_label(Code::NotSignedOn)),
        Meaning::OpenUnit => opening::again(case),
        Meaning::Component { part, found, serial } => material::install_component(case, (part, found), &serial, said),
        Meaning::Verify { part, serial } => material::verify(case, part, &serial),
        Meaning::Lot { part, lot } => material::install_from_lot(case, part, lot, said),
        Meaning::Check { check, point } => observing::scanned(case, check, point, said.body),
        Meaning::Ambiguous(fits) => {
            Err(Refusal::new(Code::AmbiguousLabel, Evidence { label: case.label_shown(), fits, ..Evidence::default() }))
        }
        Meaning::Recorded(evidence) => Err(Refusal::new(Code::AlreadyRecorded, *evidence)),
        Meaning::Panel(route) => panels::open(case, route),
        Meaning::Unit(other) => packing::unit(case, other).unwrap_or_else(|| opening::open(case, other)),
        Meaning::NoUnit(release) => opening::no_number(case, release, said),
        Meaning::Load { route, part, lot } => loading::load(case, route, part, lot, said),
        Meaning::Gauge(gauge) => gauges::select(case, gauge),
        Meaning::Order(order) => orders::select(case, order),
        Meaning::Carton(carton) => packing::scanned(case, &carton),
        Meaning::Shipment(shipment) => shipping::select(case, shipment),
        Meaning::StrayLot(lot) => material::stray_lot(case, lot, said),
        Meaning::AnotherPart { found, lot } => material::another_part(case, found, lot, said),
        Meaning::Lacks { part, field } => material::lacks(case, part, field),
        Meaning::Installed(component) => material::stray_component(case, component),
        Meaning::UnknownLot(lot) => {
            let refusal = case.about_label(Code::UnknownLot);
            let label = lot.map(|lot| display_safe(lot).into_owned()).or_else(|| refusal.evidence.label.clone());
            Err(Refusal::new(Code::UnknownLot, Evidence { label, ..*refusal.evidence }))
        }
        Meaning::Unknown => Err(case.about_label(Code::UnknownLabel)),
    }
}

/// A command barcode does what its key does; those that need a reason ask for it by the key.
fn obey(case: &Case<'_>, code: CommandCode) -> Answer {
    match code {
        CommandCode::Pass | CommandCode::Close if case.is_unsaid() => {
            Err(nests::not_said(&case.each_open(), case.label_shown()))
        }
        CommandCode::Pass => finishing::pass(case),
        CommandCode::Close => finishing::close(case),
        CommandCode::SignOff => people::sign_off(case, crate::domain::what::Leaving::SignOff),
        CommandCode::Fail | CommandCode::Hold | CommandCode::Void | CommandCode::Retest => {
            Err(case.about_label(Code::BadInput))
        }
    }
}

//! A small plant to write about: events made by hand, as the gate would.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::app::port::{Head, Ledger as _};
use crate::domain::ambient::Given;
use crate::domain::command::Command;
use crate::domain::event::{About, Cause, Event, How, Link, Stamp};
use crate::domain::facts::{Ask, Facts};
use crate::domain::id::{
    Badge, Boot, CheckId, DeviceId, LotId, OrderId, PartId, PinId, Revision, RouteId, Serial, Session, StationId,
    StepId, UnitId,
};
use crate::domain::refusal::{Code, Evidence};
use crate::domain::role::{Auth, Role};
use crate::domain::time::{At, Clock, SECOND};
use crate::domain::what::{
    CheckRecorded, Disposed, Failure, GaugeCalibrated, GaugeRegistered, LotChanged, LotReceived, MaterialInstalled,
    Next, Nothing, ObservationVoided, OperatorEnrolled, OrderChanged, OrderOpened, Outcome, Piece, PinChanged, Refused,
    Removed, RouteReleased, Sampled, SignedOn, StepFailed, StepPassed, UnitDispatched, UnitHeld, UnitOpened,
    UnitStarted, Voided, What,
};
use crate::ledger::birth::Birth;
use crate::ledger::open::{Options, open_writer};
use crate::ledger::writer::Writer;

use super::small_route::read_route;

/// 2026-11-23, 06:00 UTC.
pub(super) const MORNING: At = At(1_795_413_600 * SECOND);

/// A directory with a ledger in it.
pub(super) struct Plant {
    pub(super) dir: TempDir,
    pub(super) path: PathBuf,
}

impl Plant {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("plant.db");
        Self { dir, path }
    }

    /// The ledger, made where there is none.
    pub(super) fn writer(&self) -> Writer {
        writer(&self.path)
    }

    pub(super) fn head_path(&self) -> PathBuf {
        crate::ledger::head_file::default_path(&self.path)
    }

    /// The database as a stranger opens it, to do harm.
    pub(super) fn stranger(&self) -> rusqlite::Connection {
        stranger(&self.path)
    }
}

#[expect(clippy::disallowed_methods, reason = "a stranger does not go through the ledger")]
pub(super) fn stranger(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}

pub(super) fn writer(path: &Path) -> Writer {
    open_writer(path, &making()).unwrap()
}

/// To open a ledger, or to make it.
pub(super) fn making() -> Options {
    let birth = Birth { at: MORNING, clock: Clock::Synced, boot: boot(), mono: 1, demo: false, after: None };
    Options { create: Some(birth), ..Options::new(read_route) }
}

fn boot() -> Boot {
    Boot::parse("0a1b2c3d").unwrap()
}

/// What an event says, and about what.
pub(super) type Draft = (About, What);

/// Records one action; what is durable afterwards.
pub(super) fn act(ledger: &mut Writer, drafts: &[Draft]) -> Head {
    ledger.begin().unwrap();
    append(ledger, drafts);
    ledger.commit().unwrap()
}

/// Appends one action within a transaction.
pub(super) fn append(ledger: &mut Writer, drafts: &[Draft]) {
    let events = events(&ledger.head().unwrap(), drafts);
    ledger.append(&events).unwrap();
}

/// The events of one action that follow a head.
pub(super) fn events(head: &Head, drafts: &[Draft]) -> Vec<Event> {
    let act = head.seq + 1;
    let numbered = drafts.iter().zip(act..);
    numbered
        .map(|((about, what), seq)| Event {
            stamp: Stamp {
                terminal: head.terminal.clone(),
                epoch: head.epoch.clone(),
                seq,
                act,
                at: MORNING.plus(i64::try_from(seq).unwrap() * 60 * SECOND),
                clock: Clock::Synced,
                boot: boot(),
                mono: seq * 1_000,
                elsewhere: None,
            },
            about: about.clone(),
            what: what.clone(),
            cause: (seq == act).then(|| {
                let (ambient, facts) = (Given::default(), Facts::default());
                Box::new(Cause { cmd: Command::Pass, ambient, facts, gate: 1 })
            }),
        })
        .collect()
}

pub(super) fn unit(name: &str) -> UnitId {
    UnitId::parse(name).unwrap()
}

pub(super) fn station(name: &str) -> StationId {
    StationId::parse(name).unwrap()
}

pub(super) fn step(id: &str) -> StepId {
    StepId::parse(id).unwrap()
}

pub(super) fn badge(text: &str) -> Badge {
    Badge::parse(text).unwrap()
}

/// About a unit at step 10, done at station ASM-1 by OP-2001.
pub(super) fn about(name: &str) -> About {
    About {
        unit: Some(unit(name)),
        route: RouteId::parse("pc200").ok(),
        revision: Revision::parse("C").ok(),
        step: Some(step("10")),
        attempt: Some(1),
        station: Some(station("ASM-1")),
        by: Some(badge("OP-2001")),
        auth: Some(Auth::Badge),
        how: Some(How::Scanned(DeviceId::parse("scanner 1").unwrap())),
        ..About::default()
    }
}

/// About no unit, from a shell, by a lead who gave the PIN.
pub(super) fn from_shell() -> About {
    About { by: Some(badge("OP-1001")), auth: Some(Auth::BadgePin), ..About::default() }
}

pub(super) fn started(name: &str) -> Draft {
    let first = Next { step: step("10"), station: station("assembly") };
    (About { step: None, attempt: None, ..about(name) }, What::UnitStarted(UnitStarted { first, variant: None }))
}

pub(super) fn opened(name: &str) -> Draft {
    (about(name), What::UnitOpened(UnitOpened { takeover_from: None, supervisor: None, due: None }))
}

pub(super) fn lot_in(name: &str, lot: &str, quantity: u32) -> Draft {
    let piece = Piece::Lot(LotId::parse(lot).unwrap());
    let part = PartId::parse("GSK-4410").unwrap();
    (about(name), What::MaterialInstalled(MaterialInstalled { part, piece, quantity, is: None, remarks: Vec::new() }))
}

pub(super) fn serial_in(name: &str, serial: &str) -> Draft {
    let piece = Piece::Serial(Serial::parse(serial).unwrap());
    let part = PartId::parse("PCB-0417").unwrap();
    (
        about(name),
        What::MaterialInstalled(MaterialInstalled { part, piece, quantity: 1, is: None, remarks: Vec::new() }),
    )
}

pub(super) fn lot_taken_back(name: &str, lot: &str, quantity: u32, of: u64) -> Draft {
    let piece = Piece::Lot(LotId::parse(lot).unwrap());
    let of_it = Voided::Material { part: PartId::parse("GSK-4410").unwrap(), piece, quantity };
    let about = About { corrects: Some(Link::Here(of)), ..about(name) };
    (about, What::ObservationVoided(ObservationVoided { of: of_it }))
}

pub(super) fn check_taken_back(name: &str, of: u64) -> Draft {
    let of_it = Voided::Check { check: CheckId::parse("torque").unwrap(), point: None };
    let about = About { corrects: Some(Link::Here(of)), ..about(name) };
    (about, What::ObservationVoided(ObservationVoided { of: of_it }))
}

pub(super) fn checked(name: &str, value: &str, passed: bool) -> Draft {
    let check = CheckId::parse("torque").unwrap();
    let data = CheckRecorded { check, point: None, value: value.to_owned(), passed, gauge: None };
    (about(name), What::CheckRecorded(data))
}

pub(super) fn passed(name: &str, next: Option<&str>) -> Draft {
    let next = next.map(|id| Next { step: step(id), station: station("test") });
    (about(name), What::StepPassed(StepPassed { next, samples: Vec::new(), gauges: Vec::new() }))
}

pub(super) fn failed(name: &str) -> Draft {
    (about(name), What::StepFailed(StepFailed { because: Failure::Operator, defect: None }))
}

pub(super) fn dispatched(name: &str) -> Draft {
    (about(name), What::UnitDispatched(UnitDispatched::default()))
}

pub(super) fn held(name: &str, reason: &str) -> Draft {
    let about = About { unit: Some(unit(name)), reason: Some(reason.to_owned()), ..from_shell() };
    (about, What::UnitHeld(UnitHeld::default()))
}

pub(super) fn hold_released(name: &str) -> Draft {
    (About { unit: Some(unit(name)), ..from_shell() }, What::HoldReleased(Nothing))
}

pub(super) fn reworked(name: &str, removed: &[(&str, crate::domain::what::Fate)]) -> Draft {
    let removed =
        removed.iter().map(|(serial, fate)| Removed { serial: Serial::parse(serial).unwrap(), fate: *fate }).collect();
    let outcome = Outcome::Rework { to: step("10"), station: station("assembly"), due: vec![step("10")] };
    (about(name), What::Disposed(Disposed { outcome, removed, defect: None }))
}

pub(super) fn refused(name: Option<&str>, code: Code) -> Draft {
    let evidence = Box::new(Evidence { badge: Some(badge("OP-1001")), ..Evidence::default() });
    let about = About { unit: name.map(unit), ..about("X") };
    (about, What::Refused(Refused { code, evidence }))
}

pub(super) fn enrolled(who: &str, roles: &[Role]) -> Draft {
    let data = OperatorEnrolled {
        badge: badge(who),
        name: format!("Name of {who}"),
        roles: roles.to_vec(),
        qualifications: Vec::new(),
        pin_id: PinId::parse("00112233aabbccdd").unwrap(),
    };
    (from_shell(), What::OperatorEnrolled(data))
}

/// A PIN that was given without one.
pub(super) fn recovered(who: &str) -> Draft {
    let data = PinChanged { badge: badge(who), pin_id: PinId::parse("8899aabbccddeeff").unwrap() };
    (About { auth: None, ..from_shell() }, What::PinChanged(data))
}

pub(super) fn signed_on(who: &str) -> Draft {
    let session = Session::parse("0123456789abcdef").unwrap();
    let about = About { unit: None, step: None, attempt: None, ..about("X") };
    (about, What::SignedOn(SignedOn { badge: badge(who), session }))
}

pub(super) fn lot_received(lot: &str, quantity: u32) -> Draft {
    let data = LotReceived {
        lot: LotId::parse(lot).unwrap(),
        part: PartId::parse("GSK-4410").unwrap(),
        quantity: crate::domain::number::Number::whole(quantity),
        supplier: Some("ACME".to_owned()),
        expires: None,
        quarantined: false,
    };
    (from_shell(), What::LotReceived(data))
}

pub(super) fn lot_held(lot: &str) -> Draft {
    (from_shell(), What::LotHeld(LotChanged { lot: LotId::parse(lot).unwrap() }))
}

/// An order for ten units, with these numbers.
pub(super) fn order_opened(order: &str, serials: Option<&str>) -> Draft {
    let (about, _) = route_released("pc200", "C", "x");
    let data = OrderOpened {
        order: OrderId::parse(order).unwrap(),
        variant: None,
        quantity: 10,
        serials: serials.map(|s| s.parse().unwrap()),
        customer: None,
        purpose: None,
    };
    (about, What::OrderOpened(data))
}

pub(super) fn order_closed(order: &str) -> Draft {
    (from_shell(), What::OrderClosed(OrderChanged { order: OrderId::parse(order).unwrap() }))
}

/// A unit that begins under an order.
pub(super) fn started_under(name: &str, order: &str) -> Draft {
    let (about, what) = started(name);
    (About { order: OrderId::parse(order).ok(), ..about }, what)
}

pub(super) fn gauge_registered(gauge: &str) -> Draft {
    let due = "2027-01-31".parse().unwrap();
    let data = GaugeRegistered { gauge: DeviceId::parse(gauge).unwrap(), kind: "torque".to_owned(), due };
    (from_shell(), What::GaugeRegistered(data))
}

pub(super) fn gauge_calibrated(gauge: &str, good: bool) -> Draft {
    let due = "2027-06-30".parse().unwrap();
    (from_shell(), What::GaugeCalibrated(GaugeCalibrated { gauge: DeviceId::parse(gauge).unwrap(), due, good }))
}

/// Step 10 passed, and whether the unit has step 20.
pub(super) fn drawn(name: &str, taken: bool) -> Draft {
    let next = Next { step: step("20"), station: station("test") };
    let samples = vec![Sampled { step: step("20"), taken }];
    (about(name), What::StepPassed(StepPassed { next: Some(next), samples, gauges: Vec::new() }))
}

/// A lot with a last day.
pub(super) fn lot_received_until(lot: &str, quantity: u32, until: &str) -> Draft {
    let (about, what) = lot_received(lot, quantity);
    let What::LotReceived(data) = what else { unreachable!() };
    (about, What::LotReceived(LotReceived { expires: until.parse().ok(), ..data }))
}

/// A route whose text is `<route> <revision> <pattern>`, and behind it perhaps a GTIN, a loaded part and its
/// alternates; this plant reads no other.
pub(super) fn route_released(route: &str, revision: &str, pattern: &str) -> Draft {
    let about = About { route: RouteId::parse(route).ok(), revision: Revision::parse(revision).ok(), ..from_shell() };
    let text = format!("{route} {revision} {pattern}");
    (about, What::RouteReleased(RouteReleased { sha256: "00".repeat(32), text }))
}

pub(super) fn route_withdrawn(route: &str, revision: &str) -> Draft {
    let (about, _) = route_released(route, revision, "x");
    (about, What::RouteWithdrawn(Nothing))
}

/// What the ledger answers to one question.
pub(super) fn ask(ledger: &mut Writer, ask: &Ask) -> Facts {
    let mut facts = Facts::default();
    ledger.begin().unwrap();
    ledger.answer(ask, &mut facts).unwrap();
    ledger.rollback();
    facts
}

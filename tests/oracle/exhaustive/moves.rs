//! What can be done on a small route, wherever it stands: a short list, in whatever order.

use std::sync::Arc;

use traveller::capture::label;
use traveller::domain::command::{Batch, Command, Decide};
use traveller::domain::first_piece::DropFirstPiece;
use traveller::domain::id::{Badge, LotId, PartId, PinId, UnitId};
use traveller::domain::label::Label;
use traveller::domain::load::LoadAct;
use traveller::domain::moving::RouteMove;
use traveller::domain::number::Number;
use traveller::domain::permit::{Permitting, Terms, Waives};
use traveller::domain::reworking::Reworking;
use traveller::domain::watch::{WatchAct, Watching};
use traveller::domain::what::Qualification;

use super::features::{Feature, Small};
use super::goods;
use super::world::World;
use crate::oracle::model::Heard;
use crate::oracle::routes::{KINDS, SKILL};

/// The stations: two of one class would tell no more.
pub(super) const PLACES: [(&str, &str); 2] = [("PREP-1", "prep"), ("FIT-1", "fit")];
/// People: a lead, quality, somebody who is qualified and somebody who is learning.
const PEOPLE: [(&str, &str, Option<bool>); 4] = [
    ("LEAD", "lead", None),
    ("QA", "quality", None),
    ("OP-1", "operator", Some(true)),
    ("OP-2", "operator", Some(false)),
];

/// One thing that somebody does.
#[derive(Clone, Debug)]
pub(super) enum Move {
    /// Minutes pass.
    Wait(i64),
    /// A command is given, at a station or from a shell.
    Give(Option<usize>, Command),
}

pub(super) fn scan(at: usize, text: &str) -> Move {
    Move::Give(Some(at), Command::Scan { label: label::read(Label::read(text.as_bytes())), unit: None })
}

pub(super) fn badge(text: &str) -> Badge {
    Badge::parse(text).unwrap()
}

pub(super) fn reason() -> String {
    "because".to_owned()
}

/// What there is before anything is made: people, lots, a gauge, the route, an order, and who is where.
pub(super) fn settle_in(world: &mut World, small: &Small) -> Heard {
    let shell = |command| Move::Give(None, command);
    let mut all = Vec::new();
    for (i, (name, role, learning)) in PEOPLE.iter().enumerate() {
        let until = "2026-12-31".parse().unwrap();
        let held = learning.map(|supervised| Qualification { name: SKILL.to_owned(), until, supervised });
        all.push(shell(Command::Enrol {
            badge: badge(name),
            name: (*name).to_owned(),
            roles: vec![role.parse().unwrap()],
            qualifications: held.into_iter().collect(),
            pin_id: PinId::parse(&format!("{i:016x}")).unwrap(),
            by: (i > 0).then(|| badge("LEAD")),
        }));
    }
    // New units begin under the one that is released last.
    for (route, digit) in small.next.iter().map(|next| (next, "1")).chain([(&small.route, "0")]) {
        all.push(shell(Command::ReleaseRoute {
            route: route.id.clone(),
            revision: route.revision.clone(),
            sha256: digit.repeat(64),
            text: Arc::from(""),
            by: badge("LEAD"),
        }));
    }
    for (lot, part, quantity) in lots(small) {
        all.push(shell(Command::ReceiveLot {
            lot: LotId::parse(lot).unwrap(),
            part: PartId::parse(part).unwrap(),
            quantity: Number::whole(quantity),
            supplier: None,
            expires: None,
            quarantine: false,
            label: None,
            by: badge("LEAD"),
        }));
    }
    if small.has(Feature::Gauge) {
        let (gauge, kind, due) = ("D-7".parse().unwrap(), KINDS[0].to_owned(), "2026-12-31".parse().unwrap());
        all.push(shell(Command::RegisterGauge { gauge, kind, due, by: badge("LEAD") }));
    }
    for (order, variant) in [("W-0", "STD"), ("W-1", "EX")].into_iter().filter(|_| small.has(Feature::OfVariant)) {
        all.push(shell(Command::OpenOrder {
            order: order.parse().unwrap(),
            route: small.route.id.clone(),
            revision: small.route.revision.clone(),
            variant: Some(variant.to_owned()).filter(|_| !small.route.variants.is_empty()),
            quantity: if small.batch { 2 } else { 1 },
            serials: None,
            customer: None,
            purpose: None,
            by: badge("LEAD"),
        }));
    }
    all.extend((0..PLACES.len()).map(|at| scan(at, "OP-1")));
    all.extend(goods::ready(small));
    for step in &all {
        if let Some(no) = world.does(step)? {
            return Err(format!("{step:?}: {}", no.code.word()));
        }
    }
    Ok(())
}

fn lots(small: &Small) -> Vec<(&'static str, &'static str, u32)> {
    let of = |feature, lots: &[(&'static str, &'static str, u32)]| {
        if small.has(feature) { lots.to_vec() } else { Vec::new() }
    };
    let paste = if small.has(Feature::Paste) { Feature::Paste } else { Feature::FirstOfLot };
    [of(Feature::Glue, &[("G-1", "GLUE", 4)]), of(paste, &[("P-1", "PASTE", 1), ("P-2", "PASTE", 4)])].concat()
}

/// Everything that may be done, at any time.
pub(super) fn moves(small: &Small) -> Vec<Move> {
    let shell = |command| Move::Give(None, command);
    let numbers = if small.panel { ["U00-1", "U00-2"] } else { ["U00", "U01"] };
    let units: Vec<UnitId> = numbers.iter().map(|u| UnitId::parse(u).unwrap()).collect();
    let two = [Feature::Sampled, Feature::First, Feature::FirstOfLot].iter().any(|f| small.has(*f));
    let permits = small.features == [Feature::Check, Feature::Window];
    let many = small.is_many() && !small.is_shipped();
    let units = &units[..if two || permits || many { 2 } else { 1 }];
    let mut all = Vec::new();
    let classes = small.route.steps.iter().any(|s| s.station.as_str() == "fit");
    for at in 0..=usize::from(classes) {
        all.extend(units.iter().map(|unit| scan(at, unit.as_str())));
        all.push(Move::Give(Some(at), Command::Pass));
        all.extend(at_the_bench(small, at));
        if many {
            all.extend(of_many(small, at, units));
        }
    }
    let unit = || units[0].clone();
    let dispose = |decision, by| Command::Dispose {
        unit: Some(unit()),
        decision,
        to: None,
        removed: Vec::new(),
        defect: None,
        reason: reason(),
        badge: badge(by),
    };
    all.push(shell(dispose(Decide::Rework, "LEAD")));
    all.push(shell(dispose(Decide::UseAsIs, "QA")));
    if small.features.len() == 1 {
        all.push(shell(dispose(Decide::Scrap, "LEAD")));
        all.push(shell(Command::HoldUnit { unit: unit(), reason: reason(), by: badge("LEAD") }));
        all.push(shell(Command::ReleaseHold { unit: unit(), hold: None, reason: reason(), by: badge("LEAD") }));
    }
    for to in small.next.iter().flat_map(|next| [&next.revision, &small.route.revision]) {
        let (route, to, reason, by) = (small.route.id.clone(), to.clone(), reason(), badge("LEAD"));
        let moved = RouteMove { unit: unit(), route, to, mapped: Vec::new(), seen: None, reason, by };
        all.push(shell(Command::Move(Box::new(moved))));
    }
    if small.has(Feature::Window) {
        let mut late = dispose(Decide::Rework, "LEAD");
        if let Command::Dispose { to, .. } = &mut late {
            *to = small.route.first().map(|s| s.id.clone());
        }
        all.push(shell(late));
    }
    all.extend(goods::moves(small, classes));
    if small.batch {
        all.extend(pieces(small, classes));
    }
    if permits {
        all.extend(deviations(small));
    }
    if small.has(Feature::OnlyRework) {
        let mut led = dispose(Decide::Rework, "LEAD");
        if let Command::Dispose { to, .. } = &mut led {
            *to = "20".parse().ok();
        }
        all.push(shell(led));
    }
    if small.has(Feature::Loaded) {
        let (to, removed) = ("10".parse().unwrap(), Vec::new());
        let back = Reworking::SendBack { unit: Some(unit()), to, removed, reason: reason(), by: badge("LEAD") };
        all.extend([shell(Command::Rework(Box::new(back))), Move::Wait(12), Move::Wait(25)]);
    }
    if small.has(Feature::Window) || small.has(Feature::Glue) {
        all.extend([Move::Wait(15), Move::Wait(20)]);
    }
    all
}

/// What is said of one of several units, and of a load of them.
fn of_many(small: &Small, at: usize, units: &[UnitId]) -> Vec<Move> {
    let give = |command| Move::Give(Some(at), command);
    let value = |text: &str| {
        let value = text.to_owned();
        Command::Value { value, check: None, point: None, gauge: None, unit: None }
    };
    let mut all: Vec<Move> = Vec::new();
    if small.panel {
        all.push(scan(at, "U00"));
    }
    for unit in units.iter().filter(|_| small.panel || small.has(Feature::Nests)) {
        let said = [value("pass"), value("fail"), Command::Pass, Command::Close, Command::Fail { reason: reason() }];
        all.extend(said.map(|command| give(command.of(unit))));
    }
    if small.has(Feature::Loaded) {
        let out = LoadAct::TakeOut { unit: units[1].clone() };
        all.extend([LoadAct::Begin, LoadAct::End, out].map(|act| give(Command::Load(act))));
    }
    all
}

/// A permit for one unit to come too late, for a while, and its end; and one for another step.
fn deviations(small: &Small) -> [Move; 4] {
    let open = |permit: &str, step: Option<&str>| {
        let (waives, route) = (Waives::TooLate, Some(small.route.id.clone()));
        let (step, until) = (step.map(|step| step.parse().unwrap()), "2026-11-23T06:55:00Z".parse().unwrap());
        let terms = Terms { waives, route, step, quantity: Some(1), serials: None, until };
        Permitting::Open { permit: permit.parse().unwrap(), terms, reason: reason(), by: badge("QA") }
    };
    let close = Permitting::Close { permit: "DP-1".parse().unwrap(), reason: reason(), by: badge("QA") };
    let said = [open("DP-1", None), close, open("DP-2", Some("10"))];
    let [open, close, other] = said.map(|permitting| Move::Give(None, Command::Permit(Box::new(permitting))));
    [open, close, other, Move::Wait(35)]
}

/// Two pieces, of which one goes another way, and comes back.
fn pieces(small: &Small, classes: bool) -> Vec<Move> {
    let unit = |text: &str| UnitId::parse(text).unwrap();
    let by = || Some(badge("LEAD"));
    let batch = |batch| Move::Give(None, Command::Batch(batch));
    let mut all = vec![
        batch(Batch::Split { unit: Some(unit("U00")), pieces: 1, into: unit("U05"), by: by() }),
        batch(Batch::Merge { unit: Some(unit("U00")), from: unit("U05"), by: by() }),
    ];
    for at in 0..=usize::from(classes) {
        let value = "2".to_owned();
        all.push(Move::Give(Some(at), Command::Value { value, check: None, point: None, gauge: None, unit: None }));
        all.push(scan(at, "U05"));
        let reject = Batch::Reject { pieces: 1, into: unit("U05"), reason: reason() };
        all.push(Move::Give(Some(at), Command::Batch(reject)));
    }
    // What was put aside goes back, too.
    let rework = Command::Dispose {
        unit: Some(unit("U05")),
        decision: Decide::Rework,
        to: None,
        removed: Vec::new(),
        defect: None,
        reason: reason(),
        badge: badge("LEAD"),
    };
    all.extend((small.features.len() == 1).then_some(Move::Give(None, rework)));
    all
}

fn at_the_bench(small: &Small, at: usize) -> Vec<Move> {
    let give = |command| Move::Give(Some(at), command);
    let value = |text: &str| {
        let value = text.to_owned();
        give(Command::Value { value, check: None, point: None, gauge: None, unit: None })
    };
    let mut all = Vec::new();
    if small.route.steps.iter().any(|s| !s.checks.is_empty()) {
        all.extend([value("pass"), value("fail"), give(Command::Void { reason: reason() })]);
    }
    all.extend([give(Command::Close), give(Command::Fail { reason: reason() })]);
    if small.next.is_some() {
        all.push(give(Command::SeenMove));
    }
    if small.features.len() == 1 {
        let say = |act| give(Command::Watch(Box::new(Watching { at: None, act, by: None })));
        all.extend([say(WatchAct::Down { reason: reason() }), say(WatchAct::Up)]);
        if small.has(Feature::Check) {
            all.extend([say(WatchAct::Call), say(WatchAct::Withdraw { reason: reason() }), scan(at, "LEAD")]);
            all.extend([say(WatchAct::Note { text: reason() }), say(WatchAct::Read)]);
        }
    }
    let two = [Feature::Signed, Feature::Apart, Feature::Skilled].iter().any(|f| small.has(*f));
    if two {
        all.extend([scan(at, "OP-2"), scan(at, "OP-1")]);
    }
    let of = |feature, more: Vec<Move>| if small.has(feature) { more } else { Vec::new() };
    let sign = |by| give(Command::Sign { badge: badge(by) });
    all.extend(of(Feature::Retested, vec![give(Command::Retest { reason: reason() })]));
    all.extend(of(Feature::Signed, vec![sign("OP-1"), sign("OP-2")]));
    let first = || {
        let (unit, reason, by) = (UnitId::parse("U00").unwrap(), reason(), badge("LEAD"));
        vec![sign("OP-1"), sign("QA"), give(Command::DropFirstPiece(Box::new(DropFirstPiece { unit, reason, by })))]
    };
    all.extend(of(Feature::First, first()));
    all.extend(of(Feature::FirstOfLot, first().into_iter().chain([scan(at, "P-1"), scan(at, "P-2")]).collect()));
    all.extend(of(Feature::Optional, vec![give(Command::Skip)]));
    all.extend(of(Feature::Board, vec![scan(at, "B5"), scan(at, "B6"), give(Command::Void { reason: reason() })]));
    all.extend(of(Feature::Glue, vec![scan(at, "G-1")]));
    all.extend(of(Feature::Paste, vec![scan(at, "P-1"), scan(at, "P-2")]));
    all.extend(of(Feature::Gauge, vec![scan(at, "D-7")]));
    all.extend(of(Feature::OfVariant, vec![scan(at, "W-0"), scan(at, "W-1")]));
    all
}

//! What the gate still refuses where all that usually comes before was no guard: the record of a unit, or what the
//! ledger answers, is changed by hand, and the last command of a floor is decided again.

use std::sync::Arc;

use traveller::domain::attempt::Attempt;
use traveller::domain::batch::KIN_MOST;
use traveller::domain::command::Command;
use traveller::domain::event::Purpose;
use traveller::domain::gate::decide_under;
use traveller::domain::labelling::LABELS_MOST;
use traveller::domain::moving::MAPPED_MOST;
use traveller::domain::number::Number;
use traveller::domain::order::Order;
use traveller::domain::packing::{CARTON_UNITS_MOST, SHIPMENT_UNITS_MOST};
use traveller::domain::refusal::{Code, Evidence};
use traveller::domain::role::Role;
use traveller::domain::route::Route;
use traveller::domain::time::{At, SECOND};
use traveller::domain::traveller::{Standing, State, Traveller};
use traveller::domain::watch::{EXPLAINED_WITHIN, WatchAct, Watching};
use traveller::domain::what::{Mapped, What};

use crate::support::act::Act;
use crate::support::decided::Decided;
use crate::support::floor::Floor;

/// What is changed in the record of a unit.
type Change = fn(&mut Traveller);

const MINUTE: i64 = 60 * SECOND;
const DAY: i64 = 24 * 60 * MINUTE;

/// A floor with such routes, on which this was done; the last of it.
fn last(routes: &[&str], acts: &str) -> Decided {
    Decided::last(&played(routes, acts).plant)
}

/// A floor with such routes, on which this was done.
fn played(routes: &[&str], acts: &str) -> Floor {
    #[derive(serde::Deserialize)]
    struct Acts {
        acts: Vec<Act>,
    }
    let mut floor = Floor::new();
    for route in routes {
        floor.release(route);
    }
    let acts: Acts = toml::from_str(acts).unwrap();
    floor.play("before", &acts.acts);
    floor
}

/// A vault door that has everything is loaded.
fn loaded() -> Decided {
    last(
        &["vault"],
        r#"acts = [
            { give = { receive-lot = { lot = "SE-1", part = "SEALANT", quantity = "9" } } },
            { give = { register-gauge = { gauge = "TQ-1", kind = "torque", due = "2027-06-30" } } },
            { give = { open-order = {
                order = "W-1", route = "vault", revision = "A", variant = "STD", quantity = 9,
            } } },
            "bench: OP-1", "bench: W-1", "bench: TQ-1", "bench: VT0001", "bench: SE-1",
            "bench: = 2.21", "bench: = 2.22", "bench: sign IN-1", "bench: /pass -> step-passed",
            "oven: OP-1", "oven: VT0001", "oven: /begin", "oven: = 120", "wait 30 minutes", "oven: /end -> load-ended",
            { give = { pack = { open-shipment = { shipment = "LS-1", customer = "Bank", by = "OP-1" } } } },
            { give = { pack = { load-unit = { unit = "VT0001", shipment = "LS-1", by = "OP-1" } } } },
        ]"#,
    )
}

fn attempt(traveller: &mut Traveller) -> &mut Attempt {
    traveller.steps[0].attempts.last_mut().unwrap()
}

#[test]
fn whatever_a_record_lacks_keeps_the_unit_here_and_is_named() {
    let whole = loaded();
    assert!(whole.again().answer.is_ok());
    let of = |step: &str| Evidence { unit: "VT0001".parse().ok(), step: step.parse().ok(), ..Evidence::default() };
    let kind = |step, kind: &str| Evidence { kind: Some(kind.to_owned()), ..of(step) };
    let torque = || Evidence { check: "torque".parse().ok(), point: "A".parse().ok(), ..of("10") };
    let lacks: [(Change, Evidence); 9] = [
        (|t| t.order = None, kind("10", "order")),
        (|t| t.variant = None, kind("10", "variant")),
        (|t| t.passed.retain(|step| step.as_str() != "20"), of("20")),
        (|t| t.treated.clear(), kind("20", "load")),
        (|t| t.installed.clear(), Evidence { part: "SEALANT".parse().ok(), needed: Some(2), ..of("10") }),
        (|t| drop(attempt(t).observations.remove(0)), torque()),
        (|t| attempt(t).observations[0].passed = false, Evidence { value: Some("2.21".to_owned()), ..torque() }),
        (|t| attempt(t).observations[0].gauge = None, Evidence { kind: Some("torque".to_owned()), ..torque() }),
        (|t| attempt(t).signature = None, Evidence { role: Some(Role::Inspector), ..of("10") }),
    ];
    for (change, evidence) in lacks {
        let no = whole.other(change).no();
        assert_eq!((no.code, *no.evidence), (Code::IncompleteRecord, evidence));
    }
}

#[test]
fn a_unit_on_its_way_lacks_no_step_that_is_still_to_come() {
    let whole = loaded();
    let on_its_way = |t: &mut Traveller| {
        t.standing = Standing::InProcess;
        t.passed.retain(|step| step.as_str() != "20");
    };
    let no = whole.other(on_its_way).no();
    assert_eq!((no.code, no.evidence.step), (Code::IncompleteRecord, None), "it is not complete, and lacks no fact");
    let no = whole.other(|t| {
        on_its_way(t);
        t.variant = None;
    });
    assert_eq!(no.no().evidence.kind.as_deref(), Some("variant"));
}

#[test]
fn a_shipment_is_ten_thousand_units_at_most() {
    let mut full = loaded();
    full.facts.packing.shipments[0].units = SHIPMENT_UNITS_MOST - 1;
    assert!(full.again().answer.is_ok());
    full.facts.packing.shipments[0].units = SHIPMENT_UNITS_MOST;
    let no = full.no();
    assert_eq!((no.code, no.evidence.allowed), (Code::BadInput, Some(SHIPMENT_UNITS_MOST)));
}

#[test]
fn what_is_counted_and_what_is_listed_leave_together_or_not_at_all() {
    let left = last(
        &["brush"],
        r#"acts = [
            "test: OP-1", "test: BR000001", "test: = pass",
            { give = { pack = { open-shipment = { shipment = "LS-1", customer = "Drogerie", by = "OP-1" } } } },
            { give = { pack = { load-unit = { unit = "BR000001", shipment = "LS-1", by = "OP-1" } } } },
            { give = { pack = { dispatch = { shipment = "LS-1", by = "OP-1" } } }, expect = "shipment-dispatched" },
        ]"#,
    );
    let mut counted = left.clone();
    counted.facts.packing.shipments[0].units = 2;
    let no = counted.no();
    assert_eq!((no.code, no.evidence.needed), (Code::IncompleteRecord, Some(2)));
    let mut unknown = left;
    unknown.facts.packing.cargo[0].state = Some(State::Held);
    unknown.facts.other = None;
    let no = unknown.no();
    assert_eq!((no.code, no.evidence.unit), (Code::IncompleteRecord, "BR000001".parse().ok()));
}

#[test]
fn numbers_of_cartons_come_to_an_end() {
    let mut begun = last(
        &["brush"],
        r#"acts = [
            { give = { pack = { begin = { number = { next = "30614141" }, by = "OP-1" } } } },
            { give = { pack = { begin = { number = { next = "30614141" }, by = "OP-1" } } } },
        ]"#,
    );
    let at_last = "306141419999999991".parse().unwrap();
    begun.facts.packing.last.as_mut().expect("the one before").carton = at_last;
    let no = begun.no();
    assert_eq!((no.code, no.evidence.carton), (Code::BadInput, "306141419999999991".parse().ok()));
    assert_eq!(CARTON_UNITS_MOST, 10_000);
}

#[test]
fn whoever_gives_no_badge_speaks_of_their_own_station_and_for_no_lead() {
    let mut said = last(&[], r#"acts = ["kit: OP-1", "kit: /call"]"#);
    let by_nobody = |at: &str, act| Command::Watch(Box::new(Watching { at: at.parse().ok(), act, by: None }));
    said.command = by_nobody("kit", WatchAct::Note { text: "oil is low".to_owned() });
    assert!(said.again().answer.is_ok());
    said.command = by_nobody("bench", WatchAct::Note { text: "oil is low".to_owned() });
    assert_eq!(said.no().code, Code::BadInput);
    said.command = by_nobody("kit", WatchAct::Answer);
    assert_eq!(said.no().code, Code::BadInput);
}

#[test]
fn an_hour_is_explained_from_its_beginning_and_for_a_week() {
    let said = last(
        &[],
        r#"acts = [
            { give = { watch = { at = "kit", by = "LEAD", act = {
                explain = { hour = "2026-11-23T05:00:00Z", reason = "no air" },
            } } } },
        ]"#,
    );
    let hour: At = "2026-11-23T05:00:00Z".parse().unwrap();
    let of = |at: At| {
        let mut moved = said.clone();
        moved.now.at = at;
        moved.again().answer.map_err(|no| no.code).map(drop)
    };
    let bad = Err(Code::BadInput);
    assert_eq!([of(hour), of(hour.plus(-1))], [Ok(()), bad]);
    assert_eq!([of(hour.plus(EXPLAINED_WITHIN)), of(hour.plus(EXPLAINED_WITHIN + 1))], [Ok(()), bad]);
}

#[test]
fn a_paper_is_of_now_or_of_the_last_month() {
    let begun = last(
        &[],
        r#"acts = [
            "kit: OP-1",
            { at = "kit", give = { paper = { begin = { time = "2026-11-23T05:00:00Z", witness = "LEAD" } } } },
        ]"#,
    );
    let time: At = "2026-11-23T05:00:00Z".parse().unwrap();
    let of = |at: At| {
        let mut moved = begun.clone();
        moved.now.at = at;
        moved.again().answer.map_err(|no| no.evidence.field.unwrap_or_default()).map(drop)
    };
    assert_eq!([of(time), of(time.plus(-1))], [Ok(()), Err("future".to_owned())]);
    assert_eq!([of(time.plus(31 * DAY)), of(time.plus(31 * DAY + 1))], [Ok(()), Err("old".to_owned())]);
}

#[test]
fn a_load_is_too_late_after_its_last_minute() {
    let floor = played(
        &["bead"],
        r#"acts = [
            "bench: OP-1", "bench: BD0001", "bench: = pass",
            "oven: OP-1", "oven: BD0001", "oven: /begin", "oven: = 120", "wait 31 minutes", "oven: /end -> load-ended",
        ]"#,
    );
    let ended = Decided::last_of(&floor.plant, "load-ended");
    let station = ended.facts.station.as_ref().unwrap();
    let begun = station.load.as_ref().unwrap().begun.as_ref().unwrap().at;
    let passed = |micros| ended.at(begun.plus(micros)).again().passed;
    assert_eq!([passed(60 * MINUTE), passed(60 * MINUTE + 1)], [Some(true), Some(false)]);
}

#[test]
fn an_order_of_a_revision_that_nobody_released_begins_nothing() {
    let begun = hung("");
    assert!(begun.again().answer.is_ok());
    let mut unreleased = begun;
    unreleased.facts.routes.clear();
    for order in &mut unreleased.facts.orders {
        *order = Order { revision: "B".parse().unwrap(), ..order.clone() };
    }
    let no = unreleased.no();
    let of = Evidence {
        unit: "VT0001".parse().ok(),
        route: "vault".parse().ok(),
        revision: "B".parse().ok(),
        ..Evidence::default()
    };
    assert_eq!((no.code, *no.evidence), (Code::RouteNotReleased, of));
}

/// A vault door at the bench, where this was done.
fn hung(acts: &str) -> Decided {
    let order = r#"order = "W-1", route = "vault", revision = "A", variant = "STD", quantity = 9"#;
    let order = format!("{{ give = {{ open-order = {{ {order} }} }} }}");
    let gauge = r#"{ give = { register-gauge = { gauge = "TQ-1", kind = "torque", due = "2027-06-30" } } }"#;
    let begin = r#""bench: OP-1", "bench: W-1", "bench: TQ-1", "bench: VT0001""#;
    last(&["vault"], &format!("acts = [{order}, {gauge}, {begin}, {acts}]"))
}

#[test]
fn a_step_is_tried_as_often_as_it_may_be() {
    let no_more = |route: &mut Option<Arc<Route>>| Arc::make_mut(route.as_mut().unwrap()).steps[0].attempts = 1;
    let used = Evidence { step: "10".parse().ok(), allowed: Some(1), ..Evidence::default() };
    let failed = r#""bench: = 3.00", "bench: = 3.00 -> check-recorded", "bench: /retest slipped -> retest-begun""#;
    let failed = failed.replacen(r#""bench: = 3.00""#, r#""bench: = 3.00 -> confirm-value""#, 1);
    let mut again = hung(&failed);
    assert!(again.again().answer.is_ok());
    no_more(&mut again.route);
    let no = again.no();
    assert_eq!((no.code, *no.evidence), (Code::AttemptsUsed, used.clone()));

    let mut opened = hung(&format!(r#"{failed}, "bench: /close", "bench: VT0001 -> unit-opened""#));
    assert!(opened.again().answer.is_ok());
    no_more(&mut opened.facts.other.as_mut().unwrap().route);
    let no = opened.no();
    let (route, revision, event) = ("vault".parse().ok(), "A".parse().ok(), no.evidence.event.clone());
    let used = Evidence { unit: "VT0001".parse().ok(), route, revision, event, ..used };
    assert_eq!((no.code, *no.evidence), (Code::AttemptsUsed, used));
}

#[test]
fn nothing_is_drawn_from_a_lot_of_which_nothing_is_known() {
    let mut passed = last(
        &["washer"],
        r#"acts = [
            { give = { receive-lot = { lot = "ST-1", part = "STEEL", quantity = "90" } } },
            { give = { receive-lot = { lot = "GR-1", part = "GREASE", quantity = "90" } } },
            "press: OP-1", "press: BW0001 -> confirm-start", "press: = 5", "press: ST-1", "press: GR-1",
            "press: = pass -> step-passed", "press: /pass -> step-passed",
        ]"#,
    );
    assert!(passed.again().answer.is_ok());
    passed.facts.lots.clear();
    let no = passed.no();
    assert_eq!((no.code, no.evidence.part), (Code::MaterialMissing, "GREASE".parse().ok()));
}

#[test]
fn a_move_names_a_hundred_other_steps_at_most() {
    let moved = last(
        &["motor", "motor_b"],
        r#"acts = [
            "kit: OP-1", "kit: MOT-0001",
            { give = { move = { unit = "MOT-0001", route = "motor", to = "A", reason = "letter 12" } } },
        ]"#,
    );
    let of = |many: usize| {
        let mut moved = moved.clone();
        let Command::Move(wanted) = &mut moved.command else { panic!("{:?}", moved.command) };
        let (from, to) = ("10".parse().unwrap(), "99".parse().unwrap());
        wanted.mapped = vec![Mapped { from, to }; many];
        let no = moved.no();
        (no.code, no.evidence.step.map(|step| step.to_string()))
    };
    assert_eq!(of(MAPPED_MOST), (Code::BadInput, Some("10".to_owned())), "there is no such step");
    assert_eq!(of(MAPPED_MOST + 1), (Code::BadInput, None), "there are too many of them");
}

#[test]
fn a_batch_is_split_as_often_as_it_may_be() {
    let split = last(
        &["washer"],
        r#"acts = [
            "press: OP-1", "press: BW0001 -> confirm-start", "press: = 10",
            { at = "press", send = '{"batch":{"split":{"pieces":1,"into":"BW0002"}}}' },
            { at = "press", send = '{"batch":{"split":{"pieces":1,"into":"BW0003"}}}' },
        ]"#,
    );
    let of = |many: usize| {
        let mut split = split.clone();
        let kin = &mut split.open.batch.as_mut().expect("a batch").split;
        *kin = kin.iter().cycle().take(many).cloned().collect();
        split.again().answer.map_err(|no| no.code).map(drop)
    };
    assert_eq!([of(KIN_MOST - 1), of(KIN_MOST)], [Ok(()), Err(Code::TooMany)]);
}

#[test]
fn a_unit_has_so_many_labels_in_its_life() {
    let replaced = last(
        &["valve"],
        r#"acts = [
            "kit: OP-1", "kit: V000001 -> confirm-start", "kit: V000001", "kit: /close",
            { give = { label = { replace = { unit = "V000001" } } } }, "kit: V000001 -> label-verified",
            { give = { label = { replace = { unit = "V000001" } } } },
        ]"#,
    );
    let of = |many: usize| {
        let changed =
            replaced.other(|t| t.labels.changes = t.labels.changes.iter().cycle().take(many).cloned().collect());
        changed.again().answer.map_err(|no| (no.code, no.evidence.allowed)).map(drop)
    };
    assert_eq!([of(LABELS_MOST - 1), of(LABELS_MOST)], [Ok(()), Err((Code::AttemptsUsed, Some(64)))]);
}

#[test]
fn of_a_lot_that_reaches_nobody_knows_how_much_is_in_the_batch() {
    let floor = played(
        &["washer"],
        r#"acts = [
            { give = { receive-lot = { lot = "ST-1", part = "STEEL", quantity = "90" } } },
            { give = { receive-lot = { lot = "GR-1", part = "GREASE", quantity = "3" } } },
            { give = { receive-lot = { lot = "GR-2", part = "GREASE", quantity = "90" } } },
            "press: OP-1", "press: BW0001 -> confirm-start", "press: = 5", "press: ST-1", "press: GR-1",
            "press: = pass -> step-passed", "press: /pass -> lot-exhausted", "press: GR-2 -> lot-loaded",
        ]"#,
    );
    let replaced = Decided::last_of(&floor.plant, "lot-loaded");
    let drawn = |left: u32| {
        let mut replaced = replaced.clone();
        let lot = replaced.facts.lots.iter_mut().find(|lot| lot.lot.as_str() == "GR-1").expect("the lot before");
        lot.left = Number::whole(left);
        let drafts = replaced.again().drafts;
        drafts.iter().find_map(|d| if let What::MaterialInstalled(m) = &d.what { Some(m.quantity) } else { None })
    };
    assert_eq!([drawn(4), drawn(5), drawn(6)], [Some(4), Some(0), Some(0)]);
}

#[test]
fn a_lot_that_is_loaded_begins_a_first_piece_of_production_that_may_go_on() {
    let loaded = last(
        &["clip"],
        r#"acts = [
            { give = { receive-lot = { lot = "RV-1", part = "RIVET", quantity = "9" } } },
            { give = { receive-lot = { lot = "RV-2", part = "RIVET", quantity = "9" } } },
            { give = { open-order = { order = "WO-1", route = "clip", revision = "A", quantity = 9 } } },
            "bench: OP-1", "bench: WO-1", "bench: RV-1", "bench: CL0001", "bench: RV-2 -> lot-loaded",
        ]"#,
    );
    let begins = |change: Change| {
        let mut loaded = loaded.clone();
        change(&mut loaded.open);
        loaded.again().drafts.iter().any(|d| matches!(d.what, What::FirstPieceBegun(_)))
    };
    assert!(begins(|_| ()));
    assert!(!begins(|t| t.purpose = Purpose::Trial), "what is made to try something is no first piece");
    assert!(!begins(|t| t.standing = Standing::Nonconforming), "nor what is decided about");
}

#[test]
fn before_the_fifth_gate_a_value_of_a_load_was_measured_by_nobody() {
    let value = last(
        &["pot"],
        r#"acts = [
            { give = { register-gauge = { gauge = "TH-1", kind = "thermometer", due = "2027-06-30" } } },
            { give = { qualify = { badge = "OP-1", qualifications = [{ name = "fire", until = "2027-11-22" }] } } },
            "bench: OP-1", "bench: PT0001", "bench: = pass -> step-passed",
            "kiln: OP-1", "kiln: TH-1", "kiln: PT0001 -> load-entered", "kiln: /begin", "kiln: = 920 -> check-recorded",
        ]"#,
    );
    let measured = |gate| {
        let Decided { open, route, now, facts, command } = &value;
        let decided = decide_under(gate, open, route.as_deref(), now, facts, command);
        decided.drafts.into_iter().find_map(|d| if let What::LoadChecked(it) = d.what { Some(it.gauge) } else { None })
    };
    assert_eq!([measured(4), measured(5)], [Some(None), Some("TH-1".parse().ok())]);
}

//! The oracle's own test: a good record is believed, and each lie told in it is found.

use traveller::capture::label;
use traveller::domain::command::{Command, Decide, LotMove};
use traveller::domain::event::{Event, How, Link};
use traveller::domain::id::{Badge, DeviceId, LotId, Serial, Session, StationId, UnitId};
use traveller::domain::label::Label;
use traveller::domain::role::{Auth, PinCheck};
use traveller::domain::time::{At, SECOND};
use traveller::domain::what::{Piece, What};

use super::floor::{Floor, With, badge};
use super::model::{Heard, Oracle};
use super::routes::{REASON, RouteSpec, STATIONS};

pub(super) const PREP: Option<usize> = Some(0);
pub(super) const FIT: Option<usize> = Some(1);
pub(super) const TEST: Option<usize> = Some(3);
pub(super) const PLAIN: With = With { pin: None, screen_ms: None, typed: false };
pub(super) const SIGNED: With = With { pin: Some(true), screen_ms: None, typed: false };

pub(super) fn scan(text: &str) -> Command {
    Command::Scan { label: Label::read(text.as_bytes()), unit: None }
}

fn measured(value: &str) -> Command {
    let gauge = Some(DeviceId::parse("D-7").unwrap());
    Command::Value { value: value.to_owned(), check: None, point: None, gauge, unit: None }
}

/// A unit that is made, fails its test twice, goes back, and leaves; and another one that is begun beside it.
fn good() -> Floor {
    let routes = vec![RouteSpec::example().build(0), RouteSpec::example().build(1)];
    let mut floor = Floor::new(routes, false).unwrap();
    let reason = || REASON.to_owned();
    let lot = || LotId::parse("S-2").unwrap();
    let (hold, release) = (LotMove::Hold, LotMove::Release);
    let say = |to| Command::ChangeLot { lot: lot(), to, reason: reason(), by: badge(0) };
    let rework = Command::Dispose {
        unit: Some(UnitId::parse("U00").unwrap()),
        decision: Decide::Rework,
        to: None,
        removed: Vec::new(),
        defect: None,
        reason: reason(),
        badge: badge(0),
    };
    let kit = ["OP-1", "U00", "U00", "B11", "G-2"].map(|label| (PREP, scan(label), PLAIN));
    let fit = |void: bool| {
        let mut acts = vec![(FIT, scan("U00"), PLAIN), (FIT, measured("1.50"), PLAIN), (FIT, measured("1.60"), PLAIN)];
        if void {
            acts.push((FIT, Command::Void { reason: reason() }, PLAIN));
            acts.push((FIT, measured("1.70"), PLAIN));
        }
        acts.push((FIT, Command::Pass, PLAIN));
        acts
    };
    let story = kit
        .into_iter()
        .chain([(FIT, scan("OP-1"), PLAIN)])
        .chain(fit(true))
        .chain([
            (TEST, scan("OP-3"), PLAIN),
            (TEST, scan("U00"), PLAIN),
            (TEST, measured("2.50"), PLAIN),
            (TEST, Command::Retest { reason: reason() }, PLAIN),
            (TEST, measured("2.60"), PLAIN),
            (None, rework, SIGNED),
            (None, say(hold), SIGNED),
            (None, say(release), SIGNED),
            (PREP, scan("U00"), PLAIN),
            (PREP, scan("B11"), PLAIN),
        ])
        .chain(fit(false))
        .chain([
            (TEST, scan("U00"), PLAIN),
            (TEST, measured("1.80"), PLAIN),
            (TEST, Command::Sign { badge: badge(5) }, SIGNED),
            (TEST, Command::Pass, PLAIN),
            (PREP, scan("U01"), PLAIN),
            (PREP, scan("U01"), PLAIN),
            (PREP, scan("B12"), PLAIN),
        ]);
    for (at, command, with) in story {
        floor.give(at, &command, with).unwrap();
    }
    floor
}

/// The first thing that an oracle without any history says about these events.
pub(super) fn verdict(floor: &Floor, events: &[Event]) -> Heard {
    let texts = floor.routes.iter().enumerate().map(|(i, r)| (format!("{i:064x}"), r.clone())).collect();
    let mut oracle = Oracle::new(&STATIONS, texts);
    events.chunk_by(|a, b| a.stamp.act == b.stamp.act).try_for_each(|action| oracle.hear(action))
}

/// Numbers and links as a ledger would give them, so that only the lie itself can be found.
pub(super) fn relinked(events: Vec<Event>) -> Vec<Event> {
    let before: Vec<u64> = events.iter().map(|e| e.stamp.seq).collect();
    let now = |old: u64| 1 + u64::try_from(before.iter().position(|b| *b == old).unwrap_or(0)).unwrap();
    let acts: Vec<u64> = events.iter().map(|e| e.stamp.act).collect();
    let began = events[0].stamp.at;
    let mut all = Vec::new();
    let mut heads = std::collections::BTreeMap::new();
    for (i, mut event) in events.into_iter().enumerate() {
        event.stamp.seq = u64::try_from(i).unwrap() + 1;
        event.stamp.at = At(i64::try_from(i).unwrap() * SECOND).plus(began.0);
        event.stamp.act = now(before[acts.iter().position(|a| *a == acts[i]).unwrap()]);
        if let Some(Link::Here(seq)) = &mut event.about.corrects {
            *seq = now(*seq);
        }
        match event.about.unit.clone() {
            Some(unit) if event.what.changes_a_unit() => {
                event.about.builds_on = heads.insert(unit, Link::Here(event.stamp.seq));
            }
            Some(unit) => event.about.saw = heads.get(&unit).cloned(),
            None => {
                if let Some(Link::Here(seq)) = &mut event.about.builds_on {
                    *seq = now(*seq);
                }
            }
        }
        all.push(event);
    }
    all
}

/// A lie: what it does to the record.
pub(super) type Lie = fn(&mut Vec<Event>);

/// The place of the nth event of a kind.
pub(super) fn nth(events: &[Event], kind: &str, n: usize) -> usize {
    events.iter().enumerate().filter(|(_, e)| e.what.kind() == kind).nth(n).unwrap().0
}

pub(super) fn drop_nth(events: &mut Vec<Event>, kind: &str, n: usize) {
    let at = nth(events, kind, n);
    let gone = events.remove(at);
    // The rest of an action keeps the cause.
    if let Some(next) = events.get_mut(at).filter(|e| e.stamp.act == gone.stamp.act && e.cause.is_none()) {
        next.cause = gone.cause;
    }
}

/// Moves a whole action of one event to just before another one.
fn hoist(events: &mut Vec<Event>, from: usize, to: usize) {
    let moved = events.remove(from);
    events.insert(to, moved);
}

pub(super) fn edit(events: &mut [Event], kind: &str, n: usize, change: impl Fn(&mut Event)) {
    let at = nth(events, kind, n);
    change(&mut events[at]);
}

const LIES: [(&str, Lie, &str); 34] = [
    ("the signature is missing", |e| drop_nth(e, "signature-recorded", 0), "passes without [(\"signature\""),
    ("an observation is missing", |e| drop_nth(e, "check-recorded", 0), "passes without [(\"check\""),
    ("glue is missing", |e| drop_nth(e, "material-installed", 1), "passes without [(\"material\", \"GLUE\""),
    ("the board is missing", |e| drop_nth(e, "material-installed", 0), "passes without [(\"material\", \"BOARD\""),
    ("the board is not met again", |e| drop_nth(e, "material-verified", 0), "passes without [(\"material\""),
    ("nobody signed on", |e| drop_nth(e, "signed-on", 1), "nobody"),
    ("one scan began the unit", |e| drop_nth(e, "refused", 0), "begins with one scan"),
    ("the retest was never begun", |e| drop_nth(e, "retest-begun", 0), "is not of attempt 1"),
    ("nobody decided", |e| drop_nth(e, "disposed", 0), "opens a unit that is Nonconforming"),
    ("the failure did not stop the unit", |e| drop_nth(e, "step-failed", 0), "failed for good"),
    ("a step was left out", |e| drop_nth(e, "step-passed", 1), "opens another step than the one that is due"),
    ("the unit was never opened", |e| drop_nth(e, "unit-opened", 1), "is not open here"),
    (
        "a value outside its limits passes",
        |e| edit(e, "check-recorded", 0, |e| set_value(e, "2.01", true)),
        "says true of",
    ),
    ("a value is no number", |e| edit(e, "check-recorded", 0, |e| set_value(e, "1e0", true)), "no answer"),
    (
        "a failed value is taken back",
        |e| edit(e, "check-recorded", 1, |e| set_value(e, "2.50", false)),
        "failed for good",
    ),
    (
        "the worker signs",
        |e| edit(e, "signature-recorded", 0, |e| set_by(e, "OP-3")),
        "somebody else than who gave the PIN",
    ),
    (
        "a badge alone signs",
        |e| edit(e, "signature-recorded", 0, |e| e.about.auth = Some(Auth::Badge)),
        "without badge and PIN",
    ),
    ("a wrong PIN signs", |e| edit(e, "signature-recorded", 0, wrong_pin), "says that a PIN was right"),
    ("the signature comes before the value", sign_early, "is signed before"),
    ("work at the wrong station", |e| edit(e, "check-recorded", 0, at_prep), "is done at fit"),
    ("work by somebody else", |e| edit(e, "check-recorded", 0, |e| set_by(e, "OP-2")), "not signed on"),
    ("one board in two units", |e| edit(e, "material-installed", 2, |e| set_serial(e, "B11")), "is in U00"),
    ("more glue than there was", |e| edit(e, "lot-received", 1, |e| set_quantity(e, "1")), "overdraws"),
    ("glue that has expired", |e| edit(e, "lot-received", 1, expired), "expired lot"),
    ("glue on hold", hold_glue, "held or rejected"),
    ("work on a held unit", hold_unit, "held unit"),
    ("work after it has left", |e| late_work(e), "Dispatched"),
    ("the operator's badge was revoked", |e| revoke(e), "counts no more"),
    ("too much of a part", |e| edit(e, "material-installed", 1, |e| set_lot_quantity(e, 3)), "installs 3"),
    (
        "the attempt has another number",
        |e| edit(e, "check-recorded", 3, |e| e.about.attempt = Some(2)),
        "is not of attempt",
    ),
    (
        "a scan says that it was typed",
        |e| edit(e, "material-installed", 0, |e| e.about.how = Some(How::Typed)),
        "not so",
    ),
    (
        "the label of another board",
        |e| edit(e, "material-installed", 0, |e| labelled(e, "0952100000001821B11")),
        "by the",
    ),
    ("glue by an expired label", |e| edit(e, "material-installed", 1, |e| labelled(e, EXPIRED)), "by its label"),
    (
        "the label of another unit",
        |e| edit(e, "unit-started", 0, |e| labelled(e, "0952100000001821U01")),
        "opens U00 by",
    ),
];
/// The glue's own label, with a day that is over.
const EXPIRED: &str = "095210000001311726112210G-2";

fn set_value(event: &mut Event, value: &str, passed: bool) {
    if let What::CheckRecorded(c) = &mut event.what {
        (c.value, c.passed) = (value.to_owned(), passed);
    }
}

pub(super) fn set_by(event: &mut Event, by: &str) {
    event.about.by = Some(Badge::parse(by).unwrap());
}

/// It happened where the same operator is signed on as well.
fn at_prep(event: &mut Event) {
    event.about.station = Some(StationId::parse(STATIONS[0].0).unwrap());
    if let Some(cause) = &mut event.cause {
        cause.ambient.session = Some(Session::parse("0000000000000001").unwrap());
    }
}

fn set_serial(event: &mut Event, serial: &str) {
    if let What::MaterialInstalled(m) = &mut event.what {
        m.piece = Piece::Serial(Serial::parse(serial).unwrap());
    }
}

fn set_lot_quantity(event: &mut Event, quantity: u32) {
    if let What::MaterialInstalled(m) = &mut event.what {
        m.quantity = quantity;
    }
}

pub(super) fn set_quantity(event: &mut Event, quantity: &str) {
    if let What::LotReceived(lot) = &mut event.what {
        lot.quantity = quantity.parse().unwrap();
    }
}

fn expired(event: &mut Event) {
    if let What::LotReceived(lot) = &mut event.what {
        lot.expires = Some("2026-11-22".parse().unwrap());
    }
}

/// The action began with a GS1 label: 01 and these.
fn labelled(event: &mut Event, rest: &str) {
    if let Some(cause) = &mut event.cause {
        let label = label::read(Label::read(format!("]C101{rest}").as_bytes()));
        cause.cmd = Command::Scan { label, unit: None };
    }
}

fn wrong_pin(event: &mut Event) {
    if let Some(cause) = &mut event.cause {
        cause.ambient.pin = PinCheck::Wrong;
    }
}

/// The signature is given before the last value is there.
fn sign_early(events: &mut Vec<Event>) {
    let (signature, value) = (nth(events, "signature-recorded", 0), nth(events, "check-recorded", 7));
    hoist(events, signature, value);
}

/// The hold of another lot, in the record long after, is one of this lot, and came first.
fn hold_glue(events: &mut Vec<Event>) {
    let received = nth(events, "lot-received", 1);
    let seq = events[received].stamp.seq;
    edit(events, "lot-held", 0, |e| {
        e.about.builds_on = Some(Link::Here(seq));
        if let What::LotHeld(held) = &mut e.what {
            held.lot = LotId::parse("G-2").unwrap();
        }
    });
    let held = nth(events, "lot-held", 0);
    hoist(events, held, received + 1);
}

/// The first observation is a hold instead.
fn hold_unit(events: &mut Vec<Event>) {
    let lead = events[nth(events, "disposed", 0)].clone();
    let mut held = Event { what: What::UnitHeld(traveller::domain::what::UnitHeld::default()), ..lead };
    let at = nth(events, "check-recorded", 0);
    (held.stamp.seq, held.stamp.act, held.stamp.mono) = (900, 900, events[at].stamp.mono);
    events.insert(at, held);
}

/// An observation of the last step is said to have come after the unit left.
fn late_work(events: &mut Vec<Event>) {
    let mut late = events[nth(events, "check-recorded", 7)].clone();
    (late.stamp.seq, late.stamp.act) = (900, 900);
    let left = nth(events, "unit-closed", nth_of_close(events));
    events.insert(left + 1, late);
}

/// Which closing is the one after the unit left.
fn nth_of_close(events: &[Event]) -> usize {
    let left = nth(events, "unit-dispatched", 0);
    events[..left].iter().filter(|e| e.what.kind() == "unit-closed").count()
}

/// A lead takes the operator's badge out of use before the first observation.
fn revoke(events: &mut Vec<Event>) {
    let enrolled = nth(events, "operator-enrolled", 3);
    let lead = events[nth(events, "disposed", 0)].clone();
    let mut revoked = events[enrolled].clone();
    revoked.cause = lead.cause;
    revoked.about = events[nth(events, "lot-held", 0)].about.clone();
    revoked.about.builds_on = Some(Link::Here(events[enrolled].stamp.seq));
    revoked.what = What::OperatorRevoked(traveller::domain::what::PersonChanged { badge: badge(3) });
    let at = nth(events, "check-recorded", 0);
    (revoked.stamp.seq, revoked.stamp.act, revoked.stamp.at) = (900, 900, events[at].stamp.at);
    events.insert(at, revoked);
}

#[test]
fn the_oracle_believes_a_good_record_and_finds_every_lie() {
    let mut floor = good();
    floor.look_back().unwrap();
    let events = floor.ledger.events.clone();
    assert_eq!(events.iter().filter(|e| e.what.kind() == "unit-dispatched").count(), 1, "{:#?}", floor.story);
    assert_eq!(verdict(&floor, &relinked(events.clone())), Ok(()));
    let mut believed = Vec::new();
    for (what, lie, complaint) in LIES {
        let mut told = events.clone();
        lie(&mut told);
        match verdict(&floor, &relinked(told)) {
            Err(said) if said.contains(complaint) => {}
            said => believed.push(format!("{what}: {said:?}")),
        }
    }
    assert!(believed.is_empty(), "{believed:#?}\n{:#?}", floor.story);
}

#[test]
fn the_oracle_finds_gaps_and_forks() {
    let floor = good();
    let events = floor.ledger.events.clone();
    let passed = nth(&events, "step-passed", 0);
    let mut gap = events.clone();
    gap[passed].about.builds_on = Some(Link::Here(1));
    assert!(verdict(&floor, &gap).unwrap_err().contains("builds on"));
    let mut cut = events.clone();
    cut.remove(passed);
    assert!(verdict(&floor, &cut).unwrap_err().contains("gap"));
    let mut unseen = events;
    let closed = nth(&unseen, "unit-closed", 0);
    unseen[closed].about.saw = None;
    assert!(verdict(&floor, &unseen).unwrap_err().contains("saw"));
}

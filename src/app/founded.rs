//! Whether what a decision was told follows from the events that it names.
//!
//! What is counted (units of an order, what is left of a lot) is not held against its event: that would take the whole
//! history of the subject. It follows from the log all the same, and `verify` makes it anew.

use super::founded_packing::packing;
use super::founded_units::{misplaced, stands};
use super::port::Fault;
use super::replay::{History, is_before, unit_as_of};
use crate::domain::command::Command;
use crate::domain::event::{Event, Link};
use crate::domain::facts::{Component, Facts, Newest, Release};
use crate::domain::gauge::{Gauge, GaugeStanding};
use crate::domain::labelling::Tag;
use crate::domain::lot::{Lot, LotStanding};
use crate::domain::order::Order;
use crate::domain::permit::Permit;
use crate::domain::person::Person;
use crate::domain::sampling::Sampling;
use crate::domain::time::Clock;
use crate::domain::traveller::Traveller;
use crate::domain::what::{LotReceived, OrderOpened, Piece, Removed, What};

/// The first fact that does not follow from the event that it names.
pub(super) fn unfounded(
    history: &mut impl History,
    facts: &Facts,
    open: &Traveller,
    command: &Command,
    act: u64,
) -> Result<Option<String>, Fault> {
    if facts.open.as_ref().is_some_and(|seen| seen.head != open.head) {
        return Ok(Some("the open unit".to_owned()));
    }
    let nests = facts.nests.iter().map(|n| &n.traveller.head);
    if !facts.nests_seen.iter().map(|seen| &seen.head).eq(nests) {
        return Ok(Some("the units that are open".to_owned()));
    }
    let others =
        [(&facts.other_seen, &facts.other, "the other unit"), (&facts.beside_seen, &facts.beside, "the unit beside")];
    for (seen, other, name) in others {
        if seen.as_ref().zip(other.as_ref()).is_some_and(|(s, o)| s.head != o.traveller.head) {
            return Ok(Some(name.to_owned()));
        }
    }
    for (name, link, claimed) in claims(facts) {
        let named = history.event(link)?;
        if !named.is_some_and(|event| is_before(&event, act) && claimed.follows_from(&event)) {
            return Ok(Some(name));
        }
    }
    let of = if let Command::HoldUnits { of, .. } = command { of } else { "" };
    for stand in &facts.stands {
        if !stands(&unit_as_of(history, &stand.unit, act)?, stand, of) {
            return Ok(Some(format!("unit {}", stand.unit)));
        }
    }
    if let Some(name) = packing(history, &facts.packing, act)? {
        return Ok(Some(name));
    }
    for inside in &facts.inside {
        if let Some(unit) = misplaced(history, inside, act)? {
            return Ok(Some(format!("unit {unit}")));
        }
    }
    Ok(None)
}

/// Everything that names an event, with the event that it names.
fn claims(facts: &Facts) -> impl Iterator<Item = (String, &Link, Claimed<'_>)> {
    let people = facts.people.iter().map(|p| (format!("person {}", p.badge), &p.event, Claimed::Person(p)));
    let lots = facts.lots.iter().chain(&facts.earlier);
    let lots = lots.map(|l| (format!("lot {}", l.lot), &l.event, Claimed::Lot(l)));
    let components =
        facts.components.iter().map(|c| (format!("component {}", c.serial), &c.event, Claimed::Component(c)));
    let releases = facts.releases.iter().chain(&facts.claim).chain(facts.routes.iter().map(|r| &r.release));
    let releases = releases.map(|r| (format!("route {} {}", r.route, r.revision), &r.event, Claimed::Release(r)));
    let orders = facts.orders.iter().map(|o| (format!("order {}", o.order), &o.event, Claimed::Order(o)));
    let gauges = facts.gauges.iter().map(|g| (format!("gauge {}", g.gauge), &g.event, Claimed::Gauge(g)));
    let samplings =
        facts.samplings.iter().map(|s| (format!("sampling of {} {}", s.route, s.step), &s.event, Claimed::Sampling(s)));
    let permits = facts.permits.iter().map(|p| (format!("permit {}", p.permit), &p.event, Claimed::Permit(p)));
    let tags = facts.tags.iter().map(|t| (format!("label {}", t.label), &t.event, Claimed::Tag(t)));
    let newest = facts.newest.iter().map(|n| ("the newest moment".to_owned(), &n.event, Claimed::Newest(n)));
    people
        .chain(lots)
        .chain(components)
        .chain(releases)
        .chain(orders)
        .chain(gauges)
        .chain(samplings)
        .chain(newest)
        .chain(permits)
        .chain(tags)
}

/// A fact to be held against the event that it names.
#[derive(Clone, Copy)]
enum Claimed<'a> {
    Person(&'a Person),
    Lot(&'a Lot),
    Component(&'a Component),
    Release(&'a Release),
    Order(&'a Order),
    Gauge(&'a Gauge),
    Sampling(&'a Sampling),
    Newest(&'a Newest),
    Permit(&'a Permit),
    Tag(&'a Tag),
}

impl Claimed<'_> {
    fn follows_from(self, event: &Event) -> bool {
        match self {
            Self::Person(p) => person(p, event),
            Self::Lot(l) => lot(l, event),
            Self::Component(c) => component(c, event),
            Self::Release(r) => release(r, event),
            Self::Order(o) => order(o, event),
            Self::Gauge(g) => gauge(g, event),
            Self::Sampling(s) => sampling(s, event),
            Self::Permit(p) => p.follows_from(event),
            Self::Tag(t) => t.follows_from(event),
            Self::Newest(n) => event.stamp.at == n.at && event.stamp.clock != Clock::Doubt,
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about people")]
fn person(p: &Person, event: &Event) -> bool {
    match &event.what {
        What::OperatorEnrolled(e) => {
            let is_same = e.badge == p.badge && e.name == p.name && e.roles == p.roles && e.pin_id == p.pin_id;
            is_same && e.qualifications == p.qualifications && !p.revoked
        }
        What::OperatorQualified(e) => e.badge == p.badge && e.qualifications == p.qualifications,
        What::OperatorRevoked(e) => e.badge == p.badge && p.revoked,
        What::PinChanged(e) => e.badge == p.badge && e.pin_id == p.pin_id,
        What::PinConfirmed(e) => e.badge == p.badge && p.recovered.is_none(),
        _ => false,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about lots")]
fn lot(l: &Lot, event: &Event) -> bool {
    match &event.what {
        What::LotReceived(e) => e.lot == l.lot && as_received(l, e),
        What::LotHeld(e) => e.lot == l.lot && l.standing == LotStanding::Held,
        What::LotReleased(e) => e.lot == l.lot && l.standing == LotStanding::Free,
        What::LotRejected(e) => e.lot == l.lot && l.standing == LotStanding::Rejected,
        What::LotInspected(e) => {
            let may_not = matches!(l.standing, LotStanding::Held | LotStanding::Rejected);
            e.lot == l.lot
                && l.inspected == Some(e.passed)
                && l.standing != LotStanding::Quarantined
                && (e.passed || may_not)
        }
        What::LotOpened(e) => e.lot == l.lot && l.open_since.is_some(),
        What::LotSealed(e) => e.lot == l.lot && l.open_since.is_none(),
        _ => false,
    }
}

/// A lot that nothing happened to since, but that some of it may have been used. Older records do not name the
/// supplier.
fn as_received(l: &Lot, e: &LotReceived) -> bool {
    let standing = if e.quarantined { LotStanding::Quarantined } else { LotStanding::Free };
    let is_same = e.part == l.part && e.expires == l.expires && l.left <= e.quantity && l.standing == standing;
    let untouched = l.inspected.is_none() && l.open_since.is_none() && l.was_open == 0;
    is_same && untouched && (l.supplier.is_none() || l.supplier == e.supplier)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about components")]
fn component(c: &Component, event: &Event) -> bool {
    let removed =
        |all: &[Removed]| c.in_unit.is_none() && all.iter().any(|r| r.serial == c.serial && Some(r.fate) == c.fate);
    match &event.what {
        What::MaterialInstalled(e) => {
            e.piece == Piece::Serial(c.serial.clone()) && c.in_unit == event.about.unit && c.step == event.about.step
        }
        What::Disposed(e) => removed(&e.removed),
        What::ComponentsRecovered(e) => removed(&e.removed),
        What::SentBack(e) => removed(&e.removed),
        What::ComponentJudged(e) => e.serial == c.serial && c.in_unit.is_none() && c.fate == Some(e.fate),
        What::ObservationVoided(_) => c.in_unit.is_none(),
        _ => false,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "few kinds are about routes")]
fn release(r: &Release, event: &Event) -> bool {
    let is_it = event.about.route.as_ref() == Some(&r.route) && event.about.revision.as_ref() == Some(&r.revision);
    match &event.what {
        What::RouteReleased(e) => is_it && e.sha256 == r.sha256 && !r.withdrawn,
        What::RouteWithdrawn(_) => is_it && r.withdrawn,
        _ => false,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "two kinds are about orders")]
fn order(o: &Order, event: &Event) -> bool {
    match &event.what {
        What::OrderOpened(e) => {
            let OrderOpened { order, variant, quantity, serials, customer, purpose } = e;
            let is_same = (order, variant, *quantity) == (&o.order, &o.variant, o.quantity);
            let of_route = (event.about.route.as_ref(), event.about.revision.as_ref());
            is_same
                && (serials, customer, purpose) == (&o.serials, &o.customer, &o.purpose)
                && of_route == (Some(&o.route), Some(&o.revision))
                && !o.closed
        }
        What::OrderClosed(e) => e.order == o.order && o.closed,
        _ => false,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "three kinds are about gauges")]
fn gauge(g: &Gauge, event: &Event) -> bool {
    match &event.what {
        What::GaugeRegistered(e) => {
            (&e.gauge, &e.kind, e.due) == (&g.gauge, &g.kind, g.due) && g.standing == GaugeStanding::Good
        }
        What::GaugeCalibrated(e) => {
            let standing = if e.good { GaugeStanding::Good } else { GaugeStanding::OutOfTolerance };
            (&e.gauge, e.due) == (&g.gauge, g.due) && g.standing == standing
        }
        What::GaugeRetired(e) => e.gauge == g.gauge && g.standing == GaugeStanding::Retired,
        _ => false,
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "two kinds count for a sampling")]
fn sampling(s: &Sampling, event: &Event) -> bool {
    let is_here = event.about.step.as_ref() == Some(&s.step);
    let counts = match &event.what {
        What::StepPassed(e) => match e.samples.iter().find(|drawn| drawn.step == s.step) {
            Some(drawn) => drawn.taken == (s.since == 0),
            None => is_here && s.passed_since_failure.is_some(),
        },
        What::StepFailed(_) => is_here && s.passed_since_failure == Some(0),
        _ => false,
    };
    counts && event.about.route.as_ref() == Some(&s.route)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{About, Stamp};
    use crate::domain::number::Number;
    use crate::domain::time::At;
    use crate::domain::what::{
        GaugeCalibrated, GaugeChanged, GaugeRegistered, LotChanged, LotInspected, Next, OrderChanged, Sampled,
        StepPassed,
    };

    fn event(seq: u64, what: What) -> Event {
        let about = About {
            route: "pc200".parse().ok(),
            revision: "C".parse().ok(),
            step: "10".parse().ok(),
            ..About::default()
        };
        let stamp = Stamp {
            terminal: "T1".parse().unwrap(),
            epoch: "0123456789abcdef".parse().unwrap(),
            seq,
            act: seq,
            at: At(i64::try_from(seq).unwrap()),
            clock: Clock::Synced,
            boot: "0a1b2c3d".parse().unwrap(),
            mono: seq,
            elsewhere: None,
        };
        Event { stamp, about, what, cause: None }
    }

    fn numbered(all: impl IntoIterator<Item = What>) -> Vec<Event> {
        all.into_iter().zip(1..).map(|(what, seq)| event(seq, what)).collect()
    }

    /// The event that a fold names, among those it was folded from.
    fn named<'e>(events: &'e [Event], link: &Link) -> &'e Event {
        events.iter().find(|e| Link::Here(e.stamp.seq) == *link).unwrap()
    }

    fn received(quarantined: bool) -> What {
        What::LotReceived(LotReceived {
            lot: "L-1".parse().unwrap(),
            part: "GSK".parse().unwrap(),
            quantity: Number::whole(9),
            supplier: Some("ACME".to_owned()),
            expires: "2027-01-31".parse().ok(),
            quarantined,
        })
    }

    #[test]
    fn a_lot_follows_from_each_event_that_changed_it_and_a_changed_one_does_not() {
        let changed = || LotChanged { lot: "L-1".parse().unwrap() };
        let inspected = |passed| What::LotInspected(LotInspected { lot: "L-1".parse().unwrap(), passed });
        let events = numbered([
            received(true),
            inspected(true),
            What::LotOpened(changed()),
            What::LotSealed(changed()),
            inspected(false),
            What::LotReleased(changed()),
            What::LotRejected(changed()),
        ]);
        let mut kept = None;
        for event in &events {
            kept = Lot::apply(kept, event);
            let now = kept.clone().unwrap();
            assert!(lot(&now, named(&events, &now.event)), "{now:?}");
            let standing = if now.standing == LotStanding::Free { LotStanding::Rejected } else { LotStanding::Free };
            let tampered = Lot { standing, inspected: now.inspected.map(|passed| !passed), ..now.clone() };
            let is_of_the_box = matches!(event.what, What::LotOpened(_) | What::LotSealed(_));
            assert!(is_of_the_box || !lot(&tampered, named(&events, &now.event)), "{tampered:?}");
        }
        let free = Lot::apply(None, &event(1, received(false))).unwrap();
        assert!(!lot(&Lot { left: Number::whole(10), ..free.clone() }, &event(1, received(false))));
        assert!(!lot(&Lot { supplier: Some("OTHER".to_owned()), ..free.clone() }, &event(1, received(false))));
        assert!(lot(&Lot { supplier: None, ..free }, &event(1, received(false))), "older records name none");
    }

    #[test]
    fn orders_gauges_and_samplings_follow_from_their_events() {
        let opened = OrderOpened {
            order: "WO-1".parse().unwrap(),
            variant: Some("EX".to_owned()),
            quantity: 4,
            serials: "U1..U4".parse().ok(),
            customer: None,
            purpose: None,
        };
        let events =
            numbered([What::OrderOpened(opened), What::OrderClosed(OrderChanged { order: "WO-1".parse().unwrap() })]);
        let open = Order::apply(None, &events[0]).unwrap();
        let shut = Order::apply(Some(open.clone()), &events[1]).unwrap();
        assert!(order(&open, &events[0]) && order(&shut, &events[1]));
        assert!(!order(&open, &events[1]) && !order(&shut, &events[0]));
        assert!(!order(&Order { quantity: 5, ..open.clone() }, &events[0]));
        assert!(!order(&Order { variant: None, ..open }, &events[0]));

        let (id, due) = ("TQ-1".parse().unwrap(), "2027-01-31".parse().unwrap());
        let registered = GaugeRegistered { gauge: id, kind: "torque".to_owned(), due };
        let calibrated = |good| What::GaugeCalibrated(GaugeCalibrated { gauge: "TQ-1".parse().unwrap(), due, good });
        let retired = What::GaugeRetired(GaugeChanged { gauge: "TQ-1".parse().unwrap() });
        let events = numbered([What::GaugeRegistered(registered), calibrated(true), calibrated(false), retired]);
        let mut kept = None;
        for event in &events {
            kept = Gauge::apply(kept, event);
            let now = kept.clone().unwrap();
            assert!(gauge(&now, event));
            let standing =
                if now.standing == GaugeStanding::Good { GaugeStanding::Retired } else { GaugeStanding::Good };
            assert!(!gauge(&Gauge { standing, ..now }, event));
        }

        let drawn = |taken| {
            let next = Next { step: "20".parse().unwrap(), station: "test".parse().unwrap() };
            let samples = vec![Sampled { step: "20".parse().unwrap(), taken }];
            What::StepPassed(StepPassed { next: Some(next), samples, gauges: Vec::new() })
        };
        let events = numbered([drawn(true), drawn(false)]);
        let (route, step) = ("pc200".parse().unwrap(), "20".parse().unwrap());
        let first = Sampling::apply(None, &route, &step, &events[0]).unwrap();
        let second = Sampling::apply(Some(first.clone()), &route, &step, &events[1]).unwrap();
        assert!(sampling(&first, &events[0]) && sampling(&second, &events[1]));
        assert!(!sampling(&Sampling { since: 3, ..first }, &events[0]) && !sampling(&second, &events[0]));
    }

    #[test]
    fn the_newest_moment_is_that_of_an_event_whose_clock_could_be_trusted() {
        let mut at = event(7, received(false));
        let newest = Newest { at: At(7), event: Link::Here(7) };
        assert!(Claimed::Newest(&newest).follows_from(&at));
        assert!(!Claimed::Newest(&Newest { at: At(8), ..newest.clone() }).follows_from(&at));
        at.stamp.clock = Clock::Doubt;
        assert!(!Claimed::Newest(&newest).follows_from(&at));
    }
}

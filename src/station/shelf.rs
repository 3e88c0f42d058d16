//! What is looked at between two actions: what could be chosen at a station, what a label says, whose badge it is.

use std::sync::Arc;

use crate::app::port::{Fault, Ledger as _};
use crate::app::shelf::{LINES_MOST, Look, Seen, Shelf, ShelfGauge, ShelfLot, ShelfPart};
use crate::app::submit;
use crate::capture::label;
use crate::domain::ambient::Place;
use crate::domain::gauge::GaugeStanding;
use crate::domain::id::{Badge, PartId};
use crate::domain::lot::Lot;
use crate::domain::route::{Capture, Part, Route, Step};
use crate::domain::time::{Day, Moment, SECOND};
use crate::domain::way;
use crate::ledger::Writer;

/// Lines of one list.
const LIST_MOST: u32 = 99;

/// Looks at what is asked for.
pub(super) fn look(ledger: &mut Writer, place: &Place, now: &Moment, at: Look) -> Result<Seen, Fault> {
    Ok(match at {
        Look::Shelf => Seen::Shelf(Box::new(shelf(ledger, place, now)?)),
        Look::Label(label) => Seen::Label(label::read(label)),
        Look::Badge(label) => {
            let badge = label.text().and_then(|text| Badge::parse(text).ok());
            let person = badge.map(|badge| ledger.reader().person(&badge)).transpose()?.flatten();
            Seen::Badge(person.is_some())
        }
    })
}

fn shelf(ledger: &mut Writer, place: &Place, now: &Moment) -> Result<Shelf, Fault> {
    let routes = routes(ledger)?;
    let mut shelf = Shelf {
        at: now.at,
        orders: Vec::new(),
        lots: Vec::new(),
        gauges: Vec::new(),
        parts: Vec::new(),
        routes: Vec::new(),
    };
    for route in &routes {
        let here = || route.steps.iter().filter(|s| s.station == place.class);
        if begins_at(route, place) && !shelf.orders.iter().any(|o| o.route == route.id) {
            shelf
                .orders
                .extend(ledger.reader().open_orders(&route.id, LIST_MOST)?.into_iter().filter(|o| !o.is_full()));
        }
        for part in here().flat_map(|s| s.uses.keys()) {
            lots(ledger, route, part, now, &mut shelf)?;
        }
        for kind in here().flat_map(Step::gauge_kinds) {
            gauges(ledger, kind, now, &mut shelf)?;
        }
        parts(route, &mut shelf);
    }
    // Lots of several parts stand in one list: what expires first is at the top of it.
    shelf.lots.sort_by(|a, b| {
        let key = |l: &ShelfLot| (l.lot.expires.is_none(), l.lot.expires, l.lot.lot.clone());
        key(a).cmp(&key(b))
    });
    shelf.gauges.sort_by_key(|g| g.overdue);
    shelf.orders.truncate(LINES_MOST);
    shelf.lots.truncate(LINES_MOST);
    shelf.gauges.truncate(LINES_MOST);
    shelf.parts.sort_by(|a, b| a.part.cmp(&b.part));
    shelf.parts.truncate(LINES_MOST);
    shelf.routes = routes;
    Ok(shelf)
}

/// The routes that new units may begin on, the newest revision first.
fn routes(ledger: &mut Writer) -> Result<Vec<Arc<Route>>, Fault> {
    let mut released = ledger.reader().routes()?;
    released.retain(|r| !r.release.withdrawn);
    let route = |ledger: &mut Writer, r: &crate::ledger::read::master::Released| {
        ledger.route(&r.release.route, &r.release.revision)
    };
    submit::look(ledger, |ledger| released.iter().filter_map(|r| route(ledger, r).transpose()).collect())
}

/// Whether new units of some variant begin here.
fn begins_at(route: &Route, place: &Place) -> bool {
    let variants = route.variants.keys().map(|v| Some(v.as_str())).chain([None]);
    variants.filter_map(|v| way::first(route, v)).any(|s| s.station == place.class)
}

/// Lots of a part, or of one that may stand in for it.
fn lots(ledger: &mut Writer, route: &Route, part: &PartId, now: &Moment, shelf: &mut Shelf) -> Result<(), Fault> {
    let Some((about, today)) = route.parts.get(part).zip(Day::of(now.at)) else { return Ok(()) };
    let known = shelf.lots.iter().any(|l| l.part == *part);
    if about.capture == Capture::Serial || known {
        return Ok(());
    }
    for found in std::iter::once(part).chain(&about.alternates) {
        let is = route.parts.get(found).unwrap_or(about);
        for lot in ledger.reader().usable_lots(found, today, LIST_MOST)?.into_iter().filter(|l| may_be_used(is, l, now))
        {
            let (title, loads) = (is.title.clone(), about.capture == Capture::Loaded);
            shelf.lots.push(ShelfLot { lot, part: part.clone(), title, loads });
        }
    }
    Ok(())
}

/// Whether its inspection passed and it was not open for too long, where the route asks for that.
fn may_be_used(part: &Part, lot: &Lot, now: &Moment) -> bool {
    let most = part.floor_minutes.map(|minutes| i64::from(minutes) * 60 * SECOND);
    (!part.inspect || lot.inspected == Some(true)) && most.is_none_or(|most| lot.open_for(now, None).best <= most)
}

fn gauges(ledger: &mut Writer, kind: &str, now: &Moment, shelf: &mut Shelf) -> Result<(), Fault> {
    if shelf.gauges.iter().any(|g| g.gauge.kind == kind) {
        return Ok(());
    }
    for gauge in ledger.reader().gauges_in_use(kind, LIST_MOST)? {
        let overdue = gauge.due.is_over(now.at) || gauge.standing != GaugeStanding::Good;
        shelf.gauges.push(ShelfGauge { gauge, overdue });
    }
    Ok(())
}

/// Parts that come in lots.
fn parts(route: &Route, shelf: &mut Shelf) {
    for (part, about) in &route.parts {
        let known = shelf.parts.iter().any(|p| p.part == *part);
        if about.capture != Capture::Serial && !known {
            shelf.parts.push(ShelfPart { part: part.clone(), about: about.clone() });
        }
    }
}

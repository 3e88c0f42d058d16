//! What the gate must know besides, once it is known which unit, which route and which lot a command is about.

use crate::domain::ambient::Ambient;
use crate::domain::command::Command;
use crate::domain::facts::{Ask, Facts, Other};
use crate::domain::id::{Serial, StationId};
use crate::domain::item::Item;
use crate::domain::label::Label;
use crate::domain::load::LoadAct;
use crate::domain::lot::Lot;
use crate::domain::route::{Route, Step};
use crate::domain::station::{Pending, Station};
use crate::domain::time::Day;
use crate::domain::traveller::Traveller;
use crate::domain::way;

use super::{first_piece, pieces};

/// Whether a command may record something in the open step, or end it.
fn works(command: &Command) -> bool {
    matches!(
        command,
        Command::Scan { .. }
            | Command::Load(_)
            | Command::Board(_)
            | Command::Value { .. }
            | Command::Pass
            | Command::Skip
            | Command::Sign { .. }
            | Command::Dispose { .. }
    )
}

/// The first unit of a load stands for what the route asks of all of them; what is observed of it is measured with the
/// gauges that are chosen there.
pub(super) fn of_the_load(open: &Traveller, facts: &Facts, command: &Command, all: &mut Vec<Ask>) {
    let Some((station, load)) = facts.station.as_ref().and_then(|s| Some((s, s.load.as_ref()?))) else { return };
    let nothing_open = open.unit.is_none() && facts.nests.is_empty();
    let is_observed = matches!(command, Command::Value { .. }) && nothing_open;
    if is_observed || matches!(command, Command::Load(LoadAct::Begin | LoadAct::End)) {
        all.extend(load.units.first().cloned().map(Ask::Unit));
    }
    let route = facts.other.as_ref().filter(|_| is_observed).and_then(|first| first.route.as_deref());
    let kinds = route.and_then(|route| route.step(&load.step)).map(Step::gauge_kinds).unwrap_or_default();
    all.extend(kinds.iter().filter_map(|kind| station.gauge(kind)).cloned().map(Ask::Gauge));
}

/// The units that a command may be about: what the gate must know is asked for each.
pub(super) fn benches<'a>(
    open: &'a Traveller,
    route: Option<&'a Route>,
    facts: &'a Facts,
    command: &Command,
) -> Vec<Here<'a>> {
    let of = |other: &'a Other| (other.traveller.as_ref(), other.route.as_deref());
    match (command, &facts.other) {
        (Command::Load(LoadAct::Unload { .. }), Some(unit)) => vec![of(unit)],
        _ if facts.nests.is_empty() => vec![(open, route)],
        _ => facts.nests.iter().map(of).collect(),
    }
}

/// A unit that is open here, and its route.
type Here<'a> = (&'a Traveller, Option<&'a Route>);

/// What the open step rests on: what is loaded and chosen at the station, and the samplings that follow.
pub(super) fn at_the_bench(
    open: &Traveller,
    route: Option<&Route>,
    facts: &Facts,
    command: &Command,
    all: &mut Vec<Ask>,
) {
    if !works(command) {
        // Whatever ends the work on the open unit notes what is loaded for it.
        let due = route.zip(open.due.as_ref()).and_then(|(r, d)| r.step(&d.step)).filter(|_| open.exists());
        all.extend(facts.station.as_ref().zip(due).into_iter().flat_map(|(station, step)| loaded(station, step)));
        return;
    }
    let other = facts.other.as_ref();
    all.extend(first_piece::asks(open, facts));
    let minds = |route: Option<&Route>| route.is_some_and(Route::minds_time);
    let has_day = |lot: &Lot| lot.expires.is_some() || lot.open_since.is_some();
    all.extend(inside(open, route));
    let labelled = matches!(command, Command::Scan { label: Label::Structured(_), .. });
    let measured = matches!(command, Command::Value { gauge: Some(_), .. });
    let ordered = facts.routes.iter().any(|r| minds(r.route.as_deref()));
    let timed = minds(route) || minds(other.and_then(|o| o.route.as_deref())) || ordered || labelled || measured;
    if timed || facts.lots.iter().any(has_day) || !facts.gauges.is_empty() {
        all.push(Ask::Newest);
    }
    let Some((station, route)) = facts.station.as_ref().zip(route).filter(|_| open.exists()) else { return };
    if let Some(due) = open.due.as_ref().and_then(|d| route.step(&d.step)) {
        all.extend(loaded(station, due));
        all.extend(due.gauge_kinds().iter().filter_map(|kind| station.gauge(kind)).cloned().map(Ask::Gauge));
        // Where the unit may stay for the next step, what that one draws counts too.
        all.extend(way::ahead(open, route).filter(|s| s.id != due.id).flat_map(|s| loaded(station, s)));
        let sampled = way::ahead(open, route).filter(|s| s.sample.is_some() && !open.drawn.contains(&s.id));
        all.extend(sampled.map(|s| Ask::Sampling(route.id.clone(), s.id.clone())));
    }
}

/// Whether something in a unit is on hold can only matter where something in it is a unit itself.
fn inside(traveller: &Traveller, route: Option<&Route>) -> Option<Ask> {
    let has_units = route.is_some_and(|route| traveller.sub_assemblies(route).next().is_some());
    traveller.unit.clone().filter(|_| has_units).map(Ask::Inside)
}

/// The lots of a step's parts that are loaded.
fn loaded<'a>(station: &'a Station, step: &'a Step) -> impl Iterator<Item = Ask> + 'a {
    station.loaded.iter().filter(|l| step.uses.contains_key(&l.part)).map(|l| Ask::Lot(l.lot.clone()))
}

/// What a scan is about: a unit to be taken up, a lot to be used or loaded, a component that is a unit itself.
pub(super) fn about_the_scan(
    open: &Traveller,
    route: Option<&Route>,
    now: &Ambient,
    facts: &Facts,
    command: &Command,
    all: &mut Vec<Ask>,
) {
    let Some(station) = &facts.station else { return };
    let class = now.station.as_ref().map(|p| &p.class);
    let taken = facts.other.as_ref().and_then(|o| Some((o, o.route.as_deref()?)));
    if let (Some(_), Some((other, of))) = (pieces::counting(facts, command), taken) {
        taken_up(station, class, other, of, facts, all);
    }
    let Some(label) = command.label() else { return };
    // A board that comes with the others is asked about by itself.
    if let Some(unit) = station.pending.as_ref().and_then(Pending::called_for)
        && matches!(command, Command::Scan { .. })
        && label.text().is_some_and(|text| facts.person(text).is_some())
    {
        all.push(Ask::Unit(unit.clone()));
        // The unit may begin now; its own label is not at hand any more.
        all.extend(Serial::parse(unit.as_str()).ok().map(Ask::Component));
    }
    if let Some((other, of)) = taken {
        taken_up(station, class, other, of, facts, all);
        all.extend(inside(&other.traveller, Some(of)));
        if other.traveller.exists() {
            // Where it is installed, whichever of its labels was scanned.
            let number = other.traveller.unit.as_ref().and_then(|unit| Serial::parse(unit.as_str()).ok());
            all.extend(number.map(Ask::Component));
            all.extend(open.unit.clone().filter(|_| open.exists()).map(Ask::Holders));
        }
    }
    let due = route.zip(open.due.as_ref()).and_then(|(r, d)| Some((r, r.step(&d.step)?)));
    for lot in facts.lots.iter().filter(|lot| is_named(label, lot)) {
        let needed = due.is_some_and(|(r, step)| step.uses.keys().any(|part| r.takes(part, &lot.part)));
        if !needed {
            all.extend(class.map(|class| Ask::Loads(class.clone(), lot.part.clone())));
        }
        let newest = facts.newest().map_or(now.at, |newest| newest.max(now.at));
        all.extend(Day::of(newest).map(|from| Ask::Earlier { part: lot.part.clone(), lot: lot.lot.clone(), from }));
    }
}

/// Whether a label names a lot.
fn is_named(label: &Label, lot: &Lot) -> bool {
    label.plain() == Some(lot.lot.as_str()) || Item::of(label).is_some_and(|item| item.lot() == Some(lot.lot.as_str()))
}

/// What taking up a unit rests on: its order, where it is new, and what is loaded for its step.
fn taken_up(
    station: &Station,
    class: Option<&StationId>,
    other: &Other,
    route: &Route,
    facts: &Facts,
    all: &mut Vec<Ask>,
) {
    if other.traveller.exists() {
        all.extend(way::open_at(&other.traveller, route, class).into_iter().flat_map(|step| loaded(station, step)));
        return;
    }
    all.extend(other.traveller.unit.clone().map(|unit| Ask::OrderFor(route.id.clone(), unit)));
    all.extend(station.order(&route.id).cloned().map(Ask::Order));
    let ordered = facts.orders.iter().filter(|o| o.route == route.id && o.revision != route.revision);
    all.extend(ordered.map(|o| Ask::Route(o.route.clone(), o.revision.clone())));
    all.extend(station.loaded.iter().map(|l| Ask::Lot(l.lot.clone())));
}

//! `traveller gaps`: whether each record is whole, and who can mend it where it is not.

use std::collections::{BTreeSet, HashMap};

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::gaps_args::GapsArgs;
use super::known_routes::KnownRoutes;
use super::output::json_line;
use super::selection::Selection;
use crate::app::port::Fault;
use crate::app::shifts::calendar::Calendar;
use crate::domain::id::{Epoch, LotId, RouteId, TerminalId, UnitId};
use crate::domain::route::Route;
use crate::domain::time::{At, SECOND};
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::Fate;
use crate::ledger::Reader;
use crate::ledger::read::around::{Record, Whereabouts};
use crate::report::gaps::content::GapCheck;
use crate::report::gaps::finding::Finding;
use crate::report::gaps::kind::Kind;
use crate::report::gaps::one::{Known, Limits, look};
use crate::report::gaps::parts::asked;
use crate::report::gaps::{html, text};
use crate::station::clock::StationClock;
use crate::station::replicas::Replicas;

/// Pairs of numbers that say the same, of which an answer tells.
const TWICE_MOST: u32 = 1_000;
/// Lots that are kept in mind at once.
const LOTS_MOST: usize = 10_000;

/// Who looks, and what is kept in mind from unit to unit.
struct Look<'a> {
    reader: &'a Reader,
    calendar: &'a Calendar,
    limits: Limits,
    held: Vec<(TerminalId, Epoch, u64)>,
    components: BTreeSet<RouteId>,
    routes: KnownRoutes,
    received: HashMap<LotId, bool>,
    check: GapCheck,
}

pub(super) fn run(cx: &mut Context<'_>, args: &GapsArgs) -> Result<Outcome, Failure> {
    let reader = cx.reader()?;
    let now = StationClock::of_machine()?.read().at;
    let held = Replicas::of(&cx.settings, reader.path()).held(&reader.streams()?);
    let limits = Limits {
        now,
        waiting: args.waiting * 3_600 * SECOND,
        late: args.late * 60 * SECOND,
        ahead: args.ahead || !args.units.is_empty(),
    };
    let mut look = Look {
        reader: &reader,
        calendar: &cx.settings.work.calendar,
        limits,
        held: held.clone().unwrap_or_default(),
        components: BTreeSet::new(),
        routes: KnownRoutes::default(),
        received: HashMap::new(),
        check: GapCheck::default(),
    };
    look.components = look.made()?;
    let selection = selection(args, &cx.settings.work.calendar, now)?;
    selection.each(&reader, |unit| Ok(look.unit(unit)?))?;
    if selection.is_of_all() {
        look.ledger(held.is_some())?;
    }
    let check = look.check;
    let told = check.told(now);
    if cx.json {
        json_line(cx.out, &told)?;
    } else {
        let page = if args.html { html::page(&told) } else { text::page(&told) };
        cx.out.write_all(page.as_bytes())?;
    }
    Ok(if check.has_gaps() { Outcome::No } else { Outcome::Done })
}

fn selection<'a>(args: &'a GapsArgs, calendar: &Calendar, now: At) -> Result<Selection<'a>, Failure> {
    let zone = calendar.zone();
    let beyond = || Failure::wrong_use("the period lies beyond the calendar", "name another time");
    let from = args.from.map(|from| from.until(now, zone).ok_or_else(beyond)).transpose()?;
    let before = args.to.map(|to| to.after(from.unwrap_or(At(0)), zone).ok_or_else(beyond)).transpose()?;
    let (route, order, lot) = (args.route.as_ref(), args.order.as_ref(), args.lot.as_ref());
    Ok(Selection { units: &args.units, route, order, lot, from, before })
}

impl Look<'_> {
    /// Routes whose units go into others.
    fn made(&mut self) -> Result<BTreeSet<RouteId>, Fault> {
        let mut made = BTreeSet::new();
        for listed in self.reader.routes()? {
            let route = self.routes.get(self.reader, &listed.release.route, &listed.release.revision)?;
            made.extend(route.parts.values().filter_map(|part| part.made_by.clone()));
        }
        Ok(made)
    }

    /// Looks at a unit.
    fn unit(&mut self, unit: &UnitId) -> Result<(), Fault> {
        let Some(Record { traveller, events, .. }) = self.reader.record(unit)? else { return Ok(()) };
        let Some((route, revision)) = traveller.route.clone() else {
            let what = "none of its events says that it began".to_owned();
            self.check.add_of_ledger(Finding::of_unit(unit, Kind::Hole, None, what));
            return Ok(());
        };
        let route = self.routes.get(self.reader, &route, &revision)?;
        let known = self.known(unit, &traveller, &route)?;
        let found = look((&traveller, &events), &route, &known, (self.calendar, &self.limits));
        self.check.add(&traveller, &route, found);
        Ok(())
    }

    fn known(&mut self, unit: &UnitId, traveller: &Traveller, route: &Route) -> Result<Known, Fault> {
        let asked = asked(traveller, route);
        let mut known = Known { held: self.held.clone(), ..Known::default() };
        for lot in asked.lots {
            if self.was_received(&lot)? {
                known.received.insert(lot);
            }
        }
        for component in asked.units {
            if self.reader.unit(&component)?.is_some() {
                known.units.insert(component);
            }
        }
        if traveller.standing == Standing::Complete && self.components.contains(&route.id) {
            // What was scrapped or waits in quarantine is accounted for.
            let at_large = [Whereabouts::Nowhere, Whereabouts::Out(Fate::Reuse)];
            known.has_parent = Some(!at_large.contains(&self.reader.whereabouts(unit)?));
        }
        Ok(known)
    }

    fn was_received(&mut self, lot: &LotId) -> Result<bool, Fault> {
        if let Some(known) = self.received.get(lot) {
            return Ok(*known);
        }
        if self.received.len() >= LOTS_MOST {
            self.received.clear();
        }
        let received = self.reader.lot(lot)?.is_some();
        self.received.insert(lot.clone(), received);
        Ok(received)
    }

    /// What is about the ledger as a whole.
    fn ledger(&mut self, has_replica: bool) -> Result<(), Fault> {
        for twice in self.reader.numbers_twice(TWICE_MOST)? {
            let (one, other) = (&twice.one, &twice.other);
            let what = format!("{} {one} and {other} say the same", twice.kind);
            let how = format!("hold both until it is known which label is right: traveller hold {one} {other}");
            let finding = Finding::of_ledger(Kind::Identity, what, how);
            self.check.add_of_ledger(Finding { unit: UnitId::parse(one).ok(), ..finding });
        }
        for person in self.reader.people()?.into_iter().filter(|person| person.recovered.is_some()) {
            let what = format!("{} works with a PIN that was recovered, and no second lead confirmed it", person.badge);
            let how = format!("traveller operator confirm {} --by LEAD", person.badge);
            let finding = Finding::of_ledger(Kind::Provisional, what, how);
            self.check.add_of_ledger(Finding { by: Some(person.badge), who: "a second lead".to_owned(), ..finding });
        }
        if !has_replica && self.reader.head()?.is_some() {
            let what = "no replica is known of this ledger: all of it is on this terminal alone".to_owned();
            let how = "name a target in traveller.toml, then traveller replicate".to_owned();
            self.check.add_of_ledger(Finding::of_ledger(Kind::Unsent, what, how));
        }
        Ok(())
    }
}

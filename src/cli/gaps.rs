//! `traveller gaps`: whether each record is whole, and who can mend it where it is not.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::gaps_args::GapsArgs;
use super::output::json_line;
use super::show::unknown;
use crate::app::port::Fault;
use crate::app::shifts::calendar::Calendar;
use crate::domain::id::{Epoch, LotId, Revision, RouteId, TerminalId, UnitId};
use crate::domain::route::Route;
use crate::domain::time::{At, SECOND};
use crate::domain::traveller::{Standing, Traveller};
use crate::domain::what::Fate;
use crate::ledger::Reader;
use crate::ledger::place::Place;
use crate::ledger::read::around::Whereabouts;
use crate::ledger::read::units::{Page, UnitFilter};
use crate::ledger::reader::PAGE_ROWS_MOST;
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
/// Route revisions that are kept in mind at once.
const ROUTES_MOST: usize = 256;

/// Who looks, and what is kept in mind from unit to unit.
struct Look<'a> {
    reader: &'a Reader,
    calendar: &'a Calendar,
    limits: Limits,
    held: Vec<(TerminalId, Epoch, u64)>,
    components: BTreeSet<RouteId>,
    routes: HashMap<(RouteId, Revision), Rc<Route>>,
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
        routes: HashMap::new(),
        received: HashMap::new(),
        check: GapCheck::default(),
    };
    look.components = look.made()?;
    if args.units.is_empty() {
        look.selected(args)?;
    } else {
        for unit in &args.units {
            if !look.unit(unit)? {
                return Err(unknown(unit));
            }
        }
    }
    if args.units.is_empty() && is_of_all(args) {
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

fn is_of_all(args: &GapsArgs) -> bool {
    args.route.is_none() && args.order.is_none() && args.lot.is_none() && args.from.is_none()
}

impl Look<'_> {
    /// Routes whose units go into others.
    fn made(&mut self) -> Result<BTreeSet<RouteId>, Fault> {
        let mut made = BTreeSet::new();
        for listed in self.reader.routes()? {
            let route = self.route(&listed.release.route, &listed.release.revision)?;
            made.extend(route.parts.values().filter_map(|part| part.made_by.clone()));
        }
        Ok(made)
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Rc<Route>, Fault> {
        let key = (route.clone(), revision.clone());
        if let Some(known) = self.routes.get(&key) {
            return Ok(known.clone());
        }
        let text = self.reader.route_text(route, revision)?;
        let read = text.as_deref().and_then(crate::route_file::released).ok_or_else(|| {
            let what = format!("the released text of route {route} revision {revision} is missing or damaged");
            Fault::new(what, "run `traveller verify`")
        })?;
        if self.routes.len() >= ROUTES_MOST {
            self.routes.clear();
        }
        let read = Rc::new(read);
        self.routes.insert(key, read.clone());
        Ok(read)
    }

    /// Every unit that the options leave, page by page.
    fn selected(&mut self, args: &GapsArgs) -> Result<(), Failure> {
        if let Some(lot) = &args.lot {
            let mut units = Vec::new();
            let mut after: Option<UnitId> = None;
            loop {
                units.extend(self.reader.users(lot.as_str(), after.as_ref(), PAGE_ROWS_MOST)?);
                let Some(last) = units.last() else { return Ok(()) };
                after = Some(last.unit.clone());
                for used in units.drain(..).filter(|used| !used.was_in) {
                    self.unit(&used.unit)?;
                }
            }
        }
        let zone = self.calendar.zone();
        let beyond = || Failure::wrong_use("the period lies beyond the calendar", "name another time");
        let from = args.from.map(|from| from.until(self.limits.now, zone).ok_or_else(beyond)).transpose()?;
        let to = args.to.map(|to| to.after(from.unwrap_or(At(0)), zone).ok_or_else(beyond)).transpose()?;
        let filter = UnitFilter {
            route: args.route.clone(),
            order: args.order.clone(),
            changed_from: from,
            begun_before: to,
            ..UnitFilter::default()
        };
        let mut after = Place::START;
        loop {
            let rows = self.reader.units(&filter, Page::After(after), PAGE_ROWS_MOST)?;
            let Some(last) = rows.last() else { return Ok(()) };
            after = last.place;
            for row in rows {
                self.unit(&row.unit)?;
            }
        }
    }

    /// Looks at a unit; whether it is on record.
    fn unit(&mut self, unit: &UnitId) -> Result<bool, Fault> {
        let Some((traveller, events)) = self.reader.record(unit)? else { return Ok(false) };
        let Some((route, revision)) = traveller.route.clone() else {
            let what = "none of its events says that it began".to_owned();
            self.check.add_of_ledger(Finding::of_unit(unit, Kind::Hole, None, what));
            return Ok(true);
        };
        let route = self.route(&route, &revision)?;
        let known = self.known(unit, &traveller, &route)?;
        let found = look((&traveller, &events), &route, &known, (self.calendar, &self.limits));
        self.check.add(&traveller, &route, found);
        Ok(true)
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

//! What the ledger has to say to the board. Each question is a short read of its own; what the events of the shift say
//! is folded on, so that only what is new is read again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::app::board::lines::OverrideLine;
use crate::app::board::trend::CheckName;
use crate::app::port::Fault;
use crate::app::shifts::calendar::SHIFT;
use crate::app::shifts::left::Left;
use crate::domain::check::CheckKind;
use crate::domain::id::{PartId, Revision, RouteId};
use crate::domain::limits::Limits;
use crate::domain::lot::Lot;
use crate::domain::projection::{QUARTER, quarter};
use crate::domain::route::Route;
use crate::domain::shift::Turn as InTurn;
use crate::domain::time::{At, Day};
use crate::domain::traveller::State;
use crate::domain::watch::Watched;
use crate::ledger::Reader;
use crate::ledger::place::Place;
use crate::ledger::read::units::{Page, UnitFilter};
use crate::ledger::reader::{PAGE_ROWS_MOST, Stream};
use crate::report::board::fold::ShiftFold;
use crate::report::board::limits::horizon;
use crate::report::board::seen::{GoldenStep, Seen};
use crate::report::board::values::{Series, Value};
use crate::route_file::released;
use crate::station::config::Settings;
use crate::station::look::dead_man::DeadMan;

/// Nonconforming units that are looked at.
const UNITS_MOST: u32 = 200;
/// Units put down half done that are looked for.
const HALF_DONE_MOST: usize = 50;
/// Lots that end and are looked at.
const LOTS_MOST: u32 = 50;
/// Orders that are looked at.
const ORDERS_MOST: u32 = 500;
/// Values of a trend.
const VALUES_MOST: u32 = 120;
/// Checks that have a trend.
const CHECKS_MOST: usize = 500;
/// Steps that ask for golden samples.
const GOLDEN_MOST: usize = 100;

/// How a question is asked: whoever is stopped in the middle of one must not keep the ledger's lock.
pub trait Asks {
    /// Asks one question.
    fn ask<T>(&self, question: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault>;
}

impl Asks for DeadMan {
    fn ask<T>(&self, question: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        self.within(question)
    }
}

/// A question of a command that reads once and ends.
#[derive(Debug, Clone, Copy)]
pub struct Once;

impl Asks for Once {
    fn ask<T>(&self, question: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        question()
    }
}

/// A check with numbers, as the newest revision of its route has it.
struct Checked {
    name: CheckName,
    title: String,
    limits: Limits,
}

/// What is asked, and what is known already.
pub struct Gather {
    settings: Settings,
    /// From when on is counted; none: from the beginning of the shift.
    since: Option<At>,
    /// The check whose trend is asked for.
    pub trend: Option<CheckName>,
    /// From when on the events were folded.
    folded_from: Option<At>,
    fold: ShiftFold,
    /// What each stream's last event was before that moment.
    begins: BTreeMap<u32, Place>,
    /// The last event of each stream that was folded.
    last: BTreeMap<u32, Place>,
    /// The revisions whose checks are known.
    revisions: Vec<(RouteId, Revision)>,
    checks: Vec<Checked>,
    /// Their steps that ask for golden samples.
    golden: Vec<GoldenStep>,
    /// Their parts that may be open for so many minutes only.
    floors: BTreeMap<PartId, u32>,
}

impl Gather {
    /// Nothing is known yet.
    pub fn new(settings: Settings, since: Option<At>, trend: Option<CheckName>) -> Self {
        Self {
            settings,
            since,
            trend,
            folded_from: None,
            fold: ShiftFold::default(),
            begins: BTreeMap::new(),
            last: BTreeMap::new(),
            revisions: Vec::new(),
            checks: Vec::new(),
            golden: Vec::new(),
            floors: BTreeMap::new(),
        }
    }

    /// What the board of a moment is computed from.
    pub fn seen(&mut self, reader: &Reader, now: At, asks: &impl Asks) -> Result<Seen, Fault> {
        let turn = self.settings.work.calendar.at(now);
        let begin = turn.as_ref().map_or_else(|| now.plus(-SHIFT), |turn| turn.begin);
        let (first, last) = (quarter(self.since.unwrap_or(begin)), quarter(now) + 1);
        let from = At(first.saturating_mul(QUARTER));
        self.fold_on(reader, from, asks)?;
        self.know_checks(reader, asks)?;
        let failed = UnitFilter { state: Some(State::Nonconforming), ..UnitFilter::default() };
        let stations = asks.ask(|| reader.stations_seen())?;
        let names = stations.iter().filter_map(|of| of.station.station.clone());
        let class = |name| Some((self.settings.place(&name).ok()?.class, name));
        let classes = names.filter_map(class).map(|(class, name)| (name, class)).collect();
        let left = Left {
            half_done: asks.ask(|| reader.half_done(HALF_DONE_MOST))?,
            stations: stations.iter().filter_map(|of| Watched::of(&of.station)).collect(),
            ..Left::default()
        };
        let mut seen = Seen {
            from: Some(from),
            now: Some(now),
            turn,
            plans: self.settings.work.plans.clone(),
            classes,
            stations,
            counts: asks.ask(|| reader.counts(first, last))?,
            first_passes: asks.ask(|| reader.first_passes(&self.begins))?,
            work: asks.ask(|| reader.work_in_process())?,
            nonconforming: asks.ask(|| reader.units(&failed, Page::After(Place::START), UNITS_MOST))?,
            holds: asks.ask(|| reader.holds())?,
            refusals: asks.ask(|| reader.refused_most(from))?,
            orders: asks.ask(|| reader.orders_in_work(ORDERS_MOST))?,
            fold: self.fold.clone(),
            left,
            gauges: asks.ask(|| reader.gauges())?,
            people: asks.ask(|| reader.people())?,
            lots: Vec::new(),
            golden: self.golden.clone(),
            open_lots: self.open_lots(reader, now, asks)?,
            in_turn: self
                .settings
                .work
                .calendar
                .stand(now)
                .map(InTurn::Shift)
                .or_else(|| Day::of(now).map(InTurn::Day)),
            permits: asks.ask(|| reader.permits())?,
            overrides: self.overrides(reader, now, asks)?,
            checks: self.checks.iter().map(|check| check.name.clone()).collect(),
            series: self.series(reader, asks)?,
        };
        if let Some(by) = horizon(&seen).and_then(Day::of) {
            seen.lots = asks.ask(|| reader.lots_ending(by, LOTS_MOST))?;
        }
        Ok(seen)
    }

    /// Folds what was recorded since it was folded last; all of it where another shift began.
    fn fold_on(&mut self, reader: &Reader, from: At, asks: &impl Asks) -> Result<(), Fault> {
        if self.folded_from != Some(from) {
            (self.folded_from, self.fold) = (Some(from), ShiftFold::default());
            self.begins.clear();
            self.last.clear();
        }
        for stream in asks.ask(|| reader.streams())? {
            if let Entry::Vacant(begins) = self.begins.entry(stream.id) {
                let Some(before) = asks.ask(|| reader.before(&stream, from))? else { continue };
                begins.insert(before);
                self.last.insert(stream.id, before);
            }
            while self.fold_page(reader, &stream, asks)? {}
        }
        Ok(())
    }

    /// Folds one page of a stream; whether there was anything. An event that was counted is not counted again, also
    /// where the next one cannot be read.
    fn fold_page(&mut self, reader: &Reader, stream: &Stream, asks: &impl Asks) -> Result<bool, Fault> {
        let Some(after) = self.last.get(&stream.id).copied().filter(|last| last.seq() < stream.seq) else {
            return Ok(false);
        };
        let page = asks.ask(|| reader.events_after(after, PAGE_ROWS_MOST))?;
        let mut is_any = false;
        for stored in page.iter().take_while(|stored| stored.place.stream() == stream.id) {
            let event = stored.outcome()?;
            self.fold.count(&event);
            self.last.insert(stream.id, stored.place);
            is_any = true;
        }
        Ok(is_any)
    }

    fn overrides(&self, reader: &Reader, now: At, asks: &impl Asks) -> Result<Option<OverrideLine>, Fault> {
        let Some(rule) = &self.settings.overrides else { return Ok(None) };
        let shift = self.settings.work.calendar.stand(now);
        let since = rule.allowed(now, shift.as_ref()).since;
        let (used, _last) = asks.ask(|| reader.overrides_since(since))?;
        Ok(Some(OverrideLine { since, used, budget: rule.budget }))
    }

    /// The checks with numbers and the golden samples of the newest revision of each route that is not withdrawn.
    fn know_checks(&mut self, reader: &Reader, asks: &impl Asks) -> Result<(), Fault> {
        let mut revisions: Vec<(RouteId, Revision)> = Vec::new();
        for row in asks.ask(|| reader.routes())?.into_iter().filter(|row| row.withdrawn.is_none()) {
            if revisions.iter().all(|(route, _)| *route != row.release.route) {
                revisions.push((row.release.route, row.release.revision));
            }
        }
        revisions.sort();
        if revisions == self.revisions {
            return Ok(());
        }
        self.checks.clear();
        self.golden.clear();
        self.floors.clear();
        for (route, revision) in &revisions {
            let text = asks.ask(|| reader.route_text(route, revision))?;
            let Some(route) = text.as_deref().and_then(released) else { continue };
            let room = CHECKS_MOST.saturating_sub(self.checks.len());
            self.checks.extend(checks_of(&route).into_iter().take(room));
            let room = GOLDEN_MOST.saturating_sub(self.golden.len());
            self.golden.extend(golden_of(&route).take(room));
            for (part, minutes) in route.parts.iter().filter_map(|(part, about)| Some((part, about.floor_minutes?))) {
                let least = self.floors.entry(part.clone()).or_insert(minutes);
                *least = minutes.min(*least);
            }
        }
        self.revisions = revisions;
        Ok(())
    }

    /// The lots that are open and may not be for long.
    fn open_lots(&self, reader: &Reader, now: At, asks: &impl Asks) -> Result<Vec<(Lot, u32)>, Fault> {
        let Some(today) = Day::of(now) else { return Ok(Vec::new()) };
        let mut open = Vec::new();
        for (part, minutes) in &self.floors {
            let lots = asks.ask(|| reader.usable_lots(part, today, LOTS_MOST))?;
            open.extend(lots.into_iter().filter(|lot| lot.open_since.is_some()).map(|lot| (lot, *minutes)));
        }
        Ok(open)
    }

    fn series(&self, reader: &Reader, asks: &impl Asks) -> Result<Option<Series>, Fault> {
        let Some(name) = &self.trend else { return Ok(None) };
        let known = self.checks.iter().find(|check| check.name == *name);
        let of = (&name.route, &name.step, &name.check);
        let values = asks.ask(|| reader.check_values(of, VALUES_MOST))?;
        // What is no number is no value of a trend: a check may have been another one under an older revision.
        let value = |v: crate::ledger::read::board::CheckValue| {
            Some(Value { at: v.at, unit: v.unit, value: v.value.parse().ok()?, passed: v.passed })
        };
        Ok(Some(Series {
            check: name.clone(),
            title: known.map(|check| check.title.clone()),
            limits: known.map(|check| check.limits.clone()),
            values: values.into_iter().filter_map(value).collect(),
        }))
    }
}

fn golden_of(route: &Route) -> impl Iterator<Item = GoldenStep> {
    route.steps.iter().filter_map(|step| {
        let (route, class, golden) = (route.id.clone(), step.station.clone(), step.golden.clone()?);
        Some(GoldenStep { route, step: step.id.clone(), class, golden })
    })
}

fn checks_of(route: &Route) -> Vec<Checked> {
    let mut all = Vec::new();
    for step in &route.steps {
        for check in &step.checks {
            if let CheckKind::Number { limits, .. } = &check.kind {
                let (route, step, id) = (route.id.clone(), step.id.clone(), check.id.clone());
                let name = CheckName { route, step, check: id };
                all.push(Checked { name, title: check.title.clone(), limits: limits.clone() });
            }
        }
    }
    all
}

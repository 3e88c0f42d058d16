//! The card of codes: what somebody who opens the terminal can type or scan, and what each code is.

use crate::app::model::CardLine;
use crate::app::port::{Fault, Ledger};
use crate::app::settlement::Work;
use crate::domain::ambient::Place;
use crate::domain::command_code::CommandCode;
use crate::domain::id::{PartId, UnitId};
use crate::domain::need::{Need, needs};
use crate::domain::role::Role;
use crate::domain::route::{Capture, CheckKind, Expect};
use crate::domain::station::Station;
use crate::domain::what::Piece;

use super::cast::{LEAD, Pins, Who};
use super::floor::{ANY_KIND, Bench, Class};
use super::job::{Job, Way};
use super::plant::Plant;

/// A station, and codes to type or scan there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The station that shows most.
    pub place: Place,
    /// The codes.
    pub lines: Vec<CardLine>,
}

/// Collects the lines of a card.
#[derive(Default)]
struct Lines(Vec<CardLine>);

impl Lines {
    fn add(&mut self, code: &(impl ToString + ?Sized), what: impl Into<String>) {
        self.0.push(CardLine { code: code.to_string(), what: what.into() });
    }
}

impl<L: Ledger, P: Pins> Plant<'_, L, P> {
    /// The card for the station that shows most: with a unit half done, and others waiting.
    pub(super) fn card(&mut self) -> Result<Card, Fault> {
        let mut best = (0, 0);
        for at in 0..self.floor.benches.len() {
            best = best.max((self.shows(at)?, at));
        }
        let (_, at) = best;
        let (place, class) = self.floor.bench(at).map(|b| (b.place.clone(), b.class))?;
        let mut lines = Lines::default();
        let bench = self.floor.bench(at)?;
        let half_done = in_hand(bench);
        let [early, late] = bench.crew;
        let here = if bench.shift.is_multiple_of(2) { early } else { late };
        self.person(here, &mut lines)?;
        self.learning(at, here, &mut lines)?;
        if let Some(unit) = &half_done {
            lines.add(unit, "a unit half done here: go on with it");
            let seen = self.look(unit)?;
            self.material(at, &seen, &mut lines)?;
        }
        self.means(at, &mut lines)?;
        self.units(class, &mut lines)?;
        if let Some(lot) = &self.store.expired {
            lines.add(lot, "a lot that has expired: refused");
        }
        lines.add(&CommandCode::Pass.text(), "the command PASS");
        let inspector = self.cast.holder(Role::Inspector, &[], 0);
        for who in inspector.into_iter().chain([LEAD]) {
            self.person(who, &mut lines)?;
        }
        Ok(Card { place, lines: lines.0 })
    }

    /// How much there is to see at a station: kinds of needs of the unit half done, and whether units wait.
    fn shows(&mut self, at: usize) -> Result<usize, Fault> {
        let bench = self.floor.bench(at)?;
        let (unit, class) = (in_hand(bench), bench.class);
        let waits = usize::from(!self.floor.class(class)?.waiting.is_empty());
        let Some(unit) = unit else { return Ok(waits) };
        let seen = self.look(&unit)?;
        let station = self.at_dawn(at)?;
        let step = seen.traveller.due.as_ref().and_then(|d| seen.route.step(&d.step));
        let open = step.map(|step| needs(&seen.traveller, &seen.route, step, &station)).unwrap_or_default();
        let has = |kind: fn(&Need<'_>) -> bool| usize::from(open.iter().any(kind));
        let (material, check) = (has(|n| matches!(n, Need::Material { .. })), has(|n| matches!(n, Need::Check { .. })));
        let (gauge, signature) =
            (has(|n| matches!(n, Need::Gauge(_))), has(|n| matches!(n, Need::Signature(_) | Need::FirstPiece)));
        // Where boxes are loaded and somebody is learning there is more to try.
        let rules = usize::from(self.floor.class(class)?.loads);
        Ok(10 + 6 * rules + 4 * material + 4 * gauge + 2 * check + 2 * signature + waits)
    }

    /// A station as whoever opens the terminal finds it: gauges left with those who measured with them.
    fn at_dawn(&mut self, at: usize) -> Result<Station, Fault> {
        let name = self.floor.bench(at)?.place.station.clone();
        Ok(Station { gauges: Vec::new(), ..self.station(&name)? })
    }

    fn person(&self, who: Who, lines: &mut Lines) -> Result<(), Fault> {
        let member = self.cast.get(who)?;
        let roles: Vec<&str> = member.roles.iter().map(|r| r.word()).collect();
        lines.add(&member.badge, format!("{}, {}: PIN {}", member.name, roles.join(", "), member.pin));
        Ok(())
    }

    /// Who is learning a step that is done at a station, and who stands by.
    fn learning(&self, at: usize, here: Who, lines: &mut Lines) -> Result<(), Fault> {
        let Some(bench) = self.floor.benches.get(at) else { return Ok(()) };
        let shift = usize::from(!bench.shift.is_multiple_of(2));
        let here_too = self.floor.benches.iter().filter(|b| b.class == bench.class);
        for who in here_too.filter_map(|b| b.crew.get(shift).copied()) {
            let member = self.cast.get(who)?;
            let Some(learned) = member.qualifications.iter().find(|q| q.supervised) else { continue };
            let supervisor = self.floor.supervisor(&self.cast, who, &learned.name)?;
            if who == here {
                lines.add(&supervisor, format!("stands by: {} is learning {}", member.name, learned.name));
            } else {
                let what = format!("is learning {}, {supervisor} stands by: PIN {}", learned.name, member.pin);
                lines.add(&member.badge, what);
            }
            break;
        }
        Ok(())
    }

    /// What the step of the unit half done still takes.
    fn material(&mut self, at: usize, seen: &Work, lines: &mut Lines) -> Result<(), Fault> {
        let station = self.at_dawn(at)?;
        let step = seen.traveller.due.as_ref().and_then(|d| seen.route.step(&d.step));
        let open = step.map(|step| needs(&seen.traveller, &seen.route, step, &station)).unwrap_or_default();
        for need in open {
            match need {
                Need::Material { part, capture: Capture::Serial, title, .. } => {
                    if let Some(code) = self.component(part, seen)? {
                        lines.add(&code, format!("a component that it needs: {title}"));
                    }
                }
                Need::Material { part, title, .. } => {
                    lines.add(self.store.lot(part)?, format!("a lot that it needs: {title}"));
                }
                Need::Check { check, .. } => {
                    if let CheckKind::Scan { expect: Expect::Equals(text) } = &check.kind {
                        let text = seen.route.text_for(text, seen.traveller.variant.as_deref());
                        lines.add(&*text, format!("a label that it needs: {}", check.title));
                    }
                }
                Need::Gauge(_) | Need::Signature(_) | Need::FirstPiece => {}
            }
        }
        Ok(())
    }

    /// What may be loaded, measured with and ordered at a station, whichever unit is open.
    fn means(&mut self, at: usize, lines: &mut Lines) -> Result<(), Fault> {
        for loaded in self.at_dawn(at)?.loaded {
            if let Some(spare) = self.store.spare(&loaded.part) {
                lines.add(spare, format!("another box of {}: it is loaded", loaded.part));
            }
        }
        let bench = self.floor.bench(at)?;
        for (kind, gauge) in bench.gauges.iter().filter(|(kind, _)| kind != ANY_KIND) {
            lines.add(gauge, format!("a gauge to choose: {kind}"));
        }
        for product in &self.floor.products {
            let (_, order) = product.after_all()?;
            if let Some(order) = order.filter(|order| order.serials.is_none()) {
                let variant = order.variant.as_deref().unwrap_or_default();
                lines.add(&order.order, format!("an order for new units: {} {variant}", product.route.id));
            }
        }
        Ok(())
    }

    /// The number of a component: one that is to be met again, one that is done, or a new one.
    fn component(&mut self, part: &PartId, seen: &Work) -> Result<Option<String>, Fault> {
        let waits = seen.traveller.installed.iter().find(|i| i.to_verify && i.out.is_none() && i.part == *part);
        if let Some(Piece::Serial(serial)) = waits.map(|i| &i.piece) {
            return Ok(Some(serial.to_string()));
        }
        let Some(about) = seen.route.parts.get(part) else { return Ok(None) };
        match (&about.made_by, &about.pattern) {
            (Some(made_by), _) => Ok(self.store.next_made(made_by).map(ToString::to_string)),
            (None, Some(pattern)) => self.store.text(pattern).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// Units that wait here, that may begin here, and that are refused here.
    fn units(&mut self, class: usize, lines: &mut Lines) -> Result<(), Fault> {
        // Whoever opens the terminal after a weekend is too late for a window.
        let keeps = |job: &&Job| self.floor.route(job).is_ok_and(|route| !job.has_window(&route));
        let waiting = self.floor.classes.get(class).map(|c| &c.waiting);
        if let Some(job) = waiting.and_then(|waiting| waiting.iter().find(keeps).or(waiting.front())) {
            lines.add(&job.unit, "a unit waiting here");
        }
        if let Some((_, job)) = self.floor.class(class)?.curing.back() {
            lines.add(&job.unit, "a unit that comes too early: refused");
        }
        let begins = |wanted: bool| self.floor.products.iter().find(|p| p.class == class && p.is_part == wanted);
        if let Some(product) = begins(false).or_else(|| begins(true)) {
            let (unit, _) = product.after_all()?;
            lines.add(&unit, format!("a new unit of {}", product.route.title));
        }
        let mut elsewhere = self.floor.classes.iter().enumerate().filter(|(at, _)| *at != class);
        let only_there = |c: &Class| c.waiting.iter().find(|job| self.is_only_there(job)).cloned();
        if let Some((name, job)) = elsewhere.find_map(|(_, c)| Some((&c.name, only_there(c)?))) {
            lines.add(&job.unit, format!("a unit due at {name}: refused here"));
        }
        for (way, what) in
            [(Way::Lead, "a unit that failed: refused until a lead decides"), (Way::Quality, "a unit on hold: refused")]
        {
            if let Some(matter) = self.floor.matters.iter().find(|m| m.job.way == way && !m.late) {
                lines.add(&matter.job.unit, what);
            }
        }
        Ok(())
    }
}

/// The unit that is half done at a station.
fn in_hand(bench: &Bench) -> Option<UnitId> {
    bench.job.as_ref().or_else(|| bench.aside.front()).map(|job| job.unit.clone())
}

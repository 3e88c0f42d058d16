//! The card of codes: what somebody who opens the terminal can type or scan, and what each code is.

use crate::app::model::CardLine;
use crate::app::port::{Fault, Ledger};
use crate::app::settlement::Work;
use crate::domain::ambient::Place;
use crate::domain::command_code::CommandCode;
use crate::domain::id::UnitId;
use crate::domain::need::{Need, needs};
use crate::domain::role::Role;
use crate::domain::route::{Capture, CheckKind, Expect};
use crate::domain::station::Station;
use crate::domain::what::Piece;

use super::cast::{LEAD, Pins, QUALITY, Who};
use super::floor::{Bench, Way};
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
        if let Some(unit) = &half_done {
            lines.add(unit, "a unit half done here: go on with it");
            let seen = self.look(unit)?;
            self.material(&seen, &mut lines)?;
        }
        self.units(class, &mut lines)?;
        if let Some(lot) = &self.store.expired {
            lines.add(lot, "a lot that has expired: refused");
        }
        lines.add(&CommandCode::Pass.text(), "the command PASS");
        let inspector = self.cast.holder(Role::Inspector, &[], 0);
        for who in inspector.into_iter().chain([LEAD, QUALITY]) {
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
        let step = seen.traveller.due.as_ref().and_then(|d| seen.route.step(&d.step));
        let open = step.map(|step| needs(&seen.traveller, &seen.route, step, &Station::default())).unwrap_or_default();
        let has = |kind: fn(&Need<'_>) -> bool| usize::from(open.iter().any(kind));
        let (material, check) = (has(|n| matches!(n, Need::Material { .. })), has(|n| matches!(n, Need::Check { .. })));
        let signature = has(|n| matches!(n, Need::Signature(_)));
        Ok(10 + 4 * material + 2 * check + 2 * signature + waits)
    }

    fn person(&self, who: Who, lines: &mut Lines) -> Result<(), Fault> {
        let member = self.cast.get(who)?;
        let roles: Vec<&str> = member.roles.iter().map(|r| r.word()).collect();
        lines.add(&member.badge, format!("{}, {}: PIN {}", member.name, roles.join(", "), member.pin));
        Ok(())
    }

    /// What the step of the unit half done still takes.
    fn material(&mut self, seen: &Work, lines: &mut Lines) -> Result<(), Fault> {
        let step = seen.traveller.due.as_ref().and_then(|d| seen.route.step(&d.step));
        let open = step.map(|step| needs(&seen.traveller, &seen.route, step, &Station::default())).unwrap_or_default();
        for need in open {
            match need {
                Need::Material { part, capture: Capture::Serial, title, .. } => {
                    let waits =
                        seen.traveller.installed.iter().find(|i| i.to_verify && i.out.is_none() && i.part == *part);
                    let code =
                        match (waits.map(|i| &i.piece), seen.route.parts.get(part).and_then(|p| p.pattern.as_ref())) {
                            (Some(Piece::Serial(serial)), _) => serial.to_string(),
                            (_, Some(pattern)) => self.store.text(pattern)?,
                            (_, None) => continue,
                        };
                    lines.add(&code, format!("a component that it needs: {title}"));
                }
                Need::Material { part, title, .. } => {
                    lines.add(self.store.lot(part)?, format!("a lot that it needs: {title}"));
                }
                Need::Check { check, .. } => {
                    if let CheckKind::Scan { expect: Expect::Equals(text) } = &check.kind {
                        lines.add(text, format!("a label that it needs: {}", check.title));
                    }
                }
                Need::Gauge(_) | Need::Signature(_) => {}
            }
        }
        Ok(())
    }

    /// Units that wait here, that may begin here, and that are refused here.
    fn units(&mut self, class: usize, lines: &mut Lines) -> Result<(), Fault> {
        if let Some(job) = self.floor.class(class)?.waiting.front() {
            lines.add(&job.unit, "a unit waiting here");
        }
        if let Some(product) = self.floor.products.iter().find(|p| p.class == class) {
            lines.add(&product.next()?, format!("a new unit of {}", product.route.title));
        }
        let mut elsewhere = self.floor.classes.iter().enumerate().filter(|(at, _)| *at != class);
        if let Some((name, job)) = elsewhere.find_map(|(_, c)| Some((&c.name, c.waiting.front()?))) {
            lines.add(&job.unit, format!("a unit due at {name}: refused here"));
        }
        for (way, what) in
            [(Way::Lead, "a unit that failed: refused until a lead decides"), (Way::Quality, "a unit on hold: refused")]
        {
            if let Some(matter) = self.floor.matters.iter().find(|m| m.job.way == way) {
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

//! What the ledger in memory answers, each question by the words of its description and by looking at everything.

use std::sync::Arc;

use traveller::domain::facts::{Ask, Facts, Inside, Other, Population, Release, Released, Stand};
use traveller::domain::gs1::Gtin;
use traveller::domain::id::{LotId, PartId, Serial, StationId, UnitId};
use traveller::domain::lot::{Lot, LotStanding};
use traveller::domain::number::Number;
use traveller::domain::order::Order;
use traveller::domain::overriding::Overrides;
use traveller::domain::permit::Permit;
use traveller::domain::role::Role;
use traveller::domain::route::{Capture, IdentifierKind, Route};
use traveller::domain::time::Day;
use traveller::domain::traveller::Traveller;
use traveller::domain::watch::Watched;

use super::folds::Folds;

/// Units within units that are followed.
const LEVELS_MOST: usize = 16;

impl Folds {
    #[expect(clippy::too_many_lines, reason = "each question is a few lines")]
    pub(super) fn answer(&self, ask: &Ask, facts: &mut Facts) {
        match ask {
            Ask::Person(badge) if facts.person(badge.as_str()).is_none() => {
                facts.people.extend(self.people.get(badge).cloned());
            }
            Ask::Lot(lot) if facts.lot(lot.as_str()).is_none() => facts.lots.extend(self.lots.get(lot).cloned()),
            Ask::Component(serial) => self.component(serial, facts),
            Ask::Unit(unit) => {
                let other = self.other(unit);
                if !other.traveller.exists() && other.route.is_some() {
                    facts.claim = self.claim(unit.as_str()).map(|(release, _)| release.clone());
                }
                facts.other = Some(other);
            }
            Ask::Claim(text) => facts.claim = self.claim(text).map(|(release, _)| release.clone()),
            Ask::Labelled { gtin, serial, lot } => self.labelled(gtin, (serial.as_ref(), lot.as_ref()), facts),
            Ask::Release(route, revision) => {
                let of_route = self.releases.iter().map(|(r, _)| r).filter(|r| r.route == *route);
                let named = of_route.clone().find(|r| r.revision == *revision);
                let newest = of_route.clone().next_back().filter(|r| r.revision != *revision);
                facts.releases.extend(newest.into_iter().chain(named).cloned());
            }
            Ask::Population => {
                let leads = self.people.values().filter(|p| p.has(Role::Lead) && !p.revoked).count();
                let count = |n: usize| u32::try_from(n).unwrap();
                facts.population =
                    Some(Population { enrolled: count(self.people.len()), leads: count(leads), recoverable: false });
            }
            Ask::Gauge(gauge) if facts.gauge(gauge.as_str()).is_none() => {
                facts.gauges.extend(self.gauges.get(gauge).cloned());
            }
            Ask::Order(order) => note(self.orders.get(order), facts),
            Ask::OrderFor(route, unit) => {
                let has_it = |o: &&Order| {
                    o.route == *route && o.serials.as_ref().is_some_and(|range| range.contains(unit.as_str()))
                };
                let first = |closed: bool| {
                    let mut all: Vec<_> = self.orders.values().filter(has_it).filter(|o| o.closed == closed).collect();
                    all.sort_by_key(|o| std::cmp::Reverse(o.serials.as_ref().map(|range| range.first().clone())));
                    all.into_iter().next()
                };
                note(first(false), facts);
                note(first(true), facts);
            }
            Ask::Overlaps(range) => {
                let claims = |o: &&Order| !o.closed && o.serials.as_ref().is_some_and(|s| s.overlaps(range));
                let mut all: Vec<_> = self.orders.values().filter(claims).collect();
                all.sort_by_key(|o| o.serials.as_ref().map(|range| range.first().clone()));
                for order in all {
                    note(Some(order), facts);
                }
            }
            Ask::Route(route, revision) => {
                note_route(self.releases.iter().find(|(r, _)| r.route == *route && r.revision == *revision), facts);
            }
            Ask::Uses(part) => note_route(self.in_force(|route| route.parts.contains_key(part)), facts),
            Ask::Loads(class, part) => note_route(self.in_force(|route| loads(route, class, part)), facts),
            Ask::Sampling(route, step) if facts.sampling(route, step).is_none() => {
                facts.samplings.extend(self.samplings.get(&(route.clone(), step.clone())).cloned());
            }
            Ask::Earlier { part, lot, from } => {
                facts.earlier = self.lots.get(lot).and_then(|lot| self.earlier(part, lot, *from)).cloned();
            }
            Ask::Holders(unit) => self.holders(unit, facts),
            Ask::Newest => facts.newest.clone_from(&self.newest),
            Ask::Stand { unit, of } if facts.stand(unit).is_none() => facts.stands.extend(self.stand(unit, of)),
            Ask::Tag(label) => {
                let tags = self.tags.iter().filter(|t| t.label == *label && !facts.tags.contains(t));
                let tags: Vec<_> = tags.cloned().collect();
                facts.tags.extend(tags);
            }
            Ask::Beside(unit) => {
                let known = self.traveller(unit);
                let route = known.route.as_ref().and_then(|(id, revision)| self.route(id, revision));
                facts.beside = Some(Other { traveller: known, route });
            }
            Ask::Watch(station) => {
                let watch = self.station(station).watch;
                facts.watches.push(Watched { station: station.clone(), watch });
            }
            Ask::Inside(unit) if facts.inside(unit).is_none() => self.inside(unit, facts),
            Ask::Permit(_) | Ask::Permits(..) | Ask::Current(_) | Ask::Overrides(_) => self.deviations(ask, facts),
            Ask::Packing(ask) => self.packing.answer(ask, &self.travellers, &self.releases, &mut facts.packing),
            Ask::Person(_) | Ask::Lot(_) | Ask::Gauge(_) | Ask::Sampling(..) | Ask::Stand { .. } | Ask::Inside(_) => {}
        }
    }

    /// What is permitted, and what was overridden.
    fn deviations(&self, ask: &Ask, facts: &mut Facts) {
        match ask {
            Ask::Permit(permit) => facts.permits.extend(self.permits.get(permit).cloned()),
            Ask::Permits(rule, route) => {
                let is_it = |p: &&Permit| {
                    let of = p.terms.route.as_ref();
                    let is_there = of.is_none() || route.is_none() || of == route.as_ref();
                    is_there && p.terms.waives.code() == *rule && facts.permit(&p.permit).is_none()
                };
                let mut all: Vec<_> = self.permits.values().filter(is_it).cloned().collect();
                all.sort_by_key(|p| (p.closed, std::cmp::Reverse(p.terms.until), p.permit.clone()));
                all.truncate(32);
                facts.permits.extend(all);
            }
            Ask::Current(id) => note_route(self.in_force(|route| route.id == *id), facts),
            Ask::Overrides(since) => {
                let recent: Vec<_> = self.overrides.iter().filter(|(at, _)| at >= since).collect();
                let count = u32::try_from(recent.len()).unwrap();
                let last = recent.last().map(|(_, event)| event.clone());
                facts.overrides = Some(Overrides { since: *since, count, last });
            }
            _ => {}
        }
    }

    fn component(&self, serial: &Serial, facts: &mut Facts) {
        if facts.component(serial.as_str()).is_none() {
            facts.components.extend(self.components.get(serial).and_then(|c| c.last()).cloned());
        }
    }

    fn holders(&self, unit: &UnitId, facts: &mut Facts) {
        let mut at = Serial::parse(unit.as_str()).ok();
        for _ in 0..LEVELS_MOST {
            let Some(serial) = at else { return };
            self.component(&serial, facts);
            let holder = facts.component(serial.as_str()).and_then(|c| c.in_unit.clone());
            at = holder.and_then(|unit| Serial::parse(unit.as_str()).ok());
        }
    }

    pub(super) fn traveller(&self, unit: &UnitId) -> Arc<Traveller> {
        self.travellers.get(unit).cloned().unwrap_or_else(|| Arc::new(Traveller::unborn(unit.clone())))
    }

    fn other(&self, unit: &UnitId) -> Other {
        let traveller = self.traveller(unit);
        let route = match &traveller.route {
            Some((route, revision)) => self.route(route, revision),
            None => self.claim(unit.as_str()).map(|(_, route)| Arc::clone(route)),
        };
        Other { traveller, route }
    }

    fn claim(&self, label: &str) -> Option<&(Release, Arc<Route>)> {
        let newest = self.releases.iter().rev().filter(|r| r.1.claims(label));
        newest.clone().find(|r| !r.0.withdrawn).or_else(|| newest.clone().next())
    }

    fn in_force(&self, fits: impl Fn(&Route) -> bool) -> Option<&(Release, Arc<Route>)> {
        self.releases.iter().rev().find(|(release, route)| !release.withdrawn && fits(route))
    }

    /// The newest route of that GTIN, and the unit that it calls by the serial number.
    fn labelled(&self, gtin: &Gtin, (serial, lot): (Option<&Serial>, Option<&LotId>), facts: &mut Facts) {
        if facts.names_a_unit() {
            return;
        }
        let releases = self.releases.iter().filter(|(_, route)| route.identifier.gtin.as_ref() == Some(gtin));
        let newest = releases.clone().rev().find(|(r, _)| !r.withdrawn).or_else(|| releases.clone().next_back());
        let Some((release, route)) = newest.cloned() else { return };
        facts.claim = Some(release);
        let numbers = match route.identifier.kind {
            IdentifierKind::Serial => serial.map(|s| [format!("(01){gtin}(21){s}"), s.to_string()]),
            IdentifierKind::Batch => lot.map(|l| [format!("(01){gtin}(10){l}"), l.to_string()]),
        };
        let numbers = numbers.into_iter().flatten();
        let units: Vec<_> = numbers.filter_map(|number| UnitId::parse(&number).ok()).collect();
        let is_of = |unit: &&UnitId| self.traveller(unit).route.as_ref().is_some_and(|(of, _)| *of == route.id);
        let is_new = |unit: &&UnitId| !self.traveller(unit).exists() && route.identifier.pattern.matches(unit.as_str());
        if let Some(unit) = units.iter().find(is_of) {
            // It runs the revision that it began under.
            facts.other = Some(self.other(unit));
        } else if let Some(unit) = units.iter().rfind(is_new) {
            facts.other = Some(Other { traveller: self.traveller(unit), route: Some(route) });
        }
    }

    /// A lot of a part that may be used from a day on, and that expires before the named one.
    fn earlier(&self, part: &PartId, named: &Lot, from: Day) -> Option<&Lot> {
        let may_be_used = |l: &&Lot| {
            l.part == *part
                && l.lot != named.lot
                && l.standing == LotStanding::Free
                && l.left > Number::whole(0)
                && l.expires.is_some_and(|day| day >= from && named.expires.is_none_or(|other| day < other))
        };
        self.lots.values().filter(may_be_used).min_by_key(|l| (l.expires, l.lot.clone()))
    }

    /// The first unit on hold among those that a unit is made of.
    fn inside(&self, outer: &UnitId, facts: &mut Facts) {
        let mut paths = vec![vec![outer.clone()]];
        let mut met = vec![outer.clone()];
        while !paths.is_empty() {
            let mut deeper = Vec::new();
            for path in paths {
                let Some(at) = self.travellers.get(path.last().unwrap()) else { continue };
                let Some(route) = at.route.as_ref().and_then(|(id, revision)| self.route(id, revision)) else {
                    continue;
                };
                for unit in at.sub_assemblies(&route) {
                    let Some(known) = self.travellers.get(&unit).filter(|_| !met.contains(&unit)) else { continue };
                    met.push(unit.clone());
                    let path: Vec<_> = path.iter().cloned().chain([unit]).collect();
                    if known.is_held() {
                        return facts.inside.extend(Inside::at_the_end_of(path, known));
                    }
                    deeper.push(path);
                }
            }
            paths = deeper;
        }
    }

    fn stand(&self, unit: &UnitId, of: &str) -> Option<Stand> {
        let known = self.travellers.get(unit)?;
        let (route, revision) = known.route.clone()?;
        Some(Stand {
            unit: unit.clone(),
            route,
            revision,
            order: known.order.clone(),
            purpose: known.purpose,
            pieces: known.pieces(),
            state: known.state(),
            held: known.is_held(),
            held_of: known.is_held_of(of),
            head: known.head.clone()?,
        })
    }
}

fn note(order: Option<&Order>, facts: &mut Facts) {
    facts.orders.extend(order.filter(|o| facts.order(o.order.as_str()).is_none()).cloned());
}

fn note_route(found: Option<&(Release, Arc<Route>)>, facts: &mut Facts) {
    if let Some((release, route)) = found.filter(|(r, _)| facts.route(&r.route, &r.revision).is_none()) {
        facts.routes.push(Released { release: release.clone(), route: Some(Arc::clone(route)) });
    }
}

/// Whether some step at a class of stations takes a part from what is loaded there.
fn loads(route: &Route, class: &StationId, part: &PartId) -> bool {
    let takes = |used: &PartId| {
        let about = &route.parts[used];
        about.capture == Capture::Loaded && (used == part || about.alternates.contains(part))
    };
    route.steps.iter().filter(|s| s.station == *class).any(|s| s.uses.keys().any(takes))
}

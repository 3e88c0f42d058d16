//! What the oracle knows of lots and gauges: who says what about them, and what is selected or loaded at a station.

use std::sync::Arc;

use traveller::domain::code::Code;
use traveller::domain::event::Link;
use traveller::domain::id::{LotId, PartId, StationId};
use traveller::domain::role::{Auth, Role};
use traveller::domain::route::{Capture, ClockRule, Route};
use traveller::domain::what::{LotLoaded, LotReceived, What};

use super::clock::When;
use super::fit::rules;
use super::hear::Told;
use super::model::{Batch, Heard, May, Meter, Oracle, Product, must};
use super::product::kinds;

impl Oracle {
    pub(super) fn lot(&mut self, told: Told<'_>) -> Heard {
        let event = told.event;
        let (lot, roles): (&LotId, &[Role]) = match &event.what {
            What::LotReceived(e) => return self.received(told, e),
            What::LotOpened(e) if event.about.auth != Some(Auth::BadgePin) => {
                self.operator(told)?;
                must(told.uses_lot(&e.lot), "is opened by nobody, and not by its use")?;
                (&e.lot, &Role::ALL)
            }
            What::LotHeld(e) | What::LotOpened(e) | What::LotSealed(e) => (&e.lot, &Role::ALL),
            What::LotReleased(e) | What::LotRejected(e) => (&e.lot, &[Role::Quality, Role::Lead]),
            What::LotInspected(e) => (&e.lot, &[Role::Quality, Role::Inspector]),
            _ => return Err("is nothing that the oracle knows".to_owned()),
        };
        if event.about.auth == Some(Auth::BadgePin) || !matches!(event.what, What::LotOpened(_)) {
            self.has_authority(told, roles)?;
        }
        let between =
            self.lots.get(lot).and_then(|l| l.open.as_ref()).map(|since| self.between(since, &told.when()).best);
        let batch = self.lots.get_mut(lot).ok_or("is about a lot that was never received")?;
        must(event.about.builds_on == Some(Link::Here(batch.head)), "does not build on the lot's last event")?;
        batch.head = event.stamp.seq;
        must(batch.may != May::NeverBeUsed, "changes a rejected lot")?;
        match &event.what {
            What::LotHeld(_) => {
                must(batch.may != May::BeReleased, "holds a lot that is held")?;
                batch.may = May::BeReleased;
            }
            What::LotReleased(_) => {
                must(batch.may != May::BeUsed, "releases a lot that is free")?;
                batch.may = May::BeUsed;
            }
            What::LotRejected(_) => batch.may = May::NeverBeUsed,
            What::LotInspected(e) => {
                batch.inspected = Some(e.passed);
                if e.passed && batch.may == May::BeInspected {
                    batch.may = May::BeUsed;
                } else if !e.passed {
                    batch.may = May::BeReleased;
                }
            }
            What::LotOpened(_) => {
                // A paper may tell of a use before.
                let earlier = |since: &When| event.about.happened.is_some_and(|at| at < since.at());
                must(batch.open.as_ref().is_none_or(earlier), "opens a lot that is open")?;
                batch.open = Some(told.when());
            }
            _ => {
                batch.was_open += between.ok_or("seals a lot that is not open")?;
                batch.open = None;
            }
        }
        Ok(())
    }

    /// Whoever is signed on receives at the station; anybody else with badge and PIN.
    fn received(&mut self, told: Told<'_>, e: &LotReceived) -> Heard {
        if told.event.about.auth == Some(Auth::BadgePin) {
            self.has_authority(told, &Role::ALL)?;
        } else {
            let by = self.operator(told)?.0;
            must(told.cause.cmd.signer() == Some(by), "is received by somebody who is not here")?;
        }
        must(!self.lots.contains_key(&e.lot), "is received a second time")?;
        let left: i64 = e.quantity.to_string().parse().map_err(|_other| "is no whole number")?;
        must(left > 0, "is received empty")?;
        let batch = Batch {
            part: e.part.clone(),
            left,
            may: if e.quarantined { May::BeInspected } else { May::BeUsed },
            inspected: None,
            expires: e.expires,
            open: None,
            was_open: 0,
            head: told.event.stamp.seq,
        };
        self.lots.insert(e.lot.clone(), batch);
        Ok(())
    }

    /// Gauges, as whoever keeps them says.
    pub(super) fn gauge(&mut self, told: Told<'_>) -> Heard {
        self.has_authority(told, &[Role::Lead, Role::Quality])?;
        let event = told.event;
        let id = match &event.what {
            What::GaugeRegistered(e) => {
                must(!self.gauges.contains_key(&e.gauge), "registers a gauge a second time")?;
                let (kind, due, head) = (e.kind.clone(), e.due, event.stamp.seq);
                self.gauges.insert(e.gauge.clone(), Meter { kind, due, good: true, retired: false, head });
                return Ok(());
            }
            What::GaugeCalibrated(e) => &e.gauge,
            What::GaugeRetired(e) => &e.gauge,
            _ => return Err("is nothing that the oracle knows".to_owned()),
        };
        let gauge = self.gauges.get_mut(id).ok_or("is about a gauge that nobody registered")?;
        must(event.about.builds_on == Some(Link::Here(gauge.head)), "does not build on the gauge's last event")?;
        gauge.head = event.stamp.seq;
        if let What::GaugeCalibrated(e) = &event.what {
            (gauge.due, gauge.good, gauge.retired) = (e.due, e.good, false);
        } else {
            must(!gauge.retired, "retires a gauge that is retired")?;
            gauge.retired = true;
        }
        Ok(())
    }

    /// A gauge, an order or a lot is chosen at a station, by whoever works there.
    pub(super) fn chosen(&mut self, told: Told<'_>) -> Heard {
        let (_, station) = self.operator(told)?;
        let station = station.clone();
        match &told.event.what {
            What::GaugeSelected(e) => {
                let gauge = self.gauges.get(&e.gauge).ok_or("chooses a gauge that nobody registered")?;
                must(gauge.kind == e.kind, "chooses a gauge of another kind than it says")?;
                let open = self.open_at(&station).map(|unit| &self.units[unit]);
                let rule = open.map_or(ClockRule::Any, |p| p.route.clock);
                self.may_measure(told, gauge, rule)?;
                let wanted = open.and_then(|p| p.step()).map(kinds).unwrap_or_default();
                must(
                    wanted.is_empty() || wanted.contains(&e.kind.as_str()),
                    "chooses a gauge of a kind not asked for",
                )?;
                self.stations.entry(station).or_default().gauges.insert(e.kind.clone(), e.gauge.clone());
            }
            What::OrderSelected(e) => {
                let order = self.orders.get(&e.order).ok_or("chooses an order that nobody opened")?;
                must(!order.closed, "chooses a closed order")?;
                must(self.filled(&e.order) < order.quantity, "chooses a full order")?;
                let route = order.route.clone();
                self.stations.entry(station).or_default().orders.insert(route, e.order.clone());
            }
            What::LotLoaded(e) => {
                let judges = self.judges(&station, e);
                must(!judges.is_empty(), "loads what nothing here draws from a loaded lot")?;
                judges.iter().try_for_each(|route| self.may_be_loaded(told, route, e))?;
                self.takes_the_signature(told, &e.part)?;
                let bench = self.stations.entry(station).or_default();
                bench.replaced.remove(&e.part);
                if let Some(before) = bench.loaded.insert(e.part.clone(), e.lot.clone()) {
                    bench.replaced.insert(e.part.clone(), before);
                }
            }
            _ => return Err("is nothing that the oracle knows".to_owned()),
        }
        Ok(())
    }

    /// Whether a lot may be loaded as a route has it.
    fn may_be_loaded(&self, told: Told<'_>, route: &Arc<Route>, e: &LotLoaded) -> Heard {
        let batch = self.lots.get(&e.lot).ok_or("loads a lot that was never received")?;
        must(self.takes(route, e) || told.lets_go(Code::WrongPart, None), "loads a lot of another part")?;
        let rules = rules(route, &e.part, batch);
        self.may_use(told, (&e.lot, batch), rules, route.clock, None)?;
        must(batch.left > -i64::from(rules.overrun), "loads an empty lot")
    }

    fn takes(&self, route: &Route, e: &LotLoaded) -> bool {
        let is = self.lots.get(&e.lot).map(|batch| &batch.part);
        is.is_some_and(|is| *is == e.part || route.parts[&e.part].alternates.contains(is))
    }

    /// The routes of the units that are open at a station and still draw a part from what is loaded there.
    pub(super) fn drawing(&self, station: &StationId, part: &PartId) -> Vec<Arc<Route>> {
        let open = self.all_at(station).into_iter().map(|unit| &self.units[&unit]);
        let draws = |p: &&Product| {
            let uses = p.step().is_some_and(|s| s.uses.contains_key(part)) && is_loaded(&p.route, part);
            uses && p.sample.is_none() && p.missing(p.due, part) > 0
        };
        open.filter(draws).map(|p| Arc::clone(&p.route)).collect()
    }

    /// The routes by which a lot is loaded: of all units that draw from it; where none does, the newest one that takes
    /// it at this class of stations.
    pub(super) fn judges(&self, station: &StationId, e: &LotLoaded) -> Vec<Arc<Route>> {
        let drawing = self.drawing(station, &e.part);
        if !drawing.is_empty() {
            return drawing;
        }
        let class = &self.classes[station];
        let here = |route: &Route| route.steps.iter().any(|s| s.station == *class && s.uses.contains_key(&e.part));
        let released = self.releases.iter().rev().filter(|r| !r.withdrawn).map(|r| &r.route);
        let may = |route: &&Arc<Route>| is_loaded(route, &e.part) && here(route) && self.takes(route, e);
        released.into_iter().find(may).cloned().into_iter().collect()
    }
}

fn is_loaded(route: &Route, part: &PartId) -> bool {
    route.parts.get(part).is_some_and(|p| p.capture == Capture::Loaded)
}

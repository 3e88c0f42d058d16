//! What the oracle knows of packing: a unit is in one carton at a time, a carton holds so many that are alike, its
//! label is scanned back, and what leaves is complete.

use std::collections::{BTreeMap, BTreeSet};

use traveller::domain::command::Command;
use traveller::domain::id::{CartonId, ShipmentId, StationId, UnitId};
use traveller::domain::packing::{PackRule, Packing, Same};
use traveller::domain::role::Role;
use traveller::domain::what::{Disposed, Outcome, Piece, UnitPacked, What};

use super::hear::Told;
use super::model::{Heard, Oracle, Product, State, must};

/// A carton: what is in it, and where it stands.
#[derive(Clone, Default)]
pub(super) struct Box {
    pub(super) units: BTreeSet<UnitId>,
    holds: Option<u32>,
    same: Vec<Same>,
    closed: bool,
    pub(super) on: Option<ShipmentId>,
}

/// A shipment: for whom, and whether it left.
#[derive(Clone)]
pub(super) struct Load {
    customer: String,
    loose: BTreeSet<UnitId>,
    left: bool,
}

/// Cartons, shipments, and what each station has at hand.
#[derive(Clone, Default)]
pub(super) struct Store {
    pub(super) boxes: BTreeMap<CartonId, Box>,
    pub(super) loads: BTreeMap<ShipmentId, Load>,
    boxes_at_hand: BTreeMap<StationId, CartonId>,
    loads_at_hand: BTreeMap<StationId, ShipmentId>,
    customers: BTreeMap<traveller::domain::id::OrderId, String>,
}

impl Store {
    /// Whom an order is for.
    pub(super) fn note_customer(&mut self, order: &traveller::domain::id::OrderId, customer: Option<&String>) {
        self.customers.extend(customer.map(|c| (order.clone(), c.clone())));
    }

    /// The operator left: nothing is at hand any more.
    pub(super) fn leave(&mut self, station: &StationId) {
        self.boxes_at_hand.remove(station);
        self.loads_at_hand.remove(station);
    }

    /// Whether a unit is in a carton.
    pub(super) fn holds(&self, unit: &UnitId) -> bool {
        self.holder(unit).is_some()
    }

    fn holder(&self, unit: &UnitId) -> Option<&CartonId> {
        self.boxes.iter().find(|(_, b)| b.units.contains(unit)).map(|(carton, _)| carton)
    }

    fn loose_on(&self, unit: &UnitId) -> Option<&ShipmentId> {
        self.loads.iter().find(|(_, l)| l.loose.contains(unit)).map(|(shipment, _)| shipment)
    }

    fn open_box(&mut self, carton: &CartonId) -> Heard<&mut Box> {
        let found = self.boxes.get_mut(carton).ok_or("is about a carton that never began")?;
        must(!found.closed && found.on.is_none(), "is about a carton that is closed")?;
        Ok(found)
    }

    fn waiting(&mut self, shipment: &ShipmentId) -> Heard<&mut Load> {
        let found = self.loads.get_mut(shipment).ok_or("is about a shipment that nobody opened")?;
        must(!found.left, "is about a shipment that left")?;
        Ok(found)
    }

    /// Every unit that leaves with a shipment.
    fn aboard(&self, shipment: &ShipmentId) -> BTreeSet<UnitId> {
        let boxes = self.boxes.values().filter(|b| b.on.as_ref() == Some(shipment));
        boxes.flat_map(|b| &b.units).chain(&self.loads[shipment].loose).cloned().collect()
    }
}

impl Oracle {
    /// Whoever does it is signed on at the station, or gave badge and PIN.
    fn somebody(&self, told: Told<'_>) -> Heard {
        match told.event.about.station {
            Some(_) if !matches!(told.cause.cmd, Command::Pack(_)) => self.operator(told).map(|_| ()),
            _ if matches!(&told.cause.cmd, Command::Pack(p) if p.by().is_none()) => self.operator(told).map(|_| ()),
            _ => self.has_authority(told, &Role::ALL),
        }
    }

    fn bench(told: Told<'_>) -> Heard<StationId> {
        told.event.about.station.clone().ok_or_else(|| "happens at no station".to_owned())
    }

    /// Everything about cartons, shipments and returns.
    #[expect(clippy::too_many_lines, reason = "one rule for each kind")]
    pub(super) fn packs(&mut self, told: Told<'_>) -> Heard {
        let unit = told.event.about.unit.clone();
        match &told.event.what {
            What::CartonBegun(e) => {
                self.somebody(told)?;
                must(!self.packing.boxes.contains_key(&e.carton), "begins a carton a second time")?;
                let begun = Box { holds: e.holds, same: e.same.clone(), ..Box::default() };
                self.packing.boxes.insert(e.carton.clone(), begun);
                if let Some(station) = &told.event.about.station {
                    self.packing.leave(station);
                    self.packing.boxes_at_hand.insert(station.clone(), e.carton.clone());
                }
                Ok(())
            }
            What::CartonOpened(e) => {
                self.operator(told)?;
                self.packing.open_box(&e.carton)?;
                let station = Self::bench(told)?;
                self.packing.leave(&station);
                self.packing.boxes_at_hand.insert(station, e.carton.clone());
                Ok(())
            }
            What::UnitPacked(e) => self.packed(told, &unit.ok_or("packs no unit")?, e),
            What::UnitUnpacked(e) => {
                self.somebody(told)?;
                must(told.event.about.reason.is_some(), "unpacks without a reason")?;
                let found = self.packing.open_box(&e.carton)?;
                must(found.units.remove(&unit.ok_or("unpacks no unit")?), "unpacks what is not in the carton")
            }
            What::CartonClosed(e) => {
                self.somebody(told)?;
                let back = match &told.cause.cmd {
                    Command::Pack(Packing::Close { scanned, .. }) => Some(scanned.clone()),
                    _ => self.packing.boxes_at_hand.remove(&Self::bench(told)?),
                };
                must(back.as_ref() == Some(&e.carton), "closes another carton than was scanned back")?;
                let found = self.packing.open_box(&e.carton)?;
                let units = u32::try_from(found.units.len()).unwrap();
                must(units > 0 && units == e.units, format!("closes a carton of {units} with {}", e.units))?;
                found.closed = true;
                Ok(())
            }
            What::CartonReopened(e) => {
                self.has_authority(told, &[Role::Lead, Role::Quality])?;
                let found = self.packing.boxes.get_mut(&e.carton).ok_or("opens what never began")?;
                must(found.closed && found.on.is_none(), "opens a carton that is open, or loaded")?;
                found.closed = false;
                Ok(())
            }
            What::PutAside(_) => {
                self.operator(told)?;
                let station = Self::bench(told)?;
                let hand = &self.packing;
                let is_there = hand.boxes_at_hand.contains_key(&station) || hand.loads_at_hand.contains_key(&station);
                must(is_there, "puts nothing aside")?;
                self.packing.leave(&station);
                Ok(())
            }
            What::UnitReturned(_) => {
                self.has_authority(told, &[Role::Lead, Role::Quality])?;
                let product = self.units.get_mut(&unit.ok_or("takes no unit back")?).ok_or("is no unit")?;
                must(product.state == State::Dispatched, "takes back what never left")?;
                product.state = State::Returned;
                Ok(())
            }
            What::ReturnEnded(_) => {
                self.has_authority(told, &[Role::Lead, Role::Quality])?;
                let product = self.units.get_mut(&unit.ok_or("ends no return")?).ok_or("is no unit")?;
                must(product.state == State::Returned, "ends a return that is none")?;
                product.state = State::Dispatched;
                Ok(())
            }
            _ => self.ships(told, unit),
        }
    }

    #[expect(clippy::too_many_lines, reason = "one rule for each kind")]
    fn ships(&mut self, told: Told<'_>, unit: Option<UnitId>) -> Heard {
        match &told.event.what {
            What::ShipmentOpened(e) => {
                self.has_authority(told, &Role::ALL)?;
                let load = Load { customer: e.customer.clone(), loose: BTreeSet::new(), left: false };
                must(self.packing.loads.insert(e.shipment.clone(), load).is_none(), "opens a shipment a second time")
            }
            What::ShipmentSelected(e) => {
                self.operator(told)?;
                self.packing.waiting(&e.shipment)?;
                let station = Self::bench(told)?;
                self.packing.leave(&station);
                self.packing.loads_at_hand.insert(station, e.shipment.clone());
                Ok(())
            }
            What::CartonLoaded(e) => {
                self.somebody(told)?;
                self.packing.waiting(&e.shipment)?;
                let found = self.packing.boxes.get_mut(&e.carton).ok_or("loads what never began")?;
                must(found.closed && found.on.is_none(), "loads a carton that is open, or loaded already")?;
                found.on = Some(e.shipment.clone());
                let units = found.units.clone();
                units.iter().try_for_each(|unit| self.is_for(unit, &e.shipment))
            }
            What::CartonUnloaded(e) => {
                self.somebody(told)?;
                self.packing.waiting(&e.shipment)?;
                let found = self.packing.boxes.get_mut(&e.carton).ok_or("unloads what never began")?;
                must(found.on.take() == Some(e.shipment.clone()), "unloads what is not there")
            }
            What::UnitLoaded(e) => {
                self.somebody(told)?;
                let unit = unit.ok_or("loads no unit")?;
                self.may_go(&unit)?;
                let product = &self.units[&unit];
                must(product.state == State::Complete, "loads a unit that is not complete")?;
                let packs = |at: usize| product.route.steps[at].pack.is_some() && product.has(at);
                must(!(0..product.work.len()).any(packs), "loads a unit that its route wants packed")?;
                self.is_for(&unit, &e.shipment)?;
                self.packing.waiting(&e.shipment)?.loose.insert(unit);
                Ok(())
            }
            What::UnitUnloaded(e) => {
                self.somebody(told)?;
                let load = self.packing.waiting(&e.shipment)?;
                must(load.loose.remove(&unit.ok_or("unloads no unit")?), "unloads what is not there")
            }
            What::ShipmentDispatched(e) => {
                self.somebody(told)?;
                self.packing.waiting(&e.shipment)?.left = true;
                let aboard = self.packing.aboard(&e.shipment);
                must(!aboard.is_empty(), "dispatches an empty shipment")?;
                let said: BTreeSet<_> = told.action.iter().filter_map(|e| e.about.unit.clone()).collect();
                must(said == aboard, "leaves units of the shipment behind, or takes others along")
            }
            What::UnitDispatched(e) => {
                let shipment = e.shipment.as_ref().ok_or("leaves with nothing")?;
                let unit = unit.ok_or("dispatches no unit")?;
                let is_left = self.packing.loads.get(shipment).is_some_and(|load| load.left);
                must(
                    is_left && self.packing.aboard(shipment).contains(&unit),
                    "leaves with a shipment that it is not on",
                )?;
                let product = self.units.get_mut(&unit).ok_or("is no unit")?;
                must(product.state == State::Complete && !product.is_held(), "leaves and is not complete, or held")?;
                product.state = State::Dispatched;
                // What left is in nobody's hands: if it comes back, it comes without its carton.
                self.packing.boxes.values_mut().for_each(|b| b.units.retain(|u| *u != unit));
                self.packing.loads.values_mut().for_each(|l| l.loose.retain(|u| *u != unit));
                Ok(())
            }
            _ => Err("is nothing about packing".to_owned()),
        }
    }

    /// A unit that nobody keeps, and that is in no carton and on no shipment.
    fn may_go(&self, unit: &UnitId) -> Heard {
        let product = self.units.get(unit).ok_or("is no unit")?;
        must(!product.is_held(), "packs or loads a held unit")?;
        let may = matches!(product.state, State::Working | State::Complete);
        must(may, format!("packs or loads a unit that is {:?}", product.state))?;
        must(self.packing.holder(unit).is_none(), "is in a carton already")?;
        must(self.packing.loose_on(unit).is_none(), "is on a shipment already")?;
        self.is_sound_inside(unit)
    }

    /// A unit whose order is for a customer leaves for that one alone.
    fn is_for(&self, unit: &UnitId, shipment: &ShipmentId) -> Heard {
        let customer = self.units[unit].order.as_ref().and_then(|order| self.packing.customers.get(order));
        let load = &self.packing.loads[shipment];
        must(customer.is_none_or(|c| *c == load.customer), "goes to another customer than its order")
    }

    /// What becomes of a unit that came back.
    pub(super) fn decided_on_return(&mut self, told: Told<'_>, unit: &UnitId, disposed: &Disposed) -> Heard {
        self.take_out(unit, &disposed.removed)?;
        let by = told.event.about.by.clone();
        must(by.is_some(), "is decided by nobody")?;
        let product = self.units.get_mut(unit).unwrap();
        match &disposed.outcome {
            Outcome::Scrap => product.state = State::Scrapped,
            Outcome::UseAsIs => {
                must(disposed.removed.is_empty(), "goes on as it is, without what was taken out")?;
                product.state = State::Complete;
            }
            Outcome::Rework { to, station, due } => {
                let from = product.route.position(to).filter(|at| product.work[*at].passed);
                let from = from.ok_or("goes back to a step that it never passed")?;
                must(product.route.steps[from].station == *station, "goes back to another station")?;
                let again: Vec<_> = (from..product.work.len()).filter(|at| product.work[*at].passed).collect();
                let ids: Vec<_> = again.iter().map(|at| product.route.steps[*at].id.clone()).collect();
                must(*due == ids, "does not do again all that follows")?;
                (product.state, product.due) = (State::Working, from);
                for at in again {
                    let work = &mut product.work[at];
                    (work.passed, work.signed, work.excused, work.retests) = (false, None, false, 0);
                    work.treated = false;
                    work.pieces.iter_mut().filter(|p| matches!(p.piece, Piece::Serial(_))).for_each(|p| p.met = false);
                }
            }
        }
        Ok(())
    }

    fn packed(&mut self, told: Told<'_>, unit: &UnitId, packed: &UnitPacked) -> Heard {
        self.somebody(told)?;
        self.may_go(unit)?;
        if !matches!(told.cause.cmd, Command::Pack(_)) {
            let here = self.packing.boxes_at_hand.get(&Self::bench(told)?);
            must(here == Some(&packed.carton), "goes into another carton than the one at hand")?;
        }
        let product = &self.units[unit];
        let rule = product.rule();
        let passes = product.is_due_to_be_packed();
        if passes {
            self.may_take_up(told, product, product.due, None)?;
            let step = &product.route.steps[product.due].id;
            let says = |e: &traveller::domain::event::Event| {
                matches!(e.what, What::StepPassed(_)) && e.about.step.as_ref() == Some(step)
            };
            must(told.action.iter().any(says), "is packed, and the step that asks for it does not pass")?;
        }
        let was = (0..product.work.len()).any(|at| product.route.steps[at].pack.is_some() && product.work[at].passed);
        must(passes || was || product.state == State::Complete, "is packed before its steps are done")?;
        let (route, order) = (product.route.clone(), product.order.clone());
        let customer = order.as_ref().and_then(|o| self.packing.customers.get(o)).cloned();
        must(packed.customer == customer, "says another customer than its order")?;
        let of = |unit: &UnitId| &self.units[unit];
        let found = self.packing.boxes.get(&packed.carton).ok_or("is packed into what never began")?;
        must(!found.closed, "is packed into a closed carton")?;
        let most = rule.map_or(10_000, |r| r.units).min(found.holds.unwrap_or(10_000));
        must(found.units.len() < usize::try_from(most).unwrap(), "is packed into a full carton")?;
        must(packed.holds == most, "says that the carton holds another number")?;
        if let Some(first) = found.units.iter().next().map(of) {
            must(first.route.id == route.id, "is packed beside a unit of another route")?;
            for same in rule.into_iter().flat_map(|r| &r.same).chain(&found.same) {
                let customer_of = |o: Option<&_>| o.and_then(|o| self.packing.customers.get(o)).cloned();
                let alike = match same {
                    Same::Revision => first.route.revision == route.revision,
                    Same::Order => first.order == order,
                    Same::Customer => customer_of(first.order.as_ref()) == customer,
                };
                must(alike, format!("is packed beside a unit of another {}", same.word()))?;
            }
        }
        self.packing.boxes.get_mut(&packed.carton).unwrap().units.insert(unit.clone());
        self.put_down(unit);
        Ok(())
    }
}

impl Product {
    /// How its route packs.
    fn rule(&self) -> Option<&PackRule> {
        let due = self.route.steps.get(self.due).filter(|_| self.state == State::Working);
        let due = due.and_then(|step| step.pack.as_ref());
        due.or_else(|| self.route.steps.iter().rev().find_map(|step| step.pack.as_ref()))
    }

    /// Whether the step that is due is done by packing.
    pub(super) fn is_due_to_be_packed(&self) -> bool {
        self.state == State::Working && self.route.steps.get(self.due).is_some_and(|step| step.pack.is_some())
    }
}

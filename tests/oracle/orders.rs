//! What the oracle knows of work orders, and of which one a new unit is.

use traveller::domain::event::Link;
use traveller::domain::id::{OrderId, StationId, UnitId};
use traveller::domain::role::Role;
use traveller::domain::route::{IdentifierKind, Route, Start};
use traveller::domain::what::{OrderOpened, What};

use super::hear::Told;
use super::model::{Heard, Oracle, State, WorkOrder, must};

impl Oracle {
    pub(super) fn order(&mut self, told: Told<'_>) -> Heard {
        self.has_authority(told, &[Role::Lead])?;
        match &told.event.what {
            What::OrderOpened(e) => self.order_opened(told, e),
            What::OrderClosed(e) => {
                let order = self.orders.get_mut(&e.order).ok_or("closes an order that nobody opened")?;
                must(!order.closed, "closes a closed order")?;
                let before = Some(Link::Here(order.head));
                must(told.event.about.builds_on == before, "does not build on the order's last event")?;
                (order.closed, order.head) = (true, told.event.stamp.seq);
                Ok(())
            }
            _ => Err("is nothing that the oracle knows".to_owned()),
        }
    }

    fn order_opened(&mut self, told: Told<'_>, e: &OrderOpened) -> Heard {
        must(!self.orders.contains_key(&e.order), "opens an order a second time")?;
        let (Some(id), Some(revision)) = (&told.event.about.route, &told.event.about.revision) else {
            return Err("orders nothing".to_owned());
        };
        let released = self.releases.iter().find(|r| r.route.id == *id && r.route.revision == *revision);
        let released = released.filter(|r| !r.withdrawn).ok_or("orders a route that is not released")?;
        let route = &released.route;
        let fits = match &e.variant {
            Some(variant) => route.variants.contains_key(variant),
            None => route.variants.is_empty(),
        };
        must(fits, format!("orders the variant {:?}", e.variant))?;
        self.packing.note_customer(&e.order, e.customer.as_ref());
        let quantity = usize::try_from(e.quantity).unwrap();
        must(quantity > 0, "orders nothing")?;
        let serials = e.serials.as_ref().map(|range| (range.first().to_string(), range.last().to_string()));
        must(
            serials.is_some() || route.identifier.start != Start::Order,
            "is no range, and numbers say which order it is",
        )?;
        if let Some((first, last)) = &serials {
            let fits = |number: &str| route.identifier.pattern.matches(number);
            must(fits(first) && fits(last), "orders numbers of another form")?;
            let numbers = 1 + count(last) - count(first);
            let one_each = route.identifier.kind == IdentifierKind::Serial;
            must(numbers >= quantity || !one_each, "has fewer numbers than units")?;
            let meets = |other: &WorkOrder| {
                other
                    .serials
                    .as_ref()
                    .is_some_and(|(a, b)| (count(first)..=count(last)).any(|n| lies_in(&numbered(first, n), (a, b))))
            };
            must(!self.orders.values().any(|o| !o.closed && meets(o)), "has numbers of another order")?;
        }
        let (variant, head) = (e.variant.clone(), told.event.stamp.seq);
        let (route, revision) = (id.clone(), revision.clone());
        self.orders
            .insert(e.order.clone(), WorkOrder { route, revision, variant, quantity, serials, closed: false, head });
        Ok(())
    }

    /// How many places of an order are taken: by its units, those aside that were scrapped.
    pub(super) fn filled(&self, order: &OrderId) -> usize {
        let is_of = |p: &&super::model::Product| p.order.as_ref() == Some(order) && p.state != State::Scrapped;
        self.units.values().filter(is_of).map(|p| usize::try_from(p.pieces()).unwrap()).sum()
    }

    /// The order that a new unit belongs to, if to any: the one whose numbers have its own, else the one chosen here.
    pub(super) fn order_of(&self, unit: &UnitId, route: &Route, station: &StationId) -> Heard<Option<&OrderId>> {
        let by_number = route.identifier.start == Start::Order;
        let required = route.order_required || by_number;
        let has_it = |o: &&(&OrderId, &WorkOrder)| {
            let within = o.1.serials.as_ref().is_some_and(|(a, b)| lies_in(unit.as_str(), (a, b)));
            o.1.route == route.id && within
        };
        let mut of_number = self.orders.iter().filter(|o| has_it(&o));
        let of_number = of_number.clone().find(|(_, o)| !o.closed).or_else(|| of_number.next());
        if let Some((id, order)) = of_number {
            must(!order.closed, "begins under a closed order")?;
            must(self.filled(id) < order.quantity, "begins under a full order")?;
            return Ok(Some(id));
        }
        must(!by_number, "begins, and its number is in no order")?;
        let chosen = self.stations.get(station).and_then(|b| b.orders.get(&route.id));
        let Some(id) = chosen else {
            must(!required, "begins under no order")?;
            return Ok(None);
        };
        let order = &self.orders[id];
        // A station that was told of an order is not told otherwise by silence.
        must(!order.closed, "begins at a station whose order is closed")?;
        if order.serials.is_some() {
            must(!required, "begins under an order that has other numbers")?;
            return Ok(None);
        }
        must(self.filled(id) < order.quantity, "begins under a full order")?;
        Ok(Some(id))
    }
}

/// The digits at the end of a number.
fn count(number: &str) -> usize {
    number.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap()
}

/// A number of the same form with other digits.
fn numbered(like: &str, n: usize) -> String {
    let text = like.trim_end_matches(|c: char| c.is_ascii_digit());
    format!("{text}{n:0width$}", width = like.len() - text.len())
}

fn lies_in(number: &str, (first, last): (&str, &str)) -> bool {
    let text = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let same_form = number.len() == first.len() && number.starts_with(text);
    same_form && number[text.len()..].bytes().all(|b| b.is_ascii_digit()) && first <= number && number <= last
}

//! What is made in the week: the products, the orders that they are made under, and the numbers of their units.

use std::sync::Arc;

use crate::app::port::Fault;
use crate::domain::id::{OrderId, StationId, UnitId};
use crate::domain::order::SerialRange;
use crate::domain::route::{Route, Start};

use super::fault::defect;
use super::job::Job;
use super::numbers::Numbers;

/// Numbers of an order that nobody has used by the end of the week.
const SPARE: u64 = 4;
/// Of so many units one more sub-assembly is made: some are scrapped.
const SPARE_PARTS: u64 = 4;
const CUSTOMERS: [&str; 4] = ["Stadtwerke Nord", "Aqualine SA", "Bergmann Pumpen", "Hafen Technik"];

/// A product, and how many of it are to be made.
#[derive(Debug)]
pub(super) struct Product {
    pub(super) route: Arc<Route>,
    numbers: Numbers,
    /// The number of the first unit.
    first: u64,
    pub(super) quota: u64,
    pub(super) begun: u64,
    /// The class of stations where it begins.
    pub(super) class: usize,
    /// Whether it goes into other products.
    pub(super) is_part: bool,
    /// Under which orders, or without.
    pub(super) runs: Vec<Run>,
}

/// Some units of a product, under one order or without.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) order: Option<Planned>,
    first: u64,
    quota: u64,
    begun: u64,
    /// Units on record, without those that were scrapped.
    pub(super) counted: u64,
}

/// A work order of the week.
#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) order: OrderId,
    pub(super) variant: Option<String>,
    pub(super) quantity: u32,
    /// The numbers of its units; none where it is chosen at the station.
    pub(super) serials: Option<SerialRange>,
    pub(super) customer: &'static str,
}

impl Run {
    /// Whether as many units are on record as it asks for.
    fn is_full(&self) -> bool {
        self.order.as_ref().is_some_and(|order| self.counted >= u64::from(order.quantity))
    }

    /// Whether it is chosen at the station.
    fn is_chosen(&self) -> bool {
        self.order.as_ref().is_some_and(|o| o.serials.is_none())
    }
}

impl Product {
    pub(super) fn new(route: &Arc<Route>, names: &[StationId], percent: u64, is_part: bool) -> Result<Self, Fault> {
        let pattern = &route.identifier.pattern;
        let none = || {
            let what = format!("no numbers can be made up for the pattern {} of route {}", pattern.as_str(), route.id);
            Fault::new(what, "write it as a row of letters and digits")
        };
        let numbers = Numbers::of(pattern).ok_or_else(none)?;
        let first = route.first().and_then(|s| names.iter().position(|n| *n == s.station));
        let class = first.ok_or_else(|| defect(format!("route {} has no step", route.id)))?;
        let first = numbers.most() / 100 * percent + 1;
        let route = route.clone();
        Ok(Self { route, numbers, first, quota: 0, begun: 0, class, is_part, runs: Vec::new() })
    }

    /// Plans its orders: one has the numbers of its units; where the route asks for orders, two others are chosen at
    /// the station, a small one first. Sub-assemblies are made to stock.
    pub(super) fn plan(&mut self, number: &mut impl FnMut() -> String) -> Result<(), Fault> {
        let required = self.route.order_required || self.route.identifier.start == Start::Order;
        if self.is_part && !required {
            self.runs = vec![Run { order: None, first: self.first, quota: self.quota, begun: 0, counted: 0 }];
            return Ok(());
        }
        let ranged_only = !required || self.route.identifier.start == Start::Order || self.quota < 4;
        let ranged = if ranged_only { self.quota } else { self.quota.div_ceil(2) };
        let small = (self.quota - ranged) / 4;
        let shares = [(ranged, 0), (small, 0), (self.quota - ranged - small, 1)];
        let mut first = self.first;
        for (at, (quota, variant)) in shares.into_iter().enumerate().filter(|(at, (n, _))| *at == 0 || *n > 0) {
            // The small one is full in mid-week; of the others some is left.
            let quantity = if at == 1 { quota } else { quota + SPARE };
            let range = if at == 0 { self.range(first, quantity) } else { None };
            let order = if range.is_some() || required {
                Some(self.planned((at, variant), quantity, range, number)?)
            } else {
                None
            };
            self.runs.push(Run { order, first, quota, begun: 0, counted: 0 });
            first += quantity;
        }
        Ok(())
    }

    fn range(&self, first: u64, quantity: u64) -> Option<SerialRange> {
        let last = first + quantity - 1;
        format!("{}..{}", self.numbers.text(first), self.numbers.text(last)).parse().ok()
    }

    fn planned(
        &self,
        (at, variant): (usize, usize),
        quantity: u64,
        serials: Option<SerialRange>,
        number: &mut impl FnMut() -> String,
    ) -> Result<Planned, Fault> {
        let variants: Vec<&String> = self.route.variants.keys().rev().collect();
        let variant = variants.get(variant).or_else(|| variants.first()).map(|name| (*name).clone());
        Ok(Planned {
            order: OrderId::parse(&number()).map_err(|e| defect(e.to_string()))?,
            variant,
            quantity: u32::try_from(quantity).unwrap_or(u32::MAX),
            serials,
            customer: CUSTOMERS.iter().cycle().nth(at + self.route.id.as_str().len()).copied().unwrap_or_default(),
        })
    }

    /// The place of the run of which a unit is begun next: those with numbers and those without in turn.
    fn turn(&self) -> Option<usize> {
        let mut open = self.runs.iter().enumerate().filter(|(_, run)| run.begun < run.quota);
        let wants_chosen = !self.begun.is_multiple_of(2);
        let in_turn = open.clone().find(|(_, run)| run.is_chosen() == wants_chosen);
        in_turn.or_else(|| open.next()).map(|(at, _)| at)
    }

    /// An order that as many units began under as it asks for.
    pub(super) fn full_order(&self) -> Option<&OrderId> {
        self.runs.iter().find(|run| run.is_full())?.order.as_ref().map(|o| &o.order)
    }

    /// The order that a unit begins under.
    pub(super) fn order_of(&self, job: &Job) -> Option<&Planned> {
        self.runs.get(job.run)?.order.as_ref()
    }

    /// A unit that would be begun after all of the week, under an order that is chosen where there is one.
    pub(super) fn after_all(&self) -> Result<(UnitId, Option<&Planned>), Fault> {
        let run = self.runs.iter().rfind(|run| !run.is_full()).ok_or_else(|| defect("a product has no numbers"))?;
        Ok((self.number(run.first + run.begun)?, run.order.as_ref()))
    }

    fn number(&self, n: u64) -> Result<UnitId, Fault> {
        UnitId::parse(&self.numbers.text(n)).map_err(|e| defect(e.to_string()))
    }

    /// Begins the next unit.
    pub(super) fn begin(&mut self, product: usize) -> Result<Job, Fault> {
        let out = || defect("a product has no more numbers");
        let at = self.turn().ok_or_else(out)?;
        let run = self.runs.get_mut(at).ok_or_else(out)?;
        let n = run.first + run.begun;
        run.begun += 1;
        self.begun += 1;
        Ok(Job::new(self.number(n)?, (product, at), self.class))
    }
}

/// Every product gets the same share of the units, sub-assemblies a little more, or as many as there are numbers for.
pub(super) fn share_out(products: &mut [Product], units: u64) -> Result<(), Fault> {
    let mut left = units;
    while left > 0 {
        let open: Vec<&mut Product> = products.iter_mut().filter(|p| p.quota < p.numbers.most()).collect();
        let weight = |p: &Product| SPARE_PARTS + u64::from(p.is_part);
        let shares: u64 = open.iter().map(|p| weight(p)).sum();
        if shares == 0 {
            let what = format!("the patterns of the routes offer {} numbers, and {units} are needed", units - left);
            return Err(Fault::new(what, "play fewer units, or give the patterns more digits"));
        }
        let all = left;
        for product in open {
            let each = (all * weight(product)).div_ceil(shares);
            let more = each.min(left).min(product.numbers.most() - product.quota);
            product.quota += more;
            left -= more;
        }
    }
    Ok(())
}

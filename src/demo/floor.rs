//! The floor: what is made, the classes of stations with what waits there, and the stations themselves.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::app::port::Fault;
use crate::domain::ambient::Place;
use crate::domain::id::{DeviceId, OrderId, RouteId, Session, StationId};
use crate::domain::route::{Capture, Check, Route, Step};
use crate::domain::time::At;
use crate::domain::traveller::Traveller;

use super::act::Act;
use super::cast::{Cast, Who};
use super::fault::defect;
use super::job::{Job, Matter, Way};
use super::plant::Seat;
use super::product::{Product, share_out};
use super::routes::acts_at;

/// Classes of stations that get a second station: the busiest.
const SECOND_STATIONS: usize = 2;
/// Units that may be on their way at once, for each class and station: more would only wait.
const WAITING_MOST: usize = 8;
/// What a gauge measures that no route asks for by its kind.
pub(super) const ANY_KIND: &str = "bench";

/// A class of stations.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) name: StationId,
    pub(super) waiting: VecDeque<Job>,
    /// Units whose step may not begin before that moment.
    pub(super) curing: VecDeque<(At, Job)>,
    /// Units that wait for a sub-assembly.
    pub(super) lacking: VecDeque<Job>,
    /// Whether lots are loaded at its stations.
    pub(super) loads: bool,
}

/// A station.
#[derive(Debug)]
pub(super) struct Bench {
    pub(super) place: Place,
    pub(super) session: Session,
    pub(super) scanner: DeviceId,
    /// Its gauges, each with what it measures.
    pub(super) gauges: Vec<(String, DeviceId)>,
    /// Whether gauges give the numbers; else they are typed.
    pub(super) measures: bool,
    pub(super) class: usize,
    /// Who works here in the early and in the late shift.
    pub(super) crew: [Who; 2],
    pub(super) present: Option<Who>,
    /// The shift in which they signed on.
    pub(super) shift: u32,
    /// The orders that are chosen here, each with its route.
    pub(super) orders: Vec<(RouteId, OrderId)>,
    /// The unit in hand.
    pub(super) job: Option<Job>,
    /// Units that were put down here, half done.
    pub(super) aside: VecDeque<Job>,
    /// What is to be done next.
    pub(super) acts: VecDeque<Act>,
}

impl Bench {
    /// Where its commands are given.
    pub(super) fn seat(&self) -> Seat {
        Seat { place: self.place.clone(), session: self.session.clone(), scanner: Some(self.scanner.clone()) }
    }

    /// The gauge of a kind.
    pub(super) fn gauge(&self, kind: &str) -> Option<&DeviceId> {
        self.gauges.iter().find(|(of, _)| of == kind).map(|(_, gauge)| gauge)
    }

    /// The gauge that gives the values of a check.
    pub(super) fn gauge_for(&self, step: &Step, check: &Check) -> Option<&DeviceId> {
        let kind = check.source_gauge.as_deref().or_else(|| step.gauges.first().map(String::as_str));
        self.gauge(kind.unwrap_or(ANY_KIND))
    }
}

/// The whole floor.
#[derive(Debug)]
pub(super) struct Floor {
    pub(super) products: Vec<Product>,
    pub(super) classes: Vec<Class>,
    pub(super) benches: Vec<Bench>,
    /// Units at the lead's and at quality's.
    pub(super) matters: VecDeque<Matter>,
    /// Acts that the busiest station does for all units.
    busiest: u64,
}

impl Floor {
    /// A floor for these routes, that makes so many units in equal shares. Numbers begin at this share, in percent, of
    /// all that a pattern offers: the two digits of a year, where a pattern begins with them.
    pub(super) fn new(routes: &[Arc<Route>], units: u64, percent: u64) -> Result<Self, Fault> {
        let steps = || routes.iter().flat_map(|r| r.steps.iter().map(move |s| (r, s)));
        let mut names: Vec<StationId> = Vec::new();
        for (_, step) in steps() {
            if !names.contains(&step.station) {
                names.push(step.station.clone());
            }
        }
        let mut products = products(routes, &names, percent)?;
        share_out(&mut products, units)?;
        let mut orders = 0;
        let mut number = || {
            orders += 1;
            format!("WO-{percent:02}{orders:03}")
        };
        products.iter_mut().try_for_each(|p| p.plan(&mut number))?;
        let acts = |name: &StationId| products.iter().map(|p| p.quota * acts_at(&p.route, name.as_str())).sum::<u64>();
        let loads: Vec<u64> = names.iter().map(acts).collect();
        let mut floor =
            Self { products, classes: Vec::new(), benches: Vec::new(), matters: VecDeque::new(), busiest: 1 };
        for (class, name) in names.iter().enumerate() {
            let load = loads.get(class).copied().unwrap_or(0);
            let busier = loads.iter().filter(|l| **l > load).count();
            let stations = if busier < SECOND_STATIONS { 2 } else { 1 };
            floor.busiest = floor.busiest.max(load / stations);
            let here = || steps().filter(|(_, s)| s.station == *name);
            let mut kinds: Vec<&str> = here().flat_map(|(_, s)| s.gauge_kinds()).collect();
            kinds.push(ANY_KIND);
            kinds.sort_unstable();
            kinds.dedup();
            for number in 1..=stations {
                let crew = Cast::first_operator() + floor.benches.len() * 2;
                floor.benches.push(bench(name, class, number, [crew, crew + 1], &kinds)?);
            }
            let is_loaded = |r: &Route, s: &Step| {
                s.uses.keys().any(|p| r.parts.get(p).is_some_and(|about| about.capture == Capture::Loaded))
            };
            let loads = here().any(|(r, s)| is_loaded(r, s));
            let (waiting, curing, lacking) = (VecDeque::new(), VecDeque::new(), VecDeque::new());
            floor.classes.push(Class { name: name.clone(), waiting, curing, lacking, loads });
        }
        Ok(floor)
    }

    /// Units that are yet to be begun.
    pub(super) fn to_begin(&self) -> u64 {
        self.products.iter().map(|p| p.quota - p.begun).sum()
    }

    /// Units in all.
    pub(super) fn quota(&self) -> u64 {
        self.products.iter().map(|p| p.quota).sum()
    }

    /// Whether so many units wait that none should be begun.
    pub(super) fn is_full(&self) -> bool {
        let waiting: usize = self.classes.iter().map(|c| c.waiting.len()).sum();
        waiting >= WAITING_MOST * (self.classes.len() + self.benches.len())
    }

    /// Microseconds that an act takes, where so many units are to be begun in so much working time, and the busiest
    /// station is to be busy four fifths of it.
    pub(super) fn pace(&self, left: i64, units: u64) -> i64 {
        let micros = u64::try_from(left).unwrap_or(0) / 5 * 4 / units.max(1) * self.quota() / self.busiest.max(1);
        i64::try_from(micros).unwrap_or(i64::MAX)
    }

    pub(super) fn class_of(&self, name: &StationId) -> Result<usize, Fault> {
        let at = self.classes.iter().position(|c| c.name == *name);
        at.ok_or_else(|| defect(format!("the floor has no station {name}")))
    }

    pub(super) fn class(&mut self, at: usize) -> Result<&mut Class, Fault> {
        self.classes.get_mut(at).ok_or_else(|| defect("the floor has no such class"))
    }

    pub(super) fn bench(&mut self, at: usize) -> Result<&mut Bench, Fault> {
        self.benches.get_mut(at).ok_or_else(|| defect("the floor has no such station"))
    }

    pub(super) fn product(&self, at: usize) -> Result<&Product, Fault> {
        self.products.get(at).ok_or_else(|| defect("the floor has no such product"))
    }

    /// The route of a unit.
    pub(super) fn route(&self, job: &Job) -> Result<Arc<Route>, Fault> {
        self.product(job.product).map(|product| product.route.clone())
    }

    /// Begins the next unit of a product.
    pub(super) fn begin(&mut self, product: usize) -> Result<Job, Fault> {
        let made = self.products.get_mut(product).ok_or_else(|| defect("the floor has no such product"))?;
        made.begin(product)
    }
}

impl Job {
    /// The unit goes where its record says that it is due.
    pub(super) fn send(&mut self, traveller: &Traveller, floor: &Floor) -> Result<(), Fault> {
        self.step = traveller.due.as_ref().map(|due| due.step.clone());
        let class = traveller.due.as_ref().map(|due| floor.class_of(&due.station)).transpose()?;
        self.way = class.map_or(Way::Out, Way::Class);
        self.lacks = None;
        Ok(())
    }
}

/// What these routes make; sub-assemblies first, so that they are there when they are needed.
fn products(routes: &[Arc<Route>], names: &[StationId], percent: u64) -> Result<Vec<Product>, Fault> {
    let is_part =
        |route: &Route| routes.iter().flat_map(|r| r.parts.values()).any(|p| p.made_by.as_ref() == Some(&route.id));
    let mut products = Vec::new();
    for route in routes {
        products.push(Product::new(route, names, percent, is_part(route))?);
    }
    products.sort_by_key(|product| !product.is_part);
    Ok(products)
}

fn bench(name: &StationId, class: usize, number: u64, crew: [Who; 2], kinds: &[&str]) -> Result<Bench, Fault> {
    let station = format!("{}-{number}", name.as_str().to_ascii_uppercase());
    let device = |sort: &str| DeviceId::parse(&format!("{sort}-{station}")).map_err(|e| defect(e.to_string()));
    let scanner = device("SCAN")?;
    let gauge = |kind: &&str| {
        let sort: String = kind.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
        device(&sort.to_ascii_uppercase()).map(|gauge| ((*kind).to_owned(), gauge))
    };
    let gauges = kinds.iter().map(gauge).collect::<Result<_, Fault>>()?;
    // A run of the program at each station; the crew's place tells them apart.
    let session = Session::parse(&format!("de300000{:08x}", crew[0])).map_err(|e| defect(e.to_string()))?;
    let station = StationId::parse(&station).map_err(|e| defect(e.to_string()))?;
    Ok(Bench {
        place: Place { station, class: name.clone() },
        session,
        scanner,
        gauges,
        measures: number == 2,
        class,
        crew,
        present: None,
        shift: 0,
        orders: Vec::new(),
        job: None,
        aside: VecDeque::new(),
        acts: VecDeque::new(),
    })
}

//! The floor: what is made, the classes of stations with what waits there, and the stations themselves.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::app::port::Fault;
use crate::domain::ambient::Place;
use crate::domain::id::{DeviceId, Session, StationId, UnitId};
use crate::domain::role::Role;
use crate::domain::route::Route;
use crate::domain::traveller::Traveller;

use super::act::Act;
use super::cast::{Cast, Who};
use super::fault::defect;
use super::numbers::Numbers;
use super::routes::acts_at;

/// Classes of stations that get a second station: the busiest.
const SECOND_STATIONS: usize = 2;
/// Units that may be on their way at once, for each class and station: more would only wait.
const WAITING_MOST: usize = 8;

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
}

/// Where a unit goes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// To a class of stations.
    Class(usize),
    /// To the lead: a step failed.
    Lead,
    /// To quality: it is on hold.
    Quality,
    /// Out: every step is done.
    Out,
}

/// A unit on the floor.
#[derive(Debug, Clone)]
pub(super) struct Job {
    pub(super) unit: UnitId,
    pub(super) product: usize,
    pub(super) way: Way,
    /// Whether it is on record.
    pub(super) begun: bool,
    /// How its checks come out.
    pub(super) luck: Luck,
}

/// How the checks of a unit come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Luck {
    /// One may fail.
    Open,
    /// It had its share of trouble.
    Spared,
    /// The next one fails.
    Bad,
}

/// A class of stations.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) name: StationId,
    pub(super) waiting: VecDeque<Job>,
}

/// A station.
#[derive(Debug)]
pub(super) struct Bench {
    pub(super) place: Place,
    pub(super) session: Session,
    pub(super) scanner: DeviceId,
    pub(super) gauge: DeviceId,
    /// Whether the gauge gives the numbers; else they are typed.
    pub(super) measures: bool,
    pub(super) class: usize,
    /// Who works here in the early and in the late shift.
    pub(super) crew: [Who; 2],
    pub(super) present: Option<Who>,
    /// The shift in which they signed on.
    pub(super) shift: u32,
    /// The unit in hand.
    pub(super) job: Option<Job>,
    /// Units that were put down here, half done.
    pub(super) aside: VecDeque<Job>,
    /// What is to be done next.
    pub(super) acts: VecDeque<Act>,
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

/// A unit that somebody has to decide about.
#[derive(Debug, Clone)]
pub(super) struct Matter {
    pub(super) job: Job,
    /// Since when, in working time.
    pub(super) since: i64,
}

impl Floor {
    /// A floor for these routes, that makes so many units in equal shares. Numbers begin at this share, in percent, of
    /// all that a pattern offers: the two digits of a year, where a pattern begins with them.
    pub(super) fn new(routes: &[Arc<Route>], units: u64, percent: u64) -> Result<Self, Fault> {
        let mut names: Vec<StationId> = Vec::new();
        for step in routes.iter().flat_map(|r| &r.steps) {
            if !names.contains(&step.station) {
                names.push(step.station.clone());
            }
        }
        let mut products = Vec::new();
        for route in routes {
            products.push(product(route, &names, percent)?);
        }
        share_out(&mut products, units)?;
        let acts = |name: &StationId| products.iter().map(|p| p.quota * acts_at(&p.route, name.as_str())).sum::<u64>();
        let loads: Vec<u64> = names.iter().map(acts).collect();
        let mut floor =
            Self { products, classes: Vec::new(), benches: Vec::new(), matters: VecDeque::new(), busiest: 1 };
        for (class, name) in names.iter().enumerate() {
            let load = loads.get(class).copied().unwrap_or(0);
            let busier = loads.iter().filter(|l| **l > load).count();
            let stations = if busier < SECOND_STATIONS { 2 } else { 1 };
            floor.busiest = floor.busiest.max(load / stations);
            for number in 1..=stations {
                let crew = Cast::first_operator() + floor.benches.len() * 2;
                floor.benches.push(bench(name, class, number, [crew, crew + 1])?);
            }
            floor.classes.push(Class { name: name.clone(), waiting: VecDeque::new() });
        }
        Ok(floor)
    }

    /// The roles that somebody needs at each station, for both shifts.
    pub(super) fn roles(&self) -> Vec<Vec<Role>> {
        let at = |bench: &Bench| {
            let name = &bench.place.class;
            let steps = self.products.iter().flat_map(|p| &p.route.steps).filter(|s| s.station == *name);
            let mut roles: Vec<Role> = steps.map(|s| s.role).collect();
            roles.sort();
            roles.dedup();
            roles
        };
        self.benches.iter().flat_map(|b| [at(b), at(b)]).collect()
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

    /// Begins the next unit of a product.
    pub(super) fn begin(&mut self, product: usize) -> Result<Job, Fault> {
        let made = self.products.get_mut(product).ok_or_else(|| defect("the floor has no such product"))?;
        let unit = made.next()?;
        made.begun += 1;
        Ok(Job { unit, product, way: Way::Class(made.class), begun: false, luck: Luck::Open })
    }
}

impl Product {
    /// The number of the unit that would be begun next.
    pub(super) fn next(&self) -> Result<UnitId, Fault> {
        UnitId::parse(&self.numbers.text(self.first + self.begun)).map_err(|e| defect(e.to_string()))
    }
}

impl Way {
    /// Where a unit goes that is on record.
    pub(super) fn of(traveller: &Traveller, floor: &Floor) -> Result<Self, Fault> {
        traveller.due.as_ref().map_or(Ok(Self::Out), |due| floor.class_of(&due.station).map(Self::Class))
    }
}

/// Every product gets the same share of the units, or as many as there are numbers for.
fn share_out(products: &mut [Product], units: u64) -> Result<(), Fault> {
    let mut left = units;
    while left > 0 {
        let open: Vec<&mut Product> = products.iter_mut().filter(|p| p.quota < p.numbers.most()).collect();
        let shares = u64::try_from(open.len()).unwrap_or(0);
        if shares == 0 {
            let what = format!("the patterns of the routes offer {} numbers, and {units} are needed", units - left);
            return Err(Fault::new(what, "play fewer units, or give the patterns more digits"));
        }
        let each = (left / shares).max(1);
        for product in open {
            let more = each.min(left).min(product.numbers.most() - product.quota);
            product.quota += more;
            left -= more;
        }
    }
    Ok(())
}

fn product(route: &Arc<Route>, names: &[StationId], percent: u64) -> Result<Product, Fault> {
    let pattern = &route.identifier.pattern;
    let none = || {
        let what = format!("no numbers can be made up for the pattern {} of route {}", pattern.as_str(), route.id);
        Fault::new(what, "write it as a row of letters and digits")
    };
    let numbers = Numbers::of(pattern).ok_or_else(none)?;
    let first = route.first().and_then(|s| names.iter().position(|n| *n == s.station));
    let class = first.ok_or_else(|| defect(format!("route {} has no step", route.id)))?;
    let first = numbers.most() / 100 * percent + 1;
    Ok(Product { route: route.clone(), numbers, first, quota: 0, begun: 0, class })
}

fn bench(name: &StationId, class: usize, number: u64, crew: [Who; 2]) -> Result<Bench, Fault> {
    let station = format!("{}-{number}", name.as_str().to_ascii_uppercase());
    let device = |sort: &str| DeviceId::parse(&format!("{sort}-{station}")).map_err(|e| defect(e.to_string()));
    let (scanner, gauge) = (device("SCAN")?, device("GAUGE")?);
    // A run of the program at each station; the crew's place tells them apart.
    let session = Session::parse(&format!("de300000{:08x}", crew[0])).map_err(|e| defect(e.to_string()))?;
    let station = StationId::parse(&station).map_err(|e| defect(e.to_string()))?;
    Ok(Bench {
        place: Place { station, class: name.clone() },
        session,
        scanner,
        gauge,
        measures: number == 2,
        class,
        crew,
        present: None,
        shift: 0,
        job: None,
        aside: VecDeque::new(),
        acts: VecDeque::new(),
    })
}

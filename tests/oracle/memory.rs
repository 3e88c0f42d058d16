//! A ledger in memory: a list of events, and what they fold to. As simple as the port allows.

use std::collections::BTreeMap;
use std::sync::Arc;

use traveller::app::port::{Fault, Head, Ledger};
use traveller::app::replay::History;
use traveller::domain::event::{Event, Link};
use traveller::domain::facts::{Ask, Component, Facts, Other, Population, Release};
use traveller::domain::gs1::Gtin;
use traveller::domain::id::{Badge, Epoch, LotId, Revision, RouteId, Serial, StationId, TerminalId, UnitId};
use traveller::domain::lot::Lot;
use traveller::domain::person::Person;
use traveller::domain::role::Role;
use traveller::domain::route::Route;
use traveller::domain::station::Station;
use traveller::domain::traveller::Traveller;
use traveller::domain::what::{Piece, Voided, What};

/// A ledger in memory.
#[derive(Default)]
pub(crate) struct Memory {
    /// Every event, as it would be read back from its bytes.
    pub(crate) events: Vec<Event>,
    /// Routes by the SHA-256 of their text, which is all that a release keeps of them.
    texts: BTreeMap<String, Arc<Route>>,
    folds: Folds,
    before: Option<(usize, Folds)>,
}

/// What the events fold to.
#[derive(Clone, Default)]
struct Folds {
    travellers: BTreeMap<UnitId, Arc<Traveller>>,
    stations: BTreeMap<StationId, Station>,
    people: BTreeMap<Badge, Person>,
    lots: BTreeMap<LotId, Lot>,
    /// Where each component is, and where it was before that.
    components: BTreeMap<Serial, Vec<Component>>,
    releases: Vec<(Release, Arc<Route>)>,
}

impl Memory {
    /// Makes a route known by its text; a release names it.
    pub(crate) fn know(&mut self, sha256: &str, route: Arc<Route>) {
        self.texts.insert(sha256.to_owned(), route);
    }

    /// Every unit on record.
    pub(crate) fn travellers(&self) -> &BTreeMap<UnitId, Arc<Traveller>> {
        &self.folds.travellers
    }

    /// Every station where something was recorded.
    pub(crate) fn stations(&self) -> &BTreeMap<StationId, Station> {
        &self.folds.stations
    }

    /// Every person.
    pub(crate) fn people(&self) -> &BTreeMap<Badge, Person> {
        &self.folds.people
    }

    /// Every lot.
    pub(crate) fn lots(&self) -> &BTreeMap<LotId, Lot> {
        &self.folds.lots
    }

    fn claim(&self, label: &str) -> Option<&(Release, Arc<Route>)> {
        let claims = |r: &&(Release, Arc<Route>)| r.1.identifier.pattern.matches(label);
        let newest = self.folds.releases.iter().rev().filter(claims);
        newest.clone().find(|r| !r.0.withdrawn).or_else(|| newest.clone().next())
    }
}

impl Folds {
    fn apply(&mut self, event: &Event, texts: &BTreeMap<String, Arc<Route>>) {
        if let Some(unit) = event.about.unit.clone()
            && (self.travellers.contains_key(&unit) || !matches!(event.what, What::Refused(_)))
        {
            Arc::make_mut(self.travellers.entry(unit).or_default()).apply(event);
        }
        if let Some(place) = event.about.station.clone() {
            self.stations.entry(place.clone()).or_insert_with(|| Station::fresh(place)).apply(event);
        }
        match &event.what {
            What::OperatorEnrolled(e) => {
                self.people.extend(Person::apply(None, event).map(|p| (e.badge.clone(), p)));
            }
            What::LotReceived(e) => self.lots.extend(Lot::apply(None, event).map(|l| (e.lot.clone(), l))),
            _ => {
                for person in self.people.values_mut() {
                    *person = Person::apply(Some(person.clone()), event).unwrap();
                }
                for lot in self.lots.values_mut() {
                    *lot = Lot::apply(Some(lot.clone()), event).unwrap();
                }
            }
        }
        self.follow_components(event);
        self.follow_releases(event, texts);
    }

    fn follow_components(&mut self, event: &Event) {
        let here = Link::Here(event.stamp.seq);
        match &event.what {
            What::MaterialInstalled(m) => {
                if let Piece::Serial(serial) = &m.piece {
                    self.components.entry(serial.clone()).or_default().push(Component {
                        serial: serial.clone(),
                        in_unit: event.about.unit.clone(),
                        step: event.about.step.clone(),
                        fate: None,
                        event: here,
                    });
                }
            }
            What::Disposed(d) => {
                for gone in &d.removed {
                    let last = self.components.get_mut(&gone.serial).and_then(|c| c.last_mut()).unwrap();
                    *last = Component {
                        in_unit: None,
                        step: None,
                        fate: Some(gone.fate),
                        event: here.clone(),
                        ..last.clone()
                    };
                }
            }
            What::ObservationVoided(v) => {
                if let Voided::Material { piece: Piece::Serial(serial), .. } = &v.of {
                    let was = |c: &mut Component| Some(&c.event) == event.about.corrects.as_ref();
                    self.components.get_mut(serial).unwrap().pop_if(was);
                }
            }
            _ => {}
        }
    }

    fn follow_releases(&mut self, event: &Event, texts: &BTreeMap<String, Arc<Route>>) {
        let (Some(route), Some(revision)) = (&event.about.route, &event.about.revision) else { return };
        let here = Link::Here(event.stamp.seq);
        if let What::RouteReleased(e) = &event.what {
            let (route, revision, sha256) = (route.clone(), revision.clone(), e.sha256.clone());
            let text = Arc::clone(&texts[&sha256]);
            self.releases.push((Release { route, revision, sha256, withdrawn: false, event: here }, text));
        } else if matches!(event.what, What::RouteWithdrawn(_)) {
            for (release, _) in &mut self.releases {
                if release.route == *route && release.revision == *revision {
                    (release.withdrawn, release.event) = (true, here.clone());
                }
            }
        }
    }
}

impl Ledger for Memory {
    fn begin(&mut self) -> Result<(), Fault> {
        assert!(self.before.is_none(), "an action within an action");
        self.before = Some((self.events.len(), self.folds.clone()));
        Ok(())
    }

    fn head(&mut self) -> Result<Head, Fault> {
        let first = self.events.first().map(|e| e.stamp.clone());
        Ok(Head {
            terminal: first.as_ref().map_or_else(|| TerminalId::parse("T1").unwrap(), |s| s.terminal.clone()),
            epoch: first.map_or_else(|| Epoch::parse("0123456789abcdef").unwrap(), |s| s.epoch),
            seq: u64::try_from(self.events.len()).unwrap(),
            hash: "0".repeat(64),
            at: self.events.last().map(|e| e.stamp.at),
        })
    }

    fn station(&mut self, station: &StationId) -> Result<Station, Fault> {
        Ok(self.folds.stations.get(station).cloned().unwrap_or_else(|| Station::fresh(station.clone())))
    }

    fn traveller(&mut self, unit: &UnitId) -> Result<Arc<Traveller>, Fault> {
        let known = self.folds.travellers.get(unit).cloned();
        Ok(known.unwrap_or_else(|| Arc::new(Traveller::unborn(unit.clone()))))
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        let found = self.folds.releases.iter().find(|(r, _)| r.route == *route && r.revision == *revision);
        Ok(found.map(|(_, route)| Arc::clone(route)))
    }

    fn answer(&mut self, ask: &Ask, facts: &mut Facts) -> Result<(), Fault> {
        let folds = &self.folds;
        match ask {
            Ask::Person(badge) => facts.people.extend(folds.people.get(badge).cloned()),
            Ask::Lot(lot) => facts.lots.extend(folds.lots.get(lot).cloned()),
            Ask::Component(serial) => {
                facts.components.extend(folds.components.get(serial).and_then(|c| c.last()).cloned());
            }
            Ask::Unit(unit) => {
                let traveller = self.traveller(unit)?;
                let route = match traveller.route.clone() {
                    Some((route, revision)) => Ledger::route(self, &route, &revision)?,
                    None => self.claim(unit.as_str()).map(|(_, route)| Arc::clone(route)),
                };
                facts.other = Some(Other { traveller, route });
            }
            Ask::Claim(text) => facts.claim = self.claim(text).map(|(release, _)| release.clone()),
            Ask::Labelled { gtin, serial } => self.labelled(gtin, serial.as_ref(), facts)?,
            Ask::Release(route, revision) => {
                let of_route = folds.releases.iter().map(|(r, _)| r).filter(|r| r.route == *route);
                let named = of_route.clone().find(|r| r.revision == *revision);
                let newest = of_route.clone().next_back().filter(|r| r.revision != *revision);
                facts.releases.extend(newest.into_iter().chain(named).cloned());
            }
            Ask::Population => {
                let leads = folds.people.values().filter(|p| p.has(Role::Lead) && !p.revoked).count();
                let count = |n: usize| u32::try_from(n).unwrap();
                facts.population = Some(Population { enrolled: count(folds.people.len()), leads: count(leads) });
            }
        }
        Ok(())
    }

    fn append(&mut self, events: &[Event]) -> Result<(), Fault> {
        for event in events {
            let read = Event::read(&event.body()).unwrap();
            self.folds.apply(&read, &self.texts);
            self.events.push(read);
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<Head, Fault> {
        self.before = None;
        self.head()
    }

    fn rollback(&mut self) {
        if let Some((length, folds)) = self.before.take() {
            self.events.truncate(length);
            self.folds = folds;
        }
    }
}

impl Memory {
    /// The newest route of that GTIN, and the unit that it calls by the serial number.
    fn labelled(&mut self, gtin: &Gtin, serial: Option<&Serial>, facts: &mut Facts) -> Result<(), Fault> {
        if facts.names_a_unit() {
            return Ok(());
        }
        let releases = self.folds.releases.iter().filter(|(_, route)| route.identifier.gtin.as_ref() == Some(gtin));
        let newest = releases.clone().rev().find(|(r, _)| !r.withdrawn).or_else(|| releases.clone().next_back());
        let Some((release, route)) = newest.cloned() else { return Ok(()) };
        let is_number = |text: &String| route.identifier.pattern.matches(text);
        let numbers = serial.map(|s| [s.to_string(), format!("(01){gtin}(21){s}")]).into_iter().flatten();
        if let Some(number) = numbers.into_iter().find(is_number) {
            let traveller = self.traveller(&UnitId::parse(&number).unwrap())?;
            facts.other = Some(Other { traveller, route: Some(route) });
        }
        facts.claim = Some(release);
        Ok(())
    }
}

impl History for Memory {
    fn of_unit(&mut self, unit: &UnitId) -> Result<Vec<Event>, Fault> {
        let outcome =
            |e: &Event| Event { stamp: e.stamp.clone(), about: e.about.clone(), what: e.what.clone(), cause: None };
        Ok(self.events.iter().filter(|e| e.about.unit.as_ref() == Some(unit)).map(outcome).collect())
    }

    fn action(&mut self, act: u64) -> Result<Vec<Event>, Fault> {
        let from = usize::try_from(act - 1).unwrap();
        Ok(self.events[from..].iter().take_while(|e| e.stamp.act == act).cloned().collect())
    }

    fn event(&mut self, seq: u64) -> Result<Option<Event>, Fault> {
        Ok(self.events.get(usize::try_from(seq - 1).unwrap()).cloned())
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        Ledger::route(self, route, revision)
    }
}

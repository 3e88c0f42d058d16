//! Each question, and who answers it.

use crate::app::port::Fault;
use crate::domain::event::Link;
use crate::domain::facts::{Ask, Facts, Newest, Population};
use crate::domain::person::Person;
use crate::domain::watch::Watched;
use crate::ledger::folds;
use crate::ledger::intake::begun_after;
use crate::ledger::writer::Writer;

impl Writer {
    pub(in crate::ledger) fn answer_into(&mut self, ask: &Ask, facts: &mut Facts) -> Result<(), Fault> {
        let conn = &self.reader.conn;
        match ask {
            Ask::Person(badge) => {
                if facts.person(badge.as_str()).is_none() {
                    facts.people.extend(self.projector.people.get(conn, badge)?);
                }
            }
            Ask::Lot(lot) => {
                if facts.lot(lot.as_str()).is_none() {
                    facts.lots.extend(self.projector.lots.get(conn, lot)?);
                }
            }
            Ask::Component(serial) => {
                self.component_into(serial, facts)?;
            }
            Ask::Unit(unit) => self.other(unit, facts)?,
            Ask::Claim(label) => {
                facts.claim = self.routes.claim(conn, label)?.map(|(row, _route)| row.release());
            }
            Ask::Labelled { gtin, serial, lot } => self.labelled(gtin, (serial.as_ref(), lot.as_ref()), facts)?,
            Ask::Release(route, revision) => {
                for release in self.routes.releases(conn, route, revision)? {
                    if facts.release(&release.route, &release.revision).is_none() {
                        facts.releases.push(release);
                    }
                }
            }
            Ask::Population => facts.population = Some(self.population()?),
            Ask::Gauge(gauge) => {
                if facts.gauge(gauge.as_str()).is_none() {
                    facts.gauges.extend(self.projector.gauges.get(conn, gauge)?);
                }
            }
            Ask::Order(order) => self.order(order, facts)?,
            Ask::OrderFor(route, unit) => self.order_for(route, unit, facts)?,
            Ask::Overlaps(range) => self.overlaps(range, facts)?,
            Ask::Route(route, revision) => self.released(route, revision, facts)?,
            Ask::Uses(part) => self.uses(part, facts)?,
            Ask::Loads(class, part) => self.loads(class, part, facts)?,
            Ask::Sampling(route, step) => {
                if facts.sampling(route, step).is_none() {
                    let name = (route.clone(), step.clone());
                    facts.samplings.extend(self.projector.samplings.get(conn, &name)?);
                }
            }
            Ask::Earlier { part, lot, from } => facts.earlier = self.earlier(part, lot, *from)?,
            Ask::Holders(unit) => self.holders(unit, facts)?,
            Ask::Newest => facts.newest = self.newest(),
            Ask::Stand { unit, of } => {
                if facts.stands.iter().all(|s| s.unit != *unit) {
                    facts.stands.extend(self.projector.units.stand(conn, unit, of)?);
                }
            }
            Ask::Tag(label) => self.tags(label, facts)?,
            Ask::Beside(unit) => self.beside(unit, facts)?,
            Ask::Inside(unit) => self.inside(unit, facts)?,
            Ask::Permit(permit) => self.permit(permit, facts)?,
            Ask::Permits(rule, route) => self.permits(*rule, route.as_ref(), facts)?,
            Ask::Current(route) => self.current(route, facts)?,
            Ask::Overrides(since) => facts.overrides = Some(self.overrides(*since)?),
            Ask::Watch(station) => {
                let watch = self.projector.stations.get(conn, station)?.unwrap_or_default().watch;
                facts.watches.push(Watched { station: station.clone(), watch });
            }
            Ask::Packing(ask) => self.packing_into(ask, facts)?,
        }
        Ok(())
    }

    /// The newest moment of the own stream that can be trusted, with what this action has appended.
    fn newest(&self) -> Option<Newest> {
        self.tip.trusted.map(|(at, place)| Newest { at, event: Link::Here(place.seq()) })
    }

    fn population(&mut self) -> Result<Population, Fault> {
        let conn = &self.reader.conn;
        self.projector.people.settle(conn)?;
        let mut statement = conn.prepare_cached("SELECT count(*), coalesce(sum(lead), 0) FROM person")?;
        let (enrolled, leads) = statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(Population { enrolled, leads, recoverable: self.is_recoverable()? })
    }

    /// Whether the own stream goes on after another one, and tells nothing of any lead yet.
    fn is_recoverable(&self) -> Result<bool, Fault> {
        let conn = &self.reader.conn;
        if begun_after(conn, self.tip.stream)?.is_none() {
            return Ok(false);
        }
        let mut statement = conn.prepare_cached("SELECT badge, fold FROM person WHERE lead = 1")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (badge, fold): (String, String) = (row.get(0)?, row.get(1)?);
            if matches!(folds::read::<Person>(&badge, &fold)?.event, Link::Here(_)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

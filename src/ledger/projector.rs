//! From events to the tables that lookups read. What an event changes is the domain's to say; here each change becomes
//! rows. The same code keeps the tables as events are appended, makes them anew, and makes them beside the old ones to
//! compare.
//!
//! What follows from a fold, and the counts, are written once for each commit, however many events touched them.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::folds::Folds;
use super::named::{Own, place_of};
use super::place::Place;
use super::subject::{Only, Subject};
use super::units::Units;
use super::{labels, loads, lots, permits, sql};
use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::gauge::Gauge;
use crate::domain::id::{Badge, RouteId, StationId, StepId};
use crate::domain::lot::Lot;
use crate::domain::order::Order;
use crate::domain::packing::{Carton, Shipment};
use crate::domain::permit::Permit;
use crate::domain::person::Person;
use crate::domain::projection::{Change, Counted, changes};
use crate::domain::sampling::Sampling;
use crate::domain::station::Station;
use crate::domain::what::{Piece, What};

/// What is counted together.
type Count = (i64, StationId, Option<RouteId>, Option<StepId>, Counted);

/// Keeps the tables that follow from the events.
#[derive(Debug)]
pub(super) struct Projector {
    own: Option<Own>,
    pub(super) units: Units,
    pub(super) stations: Folds<Station>,
    pub(super) people: Folds<Person>,
    pub(super) lots: Folds<Lot>,
    pub(super) orders: Folds<Order>,
    pub(super) gauges: Folds<Gauge>,
    pub(super) cartons: Folds<Carton>,
    pub(super) shipments: Folds<Shipment>,
    pub(super) samplings: Folds<Sampling>,
    pub(super) permits: Folds<Permit>,
    counts: BTreeMap<Count, u32>,
}

impl Projector {
    /// For a ledger that appends to this stream, or to none.
    pub(super) fn new(own: Option<Own>) -> Self {
        Self {
            units: Units::new(own.clone()),
            own,
            stations: Folds::new(),
            people: Folds::new(),
            lots: Folds::new(),
            orders: Folds::new(),
            gauges: Folds::new(),
            cartons: Folds::new(),
            shipments: Folds::new(),
            samplings: Folds::new(),
            permits: Folds::new(),
            counts: BTreeMap::new(),
        }
    }

    /// Forgets everything, what is not settled too.
    pub(super) fn clear(&mut self) {
        self.units.clear();
        self.stations.clear();
        self.people.clear();
        self.lots.clear();
        self.orders.clear();
        self.gauges.clear();
        self.cartons.clear();
        self.shipments.clear();
        self.samplings.clear();
        self.permits.clear();
        self.counts.clear();
    }

    /// Removes all that the tables say of a subject, to make it anew.
    pub(super) fn forget(&mut self, conn: &Connection, subject: &Subject) -> Result<(), Fault> {
        let gone = match subject {
            Subject::Unit(name) => return self.units.forget(conn, name),
            Subject::Station(name) => {
                self.stations.forget(name);
                conn.execute("DELETE FROM station WHERE name = ?1", [name])
            }
            Subject::Person(name) => {
                self.people.forget(name);
                conn.execute("DELETE FROM person WHERE badge = ?1", [name])
            }
            Subject::Lot(name) => {
                self.lots.forget(name);
                conn.execute("DELETE FROM lot WHERE name = ?1", [name])
            }
            Subject::Order(name) => {
                self.orders.forget(name);
                conn.execute("DELETE FROM work_order WHERE name = ?1", [name])
            }
            Subject::Gauge(name) => {
                self.gauges.forget(name);
                conn.execute("DELETE FROM gauge WHERE name = ?1", [name])
            }
            Subject::Permit(name) => {
                self.permits.forget(name);
                conn.execute("DELETE FROM permit WHERE name = ?1", [name])
            }
            Subject::Carton(name) => {
                self.cartons.forget(name);
                conn.execute("DELETE FROM carton WHERE name = ?1", [name])
            }
            Subject::Shipment(name) => {
                self.shipments.forget(name);
                conn.execute("DELETE FROM shipment WHERE name = ?1", [name])
            }
            Subject::Sampling(route, step) => {
                self.samplings.forget(&(route.clone(), step.clone()));
                conn.execute("DELETE FROM sampling WHERE route = ?1 AND step = ?2", (route, step))
            }
            Subject::Route(route, revision) => {
                conn.execute("DELETE FROM route WHERE route = ?1 AND revision = ?2", (route, revision))
            }
        };
        Ok(gone.map(|_rows| ())?)
    }

    fn is_full(&self) -> bool {
        let floor = self.units.is_full() || self.stations.is_full() || self.people.is_full() || self.lots.is_full();
        let packed = self.cartons.is_full() || self.permits.is_full() || self.shipments.is_full();
        floor || packed || self.orders.is_full() || self.gauges.is_full() || self.samplings.is_full()
    }

    /// Takes in one event, which stands in the log already.
    pub(super) fn apply(&mut self, conn: &Connection, at: Place, event: &Event) -> Result<(), Fault> {
        self.apply_to(conn, at, event, Only::Everybody)
    }

    /// Takes in one event, as far as it concerns some.
    #[expect(clippy::too_many_lines, reason = "one arm for each change")]
    pub(super) fn apply_to(
        &mut self,
        conn: &Connection,
        at: Place,
        event: &Event,
        only: Only<'_>,
    ) -> Result<(), Fault> {
        if self.is_full() {
            self.settle(conn)?;
        }
        let takes_unit = event.about.unit.as_ref().is_some_and(|u| only.takes(|| Subject::Unit(u.clone())));
        let unit = if takes_unit { self.units.apply(conn, at, event)? } else { None };
        let mut told: Option<Badge> = None;
        for change in changes(event) {
            match change {
                Change::Station(name) if only.takes(|| Subject::Station(name.clone())) => {
                    self.stations.apply(conn, &name, event)?;
                }
                Change::Lot(name) if only.takes(|| Subject::Lot(name.clone())) => {
                    self.lots.apply(conn, &name, event)?;
                }
                Change::Order(name) if only.takes(|| Subject::Order(name.clone())) => {
                    self.orders.apply(conn, &name, event)?;
                }
                Change::Gauge(name) if only.takes(|| Subject::Gauge(name.clone())) => {
                    self.gauges.apply(conn, &name, event)?;
                }
                Change::Permit(name) if only.takes(|| Subject::Permit(name.clone())) => {
                    self.permits.apply(conn, &name, event)?;
                }
                Change::Carton(_) | Change::Shipment(_) => self.packed(conn, event, &change, only)?,
                Change::Sampling(route, step) => {
                    if only.takes(|| Subject::Sampling(route.clone(), step.clone())) {
                        self.samplings.apply(conn, &(route, step), event)?;
                    }
                }
                Change::Person(badge) => {
                    // An event may concern the one who made it: still it happened once.
                    if told.as_ref() != Some(&badge) && only.takes(|| Subject::Person(badge.clone())) {
                        self.people.apply(conn, &badge, event)?;
                        told = Some(badge);
                    }
                }
                Change::Count { quarter, station, route, step, what, n } => {
                    if only.takes_events() {
                        *self.counts.entry((quarter, station, route, step, what)).or_insert(0) += n;
                    }
                }
                // Units are done above, refusals too; of the others this one is not to change.
                Change::Unit(_)
                | Change::Station(_)
                | Change::Lot(_)
                | Change::Order(_)
                | Change::Gauge(_)
                | Change::Permit(_) => {}
                Change::Load(load) => {
                    if only.takes_events() {
                        loads::told(conn, at, &load)?;
                    }
                }
                Change::LotTold(lot) => {
                    if only.takes_events() {
                        lots::told(conn, at, &lot)?;
                    }
                }
                Change::Route => release(conn, at, event, only)?,
                Change::Refusal { .. } => {
                    if only.takes_events() {
                        refusal(conn, at, event, &change)?;
                    }
                }
                Change::StepResult { .. }
                | Change::CheckResult { .. }
                | Change::CheckVoided(_)
                | Change::Material { .. }
                | Change::MaterialVoided(_)
                | Change::MaterialRemoved { .. }
                | Change::Descent { .. }
                | Change::Tag { .. }
                | Change::MaterialJudged { .. }
                | Change::Waived { .. }
                | Change::Overridden { .. }
                | Change::Hold(_)
                | Change::HoldEnded { .. } => {
                    if let Some(unit) = unit {
                        of_unit(conn, self.own.as_ref(), (at, unit), event, &change)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// A carton or a shipment changes.
    #[expect(clippy::wildcard_enum_match_arm, reason = "two changes are about packing")]
    fn packed(&mut self, conn: &Connection, event: &Event, change: &Change, only: Only<'_>) -> Result<(), Fault> {
        match change {
            Change::Carton(name) if only.takes(|| Subject::Carton(name.clone())) => {
                self.cartons.apply(conn, name, event)
            }
            Change::Shipment(name) if only.takes(|| Subject::Shipment(name.clone())) => {
                self.shipments.apply(conn, name, event)
            }
            _ => Ok(()),
        }
    }

    /// Writes everything that waits to be written.
    pub(super) fn settle(&mut self, conn: &Connection) -> Result<(), Fault> {
        self.units.settle(conn)?;
        self.stations.settle(conn)?;
        self.people.settle(conn)?;
        self.lots.settle(conn)?;
        self.orders.settle(conn)?;
        self.gauges.settle(conn)?;
        self.cartons.settle(conn)?;
        self.shipments.settle(conn)?;
        self.samplings.settle(conn)?;
        self.permits.settle(conn)?;
        if self.counts.is_empty() {
            return Ok(());
        }
        let mut statement = conn.prepare_cached(
            "INSERT INTO tally (quarter, station, route, step, what, n) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT DO UPDATE SET n = n + excluded.n",
        )?;
        for ((quarter, station, route, step, what), n) in std::mem::take(&mut self.counts) {
            let route = route.as_ref().map_or("", RouteId::as_str);
            let step = step.as_ref().map_or("", StepId::as_str);
            statement.execute((quarter, station, route, step, what.word(), n))?;
        }
        Ok(())
    }
}

/// A route revision was released or withdrawn.
#[expect(clippy::wildcard_enum_match_arm, reason = "only two kinds change a route's row")]
fn release(conn: &Connection, at: Place, event: &Event, only: Only<'_>) -> Result<(), Fault> {
    let (Some(route), Some(revision)) = (&event.about.route, &event.about.revision) else { return Ok(()) };
    if !only.takes(|| Subject::Route(route.clone(), revision.clone())) {
        return Ok(());
    }
    match &event.what {
        What::RouteReleased(e) => conn
            .prepare_cached(
                "INSERT INTO route (route, revision, sha256, released) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE
                SET sha256 = excluded.sha256, released = excluded.released, withdrawn = NULL",
            )?
            .execute((route, revision, &e.sha256, at))?,
        What::RouteWithdrawn(_) => conn
            .prepare_cached("UPDATE route SET withdrawn = ?3 WHERE route = ?1 AND revision = ?2")?
            .execute((route, revision, at))?,
        _ => 0,
    };
    Ok(())
}

fn refusal(conn: &Connection, at: Place, event: &Event, change: &Change) -> Result<(), Fault> {
    let Change::Refusal { code, station, unit, step, by } = change else { return Ok(()) };
    conn.prepare_cached(
        "INSERT INTO refusal (event, at, code, station, unit, step, badge) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((at, event.stamp.at, code.word(), station, unit, step, by))?;
    Ok(())
}

/// What happened to a unit that is on record.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other changes concern no unit")]
fn of_unit(
    conn: &Connection,
    own: Option<&Own>,
    (at, unit): (Place, Place),
    event: &Event,
    change: &Change,
) -> Result<(), Fault> {
    let linked = |link| place_of(conn, own, link);
    match change {
        Change::Waived { .. } | Change::Overridden { .. } => permits::of_unit(conn, (at, unit), event, change)?,
        Change::StepResult { step, attempt, passed, .. } => conn
            .prepare_cached("INSERT INTO step_result (event, unit, step, attempt, passed) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((at, unit, step, attempt, passed))?,
        Change::CheckResult { step, attempt, check, point, value, passed, .. } => conn
            .prepare_cached(
                "INSERT INTO check_result (event, unit, step, attempt, check_id, point, value, passed)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute((at, unit, step, attempt, check, point, value, passed))?,
        Change::CheckVoided(of) => conn
            .prepare_cached("UPDATE check_result SET voided = ?2 WHERE event = ?1 AND unit = ?3")?
            .execute((linked(of)?, at, unit))?,
        Change::Material { .. } => material(conn, at, unit, event, change)?,
        Change::MaterialVoided(of) => conn
            .prepare_cached(
                "UPDATE material SET out = 'voided', out_event = ?3, out_at = ?4 WHERE unit = ?1 AND event = ?2",
            )?
            .execute((unit, linked(of)?, at, event.stamp.at))?,
        Change::MaterialRemoved { serial, fate, .. } => conn
            .prepare_cached(
                "UPDATE material SET out = ?3, out_event = ?4, out_at = ?5
                WHERE unit = ?1 AND serial = ?2 AND out IS NULL",
            )?
            .execute((unit, serial, fate, at, event.stamp.at))?,
        Change::Descent { of, pieces, .. } => conn
            .prepare_cached("INSERT INTO descent (unit, event, of, pieces) VALUES (?1, ?2, ?3, ?4)")?
            .execute((unit, at, of, pieces))?,
        Change::Tag { label, .. } => labels::tag(conn, (at, unit), label)?,
        Change::MaterialJudged { serial, fate, .. } => conn
            .prepare_cached(
                "UPDATE material SET out = ?3, out_event = ?4, out_at = ?5
                WHERE unit = ?1 AND serial = ?2 AND out = 'quarantine'",
            )?
            .execute((unit, serial, fate, at, event.stamp.at))?,
        Change::Hold(_) => {
            conn.prepare_cached("INSERT INTO hold (unit, event) VALUES (?1, ?2)")?.execute((unit, at))?
        }
        Change::HoldEnded { hold: Some(of), .. } => conn
            .prepare_cached("UPDATE hold SET ended = ?2 WHERE unit = ?1 AND event = ?3 AND ended IS NULL")?
            .execute((unit, at, linked(of)?))?,
        Change::HoldEnded { hold: None, .. } => {
            conn.prepare_cached("UPDATE hold SET ended = ?2 WHERE unit = ?1 AND ended IS NULL")?.execute((unit, at))?
        }
        _ => 0,
    };
    Ok(())
}

/// A piece went into a unit: what, and when, by whom and how.
fn material(conn: &Connection, at: Place, unit: Place, event: &Event, change: &Change) -> rusqlite::Result<usize> {
    let Change::Material { step, part, piece, quantity, .. } = change else { return Ok(0) };
    let (lot, serial) = match piece {
        Piece::Lot(lot) => (Some(lot), None),
        Piece::Serial(serial) => (None, Some(serial)),
    };
    let alternate = if let What::MaterialInstalled(m) = &event.what { m.is.as_ref() } else { None };
    conn.prepare_cached(
        "INSERT INTO material (unit, event, step, part, lot, serial, quantity, alternate, at, badge, how)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(rusqlite::params![
        unit,
        at,
        step,
        part,
        lot,
        serial,
        quantity,
        alternate,
        event.stamp.at,
        event.about.by,
        sql::how(event)
    ])
}

//! Stations, people, lots, orders, gauges and samplings: each row keeps the fold itself, with the columns that listings
//! and searches filter on beside it.

use std::borrow::Cow;
use std::hash::Hash;

use rusqlite::{Connection, OptionalExtension as _, Params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::unreadable_row;
use super::recent::Recent;
use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::gauge::Gauge;
use crate::domain::id::{Badge, CartonId, DeviceId, LotId, OrderId, PermitId, RouteId, ShipmentId, StationId, StepId};
use crate::domain::lot::Lot;
use crate::domain::number::Number;
use crate::domain::order::{self, Order};
use crate::domain::person::Person;
use crate::domain::role::Role;
use crate::domain::sampling::Sampling;
use crate::domain::station::Station;

/// Subjects of one sort that are remembered between actions.
const KEPT_MOST: usize = 256;

/// What a subject is called by: the key of its row.
pub(super) trait Name: Hash + Eq + Clone {
    /// The values of the key.
    fn key(&self) -> impl Params;
    /// The name as messages say it.
    fn text(&self) -> Cow<'_, str>;
}

macro_rules! named_by {
    ($($name:ident)*) => {$(
        impl Name for $name {
            fn key(&self) -> impl Params {
                [self]
            }

            fn text(&self) -> Cow<'_, str> {
                self.as_str().into()
            }
        }
    )*};
}

named_by! { StationId Badge LotId OrderId DeviceId CartonId ShipmentId PermitId }

impl Name for (RouteId, StepId) {
    fn key(&self) -> impl Params {
        (&self.0, &self.1)
    }

    fn text(&self) -> Cow<'_, str> {
        format!("{} {}", self.0, self.1).into()
    }
}

/// A sort of subject whose row keeps its fold.
pub(super) trait Fold: Clone + PartialEq + Serialize + DeserializeOwned {
    /// What it is called by.
    type Name: Name;
    /// The table, as messages name it.
    const TABLE: &'static str;
    /// Reads the fold of a name.
    const SELECT: &'static str;
    /// The fold after an event.
    fn next(before: Option<Self>, name: &Self::Name, event: &Event) -> Option<Self>;
    /// Writes the row.
    fn write(&self, conn: &Connection, name: &Self::Name, fold: &str) -> rusqlite::Result<usize>;
}

impl Fold for Station {
    type Name = StationId;
    const TABLE: &'static str = "station";
    const SELECT: &'static str = "SELECT fold FROM station WHERE name = ?1";

    fn next(before: Option<Self>, name: &StationId, event: &Event) -> Option<Self> {
        let mut station = before.unwrap_or_else(|| Self::fresh(name.clone()));
        station.apply(event);
        Some(station)
    }

    fn write(&self, conn: &Connection, name: &StationId, fold: &str) -> rusqlite::Result<usize> {
        conn.prepare_cached(
            "INSERT INTO station (name, fold) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET fold = excluded.fold",
        )?
        .execute((name, fold))
    }
}

impl Fold for Person {
    type Name = Badge;
    const TABLE: &'static str = "person";
    const SELECT: &'static str = "SELECT fold FROM person WHERE badge = ?1";

    fn next(before: Option<Self>, name: &Badge, event: &Event) -> Option<Self> {
        // Who enrols somebody is no other person for that, even where nobody enrolled the enroller.
        Self::apply(before, event).filter(|person| person.badge == *name)
    }

    fn write(&self, conn: &Connection, name: &Badge, fold: &str) -> rusqlite::Result<usize> {
        let is_lead = self.has(Role::Lead) && !self.revoked;
        conn.prepare_cached(
            "INSERT INTO person (badge, lead, fold) VALUES (?1, ?2, ?3)
            ON CONFLICT (badge) DO UPDATE SET lead = excluded.lead, fold = excluded.fold",
        )?
        .execute((name, is_lead, fold))
    }
}

impl Fold for Lot {
    type Name = LotId;
    const TABLE: &'static str = "lot";
    const SELECT: &'static str = "SELECT fold FROM lot WHERE name = ?1";

    fn next(before: Option<Self>, _name: &LotId, event: &Event) -> Option<Self> {
        Self::apply(before, event)
    }

    fn write(&self, conn: &Connection, name: &LotId, fold: &str) -> rusqlite::Result<usize> {
        let has_more = self.left > Number::whole(0);
        conn.prepare_cached(
            "INSERT INTO lot (name, part, standing, fold, has_more, expires, supplier)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (name) DO UPDATE
            SET part = excluded.part, standing = excluded.standing, fold = excluded.fold,
            has_more = excluded.has_more, expires = excluded.expires, supplier = excluded.supplier",
        )?
        .execute((name, &self.part, self.standing.word(), fold, has_more, self.expires, &self.supplier))
    }
}

impl Fold for Order {
    type Name = OrderId;
    const TABLE: &'static str = "work_order";
    const SELECT: &'static str = "SELECT fold FROM work_order WHERE name = ?1";

    fn next(before: Option<Self>, _name: &OrderId, event: &Event) -> Option<Self> {
        Self::apply(before, event)
    }

    fn write(&self, conn: &Connection, name: &OrderId, fold: &str) -> rusqlite::Result<usize> {
        let range = self.serials.as_ref();
        conn.prepare_cached(
            "INSERT INTO work_order (name, route, revision, open, form, first, last, fold)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (name) DO UPDATE
            SET route = excluded.route, revision = excluded.revision, open = excluded.open, form = excluded.form,
            first = excluded.first, last = excluded.last, fold = excluded.fold",
        )?
        .execute((
            name,
            &self.route,
            &self.revision,
            !self.closed,
            range.map(|r| order::form(r.first())),
            range.map(order::SerialRange::first),
            range.map(order::SerialRange::last),
            fold,
        ))
    }
}

impl Fold for Gauge {
    type Name = DeviceId;
    const TABLE: &'static str = "gauge";
    const SELECT: &'static str = "SELECT fold FROM gauge WHERE name = ?1";

    fn next(before: Option<Self>, _name: &DeviceId, event: &Event) -> Option<Self> {
        Self::apply(before, event)
    }

    fn write(&self, conn: &Connection, name: &DeviceId, fold: &str) -> rusqlite::Result<usize> {
        conn.prepare_cached(
            "INSERT INTO gauge (name, kind, due, standing, fold) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (name) DO UPDATE
            SET kind = excluded.kind, due = excluded.due, standing = excluded.standing, fold = excluded.fold",
        )?
        .execute((name, &self.kind, self.due, self.standing.word(), fold))
    }
}

impl Fold for Sampling {
    type Name = (RouteId, StepId);
    const TABLE: &'static str = "sampling";
    const SELECT: &'static str = "SELECT fold FROM sampling WHERE route = ?1 AND step = ?2";

    fn next(before: Option<Self>, (route, step): &Self::Name, event: &Event) -> Option<Self> {
        Self::apply(before, route, step, event)
    }

    fn write(&self, conn: &Connection, (route, step): &Self::Name, fold: &str) -> rusqlite::Result<usize> {
        conn.prepare_cached(
            "INSERT INTO sampling (route, step, fold) VALUES (?1, ?2, ?3)
            ON CONFLICT (route, step) DO UPDATE SET fold = excluded.fold",
        )?
        .execute((route, step, fold))
    }
}

/// The subjects of one sort that were met lately.
#[derive(Debug)]
pub(super) struct Folds<F: Fold> {
    recent: Recent<F::Name, Option<F>>,
}

impl<F: Fold> Folds<F> {
    pub(super) fn new() -> Self {
        Self { recent: Recent::new(KEPT_MOST) }
    }

    pub(super) fn clear(&mut self) {
        self.recent.clear();
    }

    /// Forgets one subject, what is not settled too.
    pub(super) fn forget(&mut self, name: &F::Name) {
        self.recent.forget(name);
    }

    /// The subject, where it is on record.
    pub(super) fn get(&mut self, conn: &Connection, name: &F::Name) -> Result<Option<F>, Fault> {
        self.load(conn, name)?;
        Ok(self.recent.get(name).cloned().flatten())
    }

    /// Folds an event into its subject.
    pub(super) fn apply(&mut self, conn: &Connection, name: &F::Name, event: &Event) -> Result<(), Fault> {
        self.load(conn, name)?;
        if let Some(kept) = self.recent.get_mut(name) {
            let after = F::next(kept.clone(), name, event);
            if *kept != after {
                *kept = after;
                self.recent.mark(name);
            }
        }
        Ok(())
    }

    /// Writes the rows of the subjects that changed.
    pub(super) fn settle(&mut self, conn: &Connection) -> Result<(), Fault> {
        self.recent.settle(|name, kept| {
            let Some(fold) = kept else { return Ok(()) };
            fold.write(conn, name, &written(name, fold)?)?;
            Ok(())
        })
    }

    /// Whether so many are remembered that they should be settled.
    pub(super) fn is_full(&self) -> bool {
        self.recent.is_full()
    }

    fn load(&mut self, conn: &Connection, name: &F::Name) -> Result<(), Fault> {
        if self.recent.get(name).is_none() {
            let fold: Option<String> =
                conn.prepare_cached(F::SELECT)?.query_row(name.key(), |row| row.get(0)).optional()?;
            let fold = fold.map(|text| read::<F>(&name.text(), &text)).transpose()?;
            self.recent.put(name.clone(), fold);
        }
        Ok(())
    }
}

/// A fold as it is stored.
pub(super) fn written<F: Fold>(name: &F::Name, fold: &F) -> Result<String, Fault> {
    serde_json::to_string(fold).map_err(|e| unreadable_row(F::TABLE, &name.text(), &e))
}

/// Reads a stored fold.
pub(super) fn read<F: Fold>(name: &str, text: &str) -> Result<F, Fault> {
    serde_json::from_str(text).map_err(|e| unreadable_row(F::TABLE, name, &e))
}

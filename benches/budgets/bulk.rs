//! Bulk work: a plant played through the gate, against the same rows inserted bare in transactions of the same size.
//!
//! After each commit of the play, the rows that it added are read, and inserted into a database of the same tables and
//! indexes in one transaction; so both meet the same moments of the machine.

use std::path::PathBuf;
use std::sync::Arc;

use traveller::app::port::{Fault, Head, Ledger};
use traveller::demo;
use traveller::domain::event::Event;
use traveller::domain::facts::{Ask, Facts};
use traveller::domain::id::{Badge, Revision, RouteId, StationId, UnitId};
use traveller::domain::route::Route;
use traveller::domain::station::Station;
use traveller::domain::traveller::Traveller;
use traveller::ledger::Writer;
use traveller::station::pins::PinFile;

use super::support::Outcome;
use super::support::follow::{Follower, Load, count};
use super::support::plant::{self, Home, PAGE_CACHE_KIB};
use super::support::sample::timed;
use super::support::table::{Budget, Table};

/// Measures the rate of rows, and leaves the ledger behind.
pub(crate) fn measure(table: &mut Table, units: u64, home: &Home) -> Outcome<PathBuf> {
    let path = home.file("ledger.db");
    let options = plant::options(units)?;
    let writer = plant::begin(&path, &options, PAGE_CACHE_KIB)?;
    let follower = Follower::new(&path, &home.file("bare.db"), PAGE_CACHE_KIB)?;
    let mut both = Both { writer, follower, rows: 0, bare_in: 0, aside: 0 };
    let mut pins = PinFile::at(&path);
    let (whole, played) = timed(|| demo::play(&mut both, &mut pins, &demo::examples(), &options));
    let played = played?;
    let others = both.follower.others()?;
    both.take(&others)?;
    let played_in = whole - both.aside;
    let rate = |nanos: u64| both.rows.saturating_mul(1_000_000_000) / nanos.max(1);
    let what = format!("bulk, {units} units, {} actions: rows", played.actions);
    table.line(&what, (rate(played_in), rate(both.bare_in)), "/s", Budget::Least(30));
    let each = |nanos: u64| nanos / played.actions.max(1);
    table.line("  of that, an action", (each(played_in), each(both.bare_in)), "ns", Budget::None);
    Ok(path)
}

/// The ledger, and the bare database that follows it.
struct Both {
    writer: Writer,
    follower: Follower,
    rows: u64,
    /// Time for bare inserts, and for everything that is no part of the play.
    bare_in: u64,
    aside: u64,
}

impl Both {
    fn follow(&mut self) -> Outcome<()> {
        let added = self.follower.added()?;
        self.take(&added)
    }

    fn take(&mut self, loads: &[Load]) -> Outcome<()> {
        self.rows += count(loads);
        self.bare_in += self.follower.put(loads)?;
        Ok(())
    }
}

impl Ledger for Both {
    fn begin(&mut self) -> Result<(), Fault> {
        self.writer.begin()
    }

    fn unconfirmed(&mut self) -> Result<Option<Badge>, Fault> {
        self.writer.unconfirmed()
    }

    fn head(&mut self) -> Result<Head, Fault> {
        Ledger::head(&mut self.writer)
    }

    fn station(&mut self, station: &StationId) -> Result<Station, Fault> {
        self.writer.station(station)
    }

    fn traveller(&mut self, unit: &UnitId) -> Result<Arc<Traveller>, Fault> {
        self.writer.traveller(unit)
    }

    fn route(&mut self, route: &RouteId, revision: &Revision) -> Result<Option<Arc<Route>>, Fault> {
        self.writer.route(route, revision)
    }

    fn answer(&mut self, ask: &Ask, facts: &mut Facts) -> Result<(), Fault> {
        self.writer.answer(ask, facts)
    }

    fn append(&mut self, events: &[Event]) -> Result<(), Fault> {
        self.writer.append(events)
    }

    fn commit(&mut self) -> Result<Head, Fault> {
        let head = self.writer.commit()?;
        let (nanos, followed) = timed(|| self.follow());
        self.aside += nanos;
        followed.map_err(|e| Fault::new(e.to_string(), "look at the bench"))?;
        Ok(head)
    }

    fn rollback(&mut self) {
        self.writer.rollback();
    }
}

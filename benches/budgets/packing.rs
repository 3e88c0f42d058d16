//! A carton of a thousand units, packed scan by scan and dispatched in one transaction, against the same rows inserted
//! bare, in transactions of the same size, in a copy of the same ledger.

use std::path::Path;

use traveller::domain::command::Command;
use traveller::domain::id::{Badge, CartonId, ShipmentId};
use traveller::domain::packing::Packing;
use traveller::domain::packing::command::Number;
use traveller::ledger::Writer;

use super::support::Outcome;
use super::support::follow::{Follower, count};
use super::support::hands::{Hands, scan};
use super::support::mass;
use super::support::plant::{Home, PAGE_CACHE_KIB};
use super::support::sample::timed;
use super::support::table::{Budget, Table};

/// Units in the carton.
const UNITS: u64 = 1_000;
const CARTON: &str = "BOX-MASS";
const SHIPMENT: &str = "LS-MASS";

/// Measures on a ledger of complete units, which is changed by it.
pub(crate) fn measure(table: &mut Table, path: &Path, home: &Home) -> Outcome<()> {
    let mut writer = mass::open(path, PAGE_CACHE_KIB)?;
    let at = writer.reader().head()?.and_then(|head| head.at).ok_or("the ledger has no head")?;
    let mut hands = Hands::at("BENCH-9", "bench", at)?;
    let by = Badge::parse(mass::LEAD)?;
    let (carton, shipment) = (CartonId::parse(CARTON)?, ShipmentId::parse(SHIPMENT)?);
    hands.sign_on(&mut writer, mass::LEAD)?;
    let number = Number::Given(carton.clone());
    let begin = Packing::Begin { number, holds: Some(u32::try_from(UNITS)?), same: Vec::new(), by: None };
    hands.give(&mut writer, &Command::Pack(begin))?;
    let open = Packing::OpenShipment { shipment: shipment.clone(), customer: "Mass".to_owned(), by: by.clone() };
    hands.give(&mut writer, &Command::Pack(open))?;
    let mut follower = Follower::new(path, &home.file("packing-bare.db"), PAGE_CACHE_KIB)?;
    let all_so_far = follower.changed()?;
    follower.put(&all_so_far)?;
    let mut both = Both { follower, ours: 0, theirs: 0, rows: 0 };
    for n in 0..UNITS {
        both.give(&mut writer, &mut hands, &scan(&mass::unit(n)))?;
    }
    both.give(&mut writer, &mut hands, &scan(CARTON))?;
    let packed = (both.ours, both.theirs);
    let load = Packing::LoadCarton { carton, shipment: shipment.clone(), by: by.clone() };
    both.give(&mut writer, &mut hands, &Command::Pack(load))?;
    both.give(&mut writer, &mut hands, &Command::Pack(Packing::Dispatch { shipment, by }))?;
    let us = |nanos: u64| nanos / 1_000;
    let all = (us(both.ours), us(both.theirs));
    table.line(&format!("a carton of {UNITS} packed and dispatched, {} rows", both.rows), all, "us", Budget::Most(130));
    table.line("  of that, a unit packed", (us(packed.0 / UNITS), us(packed.1 / UNITS)), "us", Budget::None);
    let dispatch = (us(both.ours - packed.0), us(both.theirs - packed.1));
    table.line("  of that, loaded and dispatched", dispatch, "us", Budget::None);
    Ok(())
}

/// The ledger, and the bare database that follows it.
struct Both {
    follower: Follower,
    ours: u64,
    theirs: u64,
    rows: u64,
}

impl Both {
    /// One action by the ledger, and its rows by nothing but SQLite.
    fn give(&mut self, writer: &mut Writer, hands: &mut Hands, command: &Command) -> Outcome<()> {
        let (nanos, given) = timed(|| hands.give(writer, command));
        given?;
        self.ours += nanos;
        let added = self.follower.changed()?;
        self.rows += count(&added);
        self.theirs += self.follower.put(&added)?;
        Ok(())
    }
}

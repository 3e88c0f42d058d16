//! One action of an operator, from the scan to the receipt, against a bare transaction that puts the same rows into the
//! same tables, both durable, in turn, on the same disk.
//!
//! The action is the last scan of a unit: an observation, the step that passes with it, the unit that is complete, and
//! the unit that is put down. Whatever leads to it is done aside, in both.

use traveller::domain::command::Command;
use traveller::domain::gate::decision::Did;
use traveller::domain::id::{Badge, LotId, PartId};
use traveller::domain::number::Number;

use super::support::Outcome;
use super::support::follow::Follower;
use super::support::hands::{Hands, scan, value};
use super::support::plant::{self, Home};
use super::support::sample::{Sample, timed};
use super::support::table::{Budget, Table};

/// Pairs that are measured.
const PAIRS: u64 = 3_000;
/// Units that the ledger has before.
const UNITS: u64 = 2_000;
/// KiB of pages that a terminal keeps.
const PAGE_CACHE_KIB: u32 = traveller::ledger::open::PAGE_CACHE_KIB;
/// Somebody of the plant who may receive a lot, and somebody who packs.
const QUALITY: &str = "OP-1002";
const PACKER: &str = "OP-2013";

/// Measures the pairs.
pub(crate) fn measure(table: &mut Table) -> Outcome<()> {
    let home = Home::new("action")?;
    let path = home.file("ledger.db");
    let options = plant::options(UNITS)?;
    let mut writer = plant::begin(&path, &options, PAGE_CACHE_KIB)?;
    plant::play(&mut writer, &path, &options)?;
    let mut hands = Hands::at("PACKING-9", "packing", options.now)?;
    receive(&mut writer, &mut hands)?;
    hands.sign_on(&mut writer, PACKER)?;
    let mut follower = Follower::new(&path, &home.file("bare.db"), PAGE_CACHE_KIB)?;
    let before = follower.changed()?;
    follower.put(&before)?;
    let one = one_row(&home)?;
    let (mut ours, mut bare, mut single) = (Sample::default(), Sample::default(), Sample::default());
    for n in 0..PAIRS {
        let unit = format!("SK{:07}", 9_000_000 + n);
        for command in [scan(&unit), scan("L-PACK"), value("42.5"), Command::Skip] {
            hands.give(&mut writer, &command)?;
        }
        let aside = follower.changed()?;
        follower.put(&aside)?;
        let command = scan("SEAL-KIT-12");
        let (nanos, settled) = timed(|| hands.give(&mut writer, &command));
        let settled = settled?;
        if settled.receipt.is_none() {
            return Err("the action has no receipt".into());
        }
        let same = follower.changed()?;
        let put = follower.put(&same)?;
        if settled.answer == Ok(Did::UnitCompleted) {
            ours.add(nanos);
            bare.add(put);
        } else {
            // One in five is counted as well.
            hands.give(&mut writer, &value("10"))?;
            let aside = follower.changed()?;
            follower.put(&aside)?;
        }
        single.take(|| {
            one.prepare_cached("INSERT INTO one (body) VALUES (?1)")?
                .execute(["a row of about the size of an event"; 1])
        })?;
    }
    let us = |nanos: u64| nanos / 1_000;
    let line =
        |table: &mut Table, what: &str, (a, b): (u64, u64), budget| table.line(what, (us(a), us(b)), "us", budget);
    line(table, "action of 4 events, median", (ours.median(), bare.median()), Budget::Most(130));
    line(table, "action of 4 events, p99", (ours.p99(), bare.p99()), Budget::Most(150));
    line(table, "action to a bare one-row commit, median", (ours.median(), single.median()), Budget::None);
    Ok(())
}

fn receive(writer: &mut traveller::ledger::Writer, hands: &mut Hands) -> Outcome<()> {
    let receipt = Command::ReceiveLot {
        lot: LotId::parse("L-PACK")?,
        part: PartId::parse("SEAL-12")?,
        quantity: Number::whole(1_000_000),
        supplier: None,
        expires: None,
        label: None,
        quarantine: false,
        by: Badge::parse(QUALITY)?,
    };
    hands.give(writer, &receipt)?;
    Ok(())
}

/// A database with one table, for the least that a commit costs.
fn one_row(home: &Home) -> Outcome<rusqlite::Connection> {
    let one = super::support::bare::open(&home.file("one.db"), PAGE_CACHE_KIB)?;
    one.execute_batch("CREATE TABLE one (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")?;
    Ok(one)
}

//! One action of an operator, from scan to receipt: history, facts, decision, four events, tables, head file. Against
//! a bare transaction that inserts the same rows into the same tables, and against a bare commit of one row; the three
//! take turns, on one disk.

use rusqlite::Connection;
use rusqlite::types::Value;
use traveller::app::submit;
use traveller::domain::ambient::{Ambient, Given, Place};
use traveller::domain::command::Command;
use traveller::domain::id::{Boot, PartId};
use traveller::domain::label::Label;
use traveller::domain::role::PinCheck;
use traveller::domain::time::{At, Clock};
use traveller::ledger::{self, Writer};
use traveller::route_file;

use super::support::Outcome;
use super::support::bare::{self, TableOf, put, row_of};
use super::support::plant::{self, Home};
use super::support::sample::Sample;
use super::support::table::{Budget, Table};

/// Pairs of an action and its bare rows.
const PAIRS: u32 = 3_000;
/// Units of the plant that was there before.
const UNITS: u64 = 2_000;
/// KiB of pages that each side keeps, as a terminal does.
const PAGE_CACHE_KIB: u32 = ledger::open::PAGE_CACHE_KIB;

/// Measures the action.
pub(crate) fn measure(table: &mut Table) -> Outcome<()> {
    let home = Home::new("action")?;
    let (path, beside) = (home.file("ledger.db"), home.file("bare.db"));
    let options = plant::options(UNITS)?;
    let mut writer = plant::begin(&path, &options, PAGE_CACHE_KIB)?;
    plant::play(&mut writer, &path, &options)?;
    drop(writer);
    // Both begin with the same pages.
    std::fs::copy(&path, &beside)?;
    let mut operator =
        Operator::at(ledger::open_writer(&path, &ledger::Options::new(route_file::released))?, options.now)?;
    let mirror = Mirror::new(&bare::open(&path, PAGE_CACHE_KIB)?, bare::open(&beside, PAGE_CACHE_KIB)?)?;
    let reads = bare::open(&path, PAGE_CACHE_KIB)?;
    let single = bare::open(&home.file("single.db"), PAGE_CACHE_KIB)?;
    single.execute_batch("CREATE TABLE one (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")?;
    let (mut action, mut same_rows, mut one_row) = (Sample::default(), Sample::default(), Sample::default());
    for n in 0..PAIRS {
        operator.prepare(n)?;
        mirror.put(&mirror.rows_since(&reads, mirror.last()?)?)?;
        let before = mirror.last()?;
        action.take(|| operator.scan("SEAL-KIT-12"))?;
        let rows = mirror.rows_since(&reads, before)?;
        same_rows.take(|| mirror.put(&rows))?;
        one_row.take(|| single.execute("INSERT INTO one (body) VALUES (?1)", [BODY]))?;
    }
    let micros = |nanos: u64| nanos / 1_000;
    let pair = |of: fn(&Sample) -> u64, other: &Sample| (micros(of(&action)), micros(of(other)));
    table.line("action, median: same rows bare", pair(Sample::median, &same_rows), "us", Budget::Most(130));
    table.line("action, p99: same rows bare", pair(Sample::p99, &same_rows), "us", Budget::Most(150));
    table.line("action, median: one row bare", pair(Sample::median, &one_row), "us", Budget::None);
    Ok(())
}

/// A row of the size of an event.
const BODY: &str = concat!(
    "{\"v\":1,\"terminal\":\"T1\",\"epoch\":\"0123456789abcdef\",\"seq\":1,\"act\":1,",
    "\"at\":\"2026-11-23T14:07:00.000000Z\",",
    "\"clock\":\"synced\",\"boot\":\"00c0ffee\",\"mono\":1,\"kind\":\"check-recorded\",",
    "\"unit\":\"SK2600001\",\"builds_on\":1,",
    "\"route\":\"label\",\"revision\":\"A\",\"step\":\"10\",\"attempt\":1,",
    "\"station\":\"PACKING-1\",\"by\":\"OP-2001\"}"
);

/// Somebody who packs seal kits.
struct Operator {
    writer: Writer,
    now: Ambient,
}

impl Operator {
    fn at(writer: Writer, now: At) -> Outcome<Self> {
        let place = Place { station: "PACKING-99".parse()?, class: "packing".parse()? };
        let given = Given {
            session: Some("00000000000000bb".parse()?),
            class: Some(place.class.clone()),
            pin: PinCheck::Right,
            ..Given::default()
        };
        let boot = Boot::parse("de300000")?;
        let now = Ambient { at: now, clock: Clock::Synced, boot, mono: 1, station: Some(place), given };
        let mut operator = Self { writer, now };
        operator.give(&Command::ReceiveLot {
            lot: "BENCH-SEALS".parse()?,
            part: PartId::parse("SEAL-12")?,
            quantity: "1000000".parse()?,
            supplier: None,
            expires: None,
            by: "OP-1001".parse()?,
        })?;
        operator.now.given.pin = PinCheck::NotAsked;
        operator.scan("OP-2001")?;
        Ok(operator)
    }

    /// All but the last thing that a kit needs.
    fn prepare(&mut self, n: u32) -> Outcome<()> {
        self.scan(&format!("SK{:07}", 9_000_000 + n))?;
        self.scan("BENCH-SEALS")?;
        self.give(&Command::Value { value: "42.5".to_owned(), check: None, point: None, gauge: None, unit: None })
    }

    fn scan(&mut self, label: &str) -> Outcome<()> {
        self.give(&Command::Scan { label: Label::read(label.as_bytes()), unit: None })
    }

    fn give(&mut self, command: &Command) -> Outcome<()> {
        self.now.at = self.now.at.plus(1_000_000);
        self.now.mono += 1_000_000;
        let settled = submit(&mut self.writer, command, &self.now)?;
        settled.answer.map(|_did| ()).map_err(|refusal| refusal.code.word().into())
    }
}

/// The bare database: what an action wrote, and nothing else.
struct Mirror {
    bare: Connection,
    of_events: Vec<TableOf>,
    standing: Vec<TableOf>,
}

/// Statements, each with its rows.
type Rows = Vec<(String, Vec<Vec<Value>>)>;

impl Mirror {
    fn new(ledger: &Connection, bare: Connection) -> Outcome<Self> {
        let written = [
            "event",
            "unit_event",
            "step_result",
            "check_result",
            "material",
            "unit",
            "station",
            "lot",
            "tally",
            "stream",
        ];
        let all = bare::tables(ledger)?.into_iter().filter(|t| written.contains(&t.name.as_str()));
        let (of_events, standing) = all.partition(TableOf::is_of_events);
        Ok(Self { bare, of_events, standing })
    }

    fn last(&self) -> Outcome<i64> {
        Ok(self.bare.query_row("SELECT max(id) FROM event", [], |row| row.get(0))?)
    }

    /// What the ledger wrote since: the rows of the new events, and the rows that stand where they changed.
    fn rows_since(&self, ledger: &Connection, before: i64) -> Outcome<Rows> {
        let mut all = Rows::new();
        for table in &self.of_events {
            let key = if table.name == "event" { "id" } else { "event" };
            let query = format!("SELECT {} FROM {} WHERE {key} > ?1", table.columns.join(", "), table.name);
            all.push((table.insert(), rows(ledger, &query, before, table)?));
        }
        for table in &self.standing {
            let changed = match table.name.as_str() {
                "unit" => "id IN (SELECT unit FROM unit_event WHERE event > ?1)",
                "station" => "name = 'PACKING-99' AND ?1 = ?1",
                "lot" => "name IN (SELECT lot FROM material WHERE event > ?1)",
                "tally" => "station = 'PACKING-99' AND quarter = (SELECT max(quarter) FROM tally) AND ?1 = ?1",
                _ => "own = 1 AND ?1 = ?1",
            };
            let query = format!("SELECT {} FROM {} WHERE {changed}", table.columns.join(", "), table.name);
            all.push((table.upsert(), rows(ledger, &query, before, table)?));
        }
        all.retain(|(_, rows)| !rows.is_empty());
        Ok(all)
    }

    fn put(&self, all: &Rows) -> Outcome<()> {
        self.bare.execute_batch("BEGIN IMMEDIATE")?;
        for (statement, rows) in all {
            let mut statement = self.bare.prepare_cached(statement)?;
            for row in rows {
                put(&mut statement, row)?;
            }
        }
        Ok(self.bare.execute_batch("COMMIT")?)
    }
}

fn rows(from: &Connection, query: &str, before: i64, table: &TableOf) -> Outcome<Vec<Vec<Value>>> {
    let mut statement = from.prepare_cached(query)?;
    let rows = statement.query_map([before], |row| row_of(row, table.columns.len()))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

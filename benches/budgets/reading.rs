//! What is read and decided: a unit's history against the bare query, and the gate on a long record.

use std::fmt::Write as _;

use rusqlite::Connection;
use traveller::app::port::Ledger as _;
use traveller::app::submit::look;
use traveller::app::{enact, submit};
use traveller::domain::ambient::{Ambient, Given, Place};
use traveller::domain::command::Command;
use traveller::domain::facts::{Ask, Facts};
use traveller::domain::gate;
use traveller::domain::id::{Badge, Boot, UnitId};
use traveller::domain::label::Label;
use traveller::domain::role::PinCheck;
use traveller::domain::time::Clock;
use traveller::ledger::{Writer, open_reader};
use traveller::route_file;

use super::support::Outcome;
use super::support::bare;
use super::support::plant::{self, Home, PAGE_CACHE_KIB};
use super::support::sample::Sample;
use super::support::table::{Budget, Table};

/// Units whose history is read.
const READ: usize = 2_000;
/// Decisions that are made.
const DECISIONS: u32 = 2_000;
/// What a decision may take, in nanoseconds.
const DECISION_NANOS: u64 = 20_000;

/// A unit's history from a ledger of so many units.
pub(crate) fn history(table: &mut Table, units: u64) -> Outcome<()> {
    let home = Home::new("history")?;
    let path = home.file("ledger.db");
    let options = plant::options(units)?;
    let mut writer = plant::begin(&path, &options, PAGE_CACHE_KIB)?;
    plant::play(&mut writer, &path, &options)?;
    drop(writer);
    let reader = open_reader(&path)?;
    let bare = bare::open(&path, traveller::ledger::open::PAGE_CACHE_KIB)?;
    let names = names(&bare)?;
    let (mut ours, mut theirs) = (Sample::default(), Sample::default());
    // What is read first finds nothing in the cache: each of the two is first for half of the units.
    for (n, name) in names.iter().enumerate() {
        if n.is_multiple_of(2) {
            theirs.take(|| bare_history(&bare, name))?;
        }
        ours.take(|| reader.history(name))?;
        if !n.is_multiple_of(2) {
            theirs.take(|| bare_history(&bare, name))?;
        }
    }
    let what = format!("history of a unit, one of {units}: bare query");
    table.line(&what, (ours.median() / 1_000, theirs.median() / 1_000), "us", Budget::Most(200));
    Ok(())
}

fn names(bare: &Connection) -> Outcome<Vec<UnitId>> {
    let mut statement = bare.prepare("SELECT name FROM unit ORDER BY substr(name, -3), name")?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?.take(READ);
    names.map(|name| Ok(UnitId::parse(&name?)?)).collect()
}

fn bare_history(conn: &Connection, unit: &UnitId) -> rusqlite::Result<usize> {
    let mut statement = conn.prepare_cached(
        "SELECT event.id, event.body, event.hash FROM unit JOIN unit_event ON unit_event.unit = unit.id
        JOIN event ON event.id = unit_event.event WHERE unit.name = ?1 ORDER BY unit_event.event",
    )?;
    let rows = statement.query_map([unit.as_str()], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, Vec<u8>>(2)?))
    })?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?.len())
}

/// The gate on a record of two hundred events.
pub(crate) fn decide(table: &mut Table) -> Outcome<()> {
    let home = Home::new("decide")?;
    let path = home.file("ledger.db");
    let options = plant::options(10)?;
    let mut writer = plant::begin(&path, &options, PAGE_CACHE_KIB)?;
    plant::play(&mut writer, &path, &options)?;
    let place = Place { station: "LONG-1".parse()?, class: "long".parse()? };
    let given = Given { session: Some("00000000000000cc".parse()?), pin: PinCheck::Right, ..Given::default() };
    let boot = Boot::parse("de300000")?;
    let now = Ambient { at: options.now, clock: Clock::Synced, boot, mono: 1, station: Some(place.clone()), given };
    let value = |n: u32| Command::Value {
        value: format!("1.{:02}", n % 100),
        check: None,
        point: None,
        gauge: None,
        unit: None,
    };
    begin_long_unit(&mut writer, &now)?;
    for n in 0..198 {
        let done = submit(&mut writer, &value(n), &now)?;
        done.answer.map_err(|refusal| refusal.code.word())?;
    }
    let unit = UnitId::parse("LONG-0001")?;
    let (open, station, people) = look(&mut writer, |ledger| {
        let mut facts = Facts::default();
        ledger.answer(&Ask::Person(Badge::parse("OP-2001").unwrap_or_else(|_never| unreachable!())), &mut facts)?;
        Ok((ledger.traveller(&unit)?, ledger.station(&place.station)?, facts.people))
    })?;
    let (route, revision) = open.route.clone().ok_or("the long unit never began")?;
    let route = look(&mut writer, |ledger| ledger.route(&route, &revision))?;
    let facts = Facts { station: Some(station), people, ..Facts::default() };
    let command = value(7);
    let mut sample = Sample::default();
    for _ in 0..DECISIONS {
        let decision = sample.take(|| gate::decide(&open, route.as_deref(), &now, &facts, &command));
        decision.answer.map_err(|refusal| refusal.code.word())?;
    }
    table.line("a decision on 200 events: budget", (sample.median(), DECISION_NANOS), "ns", Budget::Most(100));
    Ok(())
}

/// A unit of a route with two hundred and forty observations, open and begun.
fn begin_long_unit(writer: &mut Writer, now: &Ambient) -> Outcome<()> {
    let mut text = String::from(
        "route = \"long\"\nrevision = \"A\"\ntitle = \"Long\"\n[identifier]\nkind = \"serial\"\n\
        pattern = 'LONG-[0-9]{4}'\n\
        start = \"once\"\n[[step]]\nid = \"10\"\ntitle = \"Measure\"\nphase = \"test\"\nstation = \"long\"\n",
    );
    for n in 0..40 {
        write!(
            text,
            "[[step.check]]\nid = \"c{n}\"\ntitle = \"Value {n}\"\nlimits = \"1.00 .. 2.00 mm\"\n\
            points = [\"A\", \"B\", \"C\", \"D\", \"E\", \"F\"]\n"
        )?;
    }
    let file = route_file::read("long.toml", &text).map_err(|all| format!("{:?}", all.first()))?;
    let release = Command::ReleaseRoute {
        route: file.route.id.clone(),
        revision: file.route.revision.clone(),
        sha256: route_file::sha256(&text),
        text: text.into(),
        by: Badge::parse("OP-1001")?,
    };
    writer.begin()?;
    for command in [release, scan("OP-2001"), scan("LONG-0001")] {
        enact(writer, &command, now)?.answer.map_err(|refusal| refusal.code.word())?;
    }
    writer.commit()?;
    Ok(())
}

fn scan(label: &str) -> Command {
    Command::Scan { label: Label::read(label.as_bytes()), unit: None }
}

//! Exports of every unit in each form, against a bare dump of the same rows: each unit's own row and those of its
//! events, read by SQLite alone and written as JSON.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};
use traveller::ledger::open;

use super::support::plant::Home;
use super::support::sample::timed;
use super::support::table::{Budget, Table};
use super::support::{Outcome, bare, program};

/// The rows of a unit: its own, and its events.
const ROWS: [&str; 2] = [
    "SELECT * FROM unit WHERE id = ?1",
    "SELECT event.id, event.body, event.hash FROM unit_event JOIN event ON event.id = unit_event.event
     WHERE unit_event.unit = ?1 ORDER BY unit_event.turn, unit_event.event",
];

/// Measures on a ledger of so many units.
pub(crate) fn measure(table: &mut Table, (path, units): (&Path, u64), home: &Home) -> Outcome<()> {
    let dumped = home.file("dump.json");
    let (bare_in, events) = timed(|| dump(path, &dumped));
    let (events, ms) = (events?, |nanos: u64| nanos / 1_000_000);
    let bytes = |file: &Path| std::fs::metadata(file).map_or(0, |about| about.len() / 1_000);
    for format in ["json", "csv", "html", "epcis", "xes"] {
        let file = home.file("export");
        let words = ["export", "--all", "--format", format, "--ledger"].map(OsStr::new);
        let paths = [path.as_os_str(), OsStr::new("--to"), file.as_os_str()];
        let took = program::run(table, words.into_iter().chain(paths))?;
        table.line(&format!("{units} units as {format}"), (ms(took), ms(bare_in)), "ms", Budget::Most(200));
        let rate = |nanos: u64| events.saturating_mul(1_000_000_000) / nanos.max(1);
        table.line("  events", (rate(took), rate(bare_in)), "/s", Budget::None);
        table.line("  what it wrote", (bytes(&file), bytes(&dumped)), "kB", Budget::None);
        std::fs::remove_file(file)?;
    }
    Ok(())
}

/// Writes a line for each unit; how many events there were.
fn dump(from: &Path, to: &Path) -> Outcome<u64> {
    let conn = bare::open(from, open::PAGE_CACHE_KIB)?;
    let mut out = BufWriter::new(File::create(to)?);
    let mut units = conn.prepare("SELECT id FROM unit ORDER BY id")?;
    let mut units = units.query([])?;
    let mut events = 0;
    while let Some(row) = units.next()? {
        let unit: i64 = row.get(0)?;
        let parts = ROWS.iter().map(|sql| rows(&conn, sql, unit)).collect::<Outcome<Vec<_>>>()?;
        events += parts.get(1).map_or(0, Vec::len);
        let parts: Vec<Value> = parts.into_iter().map(Value::Array).collect();
        serde_json::to_writer(&mut out, &parts)?;
        out.write_all(b"\n")?;
    }
    out.into_inner().map_err(|e| e.to_string())?.sync_all()?;
    Ok(u64::try_from(events)?)
}

fn rows(conn: &Connection, sql: &str, unit: i64) -> Outcome<Vec<Value>> {
    let mut statement = conn.prepare_cached(sql)?;
    let names: Vec<String> = statement.column_names().map(ToOwned::to_owned).collect();
    let mut rows = statement.query([unit])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let mut object = Map::new();
        for (n, name) in names.iter().enumerate() {
            object.insert(name.clone(), json(row.get_ref(n)?)?);
        }
        all.push(Value::Object(object));
    }
    Ok(all)
}

/// A column as JSON. An event stays the text that it is.
fn json(column: ValueRef<'_>) -> Outcome<Value> {
    Ok(match column {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::from(n),
        ValueRef::Real(x) => Value::from(x),
        ValueRef::Text(text) => Value::from(std::str::from_utf8(text)?),
        ValueRef::Blob(bytes) => Value::from(bytes),
    })
}

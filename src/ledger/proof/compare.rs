//! The ledger's tables against those made anew, row by row in the order of their keys.

use std::cmp::Ordering;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Row, Rows};

use super::verify::{Finding, Verified};
use crate::app::port::Fault;
use crate::domain::text::clipped;
use crate::ledger::place::Place;
use crate::ledger::reader::{Reader, Stream};
use crate::ledger::schema::{self, PROJECTIONS, Projection};

/// Differences of one table that are listed: the first say what is wrong, the rest only how much.
const DIFFERENCES_MOST: u32 = 3;
/// Characters of a value that a finding shows.
const VALUE_CHARS_MOST: usize = 80;

/// Compares the tables and indexes themselves with those that this program makes.
pub(super) fn shapes(reader: &Reader, verified: &mut Verified) -> Result<(), Fault> {
    let (found, made) = (schema::shapes(&reader.conn)?, schema::reference()?);
    for shape in found.iter().filter(|shape| !made.contains(shape)) {
        verified.note(Finding::of_file(format!("the {} {} is not one that was made here", shape.kind, shape.name)));
    }
    for shape in made.iter().filter(|shape| !found.contains(shape)) {
        verified.note(Finding::of_file(format!("the {} {} is missing", shape.kind, shape.name)));
    }
    Ok(())
}

/// Compares every table with the temporary one of the same name.
pub(super) fn tables(reader: &Reader, streams: &[Stream], verified: &mut Verified) -> Result<(), Fault> {
    let found = schema::shapes(&reader.conn)?;
    for projection in PROJECTIONS {
        // One that is missing or made otherwise was named already.
        if found.iter().any(|shape| shape.name == projection.table) {
            table(reader, *projection, streams, verified)?;
        }
    }
    Ok(())
}

fn table(reader: &Reader, projection: Projection, streams: &[Stream], verified: &mut Verified) -> Result<(), Fault> {
    let Projection { table, key } = projection;
    let order = key.join(", ");
    let mut kept = reader.conn.prepare(&format!("SELECT * FROM main.{table} ORDER BY {order}"))?;
    let mut anew = reader.conn.prepare(&format!("SELECT * FROM temp.{table} ORDER BY {order}"))?;
    let columns: Vec<String> = anew.column_names().map(str::to_owned).collect();
    if !kept.column_names().eq(anew.column_names()) {
        return Ok(());
    }
    let at: Vec<usize> = key.iter().filter_map(|k| columns.iter().position(|c| c == k)).collect();
    let (mut kept, mut anew) = (Side::of(kept.query([])?)?, Side::of(anew.query([])?)?);
    let mut differences = 0_u32;
    while let Some(next) = order_of(kept.row.as_deref(), anew.row.as_deref(), &at) {
        if let Some(what) = difference(next, kept.row.as_deref(), anew.row.as_deref(), &columns) {
            differences += 1;
            if differences <= DIFFERENCES_MOST {
                let row = kept.row.as_deref().filter(|_| next.is_le()).or(anew.row.as_deref()).unwrap_or_default();
                let named = name(projection, row, &at);
                verified.note(finding(streams, projection, row, &format!("table {table}, row {named}: {what}")));
            }
        }
        if next.is_le() {
            kept.step()?;
        }
        if next.is_ge() {
            anew.step()?;
        }
    }
    if differences > DIFFERENCES_MOST {
        let more = differences - DIFFERENCES_MOST;
        verified.note(Finding::of_file(format!("table {table}: {more} more rows differ")));
    }
    Ok(())
}

/// One of two tables that are gone through side by side.
struct Side<'s> {
    rows: Rows<'s>,
    row: Option<Vec<Value>>,
}

impl<'s> Side<'s> {
    fn of(rows: Rows<'s>) -> Result<Self, Fault> {
        let mut side = Self { rows, row: None };
        side.step()?;
        Ok(side)
    }

    fn step(&mut self) -> Result<(), Fault> {
        self.row = self.rows.next()?.map(values).transpose()?;
        Ok(())
    }
}

fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    // Bytes that are no text are compared as bytes.
    (0..row.as_ref().column_count())
        .map(|at| {
            row.get_ref(at).map(|value| match value {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(n) => Value::Integer(n),
                ValueRef::Real(n) => Value::Real(n),
                ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
                ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
                    Ok(text) => Value::Text(text.to_owned()),
                    Err(_no_text) => Value::Blob(bytes.to_vec()),
                },
            })
        })
        .collect()
}

/// Which of the two rows comes first; none when both sides are at their end.
fn order_of(kept: Option<&[Value]>, anew: Option<&[Value]>, key: &[usize]) -> Option<Ordering> {
    match (kept, anew) {
        (None, None) => None,
        (Some(_), None) => Some(Ordering::Less),
        (None, Some(_)) => Some(Ordering::Greater),
        (Some(a), Some(b)) => {
            let orders = key.iter().map(|at| order_of_values(a.get(*at), b.get(*at)));
            Some(orders.fold(Ordering::Equal, Ordering::then))
        }
    }
}

/// SQLite's own order of keys: numbers before texts, texts by their bytes.
fn order_of_values(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    let rank = |value: Option<&Value>| match value {
        None | Some(Value::Null) => 0,
        Some(Value::Integer(_) | Value::Real(_)) => 1,
        Some(Value::Text(_)) => 2,
        Some(Value::Blob(_)) => 3,
    };
    match (a, b) {
        (Some(Value::Integer(a)), Some(Value::Integer(b))) => a.cmp(b),
        (Some(Value::Text(a)), Some(Value::Text(b))) => a.as_bytes().cmp(b.as_bytes()),
        _ => rank(a).cmp(&rank(b)),
    }
}

fn difference(order: Ordering, kept: Option<&[Value]>, anew: Option<&[Value]>, columns: &[String]) -> Option<String> {
    match order {
        Ordering::Less => Some("no event says so".to_owned()),
        Ordering::Greater => Some("it is missing".to_owned()),
        Ordering::Equal => {
            let pairs = kept.unwrap_or_default().iter().zip(anew.unwrap_or_default());
            let differs = columns.iter().zip(pairs).find(|(_, (kept, anew))| kept != anew);
            differs.map(|(column, (kept, anew))| format!("{column} is {}, the events say {}", shown(kept), shown(anew)))
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Integer(n) => n.to_string(),
        Value::Real(n) => n.to_string(),
        Value::Text(text) => format!("{:?}", clipped(text, VALUE_CHARS_MOST)),
        Value::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}

/// The row as people would call it: a unit by its number, others by their key.
fn name(projection: Projection, row: &[Value], key: &[usize]) -> String {
    if projection.table == "unit"
        && let Some(Value::Text(name)) = row.get(1)
    {
        return clipped(name, VALUE_CHARS_MOST).into_owned();
    }
    let parts: Vec<String> = key.iter().filter_map(|at| row.get(*at)).map(plain).collect();
    parts.join(" ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => clipped(text, VALUE_CHARS_MOST).into_owned(),
        Value::Integer(n) if Place::of_row(*n).stream() > 0 => Place::of_row(*n).seq().to_string(),
        Value::Null | Value::Integer(_) | Value::Real(_) | Value::Blob(_) => shown(value),
    }
}

/// A row whose key ends in an event's place is a finding about that event.
fn finding(streams: &[Stream], projection: Projection, row: &[Value], what: &str) -> Finding {
    let place = projection.key.iter().zip(row).rev().find_map(|(column, value)| match (*column, value) {
        ("event" | "id", Value::Integer(place)) => Some(Place::of_row(*place)),
        _ => None,
    });
    match place {
        Some(place) => Finding::of_place(streams, place, what),
        None => Finding::of_file(what),
    }
}

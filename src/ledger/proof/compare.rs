//! The ledger's tables against those made anew, row by row in the order of their keys.

use std::cmp::Ordering;

use rusqlite::Row;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::types::{Value, ValueRef};

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
    let (mut kept, mut anew) = (kept.query([])?, anew.query([])?);
    kept.advance()?;
    anew.advance()?;
    let mut differences = 0_u32;
    while let Some(next) = order_of(kept.get(), anew.get(), &at)? {
        if let Some(what) = difference(next, kept.get(), anew.get(), &columns)? {
            differences += 1;
            if differences <= DIFFERENCES_MOST {
                let row = kept.get().filter(|_| next.is_le()).or(anew.get()).map(values).transpose()?;
                let row = row.unwrap_or_default();
                let named = name(projection, &row, &at);
                verified.note(finding(streams, projection, &row, &format!("table {table}, row {named}: {what}")));
            }
        }
        if next.is_le() {
            kept.advance()?;
        }
        if next.is_ge() {
            anew.advance()?;
        }
    }
    if differences > DIFFERENCES_MOST {
        let more = differences - DIFFERENCES_MOST;
        verified.note(Finding::of_file(format!("table {table}: {more} more rows differ")));
    }
    Ok(())
}

/// The values of a row, to be told.
fn values(row: &Row<'_>) -> rusqlite::Result<Vec<Value>> {
    let owned = |value: ValueRef<'_>| match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Integer(n),
        ValueRef::Real(n) => Value::Real(n),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        // Bytes that are no text are told as bytes.
        ValueRef::Text(bytes) => std::str::from_utf8(bytes)
            .map_or_else(|_no_text| Value::Blob(bytes.to_vec()), |text| Value::Text(text.to_owned())),
    };
    (0..row.as_ref().column_count()).map(|at| row.get_ref(at).map(owned)).collect()
}

/// Which of the two rows comes first; none when both sides are at their end.
fn order_of(kept: Option<&Row<'_>>, anew: Option<&Row<'_>>, key: &[usize]) -> rusqlite::Result<Option<Ordering>> {
    let (kept, anew) = match (kept, anew) {
        (None, None) => return Ok(None),
        (Some(_), None) => return Ok(Some(Ordering::Less)),
        (None, Some(_)) => return Ok(Some(Ordering::Greater)),
        (Some(kept), Some(anew)) => (kept, anew),
    };
    for at in key {
        let order = order_of_values(kept.get_ref(*at)?, anew.get_ref(*at)?);
        if order.is_ne() {
            return Ok(Some(order));
        }
    }
    Ok(Some(Ordering::Equal))
}

/// SQLite's own order of keys: numbers before texts, texts by their bytes.
fn order_of_values(a: ValueRef<'_>, b: ValueRef<'_>) -> Ordering {
    let rank = |value| match value {
        ValueRef::Null => 0,
        ValueRef::Integer(_) | ValueRef::Real(_) => 1,
        ValueRef::Text(_) => 2,
        ValueRef::Blob(_) => 3,
    };
    match (a, b) {
        (ValueRef::Integer(a), ValueRef::Integer(b)) => a.cmp(&b),
        (ValueRef::Text(a), ValueRef::Text(b)) => a.cmp(b),
        _ => rank(a).cmp(&rank(b)),
    }
}

fn difference(
    order: Ordering,
    kept: Option<&Row<'_>>,
    anew: Option<&Row<'_>>,
    columns: &[String],
) -> rusqlite::Result<Option<String>> {
    match (order, kept, anew) {
        (Ordering::Less, ..) => Ok(Some("no event says so".to_owned())),
        (Ordering::Greater, ..) => Ok(Some("it is missing".to_owned())),
        (Ordering::Equal, Some(kept), Some(anew)) => {
            for (at, _) in columns.iter().enumerate() {
                if kept.get_ref(at)? != anew.get_ref(at)? {
                    return Ok(differs(&values(kept)?, &values(anew)?, columns));
                }
            }
            Ok(None)
        }
        (Ordering::Equal, ..) => Ok(None),
    }
}

/// The first column of two rows that differs, in words.
fn differs(kept: &[Value], anew: &[Value], columns: &[String]) -> Option<String> {
    let found = columns.iter().zip(kept.iter().zip(anew)).find(|(_, (kept, anew))| kept != anew);
    found.map(|(column, (kept, anew))| format!("{column} is {}, the events say {}", shown(kept), shown(anew)))
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

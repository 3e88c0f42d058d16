//! The tables made anew from the log, in one transaction.

use rusqlite::Connection;

use super::scratch;
use crate::app::port::{Fault, Ledger as _};
use crate::ledger::schema;
use crate::ledger::writer::Writer;

/// Drops every table that follows from the events and makes it anew; how many events it took.
///
/// The log itself is read and never written. Where an event cannot be read, nothing is changed.
pub fn rebuild(writer: &mut Writer) -> Result<u64, Fault> {
    writer.begin()?;
    let made = make_anew(writer).inspect_err(|_| writer.rollback())?;
    writer.forget();
    writer.commit()?;
    Ok(made)
}

fn make_anew(writer: &Writer) -> Result<u64, Fault> {
    drop_strangers(&writer.reader.conn)?;
    for shape in scratch::projections()? {
        if let Some(sql) = shape.sql {
            writer.reader.conn.execute_batch(&sql)?;
        }
    }
    scratch::fill(writer.reader())
}

/// Drops everything but the log, what was never made here too.
fn drop_strangers(conn: &Connection) -> Result<(), Fault> {
    let log = |shape: &schema::Shape| shape.table == "event" || shape.table == "stream";
    for shape in schema::shapes(conn)? {
        let is_made_by_sqlite = shape.sql.is_none();
        let goes = shape.kind != "index" && !(shape.kind == "table" && log(&shape));
        if goes && !is_made_by_sqlite {
            let name = shape.name.replace('"', "\"\"");
            conn.execute_batch(&format!("DROP {} IF EXISTS main.\"{name}\"", shape.kind))?;
        }
    }
    Ok(())
}

//! The tables made anew from the log, in one transaction.

use rusqlite::Connection;

use super::scratch;
use crate::app::port::{Fault, Ledger as _};
use crate::ledger::plant::Plant;
use crate::ledger::reader::Reader;
use crate::ledger::schema::{self, PROJECTIONS};
use crate::ledger::writer::Writer;

/// Drops every table that follows from the events and makes it anew; how many events it took.
///
/// The log itself is read and never written. Where an event cannot be read, nothing is changed. Triggers, views and
/// indexes of strangers go; a table of theirs stays, since it may hold what nobody else has.
pub fn rebuild(writer: &mut Writer) -> Result<u64, Fault> {
    writer.begin()?;
    let made = make_anew(writer.reader()).inspect_err(|_| writer.rollback())?;
    writer.forget();
    writer.commit()?;
    Ok(made)
}

/// The same for a ledger of copies.
pub fn rebuild_plant(plant: &mut Plant) -> Result<u64, Fault> {
    plant.begin()?;
    let made = make_anew(plant.reader()).inspect_err(|_| plant.rollback())?;
    plant.forget();
    plant.commit()?;
    Ok(made)
}

fn make_anew(reader: &Reader) -> Result<u64, Fault> {
    let shapes = scratch::projections()?;
    clear(&reader.conn)?;
    for shape in shapes {
        if let Some(sql) = shape.sql {
            reader.conn.execute_batch(&sql)?;
        }
    }
    scratch::fill(reader)
}

/// Drops the tables that follow from the events, and what strangers hung on the ledger.
fn clear(conn: &Connection) -> Result<(), Fault> {
    let reference = schema::reference()?;
    for shape in schema::shapes(conn)? {
        let is_ours = PROJECTIONS.iter().any(|p| p.table == shape.name);
        let is_hung_on = shape.kind != "table" && shape.sql.is_some() && !reference.contains(&shape);
        if is_ours || is_hung_on {
            let name = shape.name.replace('"', "\"\"");
            conn.execute_batch(&format!("DROP {} IF EXISTS main.\"{name}\"", shape.kind))?;
        }
    }
    Ok(())
}

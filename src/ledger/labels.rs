//! Labels with other numbers than those of their units: the table, and what is asked of it.

use rusqlite::Connection;

use super::named::link_to;
use super::place::Place;
use super::reader::Reader;
use super::writer::Writer;
use crate::app::port::Fault;
use crate::domain::facts::Facts;
use crate::domain::id::UnitId;
use crate::domain::labelling::Tag;

/// Numbers on labels, and the units that they mean. Two terminals that could not see each other may have given one
/// number to two units: then both rows stand, and nobody guesses.
pub(super) const TABLES: &str = "
CREATE TABLE tag (
    label TEXT NOT NULL,
    unit INTEGER NOT NULL,
    event INTEGER NOT NULL,
    PRIMARY KEY (label, unit, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_unit ON tag (unit);
";

const OF_LABEL: &str = "SELECT unit.name, min(tag.event) FROM tag JOIN unit ON unit.id = tag.unit
    WHERE tag.label = ?1 GROUP BY unit.name ORDER BY unit.name LIMIT ?2";
/// Units that one number is told to mean: one is the rule, two are too many.
const UNITS_TOLD_MOST: u32 = 8;

/// A number on a label means a unit.
pub(super) fn tag(conn: &Connection, (at, unit): (Place, Place), label: &UnitId) -> rusqlite::Result<usize> {
    conn.prepare_cached("INSERT INTO tag (label, unit, event) VALUES (?1, ?2, ?3)")?.execute((label, unit, at))
}

fn of_label(conn: &Connection, label: &UnitId) -> rusqlite::Result<Vec<(UnitId, Place)>> {
    let mut statement = conn.prepare_cached(OF_LABEL)?;
    let rows = statement.query_map((label, UNITS_TOLD_MOST), |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

impl Writer {
    /// The units that a number is on a label of, into the facts.
    pub(super) fn tags(&mut self, label: &UnitId, facts: &mut Facts) -> Result<(), Fault> {
        let (conn, own) = (&self.reader.conn, self.tip.own());
        for (unit, event) in of_label(conn, label)? {
            if facts.tags.iter().all(|tag| tag.label != *label || tag.unit != unit) {
                let event = link_to(conn, Some(&own), event)?;
                facts.tags.push(Tag { label: label.clone(), unit, event });
            }
        }
        Ok(())
    }
}

impl Reader {
    /// The units that a number is on a label of, beside the one whose own it is.
    pub fn units_labelled(&self, label: &UnitId) -> Result<Vec<UnitId>, Fault> {
        Ok(of_label(&self.conn, label)?.into_iter().map(|(unit, _event)| unit).collect())
    }
}

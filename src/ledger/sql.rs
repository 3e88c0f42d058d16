//! The domain's words as SQLite stores them. Here and not in the domain, which knows no database.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use super::chain::Hash;
use super::place::Place;
use crate::domain::event::{Event, How};
use crate::domain::id::{
    Badge, CartonId, CheckId, DeviceId, Epoch, LotId, OrderId, PartId, PermitId, Point, Revision, RouteId, Serial,
    ShipmentId, StationId, StepId, TerminalId, UnitId,
};
use crate::domain::time::{At, Day};
use crate::domain::traveller::State;
use crate::domain::what::Fate;

/// How a datum came in, as it is stored: the text of the event.
pub(super) fn how(event: &Event) -> Option<String> {
    event.about.how.as_ref().and_then(|how| serde_json::to_string(how).ok())
}

/// Reads what [`how`] wrote; none where it cannot be read.
pub(super) fn read_how(text: Option<&str>) -> Option<How> {
    text.and_then(|text| serde_json::from_str(text).ok())
}

/// What became of a removed component, by the word for it; none for a record that was taken back.
pub(super) fn fate(word: &str) -> Option<Fate> {
    [Fate::Reuse, Fate::Scrap, Fate::Quarantine].into_iter().find(|f| f.word() == word)
}

macro_rules! as_text {
    ($($name:ident)*) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.as_str().as_bytes())))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::parse(value.as_str()?).map_err(|bad| FromSqlError::Other(Box::new(bad)))
            }
        }
    )*};
}

as_text! {
    Badge CartonId CheckId DeviceId Epoch LotId OrderId PartId PermitId Point Revision RouteId
    Serial ShipmentId StationId StepId TerminalId UnitId
}

impl ToSql for At {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Integer(self.0)))
    }
}

impl FromSql for At {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self)
    }
}

/// A day sorts as its text does: four digits of the year come first.
impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.to_string()))
    }
}

impl ToSql for Place {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Integer(self.row())))
    }
}

impl FromSql for Place {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Self::of_row)
    }
}

impl ToSql for Hash {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.bytes())))
    }
}

impl FromSql for Hash {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::from_bytes(value.as_blob()?).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for State {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.word().as_bytes())))
    }
}

impl FromSql for State {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        Self::ALL.into_iter().find(|s| s.word() == word).ok_or(FromSqlError::InvalidType)
    }
}

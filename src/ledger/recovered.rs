//! Whose PIN was given without one, and whom no second lead confirmed.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _};

use super::folds::{self, Fold as _};
use super::intake;
use super::named::{self, Own, outcome};
use super::place::{Place, SEQ_MOST};
use super::reader::Reader;
use super::subject::Subject;
use crate::app::port::Fault;
use crate::domain::id::Badge;
use crate::domain::person::Person;
use crate::domain::what::What;

const LEADS: &str = "SELECT badge, fold FROM person WHERE lead = 1 ORDER BY badge";

/// Those of the own stream that tell who has which PIN.
const OF_PINS: &str = "SELECT id FROM event WHERE id BETWEEN ?1 AND ?2
    AND (instr(body, '\"operator-enrolled\"') OR instr(body, '\"pin-changed\"')) ORDER BY id";

/// The first lead whose PIN nobody confirmed.
pub(super) fn unconfirmed(conn: &Connection) -> Result<Option<Badge>, Fault> {
    let mut statement = conn.prepare_cached(LEADS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (badge, fold): (String, String) = (row.get(0)?, row.get(1)?);
        let person: Person = folds::read(&badge, &fold)?;
        if person.recovered.is_some() {
            return Ok(Some(person.badge));
        }
    }
    Ok(None)
}

impl Reader {
    /// Everybody whose PIN nobody confirmed, by badge.
    pub fn pins_recovered(&self) -> Result<Vec<Badge>, Fault> {
        let all = self.people()?.into_iter();
        Ok(all.filter(|p| p.recovered.is_some() && !p.revoked).map(|person| person.badge).collect())
    }
}

/// Fills in what an older program did not keep of a person: the event by which the PIN was given without one.
pub(super) fn fill(conn: &Connection) -> Result<(), Fault> {
    let own = Own::load(conn)?;
    let mut recovered = BTreeSet::new();
    let mut statement = conn.prepare("SELECT id, body FROM event WHERE instr(body, '\"pin-changed\"') ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (place, body): (Place, String) = (row.get(0)?, row.get(1)?);
        let event = outcome(place, &body)?;
        if let (What::PinChanged(changed), None) = (event.what, event.about.auth) {
            recovered.insert(changed.badge);
        }
    }
    for badge in recovered {
        let kept: Option<String> =
            conn.query_row("SELECT fold FROM person WHERE badge = ?1", [&badge], |row| row.get(0)).optional()?;
        // Of somebody whose enrolment is not here there is no row.
        let Some(text) = kept else { continue };
        let mut person: Person = folds::read(badge.as_str(), &text)?;
        person.recovered = folded(conn, own.as_ref(), &badge)?.and_then(|person| person.recovered);
        person.write(conn, &badge, &folds::written(&badge, &person)?)?;
    }
    Ok(())
}

/// A person as far as the events of the person's PIN tell: what others recorded first, in its order, then the own.
fn folded(conn: &Connection, own: Option<&Own>, badge: &Badge) -> Result<Option<Person>, Fault> {
    let mut places = intake::places_of(conn, &Subject::Person(badge.clone()))?;
    if let Some(own) = own {
        let mut statement = conn.prepare(OF_PINS)?;
        let of_own = statement.query_map((Place::new(own.id, 0), Place::new(own.id, SEQ_MOST)), |row| row.get(0))?;
        places.extend(of_own.collect::<rusqlite::Result<Vec<Place>>>()?);
    }
    let mut person = None;
    for place in places {
        let mut statement = conn.prepare_cached("SELECT body, hash FROM event WHERE id = ?1")?;
        let (body, hash): (String, _) =
            statement.query_row([place], |row| Ok((row.get(0)?, named::hash_in(row, 1)?)))?;
        person = Person::next(person, badge, &named::read(conn, own, place, &body, hash)?);
    }
    Ok(person)
}

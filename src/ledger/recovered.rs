//! Whose PIN was given without one, and whom no second lead confirmed.

use rusqlite::Connection;

use super::fault::unreadable_event;
use super::folds::{self, Fold as _};
use super::named::{Own, link_to};
use super::place::Place;
use crate::app::port::Fault;
use crate::domain::event::Event;
use crate::domain::id::Badge;
use crate::domain::person::Person;
use crate::domain::what::What;

const LEADS: &str = "SELECT badge, fold FROM person WHERE lead = 1 ORDER BY badge";

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

/// Fills in what an older program did not keep of a person: the event by which the PIN was given without one.
pub(super) fn fill(conn: &Connection) -> Result<(), Fault> {
    let own = Own::load(conn)?;
    let mut statement = conn.prepare("SELECT id, body FROM event WHERE instr(body, '\"pin-changed\"') ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (place, body): (Place, String) = (row.get(0)?, row.get(1)?);
        let event = Event::read_outcome(&body).map_err(|e| unreadable_event(place.seq(), &e))?;
        let What::PinChanged(changed) = &event.what else { continue };
        if event.about.auth.is_some() {
            continue;
        }
        let kept = conn.query_row("SELECT fold FROM person WHERE badge = ?1", [&changed.badge], |row| row.get(0));
        let text: String = kept?;
        let mut person: Person = folds::read(changed.badge.as_str(), &text)?;
        person.recovered = Some(link_to(conn, own.as_ref(), place)?);
        person.write(conn, &changed.badge, &folds::written(&changed.badge, &person)?)?;
    }
    Ok(())
}

//! The station that a program serves: which one, and that no other program serves it.

use super::context::Context;
use super::failure::Failure;
use crate::app::port::Fault;
use crate::domain::ambient::Place;
use crate::domain::id::StationId;
use crate::ledger::lock::{NotLocked, StationLock};
use crate::ledger::station_lock;

/// The station that was named; else the only one that the configuration lists.
pub(super) fn choose(cx: &Context<'_>, named: Option<&StationId>) -> Result<Place, Failure> {
    let mut listed = cx.settings.stations.keys();
    let only = listed.next().filter(|_| listed.next().is_none());
    let station = named.or(only).ok_or_else(|| {
        let known: Vec<_> = cx.settings.stations.keys().map(StationId::as_str).collect();
        let instead = if known.is_empty() {
            "--station NAME".to_owned()
        } else {
            format!("--station with one of {}", known.join(", "))
        };
        Failure::wrong_use("no station was named", format!("write {instead}"))
    })?;
    Ok(cx.settings.place(station)?)
}

/// Keeps other programs from the station while this is held.
pub(super) fn lock(cx: &Context<'_>, place: &Place) -> Result<StationLock, Failure> {
    station_lock(&cx.settings.ledger, &place.station).map_err(|why| match why {
        NotLocked::HeldBy { .. } => {
            Failure::wrong_use(why.to_string(), "end that program first, or name another station")
        }
        NotLocked::Io { .. } => Failure::Machine(Fault::new(why.to_string(), "check the directory of the ledger")),
    })
}

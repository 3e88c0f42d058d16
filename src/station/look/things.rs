//! Looks into the ledger for a lot and for a load.

use super::lacking::Lacking;
use super::reading::{lack, logged, used};
use crate::app::inspect::record::{Lack, Looked};
use crate::app::inspect::things::{LOT_EVENTS_MOST, LotLook};
use crate::app::port::Fault;
use crate::domain::id::LotId;
use crate::ledger::Reader;

/// Events of a lot up to which it is looked through for what lacks, each time that it shows.
const LOOKED_THROUGH_MOST: usize = 1_000;
/// Things that lack, as many as are listed.
const LACKS_MOST: usize = 200;

/// A lot's record, as much of it as shows.
pub(super) fn lot(reader: &Reader, lot: &LotId, lacking: &mut Lacking) -> Result<Looked, Fault> {
    let streams = reader.streams()?;
    let (events, unlisted) = reader.lot_end(lot, LOT_EVENTS_MOST)?;
    if events.is_empty() {
        return Ok(Looked::Nothing);
    }
    let in_all = events.len().saturating_add(usize::try_from(unlisted).unwrap_or(usize::MAX));
    let events = events.into_iter().filter_map(|proven| logged(&streams, proven).transpose());
    Ok(Looked::Lot(Box::new(LotLook {
        lot: lot.clone(),
        stands: reader.lot(lot)?,
        events: events.collect::<Result<_, _>>()?,
        unlisted,
        used: used(reader, lot.as_str())?,
        lacks: if in_all > LOOKED_THROUGH_MOST { vec![too_many(lot)] } else { lacks(reader, lot, lacking)? },
    })))
}

fn lacks(reader: &Reader, lot: &LotId, lacking: &mut Lacking) -> Result<Vec<Lack>, Fault> {
    lacking.begin(reader)?;
    let mut found = Vec::new();
    lacking.lot(reader, lot, |finding| {
        if found.len() < LACKS_MOST {
            let unit = finding.unit.as_ref().map(ToString::to_string);
            let mut lack = lack(finding);
            lack.what = unit.map_or_else(|| lack.what.clone(), |unit| format!("{unit}: {}", lack.what));
            found.push(lack);
        }
    })?;
    Ok(found)
}

/// What is not looked at is told.
fn too_many(lot: &LotId) -> Lack {
    Lack {
        code: "not-looked",
        is_gap: false,
        step: None,
        what: format!("more than {LOOKED_THROUGH_MOST} events tell of it: not looked through here"),
        who: "the technician".to_owned(),
        how: format!("traveller gaps --lot {lot}"),
    }
}

/// A load's record.
pub(super) fn load(reader: &Reader, load: &str) -> Result<Looked, Fault> {
    Ok(reader.load(load)?.map_or(Looked::Nothing, |load| Looked::Load(Box::new(load))))
}

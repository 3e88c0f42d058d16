//! Whether a ledger is the one that a head was taken from that was kept elsewhere, such as on paper.

use crate::app::port::Fault;
use crate::ledger::head_file::{HeadTrouble, Witnessed, check};
use crate::ledger::reader::Reader;

/// Whether the ledger still holds the event that a head names, with that hash. The stored hash is compared: whether it
/// fits the events before it is for [`verify`](super::verify::verify) to say.
pub fn agrees(reader: &Reader, seen: &Witnessed) -> Result<Result<(), HeadTrouble>, Fault> {
    let streams = reader.streams()?;
    let named = streams.iter().find(|s| s.terminal == seen.terminal && s.epoch == seen.epoch);
    let Some(stream) = named else {
        return Ok(Err(HeadTrouble::Foreign { terminal: seen.terminal.clone(), epoch: seen.epoch.clone() }));
    };
    let at = reader.event(&seen.terminal, &seen.epoch, seen.seq)?.map(|stored| stored.hash);
    Ok(check(seen, (&stream.terminal, &stream.epoch, stream.seq), at))
}

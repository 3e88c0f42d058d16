//! Whether the ledger still is what its own receipts say that it was. A target that was set back together with the
//! ledger looks like a sound one: only what was seen before tells.

use super::plan::Divergence;
use super::run::hash_at;
use super::state::HeldHead;
use crate::app::port::Fault;
use crate::domain::event::EventRef;
use crate::ledger::Reader;
use crate::ledger::reader::Stream;

/// How the receipts contradict a stream of the ledger: it ends before what was seen of it, or another event stands
/// there. A stream that another one of this ledger was begun after has ended for good: what was lost with its box is
/// known to be lost.
pub(super) fn contradicted(
    reader: &Reader,
    stream: &Stream,
    streams: &[Stream],
    receipts: &[HeldHead],
) -> Result<Option<Divergence>, Fault> {
    let of_it = || receipts.iter().filter(|r| (&r.terminal, &r.epoch) == (&stream.terminal, &stream.epoch));
    let Some(furthest) = of_it().max_by_key(|receipt| receipt.seq) else { return Ok(None) };
    if furthest.seq > stream.seq && !has_ended(reader, stream, streams)? {
        return Ok(Some(Divergence::Forgotten { receipted: furthest.seq, here: stream.seq, at: furthest.at }));
    }
    for receipt in of_it().filter(|receipt| receipt.seq <= stream.seq) {
        let here = hash_at(reader, stream, receipt.seq)?;
        if here.is_none_or(|here| here.hex() != receipt.hash) {
            return Ok(Some(Divergence::Another { seq: receipt.seq, at: receipt.at }));
        }
    }
    Ok(None)
}

/// Whether another stream of the ledger was begun after the last event of this one.
fn has_ended(reader: &Reader, stream: &Stream, streams: &[Stream]) -> Result<bool, Fault> {
    for later in streams.iter().filter(|later| later.id != stream.id) {
        let first = reader.event(&later.terminal, &later.epoch, 1)?;
        let after = first.map(|stored| stored.outcome()).transpose()?.and_then(|event| event.what.begun_after());
        if after.is_some_and(|EventRef(t, e, seq, _)| (&t, &e, seq) == (&stream.terminal, &stream.epoch, stream.seq)) {
            return Ok(true);
        }
    }
    Ok(false)
}

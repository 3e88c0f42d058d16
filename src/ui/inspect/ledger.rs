//! The ledger: its streams, where each stands, and whether its chain holds.

use super::hits::WIDE;
use crate::app::inspect::record::StreamRow;
use crate::ui::pen::Pen;
use crate::ui::row::{Row, Tone};
use crate::ui::words::look::Look;

/// The row of a stream.
pub(super) fn row(pen: &Pen<'_>, stream: &StreamRow, width: u16) -> Row {
    let (chain, tone) = chain(pen, stream);
    let kind = pen.say(if stream.own { Look::Own } else { Look::Copied });
    let name = format!("{}/{}", stream.terminal, stream.epoch);
    if width < WIDE {
        return Row::default().put(1, 16, stream.terminal.as_str(), Tone::Strong).put(18, u16::MAX, chain, tone);
    }
    let at = stream.at.map(|at| pen.speech.time(at)).unwrap_or_default();
    Row::default()
        .put(1, 24, name, Tone::Strong)
        .put(26, 6, kind, Tone::Plain)
        .put(33, 10, stream.seq.to_string(), Tone::Plain)
        .put(44, u16::MAX, chain, tone)
        .right(at)
}

fn chain(pen: &Pen<'_>, stream: &StreamRow) -> (String, Tone) {
    match stream.computed {
        _ if !stream.end_holds => (pen.say(Look::EndBroken).to_owned(), Tone::Trouble),
        None => (pen.say(Look::NotComputed).to_owned(), Tone::Plain),
        Some(computed) => match computed.broken_at {
            Some(seq) => (format!("{} {seq}", pen.say(Look::BrokenAt)), Tone::Trouble),
            None if computed.to >= stream.seq => (pen.say(Look::Computed).to_owned(), Tone::Strong),
            None => (format!("{} {}", pen.say(Look::ComputedTo), computed.to), Tone::Plain),
        },
    }
}

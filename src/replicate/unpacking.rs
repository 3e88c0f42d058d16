//! A segment unpacked, proven and read on one thread, while another takes in what it says: both are half of the work.

use std::panic::resume_unwind;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use super::segment::{self, Bad, Name};
use crate::ledger::chain::Hash;
use crate::ledger::plant::{Next, NotTaken};

/// Events that are handed over at once.
const EVENTS_A_BATCH: usize = 64;
/// Batches that wait to be taken in.
const BATCHES_MOST: usize = 8;

/// Gives to `take` what stands in a segment beyond an event, until it takes no more. The segment is proven to its end
/// all the same; only where that went well is any of it true.
pub(super) fn unpacked(
    name: &Name,
    previous: Hash,
    file: &[u8],
    beyond: u64,
    mut take: impl FnMut(Next) -> Result<(), NotTaken>,
) -> (Result<(), Bad>, Result<(), NotTaken>) {
    let (to, batches) = sync_channel::<Vec<Next>>(BATCHES_MOST);
    thread::scope(|scope| {
        let proving = scope.spawn(move || prove(name, previous, file, beyond, &to));
        let mut arriving = batches.iter().flatten();
        let taken = arriving.try_for_each(&mut take);
        arriving.for_each(drop);
        (proving.join().unwrap_or_else(|panic| resume_unwind(panic)), taken)
    })
}

/// Whoever waits for the batches waits until this has ended, so that each of them arrives.
fn prove(name: &Name, previous: Hash, file: &[u8], beyond: u64, to: &SyncSender<Vec<Next>>) -> Result<(), Bad> {
    let mut batch = Vec::new();
    let proven = segment::check(name, previous, file, |event| {
        if event.seq > beyond {
            batch.push(Next::read(event.seq, event.body.to_owned(), (event.previous, event.hash)));
        }
        if batch.len() >= EVENTS_A_BATCH {
            let _arrives = to.send(std::mem::take(&mut batch));
        }
    });
    let _arrives = to.send(batch);
    proven
}

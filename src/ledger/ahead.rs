//! Work that is done on a second thread while the first goes on with what came of it: hashing and reading take as long
//! as writing the tables does, and need no database.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{Builder, scope};

use crate::app::port::Fault;

/// Items that are handed over at once.
const BATCH: usize = 32;
/// Batches that may be on their way.
const BATCHES_AHEAD: usize = 4;

/// Gets items by `next`, does `work` on each on a thread of its own, and gives what came of it to `take`, in the same
/// order. The thread ends with the call, also where `next` fails: then some items are not taken.
pub fn ahead<T: Send, U: Send, E: From<Fault>>(
    mut next: impl FnMut() -> Result<Option<T>, E>,
    mut work: impl FnMut(T) -> U + Send,
    mut take: impl FnMut(U),
) -> Result<(), E> {
    scope(|scope| {
        // Both hold all that may be on its way, so that neither side waits to hand over.
        let (there, items) = sync_channel::<Vec<T>>(BATCHES_AHEAD);
        let (back, done) = sync_channel::<Vec<U>>(BATCHES_AHEAD);
        let worker = move || {
            for batch in items {
                if back.send(batch.into_iter().map(&mut work).collect()).is_err() {
                    return;
                }
            }
        };
        let no_thread = |e| Fault::new(format!("a thread did not start: {e}"), "raise the limit of tasks (TasksMax)");
        Builder::new().name("ahead".to_owned()).spawn_scoped(scope, worker).map_err(no_thread)?;
        let mut on_their_way = 0;
        while send(&there, &mut next)? {
            on_their_way += 1;
            if on_their_way >= BATCHES_AHEAD {
                on_their_way -= 1;
                done.recv().into_iter().flatten().for_each(&mut take);
            }
        }
        drop(there);
        done.into_iter().flatten().for_each(&mut take);
        Ok(())
    })
}

/// Hands over the next batch, where there is one.
fn send<T, E>(there: &SyncSender<Vec<T>>, next: &mut impl FnMut() -> Result<Option<T>, E>) -> Result<bool, E> {
    let mut batch = Vec::with_capacity(BATCH);
    while batch.len() < BATCH
        && let Some(item) = next()?
    {
        batch.push(item);
    }
    // A worker that is gone has panicked, and the scope says so.
    Ok(!batch.is_empty() && there.send(batch).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts to a number; fails at another.
    fn count(to: usize, fails_at: usize) -> (Result<(), Fault>, Vec<usize>) {
        let (mut n, mut taken) = (0, Vec::new());
        let next = || {
            n += 1;
            if n == fails_at { Err(Fault::new("at its end", "")) } else { Ok((n <= to).then_some(n)) }
        };
        let mut before = 0;
        let work = |n: usize| {
            assert_eq!(n, before + 1, "each in its turn");
            before = n;
            n * 10
        };
        (ahead(next, work, |n| taken.push(n)), taken)
    }

    #[test]
    fn everything_comes_back_in_its_order() {
        for to in [0, 1, BATCH - 1, BATCH, BATCH + 1, BATCH * BATCHES_AHEAD, BATCH * (BATCHES_AHEAD + 3) + 5] {
            let (ended, taken) = count(to, usize::MAX);
            assert_eq!((ended, taken), (Ok(()), (1..=to).map(|n| n * 10).collect()));
        }
    }

    #[test]
    fn where_nothing_more_can_be_got_it_ends() {
        for at in [1, BATCH, BATCH * (BATCHES_AHEAD + 3)] {
            let (ended, taken) = count(usize::MAX, at);
            assert_eq!(ended, Err(Fault::new("at its end", "")));
            assert!(taken.len() < at && taken.iter().eq((1..=taken.len()).map(|n| n * 10).collect::<Vec<_>>().iter()));
        }
    }
}

//! The recorder: the one thread of the process that writes. It settles one command at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::Duration;

use crate::app::effect::Submission;
use crate::app::msg::News;
use crate::domain::what::Leaving;
use crate::ledger::Writer;
use crate::station::clerk::{Clerk, With};
use crate::station::pin::Pin;

/// Jobs that may wait for the recorder: one command in flight, one look at the ledger, and the end.
pub(super) const JOBS_MOST: usize = 4;
/// Quiet time after an action before the head file is made durable too.
const SETTLE: Duration = Duration::from_secs(1);

/// What the recorder is asked to do.
pub(super) enum Job {
    /// Settle a command.
    Submit(Box<Submission>),
    /// The ledger may have changed.
    Look,
    /// The program ends: the operator leaves, the head file is made durable.
    Stop,
}

/// Works until it is stopped, or nobody is there to answer to.
pub(super) fn work(mut clerk: Clerk<Writer>, jobs: &Receiver<Job>, inbox: &SyncSender<News>, looking: &AtomicBool) {
    let mut unsettled = false;
    loop {
        let job = if unsettled { jobs.recv_timeout(SETTLE) } else { jobs.recv().map_err(RecvTimeoutError::from) };
        let news = match job {
            Ok(Job::Submit(submission)) => {
                unsettled = true;
                Some(settle(&mut clerk, *submission))
            }
            Ok(Job::Look) => {
                looking.store(false, Ordering::Release);
                look(&mut clerk)
            }
            Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => {
                // The next start puts down what cannot be put down now.
                let _ = clerk.leave(Leaving::Restart);
                clerk.ledger().sync_head();
                return;
            }
            Err(RecvTimeoutError::Timeout) => {
                unsettled = false;
                // The head file only lags; the next action raises it again.
                clerk.ledger().sync_head();
                None
            }
        };
        if let Some(news) = news
            && inbox.send(news).is_err()
        {
            return;
        }
    }
}

fn settle(clerk: &mut Clerk<Writer>, submission: Submission) -> News {
    let with = With {
        pin: submission.pin.map(|secret| Pin::given(secret.reveal())),
        device: submission.device,
        screen_ms: Some(submission.screen_ms),
    };
    let outcome = clerk.give(&submission.command, &with).map(Box::new);
    News::Settled { request: submission.request, outcome }
}

/// The station as others left it, where another process wrote.
fn look(clerk: &mut Clerk<Writer>) -> Option<News> {
    match clerk.ledger().reader().changed_by_others() {
        Ok(true) => clerk.desk().ok().map(|desk| News::LedgerChanged(Box::new(desk))),
        Ok(false) | Err(_) => None,
    }
}

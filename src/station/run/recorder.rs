//! The recorder: the one thread of the process that writes. It settles one command at a time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError};
use std::time::Duration;

use super::inbox::Inbox;
use super::waiting::Waiting;
use crate::app::effect::Submission;
use crate::app::msg::{Msg, News};
use crate::domain::ambient::Place;
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

/// The recorder and whom it answers.
pub(super) struct Recorder {
    pub(super) clerk: Clerk<Writer>,
    pub(super) place: Place,
    pub(super) inbox: Inbox,
    /// Up from a change of the ledger until it is looked at.
    pub(super) looking: std::sync::Arc<AtomicBool>,
    pub(super) waiting: Waiting,
}

impl Recorder {
    /// Works until it is stopped, or nobody is there to answer to.
    pub(super) fn work(mut self, jobs: &Receiver<Job>) {
        let mut unsettled = false;
        // What waits is told before anything is done.
        let mut answered = self.tell_waiting();
        while answered.is_ok() {
            let job = if unsettled { jobs.recv_timeout(SETTLE) } else { jobs.recv().map_err(RecvTimeoutError::from) };
            answered = match job {
                Ok(Job::Submit(submission)) => {
                    unsettled = true;
                    self.settle(*submission)
                }
                Ok(Job::Look) => self.look(),
                Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    unsettled = false;
                    // The head file only lags; the next action raises it again.
                    self.clerk.ledger().sync_head();
                    Ok(())
                }
            };
        }
        // The next start puts down what cannot be put down now.
        let _left_open = self.clerk.leave(Leaving::Restart);
        self.clerk.ledger().sync_head();
    }

    fn settle(&mut self, submission: Submission) -> Result<(), SendError<Msg>> {
        let with = With {
            pin: submission.pin.map(|secret| Pin::given(secret.reveal())),
            device: submission.device,
            screen_ms: Some(submission.screen_ms),
        };
        let outcome = self.clerk.give(&submission.command, &with).map(Box::new);
        self.inbox.send(News::Settled { request: submission.request, outcome })?;
        self.tell_waiting()
    }

    /// The station as others left it, where another process wrote.
    fn look(&mut self) -> Result<(), SendError<Msg>> {
        self.looking.store(false, Ordering::Release);
        if !self.clerk.ledger().reader().changed_by_others().unwrap_or(false) {
            return Ok(());
        }
        if let Ok(desk) = self.clerk.desk() {
            self.inbox.send(News::LedgerChanged(Box::new(desk)))?;
        }
        self.tell_waiting()
    }

    /// The list is a help: where it cannot be read, the next action tells what is wrong with the ledger.
    fn tell_waiting(&mut self) -> Result<(), SendError<Msg>> {
        match self.waiting.changed(self.clerk.ledger(), &self.place) {
            Ok(Some(units)) => self.inbox.send(News::Waiting(units)),
            Ok(None) | Err(_) => Ok(()),
        }
    }
}

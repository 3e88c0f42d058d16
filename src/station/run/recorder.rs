//! The recorder: the one thread of the process that writes. It settles one command at a time, whichever seat it is of.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SendError};
use std::time::Duration;

use super::inbox::Inbox;
use super::waiting::Waiting;
use crate::app::effect::Submission;
use crate::app::msg::{Msg, News, Request};
use crate::app::seat::{PerSeat, Seat};
use crate::app::settlement::Desk;
use crate::app::shelf::{Look, Stock};
use crate::domain::id::OrderId;
use crate::domain::what::Leaving;
use crate::ledger::Writer;
use crate::station::clerk::With;
use crate::station::office::{Office, Post};
use crate::station::pin::Pin;

/// Jobs that may wait for the recorder: a command or a look of each seat, one look at the ledger, and the end.
pub(super) const JOBS_MOST: usize = 4;
/// Quiet time after an action before the head file is made durable too.
const SETTLE: Duration = Duration::from_secs(1);

/// What the recorder is asked to do.
pub(super) enum Job {
    /// Settle a command.
    Submit(Box<Submission>),
    /// Look at something for a seat.
    LookAt(Request, Box<Look>),
    /// The ledger may have changed.
    Look,
    /// The program ends: the operators leave, the head file is made durable.
    Stop,
}

/// The recorder and whom it answers.
pub(super) struct Recorder {
    pub(super) office: Office<Writer>,
    pub(super) served: PerSeat<Served>,
    pub(super) inbox: Inbox,
    /// Up from a change of the ledger until it is looked at.
    pub(super) looking: std::sync::Arc<AtomicBool>,
}

/// A seat's station, and what its seat was told of it last.
pub(super) struct Served {
    post: Post,
    desk: Desk,
    waiting: Waiting,
    stock: Stock,
    /// The order of the unit that was worked on last.
    last_order: Option<OrderId>,
}

impl Served {
    /// A station of which the seat knows this much.
    pub(super) fn new(post: Post, desk: Desk) -> Self {
        Self { post, desk, waiting: Waiting::default(), stock: Stock::default(), last_order: None }
    }
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
                Ok(Job::LookAt(request, at)) => self.look_at(request, *at),
                Ok(Job::Look) => {
                    // The log is written before it is made durable, and only then does the commit count: a look at
                    // once may come too early, and nothing tells when it no longer does. So there is a second one.
                    unsettled = true;
                    self.look()
                }
                Ok(Job::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    unsettled = false;
                    // The head file only lags; the next action raises it again.
                    self.office.ledger().sync_head();
                    self.look()
                }
            };
        }
        for (_, served) in self.served.iter() {
            // The next start puts down what cannot be put down now.
            let _left_open = self.office.leave(Some(&served.post), Leaving::Restart);
        }
        self.office.ledger().sync_head();
    }

    fn settle(&mut self, submission: Submission) -> Result<(), SendError<Msg>> {
        let with = With {
            pin: submission.pin.map(|secret| Pin::given(secret.reveal())),
            device: submission.device,
            screen_ms: Some(submission.screen_ms),
        };
        let seat = submission.request.seat;
        let served = self.served.at_mut(seat);
        let outcome = self.office.give(Some(&served.post), &submission.command, &with).map(Box::new);
        if let Ok(settlement) = &outcome {
            served.desk = settlement.desk.clone();
            let order = settlement.work.as_ref().and_then(|w| w.traveller.order.clone());
            served.last_order = order.or(served.last_order.take());
        }
        self.inbox.send(News::Settled { request: submission.request, outcome })?;
        // What was done at one station may concern another, as where its unit was taken over.
        self.tell_desks(Some(seat))?;
        self.tell_waiting()
    }

    fn look_at(&mut self, request: Request, at: Look) -> Result<(), SendError<Msg>> {
        let outcome = self.office.look(&self.served.at(request.seat).post, at);
        self.inbox.send(News::Seen { request, outcome })
    }

    /// The stations as others left them, where another process wrote.
    fn look(&mut self) -> Result<(), SendError<Msg>> {
        self.looking.store(false, Ordering::Release);
        if !self.office.ledger().reader().changed_by_others().unwrap_or(false) {
            return Ok(());
        }
        self.tell_desks(None)?;
        self.tell_waiting()
    }

    /// Tells seats how their stations stand, where that is not what they know.
    fn tell_desks(&mut self, but: Option<Seat>) -> Result<(), SendError<Msg>> {
        for (seat, served) in self.served.iter_mut().filter(|(seat, _)| Some(*seat) != but) {
            if let Ok(desk) = self.office.desk(Some(&served.post))
                && desk != served.desk
            {
                served.desk = desk.clone();
                self.inbox.send(News::LedgerChanged(seat, Box::new(desk)))?;
            }
        }
        Ok(())
    }

    /// The list is a help: where it cannot be read, the next action tells what is wrong with the ledger.
    fn tell_waiting(&mut self) -> Result<(), SendError<Msg>> {
        for (seat, served) in self.served.iter_mut() {
            if let Ok(Some(units)) = served.waiting.changed(self.office.ledger(), &served.post.place) {
                self.inbox.send(News::Waiting(seat, units))?;
            }
            if let Ok(stock) = self.office.stock(&served.post, served.last_order.as_ref())
                && stock != served.stock
            {
                served.stock = stock.clone();
                self.inbox.send(News::Stock(seat, Box::new(stock)))?;
            }
        }
        Ok(())
    }
}

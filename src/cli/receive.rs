//! `traveller receive`: the receiving end of a replica, for ssh's forced command. It talks on stdin and stdout.

use std::io::{self, Read};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::context::Context;
use super::failure::{Failure, Outcome};
use super::replicate_args::ReceiveArgs;
use crate::replicate::receive::receive;

/// Seconds without a byte after which the other end counts as gone; what it was sending it sends the next time.
const SILENCE_SECONDS: i64 = 300;

/// Stdin, which is not waited for without end: a sender that lost its line would keep its stream from being sent again.
struct Patient(io::Stdin);

impl Read for Patient {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let limit = Timespec { tv_sec: SILENCE_SECONDS, tv_nsec: 0 };
        loop {
            let mut input = [PollFd::new(&self.0, PollFlags::IN)];
            match poll(&mut input, Some(&limit)) {
                Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
                Ok(_) => break,
                Err(rustix::io::Errno::INTR) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Ok(rustix::io::read(&self.0, to)?)
    }
}

pub(super) fn run(cx: &mut Context<'_>, args: &ReceiveArgs) -> Result<Outcome, Failure> {
    let mut input = io::BufReader::new(Patient(io::stdin()));
    receive(&args.into, &mut input, &mut cx.out)?;
    Ok(Outcome::Done)
}

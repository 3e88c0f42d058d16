//! A connection that is waited for so long and no longer: each byte has its time, and all of an exchange together has
//! one too. A far side that drips a byte now and then is left like one that says nothing.

use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// How long a far side is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Without a byte of an answer, or without taking one. What is proven there takes its time.
    pub silence: Duration,
    /// A question and its answer, whatever they weigh.
    pub exchange: Duration,
    /// Bytes that a connection carries in a second at least: what an exchange weighs adds to its time.
    pub bytes_a_second_least: u32,
}

/// One end of a connection.
#[derive(Debug)]
pub(super) struct Line {
    stream: UnixStream,
    patience: Patience,
    until: Option<Instant>,
}

impl Line {
    pub(super) fn new(stream: UnixStream, patience: Patience) -> Self {
        let mut line = Self { stream, patience, until: None };
        line.allow(0);
        line
    }

    /// Begins an exchange of so many bytes at most.
    #[expect(clippy::disallowed_methods, reason = "the one clock of replication: how long a far side takes")]
    pub(super) fn allow(&mut self, bytes: u64) {
        let seconds = bytes / u64::from(self.patience.bytes_a_second_least.max(1));
        self.until = Instant::now().checked_add(self.patience.exchange + Duration::from_secs(seconds));
    }

    /// What may pass before the next byte.
    #[expect(clippy::disallowed_methods, reason = "the one clock of replication: how long a far side takes")]
    fn left(&self) -> io::Result<Duration> {
        let left = self.until.map(|until| until.saturating_duration_since(Instant::now()));
        let left = left.unwrap_or(self.patience.silence).min(self.patience.silence);
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

impl Read for Line {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.left()?))?;
        self.stream.read(into)
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATIENCE: Patience =
        Patience { silence: Duration::from_mins(1), exchange: Duration::from_millis(300), bytes_a_second_least: 1_000 };

    #[test]
    fn what_is_said_in_time_is_heard_and_nothing_after_it() {
        let (near, mut far) = UnixStream::pair().unwrap();
        let mut line = Line::new(near, PATIENCE);
        far.write_all(b"x").unwrap();
        let mut byte = [0];
        assert_eq!((line.read(&mut byte).unwrap(), byte), (1, *b"x"));
        assert_eq!(line.read(&mut byte).unwrap_err().kind(), ErrorKind::WouldBlock, "the exchange is over");
        assert_eq!(line.read(&mut byte).unwrap_err().kind(), ErrorKind::TimedOut, "and stays so");
        assert_eq!(line.write(b"y").unwrap_err().kind(), ErrorKind::TimedOut);
        line.allow(0);
        assert_eq!(line.write(b"y").unwrap(), 1, "another one begins");
    }

    #[test]
    fn what_weighs_more_may_take_longer() {
        let (near, _far) = UnixStream::pair().unwrap();
        let mut line = Line::new(near, PATIENCE);
        line.allow(3_600_000);
        assert_eq!(line.left().unwrap(), PATIENCE.silence, "each byte has its own time all the same");
        line.allow(0);
        assert!(line.left().unwrap() <= PATIENCE.exchange);
    }
}

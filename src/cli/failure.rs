//! How a command ends: an outcome, or a failure with what to do about it.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use crate::app::port::Fault;
use crate::domain::text::display_safe;
use crate::ledger::open_error::OpenError;
use crate::station::config::BadConfig;

/// What a command that ran to its end answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is done.
    Done,
    /// The answer is no, and it was given.
    No,
}

/// Why a command did not run to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The answer is no.
    No(Fault),
    /// It was used or configured wrongly.
    WrongUse(Fault),
    /// The machine failed.
    Machine(Fault),
    /// Nobody reads the answer any more.
    NobodyReads,
}

impl Failure {
    pub(super) fn no(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self::No(Fault::new(what, instead))
    }

    pub(super) fn wrong_use(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self::WrongUse(Fault::new(what, instead))
    }

    /// Two lines: what failed, and what to do.
    pub(super) fn report(&self, to: &mut impl Write) -> io::Result<()> {
        match self {
            Self::No(fault) | Self::WrongUse(fault) | Self::Machine(fault) => {
                two_lines(to, &fault.what, &fault.instead)
            }
            Self::NobodyReads => Ok(()),
        }
    }
}

/// One line that says what failed, and one that says what to do.
pub(super) fn two_lines(to: &mut impl Write, what: &str, instead: &str) -> io::Result<()> {
    writeln!(to, "traveller: {}", display_safe(what))?;
    writeln!(to, "{}", display_safe(instead))
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Machine(fault)
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        if error.is_wrong_use() { Self::WrongUse(error.fault()) } else { Self::Machine(error.fault()) }
    }
}

impl From<BadConfig> for Failure {
    fn from(bad: BadConfig) -> Self {
        Self::wrong_use(bad.what, bad.instead)
    }
}

/// Writing the answer failed.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe {
            return Self::NobodyReads;
        }
        Self::Machine(Fault::new(format!("the answer could not be written: {error}"), "check where the output goes"))
    }
}

/// The exit code that scripts rely on.
pub(super) fn exit_code(ended: &Result<Outcome, Failure>) -> ExitCode {
    ExitCode::from(match ended {
        Ok(Outcome::Done) | Err(Failure::NobodyReads) => 0,
        Ok(Outcome::No) | Err(Failure::No(_)) => 1,
        Err(Failure::WrongUse(_)) => 2,
        Err(Failure::Machine(_)) => 3,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_two_harmless_lines() {
        let mut lines = Vec::new();
        Failure::no("no unit A\u{1b}[2J\nB", "scan it again").report(&mut lines).unwrap();
        assert_eq!(String::from_utf8(lines).unwrap(), "traveller: no unit A<1B>[2J<0A>B\nscan it again\n");
    }

    #[test]
    fn a_reader_that_left_is_no_failure() {
        let left = Failure::from(io::Error::from(ErrorKind::BrokenPipe));
        assert_eq!(left, Failure::NobodyReads);
        let full = Failure::from(io::Error::from(ErrorKind::StorageFull));
        assert!(matches!(full, Failure::Machine(_)));
    }
}

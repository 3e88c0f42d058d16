//! Why a ledger was not opened: what is wrong, and what to do.

use std::fmt;
use std::path::PathBuf;

use super::file::shown;
use super::head_file::HeadTrouble;
use super::schema;
use crate::app::port::Fault;
use crate::domain::id::TerminalId;

/// Why a ledger was not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// There is none.
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The file is something else.
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// A newer program made it.
    Newer {
        /// The ledger.
        path: PathBuf,
        /// Its version.
        found: i32,
    },
    /// An older program made it, and nothing may be changed now.
    Older {
        /// The ledger.
        path: PathBuf,
        /// Its version.
        found: i32,
    },
    /// It is of another device.
    OtherTerminal {
        /// Whose it is.
        ledger: TerminalId,
        /// Whose it should be.
        asked: TerminalId,
    },
    /// It only holds copies of other ledgers.
    OnlyCopies {
        /// The ledger.
        path: PathBuf,
    },
    /// It is the ledger of a terminal, and copies are kept apart from those.
    OfATerminal {
        /// The ledger.
        path: PathBuf,
        /// The terminal.
        terminal: TerminalId,
    },
    /// It contradicts its head file.
    Head {
        /// How.
        trouble: HeadTrouble,
        /// The head file.
        head_file: PathBuf,
    },
    /// The machine failed.
    Failed(Fault),
}

impl From<Fault> for OpenError {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl OpenError {
    /// Whether the command was given wrongly; else the machine failed, or records are in question.
    pub fn is_wrong_use(&self) -> bool {
        match self {
            Self::Missing { .. }
            | Self::NotALedger { .. }
            | Self::Newer { .. }
            | Self::Older { .. }
            | Self::OtherTerminal { .. }
            | Self::OnlyCopies { .. }
            | Self::OfATerminal { .. } => true,
            Self::Head { .. } | Self::Failed(_) => false,
        }
    }

    /// What failed, and what to do about it.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Missing { path } => Fault::new(
                format!("there is no ledger at {}", shown(path)),
                "name the right one with --ledger; a new one begins with its first lead: traveller operator enrol",
            ),
            Self::NotALedger { path } => Fault::new(
                format!("{} is not a ledger", shown(path)),
                "name the right file with --ledger; if this was one, restore it from its replica",
            ),
            Self::Newer { path, found } => Fault::new(
                format!("the ledger {} is of version {found}, newer than {}", shown(path), schema::version()),
                "update this program; nothing was changed",
            ),
            Self::Older { path, found } => Fault::new(
                format!("the ledger {} is of version {found}, older than {}", shown(path), schema::version()),
                "start the terminal of this version on it once; that brings it up to date",
            ),
            Self::OtherTerminal { ledger, asked } => Fault::new(
                format!("the ledger is of terminal {ledger}, not of {asked}"),
                "leave out --terminal, or name another --ledger",
            ),
            Self::OnlyCopies { path } => Fault::new(
                format!("the ledger {} only holds copies of other ledgers; nothing is recorded in it", shown(path)),
                "work on the ledger of a terminal",
            ),
            Self::OfATerminal { path, terminal } => Fault::new(
                format!("the ledger {} is that of terminal {terminal}; copies of others are kept apart", shown(path)),
                "name another file with --ledger; where there is none, it is made",
            ),
            Self::Head { trouble, head_file } => head_fault(trouble, &shown(head_file)),
            Self::Failed(fault) => fault.clone(),
        }
    }
}

fn head_fault(trouble: &HeadTrouble, head_file: &str) -> Fault {
    match trouble {
        HeadTrouble::Missing { from: 1, to } => Fault::new(
            format!("records missing: 1 to {to}; the head file {head_file} saw them, and the ledger is gone"),
            format!("restore it from its replica; if it was removed on purpose, remove {head_file} too"),
        ),
        HeadTrouble::Missing { from, to } => Fault::new(
            format!("records missing: {from} to {to}; the head file {head_file} saw them"),
            "stop working here, call the lead, and restore the ledger from its replica",
        ),
        HeadTrouble::Forked { seq } => Fault::new(
            format!("record {seq} is not the one that was made here; the head file {head_file} saw another"),
            "stop working here, call the lead, and run `traveller verify`",
        ),
        HeadTrouble::Foreign { terminal, epoch } => Fault::new(
            format!("the head file {head_file} is of another ledger: terminal {terminal}, epoch {epoch}"),
            "an old image may have been put back: call the lead; name the right --ledger or head file",
        ),
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault().fmt(f)
    }
}

impl std::error::Error for OpenError {}

//! A segment on its way into a ledger: proven and read on a second thread while what came before is taken in.

use super::segment::{Bad, Lines, Name};
use crate::app::port::Fault;
use crate::ledger::ahead::ahead;
use crate::ledger::chain::Hash;
use crate::ledger::plant::Next;

/// Why a segment was not gone through.
pub(super) enum Unproven {
    /// It is not what its name says.
    Bad(Bad),
    /// The machine failed.
    Failed(Fault),
}

impl From<Bad> for Unproven {
    fn from(bad: Bad) -> Self {
        Self::Bad(bad)
    }
}

impl From<Fault> for Unproven {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

/// Goes through a segment event by event; only once it ends well is any of it true. Proving and reading goes on while
/// what came before is taken in.
pub(super) fn unpack(name: &Name, previous: Hash, file: &[u8], mut take: impl FnMut(Next)) -> Result<(), Unproven> {
    let mut lines = Lines::of(name, file)?;
    let line = || {
        let mut line = Vec::new();
        Ok::<_, Unproven>(lines.read(&mut line)?.map(|seq| (seq, line)))
    };
    let mut hash = previous;
    let prove = |(seq, line): (u64, Vec<u8>)| {
        let previous = hash;
        hash = Hash::after(previous, &line);
        let body = String::from_utf8(line).map_err(|_no_text| Bad::NoText(seq))?;
        Ok(Next::read(seq, body, (previous, hash)))
    };
    let mut text: Result<(), Bad> = Ok(());
    ahead(line, prove, |next| match next {
        Ok(next) if text.is_ok() => take(next),
        Ok(_) => {}
        Err(bad) => text = Err(bad),
    })?;
    text?;
    lines.end()?;
    if hash == name.head { Ok(()) } else { Err(Bad::Chain.into()) }
}

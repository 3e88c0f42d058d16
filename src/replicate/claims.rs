//! Who claims to be one terminal: two ledgers that both go on from one event, or that never knew of each other. Neither
//! is made the right one here; people must know.

use std::fmt;

use crate::domain::event::EventRef;
use crate::domain::id::{Epoch, TerminalId};
use crate::ledger::reader::Stream;

/// Two ledgers of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The name.
    pub terminal: TerminalId,
    /// The one.
    pub first: Epoch,
    /// The other.
    pub second: Epoch,
    /// The event after which both go on; none where they have nothing in common.
    pub from: Option<u64>,
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { terminal, first, second, from } = self;
        match from {
            Some(seq) => write!(
                f,
                "{first} and {second} both go on as terminal {terminal} after event {seq}: an old image may be at work"
            ),
            None => write!(f, "{first} and {second} are both of terminal {terminal} and have nothing in common"),
        }
    }
}

/// The claims among some streams, each with the event that it was begun after.
pub fn claims(streams: &[(&Stream, Option<EventRef>)]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (at, (stream, after)) in streams.iter().enumerate() {
        let claim = |second: &Stream, first: &Stream, from| Claim {
            terminal: second.terminal.clone(),
            first: first.epoch.clone(),
            second: second.epoch.clone(),
            from,
        };
        if let Some(EventRef(terminal, epoch, seq, _hash)) = after {
            let goes_on = |s: &Stream| (&s.terminal, &s.epoch) == (terminal, epoch) && s.seq > *seq;
            let before = streams.iter().map(|(s, _)| *s).filter(|s| goes_on(s) && s.terminal == stream.terminal);
            claims.extend(before.map(|before| claim(stream, before, Some(*seq))));
        }
        let others = streams.iter().take(at).filter(|(other, _)| other.terminal == stream.terminal);
        claims.extend(others.filter_map(|(other, others_after)| match (others_after, after) {
            (None, None) => Some(claim(stream, other, None)),
            (Some(EventRef(_, epoch, one, _)), Some(EventRef(_, same, two, _))) if epoch == same => {
                Some(claim(stream, other, Some(*one.min(two))))
            }
            _ => None,
        }));
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::chain::Hash;

    fn stream(terminal: &str, epoch: u8, seq: u64) -> Stream {
        let (terminal, epoch) = (terminal.parse().unwrap(), format!("{epoch:016x}").parse().unwrap());
        Stream { id: 1, terminal, epoch, own: false, seq, hash: Hash::ZERO, at: None, trusted: None }
    }

    fn after(stream: &Stream, seq: u64) -> EventRef {
        EventRef(stream.terminal.clone(), stream.epoch.clone(), seq, Hash::ZERO.hex())
    }

    #[test]
    fn one_life_after_the_other_is_no_claim_and_two_at_once_are() {
        let (old, new) = (stream("T1", 1, 9), stream("T1", 2, 5));
        assert_eq!(claims(&[(&old, None), (&new, Some(after(&old, 9))), (&stream("T2", 3, 1), None)]), []);
        let at_work = claims(&[(&new, Some(after(&old, 7))), (&old, None)]);
        assert_eq!(at_work.iter().map(|c| c.from).collect::<Vec<_>>(), [Some(7)]);
        let again = stream("T1", 3, 1);
        let twice = claims(&[(&old, None), (&new, Some(after(&old, 9))), (&again, Some(after(&old, 9)))]);
        assert_eq!(twice.iter().map(|c| c.from).collect::<Vec<_>>(), [Some(9)]);
        let strangers = claims(&[(&old, None), (&again, None)]);
        assert_eq!(strangers.iter().map(|c| c.from).collect::<Vec<_>>(), [None]);
    }
}

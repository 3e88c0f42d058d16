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

/// A life of a terminal, and how it began.
#[derive(Debug, Clone)]
pub struct Life<'s> {
    /// Where it stands.
    pub stream: &'s Stream,
    /// The event that it was begun after.
    pub after: Option<EventRef>,
    /// The last events of other lives that were known then, and are not gone on from.
    pub ended: Vec<EventRef>,
}

impl Life<'_> {
    /// Whether whoever began it knew all that another life tells.
    fn knew(&self, other: &Stream) -> bool {
        let is_all = |EventRef(terminal, epoch, seq, _): &EventRef| {
            (terminal, epoch) == (&other.terminal, &other.epoch) && *seq >= other.seq
        };
        self.after.iter().chain(&self.ended).any(is_all)
    }
}

/// The claims among some lives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claims {
    /// Those that people must settle.
    pub open: Vec<Claim>,
    /// Those that are settled, in words: somebody who knew both went on from one.
    pub settled: Vec<String>,
}

/// The claims among some lives. One is settled by a later life that was begun by somebody who knew all that both tell;
/// it is open again as soon as one of them tells more.
pub fn claims(lives: &[Life<'_>]) -> Claims {
    let mut claims = Claims::default();
    for claim in all(lives) {
        let stream = |epoch: &Epoch| {
            lives.iter().map(|life| life.stream).find(|s| (&s.terminal, &s.epoch) == (&claim.terminal, epoch))
        };
        let both = stream(&claim.first).zip(stream(&claim.second));
        let knew = |life: &&Life<'_>| both.is_some_and(|(first, second)| life.knew(first) && life.knew(second));
        match lives.iter().find(knew) {
            Some(life) => {
                let Claim { terminal, first, second, .. } = &claim;
                let by = &life.stream.epoch;
                claims.settled.push(format!("{first} and {second} were both terminal {terminal}; {by} settled that"));
            }
            None => claims.open.push(claim),
        }
    }
    claims
}

fn all(lives: &[Life<'_>]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (at, Life { stream, after, .. }) in lives.iter().enumerate() {
        let claim = |second: &Stream, first: &Stream, from| Claim {
            terminal: second.terminal.clone(),
            first: first.epoch.clone(),
            second: second.epoch.clone(),
            from,
        };
        if let Some(EventRef(terminal, epoch, seq, _hash)) = after {
            let goes_on = |s: &Stream| (&s.terminal, &s.epoch) == (terminal, epoch) && s.seq > *seq;
            let before = lives.iter().map(|life| life.stream).filter(|s| goes_on(s) && s.terminal == stream.terminal);
            claims.extend(before.map(|before| claim(stream, before, Some(*seq))));
        }
        let others = lives.iter().take(at).filter(|other| other.stream.terminal == stream.terminal);
        claims.extend(others.filter_map(|other| match (&other.after, after) {
            (None, None) => Some(claim(stream, other.stream, None)),
            (Some(EventRef(_, epoch, one, _)), Some(EventRef(_, same, two, _))) if epoch == same => {
                Some(claim(stream, other.stream, Some(*one.min(two))))
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

    fn life(stream: &Stream, after: Option<EventRef>) -> Life<'_> {
        Life { stream, after, ended: Vec::new() }
    }

    fn open(lives: &[Life<'_>]) -> Vec<Option<u64>> {
        claims(lives).open.iter().map(|claim| claim.from).collect()
    }

    #[test]
    fn one_life_after_the_other_is_no_claim_and_two_at_once_are() {
        let (old, new) = (stream("T1", 1, 9), stream("T1", 2, 5));
        let other = stream("T2", 3, 1);
        let in_turn = [life(&old, None), life(&new, Some(after(&old, 9))), life(&other, None)];
        assert_eq!(claims(&in_turn), Claims::default());
        assert_eq!(open(&[life(&new, Some(after(&old, 7))), life(&old, None)]), [Some(7)]);
        let again = stream("T1", 3, 1);
        let twice = [life(&old, None), life(&new, Some(after(&old, 9))), life(&again, Some(after(&old, 9)))];
        assert_eq!(open(&twice), [Some(9)]);
        assert_eq!(open(&[life(&old, None), life(&again, None)]), [None]);
    }

    #[test]
    fn a_claim_is_settled_by_whoever_knew_both_until_one_tells_more() {
        let (old, more, new) = (stream("T1", 1, 9), stream("T1", 1, 10), stream("T1", 2, 5));
        let (third, fourth) = (stream("T1", 3, 4), stream("T1", 4, 1));
        let second = || life(&new, Some(after(&old, 7)));
        let chosen = || Life { ended: vec![after(&old, 9)], ..life(&third, Some(after(&new, 5))) };
        let later = life(&fourth, Some(after(&third, 4)));
        let settled = claims(&[life(&old, None), second(), chosen(), later]);
        assert_eq!((settled.open.len(), settled.settled.len()), (0, 1), "{settled:?}");
        assert_eq!(open(&[life(&more, None), second(), chosen()]), [Some(7)], "the old box is at work again");
        let unknowing = life(&third, Some(after(&new, 5)));
        assert_eq!(open(&[life(&old, None), second(), unknowing]), [Some(7)]);
        let half = Life { ended: vec![after(&old, 8)], ..life(&third, Some(after(&new, 5))) };
        assert_eq!(open(&[life(&old, None), second(), half]), [Some(7)]);
    }
}

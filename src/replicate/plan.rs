//! What to send: a pure comparison of where a stream stands here with what the names at a target say.
//!
//! Whoever moves the events, by files or otherwise, can go by the same plan.

use std::ops::RangeInclusive;

use super::segment::Name;
use crate::domain::id::Epoch;
use crate::domain::time::At;
use crate::ledger::chain::Hash;

/// Where a stream stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local {
    /// The last event.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
}

/// What to do about one stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is missing there, in order.
    pub send: Vec<RangeInclusive<u64>>,
    /// Events that are there already.
    pub already: u64,
    /// The segments that are there, oldest first.
    pub there: Vec<Name>,
}

/// How a target contradicts the ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Divergence {
    /// Another event stands there under the same number.
    #[error("event {seq} is another one there; the first difference lies between {first} and {seq}")]
    Fork {
        /// The earliest event that can be another one.
        first: u64,
        /// The event whose hash differs.
        seq: u64,
    },
    /// The target has events that the ledger no longer has.
    #[error("it holds events up to {there}, this ledger ends at {here}: the ledger was set back")]
    SetBack {
        /// The last event there.
        there: u64,
        /// The last event here.
        here: u64,
    },
    /// Its own receipts know events that the ledger no longer has.
    #[error("{at} it was seen with events up to {receipted}, and ends at {here} now: the ledger was set back")]
    Forgotten {
        /// The last event that was receipted.
        receipted: u64,
        /// The last event here.
        here: u64,
        /// When it was receipted.
        at: At,
    },
    /// Its own receipts know another event.
    #[error("event {seq} is not the one that was receipted {at}: the ledger is another one")]
    Another {
        /// The event.
        seq: u64,
        /// When it was receipted.
        at: At,
    },
    /// The target knows a later life of this terminal: this ledger is an old image.
    #[error("it was replaced: {by} goes on as this terminal after event {after}; this one is not to be worked on")]
    Replaced {
        /// The later life.
        by: Epoch,
        /// The last event that both know.
        after: u64,
    },
}

impl Divergence {
    /// The event that it shows at.
    pub fn seq(&self) -> u64 {
        match self {
            Self::Fork { seq, .. } | Self::Another { seq, .. } => *seq,
            Self::Forgotten { receipted, .. } => *receipted,
            Self::SetBack { there, .. } => *there,
            Self::Replaced { after, .. } => *after,
        }
    }
}

/// Compares. `hash_at` is the hash of the ledger's event of that number; what goes wrong with it is passed on.
pub fn plan<E>(
    local: Local,
    there: &[Name],
    mut hash_at: impl FnMut(u64) -> Result<Option<Hash>, E>,
) -> Result<Result<Plan, Divergence>, E> {
    let mut there: Vec<&Name> = there.iter().collect();
    there.sort_by_key(|name| (name.last, name.first));
    // The highest number first: an old image that was put back differs in its last events too.
    if let Some(newest) = there.last().filter(|name| name.last > local.seq) {
        return Ok(Err(Divergence::SetBack { there: newest.last, here: local.seq }));
    }
    let mut agreed = 0;
    for name in &there {
        let here = if name.last == local.seq { Some(local.hash) } else { hash_at(name.last)? };
        if here != Some(name.head) {
            return Ok(Err(Divergence::Fork { first: agreed + 1, seq: name.last }));
        }
        agreed = name.last;
    }
    there.sort_by_key(|name| (name.first, name.last));
    let (mut send, mut missing, mut covered) = (Vec::new(), 0, 0);
    for name in &there {
        if name.first > covered + 1 {
            missing += name.first - covered - 1;
            send.push(covered + 1..=name.first - 1);
        }
        covered = covered.max(name.last);
    }
    if covered < local.seq {
        missing += local.seq - covered;
        send.push(covered + 1..=local.seq);
    }
    let there = there.into_iter().cloned().collect();
    Ok(Ok(Plan { send, already: local.seq - missing, there }))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::id::{Epoch, TerminalId};

    fn hash(seq: u64) -> Hash {
        Hash::of(&seq.to_be_bytes())
    }

    fn name(first: u64, last: u64) -> Name {
        let (terminal, epoch) = ("T1".parse::<TerminalId>().unwrap(), "0123456789abcdef".parse::<Epoch>().unwrap());
        Name { terminal, epoch, first, last, head: hash(last) }
    }

    fn planned(seq: u64, there: &[Name]) -> Result<Plan, Divergence> {
        let Ok(plan) = plan(Local { seq, hash: hash(seq) }, there, |s| Ok::<_, Infallible>(Some(hash(s))));
        plan
    }

    fn sent(seq: u64, there: &[Name]) -> Vec<RangeInclusive<u64>> {
        planned(seq, there).unwrap().send
    }

    #[test]
    fn what_is_missing_is_sent_and_nothing_else() {
        assert_eq!(sent(9, &[]), [1..=9]);
        assert_eq!(sent(9, &[name(1, 9)]), []);
        assert_eq!(sent(9, &[name(1, 4)]), [5..=9]);
        assert_eq!(sent(9, &[name(4, 6)]), [1..=3, 7..=9]);
        assert_eq!(sent(9, &[name(1, 4), name(1, 4), name(3, 7)]), [8..=9], "what overlaps counts once");
        assert_eq!(sent(0, &[]), []);
        let plan = planned(9, &[name(6, 7), name(1, 4)]).unwrap();
        assert_eq!((plan.send, plan.already, plan.there), (vec![5..=5, 8..=9], 6, vec![name(1, 4), name(6, 7)]));
    }

    #[test]
    fn a_contradiction_stops_it() {
        let forked = Name { head: hash(99), ..name(5, 7) };
        let fork = Divergence::Fork { first: 5, seq: 7 };
        assert_eq!(planned(9, &[name(1, 4), forked.clone()]), Err(fork.clone()));
        assert_eq!(planned(7, &[name(1, 4), forked.clone()]), Err(fork), "at the very end too");
        assert_eq!(planned(6, &[name(1, 4), forked]), Err(Divergence::SetBack { there: 7, here: 6 }));
        assert_eq!(planned(0, &[name(1, 4)]), Err(Divergence::SetBack { there: 4, here: 0 }));
        let Ok(lost) = plan(Local { seq: 9, hash: hash(9) }, &[name(1, 4)], |_| Ok::<_, Infallible>(None));
        assert_eq!(lost, Err(Divergence::Fork { first: 1, seq: 4 }), "an event that is gone here is no agreement");
    }

    #[test]
    fn what_cannot_be_read_here_is_passed_on() {
        assert_eq!(plan(Local { seq: 9, hash: hash(9) }, &[name(1, 4)], |_| Err("disk")), Err("disk"));
    }

    proptest! {
        #[test]
        fn after_the_plan_everything_is_there_once(
            seq in 1_u64..60,
            ranges in prop::collection::vec((1_u64..60, 0_u64..10), 0..8),
        ) {
            let there: Vec<Name> =
                ranges.iter().map(|(first, more)| name(*first, first + more)).filter(|n| n.last <= seq).collect();
            let plan = planned(seq, &there).unwrap();
            for event in 1..=seq {
                let held = there.iter().any(|n| (n.first..=n.last).contains(&event));
                let sends = plan.send.iter().filter(|range| range.contains(&event)).count();
                prop_assert_eq!(sends, usize::from(!held), "event {}", event);
            }
            let missing: u64 = plan.send.iter().map(|r| r.end() - r.start() + 1).sum();
            prop_assert_eq!(plan.already + missing, seq);
            let then: Vec<Name> = plan.send.iter().map(|r| name(*r.start(), *r.end())).chain(there).collect();
            prop_assert_eq!(planned(seq, &then).unwrap().send, []);
        }
    }
}
